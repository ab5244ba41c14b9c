package pattern

import (
	"github.com/qodacode/qodacode/analyzers/sast/tree"
	"github.com/qodacode/qodacode/parser/text"
)

// matcher finds all ways in which a pattern matches at one node. It works off goals: each says
// that a part of the pattern must match a part of the code, and which goal comes next. Where a
// goal can be met in several ways, each is tried with all goals that follow. Goals are cells of
// one slice that grows and shrinks with the search, so that matching allocates next to nothing.
type matcher struct {
	t     *tree.Tree
	p     *Pattern
	opts  *Options
	steps *int

	goals  []goal
	bound  []Bound    // by slot
	set    []bool     // by slot
	trail  []int      // slots in the order in which they were bound
	needs  [][]string // Pattern.needs without what may go by another name in the file
	depth  int
	script bool
	root   tree.ID // the node that the whole pattern is tried with
	start  uint32  // where the match begins, if not where root does
	end    uint32  // of a run of statements: where the last one ends

	// emit is told when all goals are met; it says whether to go on.
	emit func() bool
}

type goalKind uint8

const (
	one    goalKind = iota // the node p matches the node n
	list                   // the nodes ps match the siblings from n on
	stmts                  // the statements ps match those from n on
	subset                 // each of the nodes ps matches another one of the siblings from n on
	items                  // the nodes ps match siblings that stand side by side, from one on
)

// goal is something that must match. The fields that a kind does not name above say more of lists.
type goal struct {
	kind  goalKind
	deep  bool // stmts: nested ones are in the list too
	past  bool // stmts: an ellipsis was passed, from which on deep holds
	open  bool // list, stmts: what follows the last one need not match
	top   bool // stmts: it is the pattern itself, whose end is asked for
	role  tree.Role
	at    uint8 // list: how many siblings were passed
	p     *node
	ps    []*node
	n     tree.ID
	limit tree.ID // stmts: behind the last statement
	last  tree.ID // stmts: the one that matched last
	used  uint64  // list, subset: the siblings that are taken
	next  int32
}

const done int32 = -1

// push adds a goal and gives its place.
func (m *matcher) push(g goal) int32 {
	m.goals = append(m.goals, g)
	return int32(len(m.goals) - 1)
}

// deepestSearch is how many choices may be open at once.
const deepestSearch = 2000

// try meets a goal and all that follow it, and then forgets what was bound. It returns false
// when the search must end.
func (m *matcher) try(g goal) bool {
	goals, trail := len(m.goals), len(m.trail)
	if m.depth++; m.depth > deepestSearch {
		m.depth--
		return true
	}
	ok := m.solve(m.push(g))
	m.depth--
	m.undo(trail)
	m.goals = m.goals[:goals]
	return ok
}

func (m *matcher) undo(trail int) {
	for _, slot := range m.trail[trail:] {
		m.set[slot] = false
	}
	m.trail = m.trail[:trail]
}

// solve meets the goals from g on. It returns false when the search must end: enough was
// found, or too much was tried.
func (m *matcher) solve(g int32) bool {
	for g != done {
		if *m.steps--; *m.steps <= 0 {
			*m.steps = 0
			return false
		}
		x := m.goals[g]
		ok, more := true, true
		switch x.kind {
		case one:
			g, ok, more = m.one(x)
		case list:
			g, ok, more = m.list(x)
		case stmts:
			g, ok, more = m.statements(x)
		case subset:
			g, ok, more = m.subset(x)
		case items:
			g, ok, more = m.items(x)
		}
		if !ok {
			return more
		}
	}
	return m.emit()
}

// The functions that meet a goal return the goal to go on with and true, or, where they could
// not meet it or have tried all ways themselves, false and whether the search goes on.
func fail() (int32, bool, bool)           { return done, false, true }
func tried(more bool) (int32, bool, bool) { return done, false, more }
func then(next int32) (int32, bool, bool) { return next, true, true }

// bind gives a metavariable its value, or compares it with the one that it has.
func (m *matcher) bind(slot int, b Bound) bool {
	if slot < 0 {
		return true
	}
	if m.set[slot] {
		return equal(m.t, &m.bound[slot], &b)
	}
	b.Name = m.p.slots[slot]
	m.bound[slot], m.set[slot] = b, true
	m.trail = append(m.trail, slot)
	return true
}

func (m *matcher) bindNode(slot int, n tree.ID) bool {
	if slot < 0 {
		return true
	}
	return m.bind(slot, Bound{Node: n, Last: n, Span: m.t.Written(n)})
}

// vars is what is bound now, by name.
func (m *matcher) vars() []Bound {
	if len(m.trail) == 0 {
		return nil
	}
	out := make([]Bound, 0, len(m.trail))
	for _, slot := range m.p.sorted {
		if m.set[slot] {
			out = append(out, m.bound[slot])
		}
	}
	return out
}

func spanOf(start, end uint32) text.Span { return text.Span{Start: int(start), End: int(end)} }

