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

// sequence matches statements in order. With an ellipsis among them, what follows it may also
// stand in nested statements. Two statements behind an ellipsis stand side by side either in
// the list itself or in the one with all nested statements, so that both are looked at.
func (m *matcher) sequence(g goal, ellipsis bool) bool {
	if !ellipsis || sideBySide(g.ps) {
		goals := len(m.goals)
		if more := m.try(g); !more || !ellipsis {
			return more
		}
		m.goals = m.goals[:goals]
	}
	g.deep = true
	return m.try(g)
}

// sideBySide reports whether a statement follows another one that may have statements in it.
func sideBySide(ps []*node) bool {
	past := false
	for i, p := range ps {
		if p.kind == tree.AnyStmts {
			past = true
		} else if past && i+1 < len(ps) && ps[i+1].kind != tree.AnyStmts && (p.kind != tree.ExprStmt || p.kids[0].kind == tree.Meta) {
			return true
		}
	}
	return false
}

// afterStatement is the statement behind n in a list that ends before limit; limit behind the last one.
func (m *matcher) afterStatement(n, limit tree.ID, deep bool) tree.ID {
	if !deep {
		return m.t.Nodes[n].Next
	}
	if node := &m.t.Nodes[n]; node.Flags&tree.Async != 0 && (node.Kind == tree.For || node.Kind == tree.With) && !m.script {
		n = node.Next - 1 // Semgrep does not look into these
	}
	for n++; n < limit && !m.t.IsStatement(n); n++ {
		if m.t.Nodes[n].Kind == tree.If { // an elif
			break
		}
	}
	return n
}

// later is that of two statements which ends later. What is passed counts: where a nested
// statement is the last one, the match ends with the outermost one around it.
func (m *matcher) later(a, b tree.ID) tree.ID {
	if m.t.Kind(a) != tree.Block && m.t.Nodes[a].End > m.t.Nodes[b].End {
		return a
	}
	return b
}

// lastStatement is the last statement of a list that ends before limit, seen from one in it.
func (m *matcher) lastStatement(n, limit tree.ID) tree.ID {
	for m.t.Nodes[n].Next < limit {
		n = m.t.Nodes[n].Next
	}
	return n
}

// statements matches statements in order.
func (m *matcher) statements(x goal) (int32, bool, bool) {
	if len(x.ps) == 0 {
		if x.n < x.limit && !x.open {
			return fail()
		}
		if x.top {
			m.end = m.t.Nodes[x.last].End
		}
		return then(x.next)
	}
	p := x.ps[0]
	if p.kind == tree.AnyStmts {
		return m.someStatements(x)
	}
	if x.n >= x.limit || !m.may(p, x.n) {
		return fail()
	}
	n := x.n
	x.ps, x.last, x.n = x.ps[1:], m.later(x.last, n), m.afterStatement(n, x.limit, x.deep && x.past)
	return then(m.push(goal{kind: one, p: p, n: n, next: m.push(x)}))
}

// someStatements tries an ellipsis with each number of statements.
func (m *matcher) someStatements(x goal) (int32, bool, bool) {
	p := x.ps[0]
	x.ps, x.past = x.ps[1:], true
	if len(x.ps) == 0 && p.slot < 0 {
		if x.top && m.opts.AllEnds {
			return m.allEnds(x)
		}
		if x.top {
			m.end = m.t.Nodes[m.lastStatement(x.last, x.limit)].End
		}
		return then(x.next)
	}
	first, last := x.n, tree.None
	var places []tree.ID
	named := false
	if len(x.ps) > 0 {
		places, named = m.occurrences(x.ps[0])
	}
	for {
		skipped := false
		if named && x.n < x.limit {
			place := placeFrom(places, x.n)
			if place == tree.None || place >= x.limit {
				return tried(true) // the name that it must have is nowhere
			}
			skipped = place >= m.t.Nodes[x.n].Next
		}
		if skipped {
			// it has not that name, nor has what stands in it
		} else if len(x.ps) == 0 && x.n < x.limit {
			// a metavariable at the end takes all that is left
		} else if len(x.ps) == 0 || x.ps[0].kind == tree.AnyStmts || x.n < x.limit && m.may(x.ps[0], x.n) {
			trail := len(m.trail)
			if p.slot < 0 || m.bindRun(p.slot, first, last, tree.None) {
				if !m.try(x) {
					return tried(false)
				}
			}
			m.undo(trail)
		}
		if x.n >= x.limit {
			return tried(true)
		}
		if *m.steps--; *m.steps <= 0 {
			*m.steps = 0
			return tried(false)
		}
		last, x.last = x.n, m.later(x.last, x.n)
		if skipped {
			x.n = m.t.Nodes[x.n].Next - 1
		}
		x.n = m.afterStatement(x.n, x.limit, x.deep)
	}
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
