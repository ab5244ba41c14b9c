package data

import (
	"strings"
	"testing"

	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// A keystroke in 1,000 lines of code with tools and typographic quotes.
func BenchmarkRun(b *testing.B) {
	src := strings.Repeat("@mcp.tool()\ndef add(a: int, b: int) -> int:\n    \"\"\"Adds “a” to b.\"\"\"\n    return a + b\n\n", 200)
	f := parser.Parse("server.py", "", text.New(src))
	check := New()
	for b.Loop() {
		check.Run(&diagnostics.Pass{File: f, Config: config.Default(), Memo: new(any), Sink: func(diagnostics.Finding) { b.Error("found something") }})
	}
}
