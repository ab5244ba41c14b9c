package estimate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/parser"
)

// parallelCalls is the most tools that one answer may call: OpenAI refuses histories with
// more in one message ("array too long. Expected an array with maximum length 128", 2026-11).
const parallelCalls = 128

// callTokens is the least that one call of a tool takes of an answer: its id, name and
// arguments.
const callTokens = 12

// execution is what one execution of a call executes: itself, and below it the tools and the
// agents that its turns may call; or the graph that it runs.
func (c *composer) execution(call *Call) *tally {
	if t, known := c.runs[call]; known {
		return t
	}
	t := &tally{}
	if c.busy[call] {
		t.leave("agents that call each other")
		return t
	}
	c.busy[call] = true
	defer delete(c.busy, call)
	if call.Site.Kind == llm.Drive && call.Model == nil && call.Site.Config == nil {
		if g := c.graphs.driven(call); g != nil {
			t.add(c.graphRun(g), once, "")
			if len(t.shares) == 0 && !t.empty() {
				t.put(share{Rounds: once, call: call})
			}
			c.runs[call] = t
			return t
		}
	}
	c.agentTurns(t, share{Rounds: once, call: call}, call.Site.Limit())
	c.runs[call] = t
	return t
}

// agentRun is what one run of an agent executes that a graph, another agent or a drive runs.
// limit is the one of who runs it, zero for the agent's own.
func (c *composer) agentRun(call *Call, g *agents.Graph, limit llm.Limit) *tally {
	t := &tally{}
	if c.busy[call] {
		t.leave("agents that call each other")
		return t
	}
	c.busy[call] = true
	defer delete(c.busy, call)
	entry := share{Rounds: once, call: call, graph: g}
	switch own := call.Site.Limit(); {
	case limit.Value == 0:
		limit = own
	case call.Requests.High <= 1: // it takes one turn, whatever the limit
	default:
		c.limitTurns(t, &entry, limit)
	}
	c.agentTurns(t, entry, limit)
	return t
}

// agentTurns adds the turns of an agent, what they call, and the agents that it hands over to.
// limit is that of the run.
func (c *composer) agentTurns(t *tally, entry share, limit llm.Limit) {
	call := entry.call
	for _, n := range c.graphs.agentNodes(call) {
		c.graphs.ran[n.Graph] = true
	}
	c.handoffs(t, entry, limit)
	for _, to := range c.guards(call) {
		switch {
		case to.agent != nil:
			t.add(c.agentRun(to.agent, nil, llm.Limit{}), once, to.name)
		case to.unit.sum == nil:
			t.leave(to.name + " runs the agent that it guards")
		default:
			t.add(to.unit.sum, once, to.name)
		}
	}
	targets, all := c.tools(call)
	for _, to := range targets {
		rounds := c.toolCalls(call, limit, all)
		if to.unit != nil {
			if inner := to.unit.sum; !inner.empty() {
				t.add(inner, rounds, to.name)
			} else if to.unit.sum == nil {
				t.leave(to.name + " runs the agent that calls it")
			}
			continue
		}
		t.add(c.agentRun(to.agent, nil, to.limit), rounds, to.name)
	}
}

// toolCalls is how often the turns of an agent call one of its tools.
func (c *composer) toolCalls(call *Call, limit llm.Limit, tools int) Rounds {
	each := 1 / float64(max(tools, 1))
	turns := call.Requests
	if limit.Value > 0 {
		turns = turns.atMost(float64(limit.Value))
	}
	times := Range{0, max(turns.Expected-1, 0.5) * each, max(turns.High, 1)}
	r := Rounds{Times: times, Origin: limit.Source, Reason: describeLimit(limit.What, limit.Value)}
	if r.Origin == "" || limit.Value <= 0 {
		r.Origin = llm.NoLimit
	}
	if r.Origin == llm.NoLimit {
		r.Reason = "no limit of the agent's turns"
		return r
	}
	if call.Site.SDK == "smolagents" {
		r.Origin, r.Reason = llm.NoLimit, "the agent's code may call a tool any number of times"
		return r
	}
	r.Most = float64(limit.Value) * c.atOnce(call)
	if r.Most < r.Times.High {
		r.Times.High = r.Most
		r.Times.Expected = min(r.Times.Expected, r.Most)
	}
	r.Assumptions = []Assumption{{fmt.Sprintf("%s calls of a tool that spends itself", FormatCount(times.Expected)), "cost.assumed_agent_turns"}}
	return r
}

// atOnce is the most tools that one answer may call.
func (c *composer) atOnce(call *Call) float64 {
	if call.Site.SDK == "crewai" { // one action per turn
		return 1
	}
	most := float64(parallelCalls)
	for s := call.Site; s != nil; s = s.Config {
		source := strings.ReplaceAll(s.File.Slice(s.Call.Node), " ", "")
		if strings.Contains(source, "parallel_tool_calls=False") || strings.Contains(source, "parallelToolCalls:false") ||
			strings.Contains(source, "parallel_tool_calls:false") || strings.Contains(source, "\"disable_parallel_tool_use\":True") || strings.Contains(source, "disable_parallel_tool_use:true") {
			return 1
		}
	}
	if v, presence := call.Site.Setting(llm.OutputCap); presence == llm.Present && v.Kind == parser.Number && !v.Default && v.Num >= 1 {
		most = min(most, max(1, v.Num/callTokens))
	}
	return most
}

func indexOf(g *agents.Graph, name string) int {
	return slices.IndexFunc(g.Nodes, func(n agents.Node) bool { return n.Name == name })
}
