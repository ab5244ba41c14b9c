package pack_test

import (
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/analyzers/sast/pack"
	"github.com/qodacode/qodacode/analyzers/sast/rule"
	"github.com/qodacode/qodacode/analyzers/sast/ruletest"
	"github.com/qodacode/qodacode/parser/text"
)

// TestPack runs each file of rules over the annotated code beside it.
func TestPack(t *testing.T) {
	for _, name := range ruleFiles(t) {
		src, err := fs.ReadFile(pack.Files(), name)
		if err != nil {
			t.Fatal(err)
		}
		source := text.New(string(src))
		for _, p := range rule.Read(name, source).Problems {
			t.Errorf("%s:%d: %s: %s", name, source.LineOf(p.Span.Start)+1, p.Rule, p.Message)
		}
	}
	for _, folder := range []string{"python", "script"} {
		entries, err := os.ReadDir(folder)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, e := range entries {
			names = append(names, folder+"/"+e.Name())
		}
		for _, c := range ruletest.Cases(names) {
			t.Run(c.Rules, func(t *testing.T) { testFile(t, c) })
		}
	}
}

func ruleFiles(t *testing.T) []string {
	names, err := fs.Glob(pack.Files(), "*/*.yml")
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func testFile(t *testing.T, c ruletest.Case) {
	var rules []*rule.Rule
	for _, r := range pack.Rules() {
		if r.File == path.Join("pack", c.Rules) {
			rules = append(rules, r)
		}
	}
	positive, negative := map[string]bool{}, map[string]bool{}
	for _, name := range c.Tests {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		f := ruletest.Parse(name, string(src))
		for _, o := range ruletest.Score(rules, f, nil) {
			positive[o.Rule] = positive[o.Rule] || len(o.Expected) > 0
			if !o.Passed() {
				t.Errorf("%s in %s: missing lines %v, unexpected lines %v, unknown %v, exceeded %v", o.Rule, o.Path, o.Missing, o.Unexpected, o.Unknown, o.Exceeded)
			}
		}
		for _, r := range rules {
			negative[r.ID] = negative[r.ID] || strings.Contains(string(src), "ok: "+r.ID) || strings.Contains(string(src), "ok:"+r.ID) || slices.ContainsFunc(strings.Split(string(src), "\n"), func(line string) bool {
				_, ids, ok := strings.Cut(line, "ok: ")
				return ok && strings.Contains(ids, r.ID)
			})
		}
		if fixed := c.Fixed[name]; fixed != "" {
			want, err := os.ReadFile(fixed)
			if err != nil {
				t.Fatal(err)
			}
			if got := ruletest.Fixed(rules, f, nil); got != string(want) {
				t.Errorf("%s with all fixes is\n%s\nand not what %s says", name, got, fixed)
			}
		}
	}
	for _, r := range rules {
		if !positive[r.ID] || !negative[r.ID] {
			t.Errorf("%s needs examples of what it finds (ruleid) and of what it must not find (ok)", r.ID)
		}
	}
}
