package llm

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// maxCallers is how many calls up a loop is looked for: a site in a function that a
// function calls that a loop calls.
const maxCallers = 3

// repeats answers which loop repeats a node.
type repeats struct {
	*parser.File
	callers  map[*parser.Func][]parser.NodeID // of the functions that were asked for
	mapped   map[*parser.Func]*parser.Loop    // nil until it is asked for
	handings []handing                        // nil until they are asked for
}

func newRepeats(f *parser.File) *repeats {
	return &repeats{File: f, callers: map[*parser.Func][]parser.NodeID{}}
}

// loop is the innermost loop that repeats n: in n's own function, else one that calls that
// function, directly or through up to callers functions of the file. Loops that retry until
// n succeeds do not count.
func (r *repeats) loop(n parser.NodeID, callers int) *parser.Loop {
	var innermost *parser.Loop
	fn := r.EnclosingFunc(n)
	for i := range r.Loops {
		l := &r.Loops[i]
		if fn != nil && l.Node < fn.Node && !(l.Kind == parser.CallbackLoop && l.Body == fn.Body) {
			continue // around the function, which need not run where it is defined
		}
		if r.repeatsNode(l, n) && !r.isRetry(l, n) {
			innermost = l // loops are in preorder
		}
	}
	if innermost != nil || fn == nil || callers == 0 {
		return innermost
	}
	if inline(r.File, fn) {
		if c := r.CallAt(r.Parent(r.Parent(fn.Node))); c != nil && mappers[c.Name] {
			return callback(c, fn)
		}
		return r.loop(fn.Node, callers)
	}
	if l := r.mappedBy(fn); l != nil {
		return l
	}
	for _, site := range r.callersOf(fn) {
		if l := r.loop(site, callers-1); l != nil {
			return l
		}
	}
	return nil
}

// inline reports whether fn is a function expression that is passed on where it stands, so
// that it runs at least once for each time that its surroundings do.
func inline(f *parser.File, fn *parser.Func) bool {
	if f.Kind(fn.Node) != parser.KindLambda {
		return false
	}
	switch f.Kind(f.Parent(fn.Node)) {
	case parser.KindArguments, parser.KindKeywordArgument, parser.KindParenthesized:
		return true
	}
	return false
}

// repeatsNode reports whether n runs again with each round of l.
func (r *repeats) repeatsNode(l *parser.Loop, n parser.NodeID) bool {
	switch l.Kind {
	case parser.ComprehensionLoop:
		return r.Within(n, l.Node) && !r.Within(n, l.Iter)
	case parser.WhileLoop:
		return r.Within(n, l.Body) || r.Within(n, l.Iter)
	}
	return r.Within(n, l.Body)
}

// IsRetry reports whether l tries n until it succeeds, so that it does not repeat it.
func IsRetry(f *parser.File, l *parser.Loop, n parser.NodeID) bool {
	return (&repeats{File: f}).isRetry(l, n)
}

// isRetry reports whether l tries n until it succeeds: n stands in a try of l, success
// leaves the loop, and failure sleeps or goes on.
func (r *repeats) isRetry(l *parser.Loop, n parser.NodeID) bool {
	if l.Kind != parser.ForLoop && l.Kind != parser.WhileLoop {
		return false
	}
	try := parser.NoNode
	for p := range r.Ancestors(n) {
		if p == l.Body {
			break
		}
		if r.Kind(p) == parser.KindTry {
			try = p
		}
	}
	if try == parser.NoNode || !r.standsIn(try, l.Body) {
		return false
	}
	leaves, resumes := false, true
	for part := range r.Children(try) {
		if r.Kind(part) == parser.KindCatch {
			resumes = resumes && !r.endsIn(part, parser.KindBreak)
			continue
		}
		leaves = leaves || r.Kind(part) == parser.KindBlock && r.endsIn(part, parser.KindBreak, parser.KindReturn) ||
			r.Kind(part) == parser.KindElse && r.endsIn(part, parser.KindBreak, parser.KindReturn)
	}
	leaves = leaves || l.Kind == parser.WhileLoop && r.ends(l, try)
	for after := range r.Children(l.Body) {
		if after > try {
			leaves = leaves || r.Kind(after) == parser.KindBreak || r.Kind(after) == parser.KindReturn
		}
	}
	return leaves && resumes
}

// standsIn reports whether a statement is one of block's, or of a with statement's among them.
func (r *repeats) standsIn(n, block parser.NodeID) bool {
	at := r.Parent(n)
	for at != block {
		with := r.Parent(at)
		if r.Kind(at) != parser.KindBlock || r.Kind(with) != parser.KindWith {
			return false
		}
		at = r.Parent(with)
	}
	return true
}

