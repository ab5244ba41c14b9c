package pattern

import (
	"github.com/qodacode/qodacode/analyzers/sast/tree"
)

// deep matches an expression with one that stands anywhere in n, and n itself.
func (m *matcher) deep(x goal) (int32, bool, bool) {
	p := x.p.kids[0]
	if m.lacks(x.p, x.n) {
		return fail()
	}
	for n := x.n; n < m.t.Nodes[x.n].Next; n++ {
		if m.script && n > x.n && m.t.Nodes[n].Kind == tree.Block {
			n = m.t.Nodes[n].Next - 1
			continue
		}
		if (m.t.IsExpression(n) || n == x.n) && m.may(p, n) && !m.try(goal{kind: one, p: p, n: n, next: x.next}) {
			return tried(false)
		}
	}
	return tried(true)
}

// expressionStatement matches a statement that is an expression with any expression in a
// statement of that sort or in a return.
func (m *matcher) expressionStatement(x goal) (int32, bool, bool) {
	p, t := x.p.kids[0], m.t
	node := &t.Nodes[x.n]
	value := t.Child(x.n, tree.Value)
	if p.kind == tree.Meta {
		n := x.n
		if node.Kind == tree.ExprStmt && value != tree.None {
			n = value
		}
		if !m.bindNode(p.slot, n) {
			return fail()
		}
		return then(x.next)
	}
	if p.kind == tree.Deep { // it looks everywhere itself
		return m.deepStatement(x, p)
	}
	if node.Kind != tree.ExprStmt && node.Kind != tree.Return || value == tree.None {
		return fail()
	}
	if !m.opts.ImplicitDeepExprstmt {
		if node.Kind != tree.ExprStmt {
			return fail()
		}
		return then(m.push(goal{kind: one, p: p, n: value, next: x.next}))
	}
	for n := value; n < node.Next; n++ {
		if t.Nodes[n].Kind == tree.Block && (!m.script || t.Nodes[n].Flags&tree.Implicit == 0) {
			n = t.Nodes[n].Next - 1
			continue
		}
		if p.kind == tree.String && t.Nodes[n].Role == tree.Target {
			n = t.Nodes[n].Next - 1
			continue
		}
		if (t.IsExpression(n) || n == value || p.kind == tree.String && t.Nodes[n].Kind == tree.StringPart) && m.may(p, n) && !m.try(goal{kind: one, p: p, n: n, next: x.next}) {
			return tried(false)
		}
	}
	return tried(true)
}

// deepStatement looks for <... e ...> in the expressions of a statement, not in statements below it.
func (m *matcher) deepStatement(x goal, p *node) (int32, bool, bool) {
	switch m.t.Kind(x.n) {
	case tree.With, tree.Func, tree.Class, tree.Try, tree.Import, tree.ImportFrom:
		return fail()
	}
	for c := range m.t.Children(x.n) {
		if m.t.IsExpression(c) && !m.try(goal{kind: one, p: p, n: c, next: x.next}) {
			return tried(false)
		}
	}
	return tried(true)
}

// literalName reports whether a dotted name of the pattern has no metavariables: which module a
// wildcard import brings a name from is a guess that only a rule which names the module makes.
func literalName(p *node) bool {
	for p.kind == tree.Attr {
		if p.child(tree.Name).kind == tree.Meta {
			return false
		}
		p = p.child(tree.Object)
	}
	return p.kind == tree.Ident
}

// bindPart binds a metavariable to a name that was imported as another one.
func (m *matcher) bindPart(slot int, n tree.ID, part string) bool {
	if slot < 0 {
		return true
	}
	b := Bound{Node: n, Last: n, Span: m.t.Span(n)}
	if m.t.Kind(n) == tree.Ident && m.t.Text(n) != part {
		b.Text = part
	}
	return m.bind(slot, b)
}

// attribute matches a.b.
func (m *matcher) attribute(x goal) (int32, bool, bool) {
	p, t := x.p, m.t
	object, name := p.child(tree.Object), p.child(tree.Name)
	if name.kind == tree.Ellipsis { // a. ...
		return m.chain(x, object, x.n)
	}
	n := t.Child(x.n, tree.Name)
	if name.kind == tree.Ident {
		if n == tree.None || t.Text(n) != name.text {
			return fail()
		}
	} else if n == tree.None || !m.bindNode(name.slot, n) {
		return fail()
	}
	return then(m.push(goal{kind: one, p: object, n: t.Child(x.n, tree.Object), next: x.next}))
}

// chained matches a. ... .b: b of what comes of a by any calls of methods and attributes.
func (m *matcher) chained(x goal) (int32, bool, bool) {
	t := m.t
	if t.Kind(x.n) != tree.Attr {
		return m.chainedName(x)
	}
	name, n := x.p.child(tree.Name), t.Child(x.n, tree.Name)
	if name.kind == tree.Ident && t.Text(n) != name.text || name.kind != tree.Ident && !m.bindNode(name.slot, n) {
		return fail()
	}
	return m.chain(x, x.p.child(tree.Object), t.Child(x.n, tree.Object))
}

// chain tries p with each object that o comes from.
func (m *matcher) chain(x goal, p *node, o tree.ID) (int32, bool, bool) {
	for o != tree.None {
		if m.may(p, o) && !m.try(goal{kind: one, p: p, n: o, next: x.next}) {
			return tried(false)
		}
		o = m.objectOf(o)
	}
	return tried(true)
}

// objectOf is what a method was called on, or an attribute read of.
func (m *matcher) objectOf(o tree.ID) tree.ID {
	t := m.t
	switch t.Kind(o) {
	case tree.Call:
		if callee := t.Child(o, tree.Callee); t.Kind(callee) == tree.Attr {
			return t.Child(callee, tree.Object)
		}
	case tree.Attr:
		return t.Child(o, tree.Object)
	case tree.Ident:
		if m.opts.SymbolicPropagation {
			return symbolic(t, o)
		}
	}
	return tree.None
}

// typed matches ($X: T) with a literal of that type, and with a name that is annotated or
// made so.
func (m *matcher) typed(x goal) (int32, bool, bool) {
	p, t := x.p, m.t
	if !t.IsExpression(x.n) || !m.bindNode(p.slot, x.n) {
		return fail()
	}
	want := p.kids[0]
	if want.kind == tree.Type && len(want.kids) == 1 {
		want = want.kids[0]
	}
	if want.kind == tree.Ident && m.literalType(x.n, want.text) {
		return then(x.next)
	}
	for _, n := range typesOf(t, x.n) {
		if m.script && t.Kind(n) == tree.Index && want.kind != tree.Index {
			n = t.Child(n, tree.Object)
		}
		if !m.try(goal{kind: one, p: want, n: n, next: x.next}) {
			return tried(false)
		}
	}
	return tried(true)
}

// literalType reports whether n is a constant of a type.
func (m *matcher) literalType(n tree.ID, name string) bool {
	switch m.t.Kind(n) {
	case tree.Template:
		return m.script && name == "string"
	case tree.Concat:
		return false
	case tree.String:
		if !m.script && (m.t.Is(n, tree.Raw|tree.Bytes) || isFormat(m.t.Text(n))) {
			return false
		}
	}
	switch m.t.Const(n).Kind {
	case tree.StringConst, tree.SomeString:
		return name == "str" || name == "string"
	case tree.IntConst:
		return name == "int" || name == "number"
	case tree.FloatConst:
		return name == "float" || name == "number"
	case tree.BoolConst:
		return name == "bool" || name == "boolean"
	}
	return false
}
