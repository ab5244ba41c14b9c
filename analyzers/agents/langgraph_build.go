package agents

import (
	"slices"

	"github.com/qodacode/qodacode/parser"
)

// build turns a builder's operations into nodes and edges: all nodes first, as edges may
// be written before them.
func (l *langgraph) build(g *stateGraph) {
	for _, o := range g.ops {
		l.ask()
		switch o.method {
		case opNode:
			l.addNodes(g, o)
		case opSequence:
			l.addSequence(g, o)
		}
	}
	for _, o := range g.ops {
		l.ask()
		switch o.method {
		case opEdge:
			l.addEdge(g, o)
		case opEntry:
			l.connect(g, o, []slot{{text: StartName}}, l.argOf(o, 0, "key", "node"))
		case opFinish:
			l.connect(g, o, l.argOf(o, 0, "key", "node"), []slot{{text: EndName}})
		case opConditional:
			l.addBranch(g, o, false)
		case opConditionalEntry:
			l.addBranch(g, o, true)
		case opCompile:
			l.compiled(g, o)
		}
	}
	l.commands(g)
	g.Name = l.graphName(g)
}

// argOf is an argument of an operation as a slot, or nothing.
func (l *langgraph) argOf(o operation, pos int, names ...string) []slot {
	if a, ok := o.arg(pos, names...); ok {
		return []slot{{Ref: a, frame: o.frame}}
	}
	return nil
}

// place is where an operation is written; in a chain, where its method is.
func (o operation) place() Place {
	f := o.at.File
	callee := f.Unwrap(o.call.Callee)
	if name := f.AttributeName(callee); name != parser.NoNode {
		p := o.at.Place()
		start := o.at.at(name).Place()
		p.Line, p.Span.Start = start.Line, start.Span.Start
		return p
	}
	return o.at.Place()
}

func (l *langgraph) addEdge(g *stateGraph, o operation) {
	from, to := l.argOf(o, 0, "start_key", "start"), l.argOf(o, 1, "end_key", "end")
	if len(from) == 0 || len(to) == 0 {
		if len(o.call.Args) > 0 && o.call.Args[0].Spread == 1 { // add_edge(*pair)
			pair := slot{Ref: o.at.at(o.call.Args[0].Value), frame: o.frame}
			a, ok := l.partOf(pair, "0")
			b, known := l.partOf(pair, "1")
			if ok && known {
				l.connect(g, o, []slot{a}, []slot{b})
				return
			}
			g.open("an edge can't be told: "+excerpt(o.at), o.at)
		}
		return
	}
	l.connect(g, o, from, to)
}

func (l *langgraph) connect(g *stateGraph, o operation, from, to []slot) {
	if len(from) == 0 || len(to) == 0 {
		return
	}
	froms, complete := l.nodeNames(from[0])
	tos, known := l.nodeNames(to[0])
	if !complete || !known {
		g.open("an edge can't be told: "+excerpt(o.at), o.at)
		if !complete && len(froms) == 0 || !known && len(tos) == 0 {
			return
		}
	}
	for _, a := range froms {
		for _, b := range tos {
			g.edge(Edge{From: a, To: b, Kind: Seq, Place: o.place()})
		}
	}
}

// compiled reads what compile() is told: where a person is asked.
func (l *langgraph) compiled(g *stateGraph, o operation) {
	for _, option := range []string{"interrupt_before", "interrupt_after", "interruptBefore", "interruptAfter"} {
		a, ok := o.at.File.Argument(o.call, option, -1)
		if !ok {
			continue
		}
		v := slot{Ref: o.at.at(a.Value), frame: o.frame}
		names, _ := l.nodeNames(v)
		if slices.Contains(names, "*") {
			names = names[:0]
			for i := range g.Nodes {
				names = append(names, g.Nodes[i].Name)
			}
		}
		for _, name := range names {
			if i, ok := g.index[name]; ok {
				g.Nodes[i].Asks = true
			}
		}
	}
}
