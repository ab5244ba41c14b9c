package tree

import "github.com/qodacode/qodacode/parser"

// pythonStatement lowers statements, and the expressions that the parser has no kind for.
func (b *builder) pythonStatement(n parser.NodeID, role Role) {
	switch b.Kind(n) {
	case parser.KindExpressionStatement:
		b.pythonExprStmt(n, role)
	case parser.KindBlock:
		b.pythonBlock(n, role)
	case parser.KindReturn:
		b.pythonAll(Return, role, n, Value)
	case parser.KindRaise:
		id := b.open(Raise, role, n)
		of := Value
		for c := range b.Children(n) {
			b.pythonNode(c, of)
			of = Cause
		}
		b.close(id)
	case parser.KindDelete:
		b.pythonDelete(n, role)
	case parser.KindGlobal:
		b.pythonAll(Global, role, n, Elem)
	case parser.KindBreak:
		b.leaf(Break, role, n)
	case parser.KindContinue:
		b.leaf(Continue, role, n)
	case parser.KindIf:
		b.pythonIf(n, role)
	case parser.KindFor:
		id := b.open(For, role, n)
		b.async(id, n)
		b.pythonNode(b.Field(n, parser.FieldLeft), Target)
		b.pythonFields(n, parser.FieldRight, Iter)
		b.pythonNode(b.Field(n, parser.FieldBody), Body)
		b.pythonElse(n, Else)
		b.close(id)
	case parser.KindWhile:
		id := b.open(While, role, n)
		b.pythonNode(b.Field(n, parser.FieldCondition), Test)
		b.pythonNode(b.Field(n, parser.FieldBody), Body)
		b.pythonElse(n, Else)
		b.close(id)
	case parser.KindTry:
		b.pythonTry(n, role)
	case parser.KindWith:
		b.pythonWith(n, role)
	case parser.KindFunction, parser.KindClass, parser.KindDecorated:
		b.pythonDefinition(n, role)
	case parser.KindImport, parser.KindImportFrom:
		b.pythonImport(n, role)
	case parser.KindTypeAlias:
		id := b.open(Assign, role, n)
		b.op(id, OpTypeDef)
		of := Target
		for c := range b.Children(n) {
			b.pythonNode(c, of)
			of = Value
		}
		b.close(id)
	default:
		b.pythonNamed(n, role)
	}
}

// pythonNamed lowers what only the grammar has a name for.
func (b *builder) pythonNamed(n parser.NodeID, role Role) {
	switch b.KindName(n) {
	case "pass_statement":
		b.leaf(Pass, role, n)
	case "ellipsis":
		b.leaf(Dots, role, n)
	case "assert_statement":
		id := b.open(Assert, role, n)
		of := Test
		for c := range b.Children(n) {
			b.pythonNode(c, of)
			of = Value
		}
		b.close(id)
	case "slice":
		b.pythonSlice(n, role)
	case "print_statement", "exec_statement":
		b.pythonPrint(n, role)
	case "match_statement":
		b.pythonMatch(n, role)
	case "member_type":
		id := b.open(Attr, role, n)
		of := Object
		for c := range b.Children(n) {
			b.pythonNode(c, of)
			of = Name
		}
		b.close(id)
	case "if_clause", "as_pattern_target", "constrained_type":
		b.skip(n)
		b.pythonNode(b.FirstChild(n), role)
	default:
		b.pythonPattern(n, role)
	}
}

func (b *builder) async(id ID, n parser.NodeID) {
	if b.token(n, "async") >= 0 {
		b.flag(id, Async)
	}
}

func (b *builder) pythonBlock(n parser.NodeID, role Role) {
	id := b.open(Block, role, n)
	for c := range b.Children(n) {
		b.pythonNode(c, Elem)
	}
	b.close(id)
}

func (b *builder) pythonExprStmt(n parser.NodeID, role Role) {
	id := b.open(ExprStmt, role, n)
	several := b.FirstChild(n) != b.LastChild(n) || b.token(n, ",") >= 0
	if several {
		tuple := b.openAt(Tuple, Value, parser.NoNode, b.Nodes[n].Start, b.Nodes[n].End)
		for c := range b.Children(n) {
			b.pythonNode(c, Elem)
		}
		b.close(tuple)
	} else {
		b.pythonNode(b.FirstChild(n), Value)
	}
	b.close(id)
}

func (b *builder) pythonDelete(n parser.NodeID, role Role) {
	id := b.open(Del, role, n)
	for c := range b.Children(n) {
		if b.KindName(c) == "expression_list" {
			for e := range b.Children(c) {
				b.pythonNode(e, Elem)
			}
			continue
		}
		b.pythonNode(c, Elem)
	}
	b.close(id)
}

