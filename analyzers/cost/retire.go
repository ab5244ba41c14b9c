package cost

import (
	"fmt"
	"strings"
	"time"

	"github.com/qodacode/qodacode/analyzers/estimate"
	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
)

const (
	// noticeDays is how long before a model's last day it is reported, urgentDays how long
	// before that it becomes an error. Providers announce 60 to 180 days ahead.
	noticeDays = 90
	urgentDays = 30
)

var retiring = &rule{file: retirement, Rule: diagnostics.Rule{
	ID: "COST-008", Title: "Model retires soon", Family: "cost", Severity: diagnostics.Warning, Since: "0.1.0", Languages: languages,
	Doc: `## What it does
Reports a call of a language model whose provider switches the model off within 90 days; within 30 days it is an error.

## Why is this bad?
From its last day on, every request that names the model fails. A change of model needs time to compare answers, prompts and prices.

The dates are the provider's own for its direct API. Azure, Amazon Bedrock and Google Vertex AI keep their own dates, and a gateway may map ids: on those, and behind a base URL of your own, the finding is only a note.

## Example
` + "```python" + `
client.messages.create(model="claude-sonnet-4-5", max_tokens=1024, messages=messages)
` + "```" + `
Use the model that the provider names as its replacement:
` + "```python" + `
client.messages.create(model="claude-sonnet-5-5", max_tokens=1024, messages=messages)
` + "```" + `
The code action "Replace …" writes the new id, and with it the arguments that the new model takes under another name or refuses. It is disabled, with the reason, where the change needs more than that.
`,
}}

var retired = &rule{Rule: diagnostics.Rule{
	ID: "COST-009", Title: "Retired model", Family: "cost", Severity: diagnostics.Error, Since: "0.1.0", Languages: languages,
	Doc: `## What it does
Reports a call of a language model that its provider has switched off.

## Why is this bad?
The request fails, at each run, with an error such as ` + "`model_not_found`" + ` or ` + "`404`" + `. Fallbacks and retries around it hide that and cost time.

The dates are the provider's own for its direct API. Azure, Amazon Bedrock and Google Vertex AI keep their own dates, and a gateway may map ids: on those, and behind a base URL of your own, the finding is only a note.

## Example
` + "```typescript" + `
await client.chat.completions.create({ model: 'gpt-4-turbo', messages });
` + "```" + `
Use the model that the provider names as its replacement:
` + "```typescript" + `
await client.chat.completions.create({ model: 'gpt-5.6-sol', reasoning_effort: 'none', messages });
` + "```" + `
`,
}} // retirement reports it

// retirement reports models that are gone or will be soon, once per place that names one.
func retirement(pass *pass) {
	f, table := pass.File, pass.Prices
	var order []parser.NodeID
	fixes := map[parser.NodeID]*SwapFix{}
	for _, c := range pass.Calls {
		s := c.Site
		model, ok := table.Lookup(s.Model.ID)
		if !ok {
			continue
		}
		days, dated := model.DaysLeft(pass.Now)
		if !dated || days > noticeDays {
			continue
		}
		at := placeOf(s)
		if fixes[at] == nil {
			fixes[at] = newSwap(table, model, s)
			order = append(order, at)
		}
		fixes[at].Sites = append(fixes[at].Sites, s)
	}
	for _, at := range order {
		pass.Report(finding(f, at, fixes[at], pass.Now))
	}
}

// placeOf is what names the model in the site's file: the literal, the argument, or the call itself.
func placeOf(s *llm.Site) parser.NodeID {
	switch {
	case s.Model.Literal != parser.NoNode && s.Model.File == s.File:
		return s.Model.Literal
	case s.Model.Arg != parser.NoNode:
		return s.Model.Arg
	}
	return s.Method
}

func newSwap(table *pricing.Table, from *pricing.Model, s *llm.Site) *SwapFix {
	m := &s.Model
	fix := &SwapFix{From: from, ID: m.ID, Literal: parser.NoNode}
	if m.File == s.File {
		fix.Literal = m.Literal
	}
	if to, ok := table.Lookup(from.Replacement); ok {
		prefix, _ := pricing.SplitGateway(m.ID)
		fix.To, fix.New = to, prefix+to.ID
	}
	return fix
}

func finding(f *parser.File, at parser.NodeID, fix *SwapFix, now time.Time) diagnostics.Finding {
	days, _ := fix.From.DaysLeft(now)
	out := diagnostics.Finding{Rule: "COST-008", Span: f.Span(at), Tags: []diagnostics.Tag{diagnostics.Deprecated}}
	if days <= urgentDays {
		out.Severity = diagnostics.Error
	}
	if days < 0 {
		out.Rule, out.Severity = "COST-009", 0
	}
	out.Message = fix.ID + " " + retires(fix.From, days)
	if fix.To != nil {
		out.Message += fmt.Sprintf("; %s's replacement is %s", providerName(fix.From.Provider), fix.To.ID)
		out.Fix = fix
	}
	if platform := platformOf(fix.Sites); platform != llm.Direct {
		out.Severity = diagnostics.Info
		out.Message += fmt.Sprintf(". This call goes to %s, where ids and dates may differ", platform)
	}
	for _, s := range fix.Sites {
		if !f.Within(at, s.Call.Node) {
			out.Related = append(out.Related, diagnostics.Related{Span: f.Span(s.Method), Message: "this call uses it"})
		}
	}
	return out
}

// retires says when a model retires in words.
func retires(m *pricing.Model, days int) string {
	verb, in := "retires", plural(days, "day")
	switch {
	case days == 0:
		in = "today"
	case days < 0:
		verb, in = "retired", plural(-days, "day")+" ago"
	}
	return fmt.Sprintf("%s on %s (%s)", verb, m.Retires, in)
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return estimate.Thousands(float64(n)) + " " + word + "s"
}

// platformOf is Direct when any of the sites talks to the provider itself.
func platformOf(sites []*llm.Site) llm.Platform {
	platform := llm.Direct
	for _, s := range sites {
		if s.Platform == llm.Direct {
			return llm.Direct
		}
		platform = s.Platform
	}
	return platform
}

var providerNames = map[pricing.Provider]string{pricing.OpenAI: "OpenAI", pricing.Anthropic: "Anthropic", pricing.Google: "Google"}

func providerName(p pricing.Provider) string {
	if name, ok := providerNames[p]; ok {
		return name
	}
	return strings.ToUpper(string(p))
}
