package pattern

import "github.com/qodacode/qodacode/analyzers/sast/tree"

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
