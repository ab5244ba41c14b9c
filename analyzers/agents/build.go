package agents

import (
	"slices"
	"strconv"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// framework reads the graphs of one framework.
type framework struct {
	name string // as in Graph.Framework
	// modules are the first segments of imports that a project must have for read to be
	// called: langgraph, @langchain/langgraph. Empty: always.
	modules []string
	read    func(x *extraction)
}

// extraction is one project being read for one framework.
type extraction struct {
	*Project
	framework string
	graphs    []*builder
}

// builder puts one graph together.
type builder struct {
	*Graph
	x     *extraction
	index map[string]int // node by name
	edges map[edgeKey]int
}

type edgeKey struct {
	from, to string
	kind     EdgeKind
}

// Extract reads all graphs of a project, in the order of their places.
func Extract(p *Project) []*Graph {
	imported := importedModules(p)
	var graphs []*Graph
	for _, fw := range frameworks() {
		if len(fw.modules) > 0 && !slices.ContainsFunc(fw.modules, func(m string) bool { return imported[m] }) {
			continue
		}
		x := &extraction{Project: p, framework: fw.name}
		fw.read(x)
		for _, b := range x.graphs {
			graphs = append(graphs, b.finish())
		}
	}
	graphs = withoutOwned(graphs)
	slices.SortStableFunc(graphs, func(a, b *Graph) int {
		if c := strings.Compare(a.Place.Path, b.Place.Path); c != 0 {
			return c
		}
		return a.Place.Span.Start - b.Place.Span.Start
	})
	identify(graphs)
	return graphs
}

// importedModules are the roots of all imports: langgraph of langgraph.graph, @mastra/core of @mastra/core/agent.
func importedModules(p *Project) map[string]bool {
	roots := map[string]bool{}
	for _, f := range p.files {
		for i := range f.Imports {
			roots[moduleRoot(f, f.Imports[i].Module)] = true
		}
	}
	return roots
}

func moduleRoot(f *parser.File, module string) string {
	if !f.Language.IsScript() {
		root, _, _ := strings.Cut(module, ".")
		return root
	}
	parts := strings.SplitN(strings.TrimPrefix(module, "npm:"), "/", 3)
	if strings.HasPrefix(module, "@") && len(parts) > 1 {
		return parts[0] + "/" + parts[1]
	}
	return parts[0]
}

// graph begins a graph that is built at place.
func (x *extraction) graph(name string, place Ref) *builder {
	b := &builder{x: x, index: map[string]int{}, Graph: &Graph{
		Framework: x.framework, Name: name, Place: place.Place(), Language: language(place.File),
	}}
	x.graphs = append(x.graphs, b)
	return b
}

func language(f *parser.File) string {
	if f.Language.IsScript() {
		return "typescript"
	}
	return "python"
}

// node adds a node, or returns the one of that name, completed with what n knows more.
// The pointer is valid until the next node is added.
func (b *builder) node(n Node) *Node {
	if i, ok := b.index[n.Name]; ok {
		have := &b.Nodes[i]
		have.merge(n)
		return have
	}
	b.index[n.Name] = len(b.Nodes)
	b.Nodes = append(b.Nodes, n)
	return &b.Nodes[len(b.Nodes)-1]
}

func (n *Node) merge(more Node) {
	for _, alias := range more.Aliases {
		n.alias(alias)
	}
	for _, place := range more.Runs {
		if !slices.Contains(n.Runs, place) {
			n.Runs = append(n.Runs, place)
		}
	}
	for _, tool := range more.Tools {
		if !slices.Contains(n.Tools, tool) {
			n.Tools = append(n.Tools, tool)
		}
	}
	if n.Implicit && !more.Implicit {
		n.Implicit, n.Place, n.Kind = false, more.Place, more.Kind
	}
	if n.Model == "" {
		n.Model = more.Model
	}
	if n.Limit == (Limit{}) {
		n.Limit = more.Limit
	}
	if n.Ends.Decider == "" {
		n.Ends = more.Ends
	}
	n.Calls, n.Asks = n.Calls || more.Calls, n.Asks || more.Asks
}

// alias adds another name of n.
func (n *Node) alias(name string) {
	if name != "" && name != n.Name && !slices.Contains(n.Aliases, name) {
		n.Aliases = append(n.Aliases, name)
	}
}

// has reports whether there is a node of that name.
func (b *builder) has(name string) bool { _, ok := b.index[name]; return ok }

// edge adds an edge once. Ends that no node was made for become implicit nodes: start and
// end by their names, others as steps that the code never defines.
func (b *builder) edge(e Edge) {
	for _, name := range []string{e.From, e.To} {
		switch {
		case b.has(name):
		case name == StartName:
			b.node(Node{Name: name, Kind: Start, Implicit: true, Place: b.Place})
		case name == EndName:
			b.node(Node{Name: name, Kind: End, Implicit: true, Place: b.Place})
		default:
			b.node(Node{Name: name, Kind: Step, Implicit: true, Place: e.Place})
		}
	}
	if e.Provenance == "" {
		e.Provenance = Exact
	}
	key := edgeKey{e.From, e.To, e.Kind}
	if i, ok := b.edges[key]; ok && b.Edges[i].From == e.From && b.Edges[i].To == e.To { // a reader may have renamed it
		have := &b.Edges[i]
		have.FanOut = have.FanOut || e.FanOut
		if have.Condition.Decider == "" {
			have.Condition = e.Condition
		}
		return
	}
	if b.edges == nil {
		b.edges = map[edgeKey]int{}
	}
	b.edges[key] = len(b.Edges)
	b.Edges = append(b.Edges, e)
}

// open notes something that the code leaves open.
func (b *builder) open(reason string, at Ref) {
	u := Unresolved{reason, at.Place()}
	if !slices.Contains(b.Unresolved, u) {
		b.Unresolved = append(b.Unresolved, u)
	}
}

// entry marks where a run begins.
func (b *builder) entry(name string) {
	if !slices.Contains(b.Entry, name) {
		b.Entry = append(b.Entry, name)
	}
}

func (b *builder) finish() *Graph {
	if len(b.Entry) == 0 {
		for _, e := range b.Edges {
			if e.From == StartName {
				b.entry(e.To)
			}
		}
	}
	slices.Sort(b.Entry)
	b.Loops = findLoops(b.Graph)
	return b.Graph
}

// identify gives each graph an id that others do not have: its path and name, with a count where both repeat.
func identify(graphs []*Graph) {
	seen := map[string]int{}
	for _, g := range graphs {
		g.ID = g.Place.Path + "#" + g.Name
		if seen[g.ID]++; seen[g.ID] > 1 {
			g.ID += "-" + strconv.Itoa(seen[g.ID])
		}
	}
}
