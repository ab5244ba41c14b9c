package codeactions

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/parser"
)

// configure gives a compiled LangGraph graph its limit: g.compile().with_config(…).
func (b *bounder) configure(d *draft) bool {
	config := `.with_config({"recursion_limit": 25})`
	if b.Language.IsScript() {
		config = ".withConfig({ recursionLimit: 25 })"
	}
	var compiles []*parser.Call
	for i := range b.Calls {
		if c := &b.Calls[i]; c.Name == "compile" && b.compilesGraph(c) {
			compiles = append(compiles, c)
		}
	}
	if len(compiles) == 0 { // what creates a compiled graph itself
		for i := range b.Calls {
			if c := &b.Calls[i]; b.at(b.fix.Graph.Place, c.Node) && readyMade[c.Name] {
				compiles = append(compiles, c)
			}
		}
	}
	for _, c := range compiles {
		if up := b.Parent(c.Node); b.Kind(up) == parser.KindAttribute && strings.Contains(strings.ToLower(b.Slice(b.AttributeName(up))), "config") {
			return false
		}
		d.insert(b.Span(c.Node).End, config)
	}
	return len(compiles) > 0
}

// readyMade are functions that return a compiled graph.
var readyMade = map[string]bool{
	"create_react_agent": true, "createReactAgent": true, "create_agent": true, "createAgent": true, "create_deep_agent": true, "createDeepAgent": true,
}

// compilesGraph reports whether a call compiles the graph of the finding: its builder is
// made at the graph's place, or the graph is the only one of the file.
func (b *bounder) compilesGraph(c *parser.Call) bool {
	object := b.Field(b.Unwrap(c.Callee), parser.FieldObject)
	if object == parser.NoNode {
		return false
	}
	place := b.fix.Graph.Place
	for hops := 0; hops < 64 && object != parser.NoNode; hops++ { // through chained calls to what the chain began with
		object = b.Unwrap(object)
		if b.at(place, object) {
			return true
		}
		switch b.Kind(object) {
		case parser.KindCall:
			object = b.Field(object, parser.FieldFunction)
		case parser.KindAttribute:
			object = b.Field(object, parser.FieldObject)
		case parser.KindIdentifier:
			next := parser.NoNode
			for _, d := range b.DefsOf(object) {
				if d.Value != parser.NoNode && d.Value != object {
					next = d.Value
				}
			}
			object = next
		default:
			return false
		}
	}
	return false
}

// count makes `while True` a loop that is counted. It does so only where the loop has a
// break, so that what stands behind it is made to be reached.
func (b *bounder) count(d *draft) bool {
	for i := range b.Loops {
		l := &b.Loops[i]
		if l.Kind != parser.WhileLoop || !b.repeats(l) || b.KindName(l.Node) == "do_statement" {
			continue
		}
		condition := b.Unwrap(l.Iter)
		if b.Slice(condition) != "True" && b.Slice(condition) != "true" && b.Slice(condition) != "1" || !b.breaks(l) || b.Field(l.Node, parser.FieldAlternative) != parser.NoNode {
			continue
		}
		head := b.Span(l.Node)
		head.End = b.Span(l.Body).Start
		if !b.Language.IsScript() {
			if colon := strings.IndexByte(b.Text.Slice(head), ':'); colon >= 0 {
				head.End = head.Start + colon
			} else {
				continue
			}
			d.replace(head, "for _ in range(10)")
			return true
		}
		name := "round"
		if strings.Contains(b.Text.String(), name) {
			name = "roundOf10"
		}
		d.replace(head, "for (let "+name+" = 0; "+name+" < 10; "+name+"++) ")
		return true
	}
	return false
}

// repeats reports whether a loop in the code is the loop of the finding.
func (b *bounder) repeats(l *parser.Loop) bool {
	return slices.ContainsFunc(b.fix.Graph.Edges, func(e agents.Edge) bool {
		return e.Kind == agents.LoopBack && slices.Contains(b.fix.Loop.Nodes, e.From) && b.at(e.Place, l.Node)
	})
}

// breaks reports whether a loop has a break of its own.
func (b *bounder) breaks(l *parser.Loop) bool {
	for n := l.Body; b.Within(n, l.Body); n++ {
		if b.Kind(n) != parser.KindBreak {
			continue
		}
		for up := range b.Ancestors(n) {
			k := b.Kind(up)
			if up == l.Body {
				return true
			}
			if k == parser.KindFor || k == parser.KindWhile || k == parser.KindForClassic || k == parser.KindSwitchBody || k == parser.KindFunction || k == parser.KindLambda {
				break
			}
		}
	}
	return false
}
