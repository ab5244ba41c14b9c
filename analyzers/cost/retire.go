// Package cost has the rules about what calls of language models cost, and the prices that
// editors show beside them.
package cost

import (
	"fmt"
	"strings"
	"time"

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

// SwapFix is what a finding about a model offers: to write another model's id instead.
type SwapFix struct {
	From, To *pricing.Model
	ID       string // as written, with its prefix and date
	New      string // what to write: To's id behind the same prefix
	// Literal is the string that holds ID; NoNode where no single string does.
	Literal parser.NodeID
	Sites   []*llm.Site // what the literal flows into
}

// New is the check of this family.
func New() diagnostics.Check {
	return diagnostics.Check{Name: "cost/retirement", Rules: Rules, Run: retirement}
}

// retirement reports models that are gone or will be soon, once per place that names one.
func retirement(pass *diagnostics.Pass) {
	f, table := pass.File, pricing.Builtin()
	var order []parser.NodeID
	fixes := map[parser.NodeID]*SwapFix{}
	sites := llm.Sites(f)
	for i := range sites {
		s := &sites[i]
		model, ok := table.Lookup(s.Model.ID)
		if !ok {
			continue
		}
		days, dated := model.DaysLeft(pass.Now)
		if !dated || days > noticeDays {
			continue
		}
		at := s.Model.Literal
		if at == parser.NoNode {
			at = s.Model.Arg
		}
		if fixes[at] == nil {
			fixes[at] = newSwap(table, model, &s.Model)
			order = append(order, at)
		}
		fixes[at].Sites = append(fixes[at].Sites, s)
	}
	for _, at := range order {
		pass.Report(finding(f, at, fixes[at], pass.Now))
	}
}

func newSwap(table *pricing.Table, from *pricing.Model, m *llm.Model) *SwapFix {
	fix := &SwapFix{From: from, ID: m.ID, Literal: m.Literal}
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
	verb, in := "retires", plural(days)
	switch {
	case days == 0:
		in = "today"
	case days < 0:
		verb, in = "retired", plural(-days)+" ago"
	}
	return fmt.Sprintf("%s on %s (%s)", verb, m.Retires, in)
}

func plural(days int) string {
	if days == 1 {
		return "1 day"
	}
	return fmt.Sprintf("%d days", days)
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
