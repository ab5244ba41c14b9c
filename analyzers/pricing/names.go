package pricing

import "strings"

// gateways are the prefixes with which client libraries (LiteLLM, LangChain, pydantic-ai,
// the AI SDK's gateway, Google's own resource names) name the models of the built-in table,
// as their makers sell them.
var gateways = map[string]Provider{
	"openai/": OpenAI, "openai:": OpenAI, "openai-chat:": OpenAI, "openai-responses:": OpenAI,
	"anthropic/": Anthropic, "anthropic:": Anthropic,
	"gemini/": Google, "google/": Google, "models/": Google, "google-gla:": Google, "google_genai:": Google,
}

// otherGateways are the prefixes of all others, with the provider's id in catwalk, or LiteLLM's
// for those that only price files have. Azure is left out on purpose: what follows azure/ is
// the name that somebody gave to a deployment.
var otherGateways = map[string]Provider{
	"bedrock/": "bedrock", "bedrock:": "bedrock", "bedrock_converse:": "bedrock",
	"vertex_ai/": "vertexai", "google-vertex:": "vertexai", "google_vertexai:": "vertexai",
	"openrouter/": "openrouter", "openrouter:": "openrouter",
	"vercel_ai_gateway/": "vercel", "vercel:": "vercel",
	"xai/": "xai", "xai:": "xai", "grok:": "xai",
	"deepseek/": "deepseek", "deepseek:": "deepseek",
	"groq/": "groq", "groq:": "groq",
	"cerebras/": "cerebras", "cerebras:": "cerebras",
	"fireworks_ai/": "fireworks", "fireworks:": "fireworks",
	"moonshot/": "moonshot", "moonshotai/": "moonshot", "moonshotai:": "moonshot",
	"minimax/": "minimax", "minimax:": "minimax",
	"zai/": "zai", "zai:": "zai",
	"dashscope/": "alibaba-singapore", "alibaba/": "alibaba-singapore",
	"nebius/": "nebius", "nebius:": "nebius",
	"huggingface/": "huggingface", "huggingface:": "huggingface",
	"baseten/": "baseten", "baseten:": "baseten",
	"mistral/": "mistral", "mistral:": "mistral", "mistralai:": "mistral",
	"cohere/": "cohere", "cohere:": "cohere",
	"together_ai/": "together_ai", "together:": "together_ai",
	"perplexity/": "perplexity", "perplexity:": "perplexity",
	"venice/": "venice", "synthetic/": "synthetic", "chutes/": "chutes", "scaleway/": "scaleway",
	"aihubmix/": "aihubmix", "atlascloud/": "atlascloud", "avian/": "avian", "cortecs/": "cortecs",
}

// makers are the providers that make the models they sell, with what their ids begin with
// where they sell others' too. An id without a prefix means theirs, whoever resells it.
var makers = map[Provider]string{
	OpenAI: "", Anthropic: "", Google: "", "xai": "", "deepseek": "", "moonshot": "", "minimax": "", "zai": "", "alibaba-singapore": "qwen",
}

func isMaker(p Provider, id string) bool {
	begins, ok := makers[p]
	return ok && strings.HasPrefix(id, begins)
}

// ownNames are the providers whose ids have a look that no other's have: us.anthropic.… on
// Bedrock, accounts/fireworks/…, z-ai/… on OpenRouter. Where one alone has an id, it is meant.
// Ids of others say nothing about who sells them: auto, or the name of an open model that
// anybody may run.
var ownNames = map[Provider]bool{
	"bedrock": true, "bedrock-europe": true, "fireworks": true, "openrouter": true, "vercel": true, "synthetic": true,
}

// splitProvider cuts a known prefix off an id; provider is "" where there is none.
func splitProvider(id string) (provider Provider, of string) {
	i := strings.IndexAny(id, "/:")
	if i < 0 {
		return "", id
	}
	if p, ok := gateways[id[:i+1]]; ok {
		return p, id[i+1:]
	}
	if rest, ok := strings.CutPrefix(id, "bedrock/converse/"); ok {
		return "bedrock", rest
	}
	if p, ok := otherGateways[id[:i+1]]; ok {
		return p, id[i+1:]
	}
	return "", id
}

// SplitGateway cuts the prefix by which a gateway names the maker's own model, with its
// separator, off a model id. Prefixes of other platforms (bedrock/, openrouter/) stay, since
// their prices and dates are not the maker's.
func SplitGateway(id string) (prefix, name string) {
	i := strings.IndexAny(id, "/:")
	if i < 0 {
		return "", id
	}
	if _, ok := gateways[id[:i+1]]; !ok {
		return "", id
	}
	return id[:i+1], id[i+1:]
}
