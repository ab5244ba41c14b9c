package analyzers

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/parser"
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

func kindAndModel(n *agents.Node) string {
	if n.Model == "" {
		return string(n.Kind)
	}
	return string(n.Kind) + ", " + n.Model
}

// graphHover tells about the participant whose name or construction stands at offset, a byte
// of File.Source.
func (a *Analysis) graphHover(offset int) (text.Span, string, bool) {
	if len(a.graphs()) == 0 {
		return text.Span{}, "", false
	}
	word, name := a.word(offset)
	var best *agents.Graph
	var found *agents.Node
	var span text.Span
	rank := 0
	for _, g := range a.graphs() {
		built, ok := a.here(g.Place)
		if ok && rank < 1 && a.head(built).Contains(offset) {
			best, found, span, rank = g, nil, a.head(built), 1
		}
		for i := range g.Nodes {
			n := &g.Nodes[i]
			if !isParticipant(n) {
				continue
			}
			r, at := 0, word
			switch made, isHere := a.here(n.Place); {
			case isHere && a.head(made).Contains(offset):
				r, at = 5, a.head(made)
			case name == "" || n.Name != name && !slices.Contains(n.Aliases, name):
			case a.connects(g, offset):
				r = 4
			case ok:
				r = 3
			case isHere:
				r = 2
			}
			if r > rank || r == rank && r == 3 && built.Start <= offset {
				best, found, span, rank = g, n, at, r
			}
		}
	}
	switch {
	case best == nil:
		return span, "", false
	case found == nil:
		return span, "**agent graph** " + code(best.Name) + " · " + best.Framework + " · " + Size(best), true
	}
	return span, describe(best, found), true
}

// connects reports whether an edge of g is written at offset.
func (a *Analysis) connects(g *agents.Graph, offset int) bool {
	return slices.ContainsFunc(g.Edges, func(e agents.Edge) bool {
		span, ok := a.here(e.Place)
		return ok && span.Contains(offset)
	})
}

// head is what a construction begins with: `Agent` of Agent(…), `def plan` of a function.
func (a *Analysis) head(span text.Span) text.Span {
	s := a.File.Source.Slice(span)
	if i := strings.IndexAny(s, "([{\n:="); i > 0 {
		span.End = span.Start + len(strings.TrimRight(s[:i], " \t\r"))
	}
	return span
}

// word is the identifier or the string at offset, with its place in File.Source.
func (a *Analysis) word(offset int) (text.Span, string) {
	f := a.File
	at, ok := f.Covered(offset)
	if !ok || len(f.Nodes) == 0 {
		return text.Span{}, ""
	}
	for _, s := range f.Strings {
		if s.Content.Start > at {
			break
		}
		if s.Content.Contains(at) {
			return f.Locate(s.Content), f.Text.Slice(s.Content)
		}
	}
	for _, n := range []parser.NodeID{f.At(at), f.At(max(at-1, 0))} { // a cursor behind a word is on it
		if f.Kind(n) == parser.KindIdentifier {
			return f.Locate(f.Span(n)), f.Slice(n)
		}
	}
	return text.Span{}, ""
}

// describe is Markdown about a participant: what it is, and who reaches whom.
func describe(g *agents.Graph, n *agents.Node) string {
	var b strings.Builder
	fmt.Fprintf(&b, "**%s** %s", n.Kind, code(n.Name))
	if n.Model != "" {
		b.WriteString(" · model " + code(n.Model))
	}
	fmt.Fprintf(&b, " · in %s (%s)\n", code(g.Name), g.Framework)
	line := func(title string, items []string) {
		if len(items) > 0 {
			fmt.Fprintf(&b, "- %s: %s\n", title, list(items))
		}
	}
	tools := []string{}
	for _, t := range n.Tools {
		tools = append(tools, code(t))
	}
	var from, to []string
	for _, e := range g.Edges {
		switch {
		case e.Kind == agents.Uses && e.From == n.Name:
			if !slices.Contains(tools, code(e.To)) {
				tools = append(tools, code(e.To))
			}
		case e.From == n.Name:
			to = append(to, neighbour(e.To, e.Kind))
		case e.To == n.Name:
			from = append(from, neighbour(e.From, e.Kind))
		}
	}
	line("tools", tools)
	line("reached from", from)
	line("reaches", to)
	if l := n.Limit; l.Source != "" && l.Source != "none" {
		line("limit", []string{limit(l)})
	}
	for _, l := range g.Loops {
		if slices.Contains(l.Nodes, n.Name) {
			line("loop", []string{loop(&l)})
		}
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// endings tell who ends a loop.
var endings = map[agents.Decider]string{
	agents.Counter: "a counter ends it", agents.ByHuman: "a person ends it", agents.ToolCall: "it ends when the model calls no tool",
	agents.External: "something outside the model ends it", agents.Verdict: "only the model's verdict ends it", agents.Nobody: "nothing ends it",
}

// loop is "`a` → `b` → `a`, a counter ends it: `n < 3`".
func loop(l *agents.Loop) string {
	const shown = 6
	var names []string
	for i, name := range l.Nodes {
		if i == shown {
			names = append(names, fmt.Sprintf("%d more", len(l.Nodes)-shown))
			break
		}
		names = append(names, code(name))
	}
	s := strings.Join(append(names, code(l.Nodes[0])), " → ") + ", " + endings[l.Decider]
	switch b := l.Bound; {
	case b.Expr == "":
	case !b.Effective:
		s += "; " + code(b.Expr) + " has no effect"
	case b.Default:
		s += fmt.Sprintf("; the framework stops it after %d (%s)", b.Value, code(b.Expr))
	default:
		s += ": " + code(b.Expr)
	}
	return s
}

func limit(l agents.Limit) string {
	s := code(fmt.Sprintf("%s = %d", l.What, l.Value))
	if l.Source == "default" {
		s += " (the framework's default)"
	}
	return s
}

func neighbour(name string, kind agents.EdgeKind) string {
	switch name {
	case agents.StartName:
		return "the start"
	case agents.EndName:
		return "the end"
	}
	if kind == agents.Seq || kind == agents.Cond {
		return code(name)
	}
	return code(name) + " (" + string(kind) + ")"
}

// maxListed is how many neighbours a hover names.
const maxListed = 12

func list(items []string) string {
	if more := len(items) - maxListed; more > 0 {
		return strings.Join(items[:maxListed], ", ") + fmt.Sprintf(" and %d more", more)
	}
	return strings.Join(items, ", ")
}

// code is a name from the code in Markdown, which it can't break out of.
func code(name string) string {
	name = strings.Map(func(r rune) rune {
		switch {
		case r == '`':
			return '\''
		case r < ' ':
			return ' '
		}
		return r
	}, name)
	return "`" + name + "`"
}
