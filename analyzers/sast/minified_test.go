package sast

import (
	"strings"
	"testing"

	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

func TestMinified(t *testing.T) {
	long := strings.Repeat("a=b(c,d);", 300)
	for _, c := range []struct {
		name, src string
		want      bool
	}{
		{"jquery.min.js", "a = 1\n", true},
		{"chunk.js", "/*! licence */\n" + long + "\n", true},
		{"short.js", "const text = '" + strings.Repeat("x", 1500) + "'\n", false},
		{"table.js", strings.Repeat("const a = 'a line of a file that people write';\n", 200) + "const table = '" + strings.Repeat("x", 5000) + "'\n", false},
		{"table.py", "TABLE = '" + long + "'\n", false},
	} {
		if got := minified(parser.Parse(c.name, "", text.New(c.src))); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}
