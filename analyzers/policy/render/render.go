// Package render writes policies from intents: the Rego, its test, and examples as code.
package render

import (
	"encoding/json"
	"fmt"

	"github.com/qodacode/qodacode/analyzers/policy/intent"
)

// Rendered is a policy.
type Rendered struct {
	Name     string // of its package and file, without .rego
	Title    string
	Rego     string // formatted
	Examples []intent.Example
	// Reads are the fields that the policy reads, by list of the facts; nil: not known.
	Reads map[string][]string
}

// Policy writes the policy of a valid intent. sentence is what it was written from, for its metadata.
func Policy(in intent.Intent, sentence string) (*Rendered, error) {
	in = in.Canonical()
	if err := in.Validate(); err != nil {
		return nil, fmt.Errorf("the intent cannot be rendered: %w", err)
	}
	form, err := json.Marshal(in)
	if err != nil {
		return nil, fmt.Errorf("the intent cannot be written as JSON: %w", err)
	}
	r := &Rendered{Name: packageName(in), Title: Title(in)}
	var w writer
	w.line("# METADATA")
	w.line("# title: %s", quote(r.Title))
	w.line("# description: %s", quote(Explain(in)))
	w.line("# custom:")
	w.line("#   severity: %s", severity(in))
	w.line("#   qodacode:")
	w.line("#     sentence: %s", quote(sentence))
	w.line("#     intent: %s", quote(string(form)))
	w.line("package %s", r.Name)
	writeRules(&w, in)
	r.Rego = w.String()
	r.Reads = reads(r.Rego)
	r.Examples = examples(in)
	return r, nil
}

// severity is that of the rule deny; what is not known is less.
func severity(in intent.Intent) string {
	if in.Severity != "" {
		return in.Severity
	}
	return "error"
}
