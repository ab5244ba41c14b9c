package render_test

import (
	"encoding/json"
	"testing"

	"github.com/qodacode/qodacode/analyzers/policy/facts"
	"github.com/qodacode/qodacode/analyzers/policy/intent"
	"github.com/qodacode/qodacode/analyzers/policy/render"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/format"
)

// sampleNames are names of each kind: with signs that Rego or patterns give a meaning, and with patterns.
var sampleNames = map[intent.Subject][]string{
	intent.SQL: {"users", "public.orders", "tmp_*"}, intent.HTTP: {"api.example.com", "*.example.org"},
	intent.File: {"data/", "/tmp", "~/.ssh", "**/*.pem", "app/[id]/{x}.ts"}, intent.Shell: {"git", "a\"b"},
	intent.Env: {"AWS_*", "HOME"}, intent.LLM: {"openai"}, intent.Model: {"gpt-4o", "claude-*", "meta-llama/llama-3"},
	intent.Tool: {"delete_user", "löschen"}, intent.Agent: {"helper"}, intent.Call: {"os.system", "eval"},
	intent.Import: {"pickle", "@scope/name"},
}

// combinations calls f with intents of all subjects, modes, needs and quantities, with each
// condition and pair of a condition to apply and one to lift.
func combinations(f func(intent.Intent)) {
	for _, s := range intent.Subjects() {
		rules, _ := intent.RulesOf(s)
		whens := [][]intent.Condition{nil}
		for _, c := range rules.When {
			whens = append(whens, []intent.Condition{c})
		}
		unlesses := [][]intent.Condition{nil}
		for _, c := range rules.Unless {
			unlesses = append(unlesses, []intent.Condition{c})
		}
		ops := [][]string{nil}
		if len(rules.Operations) > 0 {
			ops = append(ops, rules.Operations[:1], rules.Operations[1:min(3, len(rules.Operations))])
		}
		for _, mode := range rules.Modes {
			bases := []intent.Intent{{}}
			if mode == intent.Require {
				bases = nil
				for _, need := range rules.Needs {
					bases = append(bases, intent.Intent{Need: need})
				}
			}
			if mode == intent.Limited {
				bases = nil
				for _, q := range rules.Limits {
					bases = append(bases, intent.Intent{Limit: intent.Limit{Quantity: q, Max: 2.5}})
				}
			}
			for _, in := range bases {
				for _, names := range [][]string{nil, sampleNames[s]} {
					for _, in.Operations = range ops {
						for _, in.When = range whens {
							for _, in.Unless = range unlesses {
								in.Version, in.Mode, in.Subject, in.Names = intent.Version, mode, s, names
								if c := in.Canonical(); c.Validate() == nil {
									f(c)
								}
							}
						}
					}
				}
			}
		}
	}
}

func TestAllPoliciesCompile(t *testing.T) {
	n := 0
	schemas := ast.NewSchemaSet()
	var schema any
	data, err := json.Marshal(facts.Schema())
	if err == nil {
		err = json.Unmarshal(data, &schema)
	}
	if err != nil {
		t.Fatal(err)
	}
	schemas.Put(ast.SchemaRootRef, schema)
	combinations(func(in intent.Intent) {
		if n++; n%7 != 0 {
			return
		}
		r, err := render.Policy(in, `A sentence: "with signs" # and %s`)
		if err != nil {
			t.Fatalf("%s: %v", in, err)
		}
		m, err := ast.ParseModuleWithOpts("p.rego", r.Rego, ast.ParserOptions{RegoVersion: ast.RegoV1, ProcessAnnotation: true})
		if err != nil {
			t.Fatalf("%s: %v\n%s", in, err, r.Rego)
		}
		c := ast.NewCompiler().WithStrict(true).WithSchemas(schemas).WithUseTypeCheckAnnotations(false)
		if c.Compile(map[string]*ast.Module{"p.rego": m}); c.Failed() {
			t.Fatalf("%s: %v\n%s", in, c.Errors, r.Rego)
		}
		if len(m.Annotations) != 1 || m.Annotations[0].Title != r.Title {
			t.Fatalf("%s: its metadata is %v", in, m.Annotations)
		}
		custom := m.Annotations[0].Custom["qodacode"].(map[string]any)
		back, err := intent.Decode([]byte(custom["intent"].(string)))
		if err != nil || back.String() != in.String() {
			t.Fatalf("the intent in the metadata is %s, not %s: %v", back, in, err)
		}
		if formatted, err := format.SourceWithOpts("p.rego", []byte(r.Rego), format.Opts{RegoVersion: ast.RegoV1}); err != nil || string(formatted) != r.Rego {
			t.Fatalf("%s is not formatted: %v\n%s\nbut\n%s", in, err, r.Rego, formatted)
		}
		if len(r.Name) > 60 {
			t.Fatalf("%s: the name %s is too long", in, r.Name)
		}
	})
	if n < 1000 {
		t.Errorf("only %d combinations", n)
	}
	t.Log(n)
}
