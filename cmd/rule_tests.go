package cmd

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/qodacode/qodacode/parser/text"
)

func newRulesTest(env Env) *cobra.Command {
	var format, color string
	c := &cobra.Command{
		Use:   "test [PATH...]",
		Short: "Run the annotated tests of rules in Semgrep's syntax",
		Long: `Run the annotated tests of the rules in files and folders, of this folder when none is named.
The test of rules/name.yml is rules/name.py, name.ts, …, or any file in rules/name/. In it
"# ruleid: ID" says that the rule finds the next line, "# ok: ID" that it does not; todoruleid
and todook leave it open. A finding on any other line is wrong. name.fixed.py says how name.py
looks when all fixes are applied.

Exit codes: 0 all tests pass, 1 some do not or a rule can't be used, 2 wrong usage.`,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				args = []string{"."}
			}
			if err := oneOf("--format", format, "text", "json"); err != nil {
				return err
			}
			if err := oneOf("--color", color, colors...); err != nil {
				return err
			}
			for _, arg := range args {
				if _, err := os.Stat(absolute(env.Dir, arg)); err != nil {
					return fmt.Errorf("there is no file or folder %s", arg)
				}
			}
			tests, err := runRuleTests(c.Context(), env, args)
			if err != nil {
				return err
			}
			if format == "json" {
				err = tests.writeJSON(env.Out)
			} else {
				err = tests.writeText(env.Out, colored(env, color))
			}
			if err == nil && !tests.passed() {
				return exit(exitFindings)
			}
			return err
		},
	}
	c.Flags().StringVar(&format, "format", "text", "text or json")
	c.Flags().StringVar(&color, "color", "auto", "auto, always or never")
	return c
}

// paint are the colours of the report.
type paint bool

func (p paint) with(code, s string) string {
	if !p {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

func (p paint) red(s string) string   { return p.with("31", s) }
func (p paint) green(s string) string { return p.with("32", s) }
func (p paint) dim(s string) string   { return p.with("2", s) }

// writeText writes each test on a line, and a diff of those that fail: - is a line that should
// be found, + one that should not.
func (t *ruleTests) writeText(w io.Writer, color bool) error {
	p := paint(color)
	var b strings.Builder
	passed, failed := 0, 0
	for _, o := range t.outcomes {
		if o.Passed() {
			passed++
			fmt.Fprintf(&b, "%s  %s %s\n", p.green("ok  "), o.Rule, p.dim(fmt.Sprintf("%s: %s", o.Path, count(len(o.Expected), "line"))))
			continue
		}
		failed++
		fmt.Fprintf(&b, "%s  %s %s\n", p.red("FAIL"), o.Rule, p.dim(o.Path))
		switch {
		case o.Unknown:
			b.WriteString("      no rule has this id in " + o.rules + "; correct the comment or the rule's id\n")
		case o.Exceeded:
			b.WriteString("      the rule takes too long in this file and was stopped; make its patterns more specific\n")
		}
		diff := map[int]string{}
		for _, line := range o.Missing {
			diff[line] = "-"
		}
		for _, line := range o.Unexpected {
			diff[line] = "+"
		}
		for line := 1; line <= o.src.Lines(); line++ {
			switch diff[line] {
			case "-":
				b.WriteString(p.red(fmt.Sprintf("    - %4d  %s", line, lineOf(o.src, line))) + p.dim("  is not found") + "\n")
			case "+":
				b.WriteString(p.green(fmt.Sprintf("    + %4d  %s", line, lineOf(o.src, line))) + p.dim("  is found") + "\n")
			}
		}
	}
	for _, f := range t.fixes {
		failed++
		fmt.Fprintf(&b, "%s  fixes %s\n", p.red("FAIL"), p.dim(f.path))
		writeDiff(&b, p, f.want, f.got)
	}
	for _, r := range t.problems {
		fmt.Fprintf(&b, "%s  %s:%d:%d: %s\n", p.red("FAIL"), r.path, r.line, r.column, r.Message)
	}
	for _, n := range t.notes {
		b.WriteString("note  " + n + "\n")
	}
	if n := len(t.untested); n > 0 {
		verb := "have"
		if n == 1 {
			verb = "has"
		}
		fmt.Fprintf(&b, "note  %s %s no test: %s\n", count(n, "rule"), verb, strings.Join(t.untested, ", "))
	}
	fmt.Fprintf(&b, "%d passed, %d failed", passed, failed)
	if n := len(t.problems); n > 0 {
		fmt.Fprintf(&b, ", %s cannot be used", count(n, "rule"))
	}
	b.WriteString("\n")
	_, err := io.WriteString(w, b.String())
	return err
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func lineOf(src *text.Text, line int) string {
	return strings.TrimRight(src.Slice(src.Line(line-1)), "\r\n")
}

// writeDiff writes the lines that differ between the common beginning and the common end.
func writeDiff(b *strings.Builder, p paint, want, got string) {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	start := 0
	for start < min(len(w), len(g)) && w[start] == g[start] {
		start++
	}
	end := 0
	for end < min(len(w), len(g))-start && w[len(w)-1-end] == g[len(g)-1-end] {
		end++
	}
	for i, line := range w[start : len(w)-end] {
		b.WriteString(p.red(fmt.Sprintf("    - %4d  %s", start+i+1, line)) + "\n")
	}
	for i, line := range g[start : len(g)-end] {
		b.WriteString(p.green(fmt.Sprintf("    + %4d  %s", start+i+1, line)) + "\n")
	}
}

// writeJSON writes what programs read.
func (t *ruleTests) writeJSON(w io.Writer) error {
	type test struct {
		Rule       string `json:"rule"`
		Rules      string `json:"rules"`
		Path       string `json:"path"`
		Expected   []int  `json:"expected"`
		Reported   []int  `json:"reported"`
		Missing    []int  `json:"missing"`
		Unexpected []int  `json:"unexpected"`
		Passed     bool   `json:"passed"`
	}
	type problem struct {
		Path    string `json:"path"`
		Line    int    `json:"line"`
		Column  int    `json:"column"`
		Rule    string `json:"rule"`
		Message string `json:"message"`
	}
	out := struct {
		Version  int       `json:"version"`
		Tests    []test    `json:"tests"`
		Fixes    []string  `json:"failed_fixes"`
		Problems []problem `json:"problems"`
		Untested []string  `json:"untested"`
	}{1, []test{}, []string{}, []problem{}, append([]string{}, t.untested...)}
	lines := func(l []int) []int { return append([]int{}, l...) }
	for _, o := range t.outcomes {
		out.Tests = append(out.Tests, test{o.Rule, o.rules, o.Path, lines(o.Expected), lines(o.Reported), lines(o.Missing), lines(o.Unexpected), o.Passed()})
	}
	for _, f := range t.fixes {
		out.Fixes = append(out.Fixes, f.path)
	}
	for _, p := range t.problems {
		out.Problems = append(out.Problems, problem{p.path, p.line, p.column, p.Rule, p.Message})
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(out)
}
