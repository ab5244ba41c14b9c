package estimate

import (
	"fmt"
	"math"

	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/parser"
)

// maxNesting bounds how far what a loop goes over is followed. What consists of several
// counts for forking levels, so that no program makes this fork at every turn.
const (
	maxNesting = 12
	forking    = 7
)

// loopCount is the number of rounds of l, as far as its head tells.
func (e Env) loopCount(f *parser.File, l *parser.Loop) Rounds {
	if f.Kind(l.Node) == parser.KindForClassic {
		return e.classic(f, l)
	}
	if l.Kind == parser.WhileLoop {
		return e.while(f, l)
	}
	return e.countOf(f, l.Iter, 0)
}

// counted is a number of rounds that the code tells.
func counted(n float64) Rounds {
	return Rounds{Times: Exactly(n), Most: n, Origin: llm.Explicit, Reason: FormatCount(n) + " rounds of a loop"}
}

// uncounted is a number of rounds that the code does not tell.
func (e Env) uncounted(reason string) Rounds {
	times := iterations.middle(e.cost().LoopIterations)
	return Rounds{
		Times: times, Origin: llm.NoLimit, Reason: reason,
		Assumptions: []Assumption{{FormatCount(times.Expected) + " rounds of a loop", "cost.assumed_loop_iterations"}},
	}
}

const unknownItems = "the number of items is not known"

// upTo is a number of rounds of which only the limit is known.
func (e Env) upTo(limit float64) Rounds {
	r := e.uncounted("")
	r.Times = r.Times.atMost(limit)
	r.Times.High = limit
	r.Most, r.Origin, r.Reason = limit, llm.Explicit, "at most "+FormatCount(limit)+" rounds of a loop"
	return r
}

// wrapping are functions that give as many elements as their first argument has.
var wrapping = map[string]bool{
	"enumerate": true, "reversed": true, "sorted": true, "list": true, "tuple": true, "tqdm": true, "trange": true, "iter": true, "shuffle": true,
	"from": true, "as_completed": true, "track": true, "deepcopy": true, "copy": true, "freeze": true,
}

// ownElements are methods that give as many elements as their receiver has.
var ownElements = map[string]bool{
	"items": true, "keys": true, "values": true, "entries": true, "map": true, "toReversed": true, "toSorted": true, "reverse": true, "sort": true,
	"iterrows": true, "itertuples": true, "copy": true, "concat": true, "fill": true,
}

// firstFew are methods that give at most as many elements as their argument says, and its position.
var firstFew = map[string]int{"head": 0, "limit": 0, "take": 0, "first": 0, "sample": 1, "islice": 1, "nlargest": 0, "nsmallest": 0, "choices": 1}

// countOf is how many elements the expression n has.
func (e Env) countOf(f *parser.File, n parser.NodeID, depth int) Rounds {
	n = f.Unwrap(n)
	if n == parser.NoNode || depth > maxNesting {
		return e.uncounted(unknownItems)
	}
	switch f.Kind(n) {
	case parser.KindCall, parser.KindNew:
		if c := f.CallAt(n); c != nil {
			return e.countCall(f, c, depth)
		}
	case parser.KindSubscript:
		if limit, ok := sliceLimit(f, n); ok {
			return limited(e.countOf(f, f.FirstChild(n), depth+1), limit)
		}
	case parser.KindComprehension:
		return e.countComprehension(f, n, depth)
	case parser.KindIdentifier:
		defs := f.DefsOf(n)
		if len(defs) != 1 || defs[0].Kind != parser.AssignDef || grows(f, f.Slice(n)) {
			return e.uncounted(unknownItems)
		}
		return e.countOf(f, defs[0].Value, depth+1)
	case parser.KindList, parser.KindTuple:
		return e.countList(f, n, depth)
	}
	v := f.Eval(n)
	switch {
	case v.Default || v.Node >= 0 && f.Kind(n) == parser.KindAttribute && grows(f, f.Slice(f.AttributeName(n))):
	case v.Kind == parser.List:
		return counted(float64(len(v.Elems)))
	case v.Kind == parser.Dict:
		for _, entry := range v.Entries {
			if entry.Key.Kind == parser.Unknown {
				return e.uncounted(unknownItems)
			}
		}
		return counted(float64(len(v.Entries)))
	}
	return e.uncounted(unknownItems)
}

