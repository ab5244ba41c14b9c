package tree

import (
	"math/big"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/qodacode/qodacode/parser"
)

// ConstKind is what sort of constant an expression is.
type ConstKind uint8

// Kinds of constants.
const (
	NotConst ConstKind = iota
	StringConst
	SomeString // a constant string, of which more than one can be meant
	IntConst
	FloatConst
	BoolConst
	NullConst
)

// Const is what an expression is known to be.
type Const struct {
	Kind ConstKind
	Text string // a string's content as written, a number in decimal, true or false
}

type consts struct {
	once sync.Once
	memo []atomic.Pointer[Const]
}

// constSteps is how many expressions are read to find out about one.
const constSteps = 64

// Const is the constant that n is, through names with one value, + and f-strings. It knows
// what Semgrep's constant propagation knows: names that are assigned a constant before on all ways.
func (t *Tree) Const(n ID) Const {
	steps := constSteps
	return t.constant(n, &steps)
}

func (t *Tree) constant(n ID, steps *int) Const {
	*steps--
	if n < 0 || *steps < 0 {
		return Const{}
	}
	switch t.Nodes[n].Kind {
	case String:
		return Const{StringConst, t.Content(n)}
	case StringPart:
		return Const{StringConst, t.Text(n)}
	case Number:
		return number(t.Text(n), t.File.Language.IsScript())
	case Bool:
		return Const{BoolConst, strings.ToLower(t.Text(n))}
	case Null:
		return Const{Kind: NullConst}
	case Ident, Concat, Template, Binary, Unary, Cond:
	default:
		return Const{}
	}
	t.consts.once.Do(func() { t.consts.memo = make([]atomic.Pointer[Const], len(t.Nodes)) })
	if c := t.consts.memo[n].Load(); c != nil {
		return *c
	}
	var c Const
	switch t.Nodes[n].Kind {
	case Ident:
		c = t.identConst(n, steps)
	case Concat, Template:
		c = t.partsConst(n, steps)
	case Binary:
		c = t.binaryConst(n, steps)
	case Unary:
		c = t.unaryConst(n, steps)
	case Cond:
		c = join(t.constant(t.Child(n, Then), steps), t.constant(t.Child(n, Else), steps))
	}
	if *steps >= 0 {
		t.consts.memo[n].Store(&c)
	}
	return c
}

// identConst joins the constants that may have been given to a name.
func (t *Tree) identConst(n ID, steps *int) Const {
	if r := t.Nodes[n].Role; r == Name || r == Alias || r == Source || t.isTarget(n) {
		return Const{}
	}
	defs := t.File.DefsOf(t.NameNode(n))
	if len(defs) == 0 || len(defs) > 8 {
		return Const{}
	}
	if len(defs) > 1 && t.File.EnclosingFunc(defs[0].Node) != t.File.EnclosingFunc(t.Nodes[n].Src) {
		return Const{}
	}
	if use := t.NameNode(n); len(defs) == 1 && defs[0].Node > use && t.File.EnclosingFunc(defs[0].Node) == t.File.EnclosingFunc(use) {
		return Const{} // it is given further down
	}
	var joined Const
	use, first := t.NameNode(n), true
	for _, d := range defs {
		if d.Kind == parser.AssignDef && t.File.Within(use, d.Value) && t.File.EnclosingLoop(use) == nil {
			continue // x in x = x + y has the value from before
		}
		if d.Kind != parser.AssignDef && (d.Kind != parser.AugmentedDef || first) || d.Value == parser.NoNode || d.Path != "" {
			return Const{}
		}
		c := t.constant(t.At(d.Value), steps)
		switch {
		case first:
			joined, first = c, false
		case d.Kind == parser.AugmentedDef && c.Kind != StringConst && c.Kind != SomeString:
			return Const{}
		case d.Kind == parser.AugmentedDef:
			joined = join(joined, Const{Kind: SomeString})
		default:
			joined = join(joined, c)
		}
		if joined.Kind == NotConst {
			return joined
		}
	}
	return joined
}

// join is what one of two constants is.
func join(a, b Const) Const {
	switch {
	case a == b:
		return a
	case a.isText() && b.isText():
		return Const{Kind: SomeString}
	}
	return Const{}
}

func (c Const) isText() bool { return c.Kind == StringConst || c.Kind == SomeString }

