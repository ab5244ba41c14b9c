package pattern

import "github.com/qodacode/qodacode/analyzers/sast/tree"

// element matches JSX: the attributes that the pattern has in any order among others, and the
// children if it has some: the first ones.
func (m *matcher) element(x goal) (int32, bool, bool) {
	p, t := x.p, m.t
	name, n := p.child(tree.Name), t.Child(x.n, tree.Name)
	if (name == nil) != (n == tree.None) {
		return fail()
	}
	next := x.next
	if children := p.of(tree.Elem); len(children) > 0 {
		g := m.siblings(children, x.n, tree.Elem, next)
		g.open = true
		next = m.push(g)
	}
	if attributes := p.of(tree.Attribute); len(attributes) > 0 {
		next = m.push(goal{kind: subset, ps: attributes, n: t.Child(x.n, tree.Attribute), role: tree.Attribute, next: next})
	}
	if name == nil {
		return then(next)
	}
	return then(m.push(goal{kind: one, p: name, n: n, next: next}))
}

// attributeOfElement matches name={value}. An attribute without a value matches one with any.
func (m *matcher) attributeOfElement(x goal) (int32, bool, bool) {
	p, t := x.p, m.t
	name, value := p.child(tree.Name), p.child(tree.Value)
	n, valueNode := t.Child(x.n, tree.Name), t.Child(x.n, tree.Value)
	next := x.next
	switch {
	case value == nil:
	case valueNode != tree.None:
		next = m.push(goal{kind: one, p: value, n: valueNode, next: next})
	case value.kind != tree.Meta && value.kind != tree.Ellipsis:
		return fail()
	}
	return then(m.push(goal{kind: one, p: name, n: n, next: next}))
}
