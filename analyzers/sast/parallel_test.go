package sast

import (
	"context"
	"fmt"
	"testing"

	"github.com/qodacode/qodacode/analyzers/sast/pack"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// What several goroutines find is what one finds.
func TestScanOnSeveralGoroutines(t *testing.T) {
	set := NewRuleset(pack.Rules())
	for _, ext := range []string{".py", ".ts"} {
		f := parser.Parse("a"+ext, "", text.New(thousand(t, ext)))
		one := set.Scan(context.Background(), f, nil)
		if len(one.Findings) < 50 {
			t.Fatalf("%s: %d findings, too few to compare", ext, len(one.Findings))
		}
		several := set.ScanOn(context.Background(), parser.Parse("a"+ext, "", text.New(thousand(t, ext))), nil, 4)
		if a, b := list(one), list(several); a != b {
			t.Errorf("%s: one goroutine finds\n%s\nfour find\n%s", ext, a, b)
		}
	}
}

func list(r Result) string {
	out := fmt.Sprint(r.Exceeded, r.Failed)
	for _, f := range r.Findings {
		out += fmt.Sprintf("\n%s %v %s %d", f.Rule.ID, f.Span, f.Message, len(f.Trace))
	}
	return out
}
