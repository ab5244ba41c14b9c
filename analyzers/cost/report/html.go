package report

import (
	_ "embed"
	"html/template"
	"io"
	"math"
	"strings"

	"github.com/qodacode/qodacode/analyzers/agents/picture"
	"github.com/qodacode/qodacode/analyzers/estimate"
	"github.com/qodacode/qodacode/analyzers/llm"
)

//go:embed page/page.html
var pageFrame string

//go:embed page/page.css
var pageStyle string

//go:embed page/page.js
var pageScript string

// HTML writes the report as one page without anything from elsewhere. Its content policy
// lets nothing run but its own script, which tells an editor which place was clicked.
func (r *Report) HTML(w io.Writer) error {
	page, err := template.New("page").Funcs(template.FuncMap{
		"money": func(v any) string { return money(valueOf(v)) },
		"usd":   func(v any) string { return estimate.FormatUSD(numberOf(v)) },
		"times": times,
		"plain": func(s string) string { return strings.ReplaceAll(s, "`", "") },
		"runs":  func(n int) string { return count(n, "run", "runs") },
		"model": func(id *string) string {
			if id == nil {
				return "not known"
			}
			return *id
		},
		"unbounded": func(s llm.Source) string {
			if s == llm.NoLimit {
				return "not bounded"
			}
			return "not known"
		},
		"share": func(run Run, p Part) float64 {
			if p.Cost == nil || run.PerRun == nil || run.PerRun.Expected <= 0 {
				return 0
			}
			return math.Round(100 * p.Cost.Expected / run.PerRun.Expected)
		},
	}).Parse(pageFrame)
	if err != nil {
		return err
	}
	return page.Execute(w, struct {
		*Report
		Policy string
		Style  template.CSS
		Script template.JS
	}{r, "default-src 'none'; script-src " + picture.PolicySource(pageScript) + "; style-src " + picture.PolicySource(pageStyle) + "; base-uri 'none'; form-action 'none'",
		template.CSS(pageStyle), template.JS(pageScript)})
}

// valueOf and numberOf take what a template may hold directly or by a pointer.
func valueOf(v any) Range {
	if p, ok := v.(*Range); ok {
		return *p
	}
	return v.(Range)
}

func numberOf(v any) float64 {
	if p, ok := v.(*float64); ok {
		return *p
	}
	return v.(float64)
}
