package pattern

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/sast/tree"
	"github.com/qodacode/qodacode/parser"
)

// prepare computes what Find and the index of rules ask for.
func (p *Pattern) prepare() {
	for i := range p.slots {
		p.sorted = append(p.sorted, i)
	}
	slices.SortFunc(p.sorted, func(a, b int) int { return strings.Compare(p.slots[a], p.slots[b]) })
	for _, n := range p.nodes {
		n.prepare()
	}
	seen := map[string]bool{}
	for _, n := range p.nodes {
		n.names(func(name string) {
			if !seen[name] {
				seen[name] = true
				p.Words = append(p.Words, []string{name})
			}
		})
	}
	if p.root == statements || p.root == statement {
		p.list = p.nodes
		p.ellipsis = hasEllipsis(p.nodes)
	}
	p.need = neededBy(p)
	for _, n := range p.nodes {
		p.nodeNeeds(n)
	}
	p.head = headOf(p.nodes[0])
}

// prepare computes what matching asks for again and again.
func (p *node) prepare() {
	p.roles = 0
	if p.kind > tree.Block {
		p.slots = p.metas(nil)
	}
	for _, k := range p.kids {
		p.roles |= 1 << k.role
		k.prepare()
	}
	if v := p.child(tree.Value); p.kind == tree.Assign && v != nil && v.kind == tree.Assign {
		v.inner = true
	}
	if p.kind == tree.Binary {
		p.operands = p.operandsOf(p.op)
	}
}

// headOf is the last name of what an expression calls, where it is known.
func headOf(n *node) string {
	if n.kind != tree.Call {
		return ""
	}
	callee := n.child(tree.Callee)
	if callee != nil && callee.kind == tree.Attr {
		callee = callee.child(tree.Name)
	}
	if callee == nil || callee.kind != tree.Ident {
		return ""
	}
	return callee.text
}

// Find yields all matches of p in t that lie within a node (0: everywhere), in order of their
// place, each place with each set of bindings once. It stops when yield returns false, and
// when steps, which it counts down, reaches 0.
func (p *Pattern) Find(t *tree.Tree, within tree.ID, opts *Options, steps *int, yield func(Match) bool) {
	m := &matcher{t: t, p: p, script: t.File.Language.IsScript(), opts: opts, steps: steps, bound: make([]Bound, len(p.slots)), set: make([]bool, len(p.slots))}
	end := tree.ID(len(t.Nodes))
	if within > 0 {
		end = t.Nodes[within].Next
	}
	need, source := p.need.in(t, opts), t.File.Text.String()
	if !holds(source, need.all) {
		return
	}
	if !opts.SymbolicPropagation && len(p.needs) > 0 {
		m.needs = make([][]string, len(p.needs))
		for i, names := range p.needs {
			m.needs[i] = written(t, names)
		}
	}
	var here []Match // what was found at the node at hand
	at := tree.None
	m.emit = func() bool {
		match := Match{Node: at, Span: t.Written(at), Vars: m.vars()}
		if m.end > 0 {
			match.Span.End = int(m.end)
		}
		if m.start > 0 {
			match.Span.Start = int(m.start)
		}
		for i := range here {
			if here[i].Span == match.Span && sameVars(here[i].Vars, match.Vars) {
				return true
			}
		}
		here = append(here, match)
		return yield(match)
	}
	p.candidates(t, within, end, opts, func(n tree.ID) bool {
		node := &t.Nodes[n]
		if p.root == statements {
			if first := p.list[0]; first.kind != tree.AnyStmts && !m.may(first, n) || !holds(source[node.Start:node.End], need.first) || !holds(source[node.Start:t.Nodes[node.Parent].End], need.all) {
				return true
			}
		} else if len(need.all) > 0 && !holds(source[node.Start:node.End], need.all) {
			return true
		}
		at, here, m.root, m.start, m.end = n, here[:0], n, 0, 0
		m.goals, m.trail = m.goals[:0], m.trail[:0]
		clear(m.set)
		if p.ended && !inStatement(t, n) {
			return true
		}
		if p.root == statements {
			return m.run(n)
		}
		return m.try(goal{kind: one, p: p.nodes[0], n: n, next: done})
	})
}

func sameVars(a, b []Bound) bool {
	return slices.EqualFunc(a, b, func(x, y Bound) bool { return x.Name == y.Name && x.Span == y.Span && x.Node == y.Node })
}

// run matches a pattern of several statements with those from n on.
func (m *matcher) run(n tree.ID) bool {
	parent := m.t.Nodes[n].Parent
	if !m.script && n != parent+1 && m.t.Kind(m.t.Parent(parent)) == tree.Class {
		return true // Semgrep looks at the body of a class from its first statement on only
	}
	g := goal{kind: stmts, ps: m.p.list, n: n, limit: m.t.Nodes[parent].Next, last: n, open: true, top: true, next: done}
	return m.sequence(g, m.p.ellipsis)
}

