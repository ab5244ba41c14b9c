package taint

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// FuzzRun: nothing that looks like code makes the interpreter panic or run without end.
func FuzzRun(f *testing.F) {
	files, err := filepath.Glob("testdata/*.[pj][ys]")
	if err != nil || len(files) == 0 {
		f.Fatal("no seeds")
	}
	for _, path := range files {
		src, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for _, part := range strings.Split(string(src), "\n\n\n") {
			f.Add(part, strings.HasSuffix(path, ".js"))
		}
	}
	rules := testRules(f)
	f.Fuzz(func(t *testing.T, src string, script bool) {
		path := "a.py"
		if script {
			path = "a.js"
		}
		file := parser.Parse(path, "", text.New(src))
		// It imports itself by any name.
		modules := everything{file}
		for _, found := range run(file, rules, modules) {
			for _, s := range found.Trace {
				if s.Span.Start < 0 || s.Span.End > len(s.File.Text.String()) || s.Span.Start > s.Span.End {
					t.Fatalf("a step lies outside of the text: %v", s.Span)
				}
			}
		}
	})
}

type everything struct{ file *parser.File }

func (e everything) Import(*parser.File, string) *parser.File { return e.file }

// Text that grows without end in one direction is given up in time.
func TestHostile(t *testing.T) {
	rules := testRules(t)
	many := func(n int, line string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(strings.ReplaceAll(line, "#", fmt.Sprint(i)))
		}
		return b.String()
	}
	calls := many(40, "def f#(a):\n    g = f#\n    return f0(a) + f1(a) + f2(a) + f3(a) + f4(a)\n") + "sink(f0(source()))\n"
	for name, src := range map[string]string{
		"a chain of additions": "x = source()\nsink(" + strings.Repeat("x + ", 5000) + "x)\n",
		"brackets":             "sink(" + strings.Repeat("(", 5000) + "source()" + strings.Repeat(")", 5000) + ")\n",
		"lists in lists":       "x = " + strings.Repeat("[", 900) + "source()" + strings.Repeat("]", 900) + "\nsink(x)\n",
		"lambdas in lambdas":   "x = " + strings.Repeat("lambda: ", 900) + "source()\nsink(x())\n",
		"calls of calls":       calls,
		"branches":             "x = source()\n" + many(2000, "if a#:\n    x = x + b#\n") + "sink(x)\n",
		"branches in branches": "x = source()\n" + func() string {
			var b strings.Builder
			for i := range 90 {
				b.WriteString(strings.Repeat(" ", i) + "if a:\n" + strings.Repeat(" ", i+1) + "x = {'a': x}\n")
			}
			return b.String()
		}() + "sink(x)\n",
		"loops in loops": func() string {
			var b strings.Builder
			for i := range 60 {
				b.WriteString(strings.Repeat(" ", i) + "for a in source():\n")
			}
			return b.String() + strings.Repeat(" ", 60) + "x = [a, x]\n" + strings.Repeat(" ", 60) + "sink(x)\n"
		}(),
		"a big table":      "x = {" + many(20000, "'k#': source(), ") + "}\nsink(x)\n",
		"a growing list":   "x = []\n" + many(3000, "x.append([x, source()])\n") + "sink(x)\n",
		"a circle":         "x = {}\nx['x'] = x\nx['y'] = source()\nsink(x)\nclass A(A): pass\nA().b\nclass B:\n    def f(self):\n        sink(source())\nB.B = B\n",
		"a flag of a flag": "a = source()\nok = a in b\n" + many(500, "ok = ok and a in c#\nif ok:\n    sink(a)\n"),
		"functions nested": func() string {
			var b strings.Builder
			for i := range 90 {
				b.WriteString(strings.Repeat(" ", i) + fmt.Sprintf("def f%d(a):\n", i))
			}
			return b.String() + strings.Repeat(" ", 90) + "sink(source())\n"
		}(),
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			f := parser.Parse("a.py", "", text.New(src))
			run(f, rules, nil)
			if d := time.Since(start); d > 5*time.Second {
				t.Errorf("took %v", d)
			} else if testing.Verbose() {
				t.Log(d)
			}
		})
	}
}
