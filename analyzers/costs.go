package analyzers

import (
	"slices"

	"github.com/qodacode/qodacode/analyzers/cost"
	"github.com/qodacode/qodacode/analyzers/estimate"
	"github.com/qodacode/qodacode/parser/text"
)

// ShowCost is the command that shows what a project costs.
const ShowCost = "qodacode.showCost"

func (a *Analysis) env() estimate.Env {
	return estimate.Env{Prices: a.engine.prices(a.Config), Config: a.Config, Now: a.Now}
}

// placed is a call of the file with what became of the text that it was read in.
type placed struct {
	*estimate.Call
	moved move
}

// at is where a span of the call's file, bytes of its Source, is now.
func (p placed) at(s text.Span) (text.Span, bool) { return p.moved.span(s) }

// span is where the call is now.
func (p placed) span() (text.Span, bool) {
	f := p.Site.File
	return p.at(f.Locate(f.Span(p.Site.Method)))
}

// calls are the calls of the file: those that it tells of itself, and from the project those
// that only it tells of.
func (a *Analysis) calls() []placed {
	var calls []placed
	for _, c := range estimate.Calls(a.File, a.env()) {
		calls = append(calls, placed{Call: c})
	}
	if a.Project == nil || a.Project.Cost == nil {
		return calls
	}
	for _, c := range a.Project.Cost.Calls {
		if c.Site.File.Path != a.File.Path || !c.Site.Linked {
			continue
		}
		p := placed{c, a.moved}
		at, ok := p.span()
		if !ok {
			continue
		}
		calls = slices.DeleteFunc(calls, func(known placed) bool { span, _ := known.span(); return span == at })
		calls = append(calls, p)
	}
	return calls
}

// runsOf are the runs in which the call at a place of the file takes part.
func (a *Analysis) runsOf(at text.Span) []*estimate.Run {
	if a.Project == nil || a.Project.Cost == nil {
		return nil
	}
	takesPart := func(p estimate.Part) bool {
		if p.Call.Site.File.Path != a.File.Path {
			return false
		}
		span, ok := placed{p.Call, a.moved}.span()
		return ok && span == at
	}
	var runs []*estimate.Run
	for _, r := range a.Project.Cost.Runs {
		if slices.ContainsFunc(r.Parts, takesPart) {
			runs = append(runs, r)
		}
	}
	return runs
}

// costHover tells about the call at offset.
func (a *Analysis) costHover(offset int) (text.Span, string, bool) {
	for _, c := range a.calls() {
		now, ok := c.moved.back(offset)
		if !ok {
			continue
		}
		span, ok := cost.HoverAt(c.Call, now)
		if !ok {
			continue
		}
		span, _ = c.at(span)
		at, _ := c.span()
		return span, cost.Hover(a.env(), c.Call, a.runsOf(at)), true
	}
	return text.Span{}, "", false
}

// Hints are the inlay hints that begin in span, bytes of File.Source.
func (a *Analysis) Hints(span text.Span) []Hint {
	hints := []Hint{}
	env := a.env()
	for _, c := range a.calls() {
		h, ok := cost.HintOf(env, c.Call)
		if !ok {
			continue
		}
		at, ok := c.at(text.Span{Start: h.Offset, End: h.Offset})
		if ok && span.Contains(at.Start) {
			hints = append(hints, Hint{at.Start, h.Label, h.Tooltip})
		}
	}
	slices.SortStableFunc(hints, func(x, y Hint) int { return x.Offset - y.Offset })
	return hints
}

// runLenses are a lens above each entry point with what a run of it costs.
func (a *Analysis) runLenses() []Lens {
	if a.Project == nil || a.Project.Cost == nil {
		return nil
	}
	var lenses []Lens
	for _, r := range a.Project.Cost.Runs {
		span, ok := a.here(r.Place)
		if !ok {
			continue
		}
		title := r.PerRun.Short() + "/run · " + r.PerMonth.Short() + "/month"
		if len(r.Parts) == 0 {
			continue
		}
		if len(r.Unpriced) > 0 {
			title += " · not all prices are known"
		}
		lenses = append(lenses, Lens{Span: span, Title: title, Command: ShowCost, Args: []any{r.Place.Path, r.Entry}})
	}
	return lenses
}
