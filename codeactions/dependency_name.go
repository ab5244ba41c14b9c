package codeactions

import (
	"fmt"

	"github.com/qodacode/qodacode/analyzers/deps"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
)

// dependencyName puts the name of the package that is likely meant in place of one that is
// not, or adds a package to the project's requirements. Neither is safe: only people know what they mean.
func dependencyName(_ *parser.File, finding *diagnostics.Finding) []Action {
	fix, ok := finding.Fix.(*deps.Fix)
	if !ok {
		return nil
	}
	if fix.Append != "" {
		return []Action{{
			Title: fmt.Sprintf("Add %s to %s", fix.New, fix.Append), Preferred: true,
			edits: func() []Edit { return []Edit{{Path: fix.Append, New: fix.New, Append: true}} },
		}}
	}
	return []Action{{
		Title: fmt.Sprintf("Replace %s by %s", fix.Old, fix.New), Preferred: true,
		edits: func() []Edit {
			var edits []Edit
			for _, place := range fix.Places {
				edits = append(edits, Edit{Span: place, New: fix.New})
			}
			return tidy(edits)
		},
	}}
}
