package pattern

import (
	"strings"

	"github.com/qodacode/qodacode/analyzers/sast/tree"
)

// scriptImport matches imports. One that brings no name matches any import of its module.
func (m *matcher) scriptImport(x goal) (int32, bool, bool) {
	p, t := x.p, m.t
	source, n := p.child(tree.Source), t.Child(x.n, tree.Source)
	if source == nil || n == tree.None {
		return fail()
	}
	next := x.next
	switch alias := p.child(tree.Name); {
	case p.kind == tree.ImportFrom:
		names := p.of(tree.Elem)
		g := goal{kind: subset, n: t.Child(x.n, tree.Elem), role: tree.Elem, next: next}
		for _, k := range names {
			if !k.isEllipsis() {
				g.ps = names
			}
		}
		if g.ps != nil {
			next = m.push(g)
		}
	case alias != nil:
		name := t.Child(x.n, tree.Name)
		if name == tree.None {
			return fail()
		}
		next = m.push(goal{kind: one, p: alias, n: name, next: next})
	}
	return then(m.push(goal{kind: one, p: source, n: n, next: next}))
}

// importName matches one name of an import. A default import is one of the name default.
func (m *matcher) importName(x goal) (int32, bool, bool) {
	p, t := x.p, m.t
	name, n := p.child(tree.Name), t.Child(x.n, tree.Name)
	if name == nil || n == tree.None {
		return fail()
	}
	local := t.Child(x.n, tree.Alias)
	if local == tree.None {
		local = n
	}
	isDefault := t.Is(n, tree.Synthetic) || t.Text(n) == "default"
	switch {
	case name.flags&tree.Synthetic != 0:
		if !isDefault {
			return fail()
		}
	case name.kind == tree.Meta:
		if !m.bindNode(name.slot, n) {
			return fail()
		}
	case isDefault && name.text != "default", !isDefault && name.text != t.Text(n):
		return fail()
	}
	if alias := p.child(tree.Alias); alias != nil {
		return then(m.push(goal{kind: one, p: alias, n: local, next: x.next}))
	}
	return then(x.next)
}

// sameModule reports whether a is a name that was imported as the module whose name b is in an
// import: cp and the "child_process" of another import.
func sameModule(t *tree.Tree, a, b *Bound) bool {
	if a.Node == tree.None || b.Node != tree.None || !t.File.Language.IsScript() {
		return false
	}
	parts := t.Resolve(a.Node)
	return len(parts) == 1 && tree.ModuleName(strings.Trim(textOf(t, b), "\"'`")) == parts[0]
}
