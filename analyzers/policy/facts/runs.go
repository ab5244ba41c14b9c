package facts

import (
	"math"

	"github.com/qodacode/qodacode/analyzers/llm"
)

// readRuns lists what the entry points of the file cost.
func (b *builder) readRuns() {
	if b.cost == nil {
		return
	}
	for _, r := range b.cost.Runs {
		if !b.here(r.Place) {
			continue
		}
		at := b.rangeIn(r.Place.Span)
		run := Run{
			ID: b.id("run", at), Entry: b.clip(r.Entry, textLimit), Kind: r.Kind, CostUSD: finite(r.PerRun.Expected),
			Bounded: Yes, CostKnown: len(r.Unpriced) == 0, Range: at,
		}
		switch {
		case r.Bound.Origin == llm.NoLimit:
			run.Bounded = No
		case !r.Bound.Known:
			run.Bounded = Unknown
		default:
			run.WorstCostUSD = finite(r.Bound.USD)
		}
		b.doc.Runs = append(b.doc.Runs, run)
	}
}

// finite is v as JSON can hold it.
func finite(v float64) float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return 0
	}
	return v
}
