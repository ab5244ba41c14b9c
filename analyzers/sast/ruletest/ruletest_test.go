package ruletest

import (
	"fmt"
	"testing"

	"github.com/qodacode/qodacode/analyzers/sast/rule"
	"github.com/qodacode/qodacode/parser/text"
)

const rules = `
rules:
  - {id: a, message: m, severity: INFO, languages: [python], pattern: eval(...), fix: safe($X)}
  - {id: b, message: m, severity: INFO, languages: [python], pattern: f($X), fix: g($X), paths: {include: ["nowhere/"]}}
`

func TestScore(t *testing.T) {
	found, problems := rule.Parse("r.yml", text.New(rules))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for src, want := range map[string]string{
		"# ruleid: a\neval(1)\n":                       "a true",
		"# ok: a\neval(1)\n":                           "a false unexpected [2]",
		"# ruleid: a\nprint(1)\n":                      "a false missing [2]",
		"eval(1)\n":                                    "a false unexpected [1]",
		"#ruleid:a,b\neval(f(1))\n":                    "a true b true",
		"# todoruleid: a\nprint(1)\n":                  "a true",
		"# todook: a\neval(1)\n":                       "a true",
		"# ruleid: deepok: a\neval(1)\n":               "a true",
		"# ruleid: c\nprint(1)\n":                      "c false missing [2] unknown",
		"x = 1 # ruleid: a\neval(2)\neval(\n  3)\n":    "a false unexpected [3]",
		"// ok: b\nf2(1) <!-- ok: a -->\nprint(2)\n":   "a true b true",
		"# this speaks of ruleid and of ok: nothing\n": "",
	} {
		got := ""
		for _, o := range Score(found, Parse("t.py", src), nil) {
			if got != "" {
				got += " "
			}
			got += fmt.Sprint(o.Rule, " ", o.Passed())
			if len(o.Missing) > 0 {
				got += fmt.Sprint(" missing ", o.Missing)
			}
			if len(o.Unexpected) > 0 {
				got += fmt.Sprint(" unexpected ", o.Unexpected)
			}
			if o.Unknown {
				got += " unknown"
			}
		}
		if got != want {
			t.Errorf("%q: %s, want %s", src, got, want)
		}
	}
}

func TestFixed(t *testing.T) {
	found, _ := rule.Parse("r.yml", text.New(rules))
	// Of fixes that overlap the first counts; one that speaks of what is not bound is none.
	if got := Fixed(found, Parse("t.py", "f(f(1))\neval(2)\nf(3)\n"), nil); got != "g(f(1))\neval(2)\ng(3)\n" {
		t.Errorf("%q", got)
	}
}

func TestCases(t *testing.T) {
	cases := Cases([]string{"r/a.yaml", "r/a.py", "r/a.test.ts", "r/a.fixed.py", "r/b.yml", "r/b/x.js", "r/b/y.js", "r/ab.py", "r/c.test.yml", "r/c.yml"})
	want := "[{r/a.yaml [r/a.py r/a.test.ts] map[r/a.py:r/a.fixed.py]} {r/b.yml [r/b/x.js r/b/y.js] map[]} {r/c.yml [r/c.test.yml] map[]}]"
	if got := fmt.Sprint(cases); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
}
