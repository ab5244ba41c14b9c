package agents

import "github.com/qodacode/qodacode/parser"

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
