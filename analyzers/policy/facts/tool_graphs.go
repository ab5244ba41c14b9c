package facts

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// graphTools adds the tools of the file that only the project's graphs know.
func (b *builder) graphTools() {
	for _, g := range b.graphs {
		for i := range g.Nodes {
			n := &g.Nodes[i]
			if n.Kind != "tool" || !b.here(n.Place) || n.Name == "" {
				continue
			}
			t := b.toolAtPlace(n.Place.Span)
			if t == nil {
				node := b.nodeAtPlace(n.Place.Span)
				if node == parser.NoNode {
					continue
				}
				t = &tool{node: node, Tool: Tool{Name: n.Name, Framework: frameworkName(g)}}
				if class := b.classOf(node); class != nil {
					if own := b.toolOn(class.Node); own != nil {
						t = own
					}
				} else if fn := b.f.FuncAt(node); fn != nil {
					t.fns, t.Description = []*parser.Func{fn}, b.docstring(fn.Body)
				} else if k := b.f.Kind(node); k != parser.KindCall && k != parser.KindNew && k != parser.KindClass {
					continue // imported: its own file declares it
				} else {
					t.hosted = true
				}
				t = b.add(t)
				t.uses = append(t.uses, node)
			}
			if !t.written && !strings.Contains(n.Name, ".") {
				t.Name = n.Name
			}
			t.aliases = append(append(t.aliases, n.Name), n.Aliases...)
			if n.Asks && t.told == "" {
				t.told, t.Approval = Yes, "a person is asked in it"
			}
		}
	}
}

// classOf is the class of this file that an expression makes an instance of.
func (b *builder) classOf(n parser.NodeID) *parser.Class {
	c := b.f.CallAt(b.f.Unwrap(n))
	if c == nil {
		return nil
	}
	return b.classNamed(c.Callee)
}

// toolAtPlace is the tool that is declared at a span of the source.
func (b *builder) toolAtPlace(s text.Span) *tool {
	for _, t := range b.tools {
		if slices.ContainsFunc(append([]parser.NodeID{t.node}, t.uses...), func(n parser.NodeID) bool { return b.sourceSpan(n) == s }) {
			return t
		}
		for _, fn := range t.fns {
			if b.sourceSpan(fn.Node) == s {
				return t
			}
		}
	}
	return nil
}

// nodeAtPlace is the outermost node of a span of the source.
func (b *builder) nodeAtPlace(s text.Span) parser.NodeID {
	start, ok := b.f.Covered(s.Start)
	if !ok {
		return parser.NoNode
	}
	found := parser.NoNode
	n := b.f.At(start)
	for range 200 {
		if n == parser.NoNode {
			break
		}
		if at := b.sourceSpan(n); at == s {
			found = n
		} else if at.Start < s.Start || at.End > s.End {
			break
		}
		n = b.f.Parent(n)
	}
	return found
}
