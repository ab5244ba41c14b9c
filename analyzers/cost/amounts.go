package cost

import (
	"fmt"
	"math"

	"github.com/qodacode/qodacode/analyzers/estimate"
	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/config"
)

// settings is the section [cost] as it holds for the file.
func (p *pass) settings() config.Cost {
	settings, _ := p.Config.CostOf(p.File.Path)
	return settings
}

// priced reports whether it is known what a call costs: the model has a price, and the
// request goes to the provider that the price is of.
func priced(c *estimate.Call) bool {
	return c.Model != nil && c.Reason == "" && c.Cost.Expected > 0 && !math.IsInf(c.Cost.High, 0)
}

// perRun is what a call costs in one run of the code around it, in USD, and how often it is
// executed there.
func (p *pass) perRun(c *estimate.Call) (cost, times estimate.Range) {
	times = p.RepeatsOf(c).Times
	return c.Cost.Times(times), times
}

// worthIt reports whether USD saved per run are worth a suggestion, and how much they are in
// a month.
func (p *pass) worthIt(perRun float64) (perMonth float64, ok bool) {
	settings := p.settings()
	perMonth = perRun * float64(settings.RunsPerMonth)
	return perMonth, perMonth > 0 && perMonth >= settings.MinSavingPerMonth
}

// saves ends a message: "saves ≈ $320/month at 1,000 runs".
func (p *pass) saves(perMonth float64) string {
	return fmt.Sprintf("saves ≈ %s/month at %s runs", estimate.FormatUSD(perMonth), estimate.Thousands(float64(p.settings().RunsPerMonth)))
}

// inRounds is a number of executions in words: "20 rounds", or "~10 rounds" where it is assumed.
func inRounds(times estimate.Range) string {
	n := estimate.Thousands(times.Expected)
	switch {
	case !times.IsExact():
		return "~" + n + " rounds"
	case n == "1":
		return "1 round"
	}
	return n + " rounds"
}

// cheaper is the model that a suggestion names instead of a call's own, at most as many steps
// down in price as the configuration allows, and what the call would cost with it; nil where
// there is none that costs less.
func (p *pass) cheaper(c *estimate.Call) (*pricing.Model, estimate.Range) {
	var best *pricing.Model
	cost := c.Cost
	for m, steps := c.Model, p.settings().MaxSuggestionTiers; steps > 0 && m.Cheaper != ""; steps-- {
		next, ok := p.Prices.Lookup(m.Cheaper)
		if !ok || next.Embedding() {
			break
		}
		if m = next; m.Status != "active" {
			continue
		}
		if with := p.With(c, m); with.Expected < cost.Expected {
			best, cost = m, with
		}
	}
	return best, cost
}
