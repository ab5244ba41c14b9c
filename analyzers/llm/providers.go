package llm

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// provider is a package whose functions make a model of the AI SDK out of its id:
// openai('gpt-4o'), openai.chat('gpt-4o'), createOpenAI({…})('gpt-4o').
type provider struct {
	platform Platform
	// names are what it exports for that; nil: whatever is called is such a function.
	names []string
}

// providers are those packages by rootOf, as of 2026-11-22.
var providers = map[string]provider{
	"@ai-sdk/openai": {}, "@ai-sdk/anthropic": {}, "@ai-sdk/google": {}, "@ai-sdk/xai": {}, "@ai-sdk/groq": {}, "@ai-sdk/mistral": {},
	"@ai-sdk/cohere": {}, "@ai-sdk/deepseek": {}, "@ai-sdk/togetherai": {}, "@ai-sdk/fireworks": {}, "@ai-sdk/perplexity": {},
	"@ai-sdk/cerebras": {}, "@ai-sdk/deepinfra": {}, "@ai-sdk/huggingface": {}, "@ai-sdk/baseten": {}, "@ai-sdk/moonshotai": {},
	"@ai-sdk/alibaba": {}, "@ai-sdk/vercel": {}, "@ai-sdk/replicate": {}, "@ai-sdk/bytedance": {},
	"@ai-sdk/azure":             {platform: Azure},
	"@ai-sdk/amazon-bedrock":    {platform: Bedrock},
	"@ai-sdk/google-vertex":     {platform: Vertex},
	"@ai-sdk/openai-compatible": {platform: Custom},
	// Vercel's gateway has the ids and the prices of the providers: openai/gpt-4o.
	"@ai-sdk/gateway":             {},
	"ai":                          {names: []string{"gateway", "createGateway"}},
	"@openrouter/ai-sdk-provider": {platform: Custom},
	"ollama-ai-provider":          {platform: Custom}, "ollama-ai-provider-v2": {platform: Custom}, "ai-sdk-ollama": {platform: Custom},
	"workers-ai-provider": {platform: Custom}, "@lmstudio/ai-sdk-provider": {platform: Custom}, "@portkey-ai/vercel-provider": {platform: Custom},
	"voyage-ai-provider": {}, "zhipu-ai-provider": {}, "qwen-ai-provider": {}, "ai-sdk-provider-claude-code": {},
}

// modelMakers are what makes a model of a provider out of its id, besides the provider itself.
var modelMakers = map[string]bool{
	"languageModel": true, "chat": true, "chatModel": true, "responses": true, "completion": true, "completionModel": true, "messages": true,
	"embedding": true, "embeddingModel": true, "textEmbedding": true, "textEmbeddingModel": true, "generativeAI": true, "llm": true,
}

// providerOf is the provider that makes a model when what has the qualified name is called,
// as seen from the call: @ai-sdk/openai.createOpenAI()() of createOpenAI({…})('gpt-4o').
func providerOf(qname string) (provider, bool) {
	root := rootOf(qname)
	p, ok := providers[root]
	if !ok {
		return provider{}, false
	}
	// The path of the module's folder, as in @ai-sdk/google-vertex/anthropic.vertexAnthropic().
	path := strings.TrimPrefix(strings.TrimPrefix(qname, "npm:"), root)
	if i := strings.IndexByte(path, '.'); i >= 0 {
		path = path[i+1:]
	}
	path, ok = strings.CutSuffix(path, "()")
	if !ok {
		return provider{}, false
	}
	head, method, nested := strings.Cut(path, ".")
	head = strings.TrimPrefix(head, "default.")
	factory := strings.HasPrefix(head, "create")
	switch {
	case p.names != nil && !slices.Contains(p.names, strings.TrimSuffix(head, "()")):
		return provider{}, false
	case factory && !strings.Contains(head, "()"): // createOpenAI({…}) makes a provider
		return provider{}, false
	case nested && !modelMakers[method]:
		return provider{}, false
	}
	return p, true
}

