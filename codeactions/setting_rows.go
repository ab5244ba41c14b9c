package codeactions

import "github.com/qodacode/qodacode/analyzers/llm"

// What builds the objects that settings stand in.
var (
	agentsSettings  = symbol{"agents", "ModelSettings"}
	agentsReasoning = symbol{"openai.types.shared", "Reasoning"}
	genaiConfig     = symbol{"google.genai", "types.GenerateContentConfig"}
	usageLimits     = symbol{"pydantic_ai", "UsageLimits"}
	stepCount       = symbol{"ai", "stepCountIs"}
)

var (
	chatModels   = []string{"ChatOpenAI", "AzureChatOpenAI", "ChatAnthropic", "ChatBedrock", "ChatBedrockConverse", "ChatGroq", "ChatMistralAI", "init_chat_model"}
	googleModels = []string{"ChatGoogleGenerativeAI", "ChatVertexAI"}
	graphRuns    = []string{"invoke", "ainvoke", "stream", "astream", "batch", "abatch", "streamEvents"}
	agentRuns    = []string{"run", "run_sync", "run_streamed", "runStreamed"}
	textCalls    = []string{"generateText", "streamText", "generateObject", "streamObject", "ToolLoopAgent", "Experimental_Agent"}
	stepCalls    = []string{"generateText", "streamText", "ToolLoopAgent", "Experimental_Agent"}
	genaiCalls   = []string{"generate_content", "generate_content_stream", "generateContent", "generateContentStream", "models.generate_content", "models.generateContent", "chats.create", "create"}
)

