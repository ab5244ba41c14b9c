package estimate

import (
	"strings"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/analyzers/llm"
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

// resolve is the function that an expression names; called tells that it stands as a callee.
func (g *callGraph) resolve(at agents.Ref, called bool) agents.Ref {
	if to, ok := g.targets[at]; ok {
		return to
	}
	to := g.function(at, called)
	g.targets[at] = to
	return to
}

var noRef = agents.Ref{Node: parser.NoNode}

func (g *callGraph) function(at agents.Ref, called bool) agents.Ref {
	if fn := g.p.Function(at); fn.Valid() {
		return fn
	}
	if m := g.methodOf(at); m.Valid() {
		return m
	}
	f := at.File
	n := f.Unwrap(at.Node)
	if called {
		if class := g.class(at); class.Valid() { // making an instance runs the constructor
			c := class.File.ClassAt(class.Node)
			for _, name := range []string{"__init__", "constructor"} {
				for _, d := range class.File.Members(c, name) {
					if d.Kind == parser.FuncDef {
						return agents.Ref{File: class.File, Node: class.File.Funcs[d.Index].Node}
					}
				}
			}
			return noRef
		}
	}
	// const POST = withAuth(async (request) => …)
	if v, ok := g.p.Value(agents.Ref{File: f, Node: n}); ok {
		if c := v.File.CallAt(v.File.Unwrap(v.Node)); c != nil {
			for i := len(c.Args) - 1; i >= 0; i-- {
				if fn := v.File.FuncAt(v.File.Unwrap(c.Args[i].Value)); fn != nil {
					return agents.Ref{File: v.File, Node: fn.Node}
				}
			}
		}
		return noRef
	}
	if f.Kind(n) == parser.KindAttribute {
		return g.onlyMethod(at)
	}
	return noRef
}

// class is the class that an expression names; instances do not count.
func (g *callGraph) class(at agents.Ref) agents.Ref {
	switch at.File.Kind(at.File.Unwrap(at.Node)) {
	case parser.KindIdentifier, parser.KindAttribute:
		v, ok := g.p.Value(agents.Ref{File: at.File, Node: at.File.Unwrap(at.Node)})
		if ok && v.File.Kind(v.Node) == parser.KindClass {
			return v
		}
		if at.File.Kind(at.Node) == parser.KindAttribute {
			if o := g.p.Origin(at, nil); o.Valid() && o.File.Kind(o.Node) == parser.KindClass {
				return o
			}
		}
	}
	return noRef
}

// onlyMethod is the method that a.b names where a's class is not known and the project has
// but one method of the name.
func (g *callGraph) onlyMethod(at agents.Ref) agents.Ref {
	f := at.File
	n := f.Unwrap(at.Node)
	name := f.Slice(f.AttributeName(n))
	if len(name) < 4 || commonMethods[name] {
		return noRef
	}
	object := f.Unwrap(f.Field(n, parser.FieldObject))
	if q := f.QName(object); q != "" && f.Kind(object) == parser.KindIdentifier {
		for _, d := range f.DefsOf(object) {
			if d.Kind == parser.ImportDef && !g.fromProject(f, d) {
				return noRef // a library's
			}
		}
	}
	m := g.names.method(name)
	if !m.Valid() {
		return noRef
	}
	// Libraries have methods of many names: something must speak for the project's own class.
	fn := m.Func()
	if fn == nil || fn.Class < 0 {
		return noRef
	}
	class := m.File.Classes[fn.Class].Name
	receiver := f.Slice(object)
	if f.Kind(object) == parser.KindAttribute {
		receiver = f.Slice(f.AttributeName(object))
	}
	plain := func(s string) string { return strings.ToLower(strings.Trim(strings.ReplaceAll(s, "_", ""), "#")) }
	if class == "" || !strings.Contains(f.Text.String(), class) && (len(receiver) < 4 || !strings.HasSuffix(plain(class), plain(receiver))) {
		return noRef
	}
	return m
}

// fromProject reports whether an import may bring something of the project's own.
func (g *callGraph) fromProject(f *parser.File, d *parser.Def) bool {
	v, ok := g.p.Value(agents.Ref{File: f, Node: d.Node})
	return ok && v.Valid()
}

// commonMethods are names that classes of many libraries have too.
var commonMethods = map[string]bool{
	"invoke": true, "ainvoke": true, "stream": true, "astream": true, "batch": true, "call": true, "execute": true, "process": true,
	"handle": true, "generate": true, "create": true, "send": true, "start": true, "step": true, "apply": true, "search": true,
	"query": true, "chat": true, "complete": true, "predict": true, "forward": true, "fetch": true, "load": true, "save": true,
	"update": true, "close": true, "open": true, "read": true, "write": true, "submit": true, "next": true, "then": true, "push": true,
	"append": true, "build": true, "parse": true, "render": true, "request": true, "post": true, "delete": true, "main": true, "kickoff": true,
	"embed": true, "encode": true, "decode": true, "evaluate": true, "test": true, "setup": true, "init": true, "__call__": true, "exec": true,
}

// spends reports whether a call, as a drive or by itself, is what runs cost.
func spends(c *Call) bool { return c.Site.Kind.Spends() && c.Site.Kind != llm.Drive }
