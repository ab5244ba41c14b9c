package pattern

import "github.com/qodacode/qodacode/analyzers/sast/tree"

// roles is a set of roles.
type roles uint64

func rolesOf(list ...tree.Role) (r roles) {
	for _, role := range list {
		r |= 1 << role
	}
	return r
}

// unsaid are the parts that code may have without the pattern having them.
var unsaid = [...]roles{
	tree.Func:   rolesOf(tree.Returns, tree.DecoratorOf),
	tree.Class:  rolesOf(tree.Base, tree.DecoratorOf),
	tree.Lambda: rolesOf(tree.Returns, tree.Name),
	tree.Assign: rolesOf(tree.TypeOf),
	tree.If:     rolesOf(tree.Else),
	tree.For:    rolesOf(tree.Else),
	tree.While:  rolesOf(tree.Else),
	tree.Param:  rolesOf(tree.TypeOf, tree.Default, tree.DecoratorOf),
	tree.Raise:  rolesOf(tree.Cause),
	tree.Try:    rolesOf(tree.Handler),
	tree.With:   0, tree.WithItem: rolesOf(tree.Target),
	tree.Import:     rolesOf(tree.Name),
	tree.ImportName: rolesOf(tree.Alias),
	tree.AnyStmts:   0,
}

// strict are the flags that code must have just as the pattern, and those that it must have
// when the pattern has them.
var strict, wanted = func() (strict, wanted [len(unsaid)]tree.Flags) {
	for k := range wanted {
		wanted[k] = tree.Async
	}
	strict[tree.Param] = tree.Star | tree.DoubleStar
	strict[tree.Yield] = tree.Star
	strict[tree.While] = tree.DoWhile
	wanted[tree.Func] |= tree.Generator
	wanted[tree.Lambda] |= tree.Generator
	return
}()

// byOp are the kinds whose operator must be the pattern's.
var byOp = [len(unsaid)]bool{tree.Binary: true, tree.Unary: true, tree.Augment: true, tree.Update: true, tree.Comp: true}

// structure matches nodes of one kind by their parts.
func (m *matcher) structure(x goal) (int32, bool, bool) {
	p, n, t := x.p, x.n, m.t
	node := &t.Nodes[n]
	if byOp[p.kind] && p.op != node.Op || (p.flags^node.Flags)&strict[p.kind] != 0 || p.flags&^node.Flags&wanted[p.kind] != 0 {
		return fail()
	}
	switch p.kind {
	case tree.Dict, tree.Set:
		return m.unordered(x)
	case tree.Index:
		if args := p.of(tree.Arg); len(args) == 1 && args[0].kind == tree.Meta {
			return m.index(x, args[0])
		}
	case tree.Except:
		if e := p.child(tree.TypeOf); e != nil && e.kind == tree.Ellipsis {
			return m.part(x, p.child(tree.Body), tree.Body)
		}
		if e, only := p.child(tree.TypeOf), t.Child(n, tree.TypeOf); e != nil && e.kind == tree.Tuple && only != tree.None && t.Kind(only) != tree.Tuple {
			return m.oneException(x, e, only)
		}
	}
	var has roles
	for c := n + 1; c < node.Next; c = t.Nodes[c].Next {
		has |= 1 << t.Nodes[c].Role
	}
	if len(p.kids) == 0 && node.Next == n+1 {
		if t.Text(n) != p.text {
			return fail()
		}
		return then(x.next)
	}
	if has&^p.roles&^unsaid[p.kind] != 0 {
		return fail()
	}
	return m.parts(x)
}

// parts pushes a goal for each part of a pattern; the first one is met first.
func (m *matcher) parts(x goal) (int32, bool, bool) {
	next := x.next
	kids := x.p.kids
	for end := len(kids); end > 0; {
		role := kids[end-1].role
		start := end - 1
		for start > 0 && kids[start-1].role == role {
			start--
		}
		if start == end-1 && !isList(x.p.kind, role) {
			c := m.t.Child(x.n, role)
			switch {
			case c != tree.None:
				if !m.may(kids[start], c) {
					return fail()
				}
				next = m.push(goal{kind: one, p: kids[start], n: c, next: next})
			case kids[start].kind != tree.Ellipsis:
				return fail()
			}
		} else {
			g := m.siblings(kids[start:end], x.n, role, next)
			g.open = role == tree.Base || x.p.kind == tree.Switch
			if role == tree.DecoratorOf || m.script && role == tree.Base || role == tree.Handler || x.p.kind == tree.Global || role == tree.Attribute {
				g.kind = subset
			}
			if role == tree.Item {
				g.kind, g.open = items, true
			}
			next = m.push(g)
		}
		end = start
	}
	return then(next)
}

