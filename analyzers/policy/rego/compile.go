package rego

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
	oparego "github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"

	"github.com/qodacode/qodacode/analyzers/policy/facts"
)

// Compiled is a policy that can be run: the rules of one package, with the modules it needs.
type Compiled struct {
	Policy
	Key     string                 // of the content of its modules and of the params
	Modules map[string]*ast.Module // by path, as parsed
	// Compiler has the modules compiled. Its modules and rules are shared: do not change them.
	Compiler *ast.Compiler
	Store    storage.Store // holds data.params

	queries  []query
	own      []string          // paths of the modules of the package
	severity map[string]string // by rule, of its annotations
	sources  map[string]string
}

// query is one rule of a policy, prepared.
type query struct {
	rule     string
	prepared oparego.PreparedEvalQuery
}

// NewCompiler is a compiler for policies: with our capabilities, the schema of the facts, and strict.
func NewCompiler() *ast.Compiler {
	return ast.NewCompiler().WithCapabilities(Capabilities()).WithStrict(true).WithSchemas(schemas()).
		WithUseTypeCheckAnnotations(false).WithDefaultRegoVersion(ast.RegoV1)
}

// schemas is the schema of the facts with what types are made of. Every compiler reads it again.
var schemas = sync.OnceValue(func() *ast.SchemaSet {
	set := ast.NewSchemaSet()
	set.Put(ast.SchemaRootRef, bare(facts.Schema(), false))
	return set
})

// bare is a part of a schema without the words for people. In names, keys are those of a document.
func bare(v any, names bool) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for key, value := range v {
			switch {
			case names, key == "items", key == "additionalProperties", key == "$ref", key == "type", key == "$schema":
				out[key] = bare(value, false)
			case key == "properties", key == "definitions":
				out[key] = bare(value, true)
			}
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = bare(v[i], false)
		}
		return out
	}
	return v
}

// NewStore holds the parameters of policies as data.params.
func NewStore(params map[string]map[string]any) storage.Store {
	return inmem.NewFromObject(map[string]any{"params": plain(params)})
}

// plain are parameters as JSON has them: what TOML reads has other types of numbers and lists.
func plain(params map[string]map[string]any) map[string]any {
	data := map[string]any{}
	if b, err := json.Marshal(params); err == nil {
		_ = json.Unmarshal(b, &data) // what was just written can be read
	}
	if data == nil {
		data = map[string]any{}
	}
	return data
}

// Compile compiles the policies of a set, each with only the modules that it needs, so that
// one with errors does not stop the others. Policies are sorted by package; problems by place.
func Compile(ctx context.Context, set Set, gate Gate) ([]*Compiled, []Problem) {
	p := parse(set, gate)
	problems := slices.Clone(p.problems)
	var policies []*Compiled
	ids := map[string]string{}
	store := NewStore(set.Params)
	for _, name := range slices.Sorted(maps.Keys(p.packages)) {
		c, wrong := p.policy(ctx, name, store, gate)
		problems = append(problems, wrong...)
		if c == nil {
			continue
		}
		if other, ok := ids[c.ID]; ok {
			problems = append(problems, Problem{Path: c.Path, Span: c.Span, Severity: Warning, Code: "duplicate-id",
				Message: fmt.Sprintf("The policy of package %s has the same id, %s. Rename one of the packages.", other, c.ID)})
		}
		ids[c.ID] = c.Package
		policies = append(policies, c)
	}
	return policies, tidy(problems)
}

// policy compiles the policy of a package; nil when it has none or it has errors.
func (p *program) policy(ctx context.Context, name string, store storage.Store, gate Gate) (c *Compiled, problems []Problem) {
	path := name
	if files := p.packages[name]; len(files) > 0 {
		path = files[0]
	}
	problems = protect(path, func() (problems []Problem) {
		c, problems = p.compilePolicy(ctx, name, store, gate)
		return problems
	})
	if hasErrors(problems) {
		c = nil
	}
	return c, problems
}

func (p *program) compilePolicy(ctx context.Context, name string, store storage.Store, gate Gate) (*Compiled, []Problem) {
	own := slices.DeleteFunc(slices.Clone(p.packages[name]), IsTest)
	slices.Sort(own)
	var problems []Problem
	var rules []string
	path := ""
	for _, file := range own {
		found, wrong := resultRules(p.modules[file], file, p.sources[file])
		problems = append(problems, wrong...)
		if path == "" && (len(found) > 0 || len(wrong) > 0) {
			path = file
		}
		rules = append(rules, found...)
	}
	if path == "" {
		return nil, nil
	}
	slices.Sort(rules)
	rules = slices.Compact(rules)
	paths := p.closure(own)
	problems = append(problems, p.brokenImport(paths)...)
	if hasErrors(problems) {
		return nil, problems
	}
	c := &Compiled{Policy: p.describe(path, own, rules), Key: p.key(paths), Modules: p.parsed(paths), Store: store, own: own, sources: p.sources}
	c.severity = c.annotated()
	if err := gate.ask(Step{Work: "compile", Path: path, Policy: c.ID, Key: c.Key}); err != nil {
		return nil, append(problems, Problem{Path: path, Span: c.Span, Severity: Error, Code: "limit", Message: err.Error()})
	}
	compiler, wrong := p.compile(paths)
	problems = append(problems, wrong...)
	if hasErrors(problems) {
		return nil, problems
	}
	problems = append(problems, p.checkParams(compiler, own)...)
	c.Compiler = compiler
	for _, rule := range rules {
		prepared, err := c.Query(ctx, c.Ref(rule))
		if err != nil {
			problems = append(problems, problemsOf(err, p.sources, path)...)
			return nil, problems
		}
		c.queries = append(c.queries, query{rule, prepared})
	}
	return c, problems
}

// compile compiles the modules at paths.
func (p *program) compile(paths []string) (*ast.Compiler, []Problem) {
	compiler := NewCompiler().SetErrorLimit(maxProblems)
	if compiler.Compile(p.parsed(paths)); compiler.Failed() {
		problems := problemsOf(compiler.Errors, p.sources, paths[0])
		if slices.ContainsFunc(problems, func(p Problem) bool { return p.Code == "unknown-function" || p.Code == "not-allowed" }) {
			// OPA looks at no types when a function is missing. The fields are told all the same.
			again := NewCompiler().SetErrorLimit(maxProblems).WithAllowUndefinedFunctionCalls(true)
			again.Compile(p.parsed(paths))
			problems = append(problems, problemsOf(again.Errors, p.sources, paths[0])...)
		}
		return nil, problems
	}
	return compiler, p.checkData(compiler)
}

// Ref is a rule of the policy's package.
func (c *Compiled) Ref(rule string) ast.Ref {
	for _, m := range c.Modules {
		if packageName(m) == c.Package {
			return m.Package.Path.Append(ast.StringTerm(rule))
		}
	}
	return nil
}

// Query prepares the value of a ref, as all queries of policies are: an error in a built-in
// function is one of the policy, not silence.
func (c *Compiled) Query(ctx context.Context, ref ast.Ref) (oparego.PreparedEvalQuery, error) {
	return oparego.New(oparego.ParsedQuery(ast.NewBody(ast.NewExpr(ast.NewTerm(ref)))), oparego.Compiler(c.Compiler),
		oparego.Store(c.Store), oparego.StrictBuiltinErrors(true), oparego.SetRegoVersion(ast.RegoV1)).PrepareForEval(ctx)
}

func hasErrors(problems []Problem) bool {
	return slices.ContainsFunc(problems, func(p Problem) bool { return p.Severity == Error })
}
