package llm

// llamaindexScriptRows is LlamaIndex for TypeScript, as of 2026-11-22: llamaindex 0.12 and its
// packages for providers.
var llamaindexScriptRows = []sdk{
	{
		name:     "llamaindex",
		language: "script",
		modules:  []string{"llamaindex", "@llamaindex/openai", "@llamaindex/anthropic", "@llamaindex/google", "@llamaindex/groq", "@llamaindex/mistral", "@llamaindex/deepseek", "@llamaindex/azure", "@llamaindex/workflow", "@llamaindex/core"},
		apis: []api{
			{
				name: "llm", kind: ModelConfig, construct: true, methods: []string{
					"OpenAI", "Anthropic", "Gemini", "GoogleStudio", "Groq", "MistralAI", "DeepSeekLLM", "OpenAIResponses", "openai", "anthropic", "gemini", "groq", "mistral", "deepseek", "openaiResponses",
				},
				model: byName, settings: settings{
					OutputCap: props("maxTokens", "maxOutputTokens"), Temperature: props("temperature"), Effort: props("reasoningEffort", "reasoning.effort"), Retries: props("maxRetries"),
					Thinking: props("thinking.budget_tokens"),
				},
			},
			{
				name: "agent", kind: Agent, construct: true, methods: []string{"agent", "ReActAgent", "OpenAIAgent", "AnthropicAgent", "FunctionAgent", "LLMAgent"}, config: props("llm"), ambient: "llamaindex.Settings.llm",
				settings: settings{System: props("systemPrompt"), Tools: props("tools")}, rounds: Limit{Source: NoLimit, What: "maxIterations"},
			},
			{kind: Drive, on: []string{"llm"}, methods: []string{"chat", "complete", "exec"}, settings: settings{Prompt: props("messages", "prompt")}},
			{kind: Drive, on: []string{"agent"}, methods: []string{"run", "runStream", "chat"}, settings: settings{Prompt: {{"", 0}}}, rounds: Limit{Source: NoLimit, What: "maxIterations"}},
		},
	},
}
