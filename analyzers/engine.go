// Package analyzers is the engine: it runs the checks of all families over one file and
// answers what an editor shows there. Every face of qodacode asks it and shows the same.
package analyzers

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/qodacode/qodacode/analyzers/policy"
	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/analyzers/sast"
	"github.com/qodacode/qodacode/analyzers/secrets"
	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// Options are what an engine needs from outside.
type Options struct {
	Now      func() time.Time    // nil: the system's clock
	Log      *slog.Logger        // nil: nothing is logged
	Families []string            // families to run; empty: all. The family config is always on.
	Checks   []diagnostics.Check // run besides those of all families
	// Threads is how many goroutines the analysis of one file may use, for who waits for it; 0: one.
	Threads int
	// Prices gives a configuration its table of prices, at once; nil: the built-in one for all.
	Prices func(*config.Config) *pricing.Table
}

// Engine runs checks. It is safe for concurrent use.
type Engine struct {
	checks   []diagnostics.Check
	families []string
	threads  int
	rules    func() *diagnostics.Set // read at the first use
	// ofProjects are the ids of the rules that need the project to have been looked at.
	ofProjects func() map[string]bool
	now        func() time.Time
	prices     func(*config.Config) *pricing.Table
	log        *slog.Logger
	panicked   sync.Map // names of checks that are switched off
	told       sync.Map // warnings
}

// New is an engine with the checks of all families.
func New(opts Options) *Engine {
	e := &Engine{families: opts.Families, threads: opts.Threads, now: opts.Now, prices: opts.Prices, log: opts.Log}
	if e.prices == nil {
		e.prices = pricing.BuiltinFor
	}
	e.rules = sync.OnceValue(func() *diagnostics.Set {
		var rules []diagnostics.Rule
		for _, c := range e.checks {
			rules = append(rules, c.Rules()...)
		}
		return diagnostics.NewSet(rules)
	})
	e.ofProjects = sync.OnceValue(func() map[string]bool {
		ids := map[string]bool{}
		for _, c := range e.checks {
			if c.Project == nil {
				continue
			}
			for _, r := range c.Rules() {
				ids[r.ID] = true
			}
		}
		return ids
	})
	e.checks = append(checks(e), opts.Checks...)
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
	pricing.Warm()
	for _, c := range e.checks {
		if c.Warm != nil {
			c.Warm()
		}
	}
}

// Rules are all rules of qodacode, whichever families run.
func (e *Engine) Rules() *diagnostics.Set { return e.rules() }

// RulesWith are all rules of qodacode and those of users.
func (e *Engine) RulesWith(custom *sast.Custom) *diagnostics.Set { return custom.Over(e.rules()) }

// wanted reports whether a check that costs much without use is to be run: that of a family
// that is not asked for. The secrets are looked for in any case, to be masked.
func (e *Engine) wanted(c *diagnostics.Check) bool { return c.Family == "" || e.wants(c.Family) }

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
	// Rules are all rules that ran, those of users too.
	Rules *diagnostics.Set
	// UsesModules reports whether findings may rest on other files of the project.
	UsesModules bool
	// Project is the analysis of the project around the file, nil when it is not known (yet).
	Project *Project
	// Verdict is what policies say of the file, nil when it is not known (yet).
	Verdict *policy.Verdict

	engine  *Engine
	modules diagnostics.Modules
	memos   []any                 // by check
	found   []diagnostics.Finding // by the checks of single files, before comments and configuration
	moved   move                  // what was edited since Project was analysed
}

// Around is what is around a file.
type Around struct {
	Config  *config.Config
	Modules diagnostics.Modules // the files of the project that it imports; nil: none
	Custom  *sast.Custom        // the rules of users; nil: none
}

