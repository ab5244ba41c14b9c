package llm

// anthropicRows are the libraries of Anthropic's API, as of 2026-11-22: anthropic 2.12 and
// @anthropic-ai/sdk 1.12.
var anthropicRows = []sdk{
	{
		name: "anthropic",
		modules: []string{
			"anthropic", "@anthropic-ai/sdk", "@anthropic-ai/sdk/index", "npm:@anthropic-ai/sdk",
			"posthog.ai.anthropic", "@posthog/ai", "@posthog/ai/anthropic",
		},
		module: true, // new (require('@anthropic-ai/sdk'))
		clients: []client{
			{name: "Anthropic"}, {name: "AsyncAnthropic"}, {name: "Client"}, {name: "AsyncClient"}, {name: "default"},
			{name: "default.Anthropic"},
			{name: "AnthropicBedrock", platform: Bedrock}, {name: "AsyncAnthropicBedrock", platform: Bedrock},
			{name: "AnthropicBedrockMantle", platform: Bedrock}, {name: "AsyncAnthropicBedrockMantle", platform: Bedrock},
			{name: "AnthropicAWS", platform: Bedrock}, {name: "AsyncAnthropicAWS", platform: Bedrock},
			{name: "AnthropicVertex", platform: Vertex}, {name: "AsyncAnthropicVertex", platform: Vertex},
			{name: "AnthropicGoogleCloud", platform: Vertex}, {name: "AsyncAnthropicGoogleCloud", platform: Vertex},
			{name: "AnthropicFoundry", platform: Azure}, {name: "AsyncAnthropicFoundry", platform: Azure},
			{name: "AnthropicBedrock", modules: []string{"@anthropic-ai/bedrock-sdk"}, platform: Bedrock},
			{name: "AnthropicBedrockMantle", modules: []string{"@anthropic-ai/bedrock-sdk"}, platform: Bedrock},
			{name: "default", modules: []string{"@anthropic-ai/bedrock-sdk"}, platform: Bedrock},
			{name: "AnthropicVertex", modules: []string{"@anthropic-ai/vertex-sdk"}, platform: Vertex},
			{name: "default", modules: []string{"@anthropic-ai/vertex-sdk"}, platform: Vertex},
			{name: "AnthropicFoundry", modules: []string{"@anthropic-ai/foundry-sdk"}, platform: Azure},
			{name: "default", modules: []string{"@anthropic-ai/foundry-sdk"}, platform: Azure},
		},
		apis: []api{
			{name: "messages", path: "messages", methods: []string{"create", "stream", "parse", "create_with_completion", "create_partial", "create_iterable"}, model: byName, needs: []string{"model", "max_tokens"}, weak: true, settings: anthropicMessages},
			{name: "messages", path: "beta.messages", methods: []string{"create", "stream", "parse", "toolRunner", "tool_runner"}, model: byName, needs: []string{"model", "max_tokens"}, settings: anthropicMessages},
			{name: "completions", path: "completions", methods: []string{"create"}, model: byName, needs: []string{"model", "max_tokens_to_sample"}, weak: true, settings: settings{
				Prompt: props("prompt"), OutputCap: props("max_tokens_to_sample"), Temperature: props("temperature"), Stream: props("stream"),
			}},
		},
	},
}

// anthropicMessages has what the package instructor adds, too.
var anthropicMessages = settings{
	Prompt: props("messages"), System: props("system"), Tools: props("tools"), OutputCap: props("max_tokens"),
	Effort: props("output_config.effort"), Thinking: props("thinking.budget_tokens"), Temperature: props("temperature"),
	Schema: props("output_format", "output_config.format", "response_model"), Stream: props("stream"), CacheControl: props("cache_control"),
	ServiceTier: props("service_tier"), Reasks: props("max_retries"),
}
