package pattern

import (
	"strings"

	"github.com/qodacode/qodacode/analyzers/sast/tree"
)

// pythonNode meets the goal that a node of the pattern matches one of the code, where Python
// has rules of its own. The last result is false where it has none.
func (m *matcher) pythonNode(x goal) (next int32, ok, more, handled bool) {
	p, n, t := x.p, x.n, m.t
	node := &t.Nodes[n]
	switch p.kind {
	case tree.Assign:
		if node.Kind == tree.Assign {
			next, ok, more = m.pythonAssign(x)
			return next, ok, more, true
		}
	case tree.List, tree.Dict:
		if len(p.kids) == 1 && p.kids[0].kind == tree.Ellipsis && m.isBracketed(p.kind, n) {
			return x.next, true, true, true
		}
	case tree.Index:
		if args := p.of(tree.Arg); len(args) == 1 && args[0].kind == tree.Ellipsis && node.Kind == tree.Index && t.Kind(t.Child(n, tree.Arg)) == tree.Slice {
			return done, false, true, true
		}
	case tree.Comp:
		// Semgrep takes a generator that is the only argument of a call for a list.
		if node.Kind != tree.Comp {
			break
		}
		if m.onlyArgument(n) || p.alone {
			if isList := p.op == tree.OpList || p.alone; isList != (node.Op == tree.OpList || m.onlyArgument(n)) {
				return done, false, true, true
			}
			next, ok, more = m.parts(x)
			return next, ok, more, true
		}
	case tree.Except:
		if e := p.child(tree.TypeOf); e != nil && e.kind == tree.Meta && node.Kind == tree.Except && p.child(tree.Name) == nil && t.Kind(t.Child(n, tree.TypeOf)) == tree.Tuple {
			return done, false, true, true
		}
	case tree.Func:
		// Of decorated functions Semgrep does not know whether they are async.
		if p.flags&tree.Async != 0 && p.child(tree.DecoratorOf) == nil && t.Child(n, tree.DecoratorOf) != tree.None {
			return done, false, true, true
		}
	case tree.WithItem:
		if v := p.child(tree.Value); node.Kind == tree.WithItem && p.child(tree.Target) == nil && t.Child(n, tree.Target) != tree.None {
			if v == nil || v.kind != tree.Meta && !v.isEllipsis() || !m.bindNode(v.slot, n) {
				return done, false, true, true
			}
			return x.next, true, true, true
		}
	case tree.Param:
		if len(p.kids) == 1 && p.kids[0].kind == tree.Meta && p.flags == 0 && node.Kind == tree.Param && node.Next == n+1 {
			return x.next, m.bindNode(p.kids[0].slot, n), true, true // the * or / between parameters
		}
	case tree.Raise:
		if p.child(tree.Value) != nil && t.Child(n, tree.Value) == tree.None {
			return done, false, true, true
		}
	}
	return
}

// isBracketed reports whether n stands in the brackets of a list, or in braces.
func (m *matcher) isBracketed(p tree.Kind, n tree.ID) bool {
	node := &m.t.Nodes[n]
	switch {
	case node.Kind == tree.Set:
		return p == tree.Dict
	case node.Kind != tree.Comp:
		return false
	case p == tree.Dict:
		return node.Op == tree.OpDict || node.Op == tree.OpSet
	}
	return node.Op == tree.OpList || m.onlyArgument(n)
}

// onlyArgument reports whether a generator is the argument of a call without parentheses of its own.
func (m *matcher) onlyArgument(n tree.ID) bool {
	node := &m.t.Nodes[n]
	return node.Op == tree.OpGenerator && node.Role == tree.Arg && int(node.Start) > m.t.File.Span(node.Src).Start
}

// pythonAssign matches assignments: several targets are told from one, and a, b = c, d is also
// each of its parts.
func (m *matcher) pythonAssign(x goal) (int32, bool, bool) {
	p, t := x.p, m.t
	value, target := t.Child(x.n, tree.Value), t.Child(x.n, tree.Target)
	goalTarget, goalValue := p.child(tree.Target), p.child(tree.Value)
	if goalTarget == nil {
		return fail()
	}
	if m.isChained(x.n) != p.inner {
		return fail() // a part of a = b = c
	}
	if t.Kind(value) == tree.Assign && t.Nodes[value].Op != tree.OpWalrus && (goalValue == nil || goalValue.kind != tree.Assign) {
		last := target
		for t.Kind(value) == tree.Assign && t.Nodes[value].Op != tree.OpWalrus {
			last, value = t.Child(value, tree.Target), t.Child(value, tree.Value)
		}
		if goalTarget.kind != tree.Meta || goalValue == nil || p.inner || p.child(tree.TypeOf) != nil {
			return fail()
		}
		span := spanOf(t.Nodes[target].Start, t.Nodes[last].End)
		if !m.bind(goalTarget.slot, Bound{Node: tree.None, Last: tree.None, Span: span}) {
			return fail()
		}
		return then(m.push(goal{kind: one, p: goalValue, n: value, next: x.next}))
	}
	if goalValue != nil && value == tree.None {
		return fail()
	}
	if p.child(tree.TypeOf) != nil && goalTarget.kind == tree.Meta && t.Kind(target) != tree.Ident {
		return fail()
	}
	if goalValue != nil && goalTarget.kind != tree.Tuple && t.Kind(target) == tree.Tuple && t.Kind(value) == tree.Tuple {
		a, b := t.Child(target, tree.Elem), t.Child(value, tree.Elem)
		for a != tree.None && b != tree.None {
			goals := len(m.goals)
			next := m.push(goal{kind: one, p: goalValue, n: b, next: x.next})
			if !m.try(goal{kind: one, p: goalTarget, n: a, next: next}) {
				return tried(false)
			}
			m.goals = m.goals[:goals]
			a, b = m.after(a, tree.Elem), m.after(b, tree.Elem)
		}
	}
	return m.structure(x)
}

// isChained reports whether an assignment is the value of another one: b = c in a = b = c.
func (m *matcher) isChained(n tree.ID) bool {
	node := &m.t.Nodes[n]
	return node.Role == tree.Value && node.Op != tree.OpWalrus && m.t.Kind(node.Parent) == tree.Assign
}

// pythonImport matches from $X import $Y with import a.b, which is no other thing.
func (m *matcher) pythonImport(x goal) (int32, bool, bool) {
	p, t := x.p, m.t
	n := t.Child(x.n, tree.Source)
	dot := strings.LastIndexByte(t.Text(n), '.')
	names := p.of(tree.Elem)
	if dot <= 0 || t.Child(x.n, tree.Name) != tree.None || len(names) != 1 || names[0].kind != tree.ImportName {
		return fail()
	}
	module, name := t.Span(n), t.Span(n)
	module.End, name.Start = module.Start+dot, module.Start+dot+1
	for _, part := range []struct {
		p    *node
		span Bound
	}{{p.child(tree.Source), Bound{Node: tree.None, Last: tree.None, Span: module}}, {names[0].child(tree.Name), Bound{Node: tree.None, Last: tree.None, Span: name}}} {
		switch {
		case part.p == nil:
			return fail()
		case part.p.kind == tree.Meta:
			if !m.bind(part.p.slot, part.span) {
				return fail()
			}
		case part.p.text != t.File.Text.Slice(part.span.Span):
			return fail()
		}
	}
	return then(x.next)
}
