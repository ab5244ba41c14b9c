package analyzers

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

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
