package report

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/estimate"
)

// Comparison is what a change does to the bill.
type Comparison struct {
	Version  int      `json:"version"`
	AsOf     string   `json:"as_of"`
	Revision string   `json:"revision"` // that Before is of
	Before   Range    `json:"before"`   // USD per month
	After    Range    `json:"after"`
	Runs     []Change `json:"runs"`
}

// Change is one entry point before and after. One of the two is nil for an entry point that
// is new or gone.
type Change struct {
	Entry  string `json:"entry"`
	Path   string `json:"path"`
	Line   int    `json:"line"` // after; before for one that is gone
	Before *Run   `json:"before"`
	After  *Run   `json:"after"`
}

// Compare holds the entry points whose figures differ, the dearest change first. The same
// entry point keeps its path and name; one that is gone and one that is new under the same
// name in another file are taken for a move.
func Compare(revision string, before, after *Report) *Comparison {
	c := &Comparison{Version: version, AsOf: after.AsOf, Revision: revision, Runs: []Change{}}
	if before.Total != nil {
		c.Before = before.Total.PerMonth
	}
	if after.Total != nil {
		c.After = after.Total.PerMonth
	}
	old := make([]*Run, len(before.Runs))
	for i := range before.Runs {
		old[i] = &before.Runs[i]
	}
	take := func(same func(*Run) bool) *Run {
		i := slices.IndexFunc(old, func(r *Run) bool { return r != nil && same(r) })
		if i < 0 {
			return nil
		}
		found := old[i]
		old[i] = nil
		return found
	}
	matched := make([]*Run, len(after.Runs))
	for i := range after.Runs {
		run := &after.Runs[i]
		matched[i] = take(func(o *Run) bool { return o.Path == run.Path && o.Entry == run.Entry })
	}
	for i := range after.Runs {
		run := &after.Runs[i]
		if matched[i] == nil {
			matched[i] = take(func(o *Run) bool { return o.Entry == run.Entry && o.Kind == run.Kind && o.Entry != o.Path })
		}
		if was := matched[i]; was == nil || !equal(was.PerRun, run.PerRun) || !equal(was.PerMonth, run.PerMonth) || was.Bound != run.Bound {
			c.Runs = append(c.Runs, Change{Entry: run.Entry, Path: run.Path, Line: run.Line, Before: was, After: run})
		}
	}
	for _, gone := range old {
		if gone != nil {
			c.Runs = append(c.Runs, Change{Entry: gone.Entry, Path: gone.Path, Line: gone.Line, Before: gone})
		}
	}
	slices.SortStableFunc(c.Runs, func(a, b Change) int { return cmp.Compare(abs(b.difference()), abs(a.difference())) })
	return c
}

func equal(a, b *Range) bool { return a == b || a != nil && b != nil && *a == *b }

// difference is the expected change in USD per month; what is not known counts for nothing.
func (c *Change) difference() float64 { return month(c.After) - month(c.Before) }

// by is the difference as it is shown.
func (c *Change) by() string {
	if c.Before != nil && c.Before.PerMonth == nil || c.After != nil && c.After.PerMonth == nil {
		return "not known"
	}
	return signed(c.difference()) + "/month"
}

func month(r *Run) float64 {
	if r == nil || r.PerMonth == nil {
		return 0
	}
	return r.PerMonth.Expected
}

func abs(v float64) float64 { return max(v, -v) }

// JSON writes the comparison.
func (c *Comparison) JSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(c)
}

// Text writes the comparison for people.
func (c *Comparison) Text(w io.Writer, opts TextOptions) error {
	p := &printer{color: opts.Color}
	p.line("%s", p.bold("Against "+c.Revision+": "+c.verdict()))
	for i := range c.Runs {
		ch := &c.Runs[i]
		p.line("  %-16s %s  %s", ch.by(), ch.Entry, p.dim(fmt.Sprintf("%s:%d  %s → %s per run%s", ch.Path, ch.Line, perRun(ch.Before), perRun(ch.After), ch.bound())))
	}
	p.line("%s", p.dim("Estimates, not invoices. Prices as of "+c.AsOf+"."))
	_, err := io.WriteString(w, p.b.String())
	return err
}

// Markdown writes the comparison as a comment on a pull request.
func (c *Comparison) Markdown(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "### LLM cost: %s\n\n", c.verdict())
	if len(c.Runs) > 0 {
		b.WriteString("| Entry point | Before | After | Change |\n|---|---:|---:|---:|\n")
	}
	for i := range c.Runs {
		ch := &c.Runs[i]
		fmt.Fprintf(&b, "| `%s` %s:%d | %s | %s | %s%s |\n", cell(ch.Entry), cell(ch.Path), ch.Line, perRun(ch.Before), perRun(ch.After), ch.by(), cell(ch.bound()))
	}
	var notes []string
	for i := range c.Runs {
		if c.Runs[i].After == nil {
			continue
		}
		for _, a := range c.Runs[i].After.Assumptions {
			if note := cell(a); !slices.Contains(notes, note) {
				notes = append(notes, note)
			}
		}
	}
	if len(notes) > 0 {
		fmt.Fprintf(&b, "\n<details><summary>Assumptions</summary>\n\n- %s\n\n</details>\n", strings.Join(notes, "\n- "))
	}
	fmt.Fprintf(&b, "\nFigures are per run, against `%s`. Estimates, not invoices; prices as of %s.\n", cell(c.Revision), c.AsOf)
	_, err := io.WriteString(w, b.String())
	return err
}

func (c *Comparison) verdict() string {
	by := c.After.Expected - c.Before.Expected
	unknown := func(ch Change) bool { return ch.by() == "not known" }
	switch {
	case len(c.Runs) == 0:
		return "nothing changes"
	case !slices.ContainsFunc(c.Runs, func(ch Change) bool { return !unknown(ch) }):
		return "the change is not known"
	case abs(by) < 0.005:
		return "the month stays at " + money(c.After)
	case c.Before.Expected == 0:
		return signed(by) + " per month"
	}
	return fmt.Sprintf("%s per month (%s → %s, %+.0f %%)", signed(by), estimate.FormatUSD(c.Before.Expected), estimate.FormatUSD(c.After.Expected), 100*by/c.Before.Expected)
}

// bound tells of a worst case that came or went.
func (c *Change) bound() string {
	switch {
	case c.After == nil:
		return ", gone"
	case c.Before == nil:
		return ", new"
	case c.Before.WorstCase != nil && c.After.WorstCase == nil:
		return ", no longer bounded"
	case c.Before.WorstCase == nil && c.After.WorstCase != nil:
		return ", now bounded"
	}
	return ""
}

func perRun(r *Run) string {
	switch {
	case r == nil:
		return "–"
	case r.PerRun == nil:
		return "not known"
	}
	return money(*r.PerRun)
}

// signed is an amount with its sign.
func signed(usd float64) string {
	switch {
	case usd < 0:
		return "−" + estimate.FormatUSD(-usd)
	case usd > 0:
		return "+" + estimate.FormatUSD(usd)
	}
	return "±$0"
}

// cell is text of the code inside a table of Markdown: it stays one cell and one line, and
// is read as it is written.
func cell(s string) string {
	return strings.NewReplacer("|", `\|`, "\n", " ", "\r", " ", "`", "'", "<", "&lt;", "*", `\*`, "[", `\[`, "]", `\]`).Replace(s)
}
