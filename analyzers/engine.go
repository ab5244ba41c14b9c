// Package analyzers is the engine: it runs the checks of all families over one file and
// answers what an editor shows there. Every face of qodacode asks it and shows the same.
package analyzers

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"github.com/qodacode/qodacode/analyzers/secrets"
	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// Options are what an engine needs from outside.
type Options struct {
	Now      func() time.Time // nil: the system's clock
	Log      *slog.Logger     // nil: nothing is logged
	Families []string         // families to run; empty: all. The family config is always on.
}

// Engine runs checks. It is safe for concurrent use.
type Engine struct {
	checks   []diagnostics.Check
	families []string
	rules    func() *diagnostics.Set // read at the first use
	now      func() time.Time
	log      *slog.Logger
	panicked sync.Map // names of checks that are switched off
}

// New is an engine with the checks of all families.
func New(opts Options) *Engine {
	e := &Engine{families: opts.Families, now: opts.Now, log: opts.Log}
	e.rules = sync.OnceValue(func() *diagnostics.Set {
		var rules []diagnostics.Rule
		for _, c := range e.checks {
			rules = append(rules, c.Rules()...)
		}
		return diagnostics.NewSet(rules)
	})
	e.checks = checks(e)
	if e.now == nil {
		e.now = time.Now
	}
	if e.log == nil {
		e.log = slog.New(slog.DiscardHandler)
	}
	return e
}

// Warm does what the first analysis would otherwise wait for. It may run beside anything else.
func (e *Engine) Warm() {
	e.rules()
	secrets.Warm()
}

// Rules are all rules, whichever families run.
func (e *Engine) Rules() *diagnostics.Set { return e.rules() }

// wants reports whether findings of a family are asked for.
func (e *Engine) wants(family string) bool {
	return len(e.families) == 0 || family == "config" || slices.Contains(e.families, family)
}

// Analysis is what the engine found out about one version of one file. It is immutable.
type Analysis struct {
	File   *parser.File
	Config *config.Config
	Now    time.Time
	// Findings are sorted; their spans are bytes of File.Source.
	Findings   []diagnostics.Finding
	Suppressed []diagnostics.Suppressed
	// Secrets are where secrets stand, reported or not: who shows text of the file masks them.
	Secrets []text.Span

	engine *Engine
	memos  []any // by check
}

// Analyze runs all checks over f. prev is the analysis of the document's former version, or
// nil. A check that panics is switched off with one message. The error is ctx's, when it
// ends before the checks do.
func (e *Engine) Analyze(ctx context.Context, f *parser.File, cfg *config.Config, prev *Analysis) (*Analysis, error) {
	a := &Analysis{File: f, Config: cfg, Now: e.now(), engine: e, memos: make([]any, len(e.checks))}
	if prev != nil {
		copy(a.memos, prev.memos)
	}
	var found []diagnostics.Finding
	for i := range e.checks {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		found = append(found, e.run(a, i)...)
	}
	set := e.rules()
	wanted := func(id string) bool {
		r, _ := set.Rule(id)
		return e.wants(r.Family)
	}
	a.Secrets = diagnostics.Secrets(set, found)
	found = slices.DeleteFunc(found, func(f diagnostics.Finding) bool { return !wanted(f.Rule) })
	a.Findings, a.Suppressed = diagnostics.Finish(f, cfg, set, wanted, found)
	return a, nil
}

// run runs one check and collects what it reports.
func (e *Engine) run(a *Analysis, i int) (found []diagnostics.Finding) {
	check := &e.checks[i]
	if _, off := e.panicked.Load(check.Name); off {
		return nil
	}
	defer func() {
		if r := recover(); r != nil {
			found, a.memos[i] = nil, nil
			if _, known := e.panicked.LoadOrStore(check.Name, true); !known {
				// A panic's text may hold a piece of the document: only its type is told.
				e.log.Error("the check "+check.Name+" failed and is switched off until the next start; please report it with what follows",
					"file", a.File.Path, "panic", fmt.Sprintf("%T", r), "stack", string(debug.Stack()))
			}
		}
	}()
	check.Run(&diagnostics.Pass{File: a.File, Config: a.Config, Now: a.Now, Memo: &a.memos[i], Sink: func(f diagnostics.Finding) {
		if _, ok := e.rules().Rule(f.Rule); !ok {
			panic("the check reports a rule that it does not list: " + f.Rule)
		}
		found = append(found, f)
	}})
	return found
}
