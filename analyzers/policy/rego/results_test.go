package rego_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/analyzers/policy/facts"
	"github.com/qodacode/qodacode/analyzers/policy/rego"
	"github.com/qodacode/qodacode/parser"
)

// input is the facts of a file with calls of a and b, on lines 1 and 2.
func input(t testing.TB) *rego.Input {
	t.Helper()
	d := facts.Empty("app.py", parser.Python)
	for i, name := range []string{"a", "b"} {
		d.Calls = append(d.Calls, facts.Call{ID: "call:" + name, Callee: name, Text: name, Resolved: "exact", Args: []facts.Arg{}, Ctx: facts.Context{Decorators: []string{}, Agents: []string{}, Production: "unknown", Approved: "no", RateLimited: "no", LoopBounded: "yes"},
			Range: facts.Range{Start: facts.Position{Line: i + 1, Character: 4}, End: facts.Position{Line: i + 1, Character: 9}}})
	}
	b, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	in, err := rego.NewInput(b)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// run compiles a policy and runs it; each violation and failure is a line.
func run(t testing.TB, source string) []string {
	t.Helper()
	policies, problems := rego.Compile(context.Background(), rego.Set{Modules: []rego.Module{{Path: "p.rego", Source: source}}}, nil)
	if len(policies) != 1 {
		t.Fatalf("%d policies: %+v", len(policies), problems)
	}
	violations, failures := policies[0].Eval(context.Background(), input(t))
	var lines []string
	for _, v := range violations {
		line := fmt.Sprintf("%s %s %d:%d-%d:%d %s", v.Severity, v.Rule, v.Range.Start.Line, v.Range.Start.Character, v.Range.End.Line, v.Range.End.Character, v.Message)
		if v.Subject != "" {
			line += " of " + v.Subject
		}
		if v.Fix != nil {
			line += fmt.Sprintf(" fix %q %d:%d %q", v.Fix.Title, v.Fix.Range.Start.Line, v.Fix.Range.Start.Character, v.Fix.NewText)
		}
		for _, r := range v.Related {
			line += fmt.Sprintf(" see %d:%d %s", r.Range.Start.Line, r.Range.Start.Character, r.Message)
		}
		lines = append(lines, line)
	}
	for _, f := range failures {
		lines = append(lines, f.Code+": "+f.Message)
	}
	return lines
}

func TestResults(t *testing.T) {
	for _, test := range []struct {
		name, rules string
		want        []string // lines, or how they begin
	}{
		{"range", `deny contains {"msg": "m", "range": c.range} if some c in input.calls`, []string{"error deny 1:4-1:9 m", "error deny 2:4-2:9 m"}},
		{"subject", `deny contains {"msg": "m", "subject": "call:b"} if input.calls`, []string{"error deny 2:4-2:9 m of call:b"}},
		{"range and subject", `deny contains {"msg": "m", "range": input.calls[0].range, "subject": "call:b"} if true`, []string{"error deny 1:4-1:9 m of call:b"}},
		{"unknown subject", `deny contains {"msg": "m", "subject": "call:c"} if true`, []string{"error deny 0:0-0:0 m", `result-shape: A result of deny: its subject is "call:c", which is the id of no fact`}},
		{"kinds", "violation_x contains {\"msg\": \"v\", \"range\": input.calls[0].range}\nwarn contains {\"msg\": \"w\", \"range\": input.calls[0].range}\ninfo_y contains {\"msg\": \"i\", \"range\": input.calls[0].range}", []string{"info info_y 1:4-1:9 i", "error violation_x 1:4-1:9 v", "warning warn 1:4-1:9 w"}},
		{"own severity and rule", `deny contains {"msg": "m", "range": input.calls[0].range, "severity": "hint", "rule": "no-a"} if true`, []string{"hint no-a 1:4-1:9 m"}},
		{"wrong severity", `deny contains {"msg": "m", "range": input.calls[0].range, "severity": "fatal"} if true`, []string{"error deny 1:4-1:9 m", `result-shape: A result of deny: its severity is "fatal"; it can be error`}},
		{"text", `deny contains "just text" if true`, []string{"error deny 0:0-0:0 just text", "result-shape: A result of deny: it has no place"}},
		{"two texts, said once", "deny contains \"x\" if true\ndeny contains \"y\" if true", []string{"error deny 0:0-0:0 x", "error deny 0:0-0:0 y", "result-shape:"}},
		{"made elsewhere", "deny contains found if some found in all\nall := [1, {\"range\": input.calls[0].range}, {\"msg\": 3, \"range\": 7}]", []string{"error deny 0:0-0:0 P", "error deny 0:0-0:0 P", "error deny 1:4-1:9 P", "result-shape: A result of deny: it is number and no object", "result-shape: A result of deny: its msg is number and no text", `result-shape: A result of deny: it has no "msg"`, "result-shape: A result of deny: its range: it is no object"}},
		{"range that cannot be", `deny contains {"msg": "m", "range": {"start": {"line": 3, "character": 0}, "end": {"line": 1, "character": 0}}} if true`, []string{"error deny 0:0-0:0 m", "result-shape: A result of deny: its range: its end is before its start"}},
		{"negative range", `deny contains {"msg": "m", "range": {"start": {"line": -1, "character": 0}, "end": {"line": 1, "character": 0}}} if true`, []string{"error deny 0:0-0:0 m", "result-shape: A result of deny: its range: line and character must be whole numbers"}},
		{"fix", `deny contains {"msg": "m", "range": input.calls[0].range, "fix": {"title": "Do b", "range": input.calls[1].range, "new_text": "b()"}} if true`, []string{`error deny 1:4-1:9 m fix "Do b" 2:4 "b()"`}},
		{"fix of the place", `deny contains {"msg": "m", "subject": "call:b", "fix": {"new_text": ""}} if true`, []string{`error deny 2:4-2:9 m of call:b fix "Apply the policy's fix" 2:4 ""`}},
		{"long fix", `deny contains {"msg": "m", "range": input.calls[0].range, "fix": {"new_text": concat("", [s | some i in numbers.range(1, 300); s := sprintf("%0100d", [i])])}} if true`, []string{"error deny 1:4-1:9 m", "result-shape: A result of deny: its fix has more than 10240 bytes"}},
		{"no fix", `deny contains {"msg": "m", "range": input.calls[0].range, "fix": "b()"} if true`, []string{"error deny 1:4-1:9 m", "result-shape: A result of deny: its fix is no object"}},
		{"related", `deny contains {"msg": "m", "range": input.calls[0].range, "related": [{"range": c.range, "msg": c.text} | some c in input.calls]} if true`, []string{"error deny 1:4-1:9 m see 1:4 a see 2:4 b"}},
		{"wrong related", `deny contains {"msg": "m", "range": input.calls[0].range, "related": [{"msg": "x"}, 3]} if true`, []string{"error deny 1:4-1:9 m", "result-shape: A result of deny: an element of its related has no range", "result-shape: A result of deny: an element of its related is no object"}},
		{"long message", `deny contains {"msg": concat("é", [s | some i in numbers.range(1, 300); s := sprintf("%d", [i])]), "range": input.calls[0].range} if true`, []string{"error deny 1:4-1:9 1é2é3é"}},
		{"failing function", `deny contains {"msg": "m", "range": c.range} if {
	some c in input.calls
	to_number(c.text) > 1
}`, []string{"runtime: deny failed: to_number: "}},
		{"two values", "deny contains {\"msg\": \"m\", \"range\": c.range} if { some c in input.calls; f(c.text) == 1 }\nf(x) := 1 if startswith(x, \"a\")\nf(x) := 2 if endswith(x, \"a\")\nwarn contains {\"msg\": \"w\", \"range\": input.calls[0].range}", []string{"warning warn 1:4-1:9 w", "runtime: deny failed: function data.p.f produced conflicting values for the same inputs:   1 at p.rego:4   2 at p.rego:5: two definitions give different values"}},
		{"silent", `deny contains {"msg": "m", "range": c.range} if { some c in input.calls; c.text == "z" }`, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := run(t, "package p\n\n"+test.rules+"\n")
			if !slices.EqualFunc(got, test.want, strings.HasPrefix) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
			}
			for _, line := range got {
				if len(line) > 700 {
					t.Errorf("%d bytes", len(line))
				}
			}
		})
	}
}

