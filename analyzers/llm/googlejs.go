package llm

// googleScriptRows are Google's libraries for JavaScript, as of 2026-11-22: @google/genai 2.32,
// and @google/generative-ai 0.24 and @google-cloud/vertexai before it.
var googleScriptRows = []sdk{
	{
		name:     "google-genai",
		language: "script",
		modules:  []string{"@google/genai", "npm:@google/genai"},
		clients:  []client{{name: "GoogleGenAI"}},
		apis: []api{
			{name: "models.generateContent", path: "models", methods: []string{"generateContent", "generateContentStream"}, model: byName, needs: []string{"model", "contents"}, weak: true, settings: genaiScript},
			{name: "models.embedContent", kind: Embedding, path: "models", methods: []string{"embedContent"}, model: byName, needs: []string{"model", "contents"}, weak: true, settings: settings{Prompt: props("contents")}},
			{name: "chats", kind: ModelConfig, construct: true, path: "chats", methods: []string{"create"}, model: byName, needs: []string{"model"}, weak: true, settings: genaiScript},
			{name: "sendMessage", kind: Drive, on: []string{"chats"}, methods: []string{"sendMessage", "sendMessageStream"}, settings: settings{Prompt: props("message"), OutputCap: props("config.maxOutputTokens")}},
		},
	},
	{
		name:     "google-generativeai",
		language: "script",
		modules:  []string{"@google/generative-ai", "npm:@google/generative-ai", "@google-cloud/vertexai"},
		clients: []client{
			{name: "GoogleGenerativeAI.getGenerativeModel", modules: []string{"@google/generative-ai", "npm:@google/generative-ai"}},
			{name: "VertexAI.getGenerativeModel", modules: []string{"@google-cloud/vertexai"}, platform: Vertex},
			{name: "VertexAI.preview.getGenerativeModel", modules: []string{"@google-cloud/vertexai"}, platform: Vertex},
			{name: "VertexAI.getGenerativeModelPreview", modules: []string{"@google-cloud/vertexai"}, platform: Vertex},
			{name: "GenerativeModel"},
		},
		through: map[string]settings{"startChat": {}},
		apis: []api{
			{
				name: "GenerativeModel", kind: ModelConfig, construct: true, methods: []string{"getGenerativeModel", "getGenerativeModelPreview"}, model: byName, needs: []string{"model"},
				settings: settings{
					System: props("systemInstruction"), Tools: props("tools"), OutputCap: props("generationConfig.maxOutputTokens"), Candidates: props("generationConfig.candidateCount"),
					Temperature: props("generationConfig.temperature"), Schema: props("generationConfig.responseSchema"),
				},
			},
			{name: "generateContent", on: []string{"GenerativeModel"}, methods: []string{"generateContent", "generateContentStream"}, settings: oldGoogleScript},
			{name: "embedContent", kind: Embedding, on: []string{"GenerativeModel"}, methods: []string{"embedContent", "batchEmbedContents"}, settings: settings{Prompt: {{"", 0}}}},
			{name: "sendMessage", kind: Drive, on: []string{"GenerativeModel"}, methods: []string{"sendMessage", "sendMessageStream"}, settings: settings{Prompt: {{"", 0}}}},
		},
	},
}

var (
	genaiScript = settings{
		Prompt: props("contents"), System: props("config.systemInstruction"), Tools: props("config.tools"), OutputCap: props("config.maxOutputTokens"),
		Effort: props("config.thinkingConfig.thinkingLevel"), Thinking: props("config.thinkingConfig.thinkingBudget"), Candidates: props("config.candidateCount"),
		Temperature: props("config.temperature"), Seed: props("config.seed"), Schema: props("config.responseSchema", "config.responseJsonSchema"),
		CacheControl: props("config.cachedContent"), ServiceTier: props("config.serviceTier"), Rounds: props("config.automaticFunctionCalling.maximumRemoteCalls"),
	}
	oldGoogleScript = settings{
		Prompt: {{"contents", -1}, {"", 0}}, Tools: props("tools"), OutputCap: props("generationConfig.maxOutputTokens"), Candidates: props("generationConfig.candidateCount"),
		Temperature: props("generationConfig.temperature"), Schema: props("generationConfig.responseSchema"), System: props("systemInstruction"),
	}
)
