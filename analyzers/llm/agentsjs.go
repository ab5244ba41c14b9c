package llm

// agentsScriptRows is the OpenAI Agents SDK for JavaScript, as of 2026-11-22: @openai/agents 0.20 (npm).
var agentsScriptRows = []sdk{
	{
		name:     "openai-agents",
		language: "script",
		modules:  []string{"@openai/agents", "@openai/agents-core", "npm:@openai/agents"},
		module:   true,
		clients:  []client{{name: "Runner"}},
		through:  map[string]settings{"clone": {}},
		apis: []api{
			{name: "agent", kind: Agent, construct: true, methods: []string{"Agent", "SandboxAgent"}, model: byName, requires: []string{"name", "instructions"}, fallback: "gpt-5.6-luna", settings: agentsScript, rounds: agentsScriptTurns},
			{name: "agent", kind: Agent, construct: true, path: "Agent", methods: []string{"create"}, model: byName, requires: []string{"name", "instructions"}, fallback: "gpt-5.6-luna", settings: agentsScript, rounds: agentsScriptTurns},
			{
				name: "model", kind: ModelConfig, construct: true, unlisted: true, methods: []string{"OpenAIChatCompletionsModel", "OpenAIResponsesModel", "OpenAIResponsesWSModel"}, model: []argument{{"", 1}},
			},
			{
				name: "run", methods: []string{"run"}, config: []argument{{"", 0}},
				settings: settings{
					Prompt: {{"", 1}}, Rounds: props("maxTurns"), OutputCap: props("modelSettings.maxTokens"), Stream: props("stream"),
					History: props("previousResponseId", "conversationId", "session"),
				},
				rounds: agentsScriptTurns,
			},
		},
	},
}

// agentsScriptTurns is runner/constants.ts:2, 2026-08.
var agentsScriptTurns = Limit{Value: 10, Source: FrameworkDefault, What: "maxTurns"}

var agentsScript = settings{
	System: props("instructions"), Tools: props("tools"), Schema: props("outputType"),
	OutputCap: props("modelSettings.maxTokens"), Effort: props("modelSettings.reasoning.effort"), Temperature: props("modelSettings.temperature"),
	Truncation: props("modelSettings.truncation"), ServiceTier: props("modelSettings.providerData.service_tier", "modelSettings.providerData.serviceTier"),
	CacheKey: props("modelSettings.providerData.prompt_cache_key"), Retries: props("modelSettings.retry"),
}
