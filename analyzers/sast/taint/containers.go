package taint

import (
	"math"
	"strconv"

	"github.com/qodacode/qodacode/analyzers/sast/tree"
)

// keyOf is the number of a constant key; false for one that is not known.
func (in *interp) keyOf(k *value) (int32, bool) {
	switch k.konst() {
	case str:
		return in.intern(k.str), true
	case number:
		return in.intern("#" + strconv.FormatFloat(k.num, 'g', -1, 64)), true
	case boolean:
		return in.intern("#" + strconv.FormatFloat(k.num, 'g', -1, 64)), true
	}
	return 0, false
}

// index is a[b].
func (in *interp) index(n tree.ID) *value {
	u := in.unit
	object := in.eval(u.kid(n, tree.Object))
	arg := u.kid(n, tree.Arg)
	if arg < 0 || in.st == nil {
		return object
	}
	if u.tree.Kind(arg) == tree.Slice {
		return in.slice(object, arg)
	}
	k := in.eval(arg)
	if u.tree.Nodes[n].Role != tree.Target {
		if in.mayMiss(object, k); in.st == nil {
			return nil
		}
	}
	v := in.element(object, k)
	// A constant table gives constants, whatever it is asked for.
	if len(k.taint()) > 0 && k.konst() == unknown && !in.closed(object) {
		v = v.with(union(v.taint(), without(k.marks, in.noIndexes)))
	}
	return v
}

// closed reports whether all that a container can give is known.
func (in *interp) closed(v *value) bool {
	if v.konst() == str {
		return true
	}
	c := in.cell(v)
	return c != nil && c.exact && (c.kind == listCell || c.kind == dictCell)
}

// element is what stands in a container at a key.
func (in *interp) element(o, k *value) *value {
	if o == nil {
		return nil
	}
	c := in.cell(o)
	if c == nil {
		if o.kind == str && k.konst() == number {
			if i := at(k.num, len(o.str)); i >= 0 {
				return strValue(o.str[i : i+1])
			}
		}
		if o.ext != nil {
			return in.reach(o, extElement, 0).with(o.marks)
		}
		return tainted(o.marks)
	}
	base := tainted(o.marks)
	switch c.kind {
	case listCell:
		if k.konst() == number && (c.exact || k.num >= 0) {
			if i := at(k.num, len(c.elems)); i >= 0 {
				return c.elems[i]
			}
			if c.exact {
				return nil
			}
			return in.either(base, c.rest)
		}
		return in.either(base, in.iterate(o))
	case objectCell:
		if c.class != nil && len(c.class.fields) > 0 && k.konst() == number {
			if i := at(k.num, len(c.class.fields)); i >= 0 {
				v, _ := c.field(c.class.fields[i])
				return v
			}
		}
		if c.class != nil {
			if m, ok := in.classMember(c.class, in.intern("__getitem__"), 0); ok && m != nil && m.fn != nil {
				return in.invoke(bind(m, o).fn, []arg{{v: k, node: tree.None}}, tree.None)
			}
		}
	}
	if key, ok := in.keyOf(k); ok {
		if v, ok := c.field(key); ok {
			return v
		}
		if c.exact {
			return nil
		}
		return in.either(base, c.rest)
	}
	return in.either(base, in.valuesOf(o))
}

// at is where a number points to in n places; -1 for nowhere.
func at(num float64, n int) int {
	if num != math.Trunc(num) || math.Abs(num) > 1<<30 {
		return -1
	}
	i := int(num)
	if i < 0 {
		i += n
	}
	if i < 0 || i >= n {
		return -1
	}
	return i
}

// valuesOf is what any place of a container may hold.
func (in *interp) valuesOf(o *value) *value {
	c := in.cell(o)
	if c == nil {
		return tainted(o.taint())
	}
	out := c.rest
	first := c.rest == nil
	for _, e := range c.elems {
		if first {
			out, first = e, false
			continue
		}
		out = in.either(out, e)
	}
	for _, f := range c.fields {
		if first {
			out, first = f.v, false
			continue
		}
		out = in.either(out, f.v)
	}
	if len(o.marks) > 0 {
		out = out.with(union(out.taint(), o.marks))
	}
	return out
}

// iterate is what a loop over a value gives.
func (in *interp) iterate(o *value) *value {
	c := in.cell(o)
	if c == nil {
		return tainted(o.taint())
	}
	switch c.kind {
	case listCell:
		return in.valuesOf(o)
	case dictCell, configCell:
		if in.unit.python {
			return in.keys(o)
		}
		return in.valuesOf(o)
	}
	if c.class != nil {
		if m, ok := in.classMember(c.class, in.intern("__iter__"), 0); ok && m != nil && m.fn != nil {
			made := in.invoke(bind(m, o).fn, nil, tree.None)
			if mc := in.cell(made); mc != nil && mc.kind == listCell {
				return in.valuesOf(made)
			}
		}
	}
	return tainted(in.deep(o))
}

// keys is what the keys of a container may be.
func (in *interp) keys(o *value) *value {
	c := in.cell(o)
	if c == nil {
		return tainted(o.taint())
	}
	if c.kind == listCell {
		return tainted(o.marks)
	}
	if c.exact {
		return tainted(o.marks)
	}
	return tainted(union(o.marks, c.rest.taint()))
}
