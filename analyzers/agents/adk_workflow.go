package agents

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// adkWorkflows reads Workflow(name=…, edges=[…]): chains of nodes, with tuples for several
// at once and dictionaries for routes (google.adk.workflow, from 2.0).
func (r *roster) adkWorkflows() {
	var flows []object
	r.each(func(o object) { flows = append(flows, o) }, "Workflow")
	for _, o := range flows {
		for _, fr := range r.frames(o.Ref, 2) {
			made := val{o.Ref, fr}
			w := &adkWorkflow{r: r, made: made}
			name, _ := r.nameOf(made)
			if name == "" {
				name = o.class
			}
			w.builder = r.x.graph(name, made.Ref)
			a, ok := r.arg(made, "edges", -1)
			if !ok {
				w.open("the edges of "+name+" can't be told from the code", made.Ref)
				continue
			}
			items, complete := r.elements(a, maxHops)
			if !complete {
				w.open("the edges of "+name+" can't be told from the code", a.Ref)
			}
			for _, item := range items {
				w.item(item)
			}
			w.leave()
		}
	}
}

// adkWorkflow is one workflow being read.
type adkWorkflow struct {
	*builder
	r       *roster
	made    val
	routers map[string]Condition // by name: what the routes of a node depend on
}

// item adds what one member of edges says: a chain, or Edge(from_node=…, to_node=…, route=…).
func (w *adkWorkflow) item(v val) {
	o := w.r.follow(v)
	if !o.Valid() {
		w.open("an edge can't be told from the code", v.Ref)
		return
	}
	switch o.Kind() {
	case parser.KindTuple, parser.KindList:
		elems, complete := w.r.elements(o, maxHops)
		if !complete {
			w.open("an edge can't be told from the code", v.Ref)
		}
		for i := 1; i < len(elems); i++ {
			w.step(elems[i-1], elems[i])
		}
	case parser.KindCall:
		from, ok1 := w.r.arg(o, "from_node", 0)
		to, ok2 := w.r.arg(o, "to_node", 1)
		if !ok1 || !ok2 {
			w.open("an edge can't be told from the code", v.Ref)
			return
		}
		_, routed := w.r.arg(o, "route", 2)
		for _, a := range w.nodes(from) {
			for _, b := range w.nodes(to) {
				w.connect(a, b, routed, v)
			}
		}
	default:
		w.open("an edge can't be told from the code", v.Ref)
	}
}

// step connects two neighbours of a chain.
func (w *adkWorkflow) step(from, to val) {
	routes := w.r.follow(to)
	routed := routes.Valid() && routes.Kind() == parser.KindDict
	for _, a := range w.nodes(from) {
		for _, b := range w.nodes(to) {
			w.connect(a, b, routed, to)
		}
	}
}

func (w *adkWorkflow) connect(from, to string, routed bool, at val) {
	e := Edge{From: from, To: to, Kind: Seq, Place: at.Place()}
	if routed {
		e.Kind, e.Condition = Cond, w.routers[from]
	}
	w.edge(e)
}

// nodes are the names of the nodes that an element of a chain stands for.
func (w *adkWorkflow) nodes(v val) (names []string) {
	if !w.r.sinks() {
		return nil
	}
	defer w.r.rise()
	if s, ok := w.r.text(v); ok && s == "START" {
		return []string{StartName}
	}
	o := w.r.follow(v)
	if !o.Valid() {
		w.open("a node can't be told from the code", v.Ref)
		return nil
	}
	if w.r.visited[o.Ref] { // a tuple that holds itself
		return nil
	}
	if k := o.Kind(); k == parser.KindTuple || k == parser.KindList || k == parser.KindDict {
		w.r.visited[o.Ref] = true
		defer delete(w.r.visited, o.Ref)
	}
	switch o.Kind() {
	case parser.KindTuple, parser.KindList:
		elems, complete := w.r.elements(o, maxHops)
		if !complete {
			w.open("a node can't be told from the code", v.Ref)
		}
		for _, e := range elems {
			names = append(names, w.nodes(e)...)
		}
		return names
	case parser.KindDict:
		pairs, complete := w.r.Pairs(o.Ref)
		if !complete {
			w.open("some routes can't be told from the code", v.Ref)
		}
		for _, p := range pairs {
			for _, name := range w.nodes(val{p[1], o.bindings}) {
				if !slices.Contains(names, name) {
					names = append(names, name)
				}
			}
		}
		return names
	}
	if strings.HasSuffix(w.r.qname(o), "START") || o.name() == "START" {
		return []string{StartName}
	}
	if name := w.participant(v, o); name != "" {
		return []string{name}
	}
	w.open("a node can't be told from the code", v.Ref)
	return nil
}

