package pattern

import (
	"slices"
	"strings"

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

// imported matches a dotted name of the pattern with the name at n, which was imported as it.
func (m *matcher) imported(p *node, n tree.ID) bool {
	if !m.t.IsExpression(n) && !m.t.Is(n, tree.InType) {
		return false
	}
	if parts := m.t.Resolve(n); parts != nil {
		return m.dotted(p, n, parts)
	}
	if p.kind != tree.Attr {
		return false
	}
	wild := m.t.Wildcards()
	if len(wild) == 0 || m.t.Defined(n) || !literalName(p) {
		return false
	}
	for _, module := range wild {
		if m.dotted(p, n, append(module[:len(module):len(module)], m.t.Text(n))) {
			return true
		}
	}
	return false
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

// dotted matches a dotted name of the pattern with the parts of one. What a metavariable
// stands for is not written there; its place is that of the name.
func (m *matcher) dotted(p *node, n tree.ID, parts []string) bool {
	if p.kind == tree.Meta {
		if r := m.t.Resolve(n); len(r) == len(parts) {
			return m.bindNode(p.slot, n)
		}
		return m.bind(p.slot, Bound{Node: tree.None, Last: tree.None, Span: m.t.Span(n), Text: strings.Join(parts, ".")})
	}
	if len(parts) == 0 {
		return false
	}
	last := len(parts) - 1
	if p.kind == tree.Ident {
		return last == 0 && parts[0] == p.text
	}
	name := p.child(tree.Name)
	trail := len(m.trail)
	switch {
	case last == 0:
		return false
	case name.kind == tree.Meta:
		if !m.bindPart(name.slot, n, parts[last]) {
			return false
		}
	case name.text != parts[last]:
		return false
	}
	if m.dotted(p.child(tree.Object), n, parts[:last]) {
		return true
	}
	m.undo(trail)
	return false
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

// chainedName matches a. ... .b with a name that was imported as a.b.
func (m *matcher) chainedName(x goal) (int32, bool, bool) {
	object, name, n := x.p.child(tree.Object), x.p.child(tree.Name), x.n
	parts := m.t.Resolve(n)
	if len(parts) < 2 || !m.t.IsExpression(n) || object.kind != tree.Meta && !object.dotted {
		return fail()
	}
	if name.kind == tree.Ident && name.text != parts[len(parts)-1] || name.kind != tree.Ident && !m.bindPart(name.slot, n, parts[len(parts)-1]) {
		return fail()
	}
	for i := len(parts) - 1; i > 0; i-- {
		trail := len(m.trail)
		if m.dotted(object, n, parts[:i]) {
			return then(x.next)
		}
		m.undo(trail)
	}
	return fail()
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

// imports matches imports: of a module, of anything in it, and of what is below it.
func (m *matcher) imports(x goal) (int32, bool, bool) {
	p, t := x.p, m.t
	kind := t.Kind(x.n)
	if m.script || kind != tree.Import && kind != tree.ImportFrom {
		if kind == p.kind {
			return m.structure(x)
		}
		return fail()
	}
	source, n := p.child(tree.Source), t.Child(x.n, tree.Source)
	if source != nil && p.kind == tree.ImportFrom && kind == tree.Import {
		return m.pythonImport(x)
	}
	if source == nil || n == tree.None || p.kind == tree.ImportFrom && kind != tree.ImportFrom {
		return fail()
	}
	switch {
	case source.kind == tree.Meta:
		if !m.bindNode(source.slot, n) {
			return fail()
		}
	case source.kind == tree.Ellipsis:
	case strings.Contains(source.text, mark):
		if !m.modules(source.text, x.n, n) {
			return fail()
		}
	case !m.below(source.text, x.n, n):
		return fail()
	}
	if alias := p.child(tree.Name); alias != nil {
		name := t.Child(x.n, tree.Name)
		if kind != tree.Import || name == tree.None {
			return fail()
		}
		return then(m.push(goal{kind: one, p: alias, n: name, next: x.next}))
	}
	if p.kind == tree.Import {
		return then(x.next)
	}
	if names := p.of(tree.Elem); len(names) == 1 && len(names[0].kids) == 1 && names[0].kids[0].kind == tree.Ident && source.kind == tree.Ident {
		if within(t.Text(n), source.text+"."+names[0].kids[0].text) {
			return then(x.next) // from a.b import c is of what from a import b is
		}
	}
	return then(m.push(goal{kind: subset, ps: p.of(tree.Elem), n: t.Child(x.n, tree.Elem), role: tree.Elem, next: x.next}))
}

// within reports whether a module is another one or in it.
func within(module, other string) bool {
	rest, ok := strings.CutPrefix(module, other)
	return ok && (rest == "" || rest[0] == '.')
}

// modules matches a dotted name that has metavariables with the names that an import has: of the
// module, and of one thing in it.
func (m *matcher) modules(dotted string, n, source tree.ID) bool {
	want := strings.Split(dotted, ".")
	have := strings.Split(m.t.Text(source), ".")
	if c := m.t.Child(n, tree.Elem); m.t.Kind(c) == tree.ImportName {
		have = append(have, m.t.Text(m.t.Child(c, tree.Name)))
	}
	if len(have) < len(want) {
		return false
	}
	at := m.t.Span(source)
	for i, name := range want {
		at.End = at.Start + len(have[i])
		if meta, ok := strings.CutPrefix(name, mark); ok {
			if slot := slices.Index(m.p.slots, "$"+meta); slot >= 0 && !m.bind(slot, Bound{Node: tree.None, Last: tree.None, Span: at}) {
				return false
			}
		} else if name != have[i] {
			return false
		}
		at.Start = min(at.End+1, m.t.Span(source).End)
	}
	return true
}

// below reports whether an import is of a module or of what is in it.
func (m *matcher) below(module string, n, source tree.ID) bool {
	written := m.t.Text(source)
	if dots := strings.TrimLeft(written, "."); dots != written && len(module)-len(strings.TrimLeft(module, ".")) == len(written)-len(dots) {
		written, module = dots, strings.TrimLeft(module, ".") // as many dots: only the names matter
		if module == "" {
			return true
		}
	}
	if rest, ok := strings.CutPrefix(written, module); ok && (rest == "" || rest[0] == '.' && !strings.HasSuffix(module, ".")) {
		return true
	}
	rest, ok := strings.CutPrefix(module, written+".")
	if !ok || m.t.Kind(n) != tree.ImportFrom {
		return false
	}
	for c := range m.t.Children(n) {
		if m.t.Kind(c) == tree.ImportName && m.t.Text(m.t.Child(c, tree.Name)) == rest {
			return true
		}
	}
	return false
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
