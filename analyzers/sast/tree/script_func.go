package tree

import "github.com/qodacode/qodacode/parser"

// scriptFunction lowers a function, a method, a function expression or an arrow function.
func (b *builder) scriptFunction(kind Kind, n parser.NodeID, role Role) {
	id := b.open(kind, role, n)
	if kind == Func {
		b.scriptDecorators(n)
		b.fromDecorators(id)
	}
	if b.Kind(n) == parser.KindMethod {
		b.flag(id, Method)
	}
	b.scriptKey(b.Field(n, parser.FieldName), Name)
	b.scriptSignature(id, n)
	b.close(id)
}

// scriptMethodOf lowers a function that stands as the value of a class's field or under a
// key of an object. n is the field or pair; the caller has skipped it.
func (b *builder) scriptMethodOf(n, name, fn parser.NodeID, role Role) {
	id := b.openAt(Func, role, fn, b.Nodes[n].Start, b.Nodes[n].End)
	b.flag(id, Method)
	b.scriptDecorators(n)
	b.fromDecorators(id)
	b.scriptKey(name, Name)
	b.scriptSignature(id, fn)
	b.close(id)
}

// scriptSignature lowers the parameters, the result and the body of a function.
func (b *builder) scriptSignature(id ID, n parser.NodeID) {
	for c := range b.All(n) {
		if b.FieldOf(c) == parser.FieldParameters || b.FieldOf(c) == parser.FieldBody {
			break
		}
		switch b.KindName(c) {
		case "async":
			b.flag(id, Async)
		case "*":
			b.flag(id, Generator)
		case "get", "set":
			b.flag(id, Accessor)
		case "static":
			b.flag(id, Static)
		}
	}
	if single := b.Field(n, parser.FieldParameter); single != parser.NoNode { // x => …
		b.scriptParam(single)
	}
	for p := range b.Children(b.Field(n, parser.FieldParameters)) {
		b.scriptParam(p)
	}
	b.scriptType(b.Field(n, parser.FieldReturnType), Returns)
	body := b.Field(n, parser.FieldBody)
	switch {
	case body == parser.NoNode:
	case b.Kind(body) == parser.KindBlock:
		b.scriptBlock(body, Body)
	default:
		s := b.Nodes[body]
		block := b.openAt(Block, Body, parser.NoNode, s.Start, s.End)
		b.flag(block, Implicit)
		result := b.openAt(Return, Elem, parser.NoNode, s.Start, s.End)
		b.flag(result, Implicit)
		b.scriptExpr(body, Value)
		b.close(result)
		b.close(block)
	}
}

func (b *builder) scriptParam(n parser.NodeID) {
	id := b.open(Param, ParamOf, n)
	b.scriptDecorators(n)
	name, kind, value := n, parser.NoNode, parser.NoNode
	if b.Kind(n) == parser.KindParameter { // TypeScript
		name, kind, value = b.Field(n, parser.FieldPattern), b.Field(n, parser.FieldType), b.Field(n, parser.FieldValue)
	}
	switch b.Kind(name) {
	case parser.KindDefaultPattern:
		name, value = b.Field(name, parser.FieldLeft), b.Field(name, parser.FieldRight)
	case parser.KindRestPattern:
		b.flag(id, Star)
		name = b.FirstChild(name)
	}
	b.scriptTarget(name, Name)
	b.scriptType(kind, TypeOf)
	b.scriptOptional(value, Default)
	b.close(id)
}

// scriptDecorators lowers the decorators of n. Those of a TypeScript method stand before it.
func (b *builder) scriptDecorators(n parser.NodeID) {
	for c := range b.Children(n) {
		if b.Kind(c) == parser.KindDecorator {
			b.scriptOne(Decorator, c, DecoratorOf)
		}
	}
	parent := b.Parent(n)
	if k := b.Kind(parent); k != parser.KindClassBody && k != parser.KindExport {
		return
	}
	first := parser.NoNode
	for c := range b.Children(parent) {
		switch {
		case c == n:
			for d := range b.Children(parent) {
				if first != parser.NoNode && d >= first && d < n {
					b.scriptOne(Decorator, d, DecoratorOf)
				}
			}
			return
		case b.Kind(c) != parser.KindDecorator:
			first = parser.NoNode
		case first == parser.NoNode:
			first = c
		}
	}
}

// fromDecorators has a declaration begin with its first decorator.
func (b *builder) fromDecorators(id ID) {
	if int(id)+1 < len(b.t.Nodes) {
		b.t.Nodes[id].Start = min(b.t.Nodes[id].Start, b.t.Nodes[id+1].Start)
	}
}

func (b *builder) scriptClass(n parser.NodeID, role Role) {
	id := b.open(Class, role, n)
	b.scriptDecorators(n)
	b.fromDecorators(id)
	if name := b.Field(n, parser.FieldName); name != parser.NoNode {
		b.leaf(Ident, Name, name)
	}
	for c := range b.Children(n) {
		if b.Kind(c) == parser.KindClassHeritage {
			b.scriptBases(c)
		}
	}
	body := b.Field(n, parser.FieldBody)
	block := None
	if body != parser.NoNode {
		block = b.open(Block, Body, body)
	}
	for c := range b.Children(body) {
		switch b.Kind(c) {
		case parser.KindDecorator: // scriptDecorators takes it into the method behind it
		case parser.KindMethod:
			b.scriptFunction(Func, c, Elem)
		case parser.KindFieldDefinition:
			b.scriptField(c)
		default:
			switch b.KindName(c) {
			case "method_signature", "abstract_method_signature", "index_signature":
				b.leaf(Other, Elem, c)
			default:
				b.scriptStatement(c, Elem)
			}
		}
	}
	if block != None {
		b.close(block)
	}
	b.close(id)
}

// scriptBases lowers what a class extends and implements.
func (b *builder) scriptBases(n parser.NodeID) {
	for c := range b.Children(n) {
		switch b.KindName(c) {
		case "extends_clause":
			b.scriptOptional(b.FirstChild(c), Base)
		case "implements_clause":
			from := ID(len(b.t.Nodes))
			for i := range b.Children(c) {
				b.scriptTypeExpr(i, Base)
			}
			b.inType(from)
		default:
			b.scriptExpr(c, Base)
		}
	}
}

// scriptField lowers a field of a class; one that holds a function is a method.
func (b *builder) scriptField(n parser.NodeID) {
	name, value := b.Field(n, parser.FieldName), b.Field(n, parser.FieldValue)
	if name == parser.NoNode {
		name = b.Field(n, parser.FieldProperty)
	}
	if b.Kind(value) == parser.KindLambda {
		b.skip(n)
		b.scriptMethodOf(n, name, value, Elem)
		return
	}
	id := b.open(Assign, Elem, n)
	b.op(id, OpField)
	if b.token(n, "static") != parser.NoNode {
		b.flag(id, Static)
	}
	b.scriptDecorators(n)
	b.scriptKey(name, Target)
	b.scriptType(b.Field(n, parser.FieldType), TypeOf)
	b.scriptOptional(value, Value)
	b.close(id)
}
