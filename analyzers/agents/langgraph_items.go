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

// calledItems are the results of functions over what is written out.
func (l *langgraph) calledItems(o slot, hops int) (items []slot, complete bool) {
	f := o.File
	c := f.CallAt(o.Node)
	if c == nil {
		return nil, false
	}
	object := o.at(f.Field(f.Unwrap(c.Callee), parser.FieldObject))
	arg := func(i int) ([]slot, bool) {
		if i >= len(c.Args) {
			return nil, false
		}
		return l.itemsIn(o.at(c.Args[i].Value), o.frame, hops-1)
	}
	script := f.Language.IsScript()
	switch {
	case wraps[c.Name] && len(c.Args) >= 1, c.Name == "reversed" && len(c.Args) == 1:
		return arg(0)
	case c.Name == "range":
		return l.numbers(o, c)
	case c.Name == "enumerate":
		items, complete = arg(0)
		first := 0
		if a, ok := f.Argument(c, "start", 1); ok {
			first, complete = l.number(o.at(a.Value), o.frame)
		}
		return counted(items, first), complete
	case c.Name == "zip":
		return l.zipped(len(c.Args), arg)
	case c.Name == "pairwise" && len(c.Args) == 1:
		items, complete = arg(0)
		for i := 0; i+1 < len(items); i++ {
			items[i] = slot{parts: []slot{items[i], items[i+1]}}
		}
		return items[:max(0, len(items)-1)], complete
	case c.Name == "items" && !script, script && (c.Name == "entries" || c.Name == "keys" || c.Name == "values") && len(c.Args) == 1, (c.Name == "keys" || c.Name == "values") && len(c.Args) == 0:
		table := object
		if len(c.Args) == 1 {
			table = o.at(c.Args[0].Value)
		}
		pairs, all := l.pairs(table, o.frame)
		for _, p := range pairs {
			switch c.Name {
			case "keys":
				items = append(items, p[0])
			case "values":
				items = append(items, p[1])
			default:
				items = append(items, slot{parts: []slot{p[0], p[1]}})
			}
		}
		return items, all
	case script && c.Name == "entries":
		items, complete = l.itemsIn(object, o.frame, hops-1)
		return counted(items, 0), complete
	case script && (c.Name == "map" || c.Name == "flatMap") && len(c.Args) == 1:
		return l.mapped(object, o.at(c.Args[0].Value), o.frame, hops)
	case script && c.Name == "filter":
		items, _ = l.itemsIn(object, o.frame, hops-1)
		return items, false
	case script && c.Name == "concat" && len(c.Args) == 1:
		left, all := l.itemsIn(object, o.frame, hops-1)
		right, rest := arg(0)
		return append(left, right...), all && rest
	}
	if fn := l.Function(o.at(c.Callee)); fn.Valid() {
		if returns := l.Returns(fn); len(returns) == 1 {
			return l.itemsIn(returns[0], l.enter(fn, o.Ref, c, o.frame), hops-1)
		}
	}
	return nil, false
}

func counted(items []slot, first int) []slot {
	out := make([]slot, len(items))
	for i, it := range items {
		out[i] = slot{parts: []slot{{text: strconv.Itoa(first + i)}, it}}
	}
	return out
}

// numbers are those of range(…).
func (l *langgraph) numbers(o slot, c *parser.Call) (items []slot, complete bool) {
	var n []int
	for _, a := range c.Args {
		v, ok := l.number(o.at(a.Value), o.frame)
		if !ok {
			return nil, false
		}
		n = append(n, v)
	}
	from, to := 0, 0
	switch len(n) {
	case 1:
		to = n[0]
	case 2:
		from, to = n[0], n[1]
	default:
		return nil, false
	}
	for i := from; i < to && len(items) < maxRounds; i++ {
		items = append(items, slot{text: strconv.Itoa(i)})
	}
	return items, true
}

func (l *langgraph) zipped(n int, arg func(int) ([]slot, bool)) (items []slot, complete bool) {
	complete = true
	for i := range n {
		column, all := arg(i)
		complete = complete && all
		if i == 0 {
			items = make([]slot, len(column))
		}
		items = items[:min(len(items), len(column))]
		for j := range items {
			items[j].parts = append(items[j].parts, column[j])
		}
	}
	return items, complete
}

// mapped is xs.map(x => …).
func (l *langgraph) mapped(list, callback Ref, e *frame, hops int) (items []slot, complete bool) {
	elems, complete := l.itemsIn(list, e, hops-1)
	fn := l.Function(callback)
	if !fn.Valid() || len(fn.Func().Params) == 0 {
		return nil, false
	}
	f := fn.File
	target := f.Field(fn.Node, parser.FieldParameter)
	if target == parser.NoNode {
		target = f.FirstChild(f.Field(fn.Node, parser.FieldParameters))
	}
	for _, el := range elems {
		for _, ret := range l.Returns(fn) {
			items = append(items, slot{Ref: ret, frame: l.bind(fn.at(target), el, e)})
		}
	}
	return items, complete
}

