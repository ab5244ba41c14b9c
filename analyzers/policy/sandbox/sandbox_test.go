package sandbox_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/analyzers/policy/facts"
	"github.com/qodacode/qodacode/analyzers/policy/rego"
	"github.com/qodacode/qodacode/analyzers/policy/sandbox"
	"github.com/qodacode/qodacode/parser"
)

func TestMain(m *testing.M) {
	sandbox.ServeTests()
	os.Exit(m.Run())
}

func client(t testing.TB) *sandbox.Client {
	c := sandbox.New(sandbox.Options{})
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// one is a set of one policy, and a good one beside it.
func one(source string) rego.Set {
	return rego.Set{Modules: []rego.Module{{Path: "good.rego", Source: good}, {Path: "other.rego", Source: source}}}
}

const good = `package good

deny contains {"msg": "a call", "range": c.range, "subject": c.id} if some c in input.calls
`

// document is the facts of a file with a number of calls.
func document(t testing.TB, calls int) json.RawMessage {
	t.Helper()
	d := facts.Empty("app.py", parser.Python)
	for i := range calls {
		d.Calls = append(d.Calls, facts.Call{ID: "call:" + strings.Repeat("x", i%7) + string(rune('a'+i%26)), Callee: "os.system", Text: "os.system", Resolved: "exact", Args: []facts.Arg{}, Ctx: facts.Context{Decorators: []string{}, Agents: []string{}, Production: "unknown", Approved: "no", RateLimited: "no", LoopBounded: "yes"},
			Range: facts.Range{Start: facts.Position{Line: i, Character: 2}, End: facts.Position{Line: i, Character: 9}}})
	}
	b, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func starters(t testing.TB) rego.Set {
	t.Helper()
	var set rego.Set
	files, _ := filepath.Glob("../starters/policies/*.rego")
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		set.Modules = append(set.Modules, rego.Module{Path: filepath.Base(file), Source: string(b)})
	}
	return set
}

func TestRoundTrip(t *testing.T) {
	c, ctx := client(t), context.Background()
	set := starters(t)
	loaded, err := c.Load(ctx, set)
	if err != nil {
		t.Fatal(err)
	}
	if len(loaded.Policies) != 5 || len(loaded.Problems) != 0 {
		t.Fatalf("%+v", loaded)
	}
	d := facts.Empty("app.py", parser.Python)
	d.SQL = append(d.SQL, facts.SQL{ID: "sql:1", Verb: "delete", Tables: []string{"users"}, Statement: "DELETE FROM users", Known: "full",
		Ctx:   facts.Context{Decorators: []string{}, Agents: []string{}, Production: "yes", Approved: "no", LoopBounded: "yes", RateLimited: "no"},
		Range: facts.Range{Start: facts.Position{Line: 3, Character: 4}, End: facts.Position{Line: 3, Character: 9}}})
	b, _ := json.Marshal(d)
	result, err := c.Eval(ctx, loaded.ID, b)
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Failures) != 0 || len(result.Violations) != 1 || result.Violations[0].Policy != "POLICY-no-prod-db-deletes" || result.Violations[0].Range.Start.Line != 3 || result.Violations[0].Severity != "error" {
		t.Errorf("%+v", result)
	}
	report, err := c.Test(ctx, set, "")
	if err != nil || len(report.Problems) > 0 || len(report.Results) < 20 {
		t.Errorf("%d results, %v, %v", len(report.Results), report.Problems, err)
	}
	for _, r := range report.Results {
		if !r.Passed {
			t.Errorf("%s %s: %s", r.Path, r.Name, r.Message)
		}
	}
	formatted, err := c.Format(ctx, "x.rego", "package x\ndeny contains {\"msg\":\"a\"} if   true\n")
	if err != nil || formatted != "package x\n\ndeny contains {\"msg\": \"a\"}\n" {
		t.Errorf("%q, %v", formatted, err)
	}
	problems, err := c.Lint(ctx, one("package other\n\ndeny contains {\"msg\": c.nam, \"range\": c.range} if some c in input.calls\n"), "other.rego")
	if err != nil || !slices.ContainsFunc(problems, func(p rego.Problem) bool { return p.Code == "unknown-field" }) {
		t.Errorf("%+v, %v", problems, err)
	}
}

func TestSetThatIsNotLoaded(t *testing.T) {
	if _, err := client(t).Eval(context.Background(), "nothing", document(t, 1)); err != sandbox.ErrUnknownSet {
		t.Errorf("%v", err)
	}
}
