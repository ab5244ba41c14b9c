package pattern

import "github.com/qodacode/qodacode/analyzers/sast/tree"

// binary matches an operator: its sides as they stand, and, where that is asked for, the other
// way round or in any association.
func (m *matcher) binary(x goal) (int32, bool, bool) {
	p, t := x.p, m.t
	if p.op != t.Nodes[x.n].Op {
		return fail()
	}
	boolean := p.op == tree.OpAnd || p.op == tree.OpOr
	if boolean && m.opts.AcComm && (len(p.operands) > 2 || m.isChain(x.n)) {
		return m.associative(x)
	}
	if m.opts.CommutativeBoolop && boolean || (m.opts.CommutativeCompop || m.opts.SymmetricEq) && isEquality(p.op) {
		left, right := p.child(tree.Left), p.child(tree.Right)
		swapped := m.push(goal{kind: one, p: left, n: t.Child(x.n, tree.Right), next: x.next})
		if !m.try(goal{kind: one, p: right, n: t.Child(x.n, tree.Left), next: swapped}) {
			return tried(false)
		}
	}
	return m.structure(x)
}

// isChain reports whether one of the sides of n has the same operator.
func (m *matcher) isChain(n tree.ID) bool {
	op := m.t.Nodes[n].Op
	for c := range m.t.Children(n) {
		if m.t.Kind(c) == tree.Binary && m.t.Nodes[c].Op == op {
			return true
		}
	}
	return false
}

func isEquality(op tree.Op) bool {
	return op == tree.OpEq || op == tree.OpNotEq || op == tree.OpPhysEq || op == tree.OpPhysNotEq
}

// operands are what a chain of one operator joins.
func (p *node) operandsOf(op tree.Op) []*node {
	if p.kind != tree.Binary || p.op != op {
		return []*node{p}
	}
	left, right := p.child(tree.Left), p.child(tree.Right)
	if left == nil || right == nil {
		return []*node{p}
	}
	return append(left.operandsOf(op), right.operandsOf(op)...)
}

// associative matches a and b and c in any association. A metavariable stands for one operand,
// or for those at the left that are one node.
func (m *matcher) associative(x goal) (int32, bool, bool) {
	var codes []tree.ID
	m.operands(x.n, x.p.op, &codes)
	ps := x.p.operands
	if len(codes) < len(ps) || len(codes) > 64 {
		return fail()
	}
	return tried(m.operate(ps, codes, x.next))
}

func (m *matcher) operands(n tree.ID, op tree.Op, out *[]tree.ID) {
	if m.t.Kind(n) != tree.Binary || m.t.Nodes[n].Op != op || len(*out) > 64 {
		*out = append(*out, n)
		return
	}
	m.operands(m.t.Child(n, tree.Left), op, out)
	m.operands(m.t.Child(n, tree.Right), op, out)
}

// operate matches the patterns with the operands in order; a metavariable may take several.
func (m *matcher) operate(ps []*node, codes []tree.ID, next int32) bool {
	goals := len(m.goals)
	defer func() { m.goals = m.goals[:goals] }()
	return m.split(ps, codes, nil, next)
}

// split gives each pattern its operands: taken are the first ones of those that are settled.
func (m *matcher) split(ps []*node, codes []tree.ID, taken []taken, next int32) bool {
	if *m.steps--; *m.steps <= 0 {
		*m.steps = 0
		return false
	}
	if len(ps) == 0 {
		if len(codes) > 0 {
			return true
		}
		trail := len(m.trail)
		for _, x := range taken {
			if x.p.kind == tree.Meta && !m.bindOperands(x.p.slot, x.codes) {
				m.undo(trail)
				return true
			}
		}
		goals := len(m.goals)
		g := next
		for i := len(taken) - 1; i >= 0; i-- {
			if x := taken[i]; x.p.kind != tree.Meta {
				g = m.push(goal{kind: one, p: x.p, n: x.codes[0], next: g})
			}
		}
		more := m.try(goal{kind: list, n: tree.None, next: g})
		m.goals = m.goals[:goals]
		m.undo(trail)
		return more
	}
	most := 1
	if ps[0].kind == tree.Meta {
		most = len(codes) - len(ps) + 1
	}
	for n := 1; n <= most; n++ {
		if len(codes)-n < len(ps)-1 || n == 1 && !m.may(ps[0], codes[0]) {
			continue
		}
		if !m.split(ps[1:], codes[n:], append(taken[:len(taken):len(taken)], takenOf(ps[0], codes[:n])), next) {
			return false
		}
	}
	return true
}

// taken is a pattern with the operands that it stands for.
type taken struct {
	p     *node
	codes []tree.ID
}

func takenOf(p *node, codes []tree.ID) taken { return taken{p, codes} }

func (m *matcher) bindOperands(slot int, codes []tree.ID) bool {
	if len(codes) == 1 {
		return m.bindNode(slot, codes[0])
	}
	first, last := codes[0], codes[len(codes)-1]
	return m.bind(slot, Bound{Node: tree.None, Last: tree.None, Span: spanOf(m.t.Nodes[first].Start, m.t.Nodes[last].End)})
}
