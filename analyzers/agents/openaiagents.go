package agents

import (
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// openAIRoots are the modules of the OpenAI Agents SDK.
var openAIRoots = []string{"agents", "@openai/agents", "@openai/agents-core", "@openai/agents-realtime", "@openai/agents/realtime"}

// openAIAgents are its classes of agents.
var openAIAgents = []string{"Agent", "RealtimeAgent", "SandboxAgent"}

// openAIRunners are the calls that start an agent, with the argument that holds it.
var openAIRunners = map[string]string{
	"run": "starting_agent", "run_sync": "starting_agent", "run_streamed": "starting_agent", "run_demo_loop": "agent",
	"RealtimeRunner": "starting_agent", "RealtimeSession": "initialAgent", "SingleAgentVoiceWorkflow": "agent",
}

// openAIMaxTurns is how many turns a run has unless it says otherwise: src/agents/run_config.py, runner/constants.ts (2026-08).
var openAIMaxTurns = Limit{Value: 10, Source: "default", What: "max_turns"}

// openAITools is how the SDK writes tools. The names of hosted tools are those of their name properties (0.24).
var openAITools = toolbox{
	wraps:   map[string]string{"function_tool": "func", "FunctionTool": "on_invoke_tool", "tool": "execute", "backgroundResult": "func"},
	methods: []string{"as_tool", "asTool"},
	named: map[string]string{
		"WebSearchTool": "web_search", "FileSearchTool": "file_search", "ComputerTool": "computer_use_preview", "HostedMCPTool": "hosted_mcp",
		"CodeInterpreterTool": "code_interpreter", "ImageGenerationTool": "image_generation", "LocalShellTool": "local_shell",
		"ShellTool": "shell", "ApplyPatchTool": "apply_patch", "ToolSearchTool": "tool_search", "ProgrammaticToolCallingTool": "programmatic_tool_calling",
		"webSearchTool": "web_search", "fileSearchTool": "file_search", "codeInterpreterTool": "code_interpreter", "imageGenerationTool": "image_generation",
		"hostedMcpTool": "hosted_mcp", "computerTool": "computer_use_preview", "shellTool": "shell", "applyPatchTool": "apply_patch",
	},
	approval: []string{"needs_approval", "needsApproval", "require_approval", "requireApproval"},
	naming:   []string{"name_override", "name"},
}

func readOpenAIAgents(x *extraction) {
	r := newRoster(x, openAIRoots, openAIAgents, "Runner", "handoff", "realtime_handoff", "RealtimeRunner", "RealtimeSession", "SingleAgentVoiceWorkflow", "run", "run_demo_loop")
	r.derived("create", "clone")
	for i := 0; i < len(r.members); i++ {
		readOpenAIAgent(r, r.members[i])
	}
	r.attributes([]string{"handoffs", "tools"}, func(m *member, attribute string, v val) {
		if attribute == "tools" {
			r.tool(m, v, &openAITools)
		} else {
			openAIHandoff(r, m, v)
		}
	})
	openAIRuns(r)
	for _, m := range r.members {
		openAIGuardrails(r, m)
	}
	r.build(openAIMaxTurns)
}

func readOpenAIAgent(r *roster, m *member) {
	r.list(m, "handoffs", -1, func(v val) { openAIHandoff(r, m, v) })
	r.list(m, "tools", -1, func(v val) { r.tool(m, v, &openAITools) })
	for _, argument := range []string{"mcp_servers", "mcpServers"} {
		r.list(m, argument, -1, func(v val) { r.server(m, v) })
	}
	m.Model = r.modelOf(m)
}

// openAIHandoff links m to an agent, or to the one inside handoff(agent, …).
func openAIHandoff(r *roster, m *member, v val) {
	o := r.follow(v)
	e := Edge{Kind: Handoff, Place: v.Place()}
	if o.Valid() {
		if c := o.File.CallAt(o.Node); c != nil && (c.Name == "handoff" || c.Name == "realtime_handoff") {
			if a, ok := o.File.Argument(c, "agent", 0); ok {
				r.link(m, o.at(a.Value), e)
				return
			}
		}
	}
	r.link(m, v, e)
}

// openAIRuns finds the calls that start agents, and how many turns they allow.
func openAIRuns(r *roster) {
	for _, f := range r.relevant() {
		for i := range f.Calls {
			c := &f.Calls[i]
			argument, ok := openAIRunners[c.Name]
			if !ok || !r.starts(f, c) {
				continue
			}
			a, ok := f.Argument(c, argument, 0)
			if !ok {
				continue
			}
			found, _ := r.agents(val{Ref{f, a.Value}, nil}, maxHops)
			if len(found) == 0 {
				continue
			}
			one := run{Ref: Ref{f, c.Node}, starts: found, limit: openAIMaxTurns}
			for _, key := range []string{"max_turns", "maxTurns"} {
				if a, ok := f.Argument(c, key, -1); ok {
					one.limit = r.limit(Ref{f, a.Value}, key)
				}
			}
			r.runs = append(r.runs, one)
		}
	}
}

// starts reports whether a call by the name of a runner is one of the SDK: a function of it, or a method of its Runner.
func (r *roster) starts(f *parser.File, c *parser.Call) bool {
	q := strings.TrimSuffix(f.QName(c.Callee), "()")
	for _, root := range r.roots {
		if strings.HasPrefix(q, root+".") {
			return true
		}
	}
	callee := f.Unwrap(c.Callee)
	return f.Kind(callee) == parser.KindAttribute && strings.HasSuffix(strings.ToLower(f.Slice(f.Field(callee, parser.FieldObject))), "runner")
}

// openAIGuardrails links an agent to the agents or functions that check what goes in and out.
func openAIGuardrails(r *roster, m *member) {
	for _, argument := range []string{"input_guardrails", "output_guardrails", "inputGuardrails", "outputGuardrails"} {
		r.list(m, argument, -1, func(v val) {
			o := r.follow(v)
			if !o.Valid() {
				return
			}
			t := &tool{Node: Node{Name: v.name(), Kind: Step, Place: o.Place()}}
			switch o.Kind() {
			case parser.KindFunction, parser.KindLambda, parser.KindMethod:
				t.fn = o.Ref
			case parser.KindCall, parser.KindNew: // InputGuardrail(guardrail_function=f), defineOutputGuardrail({…})
				for _, key := range []string{"guardrail_function", "execute"} {
					if a, ok := r.arg(o, key, 0); ok {
						t.fn = r.Function(a.Ref)
					}
				}
			case parser.KindDict:
				t.fn = r.Function(o.Ref.at(o.File.Property(o.Node, "execute")))
				if s, ok := r.text(o.at(o.File.Property(o.Node, "name"))); ok {
					t.alias(t.Name)
					t.Name = s
				}
			}
			if info := t.fn.Func(); info != nil && info.Name != "" && info.Name != "execute" && t.Name == "" {
				t.Name = info.Name
			}
			checks := r.running(t.fn, 3)
			for _, to := range checks {
				to.alias(t.Name)
				m.linkTo(to, Edge{Kind: Guard, Place: v.Place()})
			}
			if len(checks) == 0 && t.Name != "" {
				m.checks = append(m.checks, t)
			}
		})
	}
}
