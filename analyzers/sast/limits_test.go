package sast

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// hostile are rules that explode over hostile code.
const hostile = `
rules:
  - {id: args, message: m, severity: INFO, languages: [python, javascript], pattern: 'f(..., $A, ..., $B, ..., $C, ..., $D, ..., $A, ...)'}
  - id: statements
    message: m
    severity: INFO
    languages: [python]
    pattern: |
      $A = $B
      ...
      $C = $A
      ...
      $D = $C
      ...
      $E = $D
      ...
      f($E)
  - {id: deep, message: m, severity: INFO, languages: [python, javascript], pattern: '<... $A + <... $B + <... $C ...> ...> ...>'}
  - {id: pairs, message: m, severity: INFO, languages: [python, javascript], patterns: [{pattern-inside: '$A'}, {pattern-inside: '$B'}, {pattern-inside: '$C'}, {pattern: '$D'}]}
  - {id: backtrack, message: m, severity: INFO, languages: [python], pattern-regex: '(?=x)(x+x+)+y'}
  - {id: words, message: m, severity: INFO, languages: [python], patterns: [{pattern: $X}, {metavariable-regex: {metavariable: $X, regex: '(?!y)(x+x+)+y'}}]}
  - id: innocent
    message: m
    severity: INFO
    languages: [python, javascript]
    pattern: eval(...)
`

// Rules that take too long are stopped, one by one, and named; the others find what they find.
func TestLimits(t *testing.T) {
	rules := mustParse(t, hostile)
	var args, assignments strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&args, "a%d, ", i)
		fmt.Fprintf(&assignments, "a%d = b%d\n", i, i)
	}
	long := strings.Repeat("x", 5000)
	for name, src := range map[string]string{
		"args.py":       "eval(1)\nf(" + args.String() + "1)\n",
		"args.js":       "eval(1)\nf(" + args.String() + "1)\n",
		"statements.py": "eval(1)\n" + assignments.String(),
		"sums.py":       "eval(1)\nx = " + strings.Repeat("a + ", 3000) + "1\n",
		"nested.py":     "eval(1)\nx = " + strings.Repeat("f(", 400) + strings.Repeat(")", 400) + "\n",
		"nested.js":     "eval(1)\nx = " + strings.Repeat("[", 400) + strings.Repeat("]", 400) + "\n",
		"long.py":       "eval(1)\n" + long + " = '" + long + "'\n",
	} {
		t.Run(name, func(t *testing.T) {
			begun := time.Now()
			result := NewRuleset(rules).Scan(context.Background(), parser.Parse(name, "", text.New(src)), nil)
			if took := time.Since(begun); took > time.Duration(len(rules))*4*time.Second {
				t.Errorf("it took %v", took)
			}
			if len(result.Failed) > 0 || slices.Contains(result.Exceeded, "innocent") {
				t.Errorf("failed %v, exceeded %v", result.Failed, result.Exceeded)
			}
			if !slices.ContainsFunc(result.Findings, func(f Finding) bool { return f.Rule.ID == "innocent" }) {
				t.Error("eval is not found")
			}
			t.Logf("%v, %d findings, exceeded %v", time.Since(begun), len(result.Findings), result.Exceeded)
		})
	}
}

// FuzzScan runs rules of all kinds over any text.
func FuzzScan(f *testing.F) {
	f.Add("a.py", "eval(x)\nf(a, b)\n")
	f.Add("a.ts", "eval(x); f(a, b);")
	f.Add("a.tsx", "const x = <a b={eval(1)}>{f(c)}</a>")
	f.Add("a.txt", "eval(")
	rules := mustParse(f, mustRead(f, "testdata/algebra.yml"))
	rules = append(rules, mustParse(f, mustRead(f, "testdata/formulas.yml"))...)
	set := NewRuleset(rules)
	f.Fuzz(func(t *testing.T, name, src string) {
		file := parser.Parse(name, "", text.New(src))
		result := set.Scan(context.Background(), file, nil)
		if len(result.Failed) > 0 {
			t.Errorf("%v panicked", result.Failed)
		}
		for i := range result.Findings {
			if s := result.Findings[i].Span; s.Start < 0 || s.End > file.Text.Len() || s.Start > s.End {
				t.Errorf("%v lies outside of the file", s)
			}
		}
	})
}
