package llm

// pydanticRows is Pydantic AI, as of 2026-11-22: 2.68, and the names of models before 1.0.
var pydanticRows = []sdk{
	{
		name:    "pydantic-ai",
		modules: []string{"pydantic_ai"},
		clients: []client{
			{name: "AbstractAgent"}, {name: "WrapperAgent"},
			{name: "BedrockConverseModel", platform: Bedrock},
		},
		apis: []api{
			{
				name: "agent", kind: Agent, construct: true, methods: []string{"Agent"}, model: firstArgument, settings: pydanticSettings.with(settings{
					System: props("instructions", "system_prompt"), Tools: props("tools", "toolsets"), Schema: props("output_type", "result_type"),
				}), rounds: pydanticRequests,
			},
			{
				name: "model", kind: ModelConfig, construct: true, unlisted: true, methods: []string{
					"OpenAIModel", "OpenAIChatModel", "OpenAIResponsesModel", "AnthropicModel", "GeminiModel", "GoogleModel", "VertexAIModel", "GroqModel", "MistralModel", "CohereModel",
					"BedrockConverseModel", "OpenRouterModel", "XaiModel", "HuggingFaceModel", "CerebrasModel",
				},
				model: []argument{{"model_name", 0}}, settings: settings{
					OutputCap: props("settings.max_tokens"), Temperature: props("settings.temperature"), Effort: props("settings.openai_reasoning_effort"), Seed: props("settings.seed"),
				},
			},
			{
				on: []string{"agent"}, words: []string{"agent"}, sure: []string{"run", "run_sync", "run_stream"}, methods: []string{"run", "run_sync", "run_stream", "run_stream_sync", "run_stream_events", "iter"}, model: props("model"),
				settings: pydanticSettings.with(settings{Prompt: {{"user_prompt", 0}}, System: props("instructions"), Tools: props("toolsets"), Schema: props("output_type", "result_type"), Rounds: props("usage_limits.request_limit")}),
				rounds:   pydanticRequests,
			},
		},
	},
}

var (
	pydanticRequests = Limit{Value: 50, Source: FrameworkDefault, What: "request_limit"}
	pydanticSettings = settings{
		OutputCap: props("model_settings.max_tokens"), Temperature: props("model_settings.temperature"), Seed: props("model_settings.seed"),
		Effort: props("model_settings.openai_reasoning_effort", "model_settings.thinking"), Thinking: props("model_settings.anthropic_thinking.budget_tokens"),
		CacheControl: props("model_settings.anthropic_cache", "model_settings.anthropic_cache_instructions", "model_settings.cache"), CacheKey: props("model_settings.openai_prompt_cache_key"),
		ServiceTier: props("model_settings.service_tier", "model_settings.openai_service_tier"), Retries: props("model_settings.max_retries"),
	}
)
