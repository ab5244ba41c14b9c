// Package rego reads, compiles and runs policies with OPA: one prepared query per policy and
// rule, a list of built-ins that are allowed, and the schema of the facts as the type of input.
//
// Compiling may take exponential time, and a short policy can ask for gigabytes: policies that
// somebody else wrote are only given to this package in the process of package sandbox.
package rego

import (
	"github.com/qodacode/qodacode/analyzers/policy/facts"
	"github.com/qodacode/qodacode/parser/text"
)

// Module is a file of Rego.
type Module struct {
	Path   string `json:"path"` // as problems name it; tests end in _test.rego
	Source string `json:"source"`
}

// Set is modules that may import each other, with the data that they see.
type Set struct {
	Modules []Module `json:"modules"`
	// Params are data.params: a section per policy, by the last part of its package.
	Params map[string]map[string]any `json:"params"`
}

// Policy is a module that has rules with results.
type Policy struct {
	Path        string    `json:"path"`
	Package     string    `json:"package"` // without data.: no_prod_db_deletes
	ID          string    `json:"id"`      // POLICY- and the last part of the package, with - for _
	Title       string    `json:"title"`   // of the package's metadata; else made of its name
	Description string    `json:"description"`
	Severity    string    `json:"severity"` // of custom.severity, else of its most severe rule
	Rules       []string  `json:"rules"`    // deny, warn_host, …
	Span        text.Span `json:"span"`     // of the package's name
}

// Problem is something wrong, or suspicious, in a module.
type Problem struct {
	Path     string    `json:"path"`
	Span     text.Span `json:"span"`     // bytes of the module's source
	Severity string    `json:"severity"` // error, warning, info
	Code     string    `json:"code"`     // parse, compile, unknown-field, not-allowed, result-shape, never-fires, …
	Message  string    `json:"message"`
	// Suggestion is what may have been meant instead of the text at Span; "" for nothing.
	Suggestion string `json:"suggestion,omitempty"`
}

// Violation is one result of a policy.
type Violation struct {
	Policy   string      `json:"policy"`   // id
	Rule     string      `json:"rule"`     // deny_x; or what the result says
	Severity string      `json:"severity"` // error, warning, info, hint
	Message  string      `json:"message"`
	Range    facts.Range `json:"range"`
	Subject  string      `json:"subject"` // id of a fact; ""
	Fix      *Fix        `json:"fix,omitempty"`
	Related  []Related   `json:"related,omitempty"`
}

// Fix is the change that a result proposes.
type Fix struct {
	Title   string      `json:"title"`
	Range   facts.Range `json:"range"`
	NewText string      `json:"new_text"`
}

// Related is a place that a result points to, in the same file.
type Related struct {
	Range   facts.Range `json:"range"`
	Message string      `json:"message"`
}

// Failure is a policy that could not be evaluated on an input, or a result that was not as
// results must be. What can be read of a result is shown all the same.
type Failure struct {
	Policy  string    `json:"policy"` // id
	Path    string    `json:"path"`
	Span    text.Span `json:"span"` // bytes of the module's source: where it failed, or the policy's name
	Code    string    `json:"code"` // runtime, result-shape, limit
	Message string    `json:"message"`
}

// TestReport is what the tests of a set say.
type TestReport struct {
	Results  []TestResult       `json:"results"`
	Coverage map[string]float64 `json:"coverage"` // by path of a policy, 0 to 100
	Missed   map[string][]int   `json:"missed"`   // lines, from 1, that no test reaches
	// Problems are why tests could not run at all.
	Problems []Problem `json:"problems"`
}

// TestResult is one test.
type TestResult struct {
	Path    string `json:"path"`
	Package string `json:"package"`
	Name    string `json:"name"`
	Line    int    `json:"line"` // from 1
	Passed  bool   `json:"passed"`
	Skipped bool   `json:"skipped"`
	Message string `json:"message"` // why it failed
	Nanos   int64  `json:"nanos"`
}
