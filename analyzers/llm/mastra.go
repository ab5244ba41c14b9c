package llm

// mastraRows is Mastra, as of 2026-11-22: @mastra/core 0.24.9 (npm).
var mastraRows = []sdk{
	{
		name:     "mastra",
		language: "script",
		modules:  []string{"@mastra/core"},
		apis: []api{
			{
				name: "agent", kind: Agent, construct: true, methods: []string{"Agent"}, model: byName, requires: []string{"name", "id", "model", "instructions"},
				settings: settings{
					System: props("instructions"), Tools: props("tools"),
					OutputCap: props("defaultOptions.modelSettings.maxOutputTokens", "defaultVNextStreamOptions.modelSettings.maxOutputTokens", "defaultStreamOptions.modelSettings.maxOutputTokens", "defaultGenerateOptions.maxTokens", "defaultGenerateOptionsLegacy.maxTokens"),
					Rounds:    props("defaultOptions.maxSteps", "defaultVNextStreamOptions.maxSteps", "defaultStreamOptions.maxSteps", "defaultGenerateOptions.maxSteps", "defaultGenerateOptionsLegacy.maxSteps"),
					Retries:   props("maxRetries"),
				},
				rounds: mastraSteps,
			},
			{
				kind: Drive, on: []string{"agent"}, methods: []string{"generate", "stream", "generateLegacy", "streamLegacy", "generateVNext", "streamVNext", "network"},
				settings: settings{
					Prompt: {{"messages", 0}}, System: props("instructions", "system"), OutputCap: props("modelSettings.maxOutputTokens", "modelSettings.maxTokens", "maxTokens"),
					Rounds: props("stopWhen", "maxSteps"), Temperature: props("modelSettings.temperature", "temperature"), Seed: props("modelSettings.seed", "seed"),
					Schema: props("structuredOutput", "output", "experimental_output"), Effort: props("providerOptions.openai.reasoningEffort"),
				},
				rounds: mastraSteps,
			},
		},
	},
}

// mastraSteps is the framework's own: maxSteps of @mastra/core 0.24.9, dist/agent.
var mastraSteps = Limit{Value: 5, Source: FrameworkDefault, What: "maxSteps"}
