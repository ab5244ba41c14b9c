package pattern

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/analyzers/sast/tree"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// tableCase is one pattern with the code that it is looked for in. The lines on which Semgrep
// reports a match end in the mark.
type tableCase struct {
	name, pattern, code string
	want                []int
	opts                Options
}

var optionOf = regexp.MustCompile(`\b(\w+)=(true|false)\b`)

// readTable reads cases: === name [option=value…], the pattern, ---, the code.
func readTable(t *testing.T, path, mark string) []tableCase {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var cases []tableCase
	for _, part := range strings.Split("\n"+string(raw), "\n=== ")[1:] {
		name, rest, _ := strings.Cut(part, "\n")
		pattern, code, ok := strings.Cut(rest, "\n---\n")
		if !ok {
			t.Fatalf("%s: %s has no code", path, name)
		}
		c := tableCase{name: name, pattern: pattern, opts: Defaults()}
		for _, m := range optionOf.FindAllStringSubmatch(name, -1) {
			switch m[1] {
			case "symbolic_propagation":
				c.opts.SymbolicPropagation = m[2] == "true"
			case "constant_propagation":
				c.opts.ConstantPropagation = m[2] == "true"
			default:
				t.Fatalf("%s: %s: unknown option %s", path, name, m[1])
			}
		}
		lines := strings.Split(code, "\n")
		for i, line := range lines {
			if cut := strings.TrimSuffix(line, mark); cut != line {
				c.want = append(c.want, i+1)
				lines[i] = strings.TrimRight(cut, " ")
			}
		}
		c.code = strings.Join(lines, "\n") + "\n"
		cases = append(cases, c)
	}
	return cases
}

// startLines are the lines on which matches begin.
func startLines(f *parser.File, p *Pattern, opts *Options) []int {
	steps := 1_000_000
	var lines []int
	p.Find(tree.Of(f), 0, opts, &steps, func(m Match) bool {
		line := strings.Count(f.Text.String()[:m.Span.Start], "\n") + 1
		if !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
		return true
	})
	slices.Sort(lines)
	return lines
}

// TestTables compares what patterns match with what Semgrep says that they do.
func TestTables(t *testing.T) {
	paths, _ := filepath.Glob("testdata/*.txt")
	for _, path := range paths {
		ext := filepath.Ext(strings.TrimSuffix(path, ".txt"))
		mark := "#!"
		if ext != ".py" {
			mark = "//!"
		}
		for _, c := range readTable(t, path, mark) {
			t.Run(filepath.Base(path)+"/"+c.name, func(t *testing.T) {
				lang := parser.LanguageOf("x"+ext, "")
				p, err := Compile(lang, c.pattern)
				if err != nil {
					t.Fatalf("%s\n%v", c.pattern, err)
				}
				got := startLines(parser.Parse("x"+ext, "", text.New(c.code)), p, &c.opts)
				if fmt.Sprint(got) != fmt.Sprint(c.want) {
					t.Errorf("%s\nmatches on lines %v, Semgrep's on %v of\n%s", c.pattern, got, c.want, numbered(c.code))
				}
			})
		}
	}
}

func numbered(code string) string {
	var b strings.Builder
	for i, line := range strings.Split(strings.TrimRight(code, "\n"), "\n") {
		fmt.Fprintf(&b, "%3d  %s\n", i+1, line)
	}
	return b.String()
}
