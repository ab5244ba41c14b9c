package facts

import (
	"strings"

	"github.com/qodacode/qodacode/analyzers/estimate"
	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// request is a site of the file with what is known of its cost.
type request struct {
	site *llm.Site
	est  *estimate.Call // nil: nothing
	call *parser.Call   // in the file, which may be another parse of the same text than the site's
}

// requests are the sites of the file, as the project tells them where it has read the same text.
func (b *builder) requests() []request {
	var found []request
	if b.cost != nil {
		byPlace := map[text.Span]*parser.Call{}
		for _, c := range b.cost.Calls {
			f := c.Site.File
			if f.Path != b.f.Path || f != b.f && f.Source.String() != b.f.Source.String() {
				continue
			}
			r := request{site: c.Site, est: c, call: c.Site.Call}
			if f != b.f {
				if len(byPlace) == 0 {
					for i := range b.f.Calls {
						byPlace[b.f.Span(b.f.Calls[i].Node)] = &b.f.Calls[i]
					}
				}
				r.call = byPlace[f.Span(c.Site.Call.Node)]
			}
			if r.call != nil {
				found = append(found, r)
			}
		}
		if len(found) > 0 {
			return found
		}
	}
	if b.src.Env.Prices != nil {
		for _, c := range estimate.Calls(b.f, b.src.Env) {
			found = append(found, request{c.Site, c, c.Site.Call})
		}
		return found
	}
	sites := llm.Sites(b.f)
	for i := range sites {
		found = append(found, request{site: &sites[i], call: sites[i].Call})
	}
	return found
}

func (b *builder) readRequests() {
	for _, r := range b.requests() {
		if b.ctx.Err() != nil {
			return
		}
		if r.site.Kind != llm.Request {
			continue
		}
		b.doc.LLMCalls = append(b.doc.LLMCalls, b.llmCall(r))
	}
}

func (b *builder) llmCall(r request) LLMCall {
	s := r.site
	at := b.rangeOf(r.call.Node)
	c := LLMCall{
		ID: b.id("llm", at), Call: b.callID(r.call), Provider: provider(r), API: s.API, Model: b.clip(s.Model.ID, textLimit), ModelKnown: s.Model.ID != "",
		SettingsKnown: true, ClientKnown: true, Ctx: b.context(r.call.Node), Range: at,
	}
	number := func(what llm.Setting) (value float64, has bool) {
		v, presence := s.Setting(what)
		if presence == llm.Hidden && hides(s) {
			c.SettingsKnown = false
		}
		if presence != llm.Present || v.Kind == parser.None {
			return 0, false
		}
		if v.Kind == parser.Number {
			value = finite(v.Num)
		}
		return value, true
	}
	c.MaxTokens, c.HasMaxTokens = number(llm.OutputCap)
	c.Temperature, c.HasTemperature = number(llm.Temperature)
	if v, presence := s.Setting(llm.Stream); presence == llm.Present {
		c.Stream = v.Kind == parser.Bool && v.Bool
	}
	h := b.holders(s)
	c.ClientKnown = h.client
	c.TimeoutSeconds, c.HasTimeout = h.timeout(r.call)
	c.MaxRetries, c.HasMaxRetries = h.retries(r.call)
	c.RateLimitRPM, c.HasRateLimit = h.rate()
	if a := b.guardsAt(r.call.Node); tri(a.RateLimited) == Yes {
		c.HasRateLimit = true
		if c.RateLimitRPM == 0 {
			c.RateLimitRPM = finite(a.RPM)
		}
	}
	if c.HasRateLimit {
		c.Ctx.RateLimited = Yes
	}
	if e := r.est; e != nil && e.Reason == "" && e.Model != nil {
		c.CostKnown, c.EstCostUSD = true, finite(e.Cost.Expected)
		if e.Worst.Known && e.Worst.Origin != llm.NoLimit {
			c.WorstCostUSD = finite(e.Worst.USD)
		}
	}
	return c
}

// optionsAt is where the options of a call stand in JavaScript whose arguments before them may
// be names too: run(agent, input, options).
var optionsAt = map[string]int{"openai-agents": 2}

// hides reports whether a call may hold settings that it does not show.
func hides(s *llm.Site) bool {
	at, ok := optionsAt[s.SDK]
	if !ok || !s.File.Language.IsScript() || s.Kind != llm.Request {
		return true
	}
	for i, a := range s.Call.Args {
		n := s.File.Unwrap(a.Value)
		if a.Spread != 0 || i >= at && s.File.Kind(n) != parser.KindDict {
			return true
		}
		for c := range s.File.Children(n) {
			if i >= at && s.File.Kind(c) == parser.KindSpread {
				return true
			}
		}
	}
	return false
}

// providers are who the SDKs of one provider ask.
var providers = map[string]string{
	"openai": "openai", "openai-agents": "openai", "anthropic": "anthropic", "google-genai": "google", "google-generativeai": "google", "google-adk": "google",
}

// prefixes are who a model's id names before the model: anthropic/claude-…, openai:gpt-….
var prefixes = map[string]string{
	"openai": "openai", "openai-chat": "openai", "openai-responses": "openai", "anthropic": "anthropic", "google": "google", "gemini": "google", "google-gla": "google", "google_genai": "google",
	"google-vertex": "vertex", "vertex_ai": "vertex", "google_vertexai": "vertex", "azure": "azure", "azure_openai": "azure", "bedrock": "bedrock", "bedrock_converse": "bedrock",
	"mistral": "mistral", "groq": "groq", "ollama": "ollama", "ollama_chat": "ollama", "cohere": "cohere", "deepseek": "deepseek", "xai": "xai", "grok": "xai", "openrouter": "openrouter",
	"together_ai": "together", "together": "together", "fireworks_ai": "fireworks", "huggingface": "huggingface", "perplexity": "perplexity", "cerebras": "cerebras",
}

// platforms are who is asked in place of a model's maker.
var platforms = map[llm.Platform]string{llm.Azure: "azure", llm.Bedrock: "bedrock", llm.Vertex: "vertex"}

// provider tells who a request goes to; "" where a base URL of its own leads elsewhere.
func provider(r request) string {
	s := r.site
	for at := s; at != nil; at = at.Config {
		if at.Platform == llm.Custom {
			return ""
		}
		if name := platforms[at.Platform]; name != "" {
			return name
		}
	}
	if i := strings.IndexAny(s.Model.ID, "/:"); i > 0 {
		if name := prefixes[s.Model.ID[:i]]; name != "" {
			return name
		}
	}
	if r.est != nil && r.est.Model != nil && r.est.Model.Provider != "" {
		return string(r.est.Model.Provider)
	}
	return providers[s.SDK]
}
