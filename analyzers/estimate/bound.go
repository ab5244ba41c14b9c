package estimate

import (
	"fmt"
	"math"
	"strings"

	"github.com/qodacode/qodacode/analyzers/llm"
)

// boundOf is the most that a tally can cost.
func boundOf(t *tally) Bound {
	b := Bound{Origin: llm.Explicit, Known: true}
	weaken := func(origin llm.Source, reason string) {
		if w := weakest(b.Origin, origin); w != b.Origin || b.Reason == "" {
			b.Origin, b.Reason = w, reason
		}
	}
	for _, reason := range t.left {
		weaken(llm.NoLimit, reason)
	}
	for i := range t.shares {
		s := &t.shares[i]
		weaken(s.Origin, s.Reason)
		worst := s.call.Worst
		if origin := worst.Origin; origin != "" && !(s.limited && origin != llm.NoLimit) {
			weaken(origin, worst.Reason)
		}
		switch {
		case !worst.Known:
			if b.Known {
				b.Known = false
				if b.Origin != llm.NoLimit {
					if b.Reason = worst.Reason; b.Reason == "" {
						b.Reason = s.call.Reason
					}
				}
			}
		}
	}
	for _, reason := range t.missing {
		if b.Known && b.Origin != llm.NoLimit {
			b.Reason = reason
		}
		b.Known = false
	}
	b.USD = t.worst
	if b.Origin == llm.NoLimit || !b.Known || b.USD >= beyond || math.IsNaN(b.USD) {
		b.Known, b.USD = false, 0
	}
	if b.Origin == llm.NoLimit && b.Reason != "" {
		b.Reason = "unbounded: " + strings.TrimPrefix(b.Reason, "unbounded: ")
	}
	return b
}

// times is a number of rounds with a limit.
func limitedRounds(times Range, most float64, origin llm.Source, reason string) Rounds {
	if origin == llm.NoLimit {
		most = 0
	}
	return Rounds{Times: times, Most: most, Origin: origin, Reason: reason}
}

// describe names a limit: "max_turns=10".
func describeLimit(what string, value int) string {
	if value <= 0 {
		return what
	}
	return fmt.Sprintf("%s=%d", what, value)
}
