package agents

import (
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// parts are the members of an option that is an object, a list, or a function that returns one.
func (m *mastra) parts(r Ref, option string) []keyed {
	v, ok := m.option(r, option)
	if !ok {
		return nil
	}
	if fn := m.Function(v); fn.Valid() { // tools: ({ runtimeContext }) => ({ … })
		var out []keyed
		for _, ret := range m.Returns(fn) {
			out = append(out, m.entries(ret)...)
		}
		return out
	}
	if o := m.Origin(v, nil); o.Kind() == parser.KindList {
		elems, _ := m.Elements(v)
		var out []keyed
		for _, e := range elems {
			out = append(out, keyed{e.name(), e})
		}
		return out
	}
	return m.entries(v)
}

// visitParts visits the agents that an agent may ask: its own, and those that its tools run.
func (m *mastra) visitParts(r Ref, visit func(Ref)) {
	for _, e := range m.parts(r, "agents") {
		visit(m.origin(e.value))
	}
	for _, e := range m.parts(r, "tools") {
		agents, _, _ := m.runs(m.property(m.toolOptions(e.value), "execute", maxHops))
		for _, a := range agents {
			visit(a)
		}
	}
}

func (m *mastra) toolOptions(r Ref) Ref {
	o := m.Origin(r, nil)
	if c := o.File.CallAt(o.Node); c != nil && len(c.Args) > 0 {
		return o.at(c.Args[len(c.Args)-1].Value)
	}
	return o
}

func (m *mastra) tool(b *builder, agent string, e keyed) {
	if e.key == "" {
		if name, aliases := toolsetName(m.Project, e.value); name != "" {
			b.node(Node{Name: name, Kind: Toolset, Aliases: aliases, Place: e.value.Place()})
			b.edge(Edge{From: agent, To: name, Kind: Uses, Place: e.value.Place()})
		} else {
			b.open("the tools of "+agent+" are not written out here", e.value)
		}
		return
	}
	options := m.toolOptions(e.value)
	n := Node{Name: e.key, Kind: Tool, Place: toolPlace(m.Project, e)}
	if o := m.origin(e.value); m.made[o] == "tool" {
		n.Name = m.name(o)
		n.alias(given(o))
		n.alias(e.key)
	}
	if b.has(n.Name) && b.Nodes[b.index[n.Name]].Kind != Tool {
		n.Name = agent + "." + n.Name
	}
	for _, option := range []string{"requireApproval", "needsApproval"} {
		if v := m.property(options, option, maxHops); v.Valid() && v.Kind() != parser.KindFalse {
			n.Asks = true
		}
	}
	agents, flows, about := m.runs(m.property(options, "execute", maxHops))
	n.Calls, n.Asks = about.calls, n.Asks || about.asks
	b.node(n)
	b.Nodes[b.index[agent]].merge(Node{Tools: []string{n.Name}})
	b.edge(Edge{From: agent, To: n.Name, Kind: Uses, Place: n.Place})
	m.calls(b, n.Name, agents, flows)
}

// calls connects a step or tool with the agents and workflows that it runs.
func (m *mastra) calls(b *builder, from string, agents, flows []Ref) {
	for _, a := range agents {
		b.edge(Edge{From: from, To: m.agent(b, a), Kind: Calls, Place: a.Place()})
	}
	for _, o := range flows {
		b.edge(Edge{From: from, To: m.subgraph(b, o), Kind: Calls, Place: o.Place()})
	}
}

// behaviour is what a function does besides running agents.
type behaviour struct{ calls, asks bool }

// runs are the agents and workflows that a function runs.
func (m *mastra) runs(fn Ref) (agents, flows []Ref, about behaviour) {
	fn = m.Function(fn)
	if !fn.Valid() {
		return nil, nil, about
	}
	m.calledBy(fn, 3, func(r Ref) bool {
		c := r.File.CallAt(r.Node)
		callee := r.File.Unwrap(c.Callee)
		switch c.Name {
		case "getAgent", "getAgentById", "getWorkflow", "getWorkflowById", "vnext_getWorkflow":
			if len(c.Args) == 0 {
				return false
			}
			key, _ := m.String(r.at(c.Args[0].Value))
			if a := m.agents[key]; a.Valid() && strings.Contains(c.Name, "Agent") {
				agents = append(agents, a)
			} else if o := m.flows[key]; o.Valid() && strings.Contains(c.Name, "Workflow") {
				flows = append(flows, o)
			}
			return true
		case "generate", "stream", "generateVNext", "streamVNext", "generateLegacy", "streamLegacy", "network", "loop", "createRun", "createRunAsync":
			if r.File.Kind(callee) == parser.KindAttribute {
				switch o := m.origin(r.at(r.File.Field(callee, parser.FieldObject))); m.made[o] {
				case "agent", "network":
					agents = append(agents, o)
				case "workflow":
					flows = append(flows, o)
				}
			}
		case "suspend":
			about.asks = true
		case "generateText", "streamText", "generateObject", "streamObject":
			about.calls = about.calls || aisdkName(r.File.QName(c.Callee), c.Name)
		default:
			about.asks = about.asks || humanCalls[c.Name]
			return m.made[r] != ""
		}
		return false
	})
	about.calls = about.calls || len(agents) > 0
	return agents, flows, about
}