// countList is the length of a list that is written out, with the lists that are spread in it.
func (e Env) countList(f *parser.File, n parser.NodeID, depth int) Rounds {
	own := 0.0
	total := Rounds{Origin: llm.Explicit}
	for c := range f.Children(n) {
		if f.Kind(c) != parser.KindSpread {
			own++
			continue
		}
		r := e.countOf(f, f.FirstChild(c), depth+forking)
		total = plus(total, r)
	}
	return plus(total, counted(own))
}

// plus is one number of rounds and then another.
func plus(a, b Rounds) Rounds {
	out := Rounds{Times: a.Times.Add(b.Times), Most: a.Most + b.Most, Origin: weakest(a.Origin, b.Origin), Assumptions: append(a.Assumptions[:len(a.Assumptions):len(a.Assumptions)], b.Assumptions...)}
	if out.Origin == llm.NoLimit {
		out.Most, out.Reason = 0, a.Reason
		if a.Origin != llm.NoLimit {
			out.Reason = b.Reason
		}
		return out
	}
	out.Reason = fmt.Sprintf("%s rounds of a loop", FormatCount(out.Most))
	return out
}

// limited is r, cut off at a limit that the code sets. Where r is not known, the limit is
// taken for the number: who cuts a list off expects it to be longer.
func limited(r Rounds, limit float64) Rounds {
	if r.Origin != llm.NoLimit {
		return counted(min(r.Most, limit))
	}
	return counted(limit)
}

// number is a constant and whether somebody else may set it to another one.
func number(f *parser.File, n parser.NodeID) (value float64, fixed, ok bool) {
	v := f.Eval(n)
	return v.Num, !v.Default, v.Kind == parser.Number && !math.IsNaN(v.Num) && math.Abs(v.Num) < 1e15
}

// sliceLimit is the most elements of x[:5], x[2:5] and x[-5:].
func sliceLimit(f *parser.File, n parser.NodeID) (float64, bool) {
	slice := parser.NoNode
	for c := range f.Children(n) {
		if f.KindName(c) == "slice" {
			slice = c
		}
	}
	if slice == parser.NoNode {
		return 0, false
	}
	from, to := slicePart(f, slice)
	return between(f, from, to)
}

// slicePart are the bounds of a Python slice; NoNode where one is left out.
func slicePart(f *parser.File, slice parser.NodeID) (from, to parser.NodeID) {
	parts := [3]parser.NodeID{parser.NoNode, parser.NoNode, parser.NoNode}
	i := 0
	for c := range f.All(slice) {
		switch {
		case f.KindName(c) == ":":
			i++
		case i < len(parts) && f.IsNamed(c):
			parts[i] = c
		}
	}
	return parts[0], parts[1]
}

// between is the distance of two constant bounds.
func between(f *parser.File, from, to parser.NodeID) (float64, bool) {
	a, b := 0.0, 0.0
	ok, fixed := false, true
	if from != parser.NoNode {
		if a, fixed, ok = number(f, from); !ok || !fixed {
			return 0, false
		}
	}
	if to == parser.NoNode {
		return -a, a < 0 // the last few
	}
	if b, fixed, ok = number(f, to); !ok || !fixed || (a < 0) != (b < 0) {
		return 0, false
	}
	return max(0, b-a), true
}

// mutators are methods that change how many elements a list or dictionary has.
var mutators = map[string]bool{
	"append": true, "extend": true, "insert": true, "add": true, "update": true, "push": true, "unshift": true, "splice": true, "set": true,
	"pop": true, "remove": true, "clear": true, "shift": true, "setdefault": true, "appendleft": true, "put": true, "put_nowait": true,
}

type growsKey struct{}

// grows reports whether f changes what is called name in place.
func grows(f *parser.File, name string) bool {
	return parser.Memo(f, growsKey{}, func() map[string]bool {
		changed := map[string]bool{}
		for i := range f.Calls {
			if mutators[f.Calls[i].Name] {
				object := f.Unwrap(f.Field(f.Unwrap(f.Calls[i].Callee), parser.FieldObject))
				if f.Kind(object) == parser.KindAttribute {
					object = f.AttributeName(object)
				}
				if f.Kind(object) == parser.KindIdentifier {
					changed[f.Slice(object)] = true
				}
			}
		}
		return changed
	})[name]
}