func (r *roster) qname(v val) string { return v.File.QName(v.Node) }

// participant adds one node: an agent with its tools, a function, or another workflow.
func (w *adkWorkflow) participant(v, o val) string {
	n := Node{Kind: Step, Place: o.Place()}
	var fn Ref
	switch o.Kind() {
	case parser.KindFunction, parser.KindLambda, parser.KindMethod:
		fn, n.Name = o.Ref, o.Func().Name
		if n.Name == "" {
			n.Name = v.name()
		}
		for _, d := range o.Func().Decorators { // @node(name=…)
			if name, given := w.r.nameOf(o.at(d)); given {
				n.Name, n.Aliases = name, []string{n.Name}
			}
		}
	case parser.KindCall:
		if found, _ := w.r.agents(o, maxHops); len(found) == 1 {
			return w.agent(found[0])
		}
		name, _ := w.r.nameOf(o)
		switch w.r.of(o.Ref) {
		case "Workflow":
			n.Kind = Subgraph
		case "":
			if c := o.File.CallAt(o.Node); c.Name != "node" && c.Name != "FunctionNode" && name == "" {
				return ""
			}
			fallthrough
		default:
			for _, argument := range []string{"func", "node", "node_like"} {
				if a, ok := w.r.arg(o, argument, 0); ok {
					if inner := w.r.follow(a); inner.Valid() && inner.Func() != nil {
						fn = inner.Ref
						if _, given := w.r.arg(o, "name", -1); !given {
							name = inner.Func().Name
						}
						break
					} else if found, _ := w.r.agents(a, maxHops); len(found) == 1 {
						return w.agent(found[0])
					}
				}
			}
		}
		n.Name = name
		n.alias(o.bound())
	case parser.KindIdentifier, parser.KindAttribute:
		if isParam(o) {
			return ""
		}
		n.Name = o.name()
	}
	if n.Name == "" {
		return ""
	}
	if fn.Valid() {
		n.Asks = w.r.asks(fn, 3)
		if n.Asks {
			n.Kind = Human
		}
		w.route(n.Name, w.r.Decide(fn, nil))
		for _, to := range w.r.running(fn, 3) {
			w.node(n)
			w.edge(Edge{From: n.Name, To: w.agent(to), Kind: Calls, Place: n.Place})
		}
	}
	w.node(n)
	return n.Name
}

func (w *adkWorkflow) route(name string, c Condition) {
	if w.routers == nil {
		w.routers = map[string]Condition{}
	}
	w.routers[name] = c
}

// agent adds an agent with its tools.
func (w *adkWorkflow) agent(m *member) string {
	m.absorbed = true // its graph is this one
	w.node(m.Node)
	w.route(m.Name, Condition{Decider: Verdict})
	for _, t := range m.tools {
		w.node(t.Node)
		w.edge(Edge{From: m.Name, To: t.Name, Kind: Uses, Place: t.Place})
	}
	return m.Name
}

// leave lets a router whose routes all stay inside end the run: a route that matches no edge
// ends the branch.
func (w *adkWorkflow) leave() {
	routed, other := map[string]bool{}, map[string]bool{}
	for _, e := range w.Edges {
		if e.Kind == Cond {
			routed[e.From] = true
		} else if e.Kind.IsControl() {
			other[e.From] = true
		}
	}
	for _, l := range findLoops(w.Graph) {
		if len(l.Exits) > 0 {
			continue
		}
		for _, name := range l.Nodes {
			if routed[name] && !other[name] {
				w.edge(Edge{From: name, To: EndName, Kind: Cond, Provenance: Inferred, Place: w.Place, Condition: w.routers[name]})
			}
		}
	}
}
