package realsdk

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/bench/cost/fake"
)

// newEndpoint stands in for the providers. It keeps what it was asked by run: the first segment
// of the path.
func newEndpoint() *fake.Endpoint {
	return &fake.Endpoint{Prices: pricing.Builtin(), Now: time.Now(), Model: func(string) fake.Model { return terse{} }}
}

// terse is a model that says "answer", and calls the first tool as long as the conversation
// says LOOP.
type terse struct{}

var newClaude = regexp.MustCompile(`^claude-(fable|(opus|sonnet|haiku)-5|opus-4-[78])`)

func (terse) Answer(r *fake.Request, _ string) fake.Answer {
	words := r.Words()
	if len(r.Tools) > 0 && strings.Contains(words, "LOOP") {
		// The id tells apart the calls of one conversation, which grows from one to the next.
		return fake.Answer{Calls: []fake.Call{{Name: r.Tools[0].Name, Args: map[string]any{}, ID: fmt.Sprintf("call_%d", len(words))}}}
	}
	answer := fake.Answer{Text: "answer"}
	if newClaude.MatchString(r.Model) {
		answer.Think = 1 // so that the first block is not the text
	}
	return answer
}
