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

// target is something that spends below an agent's turns: a tool's function, or another agent.
type target struct {
	unit  *unit
	agent *Call
	name  string
	// limit is what the place that makes a tool of the agent sets: as_tool(max_turns=3); zero elsewhere.
	limit llm.Limit
}

// tools are those of an agent's tools that spend, and the number of all its tools.
func (c *composer) tools(call *Call) (targets []target, all int) {
	add := func(t target) {
		if !slices.ContainsFunc(targets, func(have target) bool { return have.unit == t.unit && have.agent == t.agent }) {
			targets = append(targets, t)
		}
	}
	if v, presence := call.Site.Setting(llm.Tools); presence == llm.Present && v.File != nil {
		exprs := c.members(agents.Ref{File: v.File, Node: v.Expr})
		all = len(exprs)
		for _, e := range exprs {
			c.toolTargets(e, add)
		}
	}
	for _, n := range c.graphs.agentNodes(call) {
		used := 0
		for _, e := range n.Edges {
			if e.From != n.node().Name || e.Kind != agents.Uses && e.Kind != agents.Delegate {
				continue
			}
			used++
			to := indexOf(n.Graph, e.To)
			if to < 0 {
				continue
			}
			c.nodeTargets(nodeRef{n.Graph, to}, add)
		}
		all = max(all, used)
	}
	targets = slices.DeleteFunc(targets, func(t target) bool { return t.agent == call })
	return targets, max(all, len(targets))
}

// guardArguments give an agent what checks its input and its answer.
var guardArguments = []string{"input_guardrails", "output_guardrails", "inputGuardrails", "outputGuardrails"}

// guards are what checks the input and the answer of an agent, and of those that it hands over
// to, each once per run.
func (c *composer) guards(call *Call) []target {
	var out []target
	add := func(t target) {
		if t.agent != call && !slices.ContainsFunc(out, func(have target) bool { return have.unit == t.unit && have.agent == t.agent }) {
			out = append(out, t)
		}
	}
	for s := call.Site; s != nil; s = s.Config {
		for _, name := range guardArguments {
			if a, ok := s.File.Argument(s.Call, name, -1); ok {
				for _, e := range c.members(agents.Ref{File: s.File, Node: a.Value}) {
					c.toolTargets(e, add)
				}
			}
		}
	}
	own := c.graphs.agentNodes(call)
	written := len(out) > 0 // its own are known
	seen := map[nodeRef]bool{}
	queue := slices.Clone(own)
	for len(queue) > 0 {
		n := queue[0]
		queue = queue[1:]
		if seen[n] {
			continue
		}
		seen[n] = true
		for _, e := range n.Edges {
			if e.From != n.node().Name || e.Kind != agents.Guard && !(e.Kind == agents.Handoff && sharesTurns(n.Graph)) {
				continue
			}
			to := indexOf(n.Graph, e.To)
			switch {
			case to < 0:
			case e.Kind == agents.Handoff:
				queue = append(queue, nodeRef{n.Graph, to})
			case !written || !slices.Contains(own, n):
				c.nodeTargets(nodeRef{n.Graph, to}, add)
			}
		}
	}
	return out
}

// nodeTargets are what spends in a tool's node, or in an agent's that works as one.
func (c *composer) nodeTargets(n nodeRef, add func(target)) {
	p := c.graphs.parts(n)
	name := n.node().Name
	for _, u := range p.units {
		add(target{unit: u, name: name})
	}
	if len(p.units) > 0 {
		return
	}
	if p.agent != nil && n.node().Kind != agents.Tool && n.node().Kind != agents.Toolset {
		add(target{agent: p.agent, name: name})
		return
	}
	for _, e := range n.Edges {
		if e.From == name && e.Kind == agents.Calls {
			if to := indexOf(n.Graph, e.To); to >= 0 && to != n.i {
				if inner := c.graphs.parts(nodeRef{n.Graph, to}); inner.agent != nil {
					add(target{agent: inner.agent, name: e.To})
				}
			}
		}
	}
}

// members are the expressions of a list, or of an object of tools by name.
func (c *composer) members(r agents.Ref) []agents.Ref {
	if pairs, _ := c.p.Pairs(r); len(pairs) > 0 {
		var out []agents.Ref
		for _, p := range pairs {
			out = append(out, p[1])
		}
		return out
	}
	out, _ := c.p.Elements(r)
	return out
}

// toolTargets are the functions and agents that a tool's expression holds.
func (c *composer) toolTargets(r agents.Ref, add func(target)) {
	if fn := c.p.Function(r); fn.Valid() {
		if u := c.units[fn]; u != nil {
			add(target{unit: u, name: unitName(u.File, u.fn)})
		}
		return
	}
	o := c.p.Origin(r, nil)
	if !o.Valid() {
		return
	}
	call := o.File.CallAt(o.File.Unwrap(o.Node))
	if call == nil {
		return
	}
	name := r.Text()
	if len(name) > 40 || strings.ContainsAny(name, "\n(") {
		name = call.Name
	}
	callee := o.File.Unwrap(call.Callee)
	if object := o.File.Field(callee, parser.FieldObject); object != parser.NoNode && (call.Name == "as_tool" || call.Name == "asTool") {
		if agent := c.agentAt(agents.Ref{File: o.File, Node: object}); agent != nil {
			add(target{agent: agent, name: name, limit: turnsAt(o.File, call)})
		}
		return
	}
	for _, u := range c.order { // tool({ execute: async () => … })
		if u.fn != nil && u.File == o.File && o.File.Within(u.fn.Node, o.Node) {
			add(target{unit: u, name: name})
			return
		}
	}
	for _, a := range call.Args {
		eachValue(o.File, a.Value, 0, func(n parser.NodeID) {
			at := agents.Ref{File: o.File, Node: n}
			if fn := c.p.Function(at); fn.Valid() {
				if u := c.units[fn]; u != nil {
					add(target{unit: u, name: name})
				}
			} else if agent := c.agentAt(at); agent != nil && agent.Site.Kind == llm.Agent { // AgentTool(agent=…)
				add(target{agent: agent, name: name})
			}
		})
	}
}

// turnsAt is the limit of turns that a call sets, zero where it sets none.
func turnsAt(f *parser.File, call *parser.Call) llm.Limit {
	for _, name := range []string{"max_turns", "maxTurns"} {
		if a, ok := f.Argument(call, name, -1); ok {
			if v := f.Eval(a.Value); v.Kind == parser.Number && !v.Default && v.Num >= 1 && v.Num < 1<<31 {
				return llm.Limit{Value: int(v.Num), Source: llm.Explicit, What: name, Arg: a.Value, File: f}
			}
		}
	}
	return llm.Limit{}
}

// agentAt is the site of the agent that an expression evaluates to, or nil.
func (c *composer) agentAt(r agents.Ref) *Call {
	o := c.p.Origin(r, nil)
	if !o.Valid() || len(c.graphs.calls) == 0 {
		return nil
	}
	return c.graphs.calls[agents.Ref{File: o.File, Node: o.File.Unwrap(o.Node)}.Place()]
}

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

func indexOf(g *agents.Graph, name string) int {
	return slices.IndexFunc(g.Nodes, func(n agents.Node) bool { return n.Name == name })
}
