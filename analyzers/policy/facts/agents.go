package facts

import (
	"slices"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// readAgents lists the agents, teams and graphs that are made in the file.
func (b *builder) readAgents() {
	at := map[text.Span]int{} // index into doc.Agents
	for _, g := range b.graphs {
		for i := range g.Nodes {
			n := &g.Nodes[i]
			kind, ok := agentKind(n.Kind)
			if !ok || g.Framework == "plain" || !b.here(n.Place) || n.Implicit && n.Place == g.Place {
				continue
			}
			b.agentOf(at, g, n, kind)
		}
		if b.here(g.Place) {
			b.graphAgent(at, g)
		}
	}
	b.siteAgents(at)
	b.constructedAgents(at)
	slices.SortStableFunc(b.doc.Agents, func(x, y Agent) int {
		if x.Range.Start.Line != y.Range.Start.Line {
			return x.Range.Start.Line - y.Range.Start.Line
		}
		return x.Range.Start.Character - y.Range.Start.Character
	})
	for i := range b.doc.Agents {
		a := &b.doc.Agents[i]
		a.ID = b.id("agent", a.Range)
		for _, u := range b.uses {
			if u.agent == a.Name {
				for _, t := range u.tools {
					a.Tools = append(a.Tools, t.Name)
				}
			}
		}
		for j, name := range a.Tools {
			a.Tools[j] = b.toolName(a, name)
		}
		slices.Sort(a.Tools)
		slices.Sort(a.Handoffs)
		a.Tools, a.Handoffs = slices.Compact(a.Tools), slices.Compact(a.Handoffs)
		if a.Approval == "" {
			a.Approval = b.agentApproval(a)
		}
	}
	b.refer()
}

// agentName is what an agent is called: a graph that is one agent gives its own name.
func agentName(g *agents.Graph, n *agents.Node) string {
	if n.Place == g.Place && g.Name != "" {
		return g.Name
	}
	return n.Name
}

// frameworkName is the library of a graph, as tools name it.
func frameworkName(g *agents.Graph) string {
	switch g.Framework {
	case "aisdk":
		return "ai-sdk"
	case "autogen-0.2":
		return "autogen"
	}
	return g.Framework
}

// toolName is the name that a model sees of an agent's tool, which may go by a variable.
func (b *builder) toolName(a *Agent, name string) string {
	for _, t := range b.tools {
		if t.Name == name {
			return name
		}
	}
	for _, t := range b.tools {
		if (a.Kind != "agent" || slices.Contains(t.Agents, a.Name)) && slices.Contains(t.aliases, name) {
			return t.Name
		}
	}
	return name
}

func agentKind(k agents.Kind) (string, bool) {
	switch k {
	case agents.Agent, agents.Manager:
		return "agent", true
	case agents.Team:
		return "team", true
	}
	return "", false
}

// agentOf adds what a node says to the agent that stands at its place.
func (b *builder) agentOf(at map[text.Span]int, g *agents.Graph, n *agents.Node, kind string) {
	i, ok := at[n.Place.Span]
	if !ok {
		i = len(b.doc.Agents)
		at[n.Place.Span] = i
		b.doc.Agents = append(b.doc.Agents, Agent{Name: b.clip(agentName(g, n), textLimit), Framework: frameworkName(g), Kind: kind, Range: b.madeRange(n.Place.Span)})
		b.madeBy(&b.doc.Agents[i], n.Place.Span)
	}
	a := &b.doc.Agents[i]
	if n.Model != "" {
		a.Model, a.ModelKnown = n.Model, true
	}
	a.Tools = append(a.Tools, n.Tools...)
	if n.Asks {
		a.Approval = Yes
	}
	if n.Limit.Value > 0 && !a.HasMaxSteps {
		a.MaxSteps, a.HasMaxSteps = float64(n.Limit.Value), true
	}
	for j := range g.Edges {
		e := &g.Edges[j]
		if e.From != n.Name {
			continue
		}
		switch e.Kind {
		case agents.Handoff, agents.Delegate, agents.Goto:
			if to := nodeNamed(g, e.To); to != nil && to.Kind != agents.End && to.Kind != agents.Tool {
				a.Handoffs = append(a.Handoffs, agentName(g, to))
			}
		case agents.Uses:
			if to := nodeNamed(g, e.To); to != nil && (to.Kind == agents.Tool || to.Kind == agents.Toolset) {
				a.Tools = append(a.Tools, e.To)
			}
		}
	}
}

// madeRange is where an agent is made, without all that it is made of: what is called, the
// name of a function or a class, else the first line.
func (b *builder) madeRange(span text.Span) Range {
	f := b.f
	place := b.rangeIn(span)
	r := place
	n := b.nodeAtPlace(span)
	if c := f.CallAt(f.Unwrap(n)); c != nil {
		r = b.rangeOf(c.Callee)
	} else if fn := f.FuncAt(n); fn != nil && b.nameNode(fn) != parser.NoNode {
		r = b.rangeOf(b.nameNode(fn))
	} else if class := f.ClassAt(n); class != nil && f.Field(n, parser.FieldName) != parser.NoNode {
		r = b.rangeOf(f.Field(n, parser.FieldName))
	}
	if r.End.Line > r.Start.Line { // client.agents.\n  create
		end := f.Source.Line(r.Start.Line).End
		r.End = b.places.at(end)
	}
	b.made[place] = r
	return r
}

func nodeNamed(g *agents.Graph, name string) *agents.Node {
	for i := range g.Nodes {
		if g.Nodes[i].Name == name {
			return &g.Nodes[i]
		}
	}
	return nil
}

// graphAgent lists a graph itself, where it is more than the one agent that stands at its place.
func (b *builder) graphAgent(at map[text.Span]int, g *agents.Graph) {
	limit, has := float64(g.Limit.Value), g.Limit.Value > 0
	kind := "graph"
	if g.Framework == "plain" {
		if !callsTools(g) {
			return
		}
		kind = "loop"
		for _, l := range g.Loops {
			if l.Bound.Effective && (l.Decider == agents.Counter || l.Bound.Value > 0) {
				limit, has = float64(max(l.Bound.Value, g.Limit.Value)), true
			}
		}
	}
	if i, ok := at[g.Place.Span]; ok {
		if a := &b.doc.Agents[i]; has && !a.HasMaxSteps {
			a.MaxSteps, a.HasMaxSteps = limit, true
		}
		return
	}
	a := Agent{Name: b.clip(g.Name, textLimit), Framework: frameworkName(g), Kind: kind, MaxSteps: limit, HasMaxSteps: has, Range: b.madeRange(g.Place.Span)}
	if a.Name == "" {
		a.Name = b.clip(g.ID, textLimit)
	}
	for i := range g.Nodes {
		n := &g.Nodes[i]
		switch {
		case n.Asks || n.Kind == agents.Human:
			a.Approval = Yes
		case n.Kind == agents.Tool:
			a.Tools = append(a.Tools, n.Name)
		}
		if kind == "loop" {
			a.Tools = append(a.Tools, n.Tools...)
			if n.Model != "" && a.Model == "" {
				a.Model, a.ModelKnown = n.Model, true
			}
		}
	}
	at[g.Place.Span] = len(b.doc.Agents)
	b.doc.Agents = append(b.doc.Agents, a)
	b.madeBy(&b.doc.Agents[len(b.doc.Agents)-1], g.Place.Span)
}

// callsTools reports whether a loop in plain code is an agent: one in which a model's calls of
// tools are answered. Other loops only ask again, as a chat does.
func callsTools(g *agents.Graph) bool {
	return slices.ContainsFunc(g.Loops, func(l agents.Loop) bool { return l.Decider == agents.ToolCall }) ||
		slices.ContainsFunc(g.Nodes, func(n agents.Node) bool {
			return len(n.Tools) > 0 || n.Kind == agents.Tool || n.Kind == agents.Toolset
		})
}

// siteAgents adds the agents that only the table of SDKs knows.
func (b *builder) siteAgents(at map[text.Span]int) {
	sites := llm.Sites(b.f)
	for i := range sites {
		s := &sites[i]
		if s.Kind != llm.Agent {
			continue
		}
		span := b.sourceSpan(s.Call.Node)
		j, ok := at[span]
		if !ok {
			name := b.agentNamed(s.Call)
			if name == "" {
				name = s.Call.Name
			}
			j = len(b.doc.Agents)
			at[span] = j
			b.doc.Agents = append(b.doc.Agents, Agent{Name: b.clip(name, textLimit), Framework: s.SDK, Kind: "agent", Range: b.madeRange(span)})
			b.madeBy(&b.doc.Agents[j], span)
		}
		a := &b.doc.Agents[j]
		if !a.ModelKnown && s.Model.ID != "" {
			a.Model, a.ModelKnown = b.clip(s.Model.ID, textLimit), true
		}
		if limit := s.Limit(); !a.HasMaxSteps && limit.What != "" && limit.Source != llm.NoLimit && limit.Value > 0 {
			a.MaxSteps, a.HasMaxSteps = float64(limit.Value), true
		}
	}
}
