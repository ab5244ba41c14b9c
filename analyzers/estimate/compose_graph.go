package estimate

import (
	"regexp"
	"slices"
	"strconv"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/analyzers/llm"
)

// maxGraph is how many nodes a graph may have for its paths to be followed one by one.
const maxGraph = 400

// needs calls reach for the functions that an execution of call may run: tools, and nodes of
// graphs.
func (c *composer) needs(call *Call, seen map[any]bool, reach func(*unit)) {
	if seen[call] {
		return
	}
	seen[call] = true
	if call.Site.Kind == llm.Drive && call.Model == nil && call.Site.Config == nil {
		if g := c.graphs.driven(call); g != nil {
			c.graphNeeds(g, seen, reach)
			return
		}
	}
	targets, _ := c.tools(call)
	for _, t := range append(c.guards(call), targets...) {
		if t.unit != nil {
			reach(t.unit)
		} else {
			c.needs(t.agent, seen, reach)
		}
	}
	for _, n := range c.graphs.agentNodes(call) {
		if slices.ContainsFunc(n.Edges, func(e agents.Edge) bool { return e.Kind == agents.Handoff }) && !seen[n.Graph] {
			c.graphNeeds(n.Graph, seen, reach)
		}
	}
}

func (c *composer) graphNeeds(g *agents.Graph, seen map[any]bool, reach func(*unit)) {
	if seen[g] {
		return
	}
	seen[g] = true
	for i := range g.Nodes {
		p := c.graphs.parts(nodeRef{g, i})
		for _, u := range p.units {
			reach(u)
		}
		if p.agent != nil {
			c.needs(p.agent, seen, reach)
		}
		if p.graph != nil {
			c.graphNeeds(p.graph, seen, reach)
		}
	}
}

// graphRun is what one run of a graph executes.
func (c *composer) graphRun(g *agents.Graph) *tally {
	if t, known := c.graph[g]; known {
		return t
	}
	t := &tally{}
	c.graph[g] = t // a graph that is its own part adds nothing twice
	c.graphs.ran[g] = true
	if agent := c.ownAgent(g); agent != nil {
		t.add(c.agentRun(agent, g, llm.Limit{}), once, "")
		return t
	}
	for _, u := range g.Unresolved {
		t.leave(u.Reason)
	}
	visits := c.visits(g)
	for i := range g.Nodes {
		if rounds, ok := visits[i]; ok {
			t.add(c.nodeRun(nodeRef{g, i}), rounds, g.Nodes[i].Name)
		}
	}
	run := *t
	*t = tally{left: run.left, missing: run.missing, cost: run.cost, worst: run.worst}
	for _, s := range run.shares { // what an inner graph runs, this one runs
		s.graph = g
		t.list(s)
	}
	return t
}

// ownAgent is the agent that a graph is all of: what create_react_agent makes, whose turns
// are its loop.
func (c *composer) ownAgent(g *agents.Graph) *Call {
	agent := c.graphs.calls[g.Place]
	if agent == nil || agent.Site.Kind != llm.Agent {
		return nil
	}
	n := 0
	for i := range g.Nodes {
		if k := g.Nodes[i].Kind; k == agents.Agent || k == agents.Manager || k == agents.Task || k == agents.Subgraph {
			n++
		}
	}
	if n != 1 {
		return nil
	}
	return agent
}

// nodeRun is what one visit of a node executes.
func (c *composer) nodeRun(n nodeRef) *tally {
	t := &tally{}
	if c.within[n] {
		t.leave(n.node().Name + " runs itself")
		return t
	}
	c.within[n] = true
	defer delete(c.within, n)
	p := c.graphs.parts(n)
	for _, u := range p.units {
		if u.sum != nil {
			t.add(u.sum, once, "")
		} else {
			t.leave(n.node().Name + " runs the graph that it is part of")
		}
	}
	known := len(p.units) > 0
	switch {
	case p.graph != nil && !known:
		t.add(c.graphRun(p.graph), once, "")
		known = true
	case p.agent != nil && !known:
		t.add(c.agentRun(p.agent, n.Graph, llm.Limit{}), once, "")
		known = true
	}
	for _, e := range n.Edges {
		if e.From != n.node().Name {
			continue
		}
		to := indexOf(n.Graph, e.To)
		if to < 0 || to == n.i {
			continue
		}
		switch {
		case e.Kind == agents.Assign:
			t.add(c.nodeRun(nodeRef{n.Graph, to}), c.attempts(n), e.To)
			known = true
		case e.Kind == agents.Guard && p.agent == nil:
			t.add(c.nodeRun(nodeRef{n.Graph, to}), c.attempts(n), e.To)
		case e.Kind == agents.Calls && len(p.units) == 0:
			rounds := once.maybe()
			if e.FanOut {
				rounds = c.many(n.Graph, e.To)
			}
			t.add(c.nodeRun(nodeRef{n.Graph, to}), rounds, e.To)
			known = true
		}
	}
	if !known && n.node().Calls {
		t.miss("what " + n.node().Name + " costs is not known")
	}
	return t
}

// guardRetries is how often CrewAI does a task again whose guardrail refuses the result, where
// the task does not say (crewai 1.15, guardrail_max_retries).
const guardRetries = 3

var statedRetries = regexp.MustCompile(`\bmax_retries\s*=\s*(\d{1,4})\b|\bguardrail_max_retries\s*=\s*(\d{1,4})\b`)

// attempts are how often a task is done: again where a guardrail refuses the result.
func (c *composer) attempts(n nodeRef) Rounds {
	name := n.node().Name
	if n.node().Kind != agents.Task || !slices.ContainsFunc(n.Edges, func(e agents.Edge) bool { return e.Kind == agents.Guard && e.From == name }) {
		return once
	}
	r := limitedRounds(Range{1, reasked, 1 + guardRetries}, 1+guardRetries, llm.FrameworkDefault, "guardrail_max_retries is not set: the framework's default is 3")
	if f := c.graphs.byPath[n.node().Place.Path]; f != nil {
		if m := statedRetries.FindStringSubmatch(f.Source.Slice(n.node().Place.Span)); m != nil {
			most, _ := strconv.Atoi(m[1] + m[2])
			r = limitedRounds(Range{1, min(reasked, 1+float64(most)), 1 + float64(most)}, 1+float64(most), llm.Explicit, describeLimit("guardrail_max_retries", most))
		}
	}
	r.Assumptions = []Assumption{{"1.1 attempts until a guardrail accepts the result", ""}}
	return r
}

// many is a number of runs that start at once, of which nothing is known.
func (c *composer) many(g *agents.Graph, name string) Rounds {
	env := Env{}
	if f := c.graphs.byPath[g.Place.Path]; f != nil {
		env = c.env(f)
	}
	return env.uncounted("how many runs of " + name + " start at once is not known")
}
