// Package estimate is the cost model: what calls, runs of entry points and months cost, from
// low to high, what that rests on, and the most that a run can cost.
//
// The worked rules stand in docs/cost-model.md.
package estimate

import "math"

// Range is a quantity that is not known exactly: tokens, rounds or USD.
type Range struct {
	Low, Expected, High float64
}

// Exactly is a quantity that is known.
func Exactly(v float64) Range { return Range{v, v, v} }

// Add is the sum of two quantities.
func (r Range) Add(s Range) Range {
	return Range{r.Low + s.Low, r.Expected + s.Expected, r.High + s.High}
}

// Times is the product of two quantities, none of them negative.
func (r Range) Times(s Range) Range {
	return Range{r.Low * s.Low, r.Expected * s.Expected, r.High * s.High}
}

// Scale is r times a number that is not negative.
func (r Range) Scale(by float64) Range { return r.Times(Exactly(by)) }

// IsExact reports whether r is known.
func (r Range) IsExact() bool { return r.Low == r.High }

// IsWide reports whether the expected value alone would say more than is known.
func (r Range) IsWide() bool { return r.High > 20*r.Low && r.High > 0 }

// isNumber reports whether r holds finite numbers in order.
func (r Range) isNumber() bool {
	return r.Low >= 0 && r.Low <= r.Expected && r.Expected <= r.High && !math.IsInf(r.High, 0)
}
