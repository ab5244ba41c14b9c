package generate

import (
	"fmt"

	"github.com/qodacode/qodacode/analyzers/policy/endpoint"
	"github.com/qodacode/qodacode/config"
)

// Endpoint is the language model that the user has configured: by the environment, else by
// their own settings; nil when there is none.
func Endpoint(settings config.Endpoint, getenv func(string) string) (*endpoint.Client, error) {
	opts := endpoint.Options{BaseURL: settings.BaseURL, Model: settings.Model, Key: getenv(settings.KeyVariable), Reference: reference()}
	if v := getenv("QODACODE_POLICY_BASE_URL"); v != "" {
		opts.BaseURL = v
	}
	if v := getenv("QODACODE_POLICY_MODEL"); v != "" {
		opts.Model = v
	}
	if opts.BaseURL == "" {
		return nil, nil
	}
	if err := config.CheckEndpoint(opts.BaseURL); err != nil {
		return nil, fmt.Errorf("the language model for policies: %w", err)
	}
	return endpoint.New(opts)
}
