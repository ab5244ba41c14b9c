package trust

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	oparego "github.com/open-policy-agent/opa/v1/rego"

	"github.com/qodacode/qodacode/analyzers/policy/rego"
)

// maxMutants bounds the work: each is a compilation.
const maxMutants = 60

// mutate drops each condition of the policy in turn. If then all examples and all clean code
// give the same results, nothing shows that the condition does what it is meant to.
func (j *judge) mutate(ctx context.Context) {
	var inputs []*rego.Input
	for _, document := range slices.Concat(j.documents(), j.req.Clean, inTests(j.documents())) {
		if in, err := rego.NewInput(document); err == nil {
			inputs = append(inputs, in)
		}
	}
	want, ok := j.results(ctx, j.compiled.Compiler, inputs)
	if !ok {
		return
	}
	module := j.compiled.Modules[j.req.Policy]
	n := 0
	for i, r := range module.Rules {
		if r.Default {
			continue
		}
		// A set that results are made of holds their conditions; a function only helps.
		reports := r.Head.RuleKind() == ast.MultiValue
		for k, e := range r.Body {
			if len(r.Body) == 1 && !reports || e.IsAssignment() || ctx.Err() != nil {
				continue // without its only condition a helper is another one
			}
			if n++; n > maxMutants || !j.step("compile") {
				return
			}
			compiler := j.without(i, k)
			if compiler == nil {
				continue // what follows needs it: it is no condition
			}
			if !j.step("eval") {
				return
			}
			if got, ok := j.results(ctx, compiler, inputs); ok && slices.Equal(got, want) {
				severity := rego.Info
				if reports {
					severity = rego.Warning
				}
				j.add(finding{location: e.Location, severity: severity, code: "unnoticed-condition",
					message: fmt.Sprintf("No example notices when this condition is gone: %s. Add an example that differs only in it, or delete it", oneLine(e.Location))})
			}
		}
	}
}

func (j *judge) documents() []json.RawMessage {
	var all []json.RawMessage
	for _, e := range j.req.Examples {
		all = append(all, e.Facts)
	}
	return all
}

// inTests are the examples as they would be in tests. That policies pass over tests is a rule
// of the house: no example has to show it.
func inTests(examples []json.RawMessage) []json.RawMessage {
	var all []json.RawMessage
	for _, e := range examples {
		for _, field := range []string{"is_test", "in_test"} {
			var document any
			if json.Unmarshal(e, &document) != nil {
				continue
			}
			setAll(document, field)
			if b, err := json.Marshal(document); err == nil {
				all = append(all, b)
			}
		}
	}
	return all
}

// setAll makes a field true wherever it stands.
func setAll(v any, field string) {
	switch v := v.(type) {
	case map[string]any:
		if _, ok := v[field]; ok {
			v[field] = true
		}
		for _, child := range v {
			setAll(child, field)
		}
	case []any:
		for _, child := range v {
			setAll(child, field)
		}
	}
}

// without compiles the policy without a condition of a rule; nil when it does not compile.
func (j *judge) without(rule, condition int) *ast.Compiler {
	modules := map[string]*ast.Module{}
	for path, m := range j.compiled.Modules {
		modules[path] = m
	}
	changed := modules[j.req.Policy].Copy()
	body := slices.Delete(slices.Clone(changed.Rules[rule].Body), condition, condition+1)
	if len(body) == 0 {
		body = ast.NewBody(ast.NewExpr(ast.BooleanTerm(true)))
	}
	for i, e := range body {
		e.Index = i
	}
	changed.Rules[rule].Body = body
	modules[j.req.Policy] = changed
	// Not strict: a variable that only the condition used is no reason to keep it.
	compiler := rego.NewCompiler().WithStrict(false)
	if compiler.Compile(modules); compiler.Failed() {
		return nil
	}
	return compiler
}

// results are what the rules report of each input, as one text for each.
func (j *judge) results(ctx context.Context, compiler *ast.Compiler, inputs []*rego.Input) ([]string, bool) {
	var all []string
	for _, name := range j.compiled.Rules {
		query, err := oparego.New(oparego.ParsedQuery(ast.NewBody(ast.NewExpr(ast.NewTerm(j.compiled.Ref(name))))),
			oparego.Compiler(compiler), oparego.Store(j.compiled.Store), oparego.StrictBuiltinErrors(true), oparego.SetRegoVersion(ast.RegoV1)).PrepareForEval(ctx)
		if err != nil {
			return nil, false
		}
		for _, in := range inputs {
			value, err := rego.Value(ctx, query, in)
			switch {
			case err != nil && rego.Ended(err):
				return nil, false
			case err != nil:
				all = append(all, "error") // to fail is to notice
			case value != nil:
				all = append(all, value.String())
			default:
				all = append(all, "")
			}
		}
	}
	return all, true
}

func oneLine(at *ast.Location) string {
	if at == nil {
		return ""
	}
	return strings.Join(strings.Fields(string(at.Text)), " ")
}