// isList reports whether a kind has any number of parts of a role.
func isList(k tree.Kind, role tree.Role) bool {
	switch role {
	case tree.Elem, tree.Arg, tree.ParamOf, tree.Base, tree.DecoratorOf, tree.Handler, tree.Item, tree.Part, tree.Attribute, tree.Init:
		return true
	case tree.Test:
		return k == tree.Case || k == tree.CompFor
	}
	return false
}

// part goes on with one part of x.
func (m *matcher) part(x goal, p *node, role tree.Role) (int32, bool, bool) {
	return then(m.push(goal{kind: one, p: p, n: m.t.Child(x.n, role), next: x.next}))
}

// block matches the statements of a body; those of a class in any order.
func (m *matcher) block(x goal) (int32, bool, bool) {
	p, n := x.p, x.n
	if len(p.kids) == 1 && p.kids[0].kind == tree.AnyStmts && p.kids[0].slot < 0 {
		return then(x.next)
	}
	limit := m.t.Nodes[n].Next
	if len(p.kids) == 1 && p.kids[0].kind == tree.ExprStmt && p.kids[0].kids[0].kind == tree.Meta && n+1 < limit {
		if last := m.lastStatement(n+1, limit); last != n+1 { // $S is the whole body
			if !m.bindRun(p.kids[0].kids[0].slot, n+1, last, tree.None) {
				return fail()
			}
			return then(x.next)
		}
	}
	if m.t.Kind(m.t.Parent(n)) == tree.Class {
		return then(m.push(goal{kind: subset, ps: p.kids, n: m.t.Child(n, tree.Elem), role: tree.Elem, next: x.next}))
	}
	g := goal{kind: stmts, ps: p.kids, n: n + 1, limit: limit, last: n, open: p.ellipsis, next: x.next}
	if !p.ellipsis {
		return then(m.push(g))
	}
	return tried(m.sequence(g, true))
}

// branch matches the block of an else with the if of an elif.
func (m *matcher) branch(x goal) (int32, bool, bool) {
	return then(m.push(goal{kind: stmts, ps: x.p.kids, n: x.n, limit: m.t.Nodes[x.n].Next, last: x.n, open: x.p.ellipsis, next: x.next}))
}

// unordered matches the elements of a dictionary or set in any order: all of them, unless there is an ellipsis.
func (m *matcher) unordered(x goal) (int32, bool, bool) {
	p, n := x.p, x.n
	wanted, open := 0, false
	for _, k := range p.kids {
		if k.isEllipsis() {
			open = true
		} else {
			wanted++
		}
	}
	count := 0
	for c := range m.t.Children(n) {
		if m.t.Kind(c) == tree.KwSpread && wanted > 0 && open && !m.script {
			return fail() // {**x, "a": 1} is not only what it says
		}
		count++
	}
	if count < wanted || count > wanted && !open {
		return fail()
	}
	return then(m.push(goal{kind: subset, ps: p.kids, n: m.t.Child(n, tree.Elem), role: tree.Elem, next: x.next}))
}

// index matches a[$X] with a[1, 2] too.
func (m *matcher) index(x goal, meta *node) (int32, bool, bool) {
	first := m.t.Child(x.n, tree.Arg)
	if first == tree.None {
		return fail()
	}
	last := first
	for c := m.after(last, tree.Arg); c != tree.None; c = m.after(c, tree.Arg) {
		last = c
	}
	switch {
	case first == last && (!m.metaMatches(meta, first) || !m.bindNode(meta.slot, first)):
		return fail()
	case first != last && meta.slot >= 0 && !m.bindRun(meta.slot, first, last, tree.None):
		return fail()
	}
	return m.part(x, x.p.child(tree.Object), tree.Object)
}

// plainFormat matches the pattern of an f-string with one that has no slots.
func (m *matcher) plainFormat(x goal) (int32, bool, bool) {
	kids := x.p.kids
	if len(kids) == 1 && (kids[0].isEllipsis() || kids[0].kind == tree.StringPart && m.literal(kids[0], x.n)) {
		return then(x.next)
	}
	for _, k := range kids {
		if !k.isEllipsis() {
			return fail()
		}
	}
	return then(x.next)
}

// oneException matches except (..., E, ...) with a clause of one exception.
func (m *matcher) oneException(x goal, p *node, n tree.ID) (int32, bool, bool) {
	var named *node
	for _, k := range p.kids {
		if !k.isEllipsis() {
			if named != nil {
				return fail()
			}
			named = k
		}
	}
	if named == nil || (x.p.child(tree.Name) == nil) != (m.t.Child(x.n, tree.Name) == tree.None) {
		return fail()
	}
	next := m.push(goal{kind: one, p: x.p.child(tree.Body), n: m.t.Child(x.n, tree.Body), next: x.next})
	if name := x.p.child(tree.Name); name != nil {
		next = m.push(goal{kind: one, p: name, n: m.t.Child(x.n, tree.Name), next: next})
	}
	return then(m.push(goal{kind: one, p: named, n: n, next: next}))
}
