package agents

import (
	"github.com/qodacode/qodacode/parser"
)

// managers are all GroupChatManagers of the project.
func (h *chats) managers() (out []object) {
	if h.leaders == nil {
		h.leaders = []object{}
		h.c.each(func(o object) { h.leaders = append(h.leaders, o) }, "GroupChatManager")
	}
	return h.leaders
}

// registered adds the tools that functions are registered as: register_function(f,
// caller=agent, …) and the decorator or call agent.register_for_llm(…).
func (h *chats) registered(graphs map[Ref]*conversation) {
	tool := func(agent Ref, f Ref, name string) {
		o, ok := h.agent(agent, nil)
		if !ok {
			return
		}
		g := graphs[h.root(o.id())]
		if g == nil {
			return
		}
		fn := h.c.Function(f)
		if name == "" && fn.Valid() {
			name = fn.Func().Name
		}
		if name == "" {
			if name = f.name(); name == "" {
				return
			}
		}
		place := f.Place()
		if fn.Valid() {
			place = fn.Place()
		}
		owner := g.agent(o)
		g.node(Node{Name: name, Kind: Tool, Place: place})
		g.edge(Edge{From: owner, To: name, Kind: Uses, Place: f.Place()})
		n := &g.Nodes[g.index[owner]]
		n.merge(Node{Kind: n.Kind, Tools: []string{name}})
	}
	named := func(r Ref) string {
		if a, ok := r.File.Argument(r.File.CallAt(r.Node), "name", -1); ok {
			s, _ := h.c.String(r.at(a.Value))
			return s
		}
		return ""
	}
	for _, r := range h.c.callsOf("register_function") {
		call := r.File.CallAt(r.Node)
		caller, ok := r.File.Argument(call, "caller", -1)
		f, given := r.File.Argument(call, "f", 0)
		if ok && given {
			tool(r.at(caller.Value), r.at(f.Value), named(r))
		}
	}
	for _, r := range h.c.callsOf("register_for_llm") {
		f := r.File
		callee := f.Unwrap(f.CallAt(r.Node).Callee)
		if f.Kind(callee) != parser.KindAttribute {
			continue
		}
		agent := r.at(f.Field(callee, parser.FieldObject))
		switch parent := f.Parent(r.Node); f.Kind(parent) {
		case parser.KindDecorator:
			if fn := f.Field(f.Parent(parent), parser.FieldDefinition); fn != parser.NoNode {
				tool(agent, r.at(fn), named(r))
			}
		case parser.KindCall: // agent.register_for_llm(…)(f)
			if call := f.CallAt(parent); call.Callee == r.Node && len(call.Args) > 0 {
				tool(agent, r.at(call.Args[0].Value), named(r))
			}
		}
	}
}
