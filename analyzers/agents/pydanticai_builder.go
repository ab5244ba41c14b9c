package agents

import (
	"github.com/qodacode/qodacode/parser"
)

// built reads what is declared on a GraphBuilder: steps by decorators, edges by g.add(g.edge_from(a).to(b)).
func (g *pydanticGraph) built() {
	for _, f := range g.r.relevant() {
		for i := range f.Funcs {
			fn := &f.Funcs[i]
			for _, d := range fn.Decorators {
				callee := d
				if c := f.CallAt(d); c != nil {
					callee = c.Callee
				}
				if callee = f.Unwrap(callee); f.Kind(callee) != parser.KindAttribute {
					continue
				}
				if method := f.Slice(f.AttributeName(callee)); (method == "step" || method == "stream") && g.mine(Ref{f, f.Field(callee, parser.FieldObject)}) {
					g.step(Ref{f, fn.Node})
				}
			}
		}
	}
	for _, f := range g.r.relevant() {
		for i := range f.Calls {
			c := &f.Calls[i]
			callee := f.Unwrap(c.Callee)
			if c.Name != "add" && c.Name != "add_edge" && c.Name != "add_mapping_edge" || f.Kind(callee) != parser.KindAttribute || !g.mine(Ref{f, f.Field(callee, parser.FieldObject)}) {
				continue
			}
			call := val{Ref{f, c.Node}, nil}
			if c.Name == "add" {
				for _, a := range c.Args {
					g.path(call.at(a.Value), nil)
				}
				continue
			}
			for j, to := range []string{"destination", "map_to"} {
				from, ok := f.Argument(c, "source", 0)
				dest, ok2 := f.Argument(c, to, 1)
				if ok && ok2 && (c.Name == "add_edge") == (j == 0) {
					g.connect(g.places(call.at(from.Value)), call.at(dest.Value), Edge{Kind: Seq, FanOut: j == 1, Place: call.Place()})
				}
			}
		}
	}
	g.begin()
}

// step adds the node of a decorated function and returns its name.
func (g *pydanticGraph) step(fn Ref) string {
	name := fn.Func().Name
	n := Node{Name: name, Kind: Step, Place: fn.Place()}
	for _, d := range fn.Func().Decorators {
		if s, ok := g.id(val{fn.at(d), nil}); ok {
			n.Name = s
			n.alias(name)
		}
	}
	if !g.has(n.Name) {
		g.body(n, fn)
	}
	return n.Name
}

// id is the node_id argument of a call.
func (g *pydanticGraph) id(v val) (string, bool) {
	if a, ok := g.r.Project.argument(v.Ref, "node_id"); ok {
		return g.r.text(val{a, v.bindings})
	}
	return "", false
}

// chainLink is one call of a chain: .map().to(a).
type chainLink struct {
	name string
	call *parser.Call
	at   val
}

// chain takes a chained expression apart: what it begins with, and its calls in order.
func chain(v val) (head val, calls []chainLink) {
	f := v.File
	for {
		v.Node = f.Unwrap(v.Node)
		c := f.CallAt(v.Node)
		if c == nil {
			return v, calls
		}
		callee := f.Unwrap(c.Callee)
		if f.Kind(callee) != parser.KindAttribute {
			return v, calls
		}
		calls = append([]chainLink{{c.Name, c, v}}, calls...)
		v = v.at(f.Field(callee, parser.FieldObject))
	}
}

// path adds the edges of g.edge_from(a).map().to(b); sources are given inside broadcast and decisions.
func (g *pydanticGraph) path(v val, sources []string) {
	if !g.r.sinks() {
		return
	}
	defer g.r.rise()
	o := g.r.follow(v)
	if !o.Valid() {
		return
	}
	_, calls := chain(o)
	e := Edge{Kind: Seq, Place: o.Place()}
	for _, c := range calls {
		switch c.name {
		case "edge_from":
			for _, a := range c.call.Args {
				sources = append(sources, g.places(c.at.at(a.Value))...)
			}
		case "node": // g.node(C): its annotation tells the rest
			if len(c.call.Args) > 0 {
				g.places(c.at)
			}
		case "map":
			e.FanOut = true
		case "to":
			for _, a := range c.call.Args {
				if a.Name == "" {
					g.connect(sources, c.at.at(a.Value), e)
				}
			}
		case "broadcast":
			if len(c.call.Args) > 0 {
				g.broadcast(c.at.at(c.call.Args[0].Value), sources)
			}
		}
	}
	if len(calls) == 0 {
		g.open("an edge can't be told from the code", v.Ref)
	}
}

