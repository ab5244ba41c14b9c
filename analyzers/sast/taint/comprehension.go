package taint

import (
	"slices"

	"github.com/qodacode/qodacode/analyzers/sast/tree"
)

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
