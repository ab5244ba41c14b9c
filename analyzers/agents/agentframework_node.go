package agents

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

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
	w.x.alones.inside(o.id(), w.builder)
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
		made := w.c.Origin(list, nil)
		if call := made.File.CallAt(made.Node); call == nil || call.Name != "as_tool" {
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
