package tree

import "github.com/qodacode/qodacode/parser"

// scriptObject lowers an object literal and a destructuring object.
func (b *builder) scriptObject(n parser.NodeID, role Role) {
	id := b.open(Dict, role, n)
	for c := range b.Children(n) {
		switch b.Kind(c) {
		case parser.KindPair, parser.KindPairPattern:
			b.scriptPair(c)
		case parser.KindMethod:
			b.scriptFunction(Func, c, Elem)
		default:
			b.scriptTarget(c, Elem)
		}
	}
	b.close(id)
}

// scriptPair lowers key: value. A function under a key is a method: f: function () {} is f() {}.
func (b *builder) scriptPair(n parser.NodeID) {
	key, value := b.Field(n, parser.FieldKey), b.Field(n, parser.FieldValue)
	if b.Kind(value) == parser.KindLambda && b.KindName(key) != "computed_property_name" {
		b.skip(n)
		b.scriptMethodOf(n, key, value, Elem)
		return
	}
	id := b.open(Pair, Elem, n)
	b.scriptKey(key, Key)
	b.scriptTarget(value, Value)
	b.close(id)
}

// scriptKey lowers the key of a pair, or the name of a field or method.
func (b *builder) scriptKey(n parser.NodeID, role Role) {
	id := ID(len(b.t.Nodes))
	b.scriptOptional(n, role)
	if b.KindName(n) == "computed_property_name" {
		b.flag(id, Computed)
	}
}

// scriptTarget lowers what may be a target: a name, a destructuring list or object, a part of one.
func (b *builder) scriptTarget(n parser.NodeID, role Role) {
	switch b.Kind(n) {
	case parser.KindOther:
		if n != parser.NoNode { // broken text may lack it
			b.scriptExpr(n, role)
		}
	case parser.KindShorthand, parser.KindShorthandPattern:
		b.scriptShorthand(n, n, parser.NoNode, role)
	case parser.KindDefaultPattern:
		left, right := b.Field(n, parser.FieldLeft), b.Field(n, parser.FieldRight)
		if k := b.Kind(left); k == parser.KindShorthandPattern || k == parser.KindShorthand {
			b.scriptShorthand(n, left, right, role)
			return
		}
		b.scriptDefault(n, left, right, role)
	case parser.KindPairPattern:
		b.scriptPair(n)
	default:
		b.scriptExpr(n, role)
	}
}

// scriptShorthand lowers {x} and {x = 1}: to x: x.
func (b *builder) scriptShorthand(n, name, value parser.NodeID, role Role) {
	id := b.open(Pair, role, n)
	b.leaf(Ident, Key, name)
	if value != parser.NoNode {
		b.scriptDefault(n, name, value, Value)
	} else {
		b.t.bySource[name] = b.leaf(Ident, Value, name)
	}
	b.close(id)
}

// scriptDefault lowers x = 1 within a target: an Assign without an operator.
func (b *builder) scriptDefault(n, left, right parser.NodeID, role Role) {
	id := b.open(Assign, role, n)
	if k := b.Kind(left); k == parser.KindShorthandPattern || k == parser.KindShorthand {
		b.t.bySource[left] = b.leaf(Ident, Target, left)
	} else {
		b.scriptTarget(left, Target)
	}
	b.scriptOptional(right, Value)
	b.close(id)
}
