package cost

import (
	"fmt"
	"strconv"

	"github.com/qodacode/qodacode/analyzers/estimate"
	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/diagnostics"
)

// changeDays is how long before an announced price takes effect it is reported.
const changeDays = 60

var scheduledPrice = &rule{file: priceChange, Rule: diagnostics.Rule{
	ID: "COST-019", Title: "Scheduled price change", Family: "cost", Severity: diagnostics.Info, Since: "0.1.0", Languages: languages,
	Doc: `## What it does
Reports a model for which its provider has announced another price within the next 60 days, once per place that names the model. What other platforms charge is not known here.

## Why is this bad?
Prices that a model is introduced at end, and nothing in the program changes when they do: the bill of the next month is the first to tell.

## Example
` + "```python" + `
import google.genai

google.genai.Client().models.generate_content(model="gemini-4-argon", contents=question)  # costs twice as much from 2026-12-01
` + "```" + `
Decide before that day whether the model is worth its new price, or use another one:
` + "```python" + `
import google.genai

google.genai.Client().models.generate_content(model="gemini-3.5-flash", contents=question)
` + "```" + `
The finding ends on its own with the change. Until then one place is silenced with ` + "`# qodacode:ignore COST-019 -- reason`" + `.
`,
}}

// priceChange reports models whose price changes soon.
func priceChange(p *pass) {
	soon := func(m *pricing.Model) bool {
		change, ok := m.NextChange(p.Now)
		return ok && change.From.DaysFrom(p.Now) <= changeDays
	}
	for _, g := range p.named(soon) {
		change, _ := g.model.NextChange(p.Now)
		now, then := g.model.PriceAt(p.Now), change.Price
		message := fmt.Sprintf("%s %s from %s (%s): %s instead of %s", g.model.ID, changes(now, then), change.From, plural(change.From.DaysFrom(p.Now), "day"), then.Short(), now.Short())
		var before, after float64
		for _, c := range g.calls {
			if !priced(c) || !c.Site.Kind.Spends() {
				continue
			}
			run, times := p.perRun(c)
			later := *g.model
			later.Price, later.Changes = then, nil
			if then.CacheRead == 0 {
				later.CacheRead = now.CacheRead
			}
			if then.CacheWrite == 0 {
				later.CacheWrite = now.CacheWrite
			}
			before += run.Expected
			after += p.With(c, &later).Times(times).Expected
		}
		if runs := float64(p.settings().RunsPerMonth); before*runs >= 0.01 {
			message += fmt.Sprintf("; ≈ %s/month instead of ≈ %s at %s runs", estimate.FormatUSD(after*runs), estimate.FormatUSD(before*runs), estimate.Thousands(runs))
		}
		p.Report(diagnostics.Finding{Rule: "COST-019", Span: p.Span(g.at), Message: message, Related: p.usedBy(g)})
	}
}

// changes says what becomes of a price.
func changes(now, then pricing.Price) string {
	in, out := then.Input/now.Input, 0.0
	if now.Output > 0 {
		out = then.Output / now.Output
	}
	switch {
	case in == 2 && (out == 2 || now.Output == 0):
		return "costs twice as much"
	case in == out && in > 1:
		return "costs " + strconv.FormatFloat(in, 'g', 3, 64) + " times as much"
	case in >= 1 && (out >= 1 || now.Output == 0):
		return "costs more"
	case in <= 1 && out <= 1:
		return "costs less"
	}
	return "has other prices"
}
