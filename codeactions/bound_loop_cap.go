package codeactions

import (
	"fmt"
	"strconv"

	"github.com/qodacode/qodacode/analyzers/arch"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
)

// lowerCap offers a lower limit in place of one that stops nothing.
func lowerCap(f *parser.File, finding *diagnostics.Finding) []Action {
	fix, ok := finding.Fix.(*arch.CapFix)
	if !ok || fix.Source == nil || !sameText(fix.Source, f.Source) {
		return nil
	}
	start, ok := f.Covered(finding.Span.Start)
	if !ok {
		return nil
	}
	b := &bounder{File: f}
	return b.offer(nil, fmt.Sprintf("Allow %d instead of %d", fix.To, fix.Value), func(d *draft) bool {
		for n := f.At(start); n > 0; n = f.Parent(n) {
			if value := f.Field(n, parser.FieldValue); f.Locate(f.Span(n)) == finding.Span && f.Kind(value) == parser.KindNumber {
				d.replace(f.Span(value), strconv.Itoa(fix.To))
				return true
			}
		}
		return false
	})
}
