package taint

import (
	"math"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/sast/tree"
)

// binary is the value of a binary operator.
func (in *interp) binary(n tree.ID) *value {
	u := in.unit
	op := u.tree.Nodes[n].Op
	left, right := u.kid(n, tree.Left), u.kid(n, tree.Right)
	switch op {
	case tree.OpAnd, tree.OpOr, tree.OpCoalesce:
		return in.logical(op, left, right)
	case tree.OpComma:
		in.eval(left)
		return in.eval(right)
	}
	a := in.eval(left)
	if isComparison(op) && u.tree.Kind(left) == tree.Binary && isComparison(u.tree.Nodes[left].Op) && u.python {
		// a < b < c: both must hold.
		first := truth(a)
		second := in.compare(op, in.quiet(u.kid(left, tree.Right)), in.eval(right))
		if first == no {
			return falseValue
		}
		if first == yes {
			return ofTri(second)
		}
		return nil
	}
	b := in.eval(right)
	if isComparison(op) {
		if t := in.compare(op, a, b); t != maybe || in.comparisons == 0 {
			return ofTri(t)
		}
		return tainted(without(union(in.deep(a), in.deep(b)), ^in.comparisons))
	}
	return in.operate(op, a, b)
}

// logical is and, or and ??.
func (in *interp) logical(op tree.Op, left, right tree.ID) *value {
	a := in.eval(left)
	if in.st == nil {
		return nil
	}
	t := in.truthOf(a)
	if op == tree.OpCoalesce {
		if a.konst() == null {
			return in.eval(right)
		}
		if a.konst() != unknown {
			return a
		}
		t = maybe
	}
	if op == tree.OpOr && t == yes || op == tree.OpAnd && t == no {
		return a
	}
	if t != maybe {
		return in.eval(right)
	}
	before := in.st.fork()
	in.refine(left, op == tree.OpAnd)
	b := in.eval(right)
	if in.st == nil {
		in.st = before
		return a
	}
	return in.merge(a, before, b, in.st)
}

// operate is arithmetic, and what strings and lists make of its operators.
func (in *interp) operate(op tree.Op, a, b *value) *value {
	if v := in.fold(op, a, b); v != nil {
		return v.with(union(a.taint(), b.taint()))
	}
	ca, cb := in.cell(a), in.cell(b)
	if op == tree.OpAdd && ca != nil && cb != nil && ca.kind == listCell && cb.kind == listCell {
		elems, rest, exact := slices.Clone(ca.elems), in.either(ca.rest, cb.rest), ca.exact && cb.exact
		id, c := in.alloc(listCell)
		c.exact, c.rest = exact, rest
		c.elems = append(elems, cb.elems...)
		if !exact {
			in.loosen(c)
		}
		return &value{cell: id, marks: union(a.marks, b.marks)}
	}
	if op == tree.OpBitOr && ca != nil && cb != nil && ca.kind == dictCell && cb.kind == dictCell {
		id, c := in.alloc(dictCell)
		c.fields, c.exact, c.rest = slices.Clone(ca.fields), ca.exact, ca.rest
		out := &value{cell: id, marks: a.marks}
		in.update(out, b)
		return out
	}
	if op == tree.OpMod && a.konst() == str {
		head, _, _ := strings.Cut(a.str, "%")
		return in.text(head, b, union(a.marks, in.deep(b)))
	}
	marks := union(in.deep(a), in.deep(b))
	if op == tree.OpAdd && len(marks) > 0 {
		if a.konst() == str {
			return in.text(a.str, b, marks)
		}
		out := tainted(marks)
		if a != nil {
			out.prefix = a.prefix
		}
		return out
	}
	return tainted(marks)
}

// fold is the value of an operator on constants, or nil.
func (in *interp) fold(op tree.Op, a, b *value) *value {
	if a.konst() == number && b.konst() == number {
		x, y := a.num, b.num
		switch op {
		case tree.OpAdd:
			return numValue(x + y)
		case tree.OpSub:
			return numValue(x - y)
		case tree.OpMul:
			return numValue(x * y)
		case tree.OpDiv:
			return numValue(x / y)
		case tree.OpFloorDiv:
			return numValue(math.Floor(x / y))
		case tree.OpMod:
			if y == 0 {
				return nil
			}
			if m := math.Mod(x, y); in.unit.python && m != 0 && (m < 0) != (y < 0) {
				return numValue(m + y)
			} else {
				return numValue(m)
			}
		case tree.OpPow:
			return numValue(math.Pow(x, y))
		case tree.OpBitAnd, tree.OpBitOr, tree.OpBitXor, tree.OpShl, tree.OpShr:
			return foldBits(op, x, y)
		}
		return nil
	}
	if op == tree.OpAdd && a.konst() == str && b.konst() == str {
		if len(a.str)+len(b.str) <= longest {
			return strValue(a.str + b.str)
		}
		return nil
	}
	if op == tree.OpAdd && !in.unit.python && (a.konst() == str || b.konst() == str) {
		x, okX := display(a)
		y, okY := display(b)
		if okX && okY && len(x)+len(y) <= longest {
			return strValue(x + y)
		}
	}
	if op == tree.OpMul && a.konst() == str && b.konst() == number && b.num >= 0 && b.num < 100 && in.unit.python {
		return strValue(strings.Repeat(a.str, int(b.num)))
	}
	return nil
}

func foldBits(op tree.Op, x, y float64) *value {
	if x != math.Trunc(x) || y != math.Trunc(y) || math.Abs(x) > 1<<52 || math.Abs(y) > 1<<52 {
		return nil
	}
	i, j := int64(x), int64(y)
	switch op {
	case tree.OpBitAnd:
		return numValue(float64(i & j))
	case tree.OpBitOr:
		return numValue(float64(i | j))
	case tree.OpBitXor:
		return numValue(float64(i ^ j))
	}
	if j < 0 || j > 40 {
		return nil
	}
	if op == tree.OpShl {
		return numValue(float64(i) * math.Pow(2, float64(j)))
	}
	return numValue(float64(i >> j))
}

// unary is the value of a unary operator.
func (in *interp) unary(n tree.ID) *value {
	u := in.unit
	v := in.eval(u.kid(n, tree.Value))
	switch u.tree.Nodes[n].Op {
	case tree.OpNot:
		if t := in.truthOf(v); t != maybe || in.truths == 0 {
			return ofTri(t.not())
		}
		return tainted(without(in.deep(v), ^in.truths))
	case tree.OpSub:
		if v.konst() == number {
			return numValue(-v.num)
		}
	case tree.OpAdd:
		if v.konst() == number {
			return v
		}
		return tainted(without(in.deep(v), ^in.numbers)) // a number in JavaScript
	case tree.OpTypeof, tree.OpDelete:
		return tainted(without(in.deep(v), ^in.numbers))
	case tree.OpVoid:
		return nullValue
	case tree.OpBitNot:
		if v.konst() == number && math.Abs(v.num) < 1<<31 {
			return numValue(float64(^int64(v.num)))
		}
		return nil
	}
	return tainted(in.deep(v))
}
