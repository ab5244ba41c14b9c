package taint

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/qodacode/qodacode/analyzers/sast/tree"
)

// parseNumber is the value of a number as it is written.
func parseNumber(s string) *value {
	s = strings.ReplaceAll(s, "_", "")
	if i, err := strconv.ParseInt(s, 0, 53); err == nil {
		return numValue(float64(i))
	}
	if f, err := strconv.ParseFloat(s, 64); err == nil {
		return numValue(f)
	}
	return nil
}

// stringLiteral is the value of a constant string.
func (in *interp) stringLiteral(n tree.ID) *value {
	u := in.unit
	s := u.tree.Content(n)
	if s == "" {
		return emptyValue
	}
	if strings.IndexByte(s, '\\') >= 0 && !u.tree.Is(n, tree.Raw) {
		var ok bool
		if s, ok = unescape(s); !ok {
			return nil
		}
	}
	return strValue(s)
}

// unescape decodes the escapes that most strings make do with.
func unescape(s string) (string, bool) {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		switch s[i] {
		case 'n':
			b.WriteByte('\n')
		case 't':
			b.WriteByte('\t')
		case 'r':
			b.WriteByte('\r')
		case '\\', '\'', '"', '`', '/', '$':
			b.WriteByte(s[i])
		case '\n':
		default:
			return "", false
		}
	}
	return b.String(), true
}

// template is the value of a string with slots, or of strings side by side.
func (in *interp) template(n tree.ID) *value {
	u := in.unit
	var marks, later []mark
	var b strings.Builder
	known, head, first := true, "", (*value)(nil)
	for c := range u.tree.Children(n) {
		if u.tree.Kind(c) == tree.StringPart {
			if known {
				b.WriteString(u.tree.Text(c))
			}
			continue
		}
		v := in.eval(c)
		s, ok := display(v)
		if known && !ok {
			known, head, first = false, b.String(), v
			marks = in.deep(v)
			if head == "" && v != nil {
				head = v.prefix
			}
			continue
		}
		if known && b.Len() < longest {
			b.WriteString(s)
		}
		if v != nil && v.facts&noDots != 0 {
			later = union(later, without(in.deep(v), in.classes[pathClass]))
		} else {
			later = union(later, in.deep(v))
		}
	}
	if known {
		return strValue(b.String()).with(later)
	}
	v := in.text(head, first, marks)
	if len(later) == 0 {
		return v
	}
	if leadsHome(head) {
		later = without(later, in.classes[urlClass])
	}
	out := tainted(union(v.taint(), later))
	if out != nil {
		out.prefix = head
	}
	return out
}

// display is how a constant looks in a string.
func display(v *value) (string, bool) {
	switch v.konst() {
	case str:
		return v.str, true
	case number:
		if v.num == math.Trunc(v.num) && math.Abs(v.num) < 1<<53 {
			return strconv.FormatInt(int64(v.num), 10), true
		}
	}
	return "", false
}

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

// text is a text that begins with head and goes on with part.
func (in *interp) text(head string, part *value, marks []mark) *value {
	if head != "" && part != nil && part.facts&noDots != 0 {
		marks = without(marks, in.classes[pathClass])
	}
	if leadsHome(head) {
		marks = without(marks, in.classes[urlClass])
	}
	out := tainted(marks)
	if out != nil {
		out.prefix = head
	}
	return out
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
