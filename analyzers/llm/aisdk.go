package llm

// aisdkRows are Vercel's AI SDK, as of 2026-11-22: ai 4.3 to 6.0.326 (npm), with the names
// that each major version has for a thing.
var aisdkRows = []sdk{
	{
		name:     "ai-sdk",
		language: "script",
		modules:  []string{"ai", "npm:ai", "ai/rsc", "@ai-sdk/rsc"},
		module:   true,
		apis: []api{
			{name: "generateText", methods: []string{"generateText", "experimental_generateText"}, model: byName, settings: aisdkSettings, rounds: aisdkSteps},
			{name: "streamText", methods: []string{"streamText", "experimental_streamText"}, model: byName, settings: aisdkSettings, rounds: aisdkSteps},
			{name: "generateObject", methods: []string{"generateObject", "experimental_generateObject"}, model: byName, settings: aisdkSettings},
			{name: "streamObject", methods: []string{"streamObject", "experimental_streamObject"}, model: byName, settings: aisdkSettings},
			{name: "streamUI", methods: []string{"streamUI"}, model: byName, settings: aisdkSettings},
			{name: "embed", kind: Embedding, methods: []string{"embed"}, model: byName, settings: settings{Prompt: props("value"), Retries: props("maxRetries")}},
			{
				name: "agent", kind: Agent, construct: true, methods: []string{"ToolLoopAgent", "Experimental_Agent", "Agent"}, model: byName, settings: aisdkSettings, rounds: aisdkLoop,
			},
			{kind: Drive, on: []string{"agent"}, methods: []string{"generate", "stream", "respond"}, settings: aisdkSettings, rounds: aisdkLoop},
			{name: "embedMany", kind: Embedding, methods: []string{"embedMany"}, model: byName, settings: settings{Prompt: props("values"), Retries: props("maxRetries")}},
		},
	},
	{
		name:     "ai-sdk", // Workflow DevKit's agent has the AI SDK's settings, and no limit of its own
		language: "script",
		modules:  []string{"@workflow/ai"},
		apis: []api{
			{name: "agent", kind: Agent, construct: true, methods: []string{"DurableAgent"}, model: byName, settings: aisdkSettings, rounds: Limit{Source: NoLimit, What: "maxSteps"}},
			{kind: Drive, on: []string{"agent"}, methods: []string{"generate", "stream"}, settings: aisdkSettings, rounds: Limit{Source: NoLimit, What: "maxSteps"}},
		},
	},
}

// aisdkSteps is what generateText and streamText do unless stopWhen or maxSteps says more:
// packages/ai/src/generate-text/generate-text.ts:250, 2026-08.
var aisdkSteps = Limit{Value: 1, Source: FrameworkDefault, What: "stopWhen"}

// aisdkLoop is the agents' own: packages/ai/src/agent/tool-loop-agent.ts:132, 2026-08.
var aisdkLoop = Limit{Value: 20, Source: FrameworkDefault, What: "stopWhen"}

var aisdkSettings = settings{
	Prompt:       props("messages", "prompt"),
	System:       props("system", "instructions"),
	Tools:        props("tools"),
	OutputCap:    props("maxOutputTokens", "maxTokens"),
	Rounds:       props("stopWhen", "maxSteps"),
	Effort:       props("providerOptions.openai.reasoningEffort", "providerOptions.azure.reasoningEffort", "providerOptions.anthropic.effort", "providerOptions.google.thinkingConfig.thinkingLevel", "providerOptions.xai.reasoningEffort", "providerOptions.openrouter.reasoning.effort"),
	Thinking:     props("providerOptions.anthropic.thinking.budgetTokens", "providerOptions.google.thinkingConfig.thinkingBudget", "providerOptions.vertex.thinkingConfig.thinkingBudget", "providerOptions.bedrock.reasoningConfig.budgetTokens"),
	Temperature:  props("temperature"),
	Seed:         props("seed"),
	Schema:       props("schema", "output", "experimental_output", "enum"),
	CacheControl: props("providerOptions.anthropic.cacheControl", "providerOptions.bedrock.cachePoint"),
	CacheKey:     props("providerOptions.openai.promptCacheKey"),
	ServiceTier:  props("providerOptions.openai.serviceTier"),
	Retries:      props("maxRetries"),
	History:      props("providerOptions.openai.previousResponseId", "providerOptions.openai.conversation"),
	Truncation:   props("providerOptions.openai.truncation"),
}

// props are arguments that have no position.
func props(names ...string) []argument {
	out := make([]argument, len(names))
	for i, name := range names {
		out[i] = argument{name, -1}
	}
	return out
}
