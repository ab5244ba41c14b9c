package parser

import (
	"slices"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/parser/text"
)

func TestCallsNamed(t *testing.T) {
	var src strings.Builder
	for _, name := range []string{"f", "g", "client.create", "f", "create", "nested(f", "ff", "x[0]"} {
		src.WriteString(name + "(1)" + strings.Repeat(")", strings.Count(name, "(")) + "\n")
	}
	f := Parse("a.py", "", text.New(src.String()))
	names := map[string]bool{"": true, "absent": true}
	for i := range f.Calls {
		names[f.Calls[i].Name] = true
	}
	if len(names) < 6 {
		t.Fatalf("only the names %v", names)
	}
	for name := range names {
		var want []*Call
		for i := range f.Calls {
			if f.Calls[i].Name == name {
				want = append(want, &f.Calls[i])
			}
		}
		if got := slices.Collect(f.CallsNamed(name)); !slices.Equal(got, want) {
			t.Errorf("%d calls of %q, want %d", len(got), name, len(want))
		}
	}
	for c := range f.CallsNamed("f") { // may be left early
		if c.Name != "f" {
			t.Error(c.Name)
		}
		break
	}
}
