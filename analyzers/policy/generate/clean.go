package generate

import (
	"context"
	"embed"
	"encoding/json"

	"github.com/qodacode/qodacode/analyzers/policy/facts"
)

// cleanCode has no effects, no models, no tools and no agents: a policy that reports something
// in it reports what is in every file.
//
//go:embed clean
var cleanCode embed.FS

// cleanFacts are the facts of code in which every policy is silent.
func cleanFacts(ctx context.Context) ([]json.RawMessage, error) {
	list, err := cleanCode.ReadDir("clean")
	if err != nil {
		return nil, err
	}
	var all []json.RawMessage
	for _, item := range list {
		code, err := cleanCode.ReadFile("clean/" + item.Name())
		if err != nil {
			return nil, err
		}
		document, err := facts.OfCode(ctx, item.Name(), string(code))
		if err != nil {
			return nil, err
		}
		data, err := json.Marshal(document)
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}
