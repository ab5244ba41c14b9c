// Package search evaluates formulas over a file: the algebra of ranges of Semgrep's patterns,
// pattern-either, pattern-inside and the conditions on metavariables.
package search

import (
	"context"

	"github.com/qodacode/qodacode/analyzers/sast/pattern"
	"github.com/qodacode/qodacode/analyzers/sast/rule"
	"github.com/qodacode/qodacode/analyzers/sast/tree"
)

// Match is one match of a formula.
type Match = pattern.Match

// Search is the evaluation of formulas over one tree. Formulas that several rules share are evaluated once.
// It is for one goroutine.
type Search struct {
	Tree *tree.Tree
	ctx  context.Context
}

// New begins to search t.
func New(ctx context.Context, t *tree.Tree) *Search { return &Search{Tree: t, ctx: ctx} }

// Limit says that the limit of steps for one rule and file was reached; what was found until then counts.
type Limit struct{ Steps int }

// Find is all matches of f, in order of their place, with what r's options say.
func (s *Search) Find(f *rule.Formula, r *rule.Rule) []Match { return nil }

// Exceeded reports whether the rule that was evaluated last hit its limit, and resets it.
func (s *Search) Exceeded() bool { return false }
