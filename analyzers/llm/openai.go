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
			{name: "chat.completions", path: "chat.completions", methods: chatMethods, model: byName, needs: []string{"model"}},
			{name: "chat.completions", path: "beta.chat.completions", methods: chatMethods, model: byName, needs: []string{"model"}},
			{name: "responses", path: "responses", methods: []string{"create", "parse", "stream"}, model: byName, needs: []string{"model", "input"}, weak: true},
			{name: "responses", path: "beta.responses", methods: []string{"create", "parse", "stream"}, model: byName, needs: []string{"model", "input"}},
			{name: "completions", path: "completions", methods: []string{"create"}, model: byName, needs: []string{"model", "prompt"}, weak: true},
			{name: "embeddings", kind: Embedding, path: "embeddings", methods: []string{"create"}, model: byName, needs: []string{"model", "input"}, weak: true},
		},
	},
	{
		name:    "openai", // Python before 1.0
		modules: []string{"openai", "langfuse.openai", "langfuse.openai.openai"},
		module:  true,
		perCall: true,
		apis: []api{
			{name: "chat.completions", path: "ChatCompletion", methods: []string{"create", "acreate"}, model: legacyModel},
			{name: "completions", path: "Completion", methods: []string{"create", "acreate"}, model: legacyModel},
			{name: "embeddings", kind: Embedding, path: "Embedding", methods: []string{"create", "acreate"}, model: legacyModel},
		},
	},
	{
		name:    "openai", // JavaScript before 4.0
		modules: []string{"openai", "openai-edge"},
		clients: []client{{name: "OpenAIApi"}, {name: "default.OpenAIApi"}},
		apis: []api{
			{name: "chat.completions", methods: []string{"createChatCompletion"}, model: byName, needs: []string{"model", "messages"}},
			{name: "completions", methods: []string{"createCompletion"}, model: byName, needs: []string{"model", "prompt"}},
			{name: "embeddings", kind: Embedding, methods: []string{"createEmbedding"}, model: byName, needs: []string{"model", "input"}},
		},
	},
}

var (
	// The last three are what the package instructor adds to a client.
	chatMethods = []string{"create", "parse", "stream", "runTools", "create_with_completion", "create_partial", "create_iterable"}
	legacyModel = []argument{{"model", -1}, {"engine", -1}, {"deployment_id", -1}}
)
