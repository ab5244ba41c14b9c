package estimate

import (
	"strings"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/parser"
)

// unit is code that runs as a whole: a function, or the statements of a file.
type unit struct {
	*parser.File
	fn   *parser.Func // nil: the file's own statements
	own  []*Call      // what it spends itself
	out  []link
	in   int   // links from other units
	kind entry // how the world starts it; "" where nothing says so
	// held reports that the function is given to a framework, as a tool or a node: what runs
	// the framework's graph runs it.
	held  bool
	doubt string // what it may run besides, "" where all is known
	// nested reports that it is defined in another function.
	nested bool

	sum   *tally // of one run; see compose.go
	ring  *ring  // of the recursion that it is part of
	index int    // in the order of the search for recursion, from 1
	low   int
}

// link is a place where a unit runs another one.
type link struct {
	to *unit
	at parser.NodeID
	// passed reports that the function is handed to something that the project does not
	// hold, which may call it: so it is not known to run at all, nor how often.
	passed bool
}

// node identifies a unit within its file.
func (u *unit) node() parser.NodeID {
	if u.fn == nil {
		return 0
	}
	return u.fn.Node
}

// callGraph is who runs what, as far as it leads to calls of models: functions that reach
// none are not in it.
type callGraph struct {
	p       *agents.Project
	units   map[agents.Ref]*unit
	order   []*unit // as they were found: the same for the same project
	names   *nameIndex
	targets map[agents.Ref]agents.Ref // memo of resolve
	// doubts are calls that may run a function which spends, of an object that nothing is known of.
	doubts []agents.Ref
}

// newCallGraph builds the graph above calls, which are those of the whole project.
func newCallGraph(p *agents.Project, calls []*Call) *callGraph {
	g := &callGraph{p: p, units: map[agents.Ref]*unit{}, names: newNameIndex(p), targets: map[agents.Ref]agents.Ref{}}
	for _, c := range calls {
		s := c.Site
		if s.Kind.Spends() && !isTest(s.File.Path) {
			u := g.unitOf(s.File, s.Call.Node)
			u.own = append(u.own, c)
		}
	}
	for i := 0; i < len(g.order); i++ { // grows
		g.findCallers(g.order[i])
	}
	for _, at := range g.doubts {
		if u := g.spender(at.File, at.Node); u != nil {
			u.doubt = "it is not known what `" + at.Text() + "` runs"
		}
	}
	return g
}

// spender is the unit of the graph that n runs in, nil where that spends nothing.
func (g *callGraph) spender(f *parser.File, n parser.NodeID) *unit {
	for {
		fn := f.EnclosingFunc(n)
		if fn == nil {
			return g.units[agents.Ref{File: f, Node: 0}]
		}
		if u := g.units[agents.Ref{File: f, Node: fn.Node}]; u != nil {
			return u
		}
		if _, own := ownUnit(f, fn); own {
			return nil
		}
		n = fn.Node
	}
}

// doubtful reports whether o may run u as far as can be told: it calls a method of u's name on
// something of unknown origin.
func (g *callGraph) doubtful(u *unit, o occurrence) bool {
	name := u.fn.Name
	if !o.called || u.fn.Class < 0 || len(name) < 4 || commonMethods[name] || g.resolve(agents.Ref{File: o.File, Node: o.node}, true).Valid() {
		return false
	}
	n := o.Unwrap(o.node)
	if o.Kind(n) != parser.KindAttribute || len(o.Slice(n)) > 60 || strings.ContainsAny(o.Slice(n), "\r\n`") {
		return false
	}
	object := o.Field(n, parser.FieldObject)
	if strings.Contains(o.QName(object), ".") { // a library's
		return false
	}
	return !g.classOf(agents.Ref{File: o.File, Node: object}, maxClassSteps).Valid()
}

// unit is the one at a node, which is a function's or 0.
func (g *callGraph) unit(f *parser.File, n parser.NodeID) *unit {
	key := agents.Ref{File: f, Node: n}
	u := g.units[key]
	if u == nil {
		u = &unit{File: f}
		if n != 0 {
			u.fn = f.FuncAt(n)
			for p := range f.Ancestors(n) {
				if k := f.Kind(p); k == parser.KindFunction || k == parser.KindLambda || k == parser.KindMethod {
					u.nested = true
					break
				}
			}
		}
		g.units[key] = u
		g.order = append(g.order, u)
	}
	return u
}

// unitOf is the unit that n runs in. A function that stands where it is used runs in the one
// around it.
func (g *callGraph) unitOf(f *parser.File, n parser.NodeID) *unit {
	for {
		fn := f.EnclosingFunc(n)
		if fn == nil {
			return g.unit(f, 0)
		}
		if kind, own := ownUnit(f, fn); own {
			u := g.unit(f, fn.Node)
			if u.kind == "" {
				u.kind = kind
			}
			return u
		}
		n = fn.Node
	}
}

// findCallers adds a link from each unit that runs u.
func (g *callGraph) findCallers(u *unit) {
	if u.fn == nil {
		return
	}
	if u.kind == "" {
		u.kind = declaredEntry(u.File, u.fn)
	}
	target := agents.Ref{File: u.File, Node: u.fn.Node}
	seen := map[agents.Ref]bool{}
	for _, name := range g.names.of(u) {
		for _, o := range g.names.uses(name) {
			at := agents.Ref{File: o.File, Node: o.node}
			if seen[at] || isTest(o.Path) {
				continue
			}
			if g.resolve(at, o.called) != target {
				if g.doubtful(u, o) {
					g.doubts = append(g.doubts, at)
				}
				continue
			}
			seen[at] = true
			g.use(u, o)
		}
	}
}

// use notes that o, which names u, runs it, or hands it to what will.
func (g *callGraph) use(u *unit, o occurrence) {
	passed := false
	if !o.called {
		switch kind, how := handedTo(o.File, o.node); how {
		case handedEntry:
			if u.kind == "" {
				u.kind = kind
			}
			return
		case handedHeld:
			u.held = true
			return
		case handedRun:
		case handedUnknown:
			passed = true
		}
	}
	from := g.unitOf(o.File, o.node)
	from.out = append(from.out, link{u, o.node, passed})
	if from != u {
		u.in++
	}
}
