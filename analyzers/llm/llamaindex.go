package llm

// llamaindexRows is LlamaIndex for Python, as of 2026-11-22: llama-index-core 0.14 and the
// forms before 0.10. Calls of a model's own methods are drives: the table lists the models.
var llamaindexRows = []sdk{
	{
		name:    "llamaindex",
		modules: []string{"llama_index"},
		clients: []client{
			{name: "AzureOpenAI", platform: Azure}, {name: "Vertex", platform: Vertex}, {name: "Bedrock", platform: Bedrock}, {name: "BedrockConverse", platform: Bedrock},
			{name: "OpenAILike", platform: Custom}, {name: "LLM"}, {name: "BaseLLM"}, {name: "FunctionCallingLLM"},
		},
		through: map[string]settings{"as_structured_llm": {Schema: {{"output_cls", 0}}}},
		apis: []api{
			{
				name: "llm", kind: ModelConfig, construct: true, methods: []string{
					"OpenAI", "Anthropic", "Gemini", "AzureOpenAI", "GoogleGenAI", "Vertex", "Bedrock", "BedrockConverse", "OpenAIResponses", "OpenAILike",
					"Groq", "MistralAI", "Cohere", "DeepSeek", "OpenRouter", "LiteLLM", "Perplexity", "TogetherLLM", "Fireworks",
				},
				model: props("model", "model_name", "engine", "deployment_name"), settings: settings{
					OutputCap: props("max_tokens", "max_output_tokens", "generation_config.max_output_tokens", "additional_kwargs.max_tokens"), Temperature: props("temperature"),
					Effort: props("reasoning_effort", "reasoning_options.effort"), Thinking: props("thinking_dict.budget_tokens"), Retries: props("max_retries"), System: props("system_prompt"),
				},
			},
			{
				name: "agent", kind: Agent, construct: true, methods: []string{"FunctionAgent", "ReActAgent", "CodeActAgent", "OpenAIAgent", "FunctionCallingAgent"},
				config: props("llm"), ambient: "llama_index.core.Settings.llm", settings: llamaAgent, rounds: llamaSteps,
			},
			{name: "agent", kind: Agent, construct: true, path: "ReActAgent", methods: []string{"from_tools"}, config: props("llm"), ambient: "llama_index.core.Settings.llm", settings: llamaAgent, rounds: llamaSteps},
			{name: "agent", kind: Agent, construct: true, path: "OpenAIAgent", methods: []string{"from_tools"}, config: props("llm"), ambient: "llama_index.core.Settings.llm", settings: llamaAgent, rounds: llamaSteps},
			{name: "agent", kind: Agent, construct: true, path: "FunctionCallingAgent", methods: []string{"from_tools"}, config: props("llm"), ambient: "llama_index.core.Settings.llm", settings: llamaAgent, rounds: llamaSteps},
			{name: "agent", kind: Agent, construct: true, path: "FunctionCallingAgentWorker", methods: []string{"from_tools"}, config: props("llm"), ambient: "llama_index.core.Settings.llm", settings: llamaAgent, rounds: llamaSteps},
			{name: "agent", kind: Agent, construct: true, path: "AgentWorkflow", methods: []string{"from_tools_or_functions"}, config: props("llm"), ambient: "llama_index.core.Settings.llm", settings: llamaAgent, rounds: llamaSteps},
			{
				kind: Drive, on: []string{"llm"}, methods: []string{"complete", "acomplete", "chat", "achat", "stream_complete", "stream_chat", "astream_complete", "astream_chat", "predict", "apredict", "structured_predict", "astructured_predict", "predict_and_call"},
				settings: settings{Prompt: {{"prompt", 0}, {"messages", 0}}},
			},
			{
				kind: Drive, on: []string{"agent"}, methods: []string{"run", "chat", "achat", "stream_chat", "astream_chat", "query", "aquery"},
				settings: settings{Prompt: {{"user_msg", 0}, {"message", 0}}, Rounds: props("max_iterations")}, rounds: llamaSteps,
			},
		},
	},
}

var (
	llamaAgent = settings{System: props("system_prompt"), Tools: {{"tools", 0}, {"tools_or_functions", 0}}, Rounds: props("max_iterations")}
	llamaSteps = Limit{Value: 20, Source: FrameworkDefault, What: "max_iterations"}
)
