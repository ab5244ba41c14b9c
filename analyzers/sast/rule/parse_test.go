package rule

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// read reads YAML that is written with tabs at the left for readability.
func readRules(t *testing.T, src string) File {
	t.Helper()
	return Read("rules.yml", text.New(src))
}

func TestAttributes(t *testing.T) {
	f := readRules(t, `
rules:
  - id: all-of-it
    message: found $1
    severity: HIGH
    languages: [regex]
    pattern-regex: 'a(b)'
    fix-regex: {regex: 'a', replacement: '\1', count: 2}
    paths: {include: ["*.txt"], exclude: [vendor/]}
    metadata:
      title: A thing
      cwe: ["CWE-078: Improper", CWE-89]
      owasp: A03:2021
      owasp-llm: ["LLM05:2025"]
      confidence: high
      fix-safe: true
      fix-title: Do it
      something: {else: [1]}
`)
	if len(f.Problems) > 0 || len(f.Rules) != 1 {
		t.Fatalf("%d rules, problems %v", len(f.Rules), f.Problems)
	}
	r := f.Rules[0]
	if r.Severity != diagnostics.Error || !r.Text || r.FixRegex.Count != 2 || r.Paths.Include[0] != "*.txt" {
		t.Errorf("read %+v", r)
	}
	m := r.Metadata
	if fmt.Sprint(m.CWE) != "[CWE-78 CWE-89]" || m.Confidence != "HIGH" || !m.FixSafe || m.FixTitle != "Do it" || fmt.Sprint(m.OWASP) != "[A03:2021]" {
		t.Errorf("metadata %+v", m)
	}
}

// rule wraps the part of a rule that a test is about.
func wrap(body string) string {
	return "rules:\n  - id: x\n    message: m\n    severity: INFO\n    languages: [regex]\n" + body
}

func TestProblems(t *testing.T) {
	tests := []struct {
		name, src string
		line      int // 1-based
		message   string
	}{
		{"no list", "a: 1\n", 1, "a list named rules"},
		{"no YAML", "rules:\n  - id: x\n   bad: [\n", 2, "not valid YAML"},
		{"unknown anchor", "rules: *nothing\n", 1, "not valid YAML"},
		{"no id", "rules:\n  - message: m\n", 2, "no id"},
		{"no message", "rules:\n  - id: x\n    severity: INFO\n    languages: [regex]\n", 2, "no message"},
		{"severity", strings.Replace(wrap("    pattern-regex: a\n"), "INFO", "BAD", 1), 4, `no severity "BAD"`},
		{"language", strings.Replace(wrap("    pattern-regex: a\n"), "[regex]", "[klingon]", 1), 5, `no language "klingon"`},
		{"mode", wrap("    mode: join\n    join: {}\n"), 6, "mode: join is not supported"},
		{"no pattern", wrap(""), 2, "no pattern"},
		{"two patterns", wrap("    pattern-regex: a\n    pattern-either: []\n"), 7, "can't stand together"},
		{"regexp", wrap("    pattern-regex: 'a('\n"), 6, "invalid regular expression"},
		{"recursion", wrap("    pattern-regex: 'a(?R)?'\n"), 6, "recursion"},
		{"only negative", wrap("    patterns:\n      - pattern-not-regex: a\n"), 7, "nothing here says what to find"},
		{"empty either", wrap("    pattern-either: []\n"), 6, "between 1 and"},
		{"not an operator", wrap("    patterns:\n      - pattern-regex: a\n      - patern-not: b\n"), 8, `"patern-not" is no operator`},
		{"python", wrap("    patterns:\n      - pattern-regex: a\n      - pattern-where-python: b\n"), 8, "no Python in rules"},
		{"metavariable", wrap("    patterns:\n      - pattern-regex: a\n      - metavariable-regex: {metavariable: x, regex: a}\n"), 8, "no metavariable"},
		{"comparison in a block", wrap("    patterns:\n      - pattern-regex: a\n      - metavariable-comparison:\n          comparison: |\n            $X > 1 and\n            foo($X)\n"), 11, `"foo" is not known`},
		{"base", wrap("    patterns:\n      - pattern-regex: a\n      - metavariable-comparison: {metavariable: $X, comparison: $X > 1, base: 99}\n"), 8, "base must be"},
		{"duplicate id", wrap("    pattern-regex: a\n") + "  - id: x\n    message: m\n    severity: INFO\n    languages: [regex]\n    pattern-regex: b\n", 7, "taken by another rule"},
		{"taint of text", wrap("    mode: taint\n    pattern-sources: [{pattern: a}]\n    pattern-sinks: [{pattern: b}]\n"), 2, "needs a language"},
		{"duplicate key", wrap("    pattern-regex: a\n    pattern-regex: b\n"), 7, "stands here twice"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			src := text.New(test.src)
			f := Read("rules.yml", src)
			if len(f.Problems) == 0 {
				t.Fatalf("no problem; %d rules", len(f.Rules))
			}
			p := f.Problems[0]
			if line := src.LineOf(p.Span.Start) + 1; line != test.line || !strings.Contains(p.Message, test.message) {
				t.Errorf("line %d: %s; want line %d: …%s…", line, p.Message, test.line, test.message)
			}
		})
	}
}

