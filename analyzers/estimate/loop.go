package estimate

import (
	"fmt"
	"slices"

	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/parser"
)

// Rounds is how often something runs.
type Rounds struct {
	Times Range
	// Most is the most rounds there can be; it holds where Origin is not llm.NoLimit.
	Most   float64
	Origin llm.Source
	// Reason tells what sets the limit where there are several rounds, or why there is none.
	Reason      string
	Assumptions []Assumption
}

// once is what runs a single time.
var once = Rounds{Times: Exactly(1), Most: 1, Origin: llm.Explicit}

// times is r within outer rounds.
func (r Rounds) times(outer Rounds) Rounds {
	out := Rounds{Times: r.Times.Times(outer.Times), Most: r.Most * outer.Most, Origin: weakest(r.Origin, outer.Origin), Reason: outer.Reason}
	if out.Reason == "" || r.Reason != "" && r.Origin == out.Origin {
		out.Reason = r.Reason
	}
	if out.Origin == llm.NoLimit {
		out.Most = 0
	}
	if out.Assumptions = r.Assumptions[:len(r.Assumptions):len(r.Assumptions)]; len(out.Assumptions) == 0 {
		out.Assumptions = outer.Assumptions[:len(outer.Assumptions):len(outer.Assumptions)]
	} else {
		out.Assumptions = append(out.Assumptions, outer.Assumptions...)
	}
	return out
}

// weakest is the origin of a bound that rests on two.
func weakest(a, b llm.Source) llm.Source {
	for _, s := range []llm.Source{llm.NoLimit, llm.FrameworkDefault} {
		if a == s || b == s {
			return s
		}
	}
	return llm.Explicit
}

// maxCallers is how many calls up the loops around a site are looked for.
const maxCallers = 3

// Repeat is how often a site runs in one run of the function that it stands in or that calls
// it in its file: the product of the loops around, with what the numbers rest on. Where
// several functions call it, the one that repeats it most counts.
func (e Env) Repeat(s *llm.Site) (Range, []Assumption) {
	r := e.Repeats(s)
	return r.Times, r.Assumptions
}

// RepeatsOf is Repeats of a call's site, which is found once per call.
func (e Env) RepeatsOf(c *Call) Rounds {
	if c.basis == nil {
		return e.Repeats(c.Site)
	}
	return e.around(c.basis)
}

// Repeats is Repeat with the most rounds that there can be.
func (e Env) Repeats(s *llm.Site) Rounds {
	if s.Call == nil {
		return once
	}
	return e.own(s).times(e.repeats(s.File, s.Call.Node, maxCallers))
}

func (e Env) repeats(f *parser.File, n parser.NodeID, callers int) Rounds {
	own := e.Rounds(f, n)
	fn := funcAround(f, n)
	if fn == nil || fn.Name == "" || callers == 0 {
		return own
	}
	var most *Rounds
	for _, place := range callersOf(f, fn) {
		r := e.repeats(f, place.node, callers-1)
		if place.mapped != parser.NoNode {
			r = e.countOf(f, place.mapped, 0).times(r)
		}
		if most == nil || r.Times.Expected > most.Times.Expected {
			most = &r
		}
	}
	if most == nil {
		return own
	}
	return own.times(*most)
}

// caller is a place that runs a function: a call of it, or one that maps it over something.
type caller struct {
	node, mapped parser.NodeID
}

// mappers are functions and methods that call a function once per element: the position of
// the function and of what is mapped; -1 stands for the receiver.
var mappers = map[string][2]int{
	"map": {0, 1}, "imap": {0, 1}, "imap_unordered": {0, 1}, "starmap": {0, 1}, "amap": {0, 1}, "forEach": {0, -1}, "flatMap": {0, -1}, "apply": {0, -1},
	"progress_apply": {0, -1}, "parallel_apply": {0, -1}, "applymap": {0, -1}, "progress_map": {0, -1}, "map_elements": {0, -1},
}

type mappingsKey struct{}

// mappings are the calls of mappers in f.
func mappings(f *parser.File) []*parser.Call {
	return parser.Memo(f, mappingsKey{}, func() []*parser.Call {
		var out []*parser.Call
		for name, at := range mappers {
			for c := range f.CallsNamed(name) {
				if at[0] < len(c.Args) {
					out = append(out, c)
				}
			}
		}
		slices.SortFunc(out, func(a, b *parser.Call) int { return int(a.Node - b.Node) })
		return out
	})
}

type callersKey struct{ fn *parser.Func }

func callersOf(f *parser.File, fn *parser.Func) []caller {
	return parser.Memo(f, callersKey{fn}, func() []caller {
		var out []caller
		for c := range f.CallsNamed(fn.Name) {
			// Recursion is no loop to reckon with here.
			if !f.Within(c.Node, fn.Node) && f.FuncOf(c.Callee) == fn {
				out = append(out, caller{c.Node, parser.NoNode})
			}
		}
		for _, c := range mappings(f) {
			at := mappers[c.Name]
			if value := c.Args[at[0]].Value; f.Slice(value) != fn.Name || f.FuncOf(value) != fn {
				continue
			}
			mapped := f.Field(f.Unwrap(c.Callee), parser.FieldObject)
			if at[1] >= 0 && at[1] < len(c.Args) {
				mapped = c.Args[at[1]].Value
			}
			if mapped != parser.NoNode {
				out = append(out, caller{c.Node, mapped})
			}
		}
		return out
	})
}

