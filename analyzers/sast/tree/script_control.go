package tree

import "github.com/qodacode/qodacode/parser"

func (b *builder) scriptIf(n parser.NodeID, role Role) {
	id := b.open(If, role, n)
	b.scriptOptional(b.Field(n, parser.FieldCondition), Test)
	b.scriptBody(b.Field(n, parser.FieldConsequence), Then)
	if otherwise := b.FirstChild(b.Field(n, parser.FieldAlternative)); otherwise != parser.NoNode {
		if b.Kind(otherwise) == parser.KindIf {
			b.scriptStatement(otherwise, Else)
		} else {
			b.scriptBody(otherwise, Else)
		}
	}
	b.close(id)
}

// scriptForIn lowers for … of and for … in.
func (b *builder) scriptForIn(n parser.NodeID, role Role) {
	id := b.open(For, role, n)
	b.op(id, OpOf(b.Slice(b.Field(n, parser.FieldOperator))))
	if b.token(n, "await") != parser.NoNode {
		b.flag(id, Async)
	}
	b.scriptTarget(b.Field(n, parser.FieldLeft), Target)
	b.scriptOptional(b.Field(n, parser.FieldRight), Iter)
	b.scriptBody(b.Field(n, parser.FieldBody), Body)
	b.close(id)
}

func (b *builder) scriptForClassic(n parser.NodeID, role Role) {
	id := b.open(ForClassic, role, n)
	b.scriptHeader(b.Field(n, parser.FieldInitializer), Init)
	b.scriptHeader(b.Field(n, parser.FieldCondition), Test)
	b.scriptOptional(b.forStep(n), Step)
	b.scriptBody(b.Field(n, parser.FieldBody), Body)
	b.close(id)
}

// scriptHeader lowers a part of for (…;…;…), which the grammar reads as a statement.
func (b *builder) scriptHeader(n parser.NodeID, role Role) {
	switch {
	case n == parser.NoNode:
	case b.Kind(n) == parser.KindExpressionStatement:
		if inner := b.FirstChild(n); inner != parser.NoNode {
			b.skip(n)
			b.scriptExpr(inner, role)
		}
	default:
		b.scriptStatement(n, role)
	}
}

// forStep is the last part of a for's header; the grammar's field of it has no name of ours.
func (b *builder) forStep(n parser.NodeID) parser.NodeID {
	body := b.Field(n, parser.FieldBody)
	closed := b.token(n, ")")
	condition := b.Field(n, parser.FieldCondition)
	for c := range b.Children(n) {
		if c > condition && c < closed && c != body && condition != parser.NoNode {
			return c
		}
	}
	return parser.NoNode
}

func (b *builder) scriptWhile(n parser.NodeID, role Role) {
	id := b.open(While, role, n)
	if b.KindName(n) == "do_statement" {
		b.flag(id, DoWhile)
	}
	b.scriptOptional(b.Field(n, parser.FieldCondition), Test)
	b.scriptBody(b.Field(n, parser.FieldBody), Body)
	b.close(id)
}

func (b *builder) scriptTry(n parser.NodeID, role Role) {
	id := b.open(Try, role, n)
	b.scriptBody(b.Field(n, parser.FieldBody), Body)
	for c := range b.Children(n) {
		switch {
		case b.Kind(c) == parser.KindCatch:
			handler := b.open(Except, Handler, c)
			b.scriptTarget(b.Field(c, parser.FieldParameter), Name)
			b.scriptBody(b.Field(c, parser.FieldBody), Body)
			b.close(handler)
		case b.KindName(c) == "finally_clause":
			b.skip(c)
			b.scriptBody(b.Field(c, parser.FieldBody), Finally)
		}
	}
	b.close(id)
}

func (b *builder) scriptWith(n parser.NodeID, role Role) {
	id := b.open(With, role, n)
	if object := b.Field(n, parser.FieldObject); object != parser.NoNode {
		item := b.open(WithItem, Item, object)
		b.scriptExpr(object, Value)
		b.close(item)
	}
	b.scriptBody(b.Field(n, parser.FieldBody), Body)
	b.close(id)
}

// scriptSwitch lowers a switch. Cases that fall through without a statement are one with several tests.
func (b *builder) scriptSwitch(n parser.NodeID, role Role) {
	id := b.open(Switch, role, n)
	b.scriptOptional(b.Field(n, parser.FieldValue), Subject)
	open := None
	for c := range b.Children(b.Field(n, parser.FieldBody)) {
		name := b.KindName(c)
		if name != "switch_case" && name != "switch_default" {
			if open == None {
				b.scriptStatement(c, Elem)
			}
			continue
		}
		if open == None {
			open = b.open(Case, Elem, c)
		}
		if value := b.Field(c, parser.FieldValue); value != parser.NoNode {
			b.scriptExpr(value, Test)
		}
		if first := b.Field(c, parser.FieldBody); first != parser.NoNode {
			b.scriptCaseBody(c, first)
			b.t.Nodes[open].End = b.Nodes[c].End
			b.close(open)
			open = None
		}
	}
	if open != None {
		b.close(open)
	}
	b.close(id)
}

func (b *builder) scriptCaseBody(n, first parser.NodeID) {
	body := b.openAt(Block, Body, parser.NoNode, b.Nodes[first].Start, b.Nodes[n].End)
	b.flag(body, Implicit)
	for c := range b.Children(n) {
		if b.FieldOf(c) == parser.FieldBody {
			b.scriptStatement(c, Elem)
		}
	}
	b.close(body)
}

// scriptNamespace lowers namespace N { … } and declare module "m" { … }.
func (b *builder) scriptNamespace(n parser.NodeID, role Role) {
	id := b.open(Other, role, n)
	if name := b.Field(n, parser.FieldName); name != parser.NoNode {
		b.leaf(Ident, Name, name)
	}
	b.scriptBody(b.Field(n, parser.FieldBody), Body)
	b.close(id)
}
