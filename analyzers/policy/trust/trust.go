// Package trust judges whether a policy can be relied on: that it fires where it should, is
// silent where it should be, and rests on all its conditions. It runs in the sandbox.
package trust

import (
	"encoding/json"

	"github.com/qodacode/qodacode/analyzers/policy/rego"
)

// Request is a policy with what it is judged by.
type Request struct {
	Set    rego.Set `json:"set"`
	Policy string   `json:"policy"` // path of the module that is judged
	// Examples are facts of code on which it must fire or be silent. Without any, it is judged by itself.
	Examples []Example `json:"examples"`
	// Clean are facts of code in which every policy should be silent.
	Clean []json.RawMessage `json:"clean"`
}

// Example is the facts of one example.
type Example struct {
	Name  string          `json:"name"`
	Fires bool            `json:"fires"`
	Facts json.RawMessage `json:"facts"`
}

// Report is what was found. A policy is trusted when no problem is an error.
type Report struct {
	Policy   rego.Policy    `json:"policy"`
	Problems []rego.Problem `json:"problems"`
}

// Trusted reports whether the policy may be offered.
func (r *Report) Trusted() bool {
	for _, p := range r.Problems {
		if p.Severity == "error" {
			return false
		}
	}
	return true
}
