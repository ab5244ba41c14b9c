package agents

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// commands adds the edges that nodes take by themselves: Command(goto=…) in their bodies,
// and what their annotations and ends say of it.
func (l *langgraph) commands(g *stateGraph) {
	for _, n := range slices.Clone(g.Nodes) {
		s := g.steps[n.Name]
		if s == nil {
			continue
		}
		l.ask()
		var targets []target
		for _, end := range s.ends {
			targets = append(targets, target{name: end, kind: Goto, provenance: Annotation})
		}
		complete := true
		for _, fn := range s.functions {
			declared, all := l.declared(fn)
			found, known := l.commandsOf(g, fn, maxCommands)
			targets = append(append(targets, declared...), found...)
			complete = complete && (known || all && len(declared) > 0 || len(s.ends) > 0)
		}
		if !complete {
			g.open("where Command sends "+n.Name+" can't all be told", Ref{s.functions[0].File, s.functions[0].Node})
		}
		var condition Condition
		if len(targets) > 0 && len(s.functions) > 0 {
			condition = l.Decide(s.functions[0].Ref, nil)
			g.routers = append(g.routers, router{n.Name, slot{Ref: s.functions[0].Ref, frame: s.functions[0].frame}})
		}
		over := len(targets) > 0 && l.mayEnd(g, n.Name, s)
		targets = slices.DeleteFunc(targets, func(t target) bool {
			if t.parent {
				g.leaves, over = append(g.leaves, t), true
			}
			return t.parent
		})
		if over {
			g.Nodes[g.index[n.Name]].Ends = condition
		}
		for _, t := range l.existing(g, targets) {
			kind := Goto
			if t.kind == Send {
				kind = Send
			}
			g.edge(Edge{From: n.Name, To: t.name, Kind: kind, FanOut: t.fan, Provenance: t.provenance, Condition: condition, Place: n.Place})
		}
	}
}

// mayEnd reports whether a run may be over after a node that goes on by Command: no edge
// leaves it, and it may return something else.
func (l *langgraph) mayEnd(g *stateGraph, name string, s *stateNode) bool {
	if slices.ContainsFunc(g.Edges, func(e Edge) bool { return e.From == name }) {
		return false
	}
	for _, fn := range s.functions {
		for _, r := range l.Returns(fn.Ref) {
			if !r.Valid() || r.Kind() == parser.KindDict || r.Kind() == parser.KindNone {
				return true
			}
		}
	}
	return false
}

// escapes adds the edges that graphs and agents inside of nodes take in the graph around
// them: Command(graph=Command.PARENT), tools that hand over.
func (l *langgraph) escapes(g *stateGraph) {
	for i := range g.Nodes {
		n := g.Nodes[i]
		s := g.steps[n.Name]
		if s == nil {
			continue
		}
		for _, m := range s.inner {
			var targets []target
			if sub := l.graphs[m.root]; sub != nil && sub != g {
				targets = sub.leaves
			} else if a := l.agents[m.root]; a != nil {
				for _, name := range l.handoffs(a, m.frame) {
					targets = append(targets, target{name: name, kind: Handoff, provenance: Inferred})
				}
			}
			for _, t := range l.existing(g, slices.Clone(targets)) {
				g.edge(Edge{From: n.Name, To: t.name, Kind: t.kind, FanOut: t.fan, Provenance: t.provenance, Condition: Condition{Decider: ToolCall}, Place: n.Place})
			}
		}
	}
}

// maxCommands bounds through how many functions that return Command it is followed.
const maxCommands = 4

// declared are the targets in a node's -> Command[Literal[…]], alone or in a union.
func (l *langgraph) declared(fn callable) (targets []target, complete bool) {
	info := fn.Func()
	if info == nil || info.Returns == parser.NoNode {
		return nil, false
	}
	f := fn.File
	for n := info.Returns; f.Within(n, info.Returns); n++ {
		k := f.Kind(n)
		if k != parser.KindGenericType && k != parser.KindSubscript || lastOf(f.Slice(f.FirstChild(n))) != "Command" {
			continue
		}
		names, all := l.literals(fn.at(n), fn.frame)
		for _, name := range names {
			targets = append(targets, target{name: name, kind: Goto, provenance: Annotation})
		}
		return targets, all
	}
	return nil, false
}

