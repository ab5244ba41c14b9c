package tree

import "github.com/qodacode/qodacode/parser"

// augmentOp is the operator in +=.
func augmentOp(written string) Op {
	if written == "" {
		return NoOp
	}
	return OpOf(written[:len(written)-1])
}

// pythonComparison lowers a comparison. Of several in a chain, a < b < c, only the operands are
// kept: it is not what either of them is alone.
func (b *builder) pythonComparison(n parser.NodeID, role Role) {
	operands, op := 0, NoOp
	for c := range b.All(n) {
		if b.IsNamed(c) {
			if b.Kind(c) != parser.KindComment {
				operands++
			}
			continue
		}
		switch name := b.KindName(c); {
		case name == "not" && op == OpIs:
			op = OpIsNot
		case name == "not":
			op = OpNotIn
		case name != "in" || op != OpNotIn:
			op = OpOf(name)
		}
	}
	if operands != 2 {
		b.pythonOther(n, role)
		return
	}
	id := b.open(Binary, role, n)
	b.op(id, op)
	side := Left
	for c := range b.Children(n) {
		b.pythonNode(c, side)
		side = Right
	}
	b.close(id)
}

func (b *builder) pythonConditional(n parser.NodeID, role Role) {
	var parts [3]parser.NodeID
	i := 0
	for c := range b.Children(n) {
		if i < 3 {
			parts[i] = c
		}
		i++
	}
	if i != 3 {
		b.pythonOther(n, role)
		return
	}
	id := b.open(Cond, role, n)
	b.pythonNode(parts[1], Test)
	b.pythonNode(parts[0], Then)
	b.pythonNode(parts[2], Else)
	b.close(id)
}

func (b *builder) pythonLambda(n parser.NodeID, role Role) {
	id := b.open(Lambda, role, n)
	b.pythonParams(b.Field(n, parser.FieldParameters))
	if body := b.Field(n, parser.FieldBody); body >= 0 {
		b.implicitReturn(body, b.pythonNode)
	}
	b.close(id)
}

// implicitReturn is the body of a function that is an expression.
func (b *builder) implicitReturn(body parser.NodeID, lower func(parser.NodeID, Role)) {
	s := b.Span(body)
	block := b.openAt(Block, Body, parser.NoNode, uint32(s.Start), uint32(s.End))
	ret := b.openAt(Return, Elem, parser.NoNode, uint32(s.Start), uint32(s.End))
	b.flag(ret, Implicit)
	lower(body, Value)
	b.close(ret)
	b.close(block)
}

func (b *builder) pythonComprehension(n parser.NodeID, role Role) {
	id := b.open(Comp, role, n)
	if role == Arg && b.FieldOf(n) == parser.FieldArguments { // the parentheses are the call's
		b.t.Nodes[id].Start, b.t.Nodes[id].End = b.Nodes[b.FirstChild(n)].Start, b.Nodes[b.LastChild(n)].End
	}
	switch b.KindName(n) {
	case "list_comprehension":
		b.op(id, OpList)
	case "set_comprehension":
		b.op(id, OpSet)
	case "dictionary_comprehension":
		b.op(id, OpDict)
	default:
		b.op(id, OpGenerator)
	}
	open := None
	for c := range b.Children(n) {
		switch {
		case b.Kind(c) == parser.KindForClause:
			if open != None {
				b.close(open)
			}
			open = b.open(CompFor, Elem, c)
			if b.token(c, "async") >= 0 {
				b.flag(open, Async)
			}
			b.pythonNode(b.Field(c, parser.FieldLeft), Target)
			b.pythonFields(c, parser.FieldRight, Iter)
		case open == None:
			b.pythonNode(c, Elem)
		default: // an if clause
			b.pythonNode(b.FirstChild(c), Test)
		}
	}
	if open != None {
		b.close(open)
	}
	b.close(id)
}

// pythonFields lowers what stands in a field: one node, or several that commas separate as a tuple.
func (b *builder) pythonFields(n parser.NodeID, field parser.Field, role Role) {
	first, last, count := parser.NoNode, parser.NoNode, 0
	for c := range b.Children(n) {
		if b.FieldOf(c) == field {
			if count == 0 {
				first = c
			}
			last = c
			count++
		}
	}
	if count < 2 {
		b.pythonNode(first, role)
		return
	}
	id := b.openAt(Tuple, role, parser.NoNode, b.Nodes[first].Start, b.Nodes[last].End)
	for c := range b.Children(n) {
		if b.FieldOf(c) == field {
			b.pythonNode(c, Elem)
		}
	}
	b.close(id)
}

// pythonType lowers an annotation.
func (b *builder) pythonType(n parser.NodeID, role Role) {
	if n < 0 {
		return
	}
	id := b.open(Type, role, n)
	for c := range b.Children(n) {
		b.pythonNode(c, Elem)
	}
	b.close(id)
}

// pythonGeneric makes list[int] in an annotation what it is elsewhere.
func (b *builder) pythonGeneric(n parser.NodeID, role Role) {
	id := b.open(Index, role, n)
	first := true
	for c := range b.Children(n) {
		if first {
			b.pythonNode(c, Object)
			first = false
			continue
		}
		for a := range b.Children(c) {
			b.pythonNode(a, Arg)
		}
	}
	b.close(id)
}

// pythonString tells plain strings from those with slots.
func (b *builder) pythonString(n parser.NodeID, role Role) {
	slots := false
	for c := range b.All(n) {
		if b.Kind(c) == parser.KindSubstitution {
			slots = true
			break
		}
	}
	if !slots {
		id := b.leaf(String, role, n)
		b.stringFlags(id)
		return
	}
	id := b.open(Template, role, n)
	b.stringFlags(id)
	for c := range b.Children(n) {
		switch b.Kind(c) {
		case parser.KindStringPart:
			b.leaf(StringPart, Part, c)
		case parser.KindSubstitution:
			b.pythonSlot(c)
		}
	}
	b.close(id)
}

// pythonSlot lowers the expression of a slot and those in its format.
func (b *builder) pythonSlot(n parser.NodeID) {
	first := len(b.t.Nodes)
	defer func() {
		if first < len(b.t.Nodes) && b.token(n, "=") >= 0 {
			b.t.Nodes[first].Flags |= Formatted
		}
	}()
	for c := range b.Children(n) {
		switch b.KindName(c) {
		case "type_conversion", "format_specifier":
			if first < len(b.t.Nodes) {
				b.t.Nodes[first].Flags |= Formatted
			}
			for inner := range b.Children(c) {
				at := len(b.t.Nodes)
				if b.pythonSlot(inner); at < len(b.t.Nodes) {
					b.t.Nodes[at].Flags |= Formatted
				}
			}
		case "interpolation", "format_expression":
			b.pythonSlot(c)
		default:
			b.pythonNode(c, Part)
		}
	}
}

// stringFlags reads the prefix of a string.
func (b *builder) stringFlags(id ID) {
	for i := b.t.Nodes[id].Start; i < b.t.Nodes[id].End; i++ {
		switch b.src[i] {
		case 'b', 'B':
			b.flag(id, Bytes)
		case 'r', 'R':
			b.flag(id, Raw)
		case '"', '\'':
			return
		}
	}
}
