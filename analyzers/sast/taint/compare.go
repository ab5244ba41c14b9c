package taint

import (
	"strings"

	"github.com/qodacode/qodacode/analyzers/sast/tree"
)

func isComparison(op tree.Op) bool {
	switch op {
	case tree.OpEq, tree.OpNotEq, tree.OpPhysEq, tree.OpPhysNotEq, tree.OpLt, tree.OpLe, tree.OpGt, tree.OpGe, tree.OpIn, tree.OpNotIn, tree.OpIs, tree.OpIsNot, tree.OpInstanceof:
		return true
	}
	return false
}

func ofTri(t tri) *value {
	switch t {
	case yes:
		return trueValue
	case no:
		return falseValue
	}
	return nil
}

// truth is whether a constant counts as true.
func truth(v *value) tri {
	switch v.konst() {
	case null:
		return no
	case boolean, number:
		return triOf(v.num != 0)
	case str:
		return triOf(v.str != "")
	}
	if v != nil && v.fn != nil {
		return yes
	}
	return maybe
}

// truthOf is truth, also of containers.
func (in *interp) truthOf(v *value) tri {
	if c := in.cell(v); c != nil {
		switch {
		case !in.unit.python:
			return yes
		case c.kind == listCell && c.exact:
			return triOf(len(c.elems) > 0)
		case c.kind == dictCell && c.exact:
			return triOf(len(c.fields) > 0)
		}
		return maybe
	}
	return truth(v)
}

// equal tells whether two values are equal.
func (in *interp) equal(a, b *value) tri {
	x, y := a.konst(), b.konst()
	if x == unknown || y == unknown {
		return maybe
	}
	if x != y {
		if (x == boolean || x == number) && (y == boolean || y == number) {
			return triOf(a.num == b.num)
		}
		if in.unit.python {
			return no
		}
		return maybe
	}
	return triOf(a.str == b.str && a.num == b.num)
}

// compare is the truth of a comparison.
func (in *interp) compare(op tree.Op, a, b *value) tri {
	switch op {
	case tree.OpEq, tree.OpPhysEq, tree.OpIs:
		if op == tree.OpIs && (a.konst() == null) != (b.konst() == null) && a != nil && b != nil {
			if x := a; x.konst() == unknown && x.cell != 0 && len(x.marks) == 0 || b.konst() == unknown && b.cell != 0 && len(b.marks) == 0 {
				return no
			}
		}
		return in.equal(a, b)
	case tree.OpNotEq, tree.OpPhysNotEq, tree.OpIsNot:
		return in.equal(a, b).not()
	case tree.OpIn:
		return in.contains(b, a)
	case tree.OpNotIn:
		return in.contains(b, a).not()
	case tree.OpInstanceof:
		return maybe
	}
	x, y := a.konst(), b.konst()
	if (x == number || x == boolean) && (y == number || y == boolean) {
		return order(op, a.num-b.num)
	}
	if x == str && y == str {
		return order(op, float64(strings.Compare(a.str, b.str)))
	}
	return maybe
}

func order(op tree.Op, d float64) tri {
	switch op {
	case tree.OpLt:
		return triOf(d < 0)
	case tree.OpLe:
		return triOf(d <= 0)
	case tree.OpGt:
		return triOf(d > 0)
	case tree.OpGe:
		return triOf(d >= 0)
	}
	return maybe
}

// contains tells whether an element is in a container.
func (in *interp) contains(o, e *value) tri {
	if o.konst() == str && e.konst() == str {
		return triOf(strings.Contains(o.str, e.str))
	}
	c := in.cell(o)
	if c == nil || e.konst() == unknown {
		return maybe
	}
	switch c.kind {
	case listCell:
		out := triOf(false)
		if !c.exact {
			out = maybe
		}
		for _, v := range c.elems {
			switch in.equal(v, e) {
			case yes:
				return yes
			case maybe:
				out = maybe
			}
		}
		return out
	case dictCell, configCell:
		if key, ok := in.keyOf(e); ok {
			if _, ok := c.field(key); ok {
				return yes
			}
			if c.exact {
				return no
			}
		}
	}
	return maybe
}
