package taint

import (
	"math"
	"slices"
	"strconv"

	"github.com/qodacode/qodacode/analyzers/sast/tree"
)

// list is a list, tuple or set as it is written.
func (in *interp) list(n tree.ID) *value {
	u := in.unit
	var elems []*value
	exact := true
	var rest *value
	for e := range u.tree.Children(n) {
		if u.tree.Kind(e) == tree.Spread {
			v := in.eval(u.kid(e, tree.Value))
			if c := in.cell(v); c != nil && c.kind == listCell && c.exact && exact {
				elems = append(elems, c.elems...)
				continue
			}
			exact = false
			rest = in.either(rest, in.iterate(v))
			continue
		}
		v := in.eval(e)
		if exact && len(elems) < mostElems {
			elems = append(elems, v)
		} else {
			exact = false
			rest = in.either(rest, v)
		}
	}
	if in.st == nil {
		return nil
	}
	if !exact { // where elements stand is not known behind a spread
		for _, e := range elems {
			rest = in.either(rest, e)
		}
		elems = nil
	}
	id, c := in.alloc(listCell)
	c.elems, c.exact, c.rest = elems, exact, rest
	return &value{cell: id}
}

// dict is a dictionary or object as it is written.
func (in *interp) dict(n tree.ID) *value {
	u := in.unit
	if in.st == nil {
		return nil
	}
	id, _ := in.alloc(dictCell)
	out := &value{cell: id}
	var methods []*value
	for e := range u.tree.Children(n) {
		switch u.tree.Kind(e) {
		case tree.Pair:
			key := u.kid(e, tree.Key)
			var k *value
			if !u.python && key >= 0 && u.tree.Kind(key) == tree.Ident && !u.tree.Is(key, tree.Computed) {
				k = strValue(u.tree.Text(key))
			} else {
				k = in.eval(key)
			}
			v := in.eval(u.kid(e, tree.Value))
			if f := u.flags[e]; f != 0 && in.st != nil {
				v = in.applyTarget(e, f, v)
			}
			if in.st == nil {
				return nil
			}
			in.putElement(out, k, v)
			if len(k.taint()) > 0 && k.konst() == unknown {
				if c := in.own(id); c != nil {
					c.rest = c.rest.or(tainted(k.marks))
				}
			}
		case tree.Func:
			v := in.closure(e)
			if name := u.kid(e, tree.Name); name >= 0 {
				v = bind(v, out)
				methods = append(methods, v)
				in.putElement(out, strValue(u.tree.Text(name)), v)
			}
		case tree.Spread, tree.KwSpread:
			in.update(out, in.eval(u.kid(e, tree.Value)))
		default:
			in.eval(e)
		}
		if in.st == nil {
			return nil
		}
	}
	return out
}

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

// slice is a[b:c].
func (in *interp) slice(o *value, n tree.ID) *value {
	u := in.unit
	low, high, step := u.kid(n, tree.Low), u.kid(n, tree.High), u.kid(n, tree.Step)
	var l, h *value
	if low >= 0 {
		l = in.eval(low)
	}
	if high >= 0 {
		h = in.eval(high)
	}
	if step >= 0 {
		in.eval(step)
	}
	return in.sliced(o, l, h, low >= 0, high >= 0, step >= 0)
}

func (in *interp) sliced(o, l, h *value, hasLow, hasHigh, hasStep bool) *value {
	if o == nil || in.st == nil {
		return nil
	}
	c := in.cell(o)
	n := 0
	switch {
	case o.kind == str:
		n = len(o.str)
	case hasHigh && h.konst() == number && h.num == 0 && !hasLow:
		return emptyValue
	case c != nil && c.kind == listCell && c.exact:
		n = len(c.elems)
	case c != nil && c.kind == listCell:
		id, fresh := in.alloc(listCell)
		fresh.exact, fresh.rest = false, in.valuesOf(o)
		return &value{cell: id, marks: o.marks}
	default:
		return tainted(in.deep(o))
	}
	from, to, ok := bounds(l, h, hasLow, hasHigh, n)
	if !ok || hasStep {
		if o.kind == str {
			return tainted(o.marks)
		}
		id, fresh := in.alloc(listCell)
		fresh.exact, fresh.rest = false, in.valuesOf(o)
		return &value{cell: id, marks: o.marks}
	}
	if o.kind == str {
		return strValue(o.str[from:to]).with(o.marks)
	}
	id, fresh := in.alloc(listCell)
	fresh.elems = slices.Clone(c.elems[from:to])
	return &value{cell: id, marks: o.marks}
}

// bounds are the limits of a slice of n elements.
func bounds(l, h *value, hasLow, hasHigh bool, n int) (from, to int, ok bool) {
	one := func(v *value, given bool, otherwise int) (int, bool) {
		if !given || v.konst() == null {
			return otherwise, true
		}
		if v.konst() != number || math.Abs(v.num) > 1<<30 {
			return 0, false
		}
		i := int(v.num)
		if i < 0 {
			i += n
		}
		return min(max(i, 0), n), true
	}
	from, ok = one(l, hasLow, 0)
	if !ok {
		return 0, 0, false
	}
	to, ok = one(h, hasHigh, n)
	return from, max(from, to), ok
}

// comprehension runs a comprehension in a frame of its own.
func (in *interp) comprehension(n tree.ID) *value {
	u := in.unit
	if in.st == nil {
		return nil
	}
	was := in.frame
	id, frame := in.alloc(frameCell)
	frame.up = was
	var fors []tree.ID
	elem := tree.None
	for c := range u.tree.Children(n) {
		if u.tree.Kind(c) == tree.CompFor {
			fors = append(fors, c)
		} else if elem == tree.None {
			elem = c
		}
	}
	if len(fors) == 0 || elem < 0 {
		return nil
	}
	isDict := u.tree.Kind(elem) == tree.Pair
	var result *value
	if isDict {
		d, c := in.alloc(dictCell)
		c.exact = false
		result = &value{cell: d}
	} else {
		l, _ := in.alloc(listCell)
		result = &value{cell: l}
	}
	emit := func(exact bool) {
		if isDict {
			k := in.eval(u.kid(elem, tree.Key))
			v := in.eval(u.kid(elem, tree.Value))
			if in.st != nil {
				in.putElement(result, k, v)
			}
			return
		}
		v := in.eval(elem)
		if in.st == nil {
			return
		}
		if exact {
			in.push(result, v)
		} else if c := in.own(result.cell); c != nil {
			in.loosen(c)
			c.rest = in.either(c.rest, v)
		}
	}
	before := in.st.fork()
	first := in.eval(u.kid(fors[0], tree.Iter))
	in.frame = id
	if c := in.cell(first); c != nil && c.kind == listCell && c.exact && len(c.elems) <= 8 && len(fors) == 1 && u.kid(fors[0], tree.Test) < 0 {
		for _, e := range slices.Clone(c.elems) {
			in.assign(u.kid(fors[0], tree.Target), e, tree.OpConst)
			emit(true)
		}
		in.frame = was
		return result
	}
	for i, f := range fors {
		iter := first
		if i > 0 {
			iter = in.eval(u.kid(f, tree.Iter))
		}
		e := in.iterate(iter)
		in.assign(u.kid(f, tree.Target), e, tree.OpConst)
		for t := range u.tree.Children(f) {
			if u.tree.Nodes[t].Role == tree.Test && in.st != nil {
				if in.test(t) == no {
					in.st = nil
				} else {
					in.refine(t, true)
				}
			}
		}
	}
	emit(false)
	in.frame = was
	if in.st == nil { // nothing came through the tests
		in.st = before
		return nil
	}
	return result
}
