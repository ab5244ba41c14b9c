package trust

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/analyzers/policy/facts"
	"github.com/qodacode/qodacode/analyzers/policy/rego"
	"github.com/qodacode/qodacode/parser"
)

// document is the facts of a file with statements of SQL.
func document(t testing.TB, statements ...facts.SQL) json.RawMessage {
	t.Helper()
	d := facts.Empty("agent.py", parser.Python)
	for i, s := range statements {
		s.ID = "sql:" + string(rune('0'+i))
		s.Range = facts.Range{Start: facts.Position{Line: i}, End: facts.Position{Line: i, Character: 10}}
		if s.Tables == nil {
			s.Tables = []string{}
		}
		s.Ctx.Decorators, s.Ctx.Agents = []string{}, []string{}
		for _, tri := range []*facts.Tri{&s.Ctx.Production, &s.Ctx.Approved, &s.Ctx.RateLimited, &s.Ctx.LoopBounded} {
			if *tri == "" {
				*tri = facts.Unknown
			}
		}
		d.SQL = append(d.SQL, s)
	}
	b, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func around(production, approved facts.Tri) facts.Context {
	return facts.Context{Production: production, Approved: approved}
}

const deletes = `package deletes

deny contains {"msg": "No deletes in production without approval", "range": stmt.range} if {
	some stmt in input.sql
	stmt.verb in {"delete", "drop"}
	stmt.ctx.production != "no"
	stmt.ctx.approved != "yes"
}
`

func TestExamples(t *testing.T) {
	fires := Example{"a delete", true, document(t, facts.SQL{Verb: "delete", Ctx: around("unknown", "no")})}
	approved := Example{"an approved delete", false, document(t, facts.SQL{Verb: "delete", Ctx: around("unknown", "yes")})}
	outside := Example{"a delete outside of production", false, document(t, facts.SQL{Verb: "delete", Ctx: around("no", "no")})}
	selects := Example{"a select", false, document(t, facts.SQL{Verb: "select", Ctx: around("yes", "no")})}
	changed := func(old, with string) string { return strings.Replace(deletes, old, with, 1) }
	for _, tt := range []struct {
		name, source string
		examples     []Example
		clean        []json.RawMessage
		want         []string // code at text
	}{
		{"an example for each condition", deletes, []Example{fires, approved, outside, selects}, nil, nil},
		{"nothing without approval", deletes, []Example{fires, outside, selects}, nil, []string{`unnoticed-condition at stmt.ctx.approved != "yes"`}},
		{"nothing outside of production", deletes, []Example{fires, approved, selects}, nil, []string{`unnoticed-condition at stmt.ctx.production != "no"`}},
		{"clean code notices too", deletes, []Example{fires, approved, selects}, []json.RawMessage{outside.Facts}, nil},
		{"tests need no example", changed("\tstmt.verb", "\tnot stmt.ctx.in_test\n\tnot input.file.is_test\n\tstmt.verb"), []Example{fires, approved, outside, selects}, nil, nil},
		{"a set that results are made of", `package deletes

deny contains {"msg": "No deletes without approval", "range": stmt.range} if some stmt in judged

judged contains stmt if {
	some stmt in input.sql
	stmt.verb in {"delete", "drop"}
	stmt.ctx.approved != "yes"
}
`, []Example{fires, selects}, nil, []string{`unnoticed-condition at stmt.ctx.approved != "yes"`}},
		{"silent on what it must report", changed(`!= "no"`, `== "yes"`), []Example{fires, approved, outside, selects}, nil,
			[]string{`unknown-passes at production`, `example-silent at deletes`}},
		{"reports what it must not", changed("\tstmt.ctx.approved != \"yes\"\n", ""), []Example{fires, approved, outside, selects}, nil,
			[]string{`example-fires at deletes`}},
		{"no example that it passes", deletes, []Example{fires}, nil, []string{"no-examples at deletes"}},
		{"fires on clean code", deletes, []Example{fires, approved, outside, selects}, []json.RawMessage{fires.Facts}, []string{"fires-on-clean at deletes"}},
		{"an example that is no JSON", deletes, []Example{fires, approved, outside, selects, {"broken", true, json.RawMessage("{")}}, nil, []string{"example at deletes"}},
		{"two values of a function", `package deletes

deny contains {"msg": message(stmt), "range": stmt.range} if some stmt in input.sql

message(stmt) := "No deletes" if stmt.verb == "delete"

message(stmt) := "Not in production" if stmt.ctx.production != "no"
`, []Example{fires, {"nothing", false, document(t)}}, nil, []string{`runtime at message(stmt) := "Not in production" if stmt.ctx.production != "no"`}},
		{"a range that is none", `package deletes

deny contains {"msg": "No deletes", "range": stmt.tables} if some stmt in input.sql
`, []Example{fires, {"nothing", false, document(t)}}, nil, []string{"result-shape at deletes"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			req := Request{Set: set(tt.source), Policy: "policy.rego", Examples: tt.examples, Clean: tt.clean, Generated: true}
			report := Judge(context.Background(), req, nil)
			var got []string
			for _, p := range report.Problems {
				if p.Severity == rego.Error {
					got = append(got, p.Code+" at "+tt.source[p.Span.Start:p.Span.End])
				}
			}
			slices.Sort(got)
			slices.Sort(tt.want)
			if !slices.Equal(got, tt.want) {
				t.Errorf("problems %q, want %q: %v", got, tt.want, report.Problems)
			}
			if report.Trusted() != (len(tt.want) == 0) {
				t.Errorf("trusted %v", report.Trusted())
			}
		})
	}
}

// A condition of a helper is told of too, but stops nothing: what it helps has examples.
func TestConditionsOfHelpers(t *testing.T) {
	source := `package deletes

deny contains {"msg": "No deletes without approval", "range": stmt.range} if {
	some stmt in input.sql
	risky(stmt)
}

risky(stmt) if {
	stmt.verb == "delete"
	stmt.ctx.approved != "yes"
}
`
	req := Request{Set: set(source), Policy: "policy.rego", Generated: true, Examples: []Example{
		{"a delete", true, document(t, facts.SQL{Verb: "delete"})},
		{"a select", false, document(t, facts.SQL{Verb: "select"})},
	}}
	report := Judge(context.Background(), req, nil)
	i := slices.IndexFunc(report.Problems, func(p rego.Problem) bool { return p.Code == "unnoticed-condition" })
	if i < 0 || report.Problems[i].Severity != rego.Info || !report.Trusted() {
		t.Errorf("%v", report.Problems)
	}
}

// Nobody waits for a policy that takes long: ctx ends the work.
func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	report := Judge(ctx, Request{Set: set(deletes), Policy: "policy.rego", Examples: []Example{{"a", true, document(t, facts.SQL{Verb: "delete"})}}}, nil)
	if report == nil {
		t.Fatal("no report")
	}
}

// The gate is asked before all that may never end, and can stop it.
func TestGate(t *testing.T) {
	examples := []Example{{"a delete", true, document(t, facts.SQL{Verb: "delete"})}}
	req := Request{Set: set(deletes), Policy: "policy.rego", Examples: examples}
	var steps []string
	Judge(context.Background(), req, func(s rego.Step) error {
		steps = append(steps, s.Work)
		return nil
	})
	if got := slices.Compact(steps); len(steps) < 6 || steps[0] != "parse" || !slices.Contains(got, "eval") {
		t.Errorf("steps %q", steps)
	}
	for stop := range steps {
		n := 0
		report := Judge(context.Background(), req, func(rego.Step) error {
			if n++; n > stop {
				return errors.New("it took too long")
			}
			return nil
		})
		if report.Trusted() {
			t.Errorf("stopped at step %d, %s, and trusted", stop, steps[stop])
		}
	}
}
