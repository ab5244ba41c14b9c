// Package report shows what a project costs: as text, JSON and Markdown, and what a change
// does to the bill.
package report

import (
	"cmp"
	"encoding/json"
	"io"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/estimate"
	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/parser/text"
)

// version is the version of the JSON contract. Fields may be added to it without a new one.
const version = 1

// Report is what `qodacode cost` tells. Figures are USD.
type Report struct {
	Version int    `json:"version"`
	AsOf    string `json:"as_of"` // the day of the oldest price, as 2026-11-22
	Sites   []Site `json:"sites"`
	Runs    []Run  `json:"runs"`
	Total   *Total `json:"total,omitempty"` // nil without runs

}

// Range is a figure that is not known exactly.
type Range struct {
	Low      float64 `json:"low"`
	Expected float64 `json:"expected"`
	High     float64 `json:"high"`
}

// Site is one place that asks a model, or configures how it is asked.
type Site struct {
	Path   string  `json:"path"`
	Line   int     `json:"line"` // 1-based
	SDK    string  `json:"sdk"`
	API    string  `json:"api"`
	Kind   string  `json:"kind"`
	Model  *string `json:"model"`
	InLoop bool    `json:"in_loop"`
	// PerCall is what one execution costs; nil where that is not known, and Reason tells why.
	PerCall     *Range   `json:"per_call"`
	Reason      string   `json:"reason,omitempty"`
	Assumptions []string `json:"assumptions"`
}

// Run is one entry point.
type Run struct {
	Entry        string     `json:"entry"`
	Kind         string     `json:"kind"`
	Path         string     `json:"path"`
	Line         int        `json:"line"`    // 1-based
	PerRun       *Range     `json:"per_run"` // of the parts with a price; nil where none has one
	PerMonth     *Range     `json:"per_month"`
	RunsPerMonth int        `json:"runs_per_month"`
	Bound        llm.Source `json:"bound"`
	// WorstCase is what no run exceeds; nil where there is no such figure. BoundReason tells
	// what sets it, or why there is none.
	WorstCase   *float64   `json:"worst_case"`
	BoundReason string     `json:"bound_reason,omitempty"`
	Optimized   *Optimized `json:"optimized,omitempty"`
	Parts       []Part     `json:"parts"`
	// Unpriced are calls whose price is not known and that the figures leave out.
	Unpriced    []Part   `json:"unpriced,omitempty"`
	Assumptions []string `json:"assumptions"`
}

// Optimized is what a run would cost with the models that its suggestions name.
type Optimized struct {
	PerRun         Range   `json:"per_run"`
	SavingPerMonth float64 `json:"saving_per_month"`
	Swaps          []Swap  `json:"swaps"`
}

// Swap is a suggestion: another model at one place.
type Swap struct {
	Path string `json:"path"`
	Line int    `json:"line"`
	From string `json:"from"`
	To   string `json:"to"`
}

// Part is what one site has in a run.
type Part struct {
	Path   string   `json:"path"`
	Line   int      `json:"line"`
	API    string   `json:"api"`
	Model  *string  `json:"model"`
	Times  Range    `json:"times"` // executions in one run
	Cost   *Range   `json:"cost"`
	Reason string   `json:"reason,omitempty"`
	Chain  []string `json:"chain,omitempty"` // the functions between the entry point and the site
}

// Total is all runs together.
type Total struct {
	PerMonth       Range   `json:"per_month"`
	SavingPerMonth float64 `json:"saving_per_month"`
	Unpriced       int     `json:"unpriced"` // runs with calls whose price is not known

	priced int // runs with a figure
}

// New is the report of a project with prices of the day asOf. Show is the name of a file, by
// its path in the project, for the reader, and whether the file is asked for: only its sites
// are told, and the runs that begin in it or come to one of them.
func New(p *estimate.Project, asOf pricing.Date, show func(path string) (string, bool)) *Report {
	r := &Report{Version: version, AsOf: asOf.String(), Sites: []Site{}, Runs: []Run{}}
	for _, c := range p.Calls {
		if c.Site.Kind == llm.Drive {
			continue
		}
		if path, ok := show(c.Site.File.Path); ok {
			r.Sites = append(r.Sites, newSite(c, path))
		}
	}
	for _, run := range p.Runs {
		path, ok := show(run.Place.Path)
		if ok || slices.ContainsFunc(slices.Concat(run.Parts, run.Unpriced), func(p estimate.Part) bool {
			_, ok := show(p.Call.Site.File.Path)
			return ok
		}) {
			r.Runs = append(r.Runs, newRun(run, path, show))
		}
	}
	r.sum()
	return r
}

