package codeactions

import (
	"github.com/qodacode/qodacode/analyzers/sast/data"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
)

// dataEdit is what a rule about settings, lists of servers or hidden characters proposes itself.
func dataEdit(_ *parser.File, finding *diagnostics.Finding) []Action {
	fix, ok := finding.Fix.(*data.Fix)
	if !ok {
		return nil
	}
	return []Action{{
		Title: fix.Title, Preferred: true, Safe: fix.Safe,
		edits: func() []Edit {
			var edits []Edit
			for _, e := range fix.Edits {
				edits = append(edits, Edit{Span: e.Span, New: e.New})
			}
			return tidy(edits)
		},
	}}
}
