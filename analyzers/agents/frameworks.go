package agents

// frameworks are all frameworks that are read. To add one, write its file and its row.
func frameworks() []framework {
	return []framework{
		{"langgraph", langgraphModules, readLangGraph},
		{"openai-agents", openAIRoots, readOpenAIAgents},
		{"google-adk", []string{"google", "@google/adk"}, readADK},
		{"smolagents", smolRoots, readSmolagents},
		{"pydantic-ai", pydanticRoots, readPydanticAI},
		{"swarm", swarmRoots, readSwarm},
		{"crewai", []string{"crewai"}, readCrewAI},
		{"crewai", []string{"crewai"}, readCrewFlows},
		{"aisdk", aisdkRoots, readAISDK},
		{"mastra", mastraModules, readMastra},
		{"llamaindex", llamaModules, readLlamaIndex},
		{"autogpt", nil, readAutoGPT},
		{"plain", nil, readPlain},
		{"autogen", []string{"autogen_agentchat", "autogen_ext"}, readAutoGen},
		{"autogen-0.2", []string{"autogen", "pyautogen", "ag2"}, readAutoGen02},
		{"agent-framework", afRoots, readAgentFramework},
		{"semantic-kernel", []string{"semantic_kernel"}, readSemanticKernel},
	}
}
