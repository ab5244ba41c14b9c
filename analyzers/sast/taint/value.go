package taint

import (
	"math"
	"slices"
)

// A value is what is known about what an expression evaluates to: the taint that it carries,
// its constant, the cell of a container or instance, the function or class that it is. It is
// never changed once made. nil is a value that nothing is known about, without taint.
type value struct {
	marks    []mark
	kind     constKind
	str      string
	num      float64 // of number; of boolean 0 or 1
	cell     cellID
	fn       *callee
	super    *value    // of what super() gives: the instance
	resolves bool      // it is the resolve of a new Promise: its cell takes what it is called with
	facts    facts     // what is known about a text that is not
	prefix   string    // what it begins with
	inside   *value    // what was encoded in it
	test     *outcome  // the test whose answer it is
	typed    *callee   // the class that a parameter is annotated with
	ext      *external // what it is in a library
	aliased  bool      // ext went through a variable
}

// A mark is taint: bits of labels of rules, and the last step on its way. The marks of a value have no bit in common.
type mark struct {
	bits uint64
	step *step
}

// facts are what checks have shown about a text.
type facts uint8

const (
	normal   facts = 1 << iota // a path without .. in it, from the root on
	noDots                     // there is no .. in it
	noRoot                     // it does not begin with a slash
	rooted                     // it begins with a slash
	notTwice                   // but not with two
)

// constKind is the type of a constant.
type constKind uint8

const (
	unknown constKind = iota
	null
	boolean
	number
	str
)

func (v *value) taint() []mark {
	if v == nil {
		return nil
	}
	return v.marks
}

func (v *value) konst() constKind {
	if v == nil {
		return unknown
	}
	return v.kind
}

func bitsOf(marks []mark) uint64 {
	var bits uint64
	for i := range marks {
		bits |= marks[i].bits
	}
	return bits
}

// union is a and what b has besides. The taint of a keeps its way.
func union(a, b []mark) []mark {
	if len(b) == 0 {
		return a
	}
	if len(a) == 0 {
		return b
	}
	have := bitsOf(a)
	if bitsOf(b)&^have == 0 {
		return a
	}
	out := slices.Clip(a)
	for _, m := range b {
		if m.bits &^= have; m.bits != 0 {
			out = append(out, m)
			have |= m.bits
		}
	}
	return out
}

// without is marks less some bits.
func without(marks []mark, bits uint64) []mark {
	if bitsOf(marks)&bits == 0 {
		return marks
	}
	var out []mark
	for _, m := range marks {
		if m.bits &^= bits; m.bits != 0 {
			out = append(out, m)
		}
	}
	return out
}

// tainted is an unknown value with marks.
func tainted(marks []mark) *value {
	if len(marks) == 0 {
		return nil
	}
	return &value{marks: marks}
}

// with is v with marks in the place of its own.
func (v *value) with(marks []mark) *value {
	if v == nil {
		return tainted(marks)
	}
	if len(marks) == len(v.marks) && (len(marks) == 0 || &marks[0] == &v.marks[0]) {
		return v
	}
	out := *v
	out.marks = marks
	return &out
}

var (
	nullValue  = &value{kind: null}
	trueValue  = &value{kind: boolean, num: 1}
	falseValue = &value{kind: boolean}
	emptyValue = &value{kind: str}
)

func boolValue(b bool) *value {
	if b {
		return trueValue
	}
	return falseValue
}

func numValue(n float64) *value {
	if math.IsNaN(n) || math.IsInf(n, 0) {
		return nil
	}
	return &value{kind: number, num: n}
}

// longest is how long constant strings may grow.
const longest = 4096

func strValue(s string) *value {
	if len(s) > longest {
		return nil
	}
	return &value{kind: str, str: s}
}

// sameConst reports whether both are constants and equal.
func sameConst(a, b *value) bool {
	return a.konst() != unknown && a.konst() == b.konst() && a.str == b.str && a.num == b.num
}

// tri is a truth that may not be known.
type tri int8

const (
	maybe tri = iota
	yes
	no
)

func (t tri) not() tri {
	switch t {
	case yes:
		return no
	case no:
		return yes
	}
	return maybe
}

func triOf(b bool) tri {
	if b {
		return yes
	}
	return no
}
