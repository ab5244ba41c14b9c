package pattern

import "github.com/qodacode/qodacode/analyzers/sast/tree"

// siblings is the goal that patterns match the children of n that have a role.
func (m *matcher) siblings(ps []*node, n tree.ID, role tree.Role, next int32) goal {
	return goal{kind: list, ps: ps, n: m.t.Child(n, role), role: role, next: next}
}

// after is the sibling behind n that plays the same part, or None.
func (m *matcher) after(n tree.ID, role tree.Role) tree.ID {
	node := &m.t.Nodes[n]
	if next := node.Next; next < m.t.Nodes[node.Parent].Next && m.t.Nodes[next].Role == role {
		return next
	}
	return tree.None
}

// advance goes on to the sibling behind the one that a list has come to.
func (m *matcher) advance(x *goal) {
	x.n = m.after(x.n, x.role)
	if x.at < 64 {
		x.at++
	}
}

// list matches siblings in order, keyword arguments in any order.
func (m *matcher) list(x goal) (int32, bool, bool) {
	for x.n != tree.None && x.at < 64 && x.used>>x.at&1 == 1 {
		m.advance(&x)
	}
	if len(x.ps) == 0 {
		if x.n == tree.None || x.open {
			return then(x.next)
		}
		return fail()
	}
	p := x.ps[0]
	if p.isEllipsis() {
		return m.some(x)
	}
	if p.kind == tree.KwArg {
		return m.keyword(x)
	}
	if x.n == tree.None || !m.may(p, x.n) || m.t.Nodes[x.n].Kind == tree.KwArg || m.t.Nodes[x.n].Flags&tree.Formatted != 0 {
		return fail()
	}
	n := x.n
	x.ps = x.ps[1:]
	m.advance(&x)
	return then(m.push(goal{kind: one, p: p, n: n, next: m.push(x)}))
}

// some tries an ellipsis with each number of siblings.
func (m *matcher) some(x goal) (int32, bool, bool) {
	p := x.ps[0]
	x.ps = x.ps[1:]
	if len(x.ps) == 0 && p.slot < 0 {
		return then(x.next)
	}
	first, last := x.n, tree.None
	for {
		if len(x.ps) > 0 || x.n == tree.None {
			trail := len(m.trail)
			if p.slot < 0 || m.bindRun(p.slot, first, last, x.n) {
				if !m.try(x) {
					return tried(false)
				}
			}
			m.undo(trail)
		}
		if x.n == tree.None {
			return tried(true)
		}
		last = x.n
		m.advance(&x)
	}
}

// bindRun binds a metavariable to the siblings from first to last; there are none when last is None.
func (m *matcher) bindRun(slot int, first, last, behind tree.ID) bool {
	if last != tree.None {
		return m.bind(slot, Bound{Node: first, Last: last, Span: spanOf(m.t.Nodes[first].Start, m.t.Nodes[last].End)})
	}
	at := uint32(0)
	if behind != tree.None {
		at = m.t.Nodes[behind].Start
	}
	return m.bind(slot, Bound{Node: tree.None, Last: tree.None, Span: spanOf(at, at)})
}

// keyword finds the keyword argument that the next pattern asks for, wherever it stands.
func (m *matcher) keyword(x goal) (int32, bool, bool) {
	p := x.ps[0]
	name := p.child(tree.Name)
	at := x
	for ; at.n != tree.None && at.at < 64; m.advance(&at) {
		if x.used>>at.at&1 == 1 || m.t.Kind(at.n) != tree.KwArg {
			continue
		}
		if name.kind == tree.Ident && m.t.Text(m.t.Child(at.n, tree.Name)) != name.text {
			continue
		}
		rest := x
		rest.ps = x.ps[1:]
		rest.used |= 1 << at.at
		if name.kind == tree.Ident {
			return then(m.push(goal{kind: one, p: p, n: at.n, next: m.push(rest)}))
		}
		goals := len(m.goals)
		if !m.try(goal{kind: one, p: p, n: at.n, next: m.push(rest)}) {
			return tried(false)
		}
		m.goals = m.goals[:goals]
	}
	return tried(true)
}

// subset matches each pattern with another sibling, in any order.
func (m *matcher) subset(x goal) (int32, bool, bool) {
	for len(x.ps) > 0 && x.ps[0].isEllipsis() {
		x.ps = x.ps[1:]
	}
	if len(x.ps) == 0 {
		return then(x.next)
	}
	p := x.ps[0]
	rest := x
	rest.ps = x.ps[1:]
	i := 0
	for n := x.n; n != tree.None && i < 64; n = m.after(n, x.role) {
		if x.used>>i&1 == 0 && m.may(p, n) {
			rest.used = x.used | 1<<i
			goals := len(m.goals)
			if !m.try(goal{kind: one, p: p, n: n, next: m.push(rest)}) {
				return tried(false)
			}
			m.goals = m.goals[:goals]
		}
		i++
	}
	return tried(true)
}

// mostEnds is how many ends of one match are told apart.
const mostEnds = 64

// allEnds ends a match behind its last statement, and behind each that follows.
func (m *matcher) allEnds(x goal) (int32, bool, bool) {
	limit := m.t.Nodes[m.t.Nodes[x.last].Parent].Next
	for i, last := 0, x.last; last < limit; i, last = i+1, m.t.Nodes[last].Next {
		if i == mostEnds {
			last = m.lastStatement(last, limit)
		}
		goals, trail := len(m.goals), len(m.trail)
		m.end = m.t.Nodes[last].End
		if !m.solve(x.next) {
			return tried(false)
		}
		m.undo(trail)
		m.goals = m.goals[:goals]
	}
	return tried(true)
}

// may tells quickly that a node of the pattern can't match one of the code.
func (m *matcher) may(p *node, n tree.ID) bool {
	k := m.t.Nodes[n].Kind
	if p.kind == tree.ExprStmt && m.lacks(p, n) {
		return false
	}
	if k == p.kind {
		return true
	}
	switch p.kind {
	case tree.ExprStmt:
		return k == tree.Return || p.kids[0].kind == tree.Meta || p.kids[0].kind == tree.Deep || m.script && (k == tree.Assign || k == tree.Augment)
	case tree.For:
		return m.script && k == tree.ForClassic
	case tree.Ident, tree.Func, tree.Class, tree.Return, tree.If, tree.While, tree.Try, tree.KwArg:
		return false
	case tree.List, tree.Dict:
		return k == tree.Comp || k == tree.Set || m.opts.SymbolicPropagation && k == tree.Ident || m.script && scriptMay(p.kind, k)
	case tree.Call, tree.Assign, tree.Tuple:
		return m.opts.SymbolicPropagation && k == tree.Ident || m.script && scriptMay(p.kind, k)
	}
	return true
}

// items matches the items of a with statement, which stand side by side, wherever they begin:
// with a, b is with b in with a.
func (m *matcher) items(x goal) (int32, bool, bool) {
	x.kind = list
	root := x.n != tree.None && m.t.Parent(x.n) == m.root
	for x.n != tree.None {
		if root { // each item is a statement of its own
			m.start = m.t.Nodes[x.n].Start
		}
		if !m.try(x) {
			return tried(false)
		}
		x.n = m.after(x.n, x.role)
	}
	return tried(true)
}