// Add puts the sites and runs of another part of the workspace behind r's, once each.
func (r *Report) Add(more *Report) {
	for _, s := range more.Sites {
		if !slices.ContainsFunc(r.Sites, func(o Site) bool {
			return o.Path == s.Path && o.Line == s.Line && o.API == s.API && o.Kind == s.Kind
		}) {
			r.Sites = append(r.Sites, s)
		}
	}
	for _, run := range more.Runs {
		if !slices.ContainsFunc(r.Runs, func(o Run) bool { return o.Path == run.Path && o.Line == run.Line && o.Entry == run.Entry }) {
			r.Runs = append(r.Runs, run)
		}
	}
	r.AsOf = min(cmp.Or(r.AsOf, more.AsOf), more.AsOf)
	r.sum()
}

func (r *Report) sum() {
	r.Total = nil
	if len(r.Runs) == 0 {
		return
	}
	r.Total = &Total{}
	for i := range r.Runs {
		run := &r.Runs[i]
		if run.PerMonth != nil {
			r.Total.PerMonth = r.Total.PerMonth.add(*run.PerMonth)
			r.Total.priced++
		}
		if run.Optimized != nil {
			r.Total.SavingPerMonth += run.Optimized.SavingPerMonth
		}
		if len(run.Unpriced) > 0 {
			r.Total.Unpriced++
		}
	}
}

// Priced reports whether any run has a figure.
func (t *Total) Priced() bool { return t.priced > 0 }

// JSON writes the report in the format of `qodacode cost --format json`.
func (r *Report) JSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(r)
}

func newSite(c *estimate.Call, path string) Site {
	s := Site{
		Path: path, Line: lineOf(c.Site), SDK: c.Site.SDK, API: c.Site.API, Kind: c.Site.Kind.String(),
		Model: modelOf(c.Site), InLoop: c.Site.Loop != nil, Reason: c.Reason, Assumptions: clauses(c.Assumptions()),
	}
	if c.Model != nil {
		s.PerCall = rangeOf(c.Cost)
	}
	return s
}

func newRun(run *estimate.Run, path string, show func(string) (string, bool)) Run {
	out := Run{
		Entry: run.Entry, Kind: run.Kind, Path: path, Line: run.Place.Line,
		RunsPerMonth: run.RunsPerMonth, Bound: run.Bound.Origin, BoundReason: strings.TrimPrefix(run.Bound.Reason, "unbounded: "), Assumptions: clauses(run.Assumptions),
		Parts: []Part{},
	}
	if len(run.Parts) > 0 {
		out.PerRun, out.PerMonth = rangeOf(run.PerRun), rangeOf(run.PerMonth)
	}
	if run.Bound.Known && run.Bound.Origin != llm.NoLimit {
		worst := run.Bound.USD
		out.WorstCase = &worst
	}
	if o := run.Optimized; o != nil {
		out.Optimized = &Optimized{PerRun: *rangeOf(o.PerRun), SavingPerMonth: o.SavingPerMonth, Swaps: []Swap{}}
		for _, s := range o.Swaps {
			path, _ := show(s.Call.Site.File.Path)
			out.Optimized.Swaps = append(out.Optimized.Swaps, Swap{Path: path, Line: lineOf(s.Call.Site), From: s.Call.Site.Model.ID, To: s.To.ID})
		}
	}
	for i := range run.Parts {
		out.Parts = append(out.Parts, newPart(&run.Parts[i], show))
	}
	for i := range run.Unpriced {
		out.Unpriced = append(out.Unpriced, newPart(&run.Unpriced[i], show))
	}
	return out
}

func newPart(p *estimate.Part, show func(string) (string, bool)) Part {
	path, _ := show(p.Call.Site.File.Path)
	part := Part{Path: path, Line: lineOf(p.Call.Site), API: p.Call.Site.API, Model: modelOf(p.Call.Site), Times: *rangeOf(p.Times), Chain: p.Chain, Reason: p.Call.Reason}
	if p.Call.Model != nil {
		part.Cost = rangeOf(p.Cost)
	}
	return part
}

// lineOf is the line, from 1, on which a site's call begins.
func lineOf(s *llm.Site) int {
	at := s.File.Locate(text.Span{Start: s.File.Span(s.Call.Node).Start, End: s.File.Span(s.Call.Node).End})
	return s.File.Source.LineOf(at.Start) + 1
}

func modelOf(s *llm.Site) *string {
	if s.Model.ID == "" {
		return nil
	}
	id := s.Model.ID
	return &id
}

func rangeOf(r estimate.Range) *Range { return &Range{r.Low, r.Expected, r.High} }

func (r Range) add(s Range) Range {
	return Range{r.Low + s.Low, r.Expected + s.Expected, r.High + s.High}
}

func (r Range) estimate() estimate.Range {
	return estimate.Range{Low: r.Low, Expected: r.Expected, High: r.High}
}

func clauses(assumptions []estimate.Assumption) []string {
	out := []string{}
	for _, a := range assumptions {
		if !slices.Contains(out, a.Text) {
			out = append(out, a.Text)
		}
	}
	return out
}
