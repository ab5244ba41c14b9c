package codeactions

import (
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
)

// removeComment takes out a suppression comment, or an id in one, that silences nothing.
func removeComment(_ *parser.File, finding *diagnostics.Finding) []Action {
	fix, ok := finding.Fix.(*diagnostics.RemoveFix)
	if !ok {
		return nil
	}
	return []Action{{
		Title: "Remove the unused suppression", Preferred: true, Safe: true,
		edits: func() []Edit { return []Edit{{Span: fix.Span}} },
	}}
}
