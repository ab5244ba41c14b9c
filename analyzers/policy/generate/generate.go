// Package generate makes a policy from a sentence: by the controlled language, or by a language
// model where one is configured. What it offers has passed the checks of package trust on examples in code.
package generate

import (
	"context"

	"github.com/qodacode/qodacode/analyzers/policy/endpoint"
	"github.com/qodacode/qodacode/analyzers/policy/intent"
	"github.com/qodacode/qodacode/analyzers/policy/sandbox"
)

// Options are what a sentence is read with.
type Options struct {
	Sandbox  *sandbox.Client
	Endpoint *endpoint.Client       // nil: the controlled language alone
	FreeForm bool                   // Rego by the model itself; needs Endpoint
	Taken    func(name string) bool // names of policies that are there; nil: none
	Progress func(message string)   // nil: nobody is told
}

// Result is a policy, or why there is none.
type Result struct {
	Status   string           `json:"status"`  // ok, refused
	Reason   string           `json:"reason"`  // why it was refused; ""
	Instead  []string         `json:"instead"` // what can be said instead
	Source   string           `json:"source"`  // phrase, model, free-form
	Intent   *intent.Intent   `json:"intent"`  // nil in free form
	Name     string           `json:"name"`    // of the files: NAME.rego, NAME_test.rego
	Title    string           `json:"title"`
	Rego     string           `json:"rego"`
	Test     string           `json:"test"`
	Examples []intent.Example `json:"examples"`
}

// Policy makes a policy from a sentence. The error is ctx's, or the sandbox's; what is wrong
// with the sentence is part of the result.
func Policy(ctx context.Context, sentence string, opts Options) (*Result, error) {
	return nil, ctx.Err()
}