// ends reports whether a statement of try sets a flag of the loop's condition: while not done.
func (r *repeats) ends(l *parser.Loop, try parser.NodeID) bool {
	condition := r.Slice(l.Iter)
	for part := range r.Children(try) {
		if r.Kind(part) != parser.KindBlock {
			continue
		}
		for n := range r.Children(part) {
			if r.Kind(n) == parser.KindExpressionStatement {
				n = r.FirstChild(n)
			}
			if r.Kind(n) != parser.KindAssignment {
				continue
			}
			right := r.Kind(r.Field(n, parser.FieldRight))
			if name := r.Slice(r.Field(n, parser.FieldLeft)); (right == parser.KindTrue || right == parser.KindFalse) && strings.HasSuffix(strings.TrimPrefix(condition, "not "), name) {
				return true
			}
		}
	}
	return false
}

// endsIn reports whether the last statement of the block at or below n is of a kind.
func (r *repeats) endsIn(n parser.NodeID, kinds ...parser.Kind) bool {
	if r.Kind(n) != parser.KindBlock {
		for c := range r.Children(n) {
			if r.Kind(c) == parser.KindBlock {
				n = c
			}
		}
	}
	if n = r.LastChild(n); r.Kind(n) == parser.KindIf { // if it is valid: return it
		for c := range r.Children(n) {
			if r.Kind(c) == parser.KindBlock {
				n = r.LastChild(c)
				break
			}
		}
	}
	last := r.Kind(n)
	for _, k := range kinds {
		if last == k {
			return true
		}
	}
	return false
}

// callersOf are the calls of fn.
func (r *repeats) callersOf(fn *parser.Func) []parser.NodeID {
	if callers, known := r.callers[fn]; known || fn.Name == "" {
		return callers
	}
	var callers []parser.NodeID
	for c := range r.CallsNamed(fn.Name) {
		if r.FuncOf(c.Callee) == fn {
			callers = append(callers, c.Node)
		}
	}
	for _, h := range r.handed() {
		if h.name == fn.Name && r.FuncOf(h.given) == fn {
			callers = append(callers, h.call)
		}
	}
	slices.Sort(callers)
	r.callers[fn] = callers
	return callers
}

// handing is a call that has something else call a function: pool.submit(fn, x), Thread(target=fn).
type handing struct {
	call, given parser.NodeID
	name        string // the last name of what is given
}

// handed are the file's handings, in no order.
func (r *repeats) handed() []handing {
	if r.handings != nil {
		return r.handings
	}
	r.handings = []handing{}
	hand := func(c *parser.Call, i int) {
		if i < len(c.Args) {
			given := r.Unwrap(c.Args[i].Value)
			r.handings = append(r.handings, handing{c.Node, given, lastName(r.File, given)})
		}
	}
	for name, i := range runners {
		for c := range r.CallsNamed(name) {
			hand(c, i)
		}
	}
	for _, name := range []string{"Thread", "Process", "delayed"} {
		for c := range r.CallsNamed(name) {
			hand(c, max(0, slices.IndexFunc(c.Args, func(a parser.Arg) bool { return a.Name == "target" })))
		}
	}
	return r.handings
}

// mappers are functions and methods that call the function they are given once per element.
var mappers = map[string]bool{"map": true, "forEach": true, "flatMap": true, "imap": true, "imap_unordered": true, "starmap": true, "amap": true,
	"map_async": true, "starmap_async": true, "apply": true, "progress_apply": true, "parallel_apply": true, "applymap": true, "progress_map": true, "map_elements": true, "thread_map": true, "process_map": true}

// callback is a call that calls fn once per element as a loop.
func callback(c *parser.Call, fn *parser.Func) *parser.Loop {
	return &parser.Loop{Node: c.Node, Kind: parser.CallbackLoop, Target: parser.NoNode, Iter: parser.NoNode, Body: fn.Body}
}

// mappedBy is map(fn, xs), xs.map(fn) or the like as a loop, or nil.
func (r *repeats) mappedBy(fn *parser.Func) *parser.Loop {
	if r.mapped == nil {
		r.mapped = map[*parser.Func]*parser.Loop{}
		for name := range mappers {
			for c := range r.CallsNamed(name) {
				if len(c.Args) == 0 || r.Kind(c.Args[0].Value) == parser.KindLambda {
					continue
				}
				if named := r.FuncOf(c.Args[0].Value); named != nil {
					if last := r.mapped[named]; last == nil || last.Node < c.Node {
						r.mapped[named] = callback(c, named)
					}
				}
			}
		}
	}
	return r.mapped[fn]
}
