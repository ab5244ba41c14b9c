package llm

// crewaiRows is CrewAI, as of 2026-11-22: 1.15.
var crewaiRows = []sdk{
	{
		name:    "crewai",
		modules: []string{"crewai"},
		clients: []client{{name: "Crew"}},
		apis: []api{
			{
				name: "llm", kind: ModelConfig, construct: true, methods: []string{"LLM"}, model: firstArgument, settings: settings{
					OutputCap: props("max_tokens", "max_completion_tokens"), Effort: props("reasoning_effort"), Candidates: props("n"), Temperature: props("temperature"),
					Seed: props("seed"), Schema: props("response_format"), Stream: props("stream"), Retries: props("max_retries"),
				},
			},
			{
				name: "agent", kind: Agent, construct: true, methods: []string{"Agent", "LiteAgent"}, model: props("llm"), fallback: crewaiModel,
				settings: settings{System: props("backstory"), Tools: props("tools"), Rounds: props("max_iter")}, rounds: crewaiRounds,
			},
			{name: "crew", kind: Agent, construct: true, methods: []string{"Crew"}, requires: []string{"manager_llm"}, model: props("manager_llm"), rounds: crewaiRounds},
			{kind: Drive, on: []string{"llm"}, methods: []string{"call", "acall"}, settings: settings{Prompt: {{"messages", 0}}, Tools: {{"tools", 1}}}},
			{kind: Drive, on: []string{"agent"}, methods: []string{"kickoff", "kickoff_async", "akickoff"}, settings: settings{Prompt: {{"messages", 0}}, Schema: props("response_format")}, rounds: crewaiRounds},
			{
				name: "kickoff", kind: Drive, methods: []string{"kickoff", "kickoff_async", "akickoff", "kickoff_for_each", "kickoff_for_each_async", "akickoff_for_each"},
				settings: settings{Prompt: {{"inputs", 0}}},
			},
		},
	},
}

const crewaiModel = "gpt-4.1-mini" // DEFAULT_LLM_MODEL; the environment's MODEL and OPENAI_MODEL_NAME override it

var crewaiRounds = Limit{Value: 25, Source: FrameworkDefault, What: "max_iter"}
