package agents

import (
	"slices"

	"github.com/qodacode/qodacode/parser"
)

// plainWalk follows control through a function and connects what asks a model in it.
type plainWalk struct {
	*plainReader
	fn    Ref
	items []*plainItem
	found map[parser.NodeID]*plainItem // by call; nil for calls of anything else
	taken map[string]Ref
	sites int         // that stand in the function itself
	calls map[Ref]int // of wrappers
	edges []Edge
	loops []*plainLoop // around what is walked, outermost first
}

// plainItem is a participant: a function, an agent, or a call of a model.
type plainItem struct {
	name, alias string
	bound       string // the variable that gets what a model answers
	key         Ref
	kind        Kind
	place       Place
	model       string
	framework   bool // an agent that a framework's reader shows
	tools       []Ref
	toolsKnown  bool
}

// plainLoop is a loop being walked.
type plainLoop struct {
	*parser.Loop
	heads  []string // participants that a round may begin with
	breaks []tail
	backs  []tail
}

// tail is where control comes from: a participant, or the beginning of a loop's round.
type tail struct {
	name string
	cond bool
	loop *plainLoop
}

func (i *plainItem) add(b *builder) {
	n := Node{Name: i.name, Kind: i.kind, Place: i.place, Model: i.model, Calls: true}
	n.alias(i.alias)
	b.node(n)
	for _, t := range i.tools {
		name, place := toolSchema(b.x.Project, t)
		if name == "" {
			b.open("a tool of "+i.name+" has no name that can be read", t)
			continue
		}
		if b.has(name) && name == i.name {
			continue
		}
		b.node(Node{Name: name, Kind: Tool, Place: place})
		b.Nodes[b.index[i.name]].merge(Node{Tools: []string{name}})
		b.edge(Edge{From: i.name, To: name, Kind: Uses, Place: place})
	}
	if !i.toolsKnown {
		b.open("the tools of "+i.name+" are not written out", i.key)
	}
}

// toolSchema is the name of a tool in the list that a client's method is given: of its JSON
// schema, or of the function itself.
func toolSchema(p *Project, t Ref) (string, Place) {
	o := p.Origin(t, nil)
	if o.Kind() == parser.KindDict {
		inner := p.property(o, "function", maxHops)
		for _, d := range []Ref{inner, o} {
			if d.Valid() {
				if s, ok := p.String(p.property(d, "name", maxHops)); ok {
					return s, o.Place()
				}
			}
		}
		if s, ok := p.String(p.property(o, "type", maxHops)); ok && s != "function" { // web_search_preview
			return s, o.Place()
		}
		return "", o.Place()
	}
	if fn := p.Function(t); fn.Valid() && fn.Func().Name != "" {
		return fn.Func().Name, fn.Place()
	}
	return t.name(), t.Place()
}

// count notes how many calls of models the function has, and how often each wrapper is
// called, which decides how they are named.
func (w *plainWalk) count(body parser.NodeID) {
	w.calls = map[Ref]int{}
	for _, c := range callsBelow(w.fn.File, body) {
		r := w.fn.at(c.Node)
		if w.site(r) != nil || w.client(r) {
			w.sites++
		} else if fn := w.Function(w.fn.at(c.Callee)); fn.Valid() && wrapperWords.MatchString(c.Name) {
			w.calls[fn]++
		}
	}
}

// walk goes through n, entered from in, and returns where control leaves it to what follows.
func (w *plainWalk) walk(n parser.NodeID, in []tail) []tail {
	f := w.fn.File
	switch f.Kind(n) {
	case parser.KindFunction, parser.KindMethod, parser.KindClass, parser.KindComment, parser.KindType:
		return in
	case parser.KindLambda:
		if k := f.Kind(f.Parent(n)); k != parser.KindArguments { // one that is called later
			return in
		}
	case parser.KindIf:
		return w.walkIf(n, in)
	case parser.KindTry:
		for c := range f.Children(n) {
			if k := f.Kind(c); k != parser.KindCatch {
				in = w.walk(c, in)
			}
		}
		return in
	case parser.KindFor, parser.KindForClassic, parser.KindWhile:
		return w.walkLoop(n, in)
	case parser.KindBreak:
		if len(w.loops) > 0 {
			l := w.loops[len(w.loops)-1]
			l.breaks = append(l.breaks, in...)
		}
		return nil
	case parser.KindContinue:
		if len(w.loops) > 0 {
			l := w.loops[len(w.loops)-1]
			l.backs = append(l.backs, in...)
		}
		return nil
	case parser.KindReturn, parser.KindRaise:
		w.children(n, in)
		return nil
	case parser.KindCall, parser.KindNew:
		in = w.children(n, in)
		if item := w.item(w.fn.at(n)); item != nil {
			return w.reach(item, in)
		}
		return in
	}
	return w.children(n, in)
}

