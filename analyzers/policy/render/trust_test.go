package render_test

import (
	"context"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/format"

	"github.com/qodacode/qodacode/analyzers/policy/facts"
	"github.com/qodacode/qodacode/analyzers/policy/intent"
	"github.com/qodacode/qodacode/analyzers/policy/phrase"
	"github.com/qodacode/qodacode/analyzers/policy/rego"
	"github.com/qodacode/qodacode/analyzers/policy/render"
	"github.com/qodacode/qodacode/analyzers/policy/trust"
)

// TestPoliciesOfPhrasesAreTrusted renders the policy of every phrase that is understood, and
// has it judged by its own examples: it fires, it is silent, and every condition is noticed.
func TestPoliciesOfPhrasesAreTrusted(t *testing.T) {
	data, err := os.ReadFile("../phrase/testdata/phrases.txt")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, line := range strings.Split(string(data), "\n") {
		say, want, ok := strings.Cut(line, " => ")
		if !ok || line[0] == '#' || want == "refused" || seen[want] {
			continue
		}
		seen[want] = true
		t.Run(strings.ReplaceAll(want, "/", "|"), func(t *testing.T) {
			t.Parallel()
			in, err := phrase.Parse(say)
			if err != nil {
				t.Fatal(err)
			}
			judge(t, in, say)
		})
	}
}

func judge(t *testing.T, in intent.Intent, say string) {
	t.Helper()
	r, err := render.Policy(in, say)
	if err != nil {
		t.Fatal(err)
	}
	req := trust.Request{Set: rego.Set{Modules: []rego.Module{{Path: "p.rego", Source: r.Rego}}}, Policy: "p.rego", Generated: true}
	var cases []render.Case
	fires := 0
	for _, e := range r.Examples {
		name := map[string]string{"python": "agent.py", "typescript": "agent.ts"}[e.Language]
		doc, err := facts.OfCode(context.Background(), name, e.Code)
		if err != nil {
			t.Fatal(err)
		}
		if doc.File.ParseErrors > 0 {
			t.Errorf("an example has syntax errors:\n%s", e.Code)
		}
		facts, err := json.Marshal(doc)
		if err != nil {
			t.Fatal(err)
		}
		var plain map[string]any
		if err := json.Unmarshal(facts, &plain); err != nil {
			t.Fatal(err)
		}
		cases = append(cases, render.Case{Example: e, Facts: plain})
		req.Examples = append(req.Examples, trust.Example{Name: e.Why + "\n" + e.Code, Fires: e.Fires, Facts: facts})
		if e.Fires {
			fires++
		}
	}
	if fires == 0 || fires == len(r.Examples) {
		t.Errorf("%d of %d examples fire", fires, len(r.Examples))
	}
	test, err := render.Test(r, cases)
	if err != nil {
		t.Fatal(err)
	}
	if formatted, err := format.SourceWithOpts("p_test.rego", []byte(test), format.Opts{RegoVersion: ast.RegoV1}); err != nil || string(formatted) != test {
		t.Errorf("its test is not formatted: %v\n%s\nbut\n%s", err, test, formatted)
	}
	set := rego.Set{Modules: append(req.Set.Modules, rego.Module{Path: "p_test.rego", Source: test})}
	if results, err := rego.RunTests(context.Background(), set, "", nil); err != nil {
		t.Error(err)
	} else {
		for _, r := range results.Results {
			if !r.Passed {
				t.Errorf("%s: %s\n%s", r.Name, r.Message, test)
			}
		}
	}
	report := trust.Judge(context.Background(), req, nil)
	for _, p := range report.Problems {
		if p.Code == "no-test" {
			continue
		}
		t.Errorf("%s %s: %s", p.Severity, p.Code, p.Message)
	}
	if t.Failed() {
		t.Log(r.Rego)
	}
}