func TestSeverity(t *testing.T) {
	const rules = `
deny contains {"msg": "d", "range": input.calls[0].range}

# METADATA
# custom:
#   severity: %s
warn contains {"msg": "w", "range": input.calls[1].range}
`
	for _, test := range []struct{ of, ofWarn, policy, deny, warn string }{
		{"error", "", "error", "error", "warning"},
		{"warning", "", "warning", "warning", "warning"},
		{"info", "", "info", "info", "info"},
		{"critical", "", "error", "error", "warning"},
		{"nonsense", "", "error", "error", "warning"},
		{"info", "error", "info", "info", "error"},
	} {
		source := "# METADATA\n# title: T\n# description: D\n# custom:\n#   severity: " + test.of + "\npackage a.p_q\n" + fmt.Sprintf(rules, test.ofWarn)
		policies, problems := rego.Compile(context.Background(), rego.Set{Modules: []rego.Module{{Path: "p.rego", Source: source}}}, nil)
		if len(policies) != 1 {
			t.Fatalf("%+v", problems)
		}
		p := policies[0]
		if p.ID != "POLICY-p-q" || p.Package != "a.p_q" || p.Title != "T" || p.Description != "D" || p.Severity != test.policy || source[p.Span.Start:p.Span.End] != "p_q" || strings.Join(p.Rules, " ") != "deny warn" {
			t.Errorf("%+v", p.Policy)
		}
		violations, _ := p.Eval(context.Background(), input(t))
		if len(violations) != 2 || violations[0].Severity != test.deny || violations[1].Severity != test.warn {
			t.Errorf("%+v: %+v", test, violations)
		}
	}
}

func TestParams(t *testing.T) {
	source := "package p\n\nmost := data.params.p.most\n\ndeny contains {\"msg\": sprintf(\"%v\", [most]), \"range\": input.calls[0].range} if count(input.calls) > most\n"
	for _, test := range []struct {
		params map[string]map[string]any
		want   int
	}{{nil, 0}, {map[string]map[string]any{"p": {"most": 1}}, 1}, {map[string]map[string]any{"p": {"most": int64(2)}}, 0}, {map[string]map[string]any{"q": {"most": 1}}, 0}} {
		policies, problems := rego.Compile(context.Background(), rego.Set{Modules: []rego.Module{{Path: "p.rego", Source: source}}, Params: test.params}, nil)
		if len(policies) != 1 {
			t.Fatalf("%+v", problems)
		}
		_, set := test.params["p"]["most"]
		if unset := slices.ContainsFunc(problems, func(p rego.Problem) bool {
			return p.Code == "unset-param" && source[p.Span.Start:p.Span.End] == "data.params.p.most"
		}); unset == set {
			t.Errorf("%v: %+v", test.params, problems)
		}
		if violations, failures := policies[0].Eval(context.Background(), input(t)); len(violations) != test.want || len(failures) > 0 {
			t.Errorf("%v: %+v, %+v", test.params, violations, failures)
		}
	}
}
