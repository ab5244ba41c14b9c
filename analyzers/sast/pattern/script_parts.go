package pattern

import (
	"github.com/qodacode/qodacode/analyzers/sast/tree"
	"github.com/qodacode/qodacode/parser"
)

// pair goes on with two parts that must both match; a part that the pattern does not have says nothing.
func (m *matcher) pair(x goal, p1 *node, n1 tree.ID, p2 *node, n2 tree.ID) (int32, bool, bool) {
	next := x.next
	if p2 != nil {
		next = m.push(goal{kind: one, p: p2, n: n2, next: next})
	}
	if p1 != nil {
		next = m.push(goal{kind: one, p: p1, n: n1, next: next})
	}
	return then(next)
}

// anyFunction matches a function of any name with one that has none.
func (m *matcher) anyFunction(x goal) (int32, bool, bool) {
	next := m.push(goal{kind: one, p: x.p.child(tree.Body), n: m.t.Child(x.n, tree.Body), next: x.next})
	return then(m.push(m.siblings(x.p.of(tree.ParamOf), x.n, tree.ParamOf, next)))
}

// scriptParam matches a parameter. A name stands for one of any sort: with a default or a type, the rest of them.
func (m *matcher) scriptParam(x goal) (int32, bool, bool) {
	p, t := x.p, m.t
	next := x.next
	if p.flags&^t.Nodes[x.n].Flags&tree.Star != 0 {
		return fail()
	}
	// A destructured parameter has a type if the pattern's has; a typed name is a name.
	if name, kind := t.Kind(t.Child(x.n, tree.Name)), p.child(tree.TypeOf); name == tree.Dict || name == tree.List {
		if pn := p.child(tree.Name); pn != nil && (pn.kind == name && (kind == nil) != (t.Child(x.n, tree.TypeOf) == tree.None) || pn.kind == tree.Meta && kind != nil) {
			return fail()
		}
	}
	for _, role := range [...]tree.Role{tree.Default, tree.TypeOf, tree.Name} {
		k, n := p.child(role), t.Child(x.n, role)
		switch {
		case k == nil:
		case n == tree.None:
			return fail()
		default:
			next = m.push(goal{kind: one, p: k, n: n, next: next})
		}
	}
	return m.anyOrder(x, tree.DecoratorOf, next)
}

// scriptFieldTypes are the types that the fields of a class are declared with, for this.x.
func scriptFieldTypes(t *tree.Tree, n tree.ID) []tree.ID {
	object := t.Child(n, tree.Object)
	if t.Kind(n) != tree.Attr || t.Kind(object) != tree.Ident || t.Text(object) != "this" || !t.File.Language.IsScript() {
		return nil
	}
	class := t.File.ClassAround(t.Nodes[n].Src)
	if class == nil {
		return nil
	}
	var out []tree.ID
	for _, d := range t.File.Members(class, t.Text(t.Child(n, tree.Name))) {
		if d.Annotation != parser.NoNode {
			out = append(out, t.At(d.Annotation))
		}
	}
	return out
}

// anyOrder matches the children that have a role, of which the code may have more.
func (m *matcher) anyOrder(x goal, role tree.Role, next int32) (int32, bool, bool) {
	ps := x.p.of(role)
	if len(ps) == 0 {
		return then(next)
	}
	return then(m.push(goal{kind: subset, ps: ps, n: m.t.Child(x.n, role), role: role, next: next}))
}

// scriptPair matches key: value. A key is the same with quotes and without.
func (m *matcher) scriptPair(x goal) (int32, bool, bool) {
	t := m.t
	p, n := x.p.child(tree.Key), t.Child(x.n, tree.Key)
	value := goal{kind: one, p: x.p.child(tree.Value), n: t.Child(x.n, tree.Value), next: x.next}
	if p == nil || value.p == nil || n == tree.None || value.n == tree.None {
		return fail()
	}
	computed := t.Is(n, tree.Computed)
	if p.flags&tree.Computed != 0 {
		if !computed {
			return fail()
		}
		return then(m.push(goal{kind: one, p: p, n: n, next: m.push(value)}))
	}
	switch {
	case p.kind == tree.Meta:
		if t.Span(n) == t.Span(value.n) { // {x}: what counts is the variable
			n = value.n
		}
		if !m.bindNode(p.slot, n) {
			return fail()
		}
	case computed:
		if p.kind != tree.String || p.form != variable || !m.bindNode(p.slot, n) {
			return fail()
		}
	case p.kind == tree.Ident || p.kind == tree.String && p.form == exact:
		if keyText(t, n) != p.text {
			return fail()
		}
	case p.kind == tree.String:
		if !m.keyString(p, n) {
			return fail()
		}
	default:
		return then(m.push(goal{kind: one, p: p, n: n, next: m.push(value)}))
	}
	return then(m.push(value))
}

// keyString matches a key that the pattern says something of, "=~/re/" or "$K".
func (m *matcher) keyString(p *node, n tree.ID) bool {
	switch p.form {
	case regex:
		return p.regexp.MatchString(keyText(m.t, n))
	case variable:
		at := m.t.Span(n)
		if m.t.Kind(n) == tree.String {
			at.Start, at.End = m.t.ContentSpan(n)
		}
		return m.bind(p.slot, Bound{Node: tree.None, Last: tree.None, Span: at})
	}
	return false
}

// keyText is a key without its quotes.
func keyText(t *tree.Tree, n tree.ID) string {
	if t.Kind(n) == tree.String {
		return t.Content(n)
	}
	return t.Text(n)
}

// anyLoop reports whether a pattern is for (...).
func anyLoop(p *node) bool {
	target, iter := p.child(tree.Target), p.child(tree.Iter)
	return target != nil && iter != nil && target.kind == tree.Ellipsis && iter.kind == tree.Ellipsis
}

func (m *matcher) loopBody(x goal) (int32, bool, bool) {
	if !bodyFits(x.p, m.t, x.n) {
		return fail()
	}
	return m.part(x, x.p.child(tree.Body), tree.Body)
}

// bodyFits reports whether a loop's body is in braces, if the pattern's is.
func bodyFits(p *node, t *tree.Tree, n tree.ID) bool {
	body := p.child(tree.Body)
	return body == nil || body.flags&tree.Implicit != 0 || !t.Is(t.Child(n, tree.Body), tree.Implicit)
}
