package estimate

import (
	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/analyzers/pricing"
)

// Optimized is a run with the models that its swaps name.
type Optimized struct {
	PerRun         Range   // USD
	SavingPerMonth float64 // USD, expected
	Swaps          []Swap
}

// Swap is another model for one site of a run.
type Swap struct {
	Call           *Call
	From, To       *pricing.Model
	SavingPerMonth float64 // USD, expected
}

// optimize tries the cheaper models that the price table names, as far down as the
// configuration allows, and keeps what saves as much as it asks for; nil where nothing does.
func (c *composer) optimize(r *Run, env Env) *Optimized {
	cost := env.cost()
	o := &Optimized{}
	for i := range r.Parts {
		p := &r.Parts[i]
		best, swap := p.Cost, Swap{}
		if s := p.Call.Site; s.Kind != llm.Embedding && s.Platform == llm.Direct && p.Call.Model != nil {
			m := p.Call.Model
			for range cost.MaxSuggestionTiers {
				next, ok := env.Model(m.Cheaper)
				if m.Cheaper == "" || !ok || next == p.Call.Model {
					break
				}
				m = next
				with := env.With(p.Call, m).Times(p.Times)
				if with.Expected < best.Expected && with.isNumber() {
					best, swap = with, Swap{Call: p.Call, From: p.Call.Model, To: m}
				}
			}
		}
		if swap.To != nil {
			swap.SavingPerMonth = (p.Cost.Expected - best.Expected) * float64(r.RunsPerMonth)
			if swap.SavingPerMonth < cost.MinSavingPerMonth {
				best = p.Cost
			} else {
				o.Swaps = append(o.Swaps, swap)
				o.SavingPerMonth += swap.SavingPerMonth
			}
		}
		o.PerRun = o.PerRun.Add(best)
	}
	if len(o.Swaps) == 0 {
		return nil
	}
	return o
}
