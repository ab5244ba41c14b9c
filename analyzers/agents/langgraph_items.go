package agents

import (
	"strconv"

	"github.com/qodacode/qodacode/parser"
)

// items are what a loop over r runs through, and the members of a list. complete is false
// where some can't be told.
func (l *langgraph) items(r Ref, e *frame) (items []slot, complete bool) {
	return l.itemsIn(r, e, maxHops)
}

func (l *langgraph) itemsIn(r Ref, e *frame, hops int) (items []slot, complete bool) {
	named := l.resolve(r, e)
	if !named.Valid() {
		return named.parts, named.parts != nil
	}
	if hops <= 0 || l.spent() {
		return nil, false
	}
	o := l.originOf(named)
	if !o.Valid() {
		return nil, false
	}
	f := o.File
	switch o.Kind() {
	case parser.KindList, parser.KindTuple:
		complete = true
		for c := range f.Children(o.Node) {
			if f.Kind(c) == parser.KindSpread {
				inner, all := l.itemsIn(o.at(f.FirstChild(c)), o.frame, hops-1)
				items, complete = append(items, inner...), complete && all
				continue
			}
			items = append(items, slot{Ref: o.at(c), frame: o.frame})
		}
	case parser.KindDict: // its keys
		var pairs [][2]slot
		pairs, complete = l.pairs(o.Ref, o.frame)
		for _, p := range pairs {
			items = append(items, p[0])
		}
		return items, complete
	case parser.KindComprehension:
		return l.comprehension(o)
	case parser.KindSubscript:
		return l.slice(o, hops)
	case parser.KindConditional:
		complete = true
		for _, side := range branches(o.Ref) {
			inner, all := l.itemsIn(side, o.frame, hops-1)
			items, complete = append(items, inner...), complete && all
		}
	case parser.KindBinary:
		left, all := l.itemsIn(o.at(f.Field(o.Node, parser.FieldLeft)), o.frame, hops-1)
		right, rest := l.itemsIn(o.at(f.Field(o.Node, parser.FieldRight)), o.frame, hops-1)
		items, complete = append(left, right...), all && rest
	case parser.KindNone:
		complete = true
	case parser.KindClass: // an enum: its members
		return l.enumMembers(o.Ref)
	case parser.KindCall:
		items, complete = l.calledItems(o, hops)
	}
	if k := named.Kind(); k == parser.KindIdentifier || k == parser.KindAttribute {
		more, all := l.appended(named.Ref, o.Ref, hops)
		for _, m := range more {
			for _, round := range l.rounds(m, named.frame) {
				items = append(items, slot{Ref: m, frame: round})
			}
		}
		complete = complete && all
	}
	return items, complete
}

// enumMembers are the values of the members of an enum class.
func (l *langgraph) enumMembers(class Ref) (items []slot, complete bool) {
	f := class.File
	info := f.ClassAt(class.Node)
	if info == nil {
		return nil, false
	}
	for i := range f.Defs {
		if d := &f.Defs[i]; d.Scope == info.Scope && d.Kind == parser.AssignDef && d.Value != parser.NoNode && d.Name[0] != '_' && d.Name[0] != '.' {
			items = append(items, slot{Ref: class.at(d.Value)})
		}
	}
	return items, len(items) > 0
}

// comprehension are the elements of [f(x) for x in xs].
func (l *langgraph) comprehension(o slot) (items []slot, complete bool) {
	f := o.File
	body := f.Field(o.Node, parser.FieldBody)
	complete = true
	for c := range f.Children(o.Node) {
		if f.Kind(c) == parser.KindForClause {
			_, all := l.items(o.at(f.Field(c, parser.FieldRight)), o.frame)
			complete = complete && all
		}
	}
	for _, e := range l.rounds(o.at(body), o.frame) {
		if l.filtered(o.Ref, e) {
			items = append(items, slot{Ref: o.at(body), frame: e})
		}
	}
	return items, complete
}

// filtered reports whether the if clauses of a comprehension let a round pass, as far as can be told.
func (l *langgraph) filtered(o Ref, e *frame) bool {
	for c := range o.File.Children(o.Node) {
		if o.File.KindName(c) == "if_clause" {
			if holds, known := l.holds(o.at(o.File.FirstChild(c)), e); known && !holds {
				return false
			}
		}
	}
	return true
}

// slice is xs[1:] and xs[:-1].
func (l *langgraph) slice(o slot, hops int) (items []slot, complete bool) {
	f := o.File
	index := f.Field(o.Node, parser.FieldSubscript)
	if f.KindName(index) != "slice" {
		if v, ok := l.subscript(o); ok {
			return l.itemsIn(v.Ref, v.frame, hops-1)
		}
		return nil, false
	}
	items, complete = l.itemsIn(o.at(f.FirstChild(o.Node)), o.frame, hops-1)
	if !complete {
		return nil, false
	}
	from, to := 0, len(items)
	colon := false
	for c := range f.All(index) {
		if f.Slice(c) == ":" {
			colon = true
			continue
		}
		n, ok := l.number(o.at(c), o.frame)
		if !ok {
			return nil, false
		}
		if n < 0 {
			n += len(items)
		}
		if colon {
			to = n
		} else {
			from = n
		}
	}
	if from < 0 || to > len(items) || from > to {
		return nil, false
	}
	return items[from:to], true
}

// subscript is the element that xs[key] is.
func (l *langgraph) subscript(o slot) (slot, bool) {
	f := o.File
	key := f.Field(o.Node, parser.FieldSubscript)
	if key == parser.NoNode {
		key = f.Field(o.Node, parser.FieldIndex)
	}
	table := slot{Ref: o.at(f.FirstChild(o.Node)), frame: o.frame}
	if i, ok := l.number(o.at(key), o.frame); ok {
		return l.partOf(table, strconv.Itoa(i))
	}
	if s, ok := l.text(o.at(key), o.frame); ok {
		return l.partOf(table, s)
	}
	return slot{}, false
}
