// Package rule reads rules in Semgrep's YAML syntax into typed values. It checks all that can
// be known without code: the syntax of patterns and regular expressions, metavariables,
// numbers. It does no matching.
package rule

import (
	"sync/atomic"

	"github.com/qodacode/qodacode/analyzers/sast/pattern"
	"github.com/qodacode/qodacode/analyzers/sast/words"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// Rule is one rule for one or more languages.
type Rule struct {
	ID        string // as its file names it
	Message   string // with $X and $1 to be filled in
	Severity  diagnostics.Severity
	Languages []parser.Language // of code; empty with Text
	Text      bool              // languages: regex or generic; only patterns of text
	Metadata  Metadata
	Options   pattern.Options
	Paths     Paths
	Fix       string // text that replaces a match, with $X filled in; "" without one
	FixRegex  *FixRegex
	Search    *Formula  // mode: search
	Taint     *Taint    // mode: taint; one of the two is set
	File      string    // the rule's file
	At        text.Span // the id in its file
}

// Metadata is what a rule tells about itself. Unknown keys are left out.
type Metadata struct {
	Title      string   // title; qodacode's own rules have one
	Doc        string   // doc: Markdown
	CWE        []string // "CWE-78"; Semgrep's "CWE-78: Improper …" is cut
	OWASP      []string
	OWASPLLM   []string // owasp-llm: "LLM05:2025"
	Since      string
	Confidence string // HIGH, MEDIUM, LOW
	References []string
	FixSafe    bool   // fix-safe: the fix keeps what the code is for
	FixTitle   string // fix-title: of the code action
	Fixer      string // fixer: the name of a fix that is written in Go, in codeactions
}

// FixRegex replaces Regexp by Replacement in a match, Count times (0: all).
type FixRegex struct {
	Regexp      *Regexp
	Replacement string // with \1 for the first group
	Count       int
}

// Paths limit a rule to files; globs are Semgrep's (gitignore syntax).
type Paths struct{ Include, Exclude []string }

// Op is what a Formula does.
type Op uint8

// Operators of formulas.
const (
	Pattern   Op = iota // pattern
	Regex               // pattern-regex
	And                 // patterns, all
	Or                  // pattern-either, any
	Not                 // pattern-not
	Inside              // pattern-inside, inside
	NotInside           // pattern-not-inside
	NotRegex            // pattern-not-regex
)

// Formula is a pattern or a combination of formulas. It is the same value wherever a YAML
// alias repeats it, so that it is evaluated once.
type Formula struct {
	Op         Op
	Source     string // of Pattern and Regex, as written
	Regexp     *Regexp
	Children   []*Formula
	Conditions []Condition // of And
	Focus      [][]string  // of And: each list is one focus-metavariable, whose names' union counts
	At         text.Span   // in the rule's file
	// Around marks what stands below Inside and NotInside: of several matches that begin at one
	// place, only the longest matters there.
	Around bool

	canonical     string   // of Pattern: see Canonical
	metavariables []string // in it

	patterns []*compiled // of Pattern: by language of the rule; see the method
	needs    [codeLanguages]atomic.Pointer[[]words.Need]
}

// Condition is what metavariables of an And must fulfil.
type Condition struct {
	Metavariable string
	// One of these is set.
	Regexp                *Regexp         // metavariable-regex; anchored at the start, as Python's match
	Formula               *Formula        // metavariable-pattern
	Language              parser.Language // of Formula, where it differs: the text of a string is code of that language
	HasLanguage, TextOnly bool
	Generic               bool                                   // with TextOnly: also code that is no string is looked at
	Comparison            *Comparison                            // metavariable-comparison
	Type                  []string                               // metavariable-type
	Types                 map[parser.Language][]*pattern.Pattern // of Type: patterns ($X: T)
	Analyzer              string                                 // metavariable-analysis: entropy, redos
	Modules               []string                               // metavariable-name: what its qualified name starts with
	Constant              bool                                   // constant-propagation of metavariable-regex
	At                    text.Span
}

// Comparison is a parsed metavariable-comparison.
type Comparison struct {
	Expr  Expr
	Strip bool
	Base  int // of the digits; Semgrep reads it and does nothing with it
}

// Expr is a node of a comparison's expression: a number, a string, a metavariable, an operator
// or a call of int, str, today, strptime, re.match, len.
type Expr struct {
	Op   string // "num", "str", "var", "bool", "list", an operator, "call:int", …
	Text string
	Num  float64
	Args []Expr
}

// Taint is a rule of mode: taint.
type Taint struct {
	Sources     []Source
	Sinks       []Sink
	Sanitizers  []Sanitizer
	Propagators []Propagator
	Options     TaintOptions
}

// TaintOptions are the options of a rule that change how taint spreads; the zero value is the default.
type TaintOptions struct {
	SafeBooleans    bool // taint_assume_safe_booleans: what is known to be a bool is clean
	SafeNumbers     bool // taint_assume_safe_numbers
	SafeFunctions   bool // taint_assume_safe_functions: calls of unknown functions give clean values
	SafeIndexes     bool // taint_assume_safe_indexes: a[tainted] is clean
	SafeComparisons bool // taint_assume_safe_comparisons
	OnlyAssignments bool // taint_only_propagate_through_assignments
	UnifyMvars      bool // taint_unify_mvars: metavariables of source and sink must be bound to the same
	FocusOnSource   bool // taint_focus_on: source; findings are where the taint comes from
}

// Source taints what it matches.
type Source struct {
	Formula      *Formula
	Exact        bool // only the match itself, not what stands in it
	BySideEffect bool // also the variable that it matches, from there on
	Only         bool // by-side-effect: only
	Control      bool
	Label        string // "" is __SOURCE__
	Requires     *Requires
}

// Sink is where taint must not arrive.
type Sink struct {
	Formula    *Formula
	Exact      bool // default true since Semgrep 1.?: only the match itself
	AtExit     bool
	Requires   *Requires
	RequiresOf map[string]*Requires // by metavariable
}

// Sanitizer makes what it matches clean.
type Sanitizer struct {
	Formula        *Formula
	Exact          bool
	BySideEffect   bool
	NotConflicting bool
}

// Propagator carries taint from one metavariable of its match to another.
type Propagator struct {
	Formula       *Formula
	From, To      string
	BySideEffect  bool
	Requires      *Requires
	Label         string
	ReplaceLabels []string
}

// Requires is a formula over labels.
type Requires struct {
	Op   string // label, and, or, not, true
	Name string
	Args []*Requires
}

// Problem is something wrong in a rule file, where it stands. The rule is left out, the others run.
type Problem struct {
	Rule    string // its id, where it is known
	Span    text.Span
	Message string
}
