// Package sandbox compiles and runs policies in a child process of the same binary, which has
// no network, an empty environment, a limit of memory, and is killed when it takes too long.
// A policy that had it killed is put in quarantine by its content.
package sandbox

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/qodacode/qodacode/analyzers/policy/rego"
	"github.com/qodacode/qodacode/analyzers/policy/trust"
)

// Options are what a Client needs.
type Options struct {
	// Command starts the worker; nil: this binary with `policy worker`.
	Command []string
	Log     *slog.Logger // nil: nothing is logged
	Limits  Limits       // zero fields have their defaults
}

// Limits bound the work for policies. Times are those of the processor: what passes while the
// machine does other things is nobody's fault.
type Limits struct {
	Compile time.Duration // for one policy, one test, or one step of a judgement; default 1 s
	Eval    time.Duration // for one policy on one document; default 500 ms
	Total   time.Duration // for what policies that were ended have used in one request: then others have less; default 2 s
	Memory  int64         // bytes of the child's heap; default 200 MiB
}

const defaultMemory = 200 << 20

func (l Limits) withDefaults() Limits {
	or := func(d *time.Duration, v time.Duration) {
		if *d <= 0 {
			*d = v
		}
	}
	or(&l.Compile, time.Second)
	or(&l.Eval, 500*time.Millisecond)
	or(&l.Total, 2*time.Second)
	if l.Memory <= 0 {
		l.Memory = defaultMemory
	}
	return l
}

// Loaded is a set that is compiled.
type Loaded struct {
	ID       string         `json:"id"` // by content
	Policies []rego.Policy  `json:"policies"`
	Problems []rego.Problem `json:"problems"`
}

// Evaluation is what the policies of a set say of one document.
type Evaluation struct {
	Violations []rego.Violation `json:"violations"`
	Failures   []rego.Failure   `json:"failures"`
}

// ErrClosed is the error of a Client that was closed.
var ErrClosed = errors.New("the process for policies was closed")

// ErrUnknownSet is the error for a set that was never loaded, or so long ago that it is forgotten.
var ErrUnknownSet = errors.New("this set of policies is not loaded")

// Load compiles a set. Policies in quarantine are left out, with a problem that says why.
func (c *Client) Load(ctx context.Context, set rego.Set) (*Loaded, error) {
	id, err := setID(set)
	if err != nil {
		return nil, err
	}
	result := &Loaded{ID: id}
	stopped, err := c.do(ctx, task{request: request{Op: opLoad, SetID: id, Set: &set}, result: result})
	if err != nil {
		return nil, err
	}
	if stopped != nil {
		result = &Loaded{ID: id, Problems: []rego.Problem{stopped.problem("")}}
	}
	return result, nil
}

// Eval runs the policies of a set that was loaded on a document of facts. Sets are loaded
// again by themselves when the worker was started anew.
func (c *Client) Eval(ctx context.Context, id string, document json.RawMessage) (*Evaluation, error) {
	if len(document) > maxFacts {
		message := fmt.Sprintf("The facts of this file have %d MiB, more than %d: no policy is run on it.", len(document)>>20, maxFacts>>20)
		return &Evaluation{Failures: []rego.Failure{{Code: "limit", Message: message}}}, nil
	}
	result := &Evaluation{Violations: []rego.Violation{}, Failures: []rego.Failure{}}
	stopped, err := c.do(ctx, task{request: request{Op: opEval, SetID: id}, body: document, parts: result})
	if err != nil {
		return nil, err
	}
	if stopped != nil {
		result.Failures = append(result.Failures, rego.Failure{Code: "limit", Message: stopped.message})
	}
	return result, nil
}

// Lint are the problems of one module of a set, those of package trust too that need no examples.
func (c *Client) Lint(ctx context.Context, set rego.Set, path string) ([]rego.Problem, error) {
	var problems []rego.Problem
	stopped, err := c.do(ctx, task{request: request{Op: opLint, Set: &set, Path: path}, result: &problems})
	if stopped != nil {
		problems = []rego.Problem{stopped.problem(path)}
	}
	return problems, err
}

// Test runs the tests of a set. filter is a regular expression on data.package.test_name; "": all.
func (c *Client) Test(ctx context.Context, set rego.Set, filter string) (*rego.TestReport, error) {
	report := &rego.TestReport{}
	stopped, err := c.do(ctx, task{request: request{Op: opTest, Set: &set, Filter: filter}, result: report})
	if err != nil {
		return nil, err
	}
	if stopped != nil {
		report = &rego.TestReport{Problems: []rego.Problem{stopped.problem("")}}
	}
	return report, nil
}

// Trust judges a policy.
func (c *Client) Trust(ctx context.Context, req trust.Request) (*trust.Report, error) {
	report := &trust.Report{}
	stopped, err := c.do(ctx, task{request: request{Op: opTrust, Trust: &req}, result: report})
	if err != nil {
		return nil, err
	}
	if stopped != nil {
		report = &trust.Report{Problems: []rego.Problem{stopped.problem(req.Policy)}}
	}
	return report, nil
}

// Format is the source in the form of opa fmt.
func (c *Client) Format(ctx context.Context, path, source string) (string, error) {
	formatted := ""
	stopped, err := c.do(ctx, task{request: request{Op: opFormat, Path: path, Source: source}, result: &formatted})
	if stopped != nil {
		return source, errors.New(stopped.message)
	}
	return formatted, err
}

// setID identifies a set by its content.
func setID(set rego.Set) (string, error) {
	b, err := json.Marshal(set)
	if err != nil {
		return "", fmt.Errorf("a set of policies whose parameters are no JSON: %w", err)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:16]), nil
}
