package agents

import (
	"slices"

	"github.com/qodacode/qodacode/parser"
)

// afIterations is max_iterations of a workflow in Microsoft's agent-framework (1.23: _workflows/_const.py).
const afIterations = 100

// afNodes are the classes, functions and methods that make participants of workflows: the kind of their nodes.
var afNodes = map[string]Kind{
	"Agent": Agent, "ChatAgent": Agent, "BaseAgent": Agent, "RawAgent": Agent, "AgentExecutor": Agent, "create_agent": Agent, "as_agent": Agent,
	"A2AAgent": Agent, "CopilotStudioAgent": Agent, "GitHubCopilotAgent": Agent, "ClaudeAgent": Agent, "create_harness_agent": Agent,
	"Executor": Step, "FunctionExecutor": Step, "RequestInfoExecutor": Human, "WorkflowExecutor": Subgraph, "Workflow": Subgraph,
}

// afRoots are the packages that it comes in.
var afRoots = []string{"agent_framework", "agent_framework_orchestrations", "agent_framework_openai", "agent_framework_azure_ai", "agent_framework_anthropic", "agent_framework_foundry", "agent_framework_a2a"}

// afBuilders are the builders of workflows.
var afBuilders = []string{"WorkflowBuilder", "SequentialBuilder", "ConcurrentBuilder", "GroupChatBuilder", "MagenticBuilder", "HandoffBuilder"}

// agentFramework is a project being read for Microsoft's agent-framework.
type agentFramework struct {
	*extraction
	c      *constructs
	alones *loners
	used   map[Ref]bool
	unsure map[string]bool // files with workflows whose members can't be told
}

// workflow is one workflow being read.
type workflow struct {
	*cast
	x     *agentFramework
	o     object         // the builder
	calls []*parser.Call // of its methods, in order
}

func readAgentFramework(x *extraction) {
	a := &agentFramework{extraction: x, alones: newLoners(), used: map[Ref]bool{}, unsure: map[string]bool{}}
	names := slices.Concat(afBuilders, []string{"Case", "Default", "executor", "StandardMagenticManager", "HandoffConfiguration"})
	var agents []string
	for n, kind := range afNodes {
		names = append(names, n)
		if kind == Agent && n != "AgentExecutor" && n != "BaseAgent" {
			agents = append(agents, n)
		}
	}
	a.c = newConstructs(x.Project, afRoots, names...)
	a.c.methods = map[string]bool{"create_agent": true, "as_agent": true}
	a.c.each(a.workflow, afBuilders...)
	a.c.each(func(o object) {
		if !a.used[o.id()] && !a.unsure[o.File.Path] && !a.ofWorkflow(o) {
			a.alone(o)
		}
	}, agents...)
	a.alones.settle(x)
}

// ofWorkflow reports whether as_agent was called on a workflow, which is read by itself.
func (a *agentFramework) ofWorkflow(o object) bool {
	if o.class != "as_agent" {
		return false
	}
	made := a.c.Origin(o.at(o.File.Field(o.File.Unwrap(o.call.Callee), parser.FieldObject)), afMethods)
	return slices.Contains(afBuilders, a.c.of(made))
}

// alone reads an agent that is in no workflow.
func (a *agentFramework) alone(o object) {
	name := a.c.text(o, "name", -1)
	if name == "" {
		if name = o.bound(); name == "" {
			name = "agent"
		}
	}
	w := &workflow{cast: newCast(a.graph(name, o.Ref), a.c), x: a, o: o}
	a.alones.root(o.id(), w.builder)
	if v, ok := w.vertex(o.Ref); ok {
		w.entry(v)
	}
}

// afMethods are the methods of builders; all but the last return the builder.
func afMethods(method string) bool {
	switch method {
	case "add_edge", "add_fan_out_edges", "add_fan_in_edges", "add_switch_case_edge_group", "add_multi_selection_edge_group", "add_chain",
		"set_start_executor", "set_max_iterations", "with_checkpointing", "register_executor", "register_agent", "register_executors", "register_agents", "add_agent",
		"participants", "register_participants", "with_aggregator", "with_request_info", "with_max_rounds", "with_termination_condition", "with_orchestrator",
		"set_manager", "set_select_speakers_func", "with_select_speaker_func", "with_agent_orchestrator", "with_manager", "with_standard_manager", "with_plan_review", "with_human_input_on_stall",
		"add_handoff", "with_start_agent", "set_coordinator", "with_autonomous_mode", "with_interaction_mode", "enable_return_to_previous", "request_prompt", "build":
		return true
	}
	return false
}

func (a *agentFramework) workflow(o object) {
	name := a.c.text(o, "name", -1)
	if name == "" {
		name = a.boundChain(o)
	}
	if name == "" {
		name = "workflow"
	}
	w := &workflow{cast: newCast(a.graph(name, o.Ref), a.c), x: a, o: o}
	for _, call := range chained(o.File, afMethods) {
		callee := o.File.Unwrap(call.Callee)
		if a.c.Origin(o.at(o.File.Field(callee, parser.FieldObject)), afMethods) == o.Ref {
			w.calls = append(w.calls, call)
		}
	}
	w.Limit = Limit{afIterations, "default", "max_iterations"}
	w.bounded("max_iterations", 0)
	if o.class == "WorkflowBuilder" {
		w.built()
	} else {
		w.orchestrated()
	}
}

// boundChain is the name that the result of a chain of calls which begins at o gets.
func (a *agentFramework) boundChain(o object) string {
	f, n := o.File, o.Node
	for {
		p := f.Parent(n)
		switch k := f.Kind(p); {
		case k == parser.KindParenthesized || k == parser.KindAwait:
			n = p
			continue
		case k == parser.KindAttribute:
			if call := f.Parent(p); f.Kind(call) == parser.KindCall && f.Within(p, f.Field(call, parser.FieldFunction)) {
				n = call
				continue
			}
		}
		break
	}
	return o.at(n).bound()
}

// bounded reads a limit from an argument of the builder or of one of its methods.
func (w *workflow) bounded(arg string, pos int) {
	r, ok := w.c.arg(w.o, arg, pos)
	for _, call := range w.calls {
		p := -1
		if call.Name == "set_"+arg || call.Name == "with_"+arg {
			p = 0
		}
		if a, found := w.o.File.Argument(call, arg, p); found {
			r, ok = w.o.at(a.Value), true
		}
	}
	if ok && r.Kind() != parser.KindNone {
		v, _ := w.c.Number(r)
		w.Limit = Limit{v, "explicit", arg}
	}
}
