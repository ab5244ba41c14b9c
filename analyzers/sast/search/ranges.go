package search

import (
	"cmp"
	"slices"
	"sort"

	"github.com/qodacode/qodacode/analyzers/sast/pattern"
	"github.com/qodacode/qodacode/parser/text"
)

// kind is what a range came from. It decides what it means to intersect and to subtract it.
type kind uint8

const (
	plain  kind = iota // a pattern
	inside             // a pattern-inside: a place to look in, never the result where there is another
	byText             // a regular expression
)

// ranged is a match in the algebra.
type ranged struct {
	Match
	kind kind
}

// ranges are matches in order of their start, those that end last first, each once: the order
// in which a tree is walked. They are never changed once made.
type ranges []ranged

func compare(a, b *ranged) int {
	if c := cmp.Compare(a.Span.Start, b.Span.Start); c != 0 {
		return c
	}
	if c := cmp.Compare(b.Span.End, a.Span.End); c != 0 {
		return c
	}
	if c := cmp.Compare(a.kind, b.kind); c != 0 {
		return c
	}
	return slices.CompareFunc(a.Vars, b.Vars, func(x, y pattern.Bound) int {
		if c := cmp.Compare(x.Name, y.Name); c != 0 {
			return c
		}
		if c := cmp.Compare(x.Span.Start, y.Span.Start); c != 0 {
			return c
		}
		return cmp.Compare(x.Span.End, y.Span.End)
	})
}

// settle orders rs and drops repetitions. It changes rs, which must be the caller's own.
func (s *Search) settle(rs ranges) ranges {
	if len(rs) > maxMatches {
		s.exceed()
		rs = rs[:maxMatches]
	}
	sorted := true
	for i := 1; i < len(rs); i++ {
		if compare(&rs[i-1], &rs[i]) >= 0 {
			sorted = false
			break
		}
	}
	if sorted {
		return rs
	}
	slices.SortStableFunc(rs, func(a, b ranged) int { return compare(&a, &b) })
	return slices.CompactFunc(rs, func(a, b ranged) bool { return compare(&a, &b) == 0 })
}

// as is rs with another kind.
func (rs ranges) as(k kind) ranges {
	if len(rs) == 0 || !slices.ContainsFunc(rs, func(r ranged) bool { return r.kind != k }) {
		return rs
	}
	out := make(ranges, len(rs))
	for i := range rs {
		out[i] = ranged{rs[i].Match, k}
	}
	return out
}

// within are those of rs that lie in a window; all without one.
func (rs ranges) within(window *ranged) ranges {
	if window == nil {
		return rs
	}
	var out ranges
	for i := sort.Search(len(rs), func(i int) bool { return rs[i].Span.Start >= window.Span.Start }); i < len(rs) && rs[i].Span.Start <= window.Span.End; i++ {
		if rs[i].Span.End <= window.Span.End {
			out = append(out, rs[i])
		}
	}
	return out
}

func covers(outer, inner text.Span) bool {
	return outer.Start <= inner.Start && inner.End <= outer.End
}

// index finds the ranges of a list that contain a span or lie in it.
type index struct {
	rs  ranges
	end []int // the greatest end up to each
}

func indexed(rs ranges) index {
	ix := index{rs: rs, end: make([]int, len(rs))}
	greatest := 0
	for i := range rs {
		greatest = max(greatest, rs[i].Span.End)
		ix.end[i] = greatest
	}
	return ix
}

// around calls f with each range that contains span, until it returns false.
func (ix *index) around(span text.Span, f func(*ranged) bool) {
	i := sort.Search(len(ix.rs), func(i int) bool { return ix.rs[i].Span.Start > span.Start })
	for i--; i >= 0 && ix.end[i] >= span.End; i-- {
		if ix.rs[i].Span.End >= span.End && !f(&ix.rs[i]) {
			return
		}
	}
}

// below calls f with each range that lies in span, without those that equal it, until it returns false.
func (ix *index) below(span text.Span, f func(*ranged) bool) {
	i := sort.Search(len(ix.rs), func(i int) bool { return ix.rs[i].Span.Start >= span.Start })
	for ; i < len(ix.rs) && ix.rs[i].Span.Start <= span.End; i++ {
		if ix.rs[i].Span.End <= span.End && ix.rs[i].Span != span && !f(&ix.rs[i]) {
			return
		}
	}
}

// included is x with what y binds too, where x lies in y; false where their metavariables
// are bound to different things, or x is only a place to look in and y is not.
func (s *Search) included(x, y *ranged) (ranged, bool) {
	if x.kind == inside && y.kind != inside {
		return ranged{}, false
	}
	vars, ok := s.unify(x.Vars, y.Vars)
	if !ok {
		return ranged{}, false
	}
	out := *x
	out.Vars = vars
	return out, true
}

func (s *Search) unify(a, b []pattern.Bound) ([]pattern.Bound, bool) {
	switch {
	case len(b) == 0:
		return a, true
	case len(a) == 0:
		return b, true
	}
	return pattern.Unify(s.Tree, a, b)
}

// intersect is the ranges of xs that lie in one of ys, and those of ys that lie in one of xs.
func (s *Search) intersect(xs, ys ranges) ranges {
	if len(xs) == 0 || len(ys) == 0 {
		return nil
	}
	var out ranges
	ix := indexed(ys)
	for i := range xs {
		x := &xs[i]
		ix.around(x.Span, func(y *ranged) bool {
			m, ok := s.included(x, y)
			if !ok && y.Span == x.Span {
				m, ok = s.included(y, x)
			}
			if ok {
				out = append(out, m)
			}
			return s.spend(1) && len(out) < maxMatches
		})
		ix.below(x.Span, func(y *ranged) bool {
			if m, ok := s.included(y, x); ok {
				out = append(out, m)
			}
			return s.spend(1) && len(out) < maxMatches
		})
		if s.steps <= 0 {
			break
		}
	}
	return s.settle(out)
}

// without is xs less those that one of the negative ranges speaks of: the same range for a
// pattern, one around it for a pattern-inside, one around it or in it for an expression.
func (s *Search) without(xs, negative ranges) ranges {
	if len(xs) == 0 || len(negative) == 0 {
		return xs
	}
	ix := indexed(negative)
	var out ranges
	for i := range xs {
		x := &xs[i]
		hit := false
		test := func(y *ranged) bool {
			if _, ok := s.unify(x.Vars, y.Vars); ok && (y.kind != plain || y.Span == x.Span) {
				hit = true
			}
			return !hit && s.spend(1)
		}
		ix.around(x.Span, test)
		if !hit {
			ix.below(x.Span, func(y *ranged) bool { return y.kind != byText || test(y) })
		}
		if !hit {
			out = append(out, *x)
		}
	}
	return out
}
