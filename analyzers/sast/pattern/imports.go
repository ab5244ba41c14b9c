package pattern

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/sast/tree"
)

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
