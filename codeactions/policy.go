package codeactions

import (
	"github.com/qodacode/qodacode/analyzers/policy"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// ShowFile is the command that opens a file at a place. Its arguments are those of Command.
const ShowFile = "qodacode.showFile"

// Command is what an action does that changes nothing: it opens a file.
type Command struct {
	Path string    // absolute
	Span text.Span // bytes of its text
}

// violation is what a policy proposes itself, and the way to the policy.
func violation(_ *parser.File, finding *diagnostics.Finding) []Action {
	v, ok := finding.Fix.(*policy.Violation)
	if !ok {
		return nil
	}
	var actions []Action
	if v.Title != "" {
		actions = append(actions, Action{Title: v.Title, Preferred: true, edits: func() []Edit { return []Edit{{Span: v.Span, New: v.New}} }})
	}
	if v.File.Abs != "" {
		actions = append(actions, Action{Title: "Go to the policy " + v.Policy.Package, Command: &Command{v.File.Abs, v.Policy.Span}})
	}
	return actions
}

// suggestion is what was meant in a policy.
func suggestion(_ *parser.File, finding *diagnostics.Finding) []Action {
	s, ok := finding.Fix.(*policy.Suggestion)
	if !ok {
		return nil
	}
	return []Action{{Title: "Change to " + s.New, Preferred: true, edits: func() []Edit { return []Edit{{Span: s.Span, New: s.New}} }}}
}
