package guards

import (
	"github.com/qodacode/qodacode/parser"
)

// rounds is how many loops are around a place, and whether they all end after a number of rounds that is known.
type rounds struct {
	depth   int
	bounded Answer
}

// in is r in one more loop.
func (r rounds) in(bounded Answer) rounds { return rounds{r.depth + 1, worse(r.bounded, bounded)} }

func worse(a, b Answer) Answer {
	switch {
	case a == No || b == No:
		return No
	case a == Unknown || b == Unknown:
		return Unknown
	}
	return Yes
}

// maxNested is how many functions are left, one in the other.
const maxNested = 4

// loopsAround is the loops around n in its function. A function in a function is part of it: it runs as often
// as it is called there.
func (a *analysis) loopsAround(n parser.NodeID) (int, Answer) {
	r := a.rounds(n, maxNested)
	return r.depth, r.bounded
}

func (a *analysis) rounds(n parser.NodeID, nested int) rounds {
	r := rounds{0, Yes}
	for p := range a.Ancestors(n) {
		for _, l := range a.loopsAt(p) {
			if a.repeats(l, n) {
				r = r.in(a.bounded(l))
			}
		}
		switch a.Kind(p) {
		case parser.KindFunction, parser.KindMethod, parser.KindLambda:
			fn := a.FuncAt(p)
			if fn == nil || !a.Within(n, fn.Body) {
				continue
			}
			if fn.Name == "" {
				if iterable, ok := a.mapped(p); ok {
					r = r.in(a.finite(iterable, 4))
				}
				continue
			}
			if nested == 0 || a.Kind(p) == parser.KindMethod || a.functionAround(p) == parser.NoNode {
				return r
			}
			outer := a.roundsOfCalls(fn, nested-1)
			return rounds{r.depth + outer.depth, worse(r.bounded, outer.bounded)}
		}
	}
	return r
}

// roundsOfCalls is the most loops around a call of a function, or around where it is given to map.
func (a *analysis) roundsOfCalls(fn *parser.Func, nested int) rounds {
	most := rounds{0, Yes}
	u := a.usesOf(fn)
	if u == nil || len(u.calls) > maxCallers {
		return most
	}
	for _, c := range u.calls {
		if a.Within(c, fn.Node) { // a call of itself
			continue
		}
		if r := a.rounds(c, nested); r.depth > most.depth {
			most = r
		}
	}
	for _, m := range u.mapped {
		r := a.rounds(m, nested)
		if iterable, ok := a.mapped(m); ok {
			r = r.in(a.finite(iterable, 4))
		}
		if r.depth > most.depth {
			most = r
		}
	}
	return most
}

// loopsAt are the loops whose construct is n.
func (a *analysis) loopsAt(n parser.NodeID) []*parser.Loop {
	if a.loops == nil {
		a.loops = make(map[parser.NodeID][]*parser.Loop, len(a.Loops))
		for i := range a.Loops {
			l := &a.Loops[i]
			a.loops[l.Node] = append(a.loops[l.Node], l)
		}
	}
	return a.loops[n]
}

// mappers run the function that they are given once per element; in Python it comes before the elements.
var mappers = set(`map amap filter starmap imap imap_unordered map_async forEach flatMap reduce some every find findIndex`)

// mapped is what a function that is written or named at n is given the elements of: map(fn, xs), xs.map(fn).
// Callbacks that are written in place in JavaScript are loops of the file already.
func (a *analysis) mapped(n parser.NodeID) (parser.NodeID, bool) {
	c, position := a.passedTo(n)
	if c == nil || position != 0 || !mappers[c.Name] {
		return parser.NoNode, false
	}
	if a.Language.IsScript() {
		callee := a.Unwrap(c.Callee)
		return a.Field(callee, parser.FieldObject), a.Kind(callee) == parser.KindAttribute && a.Kind(n) != parser.KindLambda
	}
	if len(c.Args) < 2 {
		return parser.NoNode, false
	}
	return c.Args[1].Value, true
}

// repeats reports whether n, which stands in loop l, is done in each of its rounds.
func (a *analysis) repeats(l *parser.Loop, n parser.NodeID) bool {
	if l.Body != parser.NoNode && a.Within(n, l.Body) {
		return true
	}
	switch l.Kind {
	case parser.WhileLoop:
		return a.Within(n, l.Iter)
	case parser.ForLoop:
		return a.Kind(l.Node) == parser.KindForClassic && !a.Within(n, l.Target)
	case parser.ComprehensionLoop: // conditions and the later clauses
		return n > l.Iter && !a.Within(n, l.Iter)
	}
	return false
}