// one matches a node of the pattern with one of the code.
func (m *matcher) one(x goal) (int32, bool, bool) {
	p, n := x.p, x.n
	if n < 0 {
		return fail()
	}
	if m.script {
		if next, ok, more, handled := m.scriptNode(x); handled {
			return next, ok, more
		}
	} else if next, ok, more, handled := m.pythonNode(x); handled {
		return next, ok, more
	}
	t := m.t
	node := &t.Nodes[n]
	switch p.kind {
	case tree.Ellipsis, tree.AnyStmts:
		return then(x.next)
	case tree.MetaArgs:
		if !m.bindNode(p.slot, n) {
			return fail()
		}
		return then(x.next)
	case tree.Meta:
		if !m.metaMatches(p, n) || !m.bindNode(p.slot, n) {
			return fail()
		}
		return then(x.next)
	case tree.TypedMeta:
		return m.typed(x)
	case tree.Deep:
		return m.deep(x)
	case tree.Ident:
		if node.Kind == tree.Ident && (t.Text(n) == p.text || p.dotted && m.imported(p, n)) {
			return then(x.next)
		}
	case tree.String, tree.Number, tree.Bool, tree.Null:
		if m.literal(p, n) {
			return then(x.next)
		}
	case tree.StringPart:
		if m.literal(p, n) && (node.Kind == tree.StringPart || node.Kind == tree.String) {
			return then(x.next)
		}
	case tree.Attr:
		if p.chain {
			return m.chained(x)
		}
		if node.Kind == tree.Ident && p.dotted && m.imported(p, n) {
			return then(x.next)
		}
		if node.Kind == tree.Attr {
			return m.attribute(x)
		}
	case tree.ExprStmt:
		return m.expressionStatement(x)
	case tree.Import, tree.ImportFrom:
		return m.imports(x)
	case tree.Binary:
		if node.Kind == tree.Binary {
			return m.binary(x)
		}
	case tree.Block:
		switch node.Kind {
		case tree.Block:
			return m.block(x)
		case tree.If:
			return m.branch(x)
		}
	default:
		if node.Kind == p.kind {
			return m.structure(x)
		}
		if p.kind == tree.Template && node.Kind == tree.String && isFormat(t.Text(n)) {
			return m.plainFormat(x)
		}
	}
	if m.opts.SymbolicPropagation && node.Kind == tree.Ident && p.kind != tree.Ident && n != m.root {
		if value := symbolic(t, n); value != tree.None {
			x.n = value
			return m.one(x)
		}
	}
	return fail()
}

// metaMatches reports whether a metavariable can stand for n: for what is an expression or a name.
func (m *matcher) metaMatches(p *node, n tree.ID) bool {
	node := &m.t.Nodes[n]
	if node.Kind == tree.JSX && node.Role == tree.Elem && m.t.Kind(node.Parent) == tree.JSX {
		return false // an element among others is no {expression}
	}
	switch node.Kind {
	case tree.StringPart, tree.KwArg, tree.Slice, tree.CompFor, tree.Pair, tree.Except, tree.Case, tree.Decorator:
		return false
	case tree.JSXText:
		return p.form == any
	}
	return true
}

// literal matches a constant with code that is known to have its value.
func (m *matcher) literal(p *node, n tree.ID) bool {
	t := m.t
	node := &t.Nodes[n]
	var c tree.Const
	switch node.Kind {
	case tree.String, tree.StringPart, tree.Number, tree.Bool, tree.Null:
		c = t.Const(n)
	case tree.Concat:
		c = t.Const(n)
	case tree.Template, tree.Ident, tree.Binary, tree.Unary, tree.Cond:
		if !m.opts.ConstantPropagation || node.Kind == tree.Ident && !t.IsExpression(n) {
			return false
		}
		c = t.Const(n)
	default:
		return false
	}
	switch p.kind {
	case tree.String, tree.StringPart:
		if c.Kind != tree.StringConst && c.Kind != tree.SomeString || p.flags&(tree.Bytes|tree.Raw)&^node.Flags != 0 {
			return false
		}
		switch {
		case p.form == any:
			return true
		case c.Kind == tree.SomeString:
			return false
		case p.form == variable:
			return m.bindContent(p.slot, n, c)
		case p.form == regex:
			return p.regexp.MatchString(c.Text)
		}
		return c.Text == p.text
	case tree.Number:
		return (c.Kind == tree.IntConst || c.Kind == tree.FloatConst) && c.Text == p.text
	case tree.Bool:
		return c.Kind == tree.BoolConst && c.Text == p.text
	case tree.Null:
		return c.Kind == tree.NullConst
	}
	return false
}

// bindContent binds a metavariable to the content of a string: where it is written, or the
// whole expression where it is put together.
func (m *matcher) bindContent(slot int, n tree.ID, c tree.Const) bool {
	at := m.t.Span(n)
	switch m.t.Kind(n) {
	case tree.String:
		at.Start, at.End = m.t.ContentSpan(n)
	case tree.Ident:
		if value := constantOf(m.t, n); value != tree.None {
			at.Start, at.End = m.t.ContentSpan(value)
		}
	}
	return m.bind(slot, Bound{Node: tree.None, Last: tree.None, Span: at})
}
