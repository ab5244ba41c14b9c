package facts

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/qodacode/qodacode/parser"
)

var update = flag.Bool("update", false, "rewrite docs/policy-facts.md and the facts in testdata")

// validator is the schema of documents, compiled once.
var validator = func() *jsonschema.Schema {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(SchemaJSON()))
	if err != nil {
		panic(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("facts.json", doc); err != nil {
		panic(err)
	}
	return c.MustCompile("facts.json")
}()

// valid fails the test unless d fits the schema.
func valid(t testing.TB, d *Document) {
	t.Helper()
	b, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	if err := validator.Validate(v); err != nil {
		t.Fatalf("%s: %v", d.File.Path, err)
	}
	if bytes.Contains(b, []byte("null")) && bytes.Contains(b, []byte(":null")) {
		t.Fatalf("%s: something is null", d.File.Path)
	}
}

func TestEveryFieldIsDescribed(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range AllFields() {
		if f.Doc == "" || !strings.HasSuffix(f.Doc, ".") {
			t.Errorf("%s: the tag doc must be a sentence", f.Path)
		}
		if f.Name == "" || f.Name != strings.ToLower(f.Name) || strings.ContainsAny(f.Name, ", ") {
			t.Errorf("%s: the name %q", f.Path, f.Name)
		}
		if seen[f.Path] {
			t.Errorf("%s: twice", f.Path)
		}
		seen[f.Path] = true
	}
	if f := FieldAt("sql", "ctx", "production"); f == nil || f.Path != "sql[_].ctx.production" || strings.Join(f.Enum, " ") != "yes no unknown" {
		t.Errorf("FieldAt(sql, ctx, production) = %+v", f)
	}
	if f := FieldAt("sql", "contex"); f != nil {
		t.Errorf("FieldAt(sql, contex) = %+v", f)
	}
	if f := FieldAt("tools", "effects"); f == nil || f.Type != "array" || f.Elem != "string" || f.Of != "" {
		t.Errorf("FieldAt(tools, effects) = %+v", f)
	}
}

func TestSchemaIsClosed(t *testing.T) {
	schema := Schema()
	objects := map[string]any{"input": schema}
	for name, d := range schema["definitions"].(map[string]any) {
		objects[name] = d
	}
	for name, o := range objects {
		o := o.(map[string]any)
		if o["additionalProperties"] != false || len(o["required"].([]any)) != len(o["properties"].(map[string]any)) || len(o["required"].([]any)) == 0 {
			t.Errorf("%s is not closed", name)
		}
	}
	for _, name := range []string{"context", "range", "llm_call", "sql", "http", "file_effect", "tool", "graph"} {
		if objects[name] == nil {
			t.Errorf("there is no definition %s", name)
		}
	}
}

func TestEmptyIsTotal(t *testing.T) {
	for _, l := range []parser.Language{parser.Python, parser.TypeScript, parser.TSX, parser.JavaScript, parser.Notebook} {
		valid(t, Empty("a", l))
	}
	d := Empty("a.py", parser.Python)
	d.SQL = append(d.SQL, SQL{})
	d.close()
	if d.SQL[0].Ctx.Production != Unknown || d.SQL[0].Tables == nil {
		t.Errorf("an element that says nothing is %+v", d.SQL[0])
	}
}

func TestDocs(t *testing.T) {
	const page = "../../../docs/policy-facts.md"
	if *update {
		if err := os.WriteFile(page, []byte(Markdown()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(page)
	if err != nil || string(got) != Markdown() {
		t.Fatalf("docs/policy-facts.md is stale; run go test ./analyzers/policy/facts -update (%v)", err)
	}
}
