package rego

import (
	"context"
	"fmt"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	oparego "github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// failedAt finds the expression of a test that was not true: the last one of the test's own
// body that failed. The test runs once more for it, so that tests that pass need no trace.
func (r *testRun) failedAt(ctx context.Context, compiler *ast.Compiler, test ast.Ref, path string) string {
	const fallback = "it is not true"
	ctx, cancel := context.WithTimeout(ctx, testTimeout)
	defer cancel()
	query, err := oparego.New(oparego.ParsedQuery(ast.NewBody(ast.NewExpr(ast.NewTerm(test)))), oparego.Compiler(compiler),
		oparego.Store(r.store), oparego.SetRegoVersion(ast.RegoV1)).PrepareForEval(ctx)
	if err != nil {
		return fallback
	}
	tracer := &failTracer{path: path, bodies: map[*ast.Location]bool{}}
	for _, rule := range compiler.GetRulesExact(test) {
		for _, e := range rule.Body {
			tracer.bodies[e.Location] = true
		}
	}
	if _, err := query.Eval(ctx, oparego.EvalQueryTracer(tracer)); err != nil || tracer.last == nil {
		return fallback
	}
	line, _, _ := strings.Cut(strings.TrimSpace(string(tracer.last.Text)), "\n")
	return fmt.Sprintf("line %d is not true: %s", tracer.last.Row, clip(line, 200))
}

// failTracer remembers the last expression of a test that failed.
type failTracer struct {
	path   string
	bodies map[*ast.Location]bool
	last   *ast.Location
}

func (t *failTracer) Enabled() bool               { return true }
func (t *failTracer) Config() topdown.TraceConfig { return topdown.TraceConfig{} }

func (t *failTracer) TraceEvent(e topdown.Event) {
	if e.Op != topdown.FailOp || e.Location == nil || e.Location.File != t.path || !t.bodies[e.Location] {
		return
	}
	if t.last == nil || e.Location.Row >= t.last.Row {
		t.last = e.Location
	}
}
