package llm

// litellmRows is LiteLLM, as of 2026-11-22: 1.109.
var litellmRows = []sdk{
	{
		name:    "litellm",
		modules: []string{"litellm", "litellm.main"},
		module:  true,
		clients: []client{{name: "Router"}},
		perCall: true,
		apis: []api{
			{name: "completion", methods: []string{"completion", "acompletion"}, model: firstArgument, settings: litellmChat},
			{name: "text_completion", methods: []string{"text_completion", "atext_completion"}, model: []argument{{"model", 1}}, settings: openaiCompletions.with(settings{Prompt: {{"prompt", 0}}, Caching: props("caching")})},
			{name: "responses", methods: []string{"responses", "aresponses"}, model: []argument{{"model", 1}}, settings: openaiResponses.with(settings{Prompt: {{"input", 0}}, Caching: props("caching")})},
			{name: "embedding", kind: Embedding, methods: []string{"embedding", "aembedding"}, model: firstArgument, settings: settings{Prompt: {{"input", 1}}, Caching: props("caching")}},
		},
	},
}

var litellmChat = openaiChat.with(settings{
	Prompt: {{"messages", 1}}, Thinking: props("thinking.budget_tokens"), Caching: props("caching"), Retries: props("num_retries", "max_retries"), Reasks: nil,
})
