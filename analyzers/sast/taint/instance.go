package taint

import "github.com/qodacode/qodacode/analyzers/sast/tree"

// instance is a new object of a class.
func (in *interp) instance(fn *callee, args []arg, n tree.ID) *value {
	id, c := in.alloc(objectCell)
	c.class = fn
	self := &value{cell: id}
	init := in.known.init
	if !fn.unit.python {
		init = in.known.constructor
	} else if v, ok := in.classMember(fn, in.intern("__new__"), 0); ok && v != nil && v.fn != nil {
		made := in.invoke(bind(v, &value{fn: fn}).fn, args, n)
		if mc := in.cell(made); mc != nil && mc.class != nil {
			self = made
		}
	}
	if in.st == nil {
		return nil
	}
	if v, ok := in.classMember(fn, init, 0); ok && v != nil && v.fn != nil {
		in.invoke(bind(v, self).fn, args, n)
		return self
	}
	in.defaultInit(fn, self, args)
	return self
}

// defaultInit is the constructor of a class that writes none: of a data class, or of one whose
// base is not known.
func (in *interp) defaultInit(fn *callee, self *value, args []arg) {
	c := in.own(self.cell)
	if c == nil {
		return
	}
	fields := fn.fields
	u := fn.unit
	if fn.node == tree.None {
		c.exact = true
	} else if body := u.kid(fn.node, tree.Body); body >= 0 && u.python {
		for m := range u.tree.Children(body) {
			if m = u.assigns(m); u.tree.Kind(m) == tree.Assign && u.kid(m, tree.TypeOf) >= 0 {
				if t := u.kid(m, tree.Target); t >= 0 && u.tree.Kind(t) == tree.Ident {
					fields = append(fields, in.intern(u.tree.Text(t)))
				}
			}
		}
	}
	at := 0
	for i := range args {
		a := &args[i]
		switch {
		case a.name != 0:
			c.put(a.name, a.v)
		case a.star == 0 && at < len(fields):
			c.put(fields[at], a.v)
			at++
		default:
			c.rest = c.rest.or(tainted(in.deep(a.v)))
		}
	}
}
