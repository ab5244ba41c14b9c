package agents

import (
	"slices"
	"strings"

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

// afBuilders are the builders of workflows.
var afBuilders = []string{"WorkflowBuilder", "SequentialBuilder", "ConcurrentBuilder", "GroupChatBuilder", "MagenticBuilder", "HandoffBuilder"}

// agentFramework is a project being read for Microsoft's agent-framework.
type agentFramework struct {
	*extraction
	c      *constructs
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
	a := &agentFramework{extraction: x, used: map[Ref]bool{}, unsure: map[string]bool{}}
	names := slices.Concat(afBuilders, []string{"Case", "Default", "executor", "StandardMagenticManager", "HandoffConfiguration"})
	var agents []string
	for n, kind := range afNodes {
		names = append(names, n)
		if kind == Agent && n != "AgentExecutor" && n != "BaseAgent" {
			agents = append(agents, n)
		}
	}
	a.c = newConstructs(x.Project, []string{"agent_framework"}, names...)
	a.c.methods = map[string]bool{"create_agent": true, "as_agent": true}
	a.c.each(a.workflow, afBuilders...)
	a.c.each(func(o object) {
		if !a.used[o.id()] && !a.unsure[o.File.Path] && !a.ofWorkflow(o) {
			a.alone(o)
		}
	}, agents...)
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

// vertex adds the node of a participant: an agent, an executor, a function with @executor, a
// workflow, or a name that was registered; false where it can't be told.
func (w *workflow) vertex(r Ref) (string, bool) {
	if !r.Valid() {
		return "", false
	}
	if o, ok := w.c.object(r, w.o.via); ok {
		return w.made(o), true
	}
	if fn := w.c.Function(r); fn.Valid() {
		if kind, at := decoratorNamed(fn.File, fn.Func(), "executor"); kind != "" {
			name := fn.Func().Name
			n := Node{Name: name, Kind: Step, Place: fn.Place()}
			if call := fn.File.CallAt(at); call != nil {
				if a, ok := fn.File.Argument(call, "id", 0); ok {
					if id, ok := w.c.String(fn.at(a.Value)); ok {
						n.Name, n.Aliases = id, []string{name}
					}
				}
			}
			w.behaves(&n, fn.File, fn.Node)
			w.node(n)
			return n.Name, true
		}
	}
	if s, ok := w.c.String(r); ok {
		if !w.has(s) {
			w.node(Node{Name: s, Kind: Step, Implicit: true, Place: r.Place()})
		}
		return s, true
	}
	built := w.c.Origin(r, afMethods)
	if class := w.c.of(built); slices.Contains(afBuilders, class) { // a workflow, or workflow.as_agent()
		o := object{Ref: built, class: class, call: built.File.CallAt(built.Node)}
		name := w.x.boundChain(o)
		if name == "" {
			name = "workflow"
		}
		name, _ = w.name(o, w.c.text(o, "name", -1), name)
		w.node(Node{Name: name, Kind: Subgraph, Calls: true, Place: built.Place()})
		return name, true
	}
	w.open("what "+short(r)+" is can't be told", r)
	w.x.unsure[r.File.Path] = true
	return "", false
}

// made adds the node of an object.
func (w *workflow) made(o object) string {
	w.x.used[o.id()] = true
	kind, known := afNodes[o.class]
	if !known || w.x.ofWorkflow(o) {
		kind = Subgraph
	}
	given, inner := w.c.text(o, "name", -1), o
	switch o.class {
	case "Executor", "FunctionExecutor", "RequestInfoExecutor":
		given = w.c.text(o, "id", 0)
		if o.class == "FunctionExecutor" {
			given = w.c.text(o, "id", 1)
		}
	case "AgentExecutor", "WorkflowExecutor":
		if given = w.c.text(o, "id", 1); given == "" && o.class == "WorkflowExecutor" {
			given = w.c.text(o, "id", -1)
		}
		if r, ok := w.c.arg(o, "agent", 0); ok && o.class == "AgentExecutor" {
			if made, ok := w.c.object(r, o.via); ok {
				w.x.used[made.id()] = true
				if inner = made; given == "" {
					given = w.c.text(made, "name", -1)
				}
			}
		}
	}
	name, fresh := w.name(o, given, o.class)
	n := Node{Name: name, Kind: kind, Aliases: o.aliases(name), Calls: kind == Agent || kind == Subgraph, Asks: kind == Human, Place: o.id().Place()}
	if kind == Step {
		if class := w.c.Class(o.at(o.call.Callee), maxHops); class.Valid() {
			n.Aliases = o.aliases(name, class.className())
			w.behaves(&n, class.File, class.Node)
		}
	}
	if kind == Agent {
		n.Model = w.model(inner)
	}
	w.node(n)
	if r, ok := w.c.arg(inner, "tools", -1); ok && fresh && kind == Agent && r.Kind() != parser.KindNone {
		w.agentTools(name, r)
	}
	return name
}

// model is the model of an agent: of its client, or of the client whose method made it.
func (w *workflow) model(o object) string {
	for _, arg := range []string{"client", "chat_client"} {
		pos := -1
		if o.class == "Agent" || o.class == "ChatAgent" {
			pos = 0
		}
		if r, ok := w.c.arg(o, arg, pos); ok {
			return w.c.model(r)
		}
	}
	callee := o.File.Unwrap(o.call.Callee)
	if (o.class == "create_agent" || o.class == "as_agent") && o.File.Kind(callee) == parser.KindAttribute {
		if r, ok := w.c.arg(o, "model", -1); ok {
			return w.c.model(r)
		}
		return w.c.model(o.at(o.File.Field(callee, parser.FieldObject)))
	}
	return ""
}

// agentTools adds the tools of an agent; other agents as tools are its delegates.
func (w *workflow) agentTools(owner string, list Ref) {
	elems, complete := w.c.Elements(list)
	if len(elems) == 0 && !complete {
		if call := list.File.CallAt(list.File.Unwrap(list.Node)); call == nil || call.Name != "as_tool" {
			w.tools(owner, list)
			return
		}
		elems, complete = []Ref{list}, true
	}
	for _, e := range elems {
		o := w.c.Origin(e, nil)
		if call := o.File.CallAt(o.Node); call != nil && call.Name == "as_tool" {
			if to, ok := w.vertex(o.at(o.File.Field(o.File.Unwrap(call.Callee), parser.FieldObject))); ok {
				w.edge(Edge{From: owner, To: to, Kind: Delegate, Condition: Condition{Decider: ToolCall}, Place: e.Place()})
			}
			continue
		}
		kind := Tool
		if e.Kind() == parser.KindSpread {
			e, kind = e.at(e.File.FirstChild(e.Node)), Toolset
		}
		w.tool(owner, e, kind)
	}
	if !complete {
		w.open("some tools of "+owner+" are not written out", list)
	}
}

// behaves reads what the code of an executor does: it asks a person, calls an agent, ends the run.
func (w *workflow) behaves(n *Node, f *parser.File, body parser.NodeID) {
	for i := range f.Calls {
		call := &f.Calls[i]
		if !f.Within(call.Node, body) {
			continue
		}
		switch call.Name {
		case "request_info", "input":
			n.Asks = true
		case "run", "run_stream", "get_response", "get_streaming_response":
			n.Calls = true
		case "yield_output", "add_event":
			if fn := f.EnclosingFunc(call.Node); fn != nil && call.Name == "yield_output" && strings.Contains(f.Slice(fn.Body), "send_message") {
				n.Ends = w.c.Decide(Ref{f, fn.Node}, nil)
			} else if call.Name == "yield_output" && n.Ends.Decider == "" {
				n.Ends = Condition{Decider: External}
			}
		}
	}
}