// seats are the SDKs' places for what code actions set, held against openai 3.54 and 6.49 (npm),
// anthropic 2.12 and 1.12, litellm 1.109, langchain-openai 1.7 and @langchain/openai 1.5,
// openai-agents 0.24 and 0.20, pydantic-ai 2.68, google-genai 3.4 and 2.32, ai 6.0.326 by codeactions/realsdk.
var seats = []seat{
	{sdk: "openai", calls: []string{"chat.completions"}, what: llm.OutputCap, path: "max_completion_tokens", legacy: "max_tokens"},
	{sdk: "openai", calls: []string{"chat.completions"}, in: script, what: llm.OutputCap, path: "max_completion_tokens", legacy: "max_tokens"},
	{sdk: "openai", calls: []string{"responses"}, what: llm.OutputCap, path: "max_output_tokens"},
	{sdk: "openai", calls: []string{"responses"}, in: script, what: llm.OutputCap, path: "max_output_tokens"},
	{sdk: "openai", calls: []string{"completions"}, what: llm.OutputCap, path: "max_tokens"},
	{sdk: "openai", calls: []string{"completions"}, in: script, what: llm.OutputCap, path: "max_tokens"},
	{sdk: "litellm", calls: []string{"completion", "text_completion"}, what: llm.OutputCap, path: "max_tokens"},
	{sdk: "litellm", calls: []string{"responses"}, what: llm.OutputCap, path: "max_output_tokens"},
	{sdk: "google-genai", calls: genaiCalls, what: llm.OutputCap, path: "config.max_output_tokens", build: []symbol{genaiConfig}},
	{sdk: "google-genai", calls: genaiCalls, in: script, what: llm.OutputCap, path: "config.maxOutputTokens"},
	{sdk: "google-generativeai", calls: []string{"GenerativeModel"}, what: llm.OutputCap, path: "generation_config.max_output_tokens"},
	{sdk: "google-generativeai", calls: []string{"getGenerativeModel"}, in: script, what: llm.OutputCap, path: "generationConfig.maxOutputTokens"},
	{sdk: "langchain", calls: chatModels, what: llm.OutputCap, path: "max_tokens"},
	{sdk: "langchain", calls: googleModels, what: llm.OutputCap, path: "max_output_tokens"},
	{sdk: "langchain", calls: []string{"initChatModel"}, in: script, what: llm.OutputCap, path: "maxTokens", gpt6: "modelKwargs.max_completion_tokens", options: 1},
	{sdk: "langchain", calls: googleModels, in: script, what: llm.OutputCap, path: "maxOutputTokens"},
	{sdk: "langchain", calls: chatModels, in: script, what: llm.OutputCap, path: "maxTokens", gpt6: "modelKwargs.max_completion_tokens"},
	{sdk: "llamaindex", calls: []string{"OpenAI", "OpenAIResponses", "Anthropic", "Gemini", "GoogleGenAI", "AzureOpenAI"}, what: llm.OutputCap, path: "max_tokens"},
	{sdk: "openai-agents", calls: []string{"Agent"}, what: llm.OutputCap, path: "model_settings.max_tokens", build: []symbol{agentsSettings}},
	{sdk: "openai-agents", calls: []string{"Agent", "create"}, in: script, what: llm.OutputCap, path: "modelSettings.maxTokens"},
	{sdk: "pydantic-ai", calls: []string{"Agent"}, what: llm.OutputCap, path: "model_settings.max_tokens"},
	{sdk: "crewai", calls: []string{"LLM"}, what: llm.OutputCap, path: "max_tokens"},
	{sdk: "ai-sdk", calls: textCalls, in: script, what: llm.OutputCap, path: "maxOutputTokens", legacy: "maxTokens"},
	{sdk: "mastra", calls: []string{"generate", "stream"}, in: script, what: llm.OutputCap, path: "modelSettings.maxOutputTokens", options: 1},

	{sdk: "openai-agents", calls: agentRuns, what: llm.Rounds, path: "max_turns"},
	{sdk: "openai-agents", calls: agentRuns, in: script, what: llm.Rounds, path: "maxTurns", options: 2},
	{sdk: "langgraph", calls: graphRuns, what: llm.Rounds, path: "config.recursion_limit", options: 1},
	{sdk: "langgraph", calls: graphRuns, in: script, what: llm.Rounds, path: "recursionLimit", options: 1},
	{sdk: "langchain", calls: graphRuns, what: llm.Rounds, path: "config.recursion_limit", options: 1},
	{sdk: "langchain", calls: graphRuns, in: script, what: llm.Rounds, path: "recursionLimit", options: 1},
	{sdk: "crewai", calls: []string{"Agent"}, what: llm.Rounds, path: "max_iter"},
	{sdk: "pydantic-ai", calls: []string{"run", "run_sync", "run_stream", "iter"}, what: llm.Rounds, path: "usage_limits.request_limit", build: []symbol{usageLimits}},
	{sdk: "llamaindex", calls: []string{"run", "ReActAgent", "FunctionAgent"}, what: llm.Rounds, path: "max_iterations"},
	{sdk: "ai-sdk", calls: stepCalls, in: script, what: llm.Rounds, path: "stopWhen", legacy: "maxSteps", value: "stepCountIs(%s)", needs: stepCount},
	{sdk: "mastra", calls: []string{"generate", "stream", "network"}, in: script, what: llm.Rounds, path: "maxSteps", options: 1},

	{sdk: "openai", calls: []string{"chat.completions"}, what: llm.Effort, path: "reasoning_effort"},
	{sdk: "openai", calls: []string{"chat.completions"}, in: script, what: llm.Effort, path: "reasoning_effort"},
	{sdk: "openai", calls: []string{"responses"}, what: llm.Effort, path: "reasoning.effort"},
	{sdk: "openai", calls: []string{"responses"}, in: script, what: llm.Effort, path: "reasoning.effort"},
	{sdk: "litellm", calls: []string{"completion"}, what: llm.Effort, path: "reasoning_effort"},
	{sdk: "litellm", calls: []string{"responses"}, what: llm.Effort, path: "reasoning.effort"},
	{sdk: "langchain", calls: []string{"ChatOpenAI", "init_chat_model"}, what: llm.Effort, path: "reasoning_effort"},
	{sdk: "langchain", calls: []string{"ChatOpenAI"}, in: script, what: llm.Effort, path: "reasoning.effort", gpt6: "modelKwargs.reasoning_effort"},
	{sdk: "langchain", calls: []string{"initChatModel"}, in: script, what: llm.Effort, path: "reasoning.effort", gpt6: "modelKwargs.reasoning_effort", options: 1},
	{sdk: "llamaindex", calls: []string{"OpenAI"}, what: llm.Effort, path: "reasoning_effort"},
	{sdk: "openai-agents", calls: []string{"Agent"}, what: llm.Effort, path: "model_settings.reasoning.effort", build: []symbol{agentsSettings, agentsReasoning}},
	{sdk: "openai-agents", calls: []string{"Agent", "create"}, in: script, what: llm.Effort, path: "modelSettings.reasoning.effort"},
	{sdk: "pydantic-ai", calls: []string{"Agent"}, what: llm.Effort, path: "model_settings.openai_reasoning_effort"},
	{sdk: "crewai", calls: []string{"LLM"}, what: llm.Effort, path: "reasoning_effort"},
	{sdk: "ai-sdk", calls: textCalls, in: script, what: llm.Effort, path: "providerOptions.openai.reasoningEffort"},

	{sdk: "openai", calls: []string{"chat.completions", "responses"}, what: llm.ServiceTier, path: "service_tier"},
	{sdk: "openai", calls: []string{"chat.completions", "responses"}, in: script, what: llm.ServiceTier, path: "service_tier"},
	{sdk: "litellm", calls: []string{"completion", "responses"}, what: llm.ServiceTier, path: "service_tier"},
	{sdk: "langchain", calls: []string{"ChatOpenAI"}, what: llm.ServiceTier, path: "service_tier"},
	{sdk: "langchain", calls: []string{"ChatOpenAI"}, in: script, what: llm.ServiceTier, path: "service_tier"},
	{sdk: "openai-agents", calls: []string{"Agent"}, what: llm.ServiceTier, path: "model_settings.extra_args.service_tier", build: []symbol{agentsSettings}},
	{sdk: "openai-agents", calls: []string{"Agent", "create"}, in: script, what: llm.ServiceTier, path: "modelSettings.providerData.service_tier"},
	{sdk: "pydantic-ai", calls: []string{"Agent"}, what: llm.ServiceTier, path: "model_settings.openai_service_tier"},
	{sdk: "ai-sdk", calls: textCalls, in: script, what: llm.ServiceTier, path: "providerOptions.openai.serviceTier"},

	{sdk: "openai", calls: []string{"chat.completions", "responses"}, what: llm.CacheKey, path: "prompt_cache_key"},
	{sdk: "openai", calls: []string{"chat.completions", "responses"}, in: script, what: llm.CacheKey, path: "prompt_cache_key"},
	{sdk: "litellm", calls: []string{"completion"}, what: llm.CacheKey, path: "prompt_cache_key"},
	{sdk: "pydantic-ai", calls: []string{"Agent"}, what: llm.CacheKey, path: "model_settings.openai_prompt_cache_key"},
	{sdk: "ai-sdk", calls: textCalls, in: script, what: llm.CacheKey, path: "providerOptions.openai.promptCacheKey"},
}
