package pattern

import (
	"os"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/analyzers/sast/tree"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// benchSource is about 1,000 lines of ordinary code: the tables' own.
func benchSource(b *testing.B) string {
	var out strings.Builder
	for _, name := range []string{"calls", "statements", "definitions", "constants", "names"} {
		raw, err := os.ReadFile("testdata/" + name + ".py.txt")
		if err != nil {
			b.Fatal(err)
		}
		for _, part := range strings.Split(string(raw), "\n=== ")[1:] {
			_, code, _ := strings.Cut(part, "\n---\n")
			out.WriteString(code + "\n")
		}
	}
	return out.String()
}

var benchPatterns = []string{
	`subprocess.$F(..., shell=True, ...)`, `$X = request.args.get(...)
...
$Y.execute($X, ...)`, `def $F(..., $X, ...):
    ...
    return $X`, `foo(..., "...", ...)`, `$X.execute("..." + $Y)`, `os.system($X)`, `f"...{$X}..."`, `$X[$Y] = $Z`, `@app.route(...)
def $F(...):
    ...`, `open($X, ...)`,
}

func BenchmarkFind(b *testing.B) {
	src := benchSource(b)
	b.Logf("%d lines", strings.Count(src, "\n"))
	var patterns []*Pattern
	for _, p := range benchPatterns {
		c, err := Compile(parser.Python, p)
		if err != nil {
			b.Fatal(err)
		}
		patterns = append(patterns, c)
	}
	f := parser.Parse("x.py", "", text.New(src))
	opts := Defaults()
	b.ReportAllocs()
	for b.Loop() {
		for _, p := range patterns {
			steps := 1 << 30
			p.Find(tree.Of(f), 0, &opts, &steps, func(Match) bool { return true })
		}
	}
}
