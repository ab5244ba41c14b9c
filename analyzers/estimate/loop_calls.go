package estimate

import (
	"math"

	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/parser"
)

// countCall is how many elements the result of a call has.
func (e Env) countCall(f *parser.File, c *parser.Call, depth int) Rounds {
	object := f.Field(f.Unwrap(c.Callee), parser.FieldObject)
	arg := func(i int) parser.NodeID {
		if i < len(c.Args) && c.Args[i].Spread == 0 && c.Args[i].Name == "" {
			return c.Args[i].Value
		}
		return parser.NoNode
	}
	first := arg(0)
	switch c.Name {
	case "range", "arange", "trange":
		return e.countRange(f, c, depth)
	case "zip", "zip_longest":
		return e.shortest(f, c, depth)
	case "batched", "chunked", "chunk":
		if size, fixed, ok := number(f, arg(1)); ok && fixed && size >= 1 {
			return perBatch(e.countOf(f, first, depth+1), size)
		}
		return e.uncounted(unknownItems)
	case "Array": // new Array(5), Array(5)
		if n, fixed, ok := number(f, first); ok && fixed && n >= 0 && len(c.Args) == 1 {
			return counted(n)
		}
	case "slice":
		if object != parser.NoNode {
			if limit, ok := between(f, arg(0), arg(1)); ok {
				return limited(e.countOf(f, object, depth+1), limit)
			}
			return e.uncounted(unknownItems)
		}
	case "keys", "values", "entries", "from":
		if f.Slice(object) == "Object" || f.Slice(object) == "Array" {
			if v := f.Eval(first); v.Kind == parser.Dict && f.Kind(f.Unwrap(first)) == parser.KindDict && c.Name == "from" {
				if length := v.Get("length"); length.Kind == parser.Number && !length.Default && length.Num >= 0 {
					return counted(length.Num)
				}
				return e.uncounted(unknownItems)
			}
			return e.countOf(f, first, depth+1)
		}
	}
	if at, ok := firstFew[c.Name]; ok {
		limit, fixed, known := number(f, arg(at))
		if v, named := f.Argument(c, "k", -1); named && !known {
			limit, fixed, known = number(f, v.Value)
		}
		if known && fixed && limit >= 0 {
			over := object
			if at > 0 {
				over = first
			}
			return limited(e.countOf(f, over, depth+1), limit)
		}
	}
	if wrapping[c.Name] && first != parser.NoNode {
		return e.countOf(f, first, depth+1)
	}
	if ownElements[c.Name] && object != parser.NoNode {
		return e.countOf(f, object, depth+1)
	}
	if c.Name == "filter" { // some of them
		over := object
		if len(c.Args) > 1 {
			over = arg(1)
		}
		if r := e.countOf(f, over, depth+1); r.Origin == llm.Explicit {
			return e.upTo(r.Most)
		}
	}
	return e.uncounted(unknownItems)
}

// countRange is range(stop), range(start, stop) and range(start, stop, step).
func (e Env) countRange(f *parser.File, c *parser.Call, depth int) Rounds {
	var bound [3]float64
	fixed := true
	n := 0
	for i := range c.Args {
		if i == len(bound) || c.Args[i].Spread > 0 || c.Args[i].Name != "" {
			break
		}
		r, known := e.bound(f, c.Args[i].Value, depth)
		if !known {
			return e.uncounted(unknownItems)
		}
		if len(c.Args) == 1 {
			if r.Times.Low < 0 {
				return counted(0)
			}
			return r
		}
		bound[i], fixed = r.Times.Expected, fixed && r.Origin == llm.Explicit
		n++
	}
	start, stop, step := bound[0], bound[1], 1.0
	if n == 3 {
		step = bound[2]
	}
	if n < 2 || step == 0 {
		return e.uncounted(unknownItems)
	}
	r := counted(max(0, math.Ceil((stop-start)/step)))
	if !fixed {
		r.Origin, r.Most, r.Reason = llm.NoLimit, 0, "the number of rounds may be set from elsewhere"
	}
	return r
}

// bound is what a bound of a range may be: a number, which may be negative, a length, the
// smaller one of several.
func (e Env) bound(f *parser.File, n parser.NodeID, depth int) (Rounds, bool) {
	n = f.Unwrap(n)
	if v, fixed, ok := number(f, n); ok {
		r := counted(v)
		if !fixed {
			r.Origin, r.Most, r.Reason = llm.NoLimit, 0, "the number of rounds may be set from elsewhere"
			r.Assumptions = []Assumption{{FormatCount(v) + " rounds of a loop, its default", "iterations"}}
		}
		return r, true
	}
	if depth > maxNesting {
		return once, false
	}
	switch f.Kind(n) {
	case parser.KindCall:
		c := f.CallAt(n)
		if c == nil || len(c.Args) == 0 {
			return once, false
		}
		switch c.Name {
		case "len":
			return e.countOf(f, c.Args[0].Value, depth+1), true
		case "min":
			return e.least(f, c, depth)
		}
	case parser.KindAttribute:
		if name := f.Slice(f.AttributeName(n)); name == "length" || name == "size" {
			return e.countOf(f, f.Field(n, parser.FieldObject), depth+1), true
		}
	case parser.KindIdentifier:
		if defs := f.DefsOf(n); len(defs) == 1 && defs[0].Kind == parser.AssignDef {
			return e.bound(f, defs[0].Value, depth+1)
		}
	}
	return once, false
}

// least is min(a, b): the smallest of those that are known limits.
func (e Env) least(f *parser.File, c *parser.Call, depth int) (Rounds, bool) {
	limit, exact := math.Inf(1), true
	for i := range c.Args {
		r, ok := e.bound(f, c.Args[i].Value, depth+forking)
		if !ok || r.Origin != llm.Explicit {
			exact = false
			continue
		}
		limit = min(limit, max(r.Most, 0))
	}
	switch {
	case math.IsInf(limit, 1):
		return once, false
	case exact:
		return counted(limit), true
	}
	return e.upTo(limit), true
}

// shortest is zip(a, b).
func (e Env) shortest(f *parser.File, c *parser.Call, depth int) Rounds {
	least := e.uncounted(unknownItems)
	for i := range c.Args {
		if c.Args[i].Spread > 0 || c.Args[i].Name != "" {
			continue
		}
		r := e.countOf(f, c.Args[i].Value, depth+forking)
		if r.Origin == llm.Explicit && (least.Origin != llm.Explicit || r.Most < least.Most) {
			least = r
		}
	}
	return least
}

// perBatch is how many batches of a size r elements make.
func perBatch(r Rounds, size float64) Rounds {
	r.Times = Range{math.Ceil(r.Times.Low / size), math.Ceil(r.Times.Expected / size), math.Ceil(r.Times.High / size)}
	r.Most = math.Ceil(r.Most / size)
	return r
}

// countComprehension is the number of elements of [x for x in xs].
func (e Env) countComprehension(f *parser.File, n parser.NodeID, depth int) Rounds {
	all, filtered := once, false
	for _, l := range loopsAt(f)[n] {
		all = e.countOf(f, l.Iter, depth+forking/2).times(all)
	}
	for c := range f.Children(n) {
		filtered = filtered || f.KindName(c) == "if_clause"
	}
	if filtered && all.Origin == llm.Explicit {
		return e.upTo(all.Most)
	}
	return all
}
