package llm

// langchainScriptRows is LangChain and LangGraph for JavaScript, as of 2026-11-22: langchain
// 1.5 with its packages for providers, and what stood in langchain before 0.2.
var langchainScriptRows = []sdk{
	{
		name:     "langchain",
		language: "script",
		modules: []string{
			"langchain", "@langchain/classic", "@langchain/core", "@langchain/community", "@langchain/openai", "@langchain/azure-openai", "@langchain/anthropic",
			"@langchain/google-genai", "@langchain/google-vertexai", "@langchain/google-vertexai-web", "@langchain/google", "@langchain/aws", "@langchain/groq",
			"@langchain/mistralai", "@langchain/cohere", "@langchain/xai", "@langchain/deepseek", "@langchain/cerebras", "@langchain/openrouter",
			"@langchain/langgraph", "@langchain/langgraph-supervisor", "deepagents",
		},
		clients: []client{
			{name: "AzureChatOpenAI", platform: Azure}, {name: "AzureOpenAI", platform: Azure}, {name: "AzureOpenAIEmbeddings", platform: Azure},
			{name: "ChatBedrockConverse", platform: Bedrock}, {name: "BedrockChat", platform: Bedrock}, {name: "ChatBedrock", platform: Bedrock}, {name: "BedrockEmbeddings", platform: Bedrock},
			{name: "ChatVertexAI", platform: Vertex}, {name: "VertexAI", platform: Vertex}, {name: "VertexAIEmbeddings", platform: Vertex},
			{name: "BaseChatModel"}, {name: "BaseLanguageModel"}, {name: "SimpleChatModel"}, {name: "BaseLLM"}, {name: "BaseChatOpenAI"}, {name: "LanguageModelLike"},
		},
		through: map[string]settings{
			"bind": langchainScript, "bindTools": {Tools: {{"", 0}}}, "withStructuredOutput": {Schema: {{"", 0}}}, "withConfig": {Rounds: props("recursionLimit")},
			"withRetry": {}, "withFallbacks": {}, "withListeners": {}, "pipe": {}, "withTypes": {},
		},
		apis: []api{
			{
				name: "chat", kind: ModelConfig, construct: true, methods: []string{
					"ChatOpenAI", "ChatAnthropic", "ChatGoogleGenerativeAI", "ChatVertexAI", "ChatBedrock", "ChatGroq", "AzureChatOpenAI", "ChatBedrockConverse", "BedrockChat", "ChatGoogle",
					"ChatMistralAI", "ChatCohere", "ChatXAI", "ChatDeepSeek", "ChatCerebras", "ChatOpenRouter", "ChatFireworks", "ChatTogetherAI", "ChatPerplexity", "OpenAI", "AzureOpenAI", "VertexAI",
					"ChatOpenAIResponses", "ChatOpenAICompletions", "OpenAIChat",
				},
				model: append(props("model", "modelName", "modelId", "azureOpenAIApiDeploymentName", "deploymentName"), argument{"", 0}), settings: langchainScript,
			},
			{name: "chat", kind: ModelConfig, construct: true, methods: []string{"initChatModel"}, model: []argument{{"model", 0}}, settings: langchainScript},
			{
				name: "agent", kind: Agent, construct: true, methods: []string{"createAgent", "createDeepAgent", "createReactAgent", "createSupervisor"}, model: props("model", "llm"),
				settings: settings{System: props("systemPrompt", "prompt", "stateModifier", "messageModifier", "instructions"), Tools: props("tools"), Schema: props("responseFormat")}, rounds: recursionLimit,
			},
			{
				name: "agent", kind: Agent, construct: true, methods: []string{"createToolCallingAgent", "createOpenAIFunctionsAgent", "createOpenAIToolsAgent", "createStructuredChatAgent", "createXmlAgent"},
				model: props("llm"), settings: settings{System: props("prompt"), Tools: props("tools")}, rounds: recursionLimit,
			},
			{
				name: "agent", kind: Agent, construct: true, methods: []string{"initializeAgentExecutorWithOptions", "initializeAgentExecutor"}, model: []argument{{"", 1}},
				settings: settings{Tools: {{"", 0}}, Rounds: props("maxIterations")}, rounds: maxIterations,
			},
			// What follows holds a model that another site made.
			{
				name: "agent", kind: Agent, construct: true, unlisted: true, methods: []string{"AgentExecutor", "fromAgentAndTools"}, config: props("agent"),
				settings: settings{Tools: props("tools"), Rounds: props("maxIterations")}, rounds: maxIterations,
			},
			{
				name: "chain", kind: ModelConfig, construct: true, unlisted: true,
				methods: []string{"LLMChain", "ConversationChain", "createStuffDocumentsChain", "createHistoryAwareRetriever", "createSqlQueryChain"}, config: props("llm"),
			},
			{
				name: "chain", kind: ModelConfig, construct: true, unlisted: true,
				methods: []string{"loadQAStuffChain", "loadQAMapReduceChain", "loadQARefineChain", "loadQAChain", "loadSummarizationChain"}, config: []argument{{"", 0}},
			},
			{name: "chain", kind: ModelConfig, construct: true, unlisted: true, path: "RetrievalQAChain", methods: []string{"fromLLM"}, config: []argument{{"", 0}}},
			{name: "chain", kind: ModelConfig, construct: true, unlisted: true, path: "ConversationalRetrievalQAChain", methods: []string{"fromLLM"}, config: []argument{{"", 0}}},
			{name: "chain", kind: ModelConfig, construct: true, unlisted: true, methods: []string{"createRetrievalChain"}, config: props("combineDocsChain")},
			{name: "chain", kind: ModelConfig, construct: true, unlisted: true, path: "RunnableSequence", methods: []string{"from"}, config: []argument{{"", 0}}},
			{name: "chain", kind: ModelConfig, construct: true, unlisted: true, methods: []string{"RunnableWithMessageHistory"}, config: props("runnable")},
			{
				name: "embeddings", kind: ModelConfig, construct: true, unlisted: true,
				methods: []string{"OpenAIEmbeddings", "AzureOpenAIEmbeddings", "GoogleGenerativeAIEmbeddings", "VertexAIEmbeddings", "BedrockEmbeddings", "CohereEmbeddings", "MistralAIEmbeddings"},
				model:   props("model", "modelName", "azureOpenAIApiEmbeddingsDeploymentName"),
			},
			{on: []string{"chat", "chain"}, methods: langchainScriptCalls, settings: settings{Prompt: {{"", 0}}}},
			{on: []string{"agent"}, methods: langchainScriptCalls, settings: settings{Prompt: {{"", 0}}, Rounds: props("recursionLimit")}, rounds: recursionLimit},
			{kind: Embedding, on: []string{"embeddings"}, methods: []string{"embedQuery", "embedDocuments"}, settings: settings{Prompt: {{"", 0}}}},
		},
	},
	{
		name:     "langgraph",
		language: "script",
		modules:  []string{"@langchain/langgraph"},
		clients:  []client{{name: "CompiledStateGraph"}, {name: "CompiledGraph"}, {name: "Pregel"}},
		through: map[string]settings{
			"addNode": {}, "addEdge": {}, "addConditionalEdges": {}, "addSequence": {}, "setEntryPoint": {}, "setFinishPoint": {}, "compile": {},
		},
		apis: []api{
			{name: "graph", kind: Drive, construct: true, unlisted: true, methods: []string{"StateGraph", "MessageGraph", "Graph"}},
			{
				name: "graph", kind: Drive, on: []string{"graph"}, methods: []string{"invoke", "batch", "stream", "streamEvents"},
				settings: settings{Prompt: {{"", 0}}, Rounds: props("recursionLimit")}, rounds: recursionLimit,
			},
		},
	},
}

