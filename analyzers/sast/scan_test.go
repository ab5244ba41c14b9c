package sast

import (
	"context"
	"fmt"
	"os"
	"sort"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/analyzers/sast/rule"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

func mustRead(t testing.TB, name string) string {
	t.Helper()
	src, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(src)
}

func mustParse(t testing.TB, src string) []*rule.Rule {
	t.Helper()
	rules, problems := rule.Parse("rules.yml", text.New(src))
	for _, p := range problems {
		t.Errorf("%s: %s", p.Rule, p.Message)
	}
	return rules
}

// TestAlgebra compares what formulas find with what Semgrep finds: place, message and fix.
func TestAlgebra(t *testing.T) {
	for _, name := range []string{"algebra", "formulas"} {
		t.Run(name, func(t *testing.T) {
			rules := mustParse(t, mustRead(t, "testdata/"+name+".yml"))
			got, want := found(rules, parser.Parse(name+".py", "", text.New(mustRead(t, "testdata/"+name+".py")))), wanted(mustRead(t, "testdata/"+name+".want"))
			for _, r := range rules {
				sort.Strings(got[r.ID])
				sort.Strings(want[r.ID])
				if g, w := strings.Join(got[r.ID], "\n  "), strings.Join(want[r.ID], "\n  "); g != w {
					t.Errorf("%s finds\n  %s\nand Semgrep\n  %s", r.ID, g, w)
				}
			}
		})
	}
}

// found is a line for each finding, by rule.
func found(rules []*rule.Rule, f *parser.File) map[string][]string {
	out := map[string][]string{}
	for _, found := range NewRuleset(rules).Scan(context.Background(), f, nil).Findings {
		from, to := f.Text.Position(found.Span.Start, text.UTF8), f.Text.Position(found.Span.End, text.UTF8)
		line := fmt.Sprintf("%d:%d-%d:%d %s", from.Line+1, from.Column+1, to.Line+1, to.Column+1, found.Message)
		if found.Fix != nil {
			line += " " + found.Fix.New
		}
		out[found.Rule.ID] = append(out[found.Rule.ID], line)
	}
	return out
}

// wanted reads the same lines from a file, where the rule's id stands before each.
func wanted(src string) map[string][]string {
	out := map[string][]string{}
	last := ""
	for _, line := range strings.Split(strings.TrimSpace(src), "\n") {
		if strings.HasPrefix(line, " ") { // the second line of a fix
			out[last][len(out[last])-1] += "\n" + line
			continue
		}
		id, rest, _ := strings.Cut(line, " ")
		out[id] = append(out[id], rest)
		last = id
	}
	return out
}