// wrapsModel reports whether a function of a package returns the model that it is given, in
// a disguise: wrapLanguageModel({model, middleware}), aisdk(model), withTracing(model, …).
func wrapsModel(qname string) bool {
	name, ok := strings.CutSuffix(qname, "()")
	name = name[strings.LastIndexByte(name, '.')+1:]
	return ok && !strings.HasPrefix(qname, ".") && (strings.HasPrefix(name, "wrap") || strings.HasPrefix(name, "with") || name == "aisdk" || strings.HasPrefix(name, "experimental_wrap"))
}

// custom is the platform that the arguments of the call which made a provider say:
// createOpenAI({ baseURL }).
func (r *resolver) custom(callee parser.NodeID, depth int) (Platform, bool) {
	for ; depth < 8; depth++ {
		callee = r.Unwrap(callee)
		switch r.Kind(callee) {
		case parser.KindAttribute:
			callee = r.Field(callee, parser.FieldObject)
		case parser.KindIdentifier:
			if g, m, ok := r.beyond(callee); ok {
				return g.custom(m, depth+1)
			}
			defs := r.DefsOf(callee)
			if len(defs) != 1 || defs[0].Kind != parser.AssignDef {
				return Direct, false
			}
			callee = defs[0].Value
		case parser.KindCall, parser.KindNew:
			if c := r.CallAt(callee); c != nil && (strings.HasPrefix(c.Name, "create") || c.New) {
				return r.override(c)
			}
			return Direct, false
		default:
			return Direct, false
		}
	}
	return Direct, false
}

// providerNames are what the AI SDK's packages call their providers.
var providerNames = map[string]Platform{
	"openai": Direct, "anthropic": Direct, "google": Direct, "gateway": Direct, "xai": Direct, "groq": Direct, "mistral": Direct, "cohere": Direct,
	"deepseek": Direct, "perplexity": Direct, "fireworks": Direct, "togetherai": Direct, "azure": Azure, "bedrock": Bedrock, "vertex": Vertex, "openrouter": Custom, "ollama": Custom,
}

// byConvention is the model of a call that is out of sight, but by its form a provider's:
// openai('gpt-4o') of a module of the program, the function of a package that no table
// knows, registry.languageModel('openai:gpt-4o').
func (r *resolver) byConvention(c *parser.Call, qname string, asked parser.NodeID) (namedModel, bool) {
	if !r.Language.IsScript() || c.New || len(c.Args) == 0 || r.Kind(r.Unwrap(c.Args[0].Value)) != parser.KindString {
		return namedModel{}, false
	}
	if _, _, seen := r.beyond(c.Callee); seen {
		return namedModel{}, false
	}
	m := r.modelAt(c.Args[0].Value, asked, 1)
	m.placed = true
	callee := r.Unwrap(c.Callee)
	switch r.Kind(callee) {
	case parser.KindIdentifier:
		platform, known := providerNames[c.Name]
		defs := r.DefsOf(callee)
		switch {
		case known && (len(defs) == 0 || len(defs) == 1 && defs[0].Kind == parser.ImportDef):
			m.platform = platform
		case len(defs) == 1 && defs[0].Kind == parser.ImportDef && isPackage(r.Imports[defs[0].Index].Module):
			m.platform = Custom
		default:
			return namedModel{}, false
		}
		return m, m.ID != ""
	case parser.KindAttribute:
		// The registry's own prefix says whose model it is.
		if (c.Name == "languageModel" || c.Name == "embeddingModel" || c.Name == "textEmbeddingModel") && strings.ContainsAny(m.ID, ":/") {
			m.placed = false
			return m, true
		}
	}
	return namedModel{}, false
}

// isPackage reports whether a module is one of npm's, and not the program's own.
func isPackage(module string) bool {
	return module != "" && !strings.HasPrefix(module, ".") && !strings.HasPrefix(module, "/") && !strings.HasPrefix(module, "@/") && !strings.HasPrefix(module, "~") && !strings.HasPrefix(module, "#")
}
