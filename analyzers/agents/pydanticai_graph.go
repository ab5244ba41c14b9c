package agents

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// pydanticGraph is one graph of pydantic_graph being read: of BaseNode classes whose run
// methods say by their annotation what comes next, or of a GraphBuilder.
type pydanticGraph struct {
	*builder
	r    *roster
	made Ref
}

// pydanticGraphs reads Graph(nodes=[…]) and GraphBuilder(…).
func (r *roster) pydanticGraphs() {
	var found []object
	r.each(func(o object) { found = append(found, o) }, "Graph", "GraphBuilder")
	for _, o := range found {
		name, _ := r.nameOf(val{o.Ref, nil})
		if name == "" {
			name = o.class
		}
		g := &pydanticGraph{r.x.graph(name, o.Ref), r, o.Ref}
		if o.class == "Graph" {
			g.classes()
		} else {
			g.built()
		}
	}
}

// classes reads Graph(nodes=[A, B]).
func (g *pydanticGraph) classes() {
	a, ok := g.r.arg(val{g.made, nil}, "nodes", -1)
	if !ok {
		g.open("the nodes of "+g.Name+" can't be told from the code", g.made)
		return
	}
	elems, complete := g.r.elements(a, maxHops)
	if !complete {
		g.open("the nodes of "+g.Name+" can't be told from the code", a.Ref)
	}
	names := map[string]bool{}
	var classes []Ref
	for _, e := range elems {
		class := g.r.Class(g.r.follow(e).Ref, maxHops)
		if !class.Valid() {
			g.open("a node of "+g.Name+" can't be told from the code", e.Ref)
			continue
		}
		classes = append(classes, class)
		names[class.File.ClassAt(class.Node).Name] = true
	}
	for _, class := range classes {
		g.class(class, names)
	}
	for _, f := range g.r.relevant() {
		for i := range f.Calls {
			c := &f.Calls[i]
			callee := f.Unwrap(c.Callee)
			if (c.Name == "run" || c.Name == "run_sync" || c.Name == "iter") && f.Kind(callee) == parser.KindAttribute && len(c.Args) > 0 && g.mine(Ref{f, f.Field(callee, parser.FieldObject)}) {
				start := g.r.follow(val{Ref{f, c.Args[0].Value}, nil})
				if class := g.r.Class(start.Ref, maxHops); class.Valid() && names[class.File.ClassAt(class.Node).Name] {
					g.edge(Edge{From: StartName, To: class.File.ClassAt(class.Node).Name, Kind: Seq, Place: Ref{f, c.Node}.Place()})
				}
			}
		}
	}
	g.begin()
}

// begin makes the nodes that nothing leads to the entries of a graph whose start is not
// written down, and if there are none the first node.
func (g *pydanticGraph) begin() {
	if g.has(StartName) || len(g.Nodes) == 0 {
		return
	}
	led := map[string]bool{}
	for _, e := range g.Edges {
		led[e.To] = led[e.To] || e.From != e.To
	}
	for _, n := range g.Nodes {
		if !led[n.Name] {
			g.entry(n.Name)
		}
	}
	if len(g.Entry) == 0 {
		g.entry(g.Nodes[0].Name)
	}
}

// mine reports whether r is this graph.
func (g *pydanticGraph) mine(r Ref) bool {
	return g.r.Origin(r, nil) == g.made
}

// class adds a BaseNode class with the edges that the annotation of its run method tells.
func (g *pydanticGraph) class(class Ref, names map[string]bool) {
	f := class.File
	info := f.ClassAt(class.Node)
	n := Node{Name: info.Name, Kind: Step, Place: class.Place()}
	var fn Ref
	for _, d := range f.Members(info, "run") {
		fn = g.r.defValue(f, d)
	}
	if fn.Func() == nil {
		g.node(n)
		g.open("what follows "+n.Name+" can't be told from the code", class)
		return
	}
	g.body(n, fn)
	targets := annotated(f, fn.Func().Returns)
	if len(targets) == 0 {
		g.open("what follows "+n.Name+" can't be told from the code", fn)
	}
	condition := g.r.Decide(fn, nil)
	for _, t := range targets {
		e := Edge{From: n.Name, To: t, Kind: Seq, Provenance: Annotation, Place: fn.at(fn.Func().Returns).Place()}
		if len(targets) > 1 {
			e.Kind, e.Condition = Cond, condition
		}
		switch {
		case t == "End":
			e.To = EndName
		case !names[t]:
			g.open(n.Name+" may return "+clip(t)+", which is not a node of "+g.Name, fn)
			continue
		}
		g.edge(e)
	}
}

// body adds a node with what its function runs and whom it asks.
func (g *pydanticGraph) body(n Node, fn Ref) {
	n.Asks = g.r.asks(fn, 3)
	if n.Asks {
		n.Kind = Human
	}
	g.node(n)
	for _, m := range g.r.running(fn, 3) {
		m.absorbed = true
		g.node(m.Node)
		for _, t := range m.tools {
			g.node(t.Node)
			g.edge(Edge{From: m.Name, To: t.Name, Kind: Uses, Place: t.Place})
		}
		g.edge(Edge{From: n.Name, To: m.Name, Kind: Calls, Place: fn.Place()})
	}
}

// annotated are the names of the classes in a return annotation: A | "B" | End[int],
// Union[A, End], Annotated[A, Edge(…)].
func annotated(f *parser.File, n parser.NodeID) (names []string) {
	add := func(more ...string) {
		for _, name := range more {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	switch f.Kind(n) {
	case parser.KindType, parser.KindParenthesized, parser.KindUnionType, parser.KindBinary, parser.KindTuple:
		for c := range f.Children(n) {
			add(annotated(f, c)...)
		}
	case parser.KindIdentifier, parser.KindTypeIdentifier:
		add(f.Slice(n))
	case parser.KindAttribute:
		add(f.Slice(f.AttributeName(n)))
	case parser.KindString: // a forward reference
		text := strings.Trim(f.Slice(n), `"'`)
		for _, part := range strings.Split(text, "|") {
			name, _, _ := strings.Cut(strings.TrimSpace(part), "[")
			if name != "" && name != "None" {
				add(name[strings.LastIndexByte(name, '.')+1:])
			}
		}
	case parser.KindGenericType, parser.KindSubscript:
		head, i := "", 0
		for c := range f.Children(n) {
			if i++; i == 1 {
				head = f.Slice(c)
				head = head[strings.LastIndexByte(head, '.')+1:]
				if head != "Union" && head != "Optional" && head != "Annotated" {
					add(head)
					return names
				}
				continue
			}
			if f.Kind(c) == parser.KindTypeArguments {
				for a := range f.Children(c) {
					if add(annotated(f, a)...); head == "Annotated" {
						break
					}
				}
			} else {
				add(annotated(f, c)...)
			}
			if head == "Annotated" {
				break
			}
		}
	}
	return names
}
