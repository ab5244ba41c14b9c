// Package endpoint asks a language model, behind any OpenAI-compatible URL that the user has
// configured, for the intent of a sentence, or in a second, explicit mode for Rego.
//
// The server is trusted with the sentence and nothing else. What it answers is data: it is
// bounded, decoded strictly, and becomes a policy only through the renderer or, in the explicit
// mode, after the checks of package trust.
package endpoint

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"
	"unicode"

	"github.com/sashabaranov/go-openai"

	"github.com/qodacode/qodacode/analyzers/policy/intent"
	"github.com/qodacode/qodacode/config"
)

// Options are from the environment or the user's settings, never from a workspace.
type Options struct {
	BaseURL string // https, or http on the loopback interface
	Model   string
	Key     string // may be "" for a local server
	// Reference tells of the fields of the facts; the free form is written with it.
	Reference string
	// Timeout is for one request, from the connection to the last byte; 0: a minute.
	Timeout time.Duration
}

// Client asks one endpoint. Its methods may be called by several goroutines.
type Client struct {
	opts Options
	host string
	api  *openai.Client
	http *http.Client
	// format is the strictest form of answers that the server has not rejected.
	format atomic.Int32
	// oldLimit is set once the server rejected max_completion_tokens.
	oldLimit atomic.Bool
}

// New checks the options.
func New(opts Options) (*Client, error) {
	opts.BaseURL, opts.Model, opts.Key = strings.TrimSpace(opts.BaseURL), strings.TrimSpace(opts.Model), strings.TrimSpace(opts.Key)
	if err := config.CheckEndpoint(opts.BaseURL); err != nil {
		return nil, fmt.Errorf("the base URL of the endpoint for policies (QODACODE_POLICY_BASE_URL or policy.base_url) is not usable: %w", err)
	}
	if opts.Model == "" || len(opts.Model) > 200 || strings.ContainsFunc(opts.Model, unicode.IsControl) {
		return nil, errors.New("the endpoint for policies needs the id of a model: set QODACODE_POLICY_MODEL or policy.model")
	}
	if strings.ContainsFunc(opts.Key, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return nil, errors.New("the key of the endpoint for policies has characters that no key has; check the variable it is read from")
	}
	if opts.Timeout <= 0 {
		opts.Timeout = wholeTimeout
	}
	u, err := url.Parse(opts.BaseURL)
	if err != nil {
		return nil, errors.New("the base URL of the endpoint for policies is not usable")
	}
	c := &Client{opts: opts, host: u.Host, http: &http.Client{Transport: newTransport(u.Scheme == "http", opts.Timeout)}}
	api := openai.DefaultConfig(opts.Key)
	api.BaseURL, api.HTTPClient = opts.BaseURL, c.http
	c.api = openai.NewClientWithConfig(api)
	return c, nil
}

// Host is the host that is asked, with its port.
func (c *Client) Host() string { return c.host }

// Model is the model that is asked.
func (c *Client) Model() string { return c.opts.Model }

// Answer is what a model answered.
type Answer struct {
	Intent   intent.Intent // valid; zero in free form
	Rego     string        // in free form
	Examples []intent.Example
	Text     string // as it came, for Feedback
}

// Feedback is a former answer with what is wrong with it.
type Feedback struct {
	Answer string
	Wrong  []string
}

// Refused is that the model says the sentence cannot become a policy, or will not answer.
type Refused struct{ Reason string }

func (r *Refused) Error() string { return r.Reason }

// Unusable is an answer that is not in its form. The model may be told, and asked again.
type Unusable struct {
	Text  string // the answer, bounded
	Wrong string
}

func (u *Unusable) Error() string { return "the model's answer cannot be used: " + u.Wrong }

// Failed is that no answer came.
type Failed struct{ Message string }

func (f *Failed) Error() string { return f.Message }

// Intent asks for the intent of a sentence, with examples of its own. The error is a *Refused,
// an *Unusable, a *Failed or ctx's.
func (c *Client) Intent(ctx context.Context, sentence string, former []Feedback) (*Answer, error) {
	return c.ask(ctx, intentTask, sentence, former)
}

// Rego asks for free-form Rego with examples. The errors are those of Intent.
func (c *Client) Rego(ctx context.Context, sentence string, former []Feedback) (*Answer, error) {
	return c.ask(ctx, regoTask, sentence, former)
}
