package tree

import (
	"github.com/qodacode/qodacode/parser"
)

func (b *builder) scriptCall(n parser.NodeID, role Role) {
	id := b.open(Call, role, n)
	for c := range b.All(n) {
		if name := b.KindName(c); name == "?." || name == "optional_chain" {
			b.flag(id, Optional)
		}
	}
	b.scriptTypeArgs(id, n)
	b.scriptOptional(b.Field(n, parser.FieldFunction), Callee)
	b.scriptArguments(b.Field(n, parser.FieldArguments))
	b.close(id)
}

// scriptTypeArgs marks f<T>().
func (b *builder) scriptTypeArgs(id ID, n parser.NodeID) {
	if b.Field(n, parser.FieldTypeArguments) != parser.NoNode {
		b.flag(id, TypeArgs)
	}
}

func (b *builder) scriptArguments(n parser.NodeID) {
	if b.Kind(n) == parser.KindTemplate {
		b.flag(b.at, Tagged)
		id := ID(len(b.t.Nodes))
		b.scriptTemplate(n, Arg)
		b.flag(id, Tagged)
		return
	}
	for c := range b.Children(n) {
		b.scriptExpr(c, Arg)
	}
}

// scriptTemplate lowers a template string; one without slots is a String.
func (b *builder) scriptTemplate(n parser.NodeID, role Role) {
	slots := false
	for c := range b.Children(n) {
		slots = slots || b.Kind(c) == parser.KindSubstitution
	}
	if !slots {
		b.leaf(String, role, n)
		return
	}
	id := b.open(Template, role, n)
	// The text between two slots is one part, in however many pieces the grammar reads it.
	begin := b.Nodes[n].Start + 1
	part := func(end uint32) {
		if begin < end {
			b.close(b.openAt(StringPart, Part, parser.NoNode, begin, end))
		}
	}
	for c := range b.Children(n) {
		if b.Kind(c) != parser.KindSubstitution {
			continue
		}
		part(b.Nodes[c].Start)
		begin = b.Nodes[c].End
		b.scriptInner(c, b.FirstChild(c), Part)
	}
	part(b.Nodes[n].End - 1)
	b.close(id)
}

// scriptSequence lowers a, b, c to (a, b), c.
func (b *builder) scriptSequence(n parser.NodeID, role Role) {
	count, start := 0, b.Nodes[n].Start
	for range b.Children(n) {
		count++
	}
	if count < 2 {
		b.scriptInner(n, b.FirstChild(n), role)
		return
	}
	// The nodes are opened outermost first, and closed as their right sides come.
	ids := make([]ID, 0, count-1)
	for range count - 1 {
		if len(ids) == 0 {
			ids = append(ids, b.open(Binary, role, n))
		} else {
			ids = append(ids, b.openAt(Binary, Left, parser.NoNode, start, b.Nodes[n].End))
		}
		b.op(b.at, OpComma)
		if len(ids) >= deepest {
			break
		}
	}
	side := Left
	for c := range b.Children(n) {
		b.scriptExpr(c, side)
		if side == Right && len(ids) > 1 {
			last := ids[len(ids)-1]
			b.t.Nodes[last].End = b.Nodes[c].End
			b.close(last)
			ids = ids[:len(ids)-1]
		}
		side = Right
	}
	for i := len(ids) - 1; i >= 0; i-- {
		b.close(ids[i])
	}
}
