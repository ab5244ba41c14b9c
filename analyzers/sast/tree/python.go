package tree

import "github.com/qodacode/qodacode/parser"

// python lowers a Python file.
func (b *builder) python() {
	id := b.open(Module, Elem, 0)
	for c := range b.Children(0) {
		b.pythonNode(c, Elem)
	}
	b.close(id)
}

// pythonNode lowers a statement or an expression.
func (b *builder) pythonNode(n parser.NodeID, role Role) {
	if n < 0 || b.tooDeep(n, role) {
		return
	}
	defer b.up()
	switch b.Kind(n) {
	case parser.KindIdentifier, parser.KindTypeIdentifier:
		b.leaf(Ident, role, n)
	case parser.KindNumber:
		b.leaf(Number, role, n)
	case parser.KindTrue, parser.KindFalse:
		b.leaf(Bool, role, n)
	case parser.KindNone:
		b.leaf(Null, role, n)
	case parser.KindString:
		b.pythonString(n, role)
	case parser.KindConcatenated:
		b.pythonAll(Concat, role, n, Part)
	case parser.KindAttribute:
		id := b.open(Attr, role, n)
		b.pythonNode(b.Field(n, parser.FieldObject), Object)
		b.pythonNode(b.Field(n, parser.FieldAttribute), Name)
		b.close(id)
	case parser.KindCall:
		id := b.open(Call, role, n)
		b.pythonNode(b.Field(n, parser.FieldFunction), Callee)
		b.pythonArguments(b.Field(n, parser.FieldArguments), Arg)
		b.close(id)
	case parser.KindKeywordArgument:
		id := b.open(KwArg, role, n)
		b.pythonNode(b.Field(n, parser.FieldName), Name)
		b.pythonNode(b.Field(n, parser.FieldValue), Value)
		b.close(id)
	case parser.KindSpread:
		b.pythonAll(Spread, role, n, Value)
	case parser.KindDictSpread:
		b.pythonAll(KwSpread, role, n, Value)
	case parser.KindRestPattern:
		if b.KindName(n) == "dictionary_splat_pattern" {
			b.pythonAll(KwSpread, role, n, Value)
		} else {
			b.pythonAll(Spread, role, n, Value)
		}
	case parser.KindSubscript:
		id := b.open(Index, role, n)
		for c := range b.Children(n) {
			if b.FieldOf(c) == parser.FieldValue {
				b.pythonNode(c, Object)
			} else {
				b.pythonNode(c, Arg)
			}
		}
		b.close(id)
	case parser.KindTuple:
		b.pythonAll(Tuple, role, n, Elem)
	case parser.KindPattern:
		if b.KindName(n) == "list_pattern" {
			b.pythonAll(List, role, n, Elem)
		} else {
			b.pythonAll(Tuple, role, n, Elem)
		}
	case parser.KindList:
		if b.KindName(n) == "set" {
			b.pythonAll(Set, role, n, Elem)
		} else {
			b.pythonAll(List, role, n, Elem)
		}
	case parser.KindDict:
		b.pythonAll(Dict, role, n, Elem)
	case parser.KindPair:
		id := b.open(Pair, role, n)
		b.pythonNode(b.Field(n, parser.FieldKey), Key)
		b.pythonNode(b.Field(n, parser.FieldValue), Value)
		b.close(id)
	case parser.KindParenthesized:
		b.skip(n)
		b.pythonNode(b.FirstChild(n), role)
	case parser.KindBinary:
		id := b.open(Binary, role, n)
		b.op(id, OpOf(b.KindName(b.Field(n, parser.FieldOperator))))
		b.pythonNode(b.Field(n, parser.FieldLeft), Left)
		b.pythonNode(b.Field(n, parser.FieldRight), Right)
		b.close(id)
	case parser.KindComparison:
		b.pythonComparison(n, role)
	case parser.KindUnary:
		id := b.open(Unary, role, n)
		if op := b.Field(n, parser.FieldOperator); op >= 0 {
			b.op(id, OpOf(b.KindName(op)))
		} else {
			b.op(id, OpNot)
		}
		b.pythonNode(b.Field(n, parser.FieldArgument), Value)
		b.close(id)
	case parser.KindConditional:
		b.pythonConditional(n, role)
	case parser.KindAwait:
		b.pythonAll(Await, role, n, Value)
	case parser.KindYield:
		id := b.open(Yield, role, n)
		if b.token(n, "from") >= 0 {
			b.flag(id, Star)
		}
		for c := range b.Children(n) {
			b.pythonNode(c, Value)
		}
		b.close(id)
	case parser.KindLambda:
		b.pythonLambda(n, role)
	case parser.KindComprehension:
		b.pythonComprehension(n, role)
	case parser.KindNamedExpression:
		id := b.open(Assign, role, n)
		b.op(id, OpWalrus)
		b.pythonNode(b.Field(n, parser.FieldName), Target)
		b.pythonNode(b.Field(n, parser.FieldValue), Value)
		b.close(id)
	case parser.KindAssignment:
		id := b.open(Assign, role, n)
		b.op(id, OpAssign)
		b.pythonNode(b.Field(n, parser.FieldLeft), Target)
		b.pythonType(b.Field(n, parser.FieldType), TypeOf)
		b.pythonNode(b.Field(n, parser.FieldRight), Value)
		b.close(id)
	case parser.KindAugmentedAssignment:
		id := b.open(Augment, role, n)
		b.op(id, augmentOp(b.KindName(b.Field(n, parser.FieldOperator))))
		b.pythonNode(b.Field(n, parser.FieldLeft), Target)
		b.pythonNode(b.Field(n, parser.FieldRight), Value)
		b.close(id)
	case parser.KindType:
		b.skip(n)
		b.pythonNode(b.FirstChild(n), role)
	case parser.KindGenericType:
		b.pythonGeneric(n, role)
	case parser.KindUnionType, parser.KindDottedName, parser.KindCasePattern, parser.KindAsPattern:
		b.pythonPattern(n, role)
	default:
		b.pythonStatement(n, role)
	}
}

// pythonAll lowers n with all its named children in one role.
func (b *builder) pythonAll(kind Kind, role Role, n parser.NodeID, of Role) {
	id := b.open(kind, role, n)
	for c := range b.Children(n) {
		b.pythonNode(c, of)
	}
	b.close(id)
}

func (b *builder) pythonOther(n parser.NodeID, role Role) {
	id := b.open(Other, role, n)
	if b.Kind(n) == parser.KindError {
		b.flag(id, Broken)
	}
	for c := range b.Children(n) {
		b.pythonNode(c, Elem)
	}
	b.close(id)
}

// pythonArguments lowers an argument list, or the generator that is the only argument.
func (b *builder) pythonArguments(n parser.NodeID, role Role) {
	if b.Kind(n) == parser.KindComprehension {
		b.pythonNode(n, role)
		return
	}
	for c := range b.Children(n) {
		b.pythonNode(c, role)
	}
}
