package analyzers

import (
	"context"
	"iter"
	"slices"
	"sync"
	"time"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/analyzers/estimate"
	"github.com/qodacode/qodacode/analyzers/policy"
	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// Sources are the files of one project at one moment. Their paths are relative to the
// project's folder, with slashes, as those of the files given to Analyze.
type Sources struct {
	Files  []*parser.File
	Data   map[string]string // other files that frameworks read: agents.yaml, pyproject.toml
	Paths  []string          // of all code files, whether or not they are among Files
	Config func(path string) *config.Config
}

// Project is what the engine found out about the files of a project together. It is immutable.
type Project struct {
	Now    time.Time
	Graphs []*agents.Graph // in the order of their places
	// Cost is what the project's calls and runs cost; nil where the family is not asked for.
	Cost       *estimate.Project
	PricesAsOf pricing.Date // the day of the prices that Cost rests on

	sources  map[string]*text.Text // by path, of the files that were read
	findings map[string][]diagnostics.Finding
	memos    []any // by check
	known    []any // what files are joined with: see Known
}

// WantsProjects reports whether a family that is asked for looks at whole projects.
func (e *Engine) WantsProjects() bool {
	if e.wants("policy") { // whose facts have graphs and costs
		return true
	}
	for id := range e.ofProjects() {
		if r, _ := e.rules().Rule(id); e.wants(r.Family) {
			return true
		}
	}
	return false
}

// AnalyzeProject runs the checks that look at a whole project. prev is the analysis of the
// project's former state, or nil. Like Analyze it survives checks that panic, and its error is ctx's.
func (e *Engine) AnalyzeProject(ctx context.Context, in Sources, prev *Project) (*Project, error) {
	p := &Project{Now: e.now(), sources: make(map[string]*text.Text, len(in.Files)), findings: map[string][]diagnostics.Finding{}, memos: make([]any, len(e.checks))}
	if prev != nil {
		copy(p.memos, prev.memos)
	}
	for _, f := range in.Files {
		p.sources[f.Path] = f.Source
	}
	for path, src := range in.Data {
		p.sources[path] = text.New(src)
	}
	shared := &sync.Map{}
	pass := func(memo *any, sink func(string, diagnostics.Finding)) *diagnostics.ProjectPass {
		return &diagnostics.ProjectPass{Files: in.Files, Data: in.Data, Paths: in.Paths, Config: in.Config, Now: p.Now, Memo: memo, Shared: shared, Sink: sink}
	}
	if e.wants("arch") || e.wants("cost") || e.wants("policy") { // for who asks for something else, nobody shows them
		e.guarded("agent graphs", "", func() { p.Graphs = agents.Of(pass(nil, nil)).Graphs })
	}
	if e.wants("cost") || e.wants("policy") {
		e.guarded("cost of runs", "", func() {
			prices := e.prices(in.Config(config.FileName)) // that of the project
			p.Cost, p.PricesAsOf = estimate.Of(pass(nil, nil), prices), prices.AsOf
		})
	}
	for i := range e.checks {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		check := &e.checks[i]
		if check.Project == nil {
			continue
		}
		found := map[string][]diagnostics.Finding{}
		ok := e.guarded(check.Name, "", func() {
			check.Project(pass(&p.memos[i], func(path string, f diagnostics.Finding) {
				mustKnow(e.rules(), f)
				found[path] = append(found[path], f)
			}))
		})
		if !ok {
			p.memos[i] = nil
			continue
		}
		if check.Joined != nil && e.wanted(check) {
			p.known = append(p.known, p.memos[i])
		}
		for path, fs := range found {
			fs = slices.DeleteFunc(fs, func(f diagnostics.Finding) bool {
				r, _ := e.rules().Rule(f.Rule)
				return !e.wants(r.Family)
			})
			p.findings[path] = append(p.findings[path], fs...)
		}
	}
	return p, ctx.Err()
}

// Findings are what the project's checks report in the file at path, as they report it:
// Join applies configuration and comments to it. The slice must not be changed.
func (p *Project) Findings(path string) []diagnostics.Finding { return p.findings[path] }

// All yields the paths of the files in which p or old, which may be nil, have findings.
func (p *Project) All(old *Project) iter.Seq[string] {
	return func(yield func(string) bool) {
		for path := range p.findings {
			if !yield(path) {
				return
			}
		}
		if old == nil {
			return
		}
		for path := range old.findings {
			if _, both := p.findings[path]; !both && !yield(path) {
				return
			}
		}
	}
}

// Source is the text of a file as the project's checks have seen it, nil for a file that
// they have not.
func (p *Project) Source(path string) *text.Text { return p.sources[path] }

// Join is a with what p, the analysis of the project that a's file belongs to, has found in
// the file; nil where it is not known. It may be another version of the file that p has read: then what p knows is
// moved by what was edited since, left out where nothing of its text remains, and offers no fix.
func (a *Analysis) Join(p *Project) *Analysis { return a.Complete(p, nil) }

// Complete is Join with what policies say of the file; nil where that is not known. It is
// moved in the same way.
func (a *Analysis) Complete(p *Project, v *policy.Verdict) *Analysis {
	if p == nil && v == nil || a.engine == nil {
		return a
	}
	joined := *a
	found := slices.Clone(a.found)
	if p != nil {
		joined.Project = p
		if old := p.sources[a.File.Path]; old != nil {
			joined.moved = moveOf(old, a.File.Source)
		}
		for _, f := range p.findings[a.File.Path] {
			if f, ok := joined.moved.finding(f, a.File.Path); ok {
				found = append(found, f)
			}
		}
		found = append(found, a.engine.joined(&joined)...)
	}
	if v != nil {
		joined.Verdict, joined.Rules = v, v.Set.Over(a.Rules)
		found = append(found, joined.judged(v)...)
	}
	joined.finish(found, p != nil)
	return &joined
}

// Known is what the findings of a file that Joins rest on, besides the file: where it is equal
// to what another state of the project knows, both have the same findings in the file.
func (p *Project) Known() []any {
	if p == nil {
		return nil
	}
	return p.known
}

// Joins reports whether there may be findings in the file that need its project to be known,
// other than those that the project has itself.
func (a *Analysis) Joins() bool {
	return slices.ContainsFunc(a.engine.checks, func(c diagnostics.Check) bool {
		return c.Joins != nil && a.engine.wanted(&c) && c.Joins(a.File)
	})
}

// joined runs the parts of checks that look at a file when its project is known.
func (e *Engine) joined(a *Analysis) []diagnostics.Finding {
	var found []diagnostics.Finding
	for i := range e.checks {
		check := &e.checks[i]
		if check.Joined == nil || !e.wanted(check) || a.Project.memos[i] == nil {
			continue
		}
		known := a.Project.memos[i]
		pass := &diagnostics.Pass{File: a.File, Config: a.Config, Now: a.Now, Context: context.Background(), Rules: a.Rules, Memo: new(any), Warn: e.warn}
		part := *check
		part.Run = func(pass *diagnostics.Pass) { check.Joined(pass, known) }
		found = append(found, e.run(a, &part, pass)...)
	}
	return found
}
