// Package codeactions turns findings into edits. There is one file per kind of fix, and one
// row per kind in the table below.
package codeactions

import (
	"cmp"
	"slices"

	"github.com/qodacode/qodacode/analyzers"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// QuickFix is the kind of the actions, as LSP names it.
const QuickFix = "quickfix"

// Action is one thing that can be done about a finding.
type Action struct {
	Title     string
	Kind      string
	Rule      string
	Finding   *diagnostics.Finding
	Preferred bool // the one an editor applies on "auto fix"
	// Safe marks a fix that changes no behaviour, so that many can be applied unseen.
	Safe bool
	// Disabled is why the action can't be applied; "" when it can.
	Disabled string
	// Command is what is done instead of edits; nil for most.
	Command *Command

	edits func() []Edit
}

// Edits are the changes of the action. They are computed when they are asked for, and are
// sorted and do not overlap within a file.
func (a Action) Edits() []Edit {
	if a.edits == nil || a.Disabled != "" {
		return nil
	}
	return a.edits()
}

// Edit replaces Span by New.
type Edit struct {
	// Path is "" for the finding's own file, else relative to the workspace folder with slashes.
	Path string
	Span text.Span // bytes of File.Source
	New  string
	// Append puts New at the end of Path, on a line of its own; Path is created when absent.
	Append bool
}

// offers is the table: what each kind of fix offers for a finding.
var offers = []func(f *parser.File, finding *diagnostics.Finding) []Action{
	swapModel,
	capCost,
	promptCache,
	serviceTier,
	capRetries,
	moveSecret,
	responseCache,
	batchEmbedding,
	hoist,
	boundLoop,
	lowerCap,
	orphan,
	dependencyName,
	dataEdit,
	ruleFix,
	violation,
	suggestion,
	removeComment,
	suppress,
}

// For lists the actions for the findings that touch span, bytes of File.Source.
func For(a *analyzers.Analysis, span text.Span) []Action {
	return actionsFor(a.File, a.Findings, span)
}

// FixAll are the edits of all safe fixes of the file, without those that overlap an earlier one.
func FixAll(a *analyzers.Analysis) []Edit { return fixAll(a.File, a.Findings) }

func actionsFor(f *parser.File, findings []diagnostics.Finding, span text.Span) []Action {
	actions := []Action{}
	for i := range findings {
		finding := &findings[i]
		if !finding.Span.Overlaps(span) && !finding.Span.Contains(span.Start) {
			continue
		}
		for _, offer := range offers {
			for _, action := range offer(f, finding) {
				action.Rule, action.Finding = finding.Rule, finding
				action.Kind = cmp.Or(action.Kind, QuickFix)
				if !slices.ContainsFunc(actions, action.equals) {
					actions = append(actions, action)
				}
			}
		}
	}
	return actions
}

// equals reports whether another finding offers the same: two findings may stand on one loop.
func (a Action) equals(b Action) bool {
	return a.Title == b.Title && a.Finding.Fix != nil && a.Finding.Span.Overlaps(b.Finding.Span) && slices.Equal(a.Edits(), b.Edits())
}

func fixAll(f *parser.File, findings []diagnostics.Finding) []Edit {
	var all []Edit
	for i := range findings {
		for _, offer := range offers {
			for _, action := range offer(f, &findings[i]) {
				if action.Safe && !overlapAny(all, action.Edits()) {
					all = append(all, action.Edits()...)
				}
			}
		}
	}
	return tidy(all)
}

func overlapAny(all, more []Edit) bool {
	return slices.ContainsFunc(more, func(m Edit) bool {
		return slices.ContainsFunc(all, func(e Edit) bool { return e.Path == m.Path && e.Span.Overlaps(m.Span) })
	})
}
