// Package arch has the rules about the shape of agent graphs: loops that nothing ends,
// graphs that nobody can follow, parts that nothing reaches, and limits that allow a bill of
// any size.
package arch

import (
	"cmp"
	"slices"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser/text"
)

// PathFinding is a finding in one of the project's files.
type PathFinding struct {
	Path string // as File.Path
	diagnostics.Finding
}

// Check reports what is wrong with the graphs of p. settings are those that hold for a file.
// The findings are sorted by path and place.
func Check(graphs []*agents.Graph, p *agents.Project, settings func(path string) *config.Config) []PathFinding {
	var all []PathFinding
	wired := wiredPlaces(graphs)
	for _, g := range graphs {
		c := &checker{Graph: g, project: p, wired: wired, set: settings(g.Place.Path).Arch, nodes: make(map[string]*agents.Node, len(g.Nodes))}
		for i := range g.Nodes {
			c.nodes[g.Nodes[i].Name] = &g.Nodes[i]
		}
		c.out, c.into = map[string][]int{}, map[string][]int{}
		for i := range g.Edges {
			if e := &g.Edges[i]; e.Kind.IsControl() {
				c.out[e.From], c.into[e.To] = append(c.out[e.From], i), append(c.into[e.To], i)
			}
		}
		for i := range g.Loops {
			c.loop(&g.Loops[i])
		}
		c.shape()
		c.orphans()
		c.caps()
		c.fans()
		c.unlimited()
		c.forced()
		all = append(all, c.found...)
	}
	slices.SortStableFunc(all, func(a, b PathFinding) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Message, b.Message))
	})
	return slices.CompactFunc(all, func(a, b PathFinding) bool {
		return a.Path == b.Path && a.Span == b.Span && a.Rule == b.Rule && a.Message == b.Message
	})
}

// checker looks at one graph.
type checker struct {
	*agents.Graph
	project *agents.Project
	wired   places // of all graphs
	set     config.Arch
	nodes   map[string]*agents.Node
	// out and into are the control edges of a node, as indexes into Edges.
	out, into map[string][]int
	found     []PathFinding
}

// report puts a finding at the first place that is known.
func (c *checker) report(f diagnostics.Finding, places ...agents.Place) *PathFinding {
	at := c.Place
	for _, p := range places {
		if p.Path != "" {
			at = p
			break
		}
	}
	f.Span = at.Span
	c.found = append(c.found, PathFinding{at.Path, f})
	return &c.found[len(c.found)-1]
}

// source is the text of a file; nil for one that is no code.
func (c *checker) source(path string) *text.Text {
	for _, f := range c.project.Files() {
		if f.Path == path {
			return f.Source
		}
	}
	return nil
}

// maxRelated bounds the list of places that a finding names.
const maxRelated = 20

// relate names a node's place in a finding, once, unless it is the finding's own.
func (f *PathFinding) relate(n *agents.Node, message string) {
	if n == nil || n.Place.Path == "" || len(f.Related) >= maxRelated {
		return
	}
	r := diagnostics.Related{Span: n.Place.Span, Message: message}
	if n.Place.Path != f.Path {
		r.Path = n.Place.Path
	}
	same := func(o diagnostics.Related) bool { return o.Path == r.Path && o.Span == r.Span }
	if r.Path == "" && r.Span == f.Span || slices.ContainsFunc(f.Related, same) {
		return
	}
	f.Related = append(f.Related, r)
}

// thinks reports whether a node asks a model, itself or in what it runs.
func thinks(n *agents.Node) bool {
	switch n.Kind {
	case agents.Agent, agents.Team, agents.Manager, agents.Subgraph, agents.Task:
		return true
	}
	return n.Calls || n.Model != ""
}
