package facts

import (
	"slices"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/analyzers/estimate"
	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/parser"
)

// alone is the project that the file is by itself.
func (b *builder) alone() *agents.Project {
	if b.project == nil {
		b.project = agents.NewProject([]*parser.File{b.f}, nil)
	}
	return b.project
}

// readGraphs finds what the project knows of agents and cost, or what the file tells alone.
func (b *builder) readGraphs() {
	b.graphs, b.cost = b.src.Graphs, b.src.Cost
	if b.graphs == nil {
		b.graphs = agents.Extract(b.alone())
	}
	if b.cost == nil && b.src.Env.Prices != nil {
		cfg := b.src.Env.Config
		if cfg == nil {
			cfg = config.Default()
		}
		b.cost = estimate.NewProject(agents.Reading{Project: b.alone(), Graphs: b.graphs}, b.src.Env, func(string) *config.Config { return cfg })
	}
	for _, g := range b.graphs {
		if b.ctx.Err() != nil {
			return
		}
		b.readGraph(g)
	}
}

// here reports whether a place is in the file.
func (b *builder) here(p agents.Place) bool { return p.Path == b.f.Path }

// readGraph lists the nodes and edges of a graph that is built in the file, or the part of
// another one that stands here.
func (b *builder) readGraph(g *agents.Graph) {
	if g.Framework == "plain" { // a loop in plain code is among the agents
		return
	}
	name := g.Name
	if name == "" {
		name = g.ID
	}
	whole := b.here(g.Place)
	ids := map[string]string{}
	for i := range g.Nodes {
		n := &g.Nodes[i]
		if !b.here(n.Place) && !whole {
			continue
		}
		id := b.unique(name + "/" + n.Name)
		ids[n.Name] = id
		at := n.Place
		if !b.here(at) { // in another file: where the graph is built
			at = g.Place
		}
		b.doc.Graph.Nodes = append(b.doc.Graph.Nodes, Node{
			ID: id, Graph: name, Name: n.Name, Kind: nodeKind(n.Kind), Interrupt: n.Asks || n.Kind == agents.Human, Range: b.rangeIn(at.Span),
		})
	}
	for i := range g.Edges {
		e := &g.Edges[i]
		from, to := ids[e.From], ids[e.To]
		if from == "" || to == "" {
			continue
		}
		at := e.Place
		if !b.here(at) {
			at = g.Place
		}
		if !b.here(at) {
			continue
		}
		b.doc.Graph.Edges = append(b.doc.Graph.Edges, Edge{
			Source: from, Target: to, Conditional: slices.Contains(conditional, e.Kind), Range: b.rangeIn(at.Span),
		})
	}
}

// conditional are the edges that are taken only if something decides so.
var conditional = []agents.EdgeKind{agents.Cond, agents.Goto, agents.Send, agents.Handoff, agents.Delegate, agents.Speaker, agents.Uses}

// nodeKind is a node's kind as documents have it.
func nodeKind(k agents.Kind) string {
	switch k {
	case agents.Agent, agents.Manager, agents.Team:
		return "agent"
	case agents.Tool, agents.Toolset:
		return "tool"
	case agents.Router:
		return "router"
	case agents.Start:
		return "start"
	case agents.End:
		return "end"
	case agents.Human:
		return "human"
	}
	return "other"
}
