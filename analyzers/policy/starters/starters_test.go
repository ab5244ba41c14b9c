package starters

import (
	"bytes"
	"context"
	"encoding/json"
	"io/fs"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/cover"
	"github.com/open-policy-agent/opa/v1/format"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/tester"

	"github.com/qodacode/qodacode/analyzers/policy/facts"
)

// The tests of the starters pass, and reach every line.
func TestTests(t *testing.T) {
	ctx := context.Background()
	for _, s := range All() {
		t.Run(s.Name, func(t *testing.T) {
			modules := map[string]*ast.Module{
				s.Name + ".rego":      parse(t, s.Name+".rego", s.Source),
				s.Name + "_test.rego": parse(t, s.Name+"_test.rego", s.Test),
			}
			coverage := cover.New()
			results, err := tester.NewRunner().SetCompiler(compiler(t)).SetModules(modules).SetCoverageQueryTracer(coverage).RunTests(ctx, nil)
			if err != nil {
				t.Fatal(err)
			}
			n := 0
			for r := range results {
				n++
				if !r.Pass() {
					t.Errorf("%s: fail %v, error %v", r.Name, r.Fail, r.Error)
				}
			}
			if n < 8 {
				t.Errorf("%d tests", n)
			}
			for file, report := range coverage.Report(modules).Files {
				for _, r := range report.NotCovered {
					t.Errorf("%s:%d to %d: no test reaches it", file, r.Start.Row, r.End.Row)
				}
			}
		})
	}
}

// What a starter tells of itself is what OPA reads in it.
func TestAll(t *testing.T) {
	want := []string{"agent_approval_required", "external_api_whitelist", "file_access_restrictions", "llm_rate_limit", "no_prod_db_deletes"}
	var names []string
	for _, s := range All() {
		names = append(names, s.Name)
	}
	if !slices.Equal(names, want) {
		t.Fatalf("%q, want %q", names, want)
	}
	for _, s := range All() {
		t.Run(s.Name, func(t *testing.T) {
			found, ok := Find(s.Name)
			if !ok || found.Name != s.Name {
				t.Errorf("Find = %v, %v", found.Name, ok)
			}
			module := parse(t, s.Name+".rego", s.Source)
			if got := module.Package.Path.String(); got != "data."+s.Name {
				t.Errorf("package %s", got)
			}
			meta := module.Annotations[0]
			if meta.Title != s.Title || meta.Custom["severity"] != s.Severity || s.Title == "" || s.Severity == "" {
				t.Errorf("title %q, severity %q; the metadata has %q, %v", s.Title, s.Severity, meta.Title, meta.Custom["severity"])
			}
			if meta.Description == "" {
				t.Error("no description")
			}
			defaults := 0
			for _, r := range module.Rules {
				if r.Default {
					defaults++
				}
			}
			if defaults != len(s.Parameters) {
				t.Errorf("%d parameters of %d", len(s.Parameters), defaults)
			}
			for _, p := range s.Parameters {
				rs, err := rego.New(rego.ParsedModule(module), rego.Query("data."+s.Name+"."+p.Name)).Eval(context.Background())
				if err != nil || len(rs) != 1 {
					t.Fatal(p.Name, rs, err)
				}
				if p.Doc == "" {
					t.Errorf("%s: no comment", p.Name)
				}
				if want, got := plain(t, rs[0].Expressions[0].Value), plain(t, p.Default); !reflect.DeepEqual(got, want) {
					t.Errorf("%s = %v; Rego has %v", p.Name, got, want)
				}
				if !strings.Contains(s.Doc, "`"+p.Name+"`") {
					t.Errorf("%s.md does not tell of %s", s.Name, p.Name)
				}
			}
			for _, section := range []string{"## What it does\n", "## Why is this bad?\n", "## Example\n", "## Parameters\n"} {
				if !strings.Contains(s.Doc, section) {
					t.Errorf("%s.md has no %q", s.Name, section)
				}
			}
		})
	}
}

func TestFindNothing(t *testing.T) {
	if s, ok := Find("no_such_policy"); ok {
		t.Error(s.Name)
	}
}

// Starters are what opa fmt writes: users copy them and format on save.
func TestFormat(t *testing.T) {
	files, err := fs.Glob(files, "policies/*.rego")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, s := range All() {
		for name, source := range map[string]string{s.Name + ".rego": s.Source, s.Name + "_test.rego": s.Test} {
			formatted, err := format.Source(name, []byte(source))
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(formatted, []byte(source)) {
				t.Errorf("%s is not formatted:\n%s", name, formatted)
			}
		}
	}
}

func TestReadBroken(t *testing.T) {
	for _, tt := range []struct{ name, source, err string }{
		{"no package", "# METADATA\n# title: x\n", "no package"},
		{"metadata that is no YAML", "# METADATA\n# title: [\npackage x\n", "metadata"},
		{"a default that is no JSON", "# METADATA\n# title: x\npackage x\n\n# Doc.\ndefault a := {1, 2}\n", "default of a"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := read("x", tt.source); err == nil || !strings.Contains(err.Error(), tt.err) {
				t.Errorf("error %v", err)
			}
		})
	}
}

func parse(t *testing.T, name, source string) *ast.Module {
	t.Helper()
	m, err := ast.ParseModuleWithOpts(name, source, ast.ParserOptions{RegoVersion: ast.RegoV1, ProcessAnnotation: true})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// compiler is strict and knows the type of the input.
func compiler(t *testing.T) *ast.Compiler {
	t.Helper()
	schemas := ast.NewSchemaSet()
	schemas.Put(ast.SchemaRootRef, any(facts.Schema()))
	return ast.NewCompiler().WithStrict(true).WithSchemas(schemas).WithUseTypeCheckAnnotations(false)
}

func plain(t *testing.T, v any) any {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var out any
	if err := json.Unmarshal(b, &out); err != nil {
		t.Fatal(err)
	}
	return out
}
