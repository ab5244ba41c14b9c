package estimate

import (
	"slices"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/parser"
)

// handoffs adds the agent of a run and those that it may be handed over to. They share its
// turns: where the limit is used up by the dearest of them, the run costs most.
func (c *composer) handoffs(t *tally, entry share, limit llm.Limit) {
	call := entry.call
	var others []*Call
	seen := map[nodeRef]bool{}
	queue := c.graphs.agentNodes(call)
	for len(queue) > 0 {
		n := queue[0]
		queue = queue[1:]
		if seen[n] {
			continue
		}
		seen[n] = true
		for _, e := range n.Edges {
			if e.From != n.node().Name || e.Kind != agents.Handoff || !sharesTurns(n.Graph) {
				continue
			}
			if to := indexOf(n.Graph, e.To); to >= 0 {
				next := nodeRef{n.Graph, to}
				queue = append(queue, next)
				if a := c.graphs.parts(next).agent; a != nil && a != call && a != c.graphs.siteCall(call.Site.Config) && !slices.Contains(others, a) {
					others = append(others, a)
				}
			}
		}
	}
	if len(others) == 0 {
		t.put(entry)
		return
	}
	n := float64(len(others))
	entry.Times = Range{0.5, 0.5, 1} // of the turns of the run others take a part
	c.turnsOf(t, append([]*Call{call}, others...), limit)
	entry.limited = true
	entry.Rounds = limitedRounds(entry.Times, 1, limit.Source, describeLimit(limit.What, limit.Value))
	t.put(entry)
	for _, a := range others {
		s := share{Rounds: entry.Rounds, call: a, limited: true}
		s.Times = Range{0, 0.5 / n, 1}
		s.Assumptions = []Assumption{{"half of the turns are those of agents that the run is handed over to", ""}}
		t.put(s)
		inner := &tally{}
		if !c.busy[a] {
			c.busy[a] = true
			targets, all := c.tools(a)
			for _, to := range targets {
				rounds := c.toolCalls(a, limit, all).maybe()
				rounds.Times.Expected *= 0.5 / n
				if to.unit != nil {
					inner.add(to.unit.sum, rounds, to.name)
				} else {
					inner.add(c.agentRun(to.agent, nil, to.limit), rounds, to.name)
				}
			}
			delete(c.busy, a)
		}
		t.add(inner, once, "")
	}
}

// turnsOf adds the worst of a number of turns that some agents share.
func (c *composer) turnsOf(t *tally, of []*Call, limit llm.Limit) {
	most := 0.0
	for _, a := range of {
		usd, known := c.fullTurn(a)
		if !known {
			if a.Model != nil {
				t.miss("the context window of " + a.Model.ID + " is not known")
			}
			return
		}
		most = max(most, usd)
	}
	t.worst += float64(limit.Value) * most
}

// limitTurns makes entry a run of at most so many turns.
func (c *composer) limitTurns(t *tally, entry *share, limit llm.Limit) {
	c.turnsOf(t, []*Call{entry.call}, limit)
	entry.limited = true
	times := Exactly(1)
	if high := entry.call.Requests.High; high > float64(limit.Value) { // the estimate reckons with the agent's own limit
		times.High = float64(limit.Value) / high
		times.Expected, times.Low = min(1, times.High), min(1, times.High)
	}
	entry.Rounds = limitedRounds(times, 1, limit.Source, describeLimit(limit.What, limit.Value))
}

// fullTurn is the most that one request of a call can cost: a full context window and the
// longest answer, at the prices of long prompts.
func (c *composer) fullTurn(call *Call) (usd float64, known bool) {
	m := call.Model
	if m == nil || m.Context == 0 {
		return 0, false
	}
	p := m.PriceAt(c.env(call.Site.File).Now)
	output := float64(m.MaxOutput)
	if v, presence := call.Site.Setting(llm.OutputCap); presence == llm.Present && v.Kind == parser.Number && !v.Default && v.Num >= 1 {
		output = v.Num
	}
	if output == 0 {
		output = float64(m.Context)
	}
	in, out := max(p.Input, p.CacheWrite), p.Output
	if m.Tier != nil {
		in, out = max(in, p.Input*m.Tier.Input, p.CacheWrite*m.Tier.Cache), max(out, out*m.Tier.Output)
	}
	return (float64(m.Context)*in + output*out) / 1e6, true
}
