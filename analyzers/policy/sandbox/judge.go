package sandbox

import (
	"context"

	"github.com/qodacode/qodacode/analyzers/policy/rego"
	"github.com/qodacode/qodacode/analyzers/policy/trust"
)

// lint are the problems of a module by the compiler and by what makes a policy trusted.
func lint(ctx context.Context, set rego.Set, path string, gate rego.Gate) []rego.Problem {
	problems := rego.Lint(ctx, set, path, gate)
	for _, p := range problems {
		if p.Severity == rego.Error {
			return problems // what does not compile is not judged
		}
	}
	return append(problems, trust.Lint(ctx, set, path, gate)...)
}

// judge judges a policy.
func judge(ctx context.Context, req trust.Request, gate rego.Gate) (*trust.Report, error) {
	report := trust.Judge(ctx, req, gate)
	return report, ctx.Err()
}
