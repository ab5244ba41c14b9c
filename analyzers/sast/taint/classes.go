package taint

import "github.com/qodacode/qodacode/analyzers/sast/tree"

// methods runs the methods of a class that nobody has called: the constructor first, then the
// others on what it made. What one method stores in self another may find there.
func (in *interp) methods(fn *callee) {
	cls := in.get(fn.frame)
	if cls == nil || fn.node == tree.None || fn.use.calls > 0 {
		return
	}
	fn.use.calls++ // a class may have itself as an attribute
	id, c := in.alloc(objectCell)
	c.class = fn
	self := &value{cell: id}
	init := in.known.init
	if !fn.unit.python {
		init = in.known.constructor
	}
	if v, ok := cls.field(init); ok && v != nil && v.fn != nil && v.fn.kind == function {
		v.fn.use.calls++
		in.body(bind(v, self).fn, nil, tree.None)
		if in.st == nil {
			return
		}
	}
	for round := 0; round < 2 && in.st != nil; round++ {
		before := in.get(id)
		stripped := false
		for _, f := range append([]field(nil), cls.fields...) {
			if f.v == nil || f.v.fn == nil || f.v.fn.kind != function || f.key == init || f.v.fn.unit != in.unit {
				continue
			}
			m := f.v.fn
			if !in.unit.matters(in, m.node) || !in.unit.gives(in, m.node) && len(in.deep(self)) == 0 && !in.taintedAround(m) {
				continue
			}
			if !stripped {
				in.stripConstants(id)
				stripped = true
			}
			bound := bind(f.v, self).fn
			switch in.unit.bindingOf(m.node) {
			case "staticmethod":
				bound = m
			case "classmethod":
				bound = bind(f.v, &value{fn: fn}).fn
			}
			m.use.calls++
			in.alone(id, func() { in.body(bound, nil, tree.None) })
		}
		after := in.get(id)
		if before == nil || after == nil || !taints(in, before, after) {
			break
		}
	}
	for _, f := range append([]field(nil), cls.fields...) {
		if f.v != nil && f.v.fn != nil && f.v.fn.kind == class && in.st != nil && f.v.fn.use.calls == 0 {
			in.methods(f.v.fn)
		}
	}
}

// taints reports whether an instance carries taint that it did not carry before.
func taints(in *interp, before, after *cell) bool {
	had := map[int32]uint64{}
	for _, f := range before.fields {
		had[f.key] = bitsOf(in.deep(f.v))
	}
	for _, f := range after.fields {
		if bitsOf(in.deep(f.v))&^had[f.key] != 0 {
			return true
		}
	}
	return false
}

// stripConstants forgets the constants of an instance: its methods run in any order.
func (in *interp) stripConstants(id cellID) {
	c := in.own(id)
	if c == nil {
		return
	}
	for i, f := range c.fields {
		if f.v.konst() != unknown {
			c.fields[i].v = tainted(f.v.marks)
		}
	}
}

// bindingOf is the decorator that says what a method is bound to, or "".
func (u *unit) bindingOf(n tree.ID) string {
	if u.tree.Is(n, tree.Static) {
		return "staticmethod"
	}
	switch d := u.decorator(n); d {
	case "staticmethod", "classmethod":
		return d
	}
	return ""
}
