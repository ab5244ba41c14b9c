// Package render writes policies from intents: the Rego, its test, and examples as code.
package render

import "github.com/qodacode/qodacode/analyzers/policy/intent"

// Rendered is a policy.
type Rendered struct {
	Name     string // of its package and file, without .rego
	Title    string
	Rego     string // formatted
	Examples []intent.Example
}

// Policy writes the policy of a valid intent. sentence is what it was written from, for its metadata.
func Policy(in intent.Intent, sentence string) (*Rendered, error) { return nil, nil }

// Test writes NAME_test.rego from the facts of the examples, reduced to what the policy reads.
func Test(name string, fires, silent []map[string]any) (string, error) { return "", nil }
