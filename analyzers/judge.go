package analyzers

import (
	"context"
	"slices"

	"github.com/qodacode/qodacode/analyzers/policy"
	"github.com/qodacode/qodacode/analyzers/policy/facts"
	"github.com/qodacode/qodacode/diagnostics"
)

// Judges reports whether policies are asked for, and can say something of the file.
func (a *Analysis) Judges() bool {
	return a.engine != nil && a.engine.wants("policy") && a.File.Language.IsCode()
}

// Facts are what policies see of the file. Facts of an analysis that was not joined with its
// project have the graphs and costs of the file alone. The error is ctx's.
func (a *Analysis) Facts(ctx context.Context) (*facts.Document, error) {
	src := facts.Source{File: a.File, Modules: a.modules, Env: a.env(), Secrets: a.Secrets}
	if a.Project != nil && a.Project.sources[a.File.Path] != nil {
		src.Graphs, src.Cost = a.Project.Graphs, a.Project.Cost
	}
	var doc *facts.Document
	var err error
	if !a.engine.guarded("facts for policies", a.File.Path, func() { doc, err = facts.Build(ctx, src) }) {
		return facts.Empty(a.File.Path, a.File.Language), nil
	}
	return doc, err
}

// Stale reports whether what is known of the project is older than the file, so that its graphs speak of other places.
func (a *Analysis) Stale() bool { return a.moved != (move{}) }

// judged is what a verdict has found, where it is in the file as it is now.
func (a *Analysis) judged(v *policy.Verdict) []diagnostics.Finding {
	if len(v.Findings) == 0 {
		return nil
	}
	moved := moveOf(v.Source, a.File.Source)
	var found []diagnostics.Finding
	for _, f := range v.Findings {
		r, known := a.Rules.Rule(f.Rule)
		if f, ok := moved.finding(f, a.File.Path); ok && known && a.engine.wants(r.Family) {
			found = append(found, f)
		}
	}
	return found
}

// finding is f in the newer text, without its fix where anything has moved; false where
// nothing is left of its text.
func (m move) finding(f diagnostics.Finding, path string) (diagnostics.Finding, bool) {
	span, ok := m.span(f.Span)
	if !ok {
		return f, false
	}
	f.Span, f.Related = span, slices.Clone(f.Related)
	if m != (move{}) {
		f.Fix = nil // it speaks of the text as it was
	}
	here := func(r diagnostics.Related) bool { return r.Path == "" || r.Path == path }
	f.Related = slices.DeleteFunc(f.Related, func(r diagnostics.Related) bool {
		_, ok := m.span(r.Span)
		return !ok && here(r)
	})
	for i, r := range f.Related {
		if here(r) {
			f.Related[i].Span, _ = m.span(r.Span)
		}
	}
	return f, true
}
