package taint

import (
	"slices"

	"github.com/qodacode/qodacode/analyzers/sast/tree"
)

// putElement sets o[k] = v.
func (in *interp) putElement(o, k, v *value) {
	if o == nil || o.cell == 0 || in.st == nil {
		return
	}
	c := in.own(o.cell)
	if c == nil {
		return
	}
	if c.kind == objectCell && c.class != nil {
		if m, ok := in.classMember(c.class, in.intern("__setitem__"), 0); ok && m != nil && m.fn != nil {
			in.invoke(bind(m, o).fn, []arg{{v: k, node: tree.None}, {v: v, node: tree.None}}, tree.None)
			return
		}
	}
	if c.kind == listCell {
		if k.konst() == number {
			if i := at(k.num, len(c.elems)); i >= 0 && (c.exact || k.num >= 0) {
				c.elems[i] = v
				return
			}
			if c.exact && !in.unit.python && k.num == float64(len(c.elems)) {
				in.push(o, v)
				return
			}
		}
		for i := range c.elems {
			c.elems[i] = in.either(c.elems[i], v)
		}
		if !c.exact || !in.unit.python {
			c.exact = c.exact && in.unit.python
			c.rest = in.either(c.rest, v)
		}
		return
	}
	if key, ok := in.keyOf(k); ok {
		c.put(key, v)
		return
	}
	c.exact = false
	for i := range c.fields {
		if len(v.taint()) > 0 || v.cellOf(nil) != 0 {
			joined := in.either(c.fields[i].v, v)
			c = in.own(o.cell)
			c.fields[i].v = joined
		}
	}
	c.rest = in.either(c.rest, v)
	if len(k.taint()) > 0 {
		c.rest = c.rest.or(tainted(k.marks))
	}
}

// push appends v.
func (in *interp) push(o, v *value) {
	c := in.own(o.cell)
	if c == nil {
		return
	}
	if c.exact && len(c.elems) < mostElems {
		c.elems = append(c.elems, v)
		return
	}
	c.exact = false
	c.rest = in.either(c.rest, v)
}

// extend appends all of v.
func (in *interp) extend(o, v *value) {
	c := in.own(o.cell)
	if c == nil {
		return
	}
	if from := in.cell(v); from != nil && from.kind == listCell && from.exact && c.exact && len(c.elems)+len(from.elems) <= mostElems {
		c.elems = append(c.elems, from.elems...)
		return
	}
	in.loosen(c)
	c.rest = in.either(c.rest, in.iterate(v))
}

// loosen forgets where the elements of a list stand.
func (in *interp) loosen(c *cell) {
	c.exact = false
	first := c.rest == nil
	for _, e := range c.elems {
		if first {
			c.rest, first = e, false
			continue
		}
		c.rest = in.either(c.rest, e)
	}
	c.elems = nil
}

// update puts all of v into a dictionary.
func (in *interp) update(o, v *value) {
	if o == nil || o.cell == 0 {
		return
	}
	from := in.cell(v)
	c := in.own(o.cell)
	if c == nil {
		return
	}
	if from != nil && from.kind != listCell {
		for _, f := range slices.Clone(from.fields) {
			c.put(f.key, f.v)
		}
		if from.exact && len(v.marks) == 0 {
			return
		}
		c.exact = false
		c.rest = in.either(c.rest, in.either(from.rest, tainted(v.marks)))
		return
	}
	c.exact = false
	if marks := in.deep(v); len(marks) > 0 {
		// It may hold any of the keys.
		for i := range c.fields {
			c.fields[i].v = c.fields[i].v.or(tainted(marks))
		}
		c.rest = c.rest.or(tainted(marks))
	}
}

// remove takes out the element at a key, and is what stood there.
func (in *interp) remove(o, k *value) *value {
	v := in.element(o, k)
	if o == nil || o.cell == 0 {
		return v
	}
	c := in.own(o.cell)
	if c == nil {
		return v
	}
	if c.kind == listCell {
		if k.konst() == number && c.exact {
			if i := at(k.num, len(c.elems)); i >= 0 {
				c.elems = slices.Delete(slices.Clone(c.elems), i, i+1)
				return v
			}
		}
		in.loosen(c)
		return v
	}
	if key, ok := in.keyOf(k); ok {
		c.drop(key)
	}
	return v
}
