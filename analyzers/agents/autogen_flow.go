package agents

import (
	"slices"

	"github.com/qodacode/qodacode/parser"
)

// digraphMethods are the methods of DiGraphBuilder that return it.
func digraphMethods(method string) bool {
	switch method {
	case "add_node", "add_edge", "add_conditional_edges", "set_entry_point", "build", "get_participants":
		return true
	}
	return false
}

// builderOf is the DiGraphBuilder(…) that r was built with.
func (t *team) builderOf(r Ref) (Ref, bool) {
	o := t.c.Origin(r, digraphMethods)
	return o, o.Kind() == parser.KindCall && t.c.of(o) == "DiGraphBuilder"
}

// flow reads the graph of a GraphFlow: of a DiGraphBuilder, or a DiGraph that is written out.
func (t *team) flow() {
	r, ok := t.c.arg(t.o, "graph", 1)
	if !ok {
		t.open("a GraphFlow without a graph", t.o.Ref)
		return
	}
	if b, ok := t.builderOf(r); ok {
		t.built(b)
	} else if o, ok := t.c.object(r, t.o.via); ok && o.class == "DiGraph" {
		t.written(o)
	} else {
		t.open("the graph can't be told", r)
	}
	t.parallel()
	if len(t.Entry) > 0 {
		return
	}
	for _, n := range t.Nodes { // a run begins at the nodes that nothing leads to
		if (n.Kind == Agent || n.Kind == Human || n.Kind == Subgraph) && !slices.ContainsFunc(t.Edges, func(e Edge) bool { return e.To == n.Name && e.Kind.IsControl() }) {
			t.entry(n.Name)
		}
	}
}

// built reads the calls of a builder's methods, in its file.
func (t *team) built(b Ref) {
	f := b.File
	for _, call := range chained(f, digraphMethods) {
		callee := f.Unwrap(call.Callee)
		if call.Name == "build" {
			continue
		}
		if t.c.Origin(b.at(f.Field(callee, parser.FieldObject)), digraphMethods) != b {
			continue
		}
		arg := func(name string, pos int) Ref {
			if a, ok := f.Argument(call, name, pos); ok {
				return b.at(a.Value)
			}
			return Ref{nil, parser.NoNode}
		}
		at := b.at(call.Node)
		switch call.Name {
		case "add_node":
			for _, row := range t.c.rows(arg("agent", 0)) {
				t.vertex(row[0])
			}
		case "add_edge":
			for _, row := range t.c.rows(arg("source", 0), arg("target", 1), arg("condition", 2)) {
				t.link(row[0], row[1], row[2], at)
			}
		case "add_conditional_edges":
			pairs, complete := t.c.Pairs(arg("condition_to_target", 1))
			for _, p := range pairs {
				t.link(arg("source", 0), p[1], p[0], at)
			}
			if !complete {
				t.open("the targets of conditional edges can't be told", at)
			}
		case "set_entry_point":
			if name := t.vertex(arg("name", 0)); name != "" {
				t.entry(name)
			}
		}
	}
}

// chained are the calls of methods that is reports, in the order in which they run: a.b().c() runs b first.
func chained(f *parser.File, is func(method string) bool) (calls []*parser.Call) {
	for i := range f.Calls {
		if c := &f.Calls[i]; is(c.Name) && f.Kind(f.Unwrap(c.Callee)) == parser.KindAttribute {
			calls = append(calls, c)
		}
	}
	slices.SortFunc(calls, func(a, b *parser.Call) int { return f.Span(a.Callee).End - f.Span(b.Callee).End })
	return calls
}

// vertex is the node that an end of an edge names: an agent, or its name.
func (t *team) vertex(r Ref) string {
	if !r.Valid() {
		return ""
	}
	if o, ok := t.c.object(r, t.o.via); ok {
		return t.agent(o)
	}
	if s, ok := t.c.String(r); ok {
		if !t.has(s) {
			t.node(Node{Name: s, Kind: Agent, Implicit: true, Place: r.Place()})
		}
		return s
	}
	if s := t.c.agentName(r); s != "" {
		return s
	}
	t.open("which agent "+short(r)+" is can't be told", r)
	return ""
}

func (t *team) link(from, to, condition, at Ref) {
	a, b := t.vertex(from), t.vertex(to)
	if a == "" || b == "" {
		return
	}
	e := Edge{From: a, To: b, Kind: Seq, Place: at.Place()}
	if condition.Valid() && condition.Kind() != parser.KindNone {
		e.Kind, e.Condition = Cond, Condition{Decider: Verdict} // a text in the message
		if fn := t.c.Function(condition); fn.Valid() {
			e.Condition = t.c.Decide(fn, nil)
		}
	}
	t.edge(e)
}

// written reads DiGraph(nodes={"a": DiGraphNode(name="a", edges=[DiGraphEdge(target="b")])}).
func (t *team) written(o object) {
	nodes, ok := t.c.arg(o, "nodes", 0)
	if !ok {
		return
	}
	pairs, complete := t.c.Pairs(nodes)
	for _, p := range pairs {
		n, ok := t.c.object(p[1], o.via)
		if !ok || n.class != "DiGraphNode" {
			complete = false
			continue
		}
		list, _ := t.c.arg(n, "edges", -1)
		edges, all := t.c.Elements(list)
		complete = complete && all
		for _, e := range edges {
			made, ok := t.c.object(e, n.via)
			if !ok {
				complete = false
				continue
			}
			target, _ := t.c.arg(made, "target", -1)
			condition, _ := t.c.arg(made, "condition", -1)
			t.link(p[0], target, condition, e)
		}
	}
	if start, ok := t.c.arg(o, "default_start_node", -1); ok {
		if s, ok := t.c.String(start); ok {
			t.entry(s)
		}
	}
	if !complete {
		t.open("some nodes of the graph are not written out", nodes)
	}
}

// parallel marks the edges of nodes that start several others at once.
func (t *team) parallel() {
	out := map[string]int{}
	for _, e := range t.Edges {
		if e.Kind == Seq {
			out[e.From]++
		}
	}
	for i := range t.Edges {
		if e := &t.Edges[i]; e.Kind == Seq && out[e.From] > 1 {
			e.FanOut = true
		}
	}
}

// rows are the values that expressions take together: one row, or, where some are variables
// of loops over literals, a row per round.
func (c *constructs) rows(exprs ...Ref) [][]Ref {
	rounds := 1
	values := make([][]Ref, len(exprs))
	for i, e := range exprs {
		if !e.Valid() {
			continue
		}
		if v, all := c.Each(e.at(e.File.Unwrap(e.Node))); all && len(v) > 0 {
			values[i], rounds = v, max(rounds, len(v))
		}
	}
	rows := make([][]Ref, rounds)
	for r := range rows {
		rows[r] = make([]Ref, len(exprs))
		for i, e := range exprs {
			rows[r][i] = e
			if len(values[i]) == rounds && values[i] != nil {
				rows[r][i] = values[i][r]
			}
		}
	}
	return rows
}