// A rule with a problem does not take the others with it.
func TestOthersRun(t *testing.T) {
	f := readRules(t, wrap("    pattern-regex: 'a('\n")+"  - id: y\n    message: m\n    severity: INFO\n    languages: [generic]\n    pattern: a ... b\n"+
		"  - id: z\n    message: m\n    severity: INFO\n    languages: [java]\n    pattern: a(\n")
	if len(f.Rules) != 1 || f.Rules[0].ID != "y" || len(f.Problems) != 1 || f.Problems[0].Rule != "x" || f.Foreign != 1 {
		t.Errorf("rules %v, problems %v, foreign %d", f.Rules, f.Problems, f.Foreign)
	}
}

// Formulas behind aliases are one value, for one set of languages.
func TestAliases(t *testing.T) {
	f := readRules(t, `
x-shared: &shared
  pattern-either:
    - pattern-regex: aaa
    - pattern-regex: bbb
rules:
  - {id: a, message: m, severity: INFO, languages: [regex], patterns: [*shared, {pattern-not-regex: c}]}
  - {id: b, message: m, severity: INFO, languages: [regex], patterns: [*shared]}
  - {id: c, message: m, severity: INFO, languages: [generic], patterns: [*shared]}
  - id: d
    <<: {message: m, severity: INFO, languages: [regex]}
    pattern-regex: d
`)
	if len(f.Problems) > 0 || len(f.Rules) != 4 {
		t.Fatalf("%d rules, problems %v", len(f.Rules), f.Problems)
	}
	shared := func(i int) *Formula { return f.Rules[i].Search.Children[0] }
	if shared(0) != shared(1) || shared(0) == shared(2) || shared(0).Op != Or {
		t.Errorf("shared formulas %p %p %p", shared(0), shared(1), shared(2))
	}
}

