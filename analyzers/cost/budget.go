package cost

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/qodacode/qodacode/analyzers/estimate"
	"github.com/qodacode/qodacode/diagnostics"
)

var budgetExceeded = &rule{project: budgets, Rule: diagnostics.Rule{
	ID: "COST-020", Title: "Budget exceeded", Family: "cost", Severity: diagnostics.Warning, Since: "0.1.0", Languages: languages,
	Doc: `## What it does
Reports an entry point (a handler, a script, a command, a function that nothing else in the project calls) whose runs are expected to cost more than ` + "`cost.budget_per_run`" + ` or, at its number of runs, ` + "`cost.budget_per_month`" + `, in USD. There is no budget unless qodacode.toml sets one.

What a run costs is added up through all that it calls, in loops and in agents' graphs. A model without a price can't be added, so that the true figure may be higher still.

## Why is this bad?
Somebody has said what a run may cost. A loop around a call, a longer prompt or a dearer model change that at once, and the bill tells weeks later.

## Example
` + "```python" + `
# qodacode.toml: [cost] budget_per_run = 0.05
def main():
    for i in range(20):
        client.messages.create(model="claude-opus-5-5", max_tokens=1000, messages=[{"role": "user", "content": "Write page %d" % i}])
` + "```" + `
Use a model that costs less, ask less often, or raise the budget:
` + "```python" + `
# qodacode.toml: [cost] budget_per_run = 0.05
def main():
    for i in range(20):
        client.messages.create(model="claude-haiku-5-5", max_tokens=1000, messages=[{"role": "user", "content": "Write page %d" % i}])
` + "```" + `
` + "`qodacode cost`" + ` shows what each figure rests on. Comments such as ` + "`# qodacode: iterations=40 runs=5000`" + ` say what the code does not.
`,
}}

// maxShares is how many of a run's calls are named as what it pays for.
const maxShares = 3

// budgets reports runs that cost more than they may.
func budgets(p *projectPass) {
	for _, r := range p.Runs {
		cfg := p.Config(r.Place.Path)
		if cfg == nil || testPath.MatchString(r.Place.Path) {
			continue
		}
		budget, _ := cfg.CostOf(r.Place.Path)
		atLeast := ""
		if len(r.Unpriced) > 0 {
			atLeast = "at least "
		}
		message := ""
		switch run, month := r.PerRun.Expected, r.PerMonth.Expected; {
		case budget.BudgetPerRun > 0 && run > budget.BudgetPerRun:
			message = fmt.Sprintf("A run of %s costs %s≈ %s, and budget_per_run is %s", r.Entry, atLeast, estimate.FormatUSD(run), estimate.FormatUSD(budget.BudgetPerRun))
		case budget.BudgetPerMonth > 0 && month > budget.BudgetPerMonth:
			message = fmt.Sprintf("%s costs %s≈ %s a month at %s, and budget_per_month is %s", r.Entry, atLeast, estimate.FormatUSD(month), plural(r.RunsPerMonth, "run"), estimate.FormatUSD(budget.BudgetPerMonth))
		default:
			continue
		}
		if o := r.Optimized; o != nil && o.PerRun.Expected < r.PerRun.Expected {
			message += fmt.Sprintf("; with cheaper models it would cost ≈ %s per run", estimate.FormatUSD(o.PerRun.Expected))
		}
		d := diagnostics.Finding{Rule: "COST-020", Span: r.Place.Span, Message: message}
		parts := slices.Clone(r.Parts)
		slices.SortStableFunc(parts, func(a, b estimate.Part) int { return cmp.Compare(b.Cost.Expected, a.Cost.Expected) })
		for i, part := range parts {
			if i == maxShares || part.Cost.Expected < r.PerRun.Expected/20 {
				break
			}
			s := part.Call.Site
			related := diagnostics.Related{Span: s.File.Locate(s.File.Span(s.Method)), Message: fmt.Sprintf("%s here: ≈ %s per run", part.Call.Model.ID, estimate.FormatUSD(part.Cost.Expected))}
			if s.File.Path != r.Place.Path {
				related.Path = s.File.Path
			}
			d.Related = append(d.Related, related)
		}
		p.Report(r.Place.Path, d)
	}
}
