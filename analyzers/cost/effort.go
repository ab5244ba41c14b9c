package cost

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/qodacode/qodacode/analyzers/estimate"
	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

var highEffort = &rule{file: efforts, Rule: diagnostics.Rule{
	ID: "COST-013", Title: "High reasoning effort in a loop", Family: "cost", Severity: diagnostics.Info, Since: "0.1.0", Languages: languages,
	Doc: `## What it does
Reports a loop that asks a model to reason with effort ` + "`high`, `xhigh` or `max`" + `, or that asks one of OpenAI's pro models, which always do. Where it is known what that costs, it is reported only if it comes to more than ` + "`cost.min_saving_per_month`" + `.

## Why is this bad?
Reasoning is billed as output, unseen: some 6,000 tokens per answer at high effort, against 1,500 at medium. In a loop that is most of the bill, and the task of one round is often one for which less does as well.

## Example
` + "```python" + `
for ticket in tickets:
    openai.responses.create(model="gpt-6.1-sol", input=ticket, reasoning={"effort": "high"}, max_output_tokens=9000)
` + "```" + `
Try less on a sample, and compare the answers:
` + "```python" + `
for ticket in tickets:
    openai.responses.create(model="gpt-6.1-sol", input=ticket, reasoning={"effort": "low"}, max_output_tokens=9000)
` + "```" + `
Effort that the task needs is silenced with ` + "`# qodacode:ignore COST-013 -- reason`" + `.
`,
}}

var highEfforts = map[string]bool{"high": true, "xhigh": true, "max": true}

// proModels match OpenAI's models that reason as much as they can: gpt-5.4-pro, o1-pro.
var proModels = regexp.MustCompile(`^(gpt-\d[\d.]*|o\d)-pro$`)

// efforts reports high effort in loops, once per place that asks for it.
func efforts(p *pass) {
	type group struct {
		what      string
		related   []diagnostics.Related
		known     bool
		cost, own float64 // USD per run: all, and of reasoning
		times     estimate.Range
	}
	var order []text.Span
	groups := map[text.Span]*group{}
	for _, c := range p.Calls {
		s := c.Site
		if !loops(c) || s.Kind != llm.Request {
			continue
		}
		what, span := "", text.Span{}
		if v, ok := s.Setting(llm.Effort); ok == llm.Present && v.Kind == parser.String && highEfforts[strings.ToLower(v.Str)] && !v.Default {
			if span = p.Span(s.Method); v.File == p.File {
				span = p.Span(v.Arg)
			}
			what = fmt.Sprintf("Reasoning effort %q", v.Str)
		} else if m := c.Model; m != nil && m.Provider == pricing.OpenAI && proModels.MatchString(m.ID) {
			what, span = m.ID, p.Span(placeOf(s))
		} else {
			continue
		}
		if len(groups) == 0 && isTest(p.File) {
			return
		}
		g := groups[span]
		if g == nil {
			g = &group{what: what}
			groups[span] = g
			order = append(order, span)
		}
		g.related = appendLoop(g.related, p.File, s.Loop)
		run, times := p.perRun(c)
		g.times = times
		if priced(c) && s.Platform == llm.Direct {
			g.known = true
			g.cost += run.Expected
			g.own += c.Model.PriceAt(p.Now).Output / 1e6 * c.Tokens.Reasoning.Expected * times.Expected
		}
	}
	for _, span := range order {
		g := groups[span]
		message := g.what + " in a loop of " + inRounds(g.times) + ": each answer is preceded by much reasoning, billed as output"
		if g.known && g.own > 0 {
			if _, ok := p.worthIt(g.own); !ok {
				continue
			}
			message = fmt.Sprintf("%s in a loop of %s: ≈ %s of ≈ %s per run is for reasoning", g.what, inRounds(g.times), estimate.FormatUSD(g.own), estimate.FormatUSD(g.cost))
		}
		p.Report(diagnostics.Finding{Rule: "COST-013", Span: span, Message: message, Related: g.related})
	}
}