// funcAround is the function that n runs in: function expressions that are passed on where
// they stand run with their surroundings.
func funcAround(f *parser.File, n parser.NodeID) *parser.Func {
	for fn := f.EnclosingFunc(n); fn != nil; fn = f.EnclosingFunc(fn.Node) {
		if !isInline(f, fn.Node) {
			return fn
		}
	}
	return nil
}

// isInline reports whether the function at n is an expression that is an argument where it stands.
func isInline(f *parser.File, n parser.NodeID) bool {
	if f.Kind(n) != parser.KindLambda {
		return false
	}
	switch f.Kind(f.Parent(n)) {
	case parser.KindArguments, parser.KindKeywordArgument, parser.KindParenthesized:
		return true
	}
	return false
}

type loopsKey struct{}

// loopsAt are the loops of f by node; a comprehension has one per clause.
func loopsAt(f *parser.File) map[parser.NodeID][]*parser.Loop {
	return parser.Memo(f, loopsKey{}, func() map[parser.NodeID][]*parser.Loop {
		m := make(map[parser.NodeID][]*parser.Loop, len(f.Loops))
		for i := range f.Loops {
			m[f.Loops[i].Node] = append(m[f.Loops[i].Node], &f.Loops[i])
		}
		return m
	})
}

// Rounds is how often n runs in one run of its own function, or of the module: the product of
// the loops around it.
func (e Env) Rounds(f *parser.File, n parser.NodeID) Rounds {
	all := once
	at := loopsAt(f)
	stated := StatedAt(f, statementOf(f, n)).Iterations
	for p := range f.Ancestors(n) {
		switch f.Kind(p) {
		case parser.KindFunction, parser.KindMethod, parser.KindClass:
			return all
		case parser.KindLambda:
			if !isInline(f, p) {
				return all
			}
			if l := mapping(f, p); l != nil {
				all = all.times(e.loop(f, l, n, stated))
				stated = -1
			}
		}
		for _, l := range at[p] {
			if !repeatsNode(f, l, n) {
				continue
			}
			r := e.loop(f, l, n, stated)
			if all.Times == Exactly(1) {
				r = e.toolLoop(f, l, n, r)
			}
			if !r.Times.IsExact() || r.Times.Low != 1 {
				stated = -1 // what stands at the call is about the innermost loop
			}
			all = all.times(r)
		}
	}
	return all
}

// mapping is the loop of a mapper over a function expression, which the parser's loops lack:
// frame.apply(lambda row: …), pMap(items, (item) => …); nil where fn is no mapper's.
func mapping(f *parser.File, fn parser.NodeID) *parser.Loop {
	per, ok := perElementOf(f, fn)
	if !ok {
		return nil
	}
	body := f.Field(fn, parser.FieldBody)
	call := f.Parent(f.Parent(fn))
	for _, l := range loopsAt(f)[call] {
		if l.Kind == parser.CallbackLoop && l.Body == body {
			return nil
		}
	}
	return &parser.Loop{Node: call, Kind: parser.CallbackLoop, Target: parser.NoNode, Iter: per, Body: body}
}

// repeatsNode reports whether n runs again with each round of l.
func repeatsNode(f *parser.File, l *parser.Loop, n parser.NodeID) bool {
	switch l.Kind {
	case parser.ComprehensionLoop:
		return f.Within(n, l.Node) && !f.Within(n, l.Iter)
	case parser.WhileLoop:
		return f.Within(n, l.Body) || f.Within(n, l.Iter)
	}
	return f.Within(n, l.Body)
}

// loop is how often l runs n. stated is what a comment at n says, or -1.
func (e Env) loop(f *parser.File, l *parser.Loop, n parser.NodeID, stated float64) Rounds {
	if here := StatedAt(f, loopPlace(f, l)).Iterations; here >= 0 {
		stated = here
	}
	if stated >= 0 {
		text := fmt.Sprintf("%s rounds of the loop, as stated", FormatCount(stated))
		return Rounds{Times: Exactly(stated), Most: stated, Origin: llm.Explicit, Reason: text, Assumptions: []Assumption{{text, "iterations"}}}
	}
	r := e.loopCount(f, l)
	switch {
	case llm.IsRetry(f, l, n), rereads(f, l, n):
		return retrying(f, l, n, r)
	case l.Kind == parser.ForLoop && (r.Origin == llm.Explicit || r.Times.IsExact()) && leaves(f, l):
		// The loop may end at any round: the number of the code is a limit.
		limit := r.Times.High
		if r.Origin == llm.Explicit {
			limit = r.Most
		}
		r.Times = iterations.middle(e.cost().LoopIterations).atMost(limit)
		r.Times.Low = min(1, limit)
		r.Times.High = limit
		r.Assumptions = append(r.Assumptions, Assumption{
			fmt.Sprintf("%s rounds of a loop that may end before its %s", FormatCount(r.Times.Expected), FormatCount(limit)), "cost.assumed_loop_iterations",
		})
	}
	return r
}

// loopPlace is the node whose lines a comment about l stands at.
func loopPlace(f *parser.File, l *parser.Loop) parser.NodeID {
	if l.Kind == parser.ForLoop || l.Kind == parser.WhileLoop {
		return l.Node
	}
	return statementOf(f, l.Node)
}
