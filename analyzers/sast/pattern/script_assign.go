package pattern

import "github.com/qodacode/qodacode/analyzers/sast/tree"

// scriptAssign matches assignments. One without a keyword matches declarations and fields
// too, var matches all declarations, const and let match their own.
func (m *matcher) scriptAssign(x goal) (int32, bool, bool) {
	p, t := x.p, m.t
	node := &t.Nodes[x.n]
	target, value := p.child(tree.Target), p.child(tree.Value)
	if target == nil || !assigns(p.op, node) || p.flags&^node.Flags&tree.Static != 0 {
		return fail()
	}
	targetNode, valueNode := t.Child(x.n, tree.Target), t.Child(x.n, tree.Value)
	if (value == nil) != (valueNode == tree.None) {
		return fail()
	}
	// const {a} = b is an unnamed constant whose value is the assignment of its parts.
	if k := t.Kind(targetNode); (k == tree.Dict || k == tree.List) && isDeclaration(p.op) && target.kind != k {
		if value == nil || value.kind != tree.Meta && value.kind != tree.Ellipsis {
			return fail()
		}
	}
	next := x.next
	if value != nil {
		next = m.push(goal{kind: one, p: value, n: valueNode, next: next})
	}
	if kind := p.child(tree.TypeOf); kind != nil {
		n := t.Child(x.n, tree.TypeOf)
		if n == tree.None {
			return fail()
		}
		next = m.push(goal{kind: one, p: kind, n: n, next: next})
	}
	if x.n == m.root && p.op == tree.OpAssign && isDeclaration(node.Op) {
		m.start = t.Nodes[targetNode].Start
	}
	return then(m.push(goal{kind: one, p: target, n: targetNode, next: next}))
}

func isDeclaration(op tree.Op) bool {
	return op == tree.OpConst || op == tree.OpLet || op == tree.OpVar || op == tree.OpUsing
}

// assigns reports whether an assignment with the pattern's keyword can match one of the code.
func assigns(p tree.Op, node *tree.Node) bool {
	switch {
	case p == node.Op:
		return true
	case p == tree.OpAssign:
		return (isDeclaration(node.Op) || node.Op == tree.OpField) && node.Role != tree.Init
	case p == tree.OpVar:
		return isDeclaration(node.Op)
	}
	return false
}

// augmentAsAssign matches $X = $Y with a += b, which is a = a + b.
func (m *matcher) augmentAsAssign(x goal) (int32, bool, bool) {
	p, t := x.p, m.t
	target, value := p.child(tree.Target), p.child(tree.Value)
	if p.op != tree.OpAssign || target == nil || value == nil {
		return fail()
	}
	left, right := t.Child(x.n, tree.Target), t.Child(x.n, tree.Value)
	switch {
	case value.kind == tree.Meta || value.kind == tree.Ellipsis:
		return m.pair(x, target, left, value, right)
	case value.kind == tree.Binary && value.op == t.Nodes[x.n].Op:
		next := m.push(goal{kind: one, p: value.child(tree.Right), n: right, next: x.next})
		next = m.push(goal{kind: one, p: value.child(tree.Left), n: left, next: next})
		return then(m.push(goal{kind: one, p: target, n: left, next: next}))
	}
	return fail()
}

// assignAsAugment matches $X += $Y with a = a + b.
func (m *matcher) assignAsAugment(x goal) (int32, bool, bool) {
	p, t := x.p, m.t
	left, value := t.Child(x.n, tree.Target), t.Child(x.n, tree.Value)
	if t.Kind(value) != tree.Binary || t.Nodes[value].Op != p.op {
		return fail()
	}
	again := t.Child(value, tree.Left)
	if !Equal(t, Bound{Node: left, Last: left, Span: t.Span(left)}, Bound{Node: again, Last: again, Span: t.Span(again)}) {
		return fail()
	}
	return m.pair(x, p.child(tree.Target), left, p.child(tree.Value), t.Child(value, tree.Right))
}