// beginnings are the statements that may be the first ones of a match.
func (p *Pattern) beginnings(t *tree.Tree) []tree.ID {
	if !t.File.Language.IsScript() {
		switch k := p.list[0].kind; k {
		case tree.Import, tree.ImportFrom:
			return merge(t.OfKind(tree.Import), t.OfKind(tree.ImportFrom))
		case tree.Func, tree.Class:
			return t.OfKind(k)
		}
	}
	return t.Statements()
}

// candidates calls try with each node that p may match.
func (p *Pattern) candidates(t *tree.Tree, within, end tree.ID, opts *Options, try func(tree.ID) bool) {
	each := func(ids []tree.ID) bool {
		from, _ := slices.BinarySearch(ids, max(within, 0))
		for _, n := range ids[from:] {
			if n >= end {
				return true
			}
			if !try(n) {
				return false
			}
		}
		return true
	}
	if p.root == statements {
		each(p.beginnings(t))
		return
	}
	root := p.nodes[0]
	if t.File.Language.IsScript() {
		if also := scriptAlso(root); also != tree.Invalid {
			each(merge(t.OfKind(root.kind), t.OfKind(also)))
			return
		}
	}
	if p.root == part {
		each(t.OfKind(root.kind))
		return
	}
	switch k := root.kind; k {
	case tree.Call:
		if p.head != "" && p.head != "import" && !opts.SymbolicPropagation {
			each(p.callsTo(t))
			return
		}
		each(t.OfKind(k))
	case tree.Import, tree.ImportFrom:
		each(merge(t.OfKind(tree.Import), t.OfKind(tree.ImportFrom)))
	case tree.Ident, tree.Attr:
		if opts.SymbolicPropagation || len(t.File.Imports) > 0 || k == tree.Ident {
			each(expressions(t, merge(t.OfKind(tree.Ident), t.OfKind(tree.Attr))))
			return
		}
		each(expressions(t, t.OfKind(k)))
	case tree.String, tree.Number, tree.Bool, tree.Null, tree.Meta, tree.TypedMeta, tree.Ellipsis, tree.Deep, tree.MetaArgs:
		p.everywhere(t, within, end, try)
	case tree.List, tree.Dict:
		ids := t.OfKind(k)
		if t.File.Language == parser.Python || t.File.Language == parser.Notebook {
			ids = merge(ids, t.OfKind(tree.Comp))
			if k == tree.Dict {
				ids = merge(ids, t.OfKind(tree.Set))
			}
		}
		each(expressions(t, ids))
	case tree.Template:
		each(merge(t.OfKind(k), t.OfKind(tree.String)))
	default:
		if k.IsExpression() && opts.SymbolicPropagation {
			p.everywhere(t, within, end, try)
			return
		}
		if p.root == expression && k.IsExpression() {
			each(expressions(t, t.OfKind(k)))
			return
		}
		each(t.OfKind(k))
	}
}

// everywhere tries all expressions.
func (p *Pattern) everywhere(t *tree.Tree, within, end tree.ID, try func(tree.ID) bool) {
	parts := p.nodes[0].kind == tree.String
	for n := max(within, 0); n < end; n++ {
		if (t.IsExpression(n) || parts && t.Kind(n) == tree.StringPart) && !try(n) {
			return
		}
	}
}

// callsTo are the calls of what may have the name that p calls.
func (p *Pattern) callsTo(t *tree.Tree) []tree.ID {
	var out []tree.ID
	add := func(name string) {
		for c := range t.File.CallsNamed(name) {
			if id := t.At(c.Node); t.Kind(id) == tree.Call {
				out = append(out, id)
			}
		}
	}
	add(p.head)
	sorted := true
	for i := range t.File.Imports {
		imp := &t.File.Imports[i]
		if imp.Alias != "" && imp.Alias != p.head && (imp.Name == p.head || imp.Name == "" && strings.HasSuffix(imp.Module, p.head)) {
			add(imp.Alias)
			sorted = false
		}
	}
	if t.File.Language == parser.Python && (p.head == "print" || p.head == "exec") {
		return t.OfKind(tree.Call) // Python 2 has statements of these names
	}
	for _, d := range t.OfKind(tree.Decorator) { // @f is a call too
		if c := t.Child(d, tree.Value); t.Is(c, tree.Synthetic) {
			out = append(out, c)
			sorted = false
		}
	}
	if !sorted {
		slices.Sort(out)
		out = slices.Compact(out)
	}
	return out
}

func expressions(t *tree.Tree, ids []tree.ID) []tree.ID {
	out := make([]tree.ID, 0, len(ids))
	for _, n := range ids {
		if t.IsExpression(n) {
			out = append(out, n)
		}
	}
	return out
}

// merge joins two sorted lists.
func merge(a, b []tree.ID) []tree.ID {
	if len(a) == 0 {
		return b
	}
	if len(b) == 0 {
		return a
	}
	out := make([]tree.ID, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if a[0] < b[0] {
			out, a = append(out, a[0]), a[1:]
		} else {
			out, b = append(out, b[0]), b[1:]
		}
	}
	return append(append(out, a...), b...)
}
