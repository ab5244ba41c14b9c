package main

import (
	"fmt"
	"strings"

	"github.com/qodacode/qodacode/bench/cost/fake"
)

// result is what one run cost.
type result struct {
	usd      float64
	requests int
	tokens   fake.Usage
	fault    string // why the run is not to be counted; "" if it is
}

func resultOf(r fake.Run, output string, err error) result {
	out := result{usd: r.USD, requests: r.Billed, tokens: r.Tokens}
	switch {
	case err != nil:
		out.fault = fmt.Sprintf("%v: %s", err, tail(output))
	case len(r.Refused) > 0:
		out.fault = "refused: " + r.Refused[0]
	case len(r.Unpriced) > 0:
		out.fault = fmt.Sprintf("models without a price: %v", r.Unpriced)
	case r.Billed == 0:
		out.fault = "it asked nothing: " + tail(output)
	}
	return out
}

// tail is the end of what a program printed, where it says why it failed.
func tail(output string) string {
	lines := strings.Split(strings.TrimSpace(output), "\n")
	return strings.Join(lines[max(0, len(lines)-6):], "\n\t")
}
