package codeactions

import (
	"cmp"
	"strings"
	"unicode/utf8"

	"github.com/qodacode/qodacode/analyzers/sast"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
)

// fixers are the fixes that rules name (metadata.fixer) because a replacement of their match
// can't say them. Each returns the edits of a draft, or false where it can't be sure.
var fixers = map[string]func(d *draft, fix *sast.Fix) (title string, ok bool){
	"parameterise-sql": parameteriseSQL,
	"shell-list":       shellList,
	"path-guard":       pathGuard,
	"remove-argument":  removeArgument,
	"safe-loader":      safeLoader,
}

// ruleFix is what a rule of the family sast, or of a user, proposes itself.
func ruleFix(f *parser.File, finding *diagnostics.Finding) []Action {
	fix, ok := finding.Fix.(*sast.Fix)
	if !ok {
		return nil
	}
	if fix.Edit != nil {
		e := fix.Edit
		d := &draft{File: f}
		d.replace(e.Span, e.New)
		return []Action{{
			Title: cmp.Or(fix.Title, fixTitle(e.New)), Preferred: true, Safe: fix.Safe,
			edits: d.done,
		}}
	}
	fixer := fixers[fix.Fixer]
	if fixer == nil {
		return nil
	}
	d := &draft{File: f}
	title, ok := fixer(d, fix)
	if !ok {
		return nil
	}
	return []Action{{Title: cmp.Or(fix.Title, title), Preferred: true, Safe: fix.Safe, edits: d.done}}
}

// fixTitle names a replacement by its beginning.
func fixTitle(with string) string {
	const longest = 50
	with = strings.Join(strings.Fields(with), " ")
	if with == "" {
		return "Remove this"
	}
	if len(with) > longest {
		cut := longest
		for !utf8.RuneStart(with[cut]) {
			cut--
		}
		with = with[:cut] + "…"
	}
	return "Replace with " + with
}
