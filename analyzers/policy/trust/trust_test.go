package trust

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/analyzers/policy/rego"
	"github.com/qodacode/qodacode/analyzers/policy/starters"
)

// Each bad policy is found out by the code that its first line says, at the place that it says,
// with the suggestion that it says, and by nothing else that would hide what is wrong.
func TestBad(t *testing.T) {
	files, err := filepath.Glob("testdata/bad/*.rego")
	if err != nil || len(files) < 17 {
		t.Fatal(len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".rego"), func(t *testing.T) {
			source := read(t, file)
			first, _, _ := strings.Cut(source, "\n")
			want := strings.SplitN(strings.TrimPrefix(first, "# want: "), "|", 3)
			report := Judge(context.Background(), Request{Set: set(source), Policy: "policy.rego"}, nil)
			found := false
			for _, p := range report.Problems {
				at := source[p.Span.Start:p.Span.End]
				if p.Code == want[0] && at == want[1] && p.Suggestion == want[2] {
					found = true
					t.Log(p.Severity, p.Message)
					if p.Severity != rego.Error && p.Severity != rego.Warning {
						t.Errorf("severity %s", p.Severity)
					}
					continue
				}
				if p.Code != "no-test" {
					t.Logf("also: %s %s %q %q: %s", p.Severity, p.Code, at, p.Suggestion, p.Message)
				}
			}
			if !found {
				t.Errorf("want %q", want)
			}
			generated := Judge(context.Background(), Request{Set: set(source), Policy: "policy.rego", Generated: true}, nil)
			refused := slices.ContainsFunc(generated.Problems, func(p rego.Problem) bool {
				return p.Severity == rego.Error && p.Code != "no-examples"
			})
			// What runs outside of production only may be meant: examples show it.
			if want[0] != "result-shape" && filepath.Base(file) != "inverted_production.rego" && !refused {
				t.Error("trusted when generated")
			}
		})
	}
}

func TestGood(t *testing.T) {
	files, err := filepath.Glob("testdata/good/*.rego")
	if err != nil || len(files) < 17 {
		t.Fatal(len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".rego"), func(t *testing.T) {
			clean(t, read(t, file))
		})
	}
	for _, s := range starters.All() {
		t.Run(s.Name, func(t *testing.T) { clean(t, s.Source) })
	}
}

func clean(t *testing.T, source string) {
	t.Helper()
	report := Judge(context.Background(), Request{Set: set(source), Policy: "policy.rego"}, nil)
	for _, p := range report.Problems {
		if p.Code != "no-test" {
			t.Errorf("%s %s %q: %s", p.Severity, p.Code, source[p.Span.Start:p.Span.End], p.Message)
		}
	}
	if report.Policy.ID == "" {
		t.Error("no policy")
	}
}

func set(source string) rego.Set {
	return rego.Set{Modules: []rego.Module{{Path: "policy.rego", Source: source}}}
}

func read(t testing.TB, file string) string {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// A module that only helps is judged by what the policies that use it give to its functions.
func TestHelpers(t *testing.T) {
	helper := `package lib

exposed(ctx) if {
	ctx.production == "prod"
	ctx.aproved != "yes"
}
`
	policy := `package deletes

import data.lib

deny contains {"msg": "No deletes", "range": stmt.range} if {
	some stmt in input.sql
	lib.exposed(stmt.ctx)
}
`
	modules := rego.Set{Modules: []rego.Module{{Path: "lib.rego", Source: helper}, {Path: "deletes.rego", Source: policy}}}
	var got []string
	for _, p := range Judge(context.Background(), Request{Set: modules, Policy: "lib.rego"}, nil).Problems {
		got = append(got, p.Path+" "+p.Code+" "+helper[p.Span.Start:p.Span.End])
	}
	if want := []string{`lib.rego enum "prod"`, "lib.rego unknown-field aproved"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	for _, p := range Judge(context.Background(), Request{Set: modules, Policy: "deletes.rego"}, nil).Problems {
		if p.Path != "deletes.rego" {
			t.Errorf("%s of %s", p.Code, p.Path)
		}
	}
}
