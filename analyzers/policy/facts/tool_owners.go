package facts

import (
	"slices"

	"github.com/qodacode/qodacode/analyzers/agents"
)

// owners are the agents that have a tool: as the file's calls and the project's graphs say.
func (b *builder) owners(t *tool) {
	add := func(agent string) {
		if agent != "" && !slices.Contains(t.Agents, agent) {
			t.Agents = append(t.Agents, agent)
		}
	}
	for _, u := range b.uses {
		if slices.Contains(u.tools, t) {
			add(u.agent)
		}
	}
	// Two tools of one name may be one node of a graph: where the calls that make the agents
	// tell which of them each has, they are believed.
	told := len(t.Agents) > 0
	join := func(g *agents.Graph, n *agents.Node) {
		if n == nil {
			return
		}
		name := agentName(g, n)
		if told && slices.ContainsFunc(b.uses, func(u use) bool { return u.agent == name && !slices.Contains(u.tools, t) }) {
			return
		}
		add(name)
	}
	placed := false
	for _, exactly := range []bool{true, false} {
		for _, g := range b.graphs {
			names := map[string]bool{}
			if exactly {
				for i := range g.Nodes {
					n := &g.Nodes[i]
					if n.Kind == agents.Tool && b.here(n.Place) && b.toolAtPlace(n.Place.Span) == t {
						names[n.Name], placed = true, true
					}
				}
			} else if b.here(g.Place) {
				names[t.Name] = true
				for _, a := range t.aliases {
					names[a] = true
				}
			}
			if len(names) == 0 {
				continue
			}
			for i := range g.Nodes {
				n := &g.Nodes[i]
				if n.Kind != agents.Tool && n.Kind != agents.Toolset && slices.ContainsFunc(n.Tools, func(name string) bool { return names[name] }) {
					join(g, n)
				}
			}
			for i := range g.Edges {
				if e := &g.Edges[i]; e.Kind == agents.Uses && names[e.To] {
					join(g, nodeNamed(g, e.From))
				}
			}
		}
		if placed {
			break
		}
	}
	slices.Sort(t.Agents)
}

// approvalOf tells whether a person must approve each call of a tool.
func (b *builder) approvalOf(t *tool, w work) Tri {
	if t.told == Yes || t.told == Unknown {
		return t.told
	}
	if w.approved == Yes {
		t.Approval = w.approval
		return Yes
	}
	given, asked, doubt, told := 0, 0, false, true
	for _, u := range b.uses {
		if !slices.Contains(u.tools, t) {
			continue
		}
		if u.agent == "" && u.asks == nil { // asks a model, or makes a node of a graph that asks
			continue
		}
		given++
		if u.asks == nil {
			told = false
			continue
		}
		switch u.asks.of(t) {
		case Yes:
			asked++
			if t.Approval == "" {
				t.Approval = u.asks.text
			}
		case Unknown:
			doubt = true
		}
	}
	switch {
	case given > 0 && asked == given:
		return Yes
	case doubt || asked > 0:
		return Unknown
	case (given == 0 || !told) && b.graphAsks(t):
		t.Approval = "the graph asks a person"
		return Unknown
	case t.told == No:
		return No
	case len(t.fns) == 0 && !t.hosted && t.agent <= 0, t.byAgent && len(t.Agents) == 0:
		return Unknown
	}
	return No
}

// graphAsks reports whether an agent that has the tool asks a person somewhere: which of its
// tools that is about, the graph does not tell.
func (b *builder) graphAsks(t *tool) bool {
	for _, g := range b.graphs {
		for i := range g.Nodes {
			if n := &g.Nodes[i]; n.Kind != "tool" && n.Asks && slices.Contains(t.Agents, agentName(g, n)) && g.Framework == "langgraph" {
				return true
			}
		}
	}
	return false
}
