package llm

// googleRows are Google's libraries for Python, as of 2026-11-22: google-genai 2, and
// google-generativeai and the Vertex AI SDK before it.
var googleRows = []sdk{
	{
		name:    "google-genai",
		modules: []string{"google.genai"},
		clients: []client{{name: "Client"}, {name: "AsyncClient"}},
		apis: []api{
			{name: "models.generate_content", path: "models", methods: []string{"generate_content", "generate_content_stream"}, model: byName, needs: []string{"model", "contents"}, weak: true, settings: genaiContent},
			{name: "models.embed_content", kind: Embedding, path: "models", methods: []string{"embed_content"}, model: byName, needs: []string{"model", "contents"}, weak: true, settings: settings{Prompt: props("contents")}},
			{name: "chats", kind: ModelConfig, construct: true, path: "chats", methods: []string{"create"}, model: byName, needs: []string{"model"}, weak: true, settings: genaiContent.with(settings{Prompt: nil, History: nil})},
			{name: "send_message", kind: Drive, on: []string{"chats"}, methods: []string{"send_message", "send_message_stream"}, settings: genaiContent.with(settings{Prompt: {{"message", 0}}})},
		},
	},
	{
		name:    "google-generativeai",
		modules: []string{"google.generativeai", "vertexai.generative_models", "vertexai.preview.generative_models", "vertexai.language_models"},
		module:  true,
		clients: []client{
			{name: "GenerativeModel", modules: []string{"google.generativeai"}},
			{name: "GenerativeModel", modules: []string{"vertexai.generative_models", "vertexai.preview.generative_models", "vertexai"}, platform: Vertex},
		},
		through: map[string]settings{"start_chat": {}},
		apis: []api{
			{name: "GenerativeModel", kind: ModelConfig, construct: true, methods: []string{"GenerativeModel"}, model: []argument{{"model_name", 0}}, fallback: "", settings: oldGoogle.with(settings{System: props("system_instruction")})},
			{name: "generate_content", on: []string{"GenerativeModel"}, methods: []string{"generate_content", "generate_content_async"}, settings: oldGoogle.with(settings{Prompt: {{"contents", 0}}})},
			{name: "send_message", kind: Drive, on: []string{"GenerativeModel"}, methods: []string{"send_message", "send_message_async"}, settings: oldGoogle.with(settings{Prompt: {{"content", 0}}})},
			{name: "embed_content", kind: Embedding, methods: []string{"embed_content", "embed_content_async"}, model: firstArgument, settings: settings{Prompt: {{"content", 1}}}},
		},
	},
}

var (
	genaiContent = settings{
		Prompt: props("contents"), System: props("config.system_instruction"), Tools: props("config.tools"), OutputCap: props("config.max_output_tokens"),
		Effort: props("config.thinking_config.thinking_level"), Thinking: props("config.thinking_config.thinking_budget"), Candidates: props("config.candidate_count"),
		Temperature: props("config.temperature"), Seed: props("config.seed"), Schema: props("config.response_schema", "config.response_json_schema"),
		CacheControl: props("config.cached_content"), ServiceTier: props("config.service_tier"), Rounds: props("config.automatic_function_calling.maximum_remote_calls"),
	}
	oldGoogle = settings{
		Tools: props("tools"), OutputCap: props("generation_config.max_output_tokens"), Candidates: props("generation_config.candidate_count"),
		Temperature: props("generation_config.temperature"), Seed: props("generation_config.seed"), Schema: props("generation_config.response_schema"),
		Stream: props("stream"),
	}
)
