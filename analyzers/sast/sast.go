// Package sast runs rules in Semgrep's syntax over files: qodacode's own pack and the rules
// of users.
package sast

import (
	"context"

	"github.com/qodacode/qodacode/analyzers/sast/pattern"
	"github.com/qodacode/qodacode/analyzers/sast/rule"
	"github.com/qodacode/qodacode/analyzers/sast/taint"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// Ruleset is a set of rules with the index that tells which of them can match a file. It is
// immutable and safe for concurrent use.
type Ruleset struct {
	Rules []*rule.Rule
}

// NewRuleset indexes rules.
func NewRuleset(rules []*rule.Rule) *Ruleset { return &Ruleset{Rules: rules} }

// Finding is one place where a rule matches.
type Finding struct {
	Rule    *rule.Rule
	Span    text.Span // bytes of File.Text
	Message string    // with metavariables filled in
	Vars    []pattern.Bound
	Trace   []taint.Step // of a taint rule
	Fix     *Edit        // what the rule's fix or fix-regex makes of Span; nil without one
}

// Edit replaces a span of File.Text.
type Edit struct {
	Span text.Span
	New  string
}

// Result is what Scan found.
type Result struct {
	Findings []Finding
	Exceeded []string // ids of rules that hit their limit of steps or time in this file
}

// Scan runs all rules that can match f. modules may be nil. It ends early, with what it has, when ctx ends.
func (s *Ruleset) Scan(ctx context.Context, f *parser.File, modules taint.Modules) Result {
	return Result{}
}
