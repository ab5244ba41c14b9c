package tree

import "github.com/qodacode/qodacode/parser"

// pythonMatch lowers a match statement.
func (b *builder) pythonMatch(n parser.NodeID, role Role) {
	id := b.open(Switch, role, n)
	first, last, body := parser.NoNode, parser.NoNode, b.Field(n, parser.FieldBody)
	for c := range b.Children(n) {
		if c == body || b.KindName(c) == "case_clause" {
			continue
		}
		if first < 0 {
			first = c
		}
		last = c
	}
	switch {
	case first == last:
		b.pythonNode(first, Subject)
	default:
		tuple := b.openAt(Tuple, Subject, parser.NoNode, b.Nodes[first].Start, b.Nodes[last].End)
		for c := range b.Children(n) {
			if c != body && b.KindName(c) != "case_clause" {
				b.pythonNode(c, Elem)
			}
		}
		b.close(tuple)
	}
	if body < 0 {
		body = n
	}
	for c := range b.Children(body) {
		if b.KindName(c) == "case_clause" {
			b.pythonCase(c)
		}
	}
	b.close(id)
}

// pythonCase lowers a case. Its last Test is the condition behind `if` when it is Guarded;
// several patterns that commas separate are one tuple.
func (b *builder) pythonCase(n parser.NodeID) {
	id := b.open(Case, Elem, n)
	first, last := parser.NoNode, parser.NoNode
	for c := range b.Children(n) {
		if b.Kind(c) == parser.KindCasePattern {
			if first < 0 {
				first = c
			}
			last = c
		}
	}
	if first == last {
		b.pythonNode(first, Test)
	} else {
		tuple := b.openAt(Tuple, Test, parser.NoNode, b.Nodes[first].Start, b.Nodes[last].End)
		for c := range b.Children(n) {
			if b.Kind(c) == parser.KindCasePattern {
				b.pythonNode(c, Elem)
			}
		}
		b.close(tuple)
	}
	for c := range b.Children(n) {
		switch {
		case b.KindName(c) == "if_clause":
			b.flag(id, Guarded)
			b.pythonNode(b.FirstChild(c), Test)
		case b.Kind(c) == parser.KindBlock:
			b.pythonNode(c, Body)
		}
	}
	b.close(id)
}

// pythonPattern lowers the patterns of a case as the expressions that they look like, and what
// has no kind at all.
func (b *builder) pythonPattern(n parser.NodeID, role Role) {
	switch b.KindName(n) {
	case "case_pattern":
		b.pythonCasePattern(n, role)
	case "dotted_name":
		b.pythonDotted(n, b.LastChild(n), role)
	case "as_pattern":
		id := b.open(Assign, role, n)
		b.op(id, OpWalrus)
		b.pythonNode(b.LastChild(n), Target)
		b.pythonNode(b.FirstChild(n), Value)
		b.close(id)
	case "class_pattern":
		id := b.open(Call, role, n)
		of := Callee
		for c := range b.Children(n) {
			b.pythonNode(c, of)
			of = Arg
		}
		b.close(id)
	case "keyword_pattern":
		id := b.open(KwArg, role, n)
		of := Name
		for c := range b.Children(n) {
			if of == Value && b.token(n, "-") >= 0 {
				b.pythonNegative(n, c, of)
			} else {
				b.pythonNode(c, of)
			}
			of = Value
		}
		b.close(id)
	case "splat_pattern":
		b.pythonAll(Spread, role, n, Value)
	case "dict_pattern":
		id := b.open(Dict, role, n)
		key := parser.NoNode
		for c := range b.Children(n) {
			switch b.FieldOf(c) {
			case parser.FieldKey:
				key = c
			case parser.FieldValue:
				if key < 0 {
					break
				}
				pair := b.openAt(Pair, Elem, parser.NoNode, b.Nodes[key].Start, b.Nodes[c].End)
				b.pythonNode(key, Key)
				b.pythonNode(c, Value)
				b.close(pair)
				key = parser.NoNode
			default:
				b.pythonNode(c, Elem)
			}
		}
		b.close(id)
	case "union_pattern", "union_type":
		b.pythonUnion(n, role)
	default:
		b.pythonOther(n, role)
	}
}

// pythonCasePattern lowers what a case pattern stands for; a bare _ and a sign before a number have no node of their own.
func (b *builder) pythonCasePattern(n parser.NodeID, role Role) {
	inner := b.FirstChild(n)
	switch {
	case inner < 0:
		b.leaf(Ident, role, n)
	case b.token(n, "-") >= 0:
		b.pythonNegative(n, inner, role)
	default:
		b.skip(n)
		b.pythonNode(inner, role)
	}
}

// pythonNegative lowers a number with the sign before it, which both are n's children.
func (b *builder) pythonNegative(n, number parser.NodeID, role Role) {
	sign := b.token(n, "-")
	id := b.openAt(Unary, role, sign, b.Nodes[sign].Start, b.Nodes[number].End)
	b.op(id, OpSub)
	b.pythonNode(number, Value)
	b.close(id)
}

// pythonDotted makes a.b.c of a name with dots, up to the part at last.
func (b *builder) pythonDotted(n, last parser.NodeID, role Role) {
	if b.tooDeep(n, role) {
		return
	}
	defer b.up()
	before := parser.NoNode
	for c := range b.Children(n) {
		if c == last {
			break
		}
		before = c
	}
	if before < 0 {
		if b.FirstChild(n) == b.LastChild(n) {
			b.skip(n)
		}
		b.pythonNode(last, role)
		return
	}
	id := b.openAt(Attr, role, n, b.Nodes[n].Start, b.Nodes[last].End)
	b.pythonDotted(n, before, Object)
	b.pythonNode(last, Name)
	b.close(id)
}

// pythonUnion makes a | b | c of the alternatives.
func (b *builder) pythonUnion(n parser.NodeID, role Role) {
	count := 0
	for range b.Children(n) {
		count++
	}
	if count < 2 || count > deepest/10 {
		b.pythonOther(n, role)
		return
	}
	ids := make([]ID, 0, 4)
	for i := 1; i < count; i++ {
		if i > 1 {
			role = Left
		}
		id := b.open(Binary, role, n)
		b.op(id, OpBitOr)
		ids = append(ids, id)
	}
	at := 0
	for c := range b.Children(n) {
		if at == 0 {
			b.pythonNode(c, Left)
		} else {
			b.pythonNode(c, Right)
			id := ids[len(ids)-at]
			b.t.Nodes[id].End = b.Nodes[c].End
			b.close(id)
		}
		at++
	}
}
