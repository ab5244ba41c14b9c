package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/estimate"
	"github.com/qodacode/qodacode/analyzers/llm"
)

// TextOptions say how Text prints.
type TextOptions struct {
	Color bool
}

// Text writes the report for people: each entry point with what it costs, what it could cost,
// and what the figures rest on.
func (r *Report) Text(w io.Writer, opts TextOptions) error {
	p := &printer{color: opts.Color}
	for i := range r.Runs {
		p.run(&r.Runs[i])
	}
	if len(r.Runs) == 0 {
		p.line("No entry point calls a language model here.")
		if n := len(r.Sites); n > 0 {
			p.line("%s found, which nothing runs: `qodacode cost --format json` lists them.", count(n, "place was", "places were"))
		}
		p.line("")
	}
	p.total(r)
	_, err := io.WriteString(w, p.b.String())
	return err
}

type printer struct {
	b     strings.Builder
	color bool
}

func (p *printer) line(format string, args ...any) {
	p.b.WriteString(strings.TrimRight(fmt.Sprintf(format, args...), " ") + "\n")
}

func (p *printer) style(code, s string) string {
	if !p.color {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

func (p *printer) bold(s string) string { return p.style("1", s) }
func (p *printer) dim(s string) string  { return p.style("2", s) }

func (p *printer) run(run *Run) {
	p.line("%s  %s", p.bold(run.Entry), p.dim(fmt.Sprintf("%s · %s:%d", run.Kind, run.Path, run.Line)))
	if run.PerRun == nil {
		p.fact("Current:", "not known")
	} else {
		p.fact("Current:", money(*run.PerRun)+"/run"+models(run.Parts, nil))
	}
	if o := run.Optimized; o != nil && len(o.Swaps) > 0 {
		p.fact("Optimized:", money(o.PerRun)+"/run"+models(run.Parts, o.Swaps))
		p.fact("Est. savings:", p.style("32", fmt.Sprintf("%s/month (%s)", estimate.FormatUSD(o.SavingPerMonth), count(run.RunsPerMonth, "run", "runs"))))
	} else if run.PerMonth != nil {
		p.fact("Month:", fmt.Sprintf("%s (%s)", money(*run.PerMonth), count(run.RunsPerMonth, "run", "runs")))
	}
	p.fact("Worst case:", worst(run))
	for i := range run.Parts {
		p.part(&run.Parts[i])
	}
	for i := range run.Unpriced {
		p.part(&run.Unpriced[i])
	}
	if len(run.Assumptions) > 0 {
		p.fact("Assumes:", p.dim(strings.Join(run.Assumptions, "; ")))
	}
	p.line("")
}

// fact is a line of a run: what it is about, if anything new, and what there is to say.
func (p *printer) fact(title, s string) {
	if title == "" {
		p.line("    %s", s)
		return
	}
	p.line("  %s %s", title, s)
}

func (p *printer) part(part *Part) {
	model := "model not known"
	if part.Model != nil {
		model = *part.Model
	}
	cost := "no price: " + part.Reason
	if part.Cost != nil {
		cost = money(*part.Cost)
	}
	s := fmt.Sprintf("%s × %s  %s  %s", times(part.Times), model, cost, p.dim(fmt.Sprintf("%s:%d %s", part.Path, part.Line, part.API)))
	if len(part.Chain) > 0 {
		s += p.dim(" via " + chain(part.Chain))
	}
	p.fact("", s)
}

// chain is the way to a site, its middle left out where it is long.
func chain(names []string) string {
	if n := len(names); n > 4 {
		names = []string{names[0], names[1], "…", names[n-1]}
	}
	return strings.Join(names, " → ")
}

func (p *printer) total(r *Report) {
	if t := r.Total; t != nil {
		s := count(len(r.Runs), "entry point", "entry points")
		if t.priced > 0 {
			s += ": " + money(t.PerMonth) + "/month"
		}
		if t.SavingPerMonth > 0 {
			s += fmt.Sprintf(", %s/month could be saved", estimate.FormatUSD(t.SavingPerMonth))
		}
		p.line("%s", p.bold(s))
		if t.Unpriced > 0 {
			p.line("%s calls whose price is not known; the figures leave them out.", count(t.Unpriced, "entry point makes", "entry points make"))
		}
	}
	p.line("%s", p.dim("Estimates, not invoices. Prices as of "+r.AsOf+"; [cost] in qodacode.toml changes what they assume."))
}

// money is a figure as it may honestly be shown: one number, or from where to where. That
// all of them are estimates is said once.
func money(r Range) string { return strings.TrimPrefix(r.estimate().Short(), "≈ ") }

func worst(run *Run) string {
	if run.WorstCase != nil {
		return "≤ " + estimate.FormatUSD(*run.WorstCase) + "/run" + behind(boundName[run.Bound], run.BoundReason)
	}
	if run.Bound != llm.NoLimit {
		return "not known" + behind(run.BoundReason)
	}
	return "not bounded" + behind(run.BoundReason)
}

var boundName = map[llm.Source]string{llm.Explicit: "set in the code", llm.FrameworkDefault: "the framework's default", llm.NoLimit: ""}

func behind(parts ...string) string {
	parts = slices.DeleteFunc(parts, func(s string) bool { return s == "" })
	if len(parts) == 0 {
		return ""
	}
	return " (" + strings.Join(parts, ": ") + ")"
}

// models names the models of parts, those of swaps in place of the ones that they replace.
func models(parts []Part, swaps []Swap) string {
	var names []string
	for i := range parts {
		if parts[i].Model == nil {
			continue
		}
		name := *parts[i].Model
		for _, s := range swaps {
			if s.Path == parts[i].Path && s.Line == parts[i].Line {
				name = s.To
			}
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	switch {
	case len(names) == 0:
		return ""
	case len(names) > 3:
		names = append(names[:3], fmt.Sprintf("%d more", len(names)-3))
	}
	return " (" + strings.Join(names, ", ") + ")"
}

// times is how often a site runs.
func times(r Range) string {
	if r.Low == r.High {
		return estimate.FormatCount(r.Expected)
	}
	return fmt.Sprintf("%s (%s–%s)", estimate.FormatCount(r.Expected), estimate.FormatCount(r.Low), estimate.FormatCount(r.High))
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
