package tree

import (
	"github.com/qodacode/qodacode/parser"
)

// scriptExpr lowers an expression.
func (b *builder) scriptExpr(n parser.NodeID, role Role) {
	if b.tooDeep(n, role) {
		return
	}
	defer b.up()
	switch b.Kind(n) {
	case parser.KindIdentifier, parser.KindThis, parser.KindTypeIdentifier:
		if b.KindName(n) == "undefined" || (b.KindName(n) == "identifier" && b.src[b.Nodes[n].Start:b.Nodes[n].End] == "undefined") {
			b.leaf(Ident, role, n)
			return
		}
		if b.FirstChild(n) != parser.NoNode { // nested_identifier
			b.scriptDotted(n, role)
			return
		}
		b.leaf(Ident, role, n)
	case parser.KindAttribute:
		b.scriptAttr(n, role)
	case parser.KindSubscript:
		id := b.open(Index, role, n)
		b.scriptChained(id, n)
		b.scriptOptional(b.Field(n, parser.FieldObject), Object)
		b.scriptOptional(b.Field(n, parser.FieldIndex), Arg)
		b.close(id)
	case parser.KindCall:
		b.scriptCall(n, role)
	case parser.KindNew:
		id := b.open(New, role, n)
		b.scriptTypeArgs(id, n)
		b.scriptOptional(b.Field(n, parser.FieldConstructor), Callee)
		b.scriptArguments(b.Field(n, parser.FieldArguments))
		b.close(id)
	case parser.KindString:
		b.leaf(String, role, n)
	case parser.KindTemplate:
		b.scriptTemplate(n, role)
	case parser.KindNumber:
		b.leaf(Number, role, n)
	case parser.KindTrue, parser.KindFalse:
		b.leaf(Bool, role, n)
	case parser.KindNone:
		b.leaf(Null, role, n)
	case parser.KindRegex:
		b.leaf(Regex, role, n)
	case parser.KindList, parser.KindPattern:
		b.scriptList(n, role)
	case parser.KindDict, parser.KindObjectPattern:
		b.scriptObject(n, role)
	case parser.KindLambda, parser.KindFunction, parser.KindMethod:
		b.scriptFunction(Lambda, n, role)
	case parser.KindClass:
		b.scriptClass(n, role)
	case parser.KindAssignment, parser.KindAugmentedAssignment:
		b.scriptAssign(n, role)
	case parser.KindBinary:
		b.scriptBinary(n, role)
	case parser.KindUnary:
		b.scriptUnary(Unary, n, role)
	case parser.KindConditional:
		id := b.open(Cond, role, n)
		b.scriptOptional(b.Field(n, parser.FieldCondition), Test)
		b.scriptOptional(b.Field(n, parser.FieldConsequence), Then)
		b.scriptOptional(b.Field(n, parser.FieldAlternative), Else)
		b.close(id)
	case parser.KindAwait:
		b.scriptOne(Await, n, role)
	case parser.KindYield:
		id := b.open(Yield, role, n)
		if b.token(n, "*") != parser.NoNode {
			b.flag(id, Star)
		}
		b.scriptOptional(b.FirstChild(n), Value)
		b.close(id)
	case parser.KindParenthesized, parser.KindCast:
		b.scriptInner(n, b.FirstChild(n), role)
	case parser.KindSpread, parser.KindRestPattern:
		b.scriptOne(Spread, n, role)
	case parser.KindDefaultPattern, parser.KindShorthand, parser.KindShorthandPattern, parser.KindPairPattern:
		b.scriptTarget(n, role)
	case parser.KindJSX:
		b.scriptJSX(n, role)
	case parser.KindError:
		b.scriptError(n, role)
	default:
		b.scriptOther(n, role)
	}
}

func (b *builder) scriptOther(n parser.NodeID, role Role) {
	switch b.KindName(n) {
	case "update_expression":
		b.scriptUnary(Update, n, role)
	case "sequence_expression":
		b.scriptSequence(n, role)
	case "type_assertion":
		b.scriptInner(n, b.LastChild(n), role)
	case "import", "meta_property", "jsx_namespace_name", "statement_identifier":
		b.leaf(Ident, role, n)
	case "jsx_fragment":
		b.scriptJSX(n, role)
	case "jsx_expression", "computed_property_name":
		b.scriptInner(n, b.FirstChild(n), role)
	default:
		b.other(n, role, b.scriptExpr)
	}
}

// scriptInner lowers an expression in place of a wrapper that does not change what it is.
func (b *builder) scriptInner(wrapper, inner parser.NodeID, role Role) {
	if inner == parser.NoNode {
		b.leaf(Other, role, wrapper)
		return
	}
	b.skip(wrapper)
	id := ID(len(b.t.Nodes))
	b.scriptExpr(inner, role)
	if b.Kind(wrapper) == parser.KindCast || b.KindName(wrapper) == "type_assertion" {
		b.flag(id, Cast)
	}
}

// scriptChained marks a?.b, a?.[b] and a?.(b).
func (b *builder) scriptChained(id ID, n parser.NodeID) {
	for c := range b.All(n) {
		if name := b.KindName(c); name == "optional_chain" || name == "?." {
			b.flag(id, Optional)
			return
		}
	}
}

func (b *builder) scriptAttr(n parser.NodeID, role Role) {
	id := b.open(Attr, role, n)
	b.scriptChained(id, n)
	b.scriptOptional(b.Field(n, parser.FieldObject), Object)
	if name := b.Field(n, parser.FieldProperty); name != parser.NoNode {
		b.leaf(Ident, Name, name)
	}
	b.close(id)
}

// scriptDotted lowers A.B where the grammar has a name of its own for it: in types and JSX.
func (b *builder) scriptDotted(n parser.NodeID, role Role) {
	id := b.open(Attr, role, n)
	last := b.LastChild(n)
	if first := b.FirstChild(n); first != last {
		b.scriptExpr(first, Object)
	}
	b.leaf(Ident, Name, last)
	b.close(id)
}

func (b *builder) scriptList(n parser.NodeID, role Role) {
	id := b.open(List, role, n)
	for c := range b.Children(n) {
		b.scriptTarget(c, Elem)
	}
	b.close(id)
}

func (b *builder) scriptAssign(n parser.NodeID, role Role) {
	kind, op := Assign, OpAssign
	if b.Kind(n) == parser.KindAugmentedAssignment {
		kind = Augment
		written := b.Slice(b.Field(n, parser.FieldOperator))
		op = OpOf(written[:max(len(written)-1, 0)])
	}
	id := b.open(kind, role, n)
	b.op(id, op)
	b.scriptTarget(b.Field(n, parser.FieldLeft), Target)
	b.scriptOptional(b.Field(n, parser.FieldRight), Value)
	b.close(id)
}

func (b *builder) scriptBinary(n parser.NodeID, role Role) {
	id := b.open(Binary, role, n)
	operator := b.Field(n, parser.FieldOperator)
	b.op(id, OpOf(b.KindName(operator)))
	b.scriptOptional(b.Field(n, parser.FieldLeft), Left)
	b.scriptOptional(b.Field(n, parser.FieldRight), Right)
	b.close(id)
}

func (b *builder) scriptUnary(kind Kind, n parser.NodeID, role Role) {
	operator, argument := b.Field(n, parser.FieldOperator), b.Field(n, parser.FieldArgument)
	id := b.open(kind, role, n)
	b.op(id, OpOf(b.KindName(operator)))
	if kind == Update && operator < argument {
		b.flag(id, Prefix)
	}
	b.scriptOptional(argument, Value)
	b.close(id)
}