// Analyze runs all checks over f. prev is the analysis of the document's former version, or
// nil. A check that panics is switched off with one message. The error is ctx's, when it
// ends before the checks do.
func (e *Engine) Analyze(ctx context.Context, f *parser.File, around Around, prev *Analysis) (*Analysis, error) {
	checks := e.checks
	if around.Custom != nil {
		checks = append(slices.Clip(checks), around.Custom.Check())
	}
	a := &Analysis{File: f, Config: around.Config, Now: e.now(), Rules: e.RulesWith(around.Custom), engine: e, modules: around.Modules, memos: make([]any, len(checks))}
	if prev != nil {
		copy(a.memos, prev.memos)
	}
	modules := &asked{modules: around.Modules}
	results := make([][]diagnostics.Finding, len(checks))
	var beside sync.WaitGroup
	defer beside.Wait()
	for i := range checks {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if !e.wanted(&checks[i]) {
			continue
		}
		pass := &diagnostics.Pass{File: f, Config: a.Config, Now: a.Now, Context: ctx, Rules: a.Rules, Threads: e.threads, Memo: &a.memos[i], Warn: e.warn}
		if around.Modules != nil {
			pass.Modules = modules
		}
		if e.threads > 1 && checks[i].Beside {
			beside.Go(func() { results[i] = e.run(a, &checks[i], pass) })
			continue
		}
		results[i] = e.run(a, &checks[i], pass)
	}
	beside.Wait()
	found := slices.Concat(results...)
	a.UsesModules = modules.any.Load()
	a.Secrets = diagnostics.Secrets(a.Rules, found)
	a.found = slices.DeleteFunc(found, func(f diagnostics.Finding) bool {
		r, _ := a.Rules.Rule(f.Rule)
		return !e.wants(r.Family)
	})
	a.finish(a.found, false)
	return a, nil
}

// finish sets the findings that are shown. withProject tells whether the checks of the
// project have run: before that, a comment for one of their rules is not called unused. The
// same holds for policies, whose rules are not even known before.
func (a *Analysis) finish(found []diagnostics.Finding, withProject bool) {
	e := a.engine
	ran := func(id string) bool {
		r, _ := a.Rules.Rule(id)
		if isPolicy(r, id) {
			return a.Verdict != nil && e.wants("policy") && !a.Verdict.Set.Partial()
		}
		return e.wants(r.Family) && (withProject || !e.ofProjects()[id])
	}
	a.Findings, a.Suppressed = diagnostics.Finish(a.File, a.Config, a.Rules, ran, found)
}

// isPolicy reports whether a rule is a policy, by its id where it is not known yet.
func isPolicy(r diagnostics.Rule, id string) bool {
	return r.Family == "policy" || r.ID == "" && strings.HasPrefix(id, policy.Prefix)
}

// run runs one check and collects what it reports.
func (e *Engine) run(a *Analysis, check *diagnostics.Check, pass *diagnostics.Pass) (found []diagnostics.Finding) {
	if check.Run == nil {
		return nil
	}
	pass.Sink = func(f diagnostics.Finding) {
		mustKnow(a.Rules, f)
		found = append(found, f)
	}
	if !e.guarded(check.Name, a.File.Path, func() { check.Run(pass) }) {
		*pass.Memo = nil
		return nil
	}
	return found
}

// asked notes whether anything was asked of a project's modules.
type asked struct {
	modules diagnostics.Modules
	any     atomic.Bool
}

func (a *asked) Import(from *parser.File, module string) *parser.File {
	a.any.Store(true)
	return a.modules.Import(from, module)
}

// warn tells something once.
func (e *Engine) warn(message string) {
	if _, told := e.told.LoadOrStore(message, true); !told {
		e.log.Warn(message)
	}
}

// guarded runs f unless name is switched off, and switches it off when f panics. It reports
// whether f came to its end.
func (e *Engine) guarded(name, file string, f func()) (ok bool) {
	if _, off := e.panicked.Load(name); off {
		return false
	}
	defer func() {
		if r := recover(); r != nil {
			ok = false
			if _, known := e.panicked.LoadOrStore(name, true); !known {
				// A panic's text may hold a piece of the document: only its type is told.
				e.log.Error("the check "+name+" failed and is switched off until the next start; please report it with what follows",
					"file", file, "panic", fmt.Sprintf("%T", r), "stack", string(debug.Stack()))
			}
		}
	}()
	f()
	return true
}

func mustKnow(rules *diagnostics.Set, f diagnostics.Finding) {
	if _, ok := rules.Rule(f.Rule); !ok {
		panic("the check reports a rule that it does not list: " + f.Rule)
	}
}
