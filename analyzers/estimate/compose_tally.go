package estimate

import (
	"slices"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/analyzers/llm"
)

// share is how often one run of something executes a call.
type share struct {
	Rounds
	call  *Call
	chain []string
	graph *agents.Graph
	// limited reports that who runs the call limits its turns, and reckons with the worst of
	// them, so that the call's own limit does not hold.
	limited bool
}

// shareID tells shares apart: the same call in plain code and in a graph are two.
type shareID struct {
	call  *Call
	graph *agents.Graph
}

// tally is what one run of something executes.
type tally struct {
	shares []share
	cost   Range   // USD, of what is priced
	worst  float64 // USD; it holds where boundOf says so
	at     map[shareID]int
	// left are parts that may run any number of times, in words: they make the bound none.
	left []string
	// missing are parts whose cost is not known, in words: they leave the bound without a figure.
	missing []string
}

// add takes over what inner executes, with each of rounds.
func (t *tally) add(inner *tally, rounds Rounds, through string) {
	if inner == nil {
		return
	}
	t.cost = t.cost.Add(inner.cost.Times(rounds.Times)).atMost(beyond)
	t.worst += inner.worst * rounds.Most
	t.merge(inner, rounds, through)
}

// merge takes over the shares of inner, but not what they cost.
func (t *tally) merge(inner *tally, rounds Rounds, through string) {
	for _, s := range inner.shares {
		s.Rounds = s.Rounds.times(rounds).countable()
		if through != "" {
			s.chain = append([]string{through}, s.chain...)
		}
		t.list(s)
	}
	for _, reason := range inner.left {
		t.leave(reason)
	}
	for _, reason := range inner.missing {
		t.miss(reason)
	}
}

// put adds a share.
func (t *tally) put(s share) {
	if s.call.Model != nil && s.call.Reason == "" {
		t.cost = t.cost.Add(s.call.Cost.Times(s.Times))
	}
	if !s.limited {
		t.worst += s.Most * s.call.Worst.USD
	}
	t.list(s)
}

// list adds a share to the one of the same call.
func (t *tally) list(s share) {
	id := shareID{s.call, s.graph}
	i, ok := t.at[id]
	if !ok {
		if t.at == nil {
			t.at = map[shareID]int{}
		}
		t.at[id] = len(t.shares)
		t.shares = append(t.shares, s)
		return
	}
	have := &t.shares[i]
	have.Times = have.Times.Add(s.Times)
	have.Most += s.Most
	have.Rounds = have.countable()
	if origin := weakest(have.Origin, s.Origin); origin != have.Origin {
		have.Origin, have.Reason = origin, s.Reason
	}
	have.limited = have.limited && s.limited
	have.Assumptions = append(have.Assumptions[:len(have.Assumptions):len(have.Assumptions)], s.Assumptions...)
}

func (t *tally) leave(reason string) {
	if !slices.Contains(t.left, reason) {
		t.left = append(t.left, reason)
	}
}

func (t *tally) miss(reason string) {
	if !slices.Contains(t.missing, reason) {
		t.missing = append(t.missing, reason)
	}
}

// empty reports whether nothing is executed.
func (t *tally) empty() bool {
	return t == nil || len(t.shares) == 0 && len(t.left) == 0 && len(t.missing) == 0
}

// beyond is a number of executions, or of USD, above which figures say nothing any more.
const beyond = 1e12

// countable is r without numbers that nothing can reach.
func (r Rounds) countable() Rounds {
	if r.Times.High > beyond {
		r.Times = r.Times.atMost(beyond)
	}
	if r.Most > beyond && r.Origin != llm.NoLimit {
		r.Origin, r.Most, r.Reason = llm.NoLimit, 0, "more executions than can be counted"
	}
	return r
}

// maybe is r, or nothing.
func (r Rounds) maybe() Rounds {
	r.Times.Low = 0
	return r
}
