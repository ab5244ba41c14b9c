package tree

import "github.com/qodacode/qodacode/parser"

// scriptType lowers an annotation with its colon; n may be absent.
func (b *builder) scriptType(n parser.NodeID, role Role) {
	if n == parser.NoNode {
		return
	}
	id := b.open(Type, role, n)
	inner := n
	if b.token(n, ":") != parser.NoNode {
		inner = b.FirstChild(n)
	}
	if inner != parser.NoNode {
		b.scriptTypeExpr(inner, Elem)
	}
	b.inType(id + 1)
	b.close(id)
}

// inType marks what was lowered from a node on: it is no code.
func (b *builder) inType(from ID) {
	for id := from; int(id) < len(b.t.Nodes); id++ {
		b.t.Nodes[id].Flags |= InType
	}
}

// scriptTypeExpr lowers a type to the expression that it looks like: a name, a.b, a[b] for
// a<b>, a | b. Others are leaves.
func (b *builder) scriptTypeExpr(n parser.NodeID, role Role) {
	if b.tooDeep(n, role) {
		return
	}
	defer b.up()
	switch b.Kind(n) {
	case parser.KindIdentifier, parser.KindTypeIdentifier, parser.KindThis:
		b.scriptExpr(n, role)
		return
	case parser.KindGenericType:
		id := b.open(Index, role, n)
		if name := b.FirstChild(n); name != parser.NoNode {
			b.scriptTypeExpr(name, Object)
		}
		for c := range b.Children(b.Field(n, parser.FieldTypeArguments)) {
			b.scriptTypeExpr(c, Arg)
		}
		b.close(id)
		return
	case parser.KindUnionType:
		first, last := b.FirstChild(n), b.LastChild(n)
		if first == last { // type X = | A
			b.scriptInnerType(n, first, role)
			return
		}
		id := b.open(Binary, role, n)
		b.op(id, OpBitOr)
		b.scriptTypeExpr(first, Left)
		b.scriptTypeExpr(last, Right)
		b.close(id)
		return
	}
	switch b.KindName(n) {
	case "predefined_type":
		b.leaf(Ident, role, n)
	case "literal_type":
		if inner := b.FirstChild(n); inner != parser.NoNode {
			b.skip(n)
			b.scriptExpr(inner, role)
			return
		}
		b.leaf(Ident, role, n)
	case "parenthesized_type", "readonly_type", "optional_type":
		b.scriptInnerType(n, b.FirstChild(n), role)
	case "array_type", "tuple_type":
		b.other(n, role, b.scriptTypeExpr)
	default:
		b.leaf(Other, role, n)
	}
}

func (b *builder) scriptInnerType(wrapper, inner parser.NodeID, role Role) {
	if inner == parser.NoNode {
		b.leaf(Other, role, wrapper)
		return
	}
	b.skip(wrapper)
	b.scriptTypeExpr(inner, role)
}

// scriptTypeAlias lowers type X = ….
func (b *builder) scriptTypeAlias(n parser.NodeID, role Role) {
	id := b.open(Assign, role, n)
	b.op(id, OpTypeDef)
	if name := b.Field(n, parser.FieldName); name != parser.NoNode {
		b.leaf(Ident, Target, name)
	}
	b.scriptType(b.Field(n, parser.FieldValue), TypeOf)
	b.close(id)
}

// scriptEnum lowers an enum to its name: what its members are, the parser knows.
func (b *builder) scriptEnum(n parser.NodeID, role Role) {
	id := b.open(Other, role, n)
	if name := b.Field(n, parser.FieldName); name != parser.NoNode {
		b.leaf(Ident, Name, name)
	}
	b.close(id)
}