// pythonIf lowers an if with its elif clauses, each of which is the Else of the one before.
func (b *builder) pythonIf(n parser.NodeID, role Role) {
	ids := []ID{b.open(If, role, n)}
	b.pythonNode(b.Field(n, parser.FieldCondition), Test)
	b.pythonNode(b.Field(n, parser.FieldConsequence), Then)
	for c := range b.Children(n) {
		if b.FieldOf(c) != parser.FieldAlternative {
			continue
		}
		if b.KindName(c) == "elif_clause" {
			ids = append(ids, b.openAt(If, Else, c, b.Nodes[c].Start, b.Nodes[n].End))
			b.pythonNode(b.Field(c, parser.FieldCondition), Test)
			b.pythonNode(b.Field(c, parser.FieldConsequence), Then)
		} else {
			b.pythonNode(b.Field(c, parser.FieldBody), Else)
		}
	}
	for i := len(ids) - 1; i >= 0; i-- {
		b.close(ids[i])
	}
}

// pythonElse lowers the block of an else clause.
func (b *builder) pythonElse(n parser.NodeID, role Role) {
	for c := range b.Children(n) {
		if b.KindName(c) == "else_clause" {
			b.pythonNode(b.Field(c, parser.FieldBody), role)
		}
	}
}

func (b *builder) pythonTry(n parser.NodeID, role Role) {
	id := b.open(Try, role, n)
	b.pythonNode(b.Field(n, parser.FieldBody), Body)
	for c := range b.Children(n) {
		if b.Kind(c) == parser.KindCatch {
			b.pythonExcept(c)
		}
	}
	b.pythonElse(n, Else)
	for c := range b.Children(n) {
		if b.KindName(c) == "finally_clause" {
			b.pythonNode(b.LastChild(c), Finally)
		}
	}
	b.close(id)
}

func (b *builder) pythonExcept(n parser.NodeID) {
	id := b.open(Except, Handler, n)
	named := false
	for c := range b.Children(n) {
		switch {
		case b.Kind(c) == parser.KindBlock:
			b.pythonNode(c, Body)
		case b.Kind(c) == parser.KindAsPattern:
			b.pythonNode(b.FirstChild(c), TypeOf)
			b.pythonNode(b.LastChild(c), Name)
		case !named: // Python 2 writes the name behind a comma
			b.pythonNode(c, TypeOf)
			named = true
		default:
			b.pythonNode(c, Name)
		}
	}
	b.close(id)
}

func (b *builder) pythonWith(n parser.NodeID, role Role) {
	id := b.open(With, role, n)
	b.async(id, n)
	for clause := range b.Children(n) {
		if b.KindName(clause) != "with_clause" {
			continue
		}
		for item := range b.Children(clause) {
			w := b.open(WithItem, Item, item)
			value := b.FirstChild(item)
			if inner := b.FirstChild(value); b.Kind(value) == parser.KindParenthesized && b.Kind(inner) == parser.KindAsPattern {
				value = inner
			}
			if b.Kind(value) == parser.KindAsPattern {
				b.pythonNode(b.FirstChild(value), Value)
				b.pythonNode(b.FirstChild(b.LastChild(value)), Target)
			} else {
				b.pythonNode(value, Value)
			}
			b.close(w)
		}
	}
	b.pythonNode(b.Field(n, parser.FieldBody), Body)
	b.close(id)
}

func (b *builder) pythonSlice(n parser.NodeID, role Role) {
	id := b.open(Slice, role, n)
	of := Low
	for c := range b.All(n) {
		switch {
		case !b.IsNamed(c) && b.KindName(c) == ":":
			if of++; of > Step {
				of = Step
			}
		case b.IsNamed(c) && b.Kind(c) != parser.KindComment:
			b.pythonNode(c, of)
		}
	}
	b.close(id)
}

// pythonPrint makes Python 2's print and exec the calls that they became.
func (b *builder) pythonPrint(n parser.NodeID, role Role) {
	stmt := b.open(ExprStmt, role, n)
	call := b.openAt(Call, Value, parser.NoNode, b.Nodes[n].Start, b.Nodes[n].End)
	for c := range b.All(n) {
		b.leaf(Ident, Callee, c) // the keyword is the first child
		break
	}
	for c := range b.Children(n) {
		b.pythonNode(c, Arg)
	}
	b.close(call)
	b.close(stmt)
}
