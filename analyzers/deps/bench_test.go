package deps

import (
	"fmt"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// A keystroke in 1,000 lines with 40 imports, in a project with a lock file of 2,000 packages.
func BenchmarkJoined(b *testing.B) {
	var lock, src strings.Builder
	for i := range 2000 {
		fmt.Fprintf(&lock, "[[package]]\nname = \"package-%d\"\nversion = \"1\"\n", i)
	}
	for i := range 40 {
		fmt.Fprintf(&src, "import package_%d\n", i)
	}
	src.WriteString(strings.Repeat("def f(a):\n    return a\n\n\n", 240))
	check := New()
	var known any
	check.Project(&diagnostics.ProjectPass{Data: map[string]string{"uv.lock": lock.String(), "requirements.txt": "package-1\n"}, Memo: &known})
	f := parser.Parse("app.py", "", text.New(src.String()))
	for b.Loop() {
		check.Joined(&diagnostics.Pass{File: f, Config: config.Default(), Sink: func(d diagnostics.Finding) { b.Error(d.Message) }}, known)
	}
}
