package diagnostics

import (
	"context"
	"slices"
	"time"

	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/parser"
)

// Rule describes one rule. It is the single source for lists, hovers, codeDescription,
// SARIF metadata, the docs pages and the severity keys of qodacode.toml.
type Rule struct {
	ID       string // ARCH-001, COST-001, SECRET-<gitleaks id>, SAST-<slug>, DEPS-001, POLICY-<package>
	Title    string // a noun phrase of up to 60 characters, no full stop
	Family   string // secrets, sast, deps, arch, cost, policy, user
	Severity Severity
	Since    string // the version of qodacode that brought it; "" for a rule of users
	// Doc is Markdown: what it does, why it is bad, how to fix it with a before and an after.
	Doc string
	// Languages that it reads; empty: any file.
	Languages []parser.Language
	CWE       []string // "CWE-798"
	OWASPLLM  []string // "LLM02:2025"
	// YieldsTo is a family whose findings at the same place are shown instead, as they know more; "" for none.
	YieldsTo string
}

// Check is a unit of work that reports findings of one or more rules. A family whose rules
// share one pass over the file is one Check with many Rules.
type Check struct {
	Name string // unique; named in the message when the check panics
	// Family, where it is set, is the only one that the check reports: it runs only when that is asked for.
	Family string
	// Rules are the rules that Run reports. It is called once, and not before the first
	// analysis or list of rules, so that reading them delays no start.
	Rules func() []Rule
	// Beside says that Run takes long, so that it is worth to run it beside the other checks.
	Beside bool
	// Warm, where it is set, prepares what the first Run would otherwise wait for.
	Warm func()
	// Run reads pass.File and reports. It does no I/O, keeps no global state and may run
	// for several files at once.
	Run func(pass *Pass)
	// Project reads all files of a project together and reports on any of them; nil for a
	// check that looks at single files only. A check has one of the two or both.
	Project func(pass *ProjectPass)
	// Joined looks at a file, any version of any file, when its project has been read; known
	// is what Project has left in its pass's Memo. It reports the rules that need both. nil for none.
	Joined func(pass *Pass, known any)
	// Joins reports whether Joined may have something to say about a file.
	Joins func(f *parser.File) bool
}

// Modules finds and reads files that another one imports. It may be used by several goroutines.
type Modules interface {
	// Import is the file that a module's name means in an import of from: Python's dotted name,
	// with the dots of a relative one, or JavaScript's specifier; nil where it is none of the project.
	Import(from *parser.File, module string) *parser.File
}

// Pass is one run of a Check over one file.
type Pass struct {
	File   *parser.File
	Config *config.Config
	Now    time.Time // the clock of the run; rules never ask the system
	// Context ends when the findings are not wanted any more. A check that takes long asks it.
	Context context.Context
	// Modules are the other files of the project that the file imports; nil: none is known.
	Modules Modules
	// Rules are all rules of the run, those of users too.
	Rules *Set
	// Threads is how many goroutines a check may use; 0: one.
	Threads int
	// Memo keeps a check's own value from one version of a document to the next, so that
	// it can reuse what an edit left alone. It is nil at first and is never shared between documents.
	Memo *any
	// Warn tells the user something about the run that is no finding, once for each text.
	Warn func(message string)
	// Sink receives what is reported, with spans in File.Source.
	Sink func(Finding)
}

// Report reports a finding whose spans are bytes of File.Text. Severity 0 means the rule's own.
func (p *Pass) Report(f Finding) {
	f.Span = p.File.Locate(f.Span)
	f.Related = slices.Clone(f.Related)
	for i, r := range f.Related {
		if r.Path == "" {
			f.Related[i].Span = p.File.Locate(r.Span)
		}
	}
	p.Sink(f)
}

// ReportSource reports a finding whose spans are bytes of File.Source. They differ in notebooks only.
func (p *Pass) ReportSource(f Finding) { p.Sink(f) }
