package tree

import "github.com/qodacode/qodacode/parser"

// script lowers a JavaScript or TypeScript file.
func (b *builder) script() {
	id := b.open(Module, Elem, 0)
	b.scriptStatements(0, Elem)
	b.close(id)
}

// scriptStatements lowers the statements in a node.
func (b *builder) scriptStatements(n parser.NodeID, role Role) {
	for c := range b.Children(n) {
		b.scriptStatement(c, role)
	}
}

// scriptStatement lowers one statement: to none where it says nothing, to several where it
// declares several names.
func (b *builder) scriptStatement(n parser.NodeID, role Role) {
	if b.tooDeep(n, role) {
		return
	}
	defer b.up()
	switch b.Kind(n) {
	case parser.KindBlock:
		b.scriptBlock(n, role)
	case parser.KindExpressionStatement:
		b.scriptExpressionStatement(n, role)
	case parser.KindDeclaration, parser.KindVarDeclaration:
		b.scriptDeclaration(n, role)
	case parser.KindFunction:
		if b.Field(n, parser.FieldName) == parser.NoNode { // export default function () {}
			b.scriptWrapped(n, role)
			return
		}
		b.scriptFunction(Func, n, role)
	case parser.KindClass:
		b.scriptClass(n, role)
	case parser.KindReturn:
		b.scriptOne(Return, n, role)
	case parser.KindRaise:
		b.scriptOne(Raise, n, role)
	case parser.KindBreak:
		b.scriptJump(Break, n, role)
	case parser.KindContinue:
		b.scriptJump(Continue, n, role)
	case parser.KindIf:
		b.scriptIf(n, role)
	case parser.KindFor:
		b.scriptForIn(n, role)
	case parser.KindForClassic:
		b.scriptForClassic(n, role)
	case parser.KindWhile:
		b.scriptWhile(n, role)
	case parser.KindTry:
		b.scriptTry(n, role)
	case parser.KindWith:
		b.scriptWith(n, role)
	case parser.KindImport:
		b.scriptImport(n, role)
	case parser.KindExport:
		b.scriptExport(n, role)
	case parser.KindEnum:
		b.scriptEnum(n, role)
	case parser.KindTypeAlias:
		b.scriptTypeAlias(n, role)
	case parser.KindInterface:
		b.leaf(Other, role, n)
	case parser.KindError:
		b.scriptError(n, role)
	default:
		b.scriptOtherStatement(n, role)
	}
}

func (b *builder) scriptOtherStatement(n parser.NodeID, role Role) {
	switch b.KindName(n) {
	case "empty_statement", "hash_bang_line":
	case "debugger_statement":
		id := b.open(ExprStmt, role, n)
		b.leaf(Ident, Value, b.token(n, "debugger"))
		b.close(id)
	case "switch_statement":
		b.scriptSwitch(n, role)
	case "labeled_statement":
		id := b.open(Labeled, role, n)
		b.leaf(Ident, Name, b.FirstChild(n))
		b.scriptBody(b.Field(n, parser.FieldBody), Body)
		b.close(id)
	case "ambient_declaration":
		b.skip(n)
		b.scriptStatements(n, role)
		b.outer = parser.NoNode
	case "module", "internal_module":
		b.scriptNamespace(n, role)
	case "class_static_block":
		b.skip(n)
		b.scriptBody(b.Field(n, parser.FieldBody), role)
	case "function_signature", "import_alias":
		b.leaf(Other, role, n)
	default:
		if b.IsNamed(n) {
			b.scriptWrapped(n, role)
		}
	}
}

// scriptBlock lowers { … }.
func (b *builder) scriptBlock(n parser.NodeID, role Role) {
	id := b.open(Block, role, n)
	b.scriptStatements(n, Elem)
	b.close(id)
}

// scriptBody lowers the body of an if, a loop and the like: always to a block.
func (b *builder) scriptBody(n parser.NodeID, role Role) {
	if n == parser.NoNode {
		return
	}
	if b.Kind(n) == parser.KindBlock {
		b.scriptBlock(n, role)
		return
	}
	s := b.Nodes[n]
	id := b.openAt(Block, role, parser.NoNode, s.Start, s.End)
	b.flag(id, Implicit)
	b.scriptStatement(n, Elem)
	b.close(id)
}

// scriptExpressionStatement lowers x; — an assignment is a statement by itself.
func (b *builder) scriptExpressionStatement(n parser.NodeID, role Role) {
	value := b.FirstChild(n)
	for b.Kind(value) == parser.KindParenthesized { // ({a} = b)
		inner := b.FirstChild(value)
		if b.Kind(inner) != parser.KindAssignment && b.Kind(inner) != parser.KindParenthesized {
			break
		}
		value = inner
	}
	switch {
	case value == parser.NoNode:
	case b.KindName(value) == "internal_module":
		b.skip(n)
		b.scriptNamespace(value, role)
	case b.Kind(value) == parser.KindAssignment, b.Kind(value) == parser.KindAugmentedAssignment:
		b.skip(n)
		b.scriptExpr(value, role)
	case b.Kind(value) == parser.KindFunction, b.Kind(value) == parser.KindClass && b.Field(value, parser.FieldName) != parser.NoNode:
		b.skip(n)
		b.scriptStatement(value, role)
	default:
		id := b.open(ExprStmt, role, n)
		b.scriptExpr(value, Value)
		b.close(id)
	}
}

// scriptWrapped is an ExprStmt around an expression that stands where a statement is expected.
func (b *builder) scriptWrapped(n parser.NodeID, role Role) {
	s := b.Nodes[n]
	id := b.openAt(ExprStmt, role, parser.NoNode, s.Start, s.End)
	b.scriptExpr(n, Value)
	b.close(id)
}

// scriptDeclaration lowers const a = 1, b = 2 to an Assign for each name.
func (b *builder) scriptDeclaration(n parser.NodeID, role Role) {
	keyword := OpVar
	if b.Kind(n) == parser.KindDeclaration {
		keyword = OpOf(b.Slice(b.Field(n, parser.FieldKind)))
	}
	b.skip(n)
	start := b.Nodes[n].Start // the keyword belongs to the text of each
	for c := range b.Children(n) {
		if b.Kind(c) != parser.KindDeclarator {
			continue
		}
		id := b.openAt(Assign, role, c, start, b.Nodes[c].End)
		b.op(id, keyword)
		b.scriptTarget(b.Field(c, parser.FieldName), Target)
		b.scriptType(b.Field(c, parser.FieldType), TypeOf)
		b.scriptOptional(b.Field(c, parser.FieldValue), Value)
		b.close(id)
	}
	b.outer = parser.NoNode
}

// scriptOptional lowers an expression that may be absent.
func (b *builder) scriptOptional(n parser.NodeID, role Role) {
	if n != parser.NoNode {
		b.scriptExpr(n, role)
	}
}

// scriptOne lowers return x and throw x.
func (b *builder) scriptOne(kind Kind, n parser.NodeID, role Role) {
	id := b.open(kind, role, n)
	b.scriptOptional(b.FirstChild(n), Value)
	b.close(id)
}

func (b *builder) scriptJump(kind Kind, n parser.NodeID, role Role) {
	id := b.open(kind, role, n)
	if label := b.FirstChild(n); label != parser.NoNode {
		b.leaf(Ident, Name, label)
	}
	b.close(id)
}

// scriptError lowers what the grammar could not read: what stands in it, as far as it was read.
func (b *builder) scriptError(n parser.NodeID, role Role) {
	id := b.open(Other, role, n)
	b.flag(id, Broken)
	b.scriptStatements(n, Elem)
	b.close(id)
}
