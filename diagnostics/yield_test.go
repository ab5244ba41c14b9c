package diagnostics

import (
	"testing"

	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// A rule gives way to a family that knows more of the place, and what it finds is masked as that family's.
func TestYieldsTo(t *testing.T) {
	set := NewSet([]Rule{
		{ID: "SECRET-x", Family: "secrets", Severity: Error},
		{ID: "SAST-secret", Family: "sast", Severity: Error, YieldsTo: "secrets"},
		{ID: "SAST-secret", Family: "sast", Severity: Hint, Title: "the same rule of another check"},
	})
	if n := len(set.Rules()) - len(ownRules); n != 2 {
		t.Errorf("%d rules", n)
	}
	if r, _ := set.Rule("SAST-secret"); r.Severity != Error {
		t.Errorf("%+v: the first one counts", r)
	}
	found := []Finding{
		{Rule: "SECRET-x", Span: text.Span{Start: 4, End: 8}},
		{Rule: "SAST-secret", Span: text.Span{Start: 3, End: 9}},
		{Rule: "SAST-secret", Span: text.Span{Start: 20, End: 25}},
	}
	f := parser.Parse("a.json", "", text.New("{\"a\": 1, \"b\": \"some other words\"}"))
	kept, _ := Finish(f, config.Default(), set, nil, found)
	if len(kept) != 2 || kept[0].Rule != "SECRET-x" || kept[1].Span.Start != 20 {
		t.Errorf("kept %+v", kept)
	}
	if spans := Secrets(set, found); len(spans) != 3 {
		t.Errorf("masked: %v", spans)
	}
}
