package sandbox

import (
	"context"

	"github.com/qodacode/qodacode/analyzers/policy/rego"
	"github.com/qodacode/qodacode/analyzers/policy/trust"
)

// lint are the problems of a module by the compiler and by what makes a policy trusted.
func lint(ctx context.Context, set rego.Set, path string, gate rego.Gate) []rego.Problem {
	return trust.Judge(ctx, trust.Request{Set: set, Policy: path}, gate).Problems
}

// judge judges a policy.
func judge(ctx context.Context, req trust.Request, gate rego.Gate) (*trust.Report, error) {
	report := trust.Judge(ctx, req, gate)
	return report, ctx.Err()
}
