package estimate

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/parser"
)

// fluent are methods whose result runs the same graph.
func fluentGraph(method string) bool {
	switch method {
	case "compile", "with_config", "withConfig", "with_retry", "with_types", "build", "commit", "add_node", "addNode", "add_edge", "addEdge",
		"add_conditional_edges", "addConditionalEdges", "set_entry_point", "setEntryPoint", "then", "step", "add_sequence":
		return true
	}
	return false
}

// driven is the graph that a drive runs, or nil.
func (x *graphIndex) driven(c *Call) *agents.Graph {
	if len(x.graphs) == 0 {
		return nil
	}
	f := c.Site.File
	callee := f.Unwrap(c.Site.Method)
	object := f.Field(callee, parser.FieldObject)
	at := agents.Ref{File: f, Node: object}
	if object == parser.NoNode {
		return nil
	}
	places := []agents.Place{}
	o := x.p.Origin(at, fluentGraph)
	if o.Valid() {
		places = append(places, o.Place())
		if f := o.File; f.Kind(o.Node) == parser.KindCall || f.Kind(o.Node) == parser.KindNew {
			callee := f.Field(o.Node, parser.FieldFunction)
			if callee == parser.NoNode {
				callee = f.Field(o.Node, parser.FieldConstructor)
			}
			if cl := x.p.Class(agents.Ref{File: f, Node: callee}, 8); cl.Valid() {
				places = append(places, cl.Place())
			}
			if fn := x.p.Function(agents.Ref{File: f, Node: callee}); fn.Valid() { // a factory, perhaps decorated
				places = append(places, fn.Place())
			}
			if cl := f.CallAt(o.Node); cl != nil { // Runner(agent=root), Team(agents=…)
				for _, a := range cl.Args {
					if inner := x.p.Origin(agents.Ref{File: f, Node: a.Value}, nil); inner.Valid() {
						places = append(places, inner.Place())
					}
				}
			}
		}
	}
	for _, place := range places {
		for _, g := range x.graphs {
			if g.Place == place {
				return g
			}
		}
	}
	for _, place := range places {
		for _, n := range x.nodes[place] {
			if slices.Contains(n.Entry, n.node().Name) || n.node().Kind == agents.Team {
				return n.Graph
			}
		}
	}
	if o.Valid() { // a function or a method makes it, which the graph is built in
		for _, place := range places {
			for _, g := range x.graphs {
				if g.Place.Path == place.Path && place.Span.Start <= g.Place.Span.Start && g.Place.Span.End <= place.Span.End {
					return g
				}
			}
		}
	}
	return x.onlyOne(c)
}

// onlyOne is the one graph of the drive's framework in its file, else in the project.
func (x *graphIndex) onlyOne(c *Call) *agents.Graph {
	var all, here []*agents.Graph
	for _, g := range x.graphs {
		if !strings.HasPrefix(g.Framework, strings.SplitN(c.Site.SDK, "-", 2)[0]) {
			continue
		}
		all = append(all, g)
		if g.Place.Path == c.Site.File.Path {
			here = append(here, g)
		}
	}
	switch {
	case len(here) == 1:
		return here[0]
	case len(here) == 0 && len(all) == 1:
		return all[0]
	}
	return nil
}