// commandsOf are the targets of all Commands that a function makes, itself or in functions
// whose results it returns.
func (l *langgraph) commandsOf(g *stateGraph, fn callable, depth int) (targets []target, complete bool) {
	complete = true
	if depth <= 0 || l.spent() {
		return nil, true
	}
	f := fn.File
	callsIn(fn.Ref, func(c *parser.Call) bool {
		at := fn.at(c.Node)
		if c.Name == "Command" {
			found, all := l.commandTargets(g, at, c, fn.frame, maxHops)
			targets, complete = append(targets, found...), complete && all
		}
		return true
	})
	for _, r := range l.Returns(fn.Ref) {
		if !r.Valid() {
			continue
		}
		r.Node = f.Unwrap(r.Node)
		c := f.CallAt(r.Node)
		if c == nil || c.Name == "Command" {
			continue
		}
		inner, _ := l.callables(r.at(c.Callee), fn.frame, maxHops)
		for _, in := range inner {
			if in.Ref == fn.Ref {
				continue
			}
			found, all := l.commandsOf(g, callable{in.Ref, l.enter(in.Ref, r, c, fn.frame)}, depth-1)
			targets, complete = append(targets, found...), complete && all
		}
	}
	return targets, complete
}

// commandTargets are the goto of one Command.
func (l *langgraph) commandTargets(g *stateGraph, at Ref, c *parser.Call, e *frame, hops int) (targets []target, complete bool) {
	f := at.File
	a, ok := f.Argument(c, "goto", 3)
	if !ok {
		return nil, true // an update, or a resume
	}
	targets, complete = l.route(g, at.at(a.Value), e, hops-1)
	parent := false
	if gr, ok := f.Argument(c, "graph", 0); ok {
		parent = strings.HasSuffix(f.Slice(gr.Value), "PARENT") || f.Eval(gr.Value).Str == "__parent__"
	}
	for i := range targets {
		targets[i].parent = parent
		if targets[i].kind == Cond {
			targets[i].kind = Goto
		}
	}
	return targets, complete
}

// fieldLiterals are the texts that a field of the state or of a structured answer may hold,
// where its class annotates them with Literal.
func (l *langgraph) fieldLiterals(g *stateGraph, r Ref, e *frame) (names []string, complete bool) {
	f := r.File
	var object Ref
	key := ""
	switch r.Kind() {
	case parser.KindSubscript:
		index := f.Field(r.Node, parser.FieldSubscript)
		if index == parser.NoNode {
			index = f.Field(r.Node, parser.FieldIndex)
		}
		object = r.at(f.FirstChild(r.Node))
		key, _ = l.text(r.at(index), nil)
	case parser.KindAttribute:
		object, key = r.at(f.Field(r.Node, parser.FieldObject)), r.name()
	case parser.KindCall: // state.get("next")
		c := f.CallAt(r.Node)
		if c == nil || c.Name != "get" || len(c.Args) == 0 {
			return nil, false
		}
		object = r.at(f.Field(f.Unwrap(c.Callee), parser.FieldObject))
		key, _ = l.text(r.at(c.Args[0].Value), nil)
	default:
		return nil, false
	}
	if key == "" || !object.Valid() {
		return nil, false
	}
	class := l.schemaOf(g, object)
	if !class.Valid() {
		return nil, false
	}
	for _, d := range class.File.Members(class.File.ClassAt(class.Node), key) {
		if d.Annotation != parser.NoNode {
			return l.literals(class.at(d.Annotation), e)
		}
	}
	return nil, false
}

// invoking are the methods that ask a model; the object before them says what it answers with.
var invoking = map[string]bool{"invoke": true, "ainvoke": true, "with_retry": true, "with_config": true}

// schemaOf is the class of the state, where object is a parameter, or of a structured answer.
func (l *langgraph) schemaOf(g *stateGraph, object Ref) Ref {
	f := object.File
	none := Ref{nil, parser.NoNode}
	if object.Kind() == parser.KindIdentifier {
		for _, d := range f.DefsOf(object.Node) {
			if d.Kind != parser.ParamDef {
				continue
			}
			if d.Annotation != parser.NoNode {
				t := d.Annotation
				for f.Kind(t) == parser.KindType {
					t = f.FirstChild(t)
				}
				if class := l.Class(object.at(t), maxHops); class.Valid() {
					return class
				}
			}
			if c := g.root.File.CallAt(g.root.Node); len(c.Args) > 0 {
				return l.Class(g.root.at(c.Args[0].Value), maxHops)
			}
		}
	}
	o := l.Origin(object, func(m string) bool { return invoking[m] })
	for range maxHops {
		c := o.File.CallAt(o.Node)
		switch {
		case c == nil && o.Kind() == parser.KindBinary: // prompt | llm.with_structured_output(X)
			o = l.Origin(o.at(o.File.Field(o.Node, parser.FieldRight)), func(m string) bool { return invoking[m] })
		case c != nil && c.Name == "with_structured_output" && len(c.Args) > 0:
			return l.Class(o.at(c.Args[0].Value), maxHops)
		default:
			return none
		}
	}
	return none
}
