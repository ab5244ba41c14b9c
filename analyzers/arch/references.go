package arch

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// referenced reports whether the project names a node anywhere but where graphs are put
// together: an agent that is run directly, a task that is executed, a name that is looked up
// as a string, something that a library exports. A step has its name in its own files only,
// as many graphs have a step of that name.
func (c *checker) referenced(n *agents.Node) bool {
	names := append([]string{n.Name}, n.Aliases...)
	for _, f := range c.project.Files() {
		if c.isStep(n) && f.Path != n.Place.Path && f.Path != c.Place.Path {
			continue
		}
		code := f.Text.String()
		if slices.ContainsFunc(names, func(name string) bool { return strings.Contains(code, name) }) && c.referencedIn(f, n, names) {
			return true
		}
	}
	return false
}

// isStep reports whether a node is only a name in its graph, apart from the function that it
// runs. Other frameworks take functions and classes themselves for steps.
func (c *checker) isStep(n *agents.Node) bool {
	return c.Framework == "langgraph" && n.Kind != agents.Agent && n.Kind != agents.Task && n.Kind != agents.Human
}

func (c *checker) referencedIn(f *parser.File, n *agents.Node, names []string) bool {
	if c.isStep(n) {
		names = names[:1]
	}
	for _, s := range f.Strings {
		if slices.Contains(names, f.Text.Slice(s.Content)) && !c.wiring(f, s.Node, n) && !c.wired.holds(f.Path, f.Locate(f.Span(s.Node))) {
			return true
		}
	}
	if c.isStep(n) {
		return false
	}
	if exported(f, n) {
		return true
	}
	for i := range f.Nodes {
		id := parser.NodeID(i)
		if f.Kind(id) == parser.KindIdentifier && slices.Contains(names, f.Slice(id)) && !defines(f, id) && !c.wiring(f, id, n) {
			return true
		}
	}
	return false
}

// wiring reports whether a name stands where the graph is put together, or inside of what it names.
func (c *checker) wiring(f *parser.File, id parser.NodeID, n *agents.Node) bool {
	span := f.Locate(f.Span(id))
	if within(n.Place, f.Path, span) || within(c.Place, f.Path, span) {
		return true
	}
	return slices.ContainsFunc(c.Edges, func(e agents.Edge) bool {
		return (e.From == n.Name || e.Kind == agents.Contains) && within(e.Place, f.Path, span)
	})
}

func within(p agents.Place, path string, span text.Span) bool {
	return p.Path == path && p.Span.Start <= span.Start && span.End <= p.Span.End
}

// places are where nodes and edges of all graphs stand, by path.
type places map[string][]agents.Place

func wiredPlaces(graphs []*agents.Graph) places {
	p := places{}
	for _, g := range graphs {
		for i := range g.Nodes {
			p.add(g.Nodes[i].Place)
		}
		for i := range g.Edges {
			p.add(g.Edges[i].Place)
		}
	}
	return p
}

func (p places) add(at agents.Place) { p[at.Path] = append(p[at.Path], at) }

func (p places) holds(path string, span text.Span) bool {
	return slices.ContainsFunc(p[path], func(at agents.Place) bool { return within(at, path, span) })
}

// defines reports whether an identifier gives its name a value, or is a keyword's name, rather than a use.
func defines(f *parser.File, id parser.NodeID) bool {
	parent := f.Parent(id)
	switch f.Kind(parent) {
	case parser.KindKeywordArgument, parser.KindFunction, parser.KindMethod, parser.KindClass, parser.KindDeclarator:
		return f.FieldOf(id) == parser.FieldName
	case parser.KindAssignment:
		return f.FieldOf(id) == parser.FieldLeft
	case parser.KindAttribute:
		return f.Kind(f.Parent(parent)) == parser.KindAssignment && f.FieldOf(parent) == parser.FieldLeft
	case parser.KindPair:
		return f.FieldOf(id) == parser.FieldKey
	case parser.KindImportFrom, parser.KindImport, parser.KindDottedName, parser.KindImportSpecifier, parser.KindAliasedImport:
		return true
	}
	return false
}

// exported reports whether the statement that defines a node makes it part of a library's face.
func exported(f *parser.File, n *agents.Node) bool {
	if n.Place.Path != f.Path {
		return false
	}
	if strings.HasSuffix(f.Path, "__init__.py") {
		return true
	}
	at, ok := f.Covered(n.Place.Span.Start)
	if !ok {
		return false
	}
	for a := range f.Ancestors(f.At(at)) {
		if f.Kind(a) == parser.KindExport {
			return true
		}
	}
	return false
}
