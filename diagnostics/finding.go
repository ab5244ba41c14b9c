// Package diagnostics defines what a rule is and what it finds, and how findings are
// suppressed, kept in a baseline, and printed as text, JSON and SARIF.
package diagnostics

import (
	"cmp"
	"slices"

	"github.com/qodacode/qodacode/parser/text"
)

// Severity orders findings from Hint to Error. Off switches a rule off.
type Severity uint8

// The severities of LSP, and Off.
const (
	Off Severity = iota
	Hint
	Info
	Warning
	Error
)

var severityNames = [...]string{"off", "hint", "info", "warning", "error"}

// String is the name that qodacode.toml and the JSON output use.
func (s Severity) String() string { return severityNames[s] }

// ParseSeverity is the inverse of String.
func ParseSeverity(name string) (Severity, bool) {
	i := slices.Index(severityNames[:], name)
	return Severity(max(i, 0)), i >= 0
}

// Tag is a hint on how an editor may draw a finding.
type Tag uint8

// The tags of LSP.
const (
	Unnecessary Tag = iota + 1 // drawn faded
	Deprecated                 // drawn struck through
)

// Related is another place that explains a finding.
type Related struct {
	Path    string // empty: the finding's own file
	Span    text.Span
	Message string
}

// Finding is one thing that a rule found in one file. Message and Related never hold a secret's text.
type Finding struct {
	Rule     string // id of the rule
	Severity Severity
	Span     text.Span // bytes of File.Source
	Message  string
	Related  []Related
	Flow     bool // Related is the way that data takes to Span, in order
	Tags     []Tag
	// Fix is the family's own typed value, from which codeactions makes edits; nil where
	// there is nothing to fix. It stays in the process and is never serialised.
	Fix any
}

// fixable reports whether the family offers a change. A Fix that serves other actions too tells whether it has one.
func (f *Finding) fixable() bool {
	if v, ok := f.Fix.(interface{ Fixable() bool }); ok {
		return v.Fixable()
	}
	return f.Fix != nil
}

// Sort orders findings by place, then rule, then message, and drops exact repetitions.
func Sort(findings []Finding) []Finding {
	slices.SortStableFunc(findings, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(a.Span.Start, b.Span.Start),
			cmp.Compare(a.Span.End, b.Span.End),
			cmp.Compare(a.Rule, b.Rule),
			cmp.Compare(a.Message, b.Message),
		)
	})
	return slices.CompactFunc(findings, func(a, b Finding) bool {
		return a.Span == b.Span && a.Rule == b.Rule && a.Message == b.Message
	})
}
