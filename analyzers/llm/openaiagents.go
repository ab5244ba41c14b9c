package llm

// openaiAgentsRows is the OpenAI Agents SDK for Python, as of 2026-11-22: openai-agents 0.24.
var openaiAgentsRows = []sdk{
	{
		name:    "openai-agents",
		modules: []string{"agents", "agents.agent", "agents.run", "agents.models.openai_chatcompletions", "agents.models.openai_responses", "agents.extensions.models.litellm_model", "agents.extensions.models.litellm_provider", "agents.sandbox"},
		exact:   true,
		clients: []client{{name: "Runner"}},
		through: map[string]settings{"clone": {Tools: props("tools"), OutputCap: props("model_settings.max_tokens")}},
		apis: []api{
			{
				name: "agent", kind: Agent, construct: true, methods: []string{"Agent", "SandboxAgent"}, requires: []string{"name"}, takes: openaiAgentTakes,
				model: props("model"), fallback: "gpt-5.6-luna", settings: agentSettings.with(settings{System: props("instructions"), Tools: props("tools"), Schema: props("output_type")}), rounds: openaiAgentsTurns,
			},
			{
				name: "model", kind: ModelConfig, construct: true, unlisted: true, methods: []string{"OpenAIChatCompletionsModel", "OpenAIResponsesModel", "LitellmModel"}, model: firstArgument,
			},
			{
				name: "Runner.run", methods: []string{"run", "run_sync", "run_streamed"}, model: props("run_config.model"), config: []argument{{"starting_agent", 0}, {"agent", 0}},
				settings: settings{Prompt: {{"input", 1}}, Rounds: props("max_turns"), OutputCap: props("run_config.model_settings.max_tokens"), History: props("previous_response_id", "conversation_id", "session")},
				rounds:   openaiAgentsTurns,
			},
		},
	},
}

var (
	openaiAgentsTurns = Limit{Value: 10, Source: FrameworkDefault, What: "max_turns"}
	// openaiAgentTakes are the fields of agents.Agent: agents is also what programs call their own packages.
	openaiAgentTakes = []string{
		"name", "handoff_description", "tools", "mcp_servers", "mcp_config", "instructions", "prompt", "handoffs", "model", "model_settings", "input_guardrails",
		"output_guardrails", "output_type", "hooks", "tool_use_behavior", "reset_tool_choice", "capabilities", "default_manifest", "base_instructions",
	}
	// agentSettings are those that frameworks keep in an object model_settings.
	agentSettings = settings{
		OutputCap: props("model_settings.max_tokens"), Temperature: props("model_settings.temperature"), Effort: props("model_settings.reasoning.effort"),
		Truncation: props("model_settings.truncation"), Seed: props("model_settings.seed"), Retries: props("model_settings.retry", "model_settings.max_retries"),
	}
)
