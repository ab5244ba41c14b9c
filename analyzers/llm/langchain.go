package llm

import "slices"

// langchainRows is LangChain for Python, as of 2026-11-22: langchain 1.5 with its packages
// for providers, and what stood in langchain and langchain_community before 1.0. Models that
// run on the caller's own machine cost nothing per token and have no row.
var langchainRows = []sdk{
	{
		name:     "langchain",
		language: "python",
		modules: []string{
			"langchain", "langchain_classic", "langchain_community", "langchain_core", "langchain_openai", "langchain_anthropic",
			"langchain_google_genai", "langchain_google_vertexai", "langchain_aws", "langchain_groq", "langchain_mistralai", "langchain_cohere",
			"langchain_fireworks", "langchain_together", "langchain_deepseek", "langchain_xai", "langchain_perplexity", "langchain_openrouter",
			"langchain_azure_ai", "langchain_litellm", "langgraph", "deepagents",
		},
		clients: []client{
			{name: "AzureChatOpenAI", platform: Azure}, {name: "AzureOpenAI", platform: Azure}, {name: "AzureOpenAIEmbeddings", platform: Azure},
			{name: "AzureAIChatCompletionsModel", platform: Azure},
			{name: "ChatBedrock", platform: Bedrock}, {name: "ChatBedrockConverse", platform: Bedrock}, {name: "BedrockChat", platform: Bedrock},
			{name: "BedrockLLM", platform: Bedrock}, {name: "BedrockEmbeddings", platform: Bedrock},
			{name: "ChatVertexAI", platform: Vertex}, {name: "VertexAI", platform: Vertex}, {name: "ChatAnthropicVertex", platform: Vertex}, {name: "VertexAIEmbeddings", platform: Vertex},
			{name: "BaseChatModel"}, {name: "BaseLanguageModel"}, {name: "SimpleChatModel"}, {name: "BaseLLM"}, {name: "BaseChatOpenAI"}, {name: "LanguageModelLike"},
		},
		through: map[string]settings{
			"bind": langchainModel, "bind_tools": {Tools: {{"tools", 0}}}, "bind_functions": {Tools: {{"functions", 0}}},
			"with_structured_output": {Schema: {{"schema", 0}}}, "with_config": {Rounds: {{"config.recursion_limit", 0}, {"recursion_limit", -1}}},
			"with_retry": {}, "with_fallbacks": {}, "with_types": {}, "with_listeners": {}, "configurable_fields": {}, "configurable_alternatives": {}, "pipe": {},
		},
		apis: []api{
			{name: "chat", kind: ModelConfig, construct: true, methods: langchainClasses, model: props("model", "model_name", "model_id", "deployment_name", "azure_deployment"), settings: langchainModel},
			{name: "chat", kind: ModelConfig, construct: true, methods: []string{"init_chat_model"}, model: firstArgument, settings: langchainModel},
			{
				name: "agent", kind: Agent, construct: true, methods: []string{"create_agent", "create_deep_agent"}, model: firstArgument,
				settings: settings{System: props("system_prompt", "instructions"), Tools: {{"tools", 1}}, Schema: props("response_format")}, rounds: langgraphSteps,
			},
			{
				name: "agent", kind: Agent, construct: true, methods: []string{"create_react_agent", "create_tool_calling_agent", "create_openai_functions_agent", "create_openai_tools_agent", "create_structured_chat_agent", "create_json_chat_agent", "create_xml_agent", "create_self_ask_with_search_agent"},
				model: []argument{{"model", 0}, {"llm", 0}}, settings: settings{System: props("prompt", "state_modifier", "messages_modifier"), Tools: {{"tools", 1}}, Schema: props("response_format")}, rounds: langgraphSteps,
			},
			{
				name: "agent", kind: Agent, construct: true, methods: []string{"initialize_agent"}, model: []argument{{"llm", 1}},
				settings: settings{Tools: {{"tools", 0}}, Rounds: props("max_iterations")}, rounds: executorSteps,
			},
			{
				name: "agent", kind: Agent, construct: true, methods: []string{"create_sql_agent", "create_pandas_dataframe_agent", "create_csv_agent", "create_openapi_agent", "create_json_agent"}, model: []argument{{"llm", 0}},
				settings: settings{Rounds: props("max_iterations")}, rounds: executorSteps,
			},
			// What follows holds a model that another site made.
			{
				name: "agent", kind: Agent, construct: true, unlisted: true, methods: []string{"AgentExecutor"}, config: props("agent"),
				settings: settings{Tools: props("tools"), Rounds: props("max_iterations")}, rounds: executorSteps,
			},
			{
				name: "chain", kind: ModelConfig, construct: true, unlisted: true, methods: []string{"LLMChain", "ConversationChain", "create_stuff_documents_chain", "create_history_aware_retriever", "load_qa_chain", "load_summarize_chain", "create_sql_query_chain"},
				config: []argument{{"llm", 0}},
			},
			{
				name: "chain", kind: ModelConfig, construct: true, unlisted: true, path: "RetrievalQA", methods: []string{"from_chain_type", "from_llm"}, config: []argument{{"llm", 0}},
			},
			{
				name: "chain", kind: ModelConfig, construct: true, unlisted: true, path: "ConversationalRetrievalChain", methods: []string{"from_llm"}, config: []argument{{"llm", 0}},
			},
			{
				name: "chain", kind: ModelConfig, construct: true, unlisted: true, methods: []string{"create_retrieval_chain"}, config: []argument{{"combine_docs_chain", 1}},
			},
			{
				name: "chain", kind: ModelConfig, construct: true, unlisted: true, methods: []string{"RunnableWithMessageHistory"}, config: []argument{{"runnable", 0}},
			},
			{
				name: "embeddings", kind: ModelConfig, construct: true, unlisted: true, methods: []string{"OpenAIEmbeddings", "AzureOpenAIEmbeddings", "GoogleGenerativeAIEmbeddings", "VertexAIEmbeddings", "BedrockEmbeddings", "CohereEmbeddings", "MistralAIEmbeddings"},
				model: props("model", "model_name", "deployment", "azure_deployment"), settings: settings{},
			},
			{
				name: "embeddings", kind: ModelConfig, construct: true, unlisted: true, methods: []string{"init_embeddings"}, model: firstArgument,
			},
			{on: []string{"chat", "chain"}, words: llmWords, sure: []string{"invoke", "ainvoke", "astream", "abatch"}, methods: langchainCalls, settings: settings{Prompt: {{"input", 0}, {"inputs", 0}}}},
			{on: []string{"agent"}, methods: langchainCalls, settings: settings{Prompt: {{"input", 0}, {"inputs", 0}}, Rounds: {{"config.recursion_limit", 1}}}, rounds: langgraphSteps},
			{kind: Embedding, on: []string{"embeddings"}, words: []string{"embeddings", "embedding", "embedder"}, sure: []string{"embed_query", "embed_documents", "aembed_query", "aembed_documents"}, methods: []string{"embed_query", "embed_documents", "aembed_query", "aembed_documents"}, settings: settings{Prompt: {{"text", 0}, {"texts", 0}}}},
		},
	},
}

