package agents

import (
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// condition is what a router's choice depends on, before it is known which loop it ends.
func (l *langgraph) condition(g *stateGraph, path []slot) Condition {
	if len(path) == 0 {
		return Condition{}
	}
	return l.decides(path[0], nil)
}

func (l *langgraph) decides(path slot, written map[string]bool) Condition {
	if isToolsCondition(path.File.QName(path.Node)) {
		return Condition{Decider: ToolCall}
	}
	fns, _ := l.callables(path.Ref, path.frame, maxHops)
	var best Condition
	for _, fn := range fns {
		if c := l.decidesIn(fn.Ref, written, 3); best.Decider == "" || c.Decider == Counter {
			best = c
		}
	}
	return best
}

// decidesIn is Decide, with the functions that a router leaves the choice to.
func (l *langgraph) decidesIn(fn Ref, written map[string]bool, depth int) Condition {
	c := l.Decide(fn, written)
	if c.Decider != Verdict || depth <= 0 || l.spent() {
		return c
	}
	callsIn(fn, func(call *parser.Call) bool {
		inner := l.Function(fn.at(call.Callee))
		if !inner.Valid() || fn.File.Within(inner.Node, fn.Node) && inner.File == fn.File || inner == fn {
			return true
		}
		if found := l.decidesIn(inner, written, depth-1); found.Decider != Verdict && found.Decider != "" {
			c = found
		}
		return c.Decider == Verdict
	})
	return c
}

// decideLoops completes the conditions of edges in loops: a guard counts only if a node of
// the loop writes what it reads, and nobody but a model gives verdicts.
func (l *langgraph) decideLoops(g *stateGraph) {
	for _, loop := range findLoops(g.Graph) {
		in := map[string]bool{}
		for _, name := range loop.Nodes {
			in[name] = true
		}
		written, known := l.written(g, loop.Nodes)
		if !known {
			written = nil
		}
		asks := l.modelIn(g, loop.Nodes)
		for _, r := range g.routers {
			if !in[r.source] {
				continue
			}
			l.ask()
			c := l.decides(r.path, written)
			if c.Decider == Verdict || c.Decider == External {
				if counter, ok := l.decidedBy(g, r.path, loop.Nodes, written); ok {
					c = counter
				}
			}
			if c.Decider == Verdict && (!asks || l.decidedOutside(g, r.path, loop.Nodes)) {
				c.Decider = External
			}
			for i := range g.Edges {
				if e := &g.Edges[i]; e.From == r.source && e.Condition.Decider != "" && e.Kind != Handoff {
					e.Condition = c
				}
			}
		}
	}
}

// decidedBy is the counter of a node of the loop that writes what a router reads: the node
// counts, the router only looks at what it decided.
func (l *langgraph) decidedBy(g *stateGraph, path slot, names []string, written map[string]bool) (Condition, bool) {
	read := map[string]bool{}
	fns, _ := l.callables(path.Ref, path.frame, maxHops)
	for _, fn := range fns {
		l.reads(fn.Ref, read)
	}
	for _, name := range names {
		s := g.steps[name]
		if s == nil {
			continue
		}
		for _, fn := range s.functions {
			keys := map[string]bool{}
			l.writes(fn.Ref, keys, 2)
			for k := range keys {
				if !read[k] || k == "messages" {
					continue
				}
				if c := l.Decide(fn.Ref, written); c.Decider == Counter && c.Bound.Effective {
					return c, true
				}
				break
			}
		}
	}
	return Condition{}, false
}

// decidedOutside reports whether what a router reads is written only by nodes of the loop that
// ask the world, not a model: whether tests pass, whether a query runs.
func (l *langgraph) decidedOutside(g *stateGraph, path slot, names []string) bool {
	read := map[string]bool{}
	fns, _ := l.callables(path.Ref, path.frame, maxHops)
	for _, fn := range fns {
		l.reads(fn.Ref, read)
	}
	found := false
	for _, name := range names {
		s := g.steps[name]
		if s == nil || !s.known {
			return false
		}
		for _, fn := range s.functions {
			keys := map[string]bool{}
			l.writes(fn.Ref, keys, 2)
			for k := range keys {
				if !read[k] {
					continue
				}
				if k == "messages" || g.Nodes[g.index[name]].Calls || !l.asksWorld(fn.Ref) {
					return false
				}
				found = true
			}
		}
	}
	return found
}

// asksWorld reports whether a function calls something whose result the world decides.
func (l *langgraph) asksWorld(fn Ref) bool {
	found := false
	callsIn(fn, func(c *parser.Call) bool {
		found = found || outsideWords.MatchString(fn.File.Slice(c.Callee))
		return !found
	})
	return found
}

// reads collects the keys that a function takes out of what it is given.
func (l *langgraph) reads(fn Ref, keys map[string]bool) {
	f := fn.File
	for n := fn.Node; f.Within(n, fn.Node); n++ {
		switch f.Kind(n) {
		case parser.KindSubscript:
			key := f.Field(n, parser.FieldSubscript)
			if key == parser.NoNode {
				key = f.Field(n, parser.FieldIndex)
			}
			if v := f.Eval(key); v.Kind == parser.String {
				keys[v.Str] = true
			}
		case parser.KindAttribute:
			keys[fn.at(n).name()] = true
		case parser.KindCall:
			if c := f.CallAt(n); c != nil && c.Name == "get" && len(c.Args) > 0 {
				if v := f.Eval(c.Args[0].Value); v.Kind == parser.String {
					keys[v.Str] = true
				}
			}
		}
	}
}

// modelIn reports whether a node of a loop asks a model, or may.
func (l *langgraph) modelIn(g *stateGraph, names []string) bool {
	for _, name := range names {
		if s := g.steps[name]; s == nil || !s.known || g.Nodes[g.index[name]].Calls {
			return true
		}
	}
	return false
}

// written are the keys of the state that the functions of nodes write. known is false where
// one of them can't be read.
func (l *langgraph) written(g *stateGraph, names []string) (keys map[string]bool, known bool) {
	keys = map[string]bool{}
	for _, name := range names {
		s := g.steps[name]
		if s == nil || !s.known {
			return nil, false
		}
		for _, fn := range s.functions {
			if !l.writes(fn.Ref, keys, 3) {
				return nil, false
			}
		}
	}
	return keys, true
}

// writes collects the keys that a function writes: of dictionaries in it, and of what it
// assigns to. It is false where it returns something else that can't be read.
func (l *langgraph) writes(fn Ref, keys map[string]bool, depth int) bool {
	if l.spent() {
		return false
	}
	f := fn.File
	for n := fn.Node; f.Within(n, fn.Node); n++ {
		switch f.Kind(n) {
		case parser.KindPair:
			if k, ok := l.Key(fn.at(f.Field(n, parser.FieldKey))); ok {
				keys[k] = true
			}
		case parser.KindShorthand:
			keys[f.Slice(n)] = true
		case parser.KindKeywordArgument:
			keys[f.Slice(f.Field(n, parser.FieldName))] = true
		case parser.KindAssignment, parser.KindAugmentedAssignment:
			left := f.Field(n, parser.FieldLeft)
			switch f.Kind(left) {
			case parser.KindSubscript:
				key := f.Field(left, parser.FieldSubscript)
				if key == parser.NoNode {
					key = f.Field(left, parser.FieldIndex)
				}
				if k, ok := l.Key(fn.at(key)); ok {
					keys[k] = true
				}
			case parser.KindAttribute:
				keys[fn.at(left).name()] = true
			}
		}
	}
	for _, r := range l.Returns(fn) {
		if !r.Valid() {
			continue
		}
		if c := f.CallAt(f.Unwrap(r.Node)); c != nil && depth > 0 {
			if inner := l.Function(r.at(c.Callee)); inner.Valid() && inner != fn {
				if !l.writes(inner, keys, depth-1) {
					return false
				}
			} else if !inner.Valid() && c.Name != "Command" && c.Name != "dict" && !strings.HasSuffix(c.Name, "State") {
				return false
			}
		}
	}
	return true
}

// describe completes a node by what it runs.
func (l *langgraph) describe(n *Node, s *stateNode, action slot) {
	l.inner = nil
	defer func() { s.inner = l.inner }()
	for _, m := range l.made(action.Ref, action.frame, maxHops) {
		l.inner = append(l.inner, m)
		if a := l.agents[m.root]; a != nil {
			n.Kind = Agent
			n.Runs = append(n.Runs, a.at.Place())
			a.used = true
			l.describeAgent(n, a)
			return
		}
		if l.graphs[m.root] != nil {
			n.Kind = Subgraph
			n.Runs = append(n.Runs, l.graphs[m.root].Place)
			n.alias(l.graphName(l.graphs[m.root]))
			return
		}
	}
	o := l.originOf(action)
	if c := o.File.CallAt(o.Node); c != nil && strings.HasSuffix(c.Name, "ToolNode") {
		n.Kind = Toolset
		s.known = true
		if a, ok := o.File.Argument(c, "tools", 0); ok {
			n.Tools = l.toolNames(slot{Ref: o.at(a.Value), frame: o.frame})
		}
		return
	}
	for _, fn := range s.functions {
		n.Runs = append(n.Runs, fn.Place())
		n.alias(fn.Func().Name)
		n.Asks = n.Asks || l.asks(fn.Ref, 3)
		n.Calls = n.Calls || l.asksModel(fn, n, 3)
	}
	if n.Asks && !n.Calls {
		n.Kind = Human
	}
	if !s.known && len(s.functions) == 0 {
		n.alias(action.name())
	}
}