// broadcast adds the paths that the lambda of .broadcast(lambda e: [e.to(a), e.to(b)]) returns.
func (g *pydanticGraph) broadcast(v val, sources []string) {
	fn := g.r.Function(v.Ref)
	for _, ret := range g.r.Returns(fn) {
		paths, _ := g.r.elements(val{ret, nil}, maxHops)
		for _, p := range paths {
			g.path(p, sources)
		}
	}
}

// connect adds edges to a destination; a decision leads on to its branches.
func (g *pydanticGraph) connect(sources []string, to val, e Edge) {
	if !g.r.sinks() {
		return
	}
	defer g.r.rise()
	o := g.r.follow(to)
	if o.Valid() {
		if _, calls := chain(o); len(calls) > 0 && calls[0].name == "decision" {
			for _, c := range calls[1:] {
				if c.name == "branch" && len(c.call.Args) > 0 {
					g.branch(sources, c.at.at(c.call.Args[0].Value), e.FanOut)
				}
			}
			return
		}
	}
	for _, dest := range g.places(to) {
		for _, from := range sources {
			e.From, e.To = from, dest
			g.edge(e)
		}
	}
}

// branch adds the edges of g.match(T).to(a).
func (g *pydanticGraph) branch(sources []string, v val, fan bool) {
	_, calls := chain(g.r.follow(v))
	for _, c := range calls {
		var dests []val
		switch c.name {
		case "map":
			fan = true
		case "match_node":
			if len(c.call.Args) > 0 {
				dests = append(dests, c.at.at(c.call.Args[0].Value))
			}
		case "to":
			for _, a := range c.call.Args {
				dests = append(dests, c.at.at(a.Value))
			}
		}
		for _, d := range dests {
			for _, from := range sources {
				g.connect([]string{from}, d, Edge{Kind: Cond, FanOut: fan, Place: c.at.Place(), Condition: g.choice(from)})
			}
		}
	}
}

// choice is what the value that a step returns depends on.
func (g *pydanticGraph) choice(step string) Condition {
	for _, f := range g.r.relevant() {
		for i := range f.Funcs {
			if fn := (Ref{f, f.Funcs[i].Node}); g.has(step) && fn.Place() == g.Nodes[g.index[step]].Place {
				return g.r.Decide(fn, nil)
			}
		}
	}
	return Condition{Decider: Verdict}
}

// places are the names of the nodes that an expression stands for.
func (g *pydanticGraph) places(v val) []string {
	if !g.r.sinks() {
		return nil
	}
	defer g.r.rise()
	o := g.r.follow(v)
	if !o.Valid() {
		g.open("a node can't be told from the code", v.Ref)
		return nil
	}
	switch o.Kind() {
	case parser.KindFunction, parser.KindMethod, parser.KindLambda:
		return []string{g.step(o.Ref)}
	case parser.KindAttribute:
		switch o.name() {
		case "start_node":
			return []string{StartName}
		case "end_node":
			return []string{EndName}
		}
	case parser.KindSubscript: // Node[State]
		if inner := o.at(o.File.FirstChild(o.Node)); g.r.follow(inner).Kind() == parser.KindClass {
			return g.places(inner)
		}
	case parser.KindClass:
		name := o.File.ClassAt(o.Node).Name
		if !g.has(name) {
			g.class(o.Ref, g.anyName(o.File))
		}
		return []string{name}
	case parser.KindCall:
		c := o.File.CallAt(o.Node)
		switch c.Name {
		case "join", "step", "stream", "node":
			name, ok := g.id(o)
			if len(c.Args) > 0 && c.Args[0].Name == "" && c.Name != "join" {
				inner := g.r.follow(o.at(c.Args[0].Value))
				if inner.Valid() && (inner.Kind() == parser.KindClass || inner.Kind() == parser.KindSubscript || !ok && inner.Func() != nil) {
					return g.places(inner)
				}
			}
			if !ok && c.Name == "join" && len(c.Args) > 0 { // a join goes by its reducer
				name = o.Ref.at(c.Args[0].Value).name()
			}
			if name == "" {
				name = o.bound()
			}
			if name != "" {
				n := Node{Name: name, Kind: Step, Place: o.Place()}
				n.alias(o.bound())
				g.node(n)
				return []string{name}
			}
		}
	}
	g.open("the node "+clip(v.Text())+" can't be told from the code", v.Ref)
	return nil
}

// anyName lets every class of a file be a node.
func (g *pydanticGraph) anyName(f *parser.File) map[string]bool {
	names := map[string]bool{}
	for i := range f.Classes {
		names[f.Classes[i].Name] = true
	}
	return names
}
