package estimate

import (
	"slices"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/parser"
)

// graphIndex finds what the nodes of graphs are in code.
type graphIndex struct {
	p      *agents.Project
	graphs []*agents.Graph
	byPath map[string]*parser.File
	calls  map[agents.Place]*Call // by the place of the call
	inFile map[string][]*Call
	nodes  map[agents.Place][]nodeRef
	units  map[agents.Place]*unit
	// spending are the functions of each file that spend, by place.
	spending map[string][]*unit
	ran      map[*agents.Graph]bool // by a drive or by an entry point's own code
}

// nodeRef is a node of a graph.
type nodeRef struct {
	*agents.Graph
	i int
}

func (n nodeRef) node() *agents.Node { return &n.Graph.Nodes[n.i] }

func newGraphIndex(r agents.Reading, calls []*Call, g *callGraph) *graphIndex {
	x := &graphIndex{
		p: r.Project, byPath: map[string]*parser.File{}, calls: map[agents.Place]*Call{}, inFile: map[string][]*Call{},
		nodes: map[agents.Place][]nodeRef{}, units: map[agents.Place]*unit{}, spending: map[string][]*unit{}, ran: map[*agents.Graph]bool{},
	}
	for _, graph := range r.Graphs {
		if graph.Framework != "plain" { // loops in plain code are in the call graph already
			x.graphs = append(x.graphs, graph)
		}
	}
	if len(x.graphs) == 0 {
		return x
	}
	for _, f := range r.Project.Files() {
		x.byPath[f.Path] = f
	}
	for _, c := range calls {
		x.calls[agents.Ref{File: c.Site.File, Node: c.Site.Call.Node}.Place()] = c
		x.inFile[c.Site.File.Path] = append(x.inFile[c.Site.File.Path], c)
	}
	for _, graph := range x.graphs {
		for i := range graph.Nodes {
			n := &graph.Nodes[i]
			if n.Kind == agents.Start || n.Kind == agents.End {
				continue
			}
			ref := nodeRef{graph, i}
			x.nodes[n.Place] = append(x.nodes[n.Place], ref)
			for _, place := range n.Runs {
				if place != n.Place {
					x.nodes[place] = append(x.nodes[place], ref)
				}
			}
		}
	}
	for _, u := range g.order {
		if u.fn != nil {
			x.units[agents.Ref{File: u.File, Node: u.fn.Node}.Place()] = u
			x.spending[u.Path] = append(x.spending[u.Path], u)
		}
	}
	for _, units := range x.spending {
		slices.SortFunc(units, func(a, b *unit) int { return int(a.fn.Node - b.fn.Node) })
	}
	return x
}

// nodeParts are what a node is in code: functions that spend, the site of an agent, another graph.
type nodeParts struct {
	units []*unit
	agent *Call
	graph *agents.Graph
}

func (x *graphIndex) parts(n nodeRef) nodeParts {
	var p nodeParts
	node := n.node()
	for _, place := range append([]agents.Place{node.Place}, node.Runs...) {
		if u := x.units[place]; u != nil && !slices.Contains(p.units, u) {
			p.units = append(p.units, u)
		}
		if c := x.calls[place]; c != nil && p.agent == nil && c.Site.Kind != llm.Embedding {
			p.agent = c
		}
		for _, g := range x.graphs {
			if g != n.Graph && g.Place == place && p.graph == nil {
				p.graph = g
			}
		}
	}
	if k := node.Kind; len(p.units) == 0 && (k == agents.Tool || k == agents.Step || k == agents.Router) {
		p.units = x.unitsWithin(node.Place) // tool({ execute: async () => … }), a class of handlers
	}
	if node.Kind == agents.Agent || node.Kind == agents.Manager {
		p.graph = nil // an agent's own graph is the agent
		if p.agent == nil {
			p.agent = x.within(node)
		}
	}
	if node.Kind == agents.Subgraph && p.graph == nil && len(p.units) == 0 {
		for _, g := range x.graphs {
			if g != n.Graph && g.Framework == n.Framework && (g.Name == node.Name || slices.Contains(node.Aliases, g.Name)) {
				p.graph = g
			}
		}
	}
	return p
}

// unitsWithin are the outermost functions that spend in what stands at a place.
func (x *graphIndex) unitsWithin(place agents.Place) []*unit {
	var found []*unit
	end := -1
	for _, u := range x.spending[place.Path] { // by place
		span := u.Locate(u.Span(u.fn.Node))
		if span.Start >= max(place.Span.Start, end) && span.End <= place.Span.End {
			found = append(found, u)
			end = span.End
		}
	}
	return found
}

// within is the agent, else the model's configuration, that stands in what a node is: the
// method of a crew that makes it.
func (x *graphIndex) within(n *agents.Node) *Call {
	var found *Call
	for _, c := range x.inFile[n.Place.Path] {
		span := c.Site.File.Locate(c.Site.File.Span(c.Site.Call.Node))
		if span.Start < n.Place.Span.Start || span.End > n.Place.Span.End {
			continue
		}
		switch {
		case c.Site.Kind == llm.Agent:
			return c
		case c.Site.Kind == llm.ModelConfig && found == nil:
			found = c
		}
	}
	return found
}

// agentNodes are the nodes of an agent, whose site is c or the one that c runs.
func (x *graphIndex) agentNodes(c *Call) []nodeRef {
	if len(x.graphs) == 0 {
		return nil
	}
	for s := c.Site; s != nil; s = s.Config {
		if nodes := x.nodes[agents.Ref{File: s.File, Node: s.Call.Node}.Place()]; len(nodes) > 0 {
			return nodes
		}
	}
	if c.Site.Config == nil && c.Site.Kind.Spends() { // Runner.run(agent, …)
		for _, a := range c.Site.Call.Args {
			if o := x.p.Origin(agents.Ref{File: c.Site.File, Node: a.Value}, nil); o.Valid() && o.Kind() == parser.KindCall || o.Valid() && o.Kind() == parser.KindNew {
				if nodes := x.nodes[o.Place()]; len(nodes) > 0 && nodes[0].node().Kind == agents.Agent {
					return nodes
				}
			}
		}
	}
	return nil
}

// siteCall is the estimate of a site.
func (x *graphIndex) siteCall(s *llm.Site) *Call {
	if s == nil {
		return nil
	}
	return x.calls[agents.Ref{File: s.File, Node: s.Call.Node}.Place()]
}
