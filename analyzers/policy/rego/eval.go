package rego

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	oparego "github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// Eval runs a policy on a document. A rule that fails does not stop the others of the policy.
// When ctx ends, what is done so far is returned with a failure.
func (c *Compiled) Eval(ctx context.Context, in *Input) (violations []Violation, failures []Failure) {
	r := &reader{policy: c, input: in, said: map[string]bool{}}
	for _, q := range c.queries {
		value, err := Value(ctx, q.prepared, in)
		switch {
		case err != nil:
			r.failures = append(r.failures, c.failure(q.rule, err))
			if ctx.Err() != nil {
				return r.finish()
			}
		case value != nil:
			r.read(q.rule, value)
		}
	}
	return r.finish()
}

// Value is the value of a query on a document; nil when it has none. A panic of OPA is an error.
func Value(ctx context.Context, q oparego.PreparedEvalQuery, in *Input) (value ast.Value, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("internal error: %v\n%s", p, debug.Stack())
		}
	}()
	results, err := q.Eval(ctx, oparego.EvalParsedInput(in.value), oparego.EvalGenerateJSON(asTerm))
	if err != nil || len(results) == 0 {
		return nil, err
	}
	term, ok := results[0].Expressions[0].Value.(*ast.Term)
	if !ok {
		return nil, nil
	}
	return term.Value, nil
}

// asTerm keeps results as OPA has them: made into Go values, large ones would be copied before
// they can be bounded.
func asTerm(t *ast.Term, _ *oparego.EvalContext) (any, error) { return t, nil }

// Ended reports whether an error of an evaluation only says that its context has ended.
func Ended(err error) bool {
	return topdown.IsCancel(err) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

func (c *Compiled) failure(rule string, err error) Failure {
	f := Failure{Policy: c.ID, Path: c.Path, Span: c.Span, Code: "runtime"}
	var e *topdown.Error
	switch {
	case Ended(err):
		f.Code = "limit"
		f.Message = fmt.Sprintf("%s takes too long on this file and was stopped. Look for loops in loops over the same list.", rule)
		return f
	case errors.As(err, &e):
		message := strings.Join(strings.FieldsFunc(e.Message, func(r rune) bool { return r == '\n' }), " ")
		f.Message = fmt.Sprintf("%s failed: %s", rule, strings.TrimSuffix(message, "."))
		if e.Location != nil && c.sources[e.Location.File] != "" {
			f.Path, f.Span = e.Location.File, SpanOf(c.sources[e.Location.File], e.Location)
		}
		if e.Code == topdown.ConflictErr {
			f.Message += ": two definitions give different values; make their conditions exclude each other"
		}
	default:
		f.Message = fmt.Sprintf("%s failed: %v", rule, err)
	}
	f.Message = clip(f.Message, maxMessage) + "."
	return f
}