// partsConst is the text of strings that stand side by side, and of a template whose slots are constant.
func (t *Tree) partsConst(n ID, steps *int) Const {
	var b strings.Builder
	some := false
	for c := range t.Children(n) {
		if t.Nodes[c].Kind == String || t.Nodes[c].Kind == StringPart {
			*steps++
		}
		switch v := t.constant(c, steps); v.Kind {
		case StringConst:
			if b.Len()+len(v.Text) > longest {
				some = true
			} else {
				b.WriteString(v.Text)
			}
		case SomeString, IntConst:
			some = true
		default:
			return Const{}
		}
	}
	if some {
		return Const{Kind: SomeString}
	}
	return Const{StringConst, b.String()}
}

// longest is how long a string may get that is put together from others.
const longest = 1 << 16

func (t *Tree) binaryConst(n ID, steps *int) Const {
	left := t.constant(t.Child(n, Left), steps)
	if left.Kind == NotConst {
		return left
	}
	right := t.constant(t.Child(n, Right), steps)
	op := t.Nodes[n].Op
	switch {
	case left.isText() && right.Kind == IntConst && op == OpMul && !t.File.Language.IsScript():
		return Const{Kind: SomeString}
	case left.isText() && right.isText() && op == OpAdd:
		if left.Kind == StringConst && right.Kind == StringConst && len(left.Text)+len(right.Text) <= longest {
			return Const{StringConst, left.Text + right.Text}
		}
		return Const{Kind: SomeString}
	case left.Kind == IntConst && right.Kind == IntConst:
		return arithmetic(op, left.Text, right.Text)
	case left.Kind == BoolConst && right.Kind == BoolConst:
		l, r := left.Text == "true", right.Text == "true"
		switch op {
		case OpAnd:
			return boolean(l && r)
		case OpOr:
			return boolean(l || r)
		}
	}
	return Const{}
}

func arithmetic(op Op, left, right string) Const {
	var l, r big.Int
	if _, ok := l.SetString(left, 10); !ok || l.BitLen() > 64 {
		return Const{}
	}
	if _, ok := r.SetString(right, 10); !ok || r.BitLen() > 64 {
		return Const{}
	}
	switch op {
	case OpAdd:
		l.Add(&l, &r)
	case OpSub:
		l.Sub(&l, &r)
	case OpMul:
		l.Mul(&l, &r)
	default:
		return Const{}
	}
	return Const{IntConst, l.String()}
}

func boolean(v bool) Const {
	if v {
		return Const{BoolConst, "true"}
	}
	return Const{BoolConst, "false"}
}

func (t *Tree) unaryConst(n ID, steps *int) Const {
	c := t.constant(t.Child(n, Value), steps)
	switch op := t.Nodes[n].Op; {
	case op == OpNot && c.Kind == BoolConst:
		return boolean(c.Text != "true")
	case op == OpSub && c.Kind == IntConst:
		return arithmetic(OpSub, "0", c.Text)
	case op == OpSub && c.Kind == FloatConst:
		return Const{FloatConst, "-" + c.Text}
	}
	return Const{}
}

// number reads a number as it is written.
func number(written string, script bool) Const {
	plain := strings.TrimRight(strings.ReplaceAll(written, "_", ""), "lLn")
	if len(plain) > 400 {
		return Const{FloatConst, plain}
	}
	var i big.Int
	if _, ok := i.SetString(plain, 0); ok {
		return Const{IntConst, i.String()}
	}
	if whole, ok := strings.CutSuffix(plain, ".0"); ok && script {
		return Const{IntConst, whole} // JavaScript has one sort of number
	}
	return Const{FloatConst, plain}
}

// Content is the content of a String between its quotes, as written.
func (t *Tree) Content(n ID) string {
	if t.Kind(n) != String {
		return t.Text(n)
	}
	start, end := contentOf(t.Text(n))
	return t.Text(n)[start:end]
}

// contentOf is where the content of a string begins and ends in its source.
func contentOf(s string) (start, end int) {
	for start < len(s) && s[start] != '"' && s[start] != '\'' && s[start] != '`' {
		start++
	}
	if start == len(s) {
		return 0, len(s)
	}
	quote := s[start]
	width := 1
	if len(s) >= start+6 && quote != '`' && s[start+1] == quote && s[start+2] == quote {
		width = 3
	}
	start += width
	end = len(s)
	for range width {
		if end > start && s[end-1] == quote {
			end--
		}
	}
	return min(start, len(s)), end
}

// ContentSpan is where the content of a String stands in File.Text.
func (t *Tree) ContentSpan(n ID) (start, end int) {
	s := t.Span(n)
	if t.Kind(n) != String {
		return s.Start, s.End
	}
	start, end = contentOf(t.Text(n))
	return s.Start + start, s.Start + end
}