var (
	langchainScriptCalls = []string{"invoke", "batch", "stream", "streamEvents", "streamLog", "call", "predict", "predictMessages", "generate", "run"}

	// recursionLimit is libs/langgraph-core/src/pregel/utils/config.ts:45, 2026-08.
	recursionLimit = Limit{Value: 25, Source: FrameworkDefault, What: "recursionLimit"}
	maxIterations  = Limit{Value: 15, Source: FrameworkDefault, What: "maxIterations"}

	langchainScript = settings{
		Tools: props("tools", "functions"), OutputCap: props("maxTokens", "maxCompletionTokens", "maxOutputTokens", "maxTokensToSample", "modelKwargs.max_tokens"),
		Effort: props("reasoningEffort", "reasoning.effort", "outputConfig.effort", "thinkingLevel"), Thinking: props("thinking.budget_tokens", "thinkingConfig.thinkingBudget", "maxReasoningTokens"),
		Candidates: props("n"), Temperature: props("temperature"), Seed: props("seed"), Schema: props("response_format", "modelKwargs.response_format"), Stream: props("streaming"),
		CacheKey: props("promptCacheKey"), Caching: props("cache"), ServiceTier: props("service_tier"), Retries: props("maxRetries"), Truncation: props("truncation"),
	}
)
