package llm

// openaiRows are the libraries of OpenAI's API, as of 2026-11-22: openai 3.54 (Python) and
// 6.49 (npm), and the forms before 1.0 and 4.0.
var openaiRows = []sdk{
	{
		name: "openai",
		modules: []string{
			"openai", "openai/index", "npm:openai", "jsr:@openai/openai",
			"langfuse.openai", "langfuse.openai.openai", "langsmith.openai", "posthog.ai.openai", "@posthog/ai", "@posthog/ai/openai",
		},
		module: true,
		clients: []client{
			{name: "OpenAI"}, {name: "AsyncOpenAI"}, {name: "Client"}, {name: "AsyncClient"}, {name: "default"},
			{name: "default.OpenAI"},
			{name: "AzureOpenAI", platform: Azure}, {name: "AsyncAzureOpenAI", platform: Azure},
			{name: "BedrockOpenAI", platform: Bedrock}, {name: "AsyncBedrockOpenAI", platform: Bedrock},
		},
		apis: []api{
			{name: "chat.completions", path: "chat.completions", methods: chatMethods, model: byName, needs: []string{"model"}, settings: openaiChat},
			{name: "chat.completions", path: "beta.chat.completions", methods: chatMethods, model: byName, needs: []string{"model"}, settings: openaiChat},
			{name: "responses", path: "responses", methods: []string{"create", "parse", "stream"}, model: byName, needs: []string{"model", "input"}, weak: true, settings: openaiResponses},
			{name: "responses", path: "beta.responses", methods: []string{"create", "parse", "stream"}, model: byName, needs: []string{"model", "input"}, settings: openaiResponses},
			{name: "completions", path: "completions", methods: []string{"create"}, model: byName, needs: []string{"model", "prompt"}, weak: true, settings: openaiCompletions},
			{name: "embeddings", kind: Embedding, path: "embeddings", methods: []string{"create"}, model: byName, needs: []string{"model", "input"}, weak: true, settings: embeddingInput},
		},
	},
	{
		name:    "openai", // Python before 1.0
		modules: []string{"openai", "langfuse.openai", "langfuse.openai.openai"},
		module:  true,
		perCall: true,
		apis: []api{
			{name: "chat.completions", path: "ChatCompletion", methods: []string{"create", "acreate"}, model: legacyModel, settings: openaiChat},
			{name: "completions", path: "Completion", methods: []string{"create", "acreate"}, model: legacyModel, settings: openaiCompletions},
			{name: "embeddings", kind: Embedding, path: "Embedding", methods: []string{"create", "acreate"}, model: legacyModel, settings: embeddingInput},
		},
	},
	{
		name:    "openai", // JavaScript before 4.0
		modules: []string{"openai", "openai-edge"},
		clients: []client{{name: "OpenAIApi"}, {name: "default.OpenAIApi"}},
		apis: []api{
			{name: "chat.completions", methods: []string{"createChatCompletion"}, model: byName, needs: []string{"model", "messages"}, settings: openaiChat},
			{name: "completions", methods: []string{"createCompletion"}, model: byName, needs: []string{"model", "prompt"}, settings: openaiCompletions},
			{name: "embeddings", kind: Embedding, methods: []string{"createEmbedding"}, model: byName, needs: []string{"model", "input"}, settings: embeddingInput},
		},
	},
	{
		name:    "openai", // as the package instructor offers it for any provider
		modules: []string{"instructor"},
		clients: []client{{name: "Instructor"}, {name: "AsyncInstructor"}},
		apis: []api{
			{name: "client", kind: ModelConfig, construct: true, unlisted: true, methods: []string{"from_provider"}, model: firstArgument, settings: settings{Reasks: props("max_retries")}},
			{name: "chat.completions", on: []string{"client"}, path: "chat.completions", methods: chatMethods, model: byName, settings: openaiChat},
			{name: "messages", on: []string{"client"}, path: "messages", methods: chatMethods, model: byName, settings: anthropicMessages},
			{name: "chat.completions", on: []string{"client"}, methods: chatMethods, model: byName, settings: openaiChat},
		},
	},
}

var (
	// The last three are what the package instructor adds to a client.
	chatMethods = []string{"create", "parse", "stream", "runTools", "create_with_completion", "create_partial", "create_iterable"}
	legacyModel = []argument{{"model", -1}, {"engine", -1}, {"deployment_id", -1}}
	// Reasks and response_model are instructor's.
	openaiChat = settings{
		Prompt: props("messages"), Tools: props("tools", "functions"), OutputCap: props("max_completion_tokens", "max_tokens"),
		Effort: props("reasoning_effort", "reasoning.effort"), Candidates: props("n"), Temperature: props("temperature"), Seed: props("seed"),
		Schema: props("response_format", "response_model"), Stream: props("stream"), CacheKey: props("prompt_cache_key"),
		ServiceTier: props("service_tier"), Reasks: props("max_retries"),
	}
	openaiResponses = settings{
		Prompt: props("input"), System: props("instructions", "prompt"), Tools: props("tools"), OutputCap: props("max_output_tokens"),
		Effort: props("reasoning.effort"), Temperature: props("temperature"), Schema: props("text_format", "text.format"), Stream: props("stream"),
		CacheKey: props("prompt_cache_key"), ServiceTier: props("service_tier"), History: props("previous_response_id", "conversation"), Truncation: props("truncation"),
	}
	openaiCompletions = settings{
		Prompt: props("prompt"), OutputCap: props("max_tokens"), Candidates: props("best_of", "n"), Temperature: props("temperature"), Seed: props("seed"), Stream: props("stream"),
	}
	embeddingInput = settings{Prompt: props("input")}
)
