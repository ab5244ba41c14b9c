package llm

// litellmRows is LiteLLM, as of 2026-11-22: 1.109.
var litellmRows = []sdk{
	{
		name:    "litellm",
		modules: []string{"litellm", "litellm.main"},
		module:  true,
		perCall: true,
		apis: []api{
			{name: "completion", methods: []string{"completion", "acompletion"}, model: firstArgument},
			{name: "text_completion", methods: []string{"text_completion", "atext_completion"}, model: []argument{{"model", 1}}},
			{name: "responses", methods: []string{"responses", "aresponses"}, model: []argument{{"model", 1}}},
			{name: "embedding", kind: Embedding, methods: []string{"embedding", "aembedding"}, model: firstArgument},
		},
	},
}
