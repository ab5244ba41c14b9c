package llm

// driveRows are frameworks that run what is built of other sites, as of 2026-11-22: LangGraph
// 1.2, smolagents 1.26, AutoGen 0.7, Agno 3, Google ADK 2.
var driveRows = []sdk{
	{
		name:    "langgraph",
		modules: []string{"langgraph.graph", "langgraph.graph.state", "langgraph.graph.message", "langgraph.pregel"},
		clients: []client{{name: "StateGraph.compile()"}, {name: "MessageGraph.compile()"}, {name: "Graph.compile()"}, {name: "CompiledStateGraph"}, {name: "CompiledGraph"}, {name: "Pregel"}},
		apis: []api{{
			name: "graph", kind: Drive, methods: []string{"invoke", "ainvoke", "stream", "astream", "batch", "abatch", "astream_events"},
			settings: settings{Prompt: {{"input", 0}}, Rounds: {{"config.recursion_limit", 1}}}, rounds: langgraphSteps,
		}},
	},
	{
		name:    "smolagents",
		modules: []string{"smolagents"},
		clients: []client{{name: "CodeAgent"}, {name: "ToolCallingAgent"}, {name: "MultiStepAgent"}},
		apis:    []api{{name: "run", kind: Drive, methods: []string{"run"}, settings: settings{Prompt: {{"task", 0}}, Rounds: props("max_steps")}, rounds: Limit{Value: 20, Source: FrameworkDefault, What: "max_steps"}}},
	},
	{
		name:    "autogen",
		modules: []string{"autogen_agentchat.agents", "autogen_agentchat.teams"},
		clients: []client{{name: "AssistantAgent"}, {name: "RoundRobinGroupChat"}, {name: "SelectorGroupChat"}, {name: "Swarm"}, {name: "MagenticOneGroupChat"}, {name: "GraphFlow"}},
		apis:    []api{{name: "run", kind: Drive, methods: []string{"run", "run_stream"}, settings: settings{Prompt: props("task")}}},
	},
	{
		name:    "agno",
		modules: []string{"agno.agent", "agno.team"},
		clients: []client{{name: "Agent"}, {name: "Team"}},
		apis:    []api{{name: "run", kind: Drive, methods: []string{"run", "arun", "print_response", "aprint_response"}, settings: settings{Prompt: {{"input", 0}}}}},
	},
	{
		name:    "google-adk",
		modules: []string{"google.adk.runners"},
		clients: []client{{name: "Runner"}, {name: "InMemoryRunner"}},
		apis:    []api{{name: "run", kind: Drive, methods: []string{"run", "run_async", "run_debug"}, settings: settings{Prompt: props("new_message")}}},
	},
}
