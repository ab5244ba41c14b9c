package taint

import "github.com/qodacode/qodacode/analyzers/sast/tree"

// mayRaise lets the handlers around see the state.
func (in *interp) mayRaise() {
	if len(in.tries) == 0 || in.st == nil {
		return
	}
	t := in.tries[len(in.tries)-1]
	if t.seen == nil {
		t.seen = in.st.fork()
		return
	}
	in.st.share()
	t.seen = in.join(t.seen, in.st)
}

func (in *interp) try(n tree.ID) {
	u := in.unit
	t := &attempt{act: in.act, seen: in.st.fork()}
	in.tries = append(in.tries, t)
	body := u.kid(n, tree.Body)
	t.risky = !u.python || !in.calm(body)
	in.exec(body)
	in.tries = in.tries[:len(in.tries)-1]
	in.exec(u.kid(n, tree.Else))
	out := in.st
	for h := range u.tree.Children(n) {
		if u.tree.Kind(h) != tree.Except || !t.risky {
			continue
		}
		in.st = t.seen.fork()
		if name := u.kid(h, tree.Name); name >= 0 {
			how := tree.OpAssign
			if !u.python {
				how = tree.OpConst
			}
			in.assign(name, tainted(t.raised), how)
		}
		in.exec(u.kid(h, tree.Body))
		out = in.join(out, in.st)
	}
	in.st = out
	finally := u.kid(n, tree.Finally)
	if finally < 0 {
		return
	}
	if in.st == nil {
		in.st = t.seen
		in.exec(finally)
		in.st = nil
		return
	}
	in.exec(finally)
}

// calm reports whether nothing in a block can raise, but a look into a container for what it
// does not have.
func (in *interp) calm(n tree.ID) bool {
	nodes := in.unit.tree.Nodes
	if n < 0 {
		return true
	}
	for i := n; i < nodes[n].Next; i++ {
		switch nodes[i].Kind {
		case tree.Block, tree.ExprStmt, tree.Assign, tree.Ident, tree.String, tree.Number, tree.Bool, tree.Null, tree.Index, tree.List, tree.Tuple, tree.Dict, tree.Pair, tree.Pass:
		default:
			return false
		}
	}
	return true
}

// mayMiss notes a look into a container: for what is there, for what is not, or it can't be told.
func (in *interp) mayMiss(o, k *value) {
	if len(in.tries) == 0 || in.st == nil {
		return
	}
	t := in.tries[len(in.tries)-1]
	c := in.cell(o)
	if c == nil || k.konst() == unknown || !c.exact || c.kind != dictCell && c.kind != listCell {
		t.risky = true
		return
	}
	found := false
	if c.kind == listCell {
		found = k.kind == number && at(k.num, len(c.elems)) >= 0
	} else if key, ok := in.keyOf(k); ok {
		_, found = c.field(key)
	}
	if found {
		return
	}
	t.risky = true
	if in.unit.python { // KeyError, IndexError
		in.mayRaise()
		in.st = nil
	}
}

func (in *interp) with(n tree.ID) {
	u := in.unit
	for item := range u.tree.Children(n) {
		if u.tree.Kind(item) != tree.WithItem {
			continue
		}
		v := in.eval(u.kid(item, tree.Value))
		if target := u.kid(item, tree.Target); target >= 0 {
			in.assign(target, in.entered(v, item), tree.OpAssign)
		}
	}
	in.exec(u.kid(n, tree.Body))
}

// entered is what with … as gives: what __enter__ returns, or the value itself.
func (in *interp) entered(v *value, at tree.ID) *value {
	c := in.cell(v)
	if c == nil || c.class == nil {
		return v
	}
	for _, name := range []string{"__enter__", "__aenter__"} {
		if m, ok := in.classMember(c.class, in.intern(name), 0); ok && m != nil && m.fn != nil {
			return in.invoke(bind(m, v).fn, nil, at)
		}
	}
	return v
}
