package taint

import (
	"math"
	"slices"

	"github.com/qodacode/qodacode/analyzers/sast/tree"
)

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
