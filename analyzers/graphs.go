package analyzers

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/parser/text"
)

// ShowGraph is the command that shows the graph whose id is its first argument.
const ShowGraph = "qodacode.showGraph"

// here is where something of the project's graphs stands in a's file, bytes of File.Source;
// false where it stands in another file or was edited away.
func (a *Analysis) here(p agents.Place) (text.Span, bool) {
	if p.Path != a.File.Path {
		return text.Span{}, false
	}
	return a.moved.span(p.Span)
}

// graphs are those of the project, if it is known.
func (a *Analysis) graphs() []*agents.Graph {
	if a.Project == nil {
		return nil
	}
	return a.Project.Graphs
}

// graphLenses are a lens above each place in the file where a graph is built.
func (a *Analysis) graphLenses() []Lens {
	var lenses []Lens
	for _, g := range a.graphs() {
		if span, ok := a.here(g.Place); ok {
			lenses = append(lenses, Lens{Span: span, Title: "agent graph: " + Size(g), Command: ShowGraph, Args: []any{g.ID}})
		}
	}
	return lenses
}

// Size is "7 nodes, 2 loops". Where a run begins and ends counts for nothing.
func Size(g *agents.Graph) string {
	nodes := 0
	for i := range g.Nodes {
		if isParticipant(&g.Nodes[i]) {
			nodes++
		}
	}
	s := plural(nodes, "node")
	if len(g.Loops) > 0 {
		s += ", " + plural(len(g.Loops), "loop")
	}
	if !g.Complete() {
		s += ", not all of it can be read"
	}
	return s
}

func isParticipant(n *agents.Node) bool { return n.Kind != agents.Start && n.Kind != agents.End }

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}

// Symbol is an entry of a document's outline.
type Symbol struct {
	Name     string
	Detail   string
	Kind     agents.Kind // "" for a whole graph
	Span     text.Span   // bytes of File.Source, around the children's
	Head     text.Span   // what to select, in Span
	Children []Symbol
}

// Symbols are the graphs that are built in the file with their participants, and the participants
// of graphs that are built in other files.
func (a *Analysis) Symbols() []Symbol {
	symbols := []Symbol{}
	type key struct {
		name string
		span text.Span
	}
	seen := map[key]bool{}
	for _, g := range a.graphs() {
		var nodes []Symbol
		for i := range g.Nodes {
			n := &g.Nodes[i]
			span, ok := a.here(n.Place)
			if !ok || n.Implicit || !isParticipant(n) || seen[key{n.Name, span}] {
				continue
			}
			seen[key{n.Name, span}] = true
			nodes = append(nodes, Symbol{Name: n.Name, Detail: kindAndModel(n), Kind: n.Kind, Span: span, Head: span})
		}
		slices.SortStableFunc(nodes, func(x, y Symbol) int { return cmp.Compare(x.Span.Start, y.Span.Start) })
		span, ok := a.here(g.Place)
		if !ok || len(nodes) == 1 && nodes[0].Name == g.Name {
			symbols = append(symbols, nodes...)
			continue
		}
		whole := Symbol{Name: g.Name, Detail: g.Framework + ", " + Size(g), Span: span, Head: span, Children: nodes}
		for _, n := range nodes {
			whole.Span = text.Span{Start: min(whole.Span.Start, n.Span.Start), End: max(whole.Span.End, n.Span.End)}
		}
		symbols = append(symbols, whole)
	}
	slices.SortStableFunc(symbols, func(x, y Symbol) int { return cmp.Compare(x.Span.Start, y.Span.Start) })
	return symbols
}