var (
	langchainClasses = slices.Concat(
		[]string{"ChatOpenAI", "ChatAnthropic", "ChatGoogleGenerativeAI", "ChatVertexAI", "ChatBedrock", "ChatGroq"},
		[]string{"AzureChatOpenAI", "ChatBedrockConverse", "BedrockChat", "ChatAnthropicVertex", "ChatMistralAI", "ChatCohere", "ChatFireworks", "ChatTogether", "ChatDeepSeek", "ChatXAI", "ChatPerplexity", "ChatOpenRouter", "ChatLiteLLM", "AzureAIChatCompletionsModel"},
		[]string{"OpenAI", "AzureOpenAI", "Anthropic", "GoogleGenerativeAI", "VertexAI", "BedrockLLM", "Cohere"}, // completions
	)
	langchainCalls = []string{
		"invoke", "ainvoke", "batch", "abatch", "stream", "astream", "astream_events", "astream_log", "batch_as_completed", "abatch_as_completed",
		"predict", "apredict", "predict_messages", "generate", "agenerate", "run", "arun",
	}
	llmWords       = []string{"llm", "model", "chatmodel"}
	langchainModel = settings{
		Tools: props("tools", "functions"), OutputCap: props("max_tokens", "max_completion_tokens", "max_output_tokens", "max_tokens_to_sample", "model_kwargs.max_tokens"),
		Effort: props("reasoning_effort", "effort", "reasoning.effort", "thinking_level"), Thinking: props("thinking.budget_tokens", "thinking_budget"), Candidates: props("n"),
		Temperature: props("temperature"), Seed: props("seed"), Schema: props("response_format", "model_kwargs.response_format"), Stream: props("streaming"),
		CacheKey: props("prompt_cache_key"), Caching: props("cache"), ServiceTier: props("service_tier"), Retries: props("max_retries"), Truncation: props("truncation"),
	}
	// LangGraph counts super-steps, of which each has one request at most for each agent.
	langgraphSteps = Limit{Value: 10007, Source: FrameworkDefault, What: "recursion_limit"}
	executorSteps  = Limit{Value: 15, Source: FrameworkDefault, What: "max_iterations"}
)
