package agents

import (
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// eachTool visits the tools of an agent; those that are spread from a call are sets of tools.
func (l *llama) eachTool(r Ref, visit func(t Ref, set bool)) (known bool) {
	v, ok := l.option(r, "tools")
	if !ok {
		c := r.File.CallAt(r.Node)
		if !strings.HasPrefix(c.Name, "from_tools") || len(c.Args) == 0 || c.Args[0].Name != "" {
			return true
		}
		v = r.at(c.Args[0].Value)
	}
	elems, known := l.Elements(v)
	for _, e := range elems {
		visit(e, false)
	}
	if known {
		return true
	}
	found := len(elems) > 0
	for _, set := range l.toolsets(v) {
		visit(set, true)
		known, found = true, true
	}
	return known && found
}

// toolsets are the calls in an expression that return lists of tools: spec.to_tool_list().
func (l *llama) toolsets(v Ref) []Ref {
	o := l.Origin(v, nil)
	var sets []Ref
	for _, c := range callsBelow(o.File, o.Node) {
		if c.Name == "to_tool_list" || c.Name == "to_tool_list_async" || c.Name == "get_tools" {
			sets = append(sets, o.at(c.Node))
		}
	}
	return sets
}

func (l *llama) tool(b *builder, agent string, t Ref, set bool) {
	n := Node{Kind: Tool, Place: t.Place()}
	if set {
		n.Kind = Toolset
		spec := t.at(receiver(t))
		n.Name = spec.name()
		if o := l.Origin(spec, nil); o.File.CallAt(o.Node) != nil {
			if class := o.File.CallAt(o.Node).Name; n.Name == "" {
				n.Name = class
			} else {
				n.alias(class)
			}
		}
	} else {
		n.Name = l.toolName(t)
	}
	if n.Name == "" {
		b.open("a tool of "+agent+" has no name that can be read", t)
		return
	}
	if v := t.name(); v != "" {
		n.alias(v)
	}
	fn := l.toolFunction(t)
	n.Asks = fn.Valid() && l.asks(fn, 3)
	b.node(n)
	if n.Kind == Tool {
		b.Nodes[b.index[agent]].merge(Node{Tools: []string{n.Name}})
	}
	b.edge(Edge{From: agent, To: n.Name, Kind: Uses, Place: t.Place()})
	for _, a := range l.runs(fn) {
		if l.agentName(a) != agent {
			l.used[a] = true
			b.edge(Edge{From: n.Name, To: l.agent(b, a), Kind: Calls, Place: a.Place()})
		}
	}
}

// toolName is the name that the model sees: of FunctionTool.from_defaults(name=…), of its
// metadata, of the function.
func (l *llama) toolName(t Ref) string {
	o := l.Origin(t, nil)
	if o.File.CallAt(o.Node) != nil {
		if s := l.textOption(o, "name"); s != "" {
			return s
		}
		if meta, ok := l.option(o, "metadata"); ok {
			if s := l.textOption(l.Origin(meta, nil), "name"); s != "" {
				return s
			}
		}
	}
	if fn := l.toolFunction(t); fn.Valid() && fn.Func().Name != "" {
		return fn.Func().Name
	}
	return t.name()
}

// toolFunction is the function behind a tool.
func (l *llama) toolFunction(t Ref) Ref {
	if fn := l.Function(t); fn.Valid() {
		return fn
	}
	o := l.Origin(t, nil)
	c := o.File.CallAt(o.Node)
	if c == nil {
		return Ref{nil, parser.NoNode}
	}
	for _, option := range []string{"fn", "async_fn"} {
		if v, ok := l.option(o, option); ok {
			return l.Function(v)
		}
	}
	if len(c.Args) > 0 && c.Args[0].Name == "" {
		return l.Function(o.at(c.Args[0].Value))
	}
	return Ref{nil, parser.NoNode}
}