// pairs are the entries of a dictionary that r evaluates to, with those that are set later
// on under its name, and of a comprehension over what is written out.
func (l *langgraph) pairs(r Ref, e *frame) (pairs [][2]slot, complete bool) {
	return l.pairsIn(r, e, maxHops)
}

func (l *langgraph) pairsIn(r Ref, e *frame, hops int) (pairs [][2]slot, complete bool) {
	named := l.resolve(r, e)
	if !named.Valid() || hops <= 0 || l.spent() {
		return nil, false
	}
	o := l.originOf(named)
	f := o.File
	switch o.Kind() {
	case parser.KindDict:
		complete = true
		for c := range f.Children(o.Node) {
			switch f.Kind(c) {
			case parser.KindPair:
				pairs = append(pairs, [2]slot{l.key(o.at(f.Field(c, parser.FieldKey)), o.frame), {Ref: o.at(f.Field(c, parser.FieldValue)), frame: o.frame}})
			case parser.KindShorthand:
				pairs = append(pairs, [2]slot{{text: f.Slice(c)}, {Ref: o.at(c), frame: o.frame}})
			case parser.KindSpread, parser.KindDictSpread:
				inner, all := l.pairsIn(o.at(f.FirstChild(c)), o.frame, hops-1)
				pairs, complete = append(pairs, inner...), complete && all
			}
		}
	case parser.KindBinary: // a | b
		left, all := l.pairsIn(o.at(f.Field(o.Node, parser.FieldLeft)), o.frame, hops-1)
		right, rest := l.pairsIn(o.at(f.Field(o.Node, parser.FieldRight)), o.frame, hops-1)
		pairs, complete = append(left, right...), all && rest
	case parser.KindComprehension:
		body := f.Field(o.Node, parser.FieldBody)
		items, all := l.comprehension(o)
		for _, it := range items {
			pairs = append(pairs, [2]slot{{Ref: o.at(f.Field(body, parser.FieldKey)), frame: it.frame}, {Ref: o.at(f.Field(body, parser.FieldValue)), frame: it.frame}})
		}
		complete = all
	case parser.KindCall:
		c := f.CallAt(o.Node)
		switch {
		case c != nil && c.Name == "dict":
			complete = true
			for _, a := range c.Args {
				switch {
				case a.Name != "":
					pairs = append(pairs, [2]slot{{text: a.Name}, {Ref: o.at(a.Value), frame: o.frame}})
				default:
					complete = false
				}
			}
		case c != nil && c.Name == "fromEntries" && len(c.Args) == 1, c != nil && c.Name == "Map" && len(c.Args) == 1:
			items, all := l.items(o.at(c.Args[0].Value), o.frame)
			complete = all
			for _, it := range items {
				key, ok := l.partOf(it, "0")
				value, known := l.partOf(it, "1")
				if complete = complete && ok && known; complete {
					pairs = append(pairs, [2]slot{key, value})
				}
			}
		case c != nil:
			if fn := l.Function(o.at(c.Callee)); fn.Valid() {
				if returns := l.Returns(fn); len(returns) == 1 {
					return l.pairsIn(returns[0], l.enter(fn, o.Ref, c, o.frame), hops-1)
				}
			}
		}
	}
	if complete && (named.Kind() == parser.KindIdentifier || named.Kind() == parser.KindAttribute) {
		pairs = append(pairs, l.assigned(named, o.Ref)...)
	}
	return pairs, complete
}

// key is a dictionary's key; JavaScript writes them without quotes.
func (l *langgraph) key(r Ref, e *frame) slot {
	if r.File.Language.IsScript() && r.Kind() == parser.KindIdentifier {
		return slot{text: r.Text()}
	}
	if r.File.KindName(r.Node) == "computed_property_name" {
		r.Node = r.File.FirstChild(r.Node)
	}
	return slot{Ref: r, frame: e}
}

// assigned are the entries that table["key"] = value sets under the name of a table.
func (l *langgraph) assigned(named slot, table Ref) (pairs [][2]slot) {
	f := named.File
	text := f.Slice(named.Node)
	for _, at := range keyAssignments(f) {
		left := f.Field(at, parser.FieldLeft)
		object := f.FirstChild(left)
		if f.Slice(object) != text || l.Origin(named.at(object), nil) != table {
			continue
		}
		key := f.Field(left, parser.FieldSubscript)
		if key == parser.NoNode {
			key = f.Field(left, parser.FieldIndex)
		}
		for _, e := range l.rounds(named.at(at), named.frame) {
			pairs = append(pairs, [2]slot{{Ref: named.at(key), frame: e}, {Ref: named.at(f.Field(at, parser.FieldRight)), frame: e}})
		}
	}
	return pairs
}

type keyAssignmentsKey struct{}

// keyAssignments are the assignments to table[key] in a file.
func keyAssignments(f *parser.File) []parser.NodeID {
	return parser.Memo(f, keyAssignmentsKey{}, func() (all []parser.NodeID) {
		for n := range f.Nodes {
			if at := parser.NodeID(n); f.Kind(at) == parser.KindAssignment && f.Kind(f.Field(at, parser.FieldLeft)) == parser.KindSubscript {
				all = append(all, at)
			}
		}
		return all
	})
}
