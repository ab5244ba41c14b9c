package codeactions

import (
	"fmt"
	"strings"

	"github.com/qodacode/qodacode/analyzers/arch"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// maxConnections is how many nodes are offered to lead to an orphan.
const maxConnections = 3

// orphan offers to lead from another node of a LangGraph graph to one that nothing leads to,
// and to take it away. Which of it is meant only its author knows.
func orphan(f *parser.File, finding *diagnostics.Finding) []Action {
	fix, ok := finding.Fix.(*arch.OrphanFix)
	if !ok || fix.Source == nil || !sameText(fix.Source, f.Source) || fix.Graph.Framework != "langgraph" {
		return nil
	}
	b := &bounder{File: f, fix: &arch.LimitFix{Graph: fix.Graph, Source: fix.Source}}
	added := b.statementAt(fix.Node.Place.Span)
	if added == parser.NoNode {
		return nil
	}
	c := f.CallAt(f.Unwrap(f.FirstChild(added)))
	if c == nil || c.Name != "add_node" && c.Name != "addNode" {
		return nil
	}
	builder := f.Slice(f.Field(f.Unwrap(c.Callee), parser.FieldObject))
	add, quote, end := "add_edge", `"`, ""
	if f.Language.IsScript() {
		add, quote, end = "addEdge", quoteOf(f, c.Node), ";"
	}
	var actions []Action
	for i, from := range fix.From {
		if i == maxConnections || strings.ContainsAny(from+fix.Node.Name, "\"'\\\n\r") {
			break
		}
		actions = b.offer(actions, fmt.Sprintf("Lead from %s to %s", from, fix.Node.Name), func(d *draft) bool {
			last := added
			for _, e := range fix.Graph.Edges {
				if s := b.statementAt(e.Place.Span); e.Place.Path == f.Path && s > last && f.Parent(s) == f.Parent(added) {
					last = s
				}
			}
			indent, alone := indentAt(f.Text, f.Span(last).Start)
			if !alone {
				return false
			}
			d.insertAfterLine(last, fmt.Sprintf("%s%s.%s(%s%s%s, %s%s%s)%s", indent, builder, add, quote, from, quote, quote, fix.Node.Name, quote, end))
			return true
		})
	}
	return b.offer(actions, "Remove "+fix.Node.Name+" from the graph", func(d *draft) bool {
		statements := []parser.NodeID{added}
		for _, e := range fix.Graph.Edges {
			if e.From != fix.Node.Name && e.To != fix.Node.Name || e.Place == fix.Node.Place {
				continue
			}
			s := b.statementAt(e.Place.Span)
			if s == parser.NoNode || e.Place.Path != f.Path {
				return false
			}
			statements = append(statements, s)
		}
		for _, s := range statements {
			lines, alone := d.ownLines(f.Span(s))
			if !alone {
				return false
			}
			d.remove(lines)
		}
		return true
	})
}

// statementAt is the statement that is nothing but the call at a place of the source; NoNode
// where the call is part of something larger.
func (b *bounder) statementAt(s text.Span) parser.NodeID {
	start, ok := b.Covered(s.Start)
	if !ok {
		return parser.NoNode
	}
	for n := b.At(start); n > 0; n = b.Parent(n) {
		if b.Kind(n) != parser.KindExpressionStatement {
			continue
		}
		if c := b.CallAt(b.Unwrap(b.FirstChild(n))); c != nil && b.Locate(b.Span(c.Node)).End == s.End {
			return n
		}
		return parser.NoNode
	}
	return parser.NoNode
}