func (w *plainWalk) children(n parser.NodeID, in []tail) []tail {
	for c := range w.fn.File.Children(n) {
		in = w.walk(c, in)
	}
	return in
}

// reach connects everything that control comes from with an item.
func (w *plainWalk) reach(item *plainItem, in []tail) []tail {
	if !slices.Contains(w.items, item) {
		w.items = append(w.items, item)
	}
	for _, t := range in {
		if t.loop != nil {
			if !slices.Contains(t.loop.heads, item.name) {
				t.loop.heads = append(t.loop.heads, item.name)
			}
			continue
		}
		kind := Seq
		if t.cond {
			kind = Cond
		}
		if t.name != item.name {
			w.edges = append(w.edges, Edge{From: t.name, To: item.name, Kind: kind, Place: item.place})
		}
	}
	return []tail{{name: item.name}}
}

func (w *plainWalk) walkIf(n parser.NodeID, in []tail) []tail {
	f := w.fn.File
	condition := f.Field(n, parser.FieldCondition)
	in = w.walk(condition, in)
	branch := make([]tail, len(in))
	for i, t := range in {
		branch[i] = t
		branch[i].cond = true
	}
	var out []tail
	otherwise := false
	for c := range f.Children(n) {
		switch {
		case c == condition:
		case f.Kind(c) == parser.KindElse && f.Field(c, parser.FieldCondition) != parser.NoNode: // elif
			inner := w.walk(f.Field(c, parser.FieldCondition), branch)
			out = append(out, w.walk(f.Field(c, parser.FieldConsequence), inner)...)
		case f.Kind(c) == parser.KindElse:
			otherwise = true
			out = append(out, w.children(c, branch)...)
		default:
			out = append(out, w.walk(c, branch)...)
		}
	}
	if !otherwise {
		out = append(out, in...)
	}
	return distinct(out)
}

// distinct keeps the number of tails bounded by that of participants.
func distinct(tails []tail) []tail {
	var out []tail
	for _, t := range tails {
		if !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}

func (w *plainWalk) walkLoop(n parser.NodeID, in []tail) []tail {
	f := w.fn.File
	i := slices.IndexFunc(f.Loops, func(l parser.Loop) bool { return l.Node == n })
	if i < 0 {
		return w.children(n, in)
	}
	l := &plainLoop{Loop: &f.Loops[i]}
	before := in
	if l.Kind == parser.ForLoop {
		before = w.walk(l.Iter, in)
	}
	w.loops = append(w.loops, l)
	round := append(slices.Clone(before), tail{loop: l})
	if l.Kind == parser.WhileLoop {
		round = w.walk(l.Iter, round)
	}
	out := w.walk(l.Body, round)
	w.loops = w.loops[:len(w.loops)-1]
	if openLoop(f, l.Loop) && len(l.heads) > 0 && !w.isRetry(l, out) {
		condition := w.decide(l)
		for _, t := range distinct(append(slices.Clone(out), l.backs...)) {
			for _, head := range l.heads {
				if t.loop == nil && w.inside(t.name, l) {
					w.edges = append(w.edges, Edge{From: t.name, To: head, Kind: LoopBack, Place: w.fn.at(l.Node).Place(), Condition: condition})
				}
			}
		}
	}
	after := slices.Clone(before)
	if len(l.heads) > 0 {
		after = slices.DeleteFunc(after, func(t tail) bool { return endless(f, l.Loop) })
	}
	after = append(after, l.breaks...)
	if !endless(f, l.Loop) {
		after = append(after, out...)
		after = append(after, l.backs...)
	}
	return distinct(slices.DeleteFunc(after, func(t tail) bool { return t.loop == l }))
}

// inside reports whether a participant is reached in the loop, not only before it.
func (w *plainWalk) inside(name string, l *plainLoop) bool {
	for _, item := range w.items {
		if item.name == name {
			return slices.ContainsFunc(callsBelow(w.fn.File, l.Node), func(c parser.Call) bool {
				found := w.item(w.fn.at(c.Node))
				return found != nil && found.name == name
			})
		}
	}
	return false
}
