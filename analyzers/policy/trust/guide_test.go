package trust

import (
	"context"
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/analyzers/policy/facts"
	"github.com/qodacode/qodacode/analyzers/policy/rego"
)

// The first policy of the guide reports its code, its tests pass and reach all of it, and
// nothing is wrong in it.
func TestGuide(t *testing.T) {
	guide := read(t, "../../../docs/writing-policies.md")
	blocks := map[string][]string{}
	for _, m := range regexp.MustCompile("(?ms)^ *```(\\w+)\n(.*?)^ *```").FindAllStringSubmatch(guide, -1) {
		blocks[m[1]] = append(blocks[m[1]], strings.ReplaceAll("\n"+m[2], "\n   ", "\n")[1:])
	}
	code := regexp.MustCompile("(?ms)^```python\n(.*?)^```").FindStringSubmatch(guide)[1]
	set := rego.Set{Modules: []rego.Module{{Path: "policy.rego", Source: blocks["rego"][0]}, {Path: "policy_test.rego", Source: blocks["rego"][1]}}}
	if report := Judge(context.Background(), Request{Set: set, Policy: "policy.rego"}, nil); len(report.Problems) > 0 {
		t.Error(report.Problems)
	}
	tests, err := rego.RunTests(context.Background(), set, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(tests.Results) != 5 || tests.Coverage["policy.rego"] != 100 {
		t.Errorf("%d tests, coverage %v", len(tests.Results), tests.Coverage)
	}
	for _, r := range tests.Results {
		if !r.Passed {
			t.Errorf("%s: %s", r.Name, r.Message)
		}
	}
	document, err := facts.OfCode(context.Background(), "agent.py", code)
	if err != nil {
		t.Fatal(err)
	}
	encoded, err := json.Marshal(document)
	if err != nil {
		t.Fatal(err)
	}
	in, err := rego.NewInput(encoded)
	if err != nil {
		t.Fatal(err)
	}
	compiled, _ := rego.Check(context.Background(), set, "policy.rego", nil)
	found, failures := compiled.Eval(context.Background(), in)
	if len(found) != 1 || len(failures) > 0 || found[0].Subject != "shell:9:12" || found[0].Message != "The tool run_report starts make without approval. Ask a person first" {
		t.Errorf("%+v, %v", found, failures)
	}
}

// Every code that trust and rego have for a policy that is wrong stands in the guide.
func TestGuideHasTheCodes(t *testing.T) {
	guide := read(t, "../../../docs/writing-policies.md")
	for _, file := range []string{"static.go", "fires.go", "run.go", "compare.go", "flow_check.go"} {
		for _, m := range regexp.MustCompile(`code: "([a-z-]+)"`).FindAllStringSubmatch(read(t, file), -1) {
			// Codes of examples are told by generate.
			if code := m[1]; !strings.HasPrefix(code, "example") && code != "no-examples" && code != "fires-on-clean" && !strings.Contains(guide, "`"+code+"`") {
				t.Errorf("%s: the guide does not tell of %s", file, code)
			}
		}
	}
}
