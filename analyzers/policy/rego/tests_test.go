package rego_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/analyzers/policy/rego"
)

const tested = `package p

deny contains {"msg": "m", "range": c.range} if {
	some c in input.calls
	bad(c)
}

bad(c) if c.text == "x"

bad(c) if {
	c.text == "y"
	print("it is y")
}

bad(c) if c.callee == "never.reached"
`

const testing1 = `package p_test

import data.p

test_x if count(p.deny) == 1 with input as {"calls": [{"text": "x", "callee": "a", "range": {}}]}

test_y if {
	found := p.deny with input as {"calls": [{"text": "y", "callee": "a", "range": {}}]}
	count(found) == 2
}

test_fails_at_once if count(p.deny) == 3 with input as {"calls": []}

test_error if to_number("a") == 1

test_cases[note] if {
	some note, text in {"is x": "x", "is z": "z"}
	count(p.deny) == 1 with input as {"calls": [{"text": text, "callee": "a", "range": {}}]}
}

todo_test_later if false

test_params if data.params.p.most == 4
`

func TestRunTests(t *testing.T) {
	set := rego.Set{
		Modules: []rego.Module{{Path: "p.rego", Source: tested}, {Path: "p_test.rego", Source: testing1}, {Path: "broken.rego", Source: "package broken\n\ndeny contains\n"}},
		Params:  map[string]map[string]any{"p": {"most": 4}},
	}
	report, err := rego.RunTests(context.Background(), set, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range report.Results {
		state := "fails"
		switch {
		case r.Passed:
			state = "passes"
		case r.Skipped:
			state = "is skipped"
		}
		got = append(got, fmt.Sprintf("%s %s:%d %s %s", r.Package, r.Path, r.Line, r.Name, strings.TrimSpace(state+" "+strings.ReplaceAll(r.Message, "\n", " / "))))
	}
	want := []string{
		"p_test p_test.rego:5 test_x passes",
		"p_test p_test.rego:7 test_y fails line 9 is not true: count(found) == 2 / it is y",
		"p_test p_test.rego:12 test_fails_at_once fails line 12 is not true: count(p.deny) == 3",
		"p_test p_test.rego:14 test_error fails p_test.rego:14: eval_builtin_error: to_number:",
		"p_test p_test.rego:16 test_cases fails cases that fail: is z",
		"p_test p_test.rego:21 todo_test_later is skipped",
		"p_test p_test.rego:23 test_params passes",
	}
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || !strings.HasPrefix(got[i], want[i]) {
			t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			break
		}
	}
	if len(report.Problems) == 0 || report.Problems[0].Path != "broken.rego" {
		t.Errorf("%+v", report.Problems)
	}
	if c := report.Coverage["p.rego"]; c < 70 || c >= 100 || fmt.Sprint(report.Missed["p.rego"]) != "[15]" {
		t.Errorf("coverage %v, missed %v", c, report.Missed["p.rego"])
	}

	some, err := rego.RunTests(context.Background(), set, `^data\.p_test\.test_[xy]$`, nil)
	if err != nil || len(some.Results) != 2 {
		t.Errorf("%+v, %v", some, err)
	}
	if _, err := rego.RunTests(context.Background(), set, `(`, nil); err == nil {
		t.Error("a filter that is no regular expression")
	}
	none, err := rego.RunTests(context.Background(), set, "", func(s rego.Step) error {
		if s.Work == "test" && strings.HasSuffix(s.Policy, "test_x") {
			return errors.New("not this one")
		}
		return nil
	})
	if err != nil || none.Results[0].Message != "not this one" || none.Results[0].Passed {
		t.Errorf("%+v, %v", none, err)
	}
}

// TestGate: what is left out is told, and does not stop the others.
func TestGate(t *testing.T) {
	set := rego.Set{Modules: []rego.Module{{Path: "a.rego", Source: strings.Replace(tested, "package p", "package a", 1)}, {Path: "b.rego", Source: strings.Replace(tested, "package p", "package b", 1)}}}
	for _, work := range []string{"parse", "compile"} {
		policies, problems := rego.Compile(context.Background(), set, func(s rego.Step) error {
			if s.Work == work && s.Path == "a.rego" {
				return errors.New("too slow")
			}
			return nil
		})
		if len(policies) != 1 || policies[0].Package != "b" || len(problems) != 1 || problems[0].Path != "a.rego" || problems[0].Message != "too slow" {
			t.Errorf("%s: %d policies, %+v", work, len(policies), problems)
		}
	}
}

func TestFormat(t *testing.T) {
	got, err := rego.Format("p.rego", "package p\ndeny contains {\"msg\":\"m\",\"range\":c.range} if {some c in input.calls;c.text==\"x\"}\n", nil)
	if err != nil || !strings.Contains(got, "\tsome c in input.calls\n\tc.text == \"x\"\n") {
		t.Errorf("%s, %v", got, err)
	}
	if _, err := rego.Format("p.rego", "package p\ndeny contains", nil); err == nil {
		t.Error("what does not parse is formatted")
	}
}

func TestLint(t *testing.T) {
	set := rego.Set{Modules: []rego.Module{{Path: "p.rego", Source: tested}, {Path: "lib.rego", Source: "package lib\n\nx := input.cals\n"}, {Path: "p_test.rego", Source: "package p_test\n\nimport data.p\n\ntest_a if count(p.denny) == 0\n"}}}
	for path, want := range map[string]string{"p.rego": "", "lib.rego": "unknown-field", "p_test.rego": "unknown-rule"} {
		problems := rego.Lint(context.Background(), set, path, nil)
		got := ""
		for _, p := range problems {
			got += p.Code
		}
		if got != want {
			t.Errorf("%s: %+v", path, problems)
		}
	}
	if problems := rego.Lint(context.Background(), rego.Set{Modules: set.Modules[:1]}, "p.rego", nil); len(problems) != 1 || problems[0].Code != "no-test" {
		t.Errorf("%+v", problems)
	}
}
