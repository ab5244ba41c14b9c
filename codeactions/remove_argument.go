package codeactions

import (
	"github.com/qodacode/qodacode/analyzers/sast"
	"github.com/qodacode/qodacode/parser"
)

// removeArgument leaves out the setting that a rule is about, so that the library's own default
// holds: f(x, allow_dangerous_code=True) → f(x). The finding is the argument, or its name.
func removeArgument(d *draft, fix *sast.Fix) (title string, ok bool) {
	for n := d.At(fix.Span.Start); n != parser.NoNode; n = d.Parent(n) {
		s := d.Span(n)
		if s.Start != fix.Span.Start {
			return "", false
		}
		name := parser.NoNode
		switch d.Kind(n) {
		case parser.KindKeywordArgument:
			name = d.Field(n, parser.FieldName)
		case parser.KindPair:
			name = d.Field(n, parser.FieldKey)
		}
		if name == parser.NoNode || s.End < fix.Span.End {
			continue
		}
		d.removeArguments([]parser.NodeID{n})
		return "Remove " + d.Slice(name), true
	}
	return "", false
}