func TestHostile(t *testing.T) {
	bomb := "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n"
	for i := 1; i < 12; i++ {
		bomb += fmt.Sprintf("a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d,", i-1), 10), ","))
	}
	tests := map[string]string{
		"bomb":      bomb + "rules:\n  - {id: x, message: m, severity: INFO, languages: [regex], pattern-either: *a11}\n",
		"cycle":     "rules: &r\n  - id: x\n    message: m\n    severity: INFO\n    languages: [regex]\n    patterns: &p\n      - patterns: *p\n",
		"merges":    "a: &a\n  <<: *a\n  id: x\nrules: [*a]\n",
		"deep":      wrap("    patterns: " + strings.Repeat("[{patterns: ", 3000) + strings.Repeat("}]", 3000) + "\n"),
		"brackets":  strings.Repeat("[", 100_000),
		"long":      wrap("    pattern-regex: '" + strings.Repeat("a", maxRegexp+1) + "'\n"),
		"parens":    wrap("    pattern-regex: '" + strings.Repeat("(", 9000) + strings.Repeat(")", 9000) + "'\n"),
		"compare":   wrap("    patterns: [{pattern-regex: a}, {metavariable-comparison: {comparison: '" + strings.Repeat("(", 9000) + "'}}]\n"),
		"huge":      "rules: " + strings.Repeat(" ", maxBytes),
		"backslash": wrap("    pattern-regex: 'a\\'\n"),
	}
	for name, src := range tests {
		t.Run(name, func(t *testing.T) {
			f := readRules(t, src)
			if len(f.Problems) == 0 {
				t.Errorf("nothing is wrong with it: %d rules", len(f.Rules))
			}
			for _, p := range f.Problems {
				if p.Span.Start < 0 || p.Span.End > len(src) || p.Span.Start > p.Span.End {
					t.Errorf("%v lies outside of the file", p.Span)
				}
			}
		})
	}
	var many strings.Builder
	many.WriteString("rules:\n")
	for i := range maxRules + 5 {
		fmt.Fprintf(&many, "  - {id: x%d, message: m, severity: INFO, languages: [regex], pattern-regex: a}\n", i)
	}
	if f := readRules(t, many.String()); len(f.Rules) != maxRules || len(f.Problems) != 1 {
		t.Errorf("%d rules, problems %v", len(f.Rules), f.Problems)
	}
}

func TestPaths(t *testing.T) {
	tests := []struct {
		glob, path string
		want       bool
	}{
		{"*.py", "a/b.py", true}, {"*.py", "a/b.pyc", false}, {"tests", "a/tests/b.py", true}, {"tests/", "tests/b.py", true},
		{"/src", "src/a.py", true}, {"/src", "a/src/a.py", false}, {"src/*.py", "src/a.py", true}, {"src/*.py", "src/a/b.py", false},
		{"src/**/*.py", "src/a/b/c.py", true}, {"src/**/*.py", "src/c.py", true}, {"**/x_*.ts", "a/x_1.ts", true}, {"a?.js", "ab.js", true},
		{"[ab].js", "a.js", true}, {"[!ab].js", "a.js", false}, {"[", "a", false}, {"foo", "foobar", false},
	}
	for _, test := range tests {
		p := Paths{Include: []string{test.glob}}
		if got := p.Match(test.path); got != test.want {
			t.Errorf("%s matches %s: %v", test.glob, test.path, got)
		}
		p = Paths{Exclude: []string{test.glob}}
		if got := p.Match(test.path); got == test.want {
			t.Errorf("%s excludes %s: %v", test.glob, test.path, !got)
		}
	}
}

func TestLanguages(t *testing.T) {
	f := readRules(t, strings.Replace(wrap("    pattern-regex: a\n"), "[regex]", "[ts, js, java]", 1))
	if len(f.Rules) != 1 || fmt.Sprint(f.Rules[0].Languages) != fmt.Sprint([]parser.Language{parser.JavaScript, parser.TypeScript, parser.TSX}) || f.Rules[0].Text {
		t.Errorf("%+v", f)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(wrap("    pattern-regex: 'a(?<x>b)\\1'\n"))
	f.Add(wrap("    patterns:\n      - pattern: a ... $X\n      - metavariable-comparison: {comparison: '$X > 1 and not re.match(\"a\", str($X))'}\n      - focus-metavariable: [$X]\n"))
	f.Add("a: &a [*a]\nrules: *a\n")
	f.Add("rules:\n  - id: t\n    mode: taint\n    message: m\n    severity: INFO\n    languages: [python]\n    pattern-sources: [{pattern: a, label: A}]\n    pattern-sinks: [{pattern: b, requires: A and not B}]\n")
	f.Fuzz(func(t *testing.T, src string) {
		begun := time.Now()
		file := Read("f.yml", text.New(src))
		if took := time.Since(begun); took > 5*time.Second {
			t.Errorf("it took %v", took)
		}
		for _, p := range file.Problems {
			if p.Span.Start < 0 || p.Span.End > len(src) || p.Span.Start > p.Span.End {
				t.Errorf("%v lies outside of the file", p.Span)
			}
		}
	})
}
