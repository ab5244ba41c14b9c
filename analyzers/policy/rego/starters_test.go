package rego_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/qodacode/qodacode/analyzers/policy/rego"
)

// starterSet is the policies that come with qodacode, with their tests.
func starterSet(t testing.TB) rego.Set {
	t.Helper()
	var set rego.Set
	files, err := filepath.Glob("../starters/policies/*.rego")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d files of starters, %v", len(files), err)
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		set.Modules = append(set.Modules, rego.Module{Path: filepath.Base(file), Source: string(b)})
	}
	return set
}

func TestStartersCompileAndPassTheirTests(t *testing.T) {
	set := starterSet(t)
	policies, problems := rego.Compile(context.Background(), set, nil)
	for _, p := range problems {
		t.Errorf("%s %v: %s", p.Path, p.Span, p.Message)
	}
	if len(policies) != 5 {
		t.Errorf("%d policies", len(policies))
	}
	for _, p := range policies {
		t.Logf("%+v", p.Policy)
	}
	report, err := rego.RunTests(context.Background(), set, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(report.Results) < 10 {
		t.Errorf("%d tests", len(report.Results))
	}
	for _, p := range report.Problems {
		t.Errorf("%s %v: %s", p.Path, p.Span, p.Message)
	}
	for _, r := range report.Results {
		if !r.Passed {
			t.Errorf("%s:%d: %s: %s", r.Path, r.Line, r.Name, r.Message)
		}
	}
	for path, percent := range report.Coverage {
		if percent < 90 {
			t.Errorf("%s: tests reach %.1f %%, not lines %v", path, percent, report.Missed[path])
		}
	}
}
