package agents

import (
	"github.com/qodacode/qodacode/parser"
)

// runs adds the crews, agents and flows that a method starts.
func (w *flow) runs(m *flowMethod) {
	f := m.File
	for i := range f.Calls {
		call := &f.Calls[i]
		if !f.Within(call.Node, m.fn.Body) {
			continue
		}
		switch call.Name {
		case "kickoff", "kickoff_async", "kickoff_for_each", "kickoff_for_each_async", "akickoff", "execute_task":
			callee := f.Unwrap(call.Callee)
			if f.Kind(callee) == parser.KindAttribute {
				w.started(m, m.at(f.Field(callee, parser.FieldObject)))
			}
		case "ask":
			if callee := f.Unwrap(call.Callee); f.Kind(callee) == parser.KindAttribute && f.IsSelf(f.Field(callee, parser.FieldObject)) {
				w.Nodes[w.index[m.name]].Asks = true
			}
		case "call", "acall", "completion", "acompletion", "create", "invoke", "ainvoke", "generate_content":
			w.Nodes[w.index[m.name]].Calls = true
		}
	}
}

// started adds what one kickoff starts.
func (w *flow) started(m *flowMethod, r Ref) {
	w.Nodes[w.index[m.name]].Calls = true
	name, kind := w.crewName(r, maxHops), Subgraph
	o, ok := w.c.object(r, nil)
	if ok {
		switch o.class {
		case "Crew":
			name = ""
			if class := crewClass(w.c, o.Ref); class.Valid() {
				name = class.className()
			}
		case "Agent", "LiteAgent":
			kind, name = Agent, ""
		case "Flow":
			name = w.c.Class(o.at(o.call.Callee), maxHops).className()
		}
		name, _ = w.name(o, name, w.c.text(o, "role", -1))
	}
	if name == "" {
		w.open("what "+m.name+" starts can't be told", r)
		return
	}
	place := r.Place()
	if ok {
		place = o.Place()
	}
	child := Node{Name: name, Kind: kind, Place: place, Calls: true}
	if kind == Agent {
		child.Model = crewModel
		if llm, given := w.c.arg(o, "llm", -1); given {
			child.Model = w.c.model(llm)
		}
	}
	w.node(child)
	w.edge(Edge{From: m.name, To: name, Kind: Calls, Place: r.Place()})
}

// crewName is the class in SomeCrew().crew(), or the name of what is started.
func (w *flow) crewName(r Ref, hops int) string {
	f := r.File
	switch r.Node = f.Unwrap(r.Node); r.Kind() {
	case parser.KindCall:
		callee := f.Unwrap(f.Field(r.Node, parser.FieldFunction))
		if f.Kind(callee) == parser.KindAttribute && f.Slice(f.AttributeName(callee)) == "crew" && hops > 0 {
			return w.crewName(r.at(f.Field(callee, parser.FieldObject)), hops-1)
		}
		if n := r.at(callee).name(); n != "" {
			return n
		}
	case parser.KindIdentifier, parser.KindAttribute:
		if v, ok := w.c.Value(r); ok && v.Kind() == parser.KindCall && hops > 0 {
			return w.crewName(v, hops-1)
		}
		return r.name()
	}
	return ""
}

// className is the name of the class that r is.
func (r Ref) className() string {
	if !r.Valid() {
		return ""
	}
	if class := r.File.ClassAt(r.Node); class != nil {
		return class.Name
	}
	return ""
}
