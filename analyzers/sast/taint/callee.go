package taint

import (
	"github.com/qodacode/qodacode/analyzers/sast/tree"
	"github.com/qodacode/qodacode/parser"
)

// calleeKind tells what is called.
type calleeKind uint8

const (
	function calleeKind = iota
	class
	module
)

// A callee is a function, a class or a module of the workspace.
type callee struct {
	kind   calleeKind
	unit   *unit
	node   tree.ID  // Func, Lambda or Class
	frame  cellID   // of a function the variables around it, of a class its own
	self   *value   // what a method is bound to; set by bind
	fixed  []arg    // what functools.partial or bind gives
	bases  []*value // of a class
	fields []int32  // of a class whose instances are tuples too
	use    *usage   // shared by all that are made of one definition

	file   *parser.File // of a module: nil for a package that is only a prefix
	dotted string       // of a module: its name in Python
}

// usage is how often a function was followed, and how many nodes were visited for that.
type usage struct{ calls, visits int }

// mostUsage is how many nodes are visited for one function that others call.
const mostUsage = 8_000

// bind is a method of a receiver.
func bind(method, self *value) *value {
	if method == nil || method.fn == nil || method.fn.kind != function || method.fn.self != nil {
		return method
	}
	if self != nil && self.super != nil {
		self = self.super
	}
	fn := *method.fn
	fn.self = self
	return &value{fn: &fn, marks: method.marks}
}

// memberOf is a member of a class, seen from an instance or, where that is nil, from the class.
func memberOf(v, self *value, of *callee) *value {
	if v == nil || v.fn == nil || v.fn.kind != function {
		return v
	}
	switch v.fn.unit.bindingOf(v.fn.node) {
	case "staticmethod":
		return v
	case "classmethod":
		return bind(v, &value{fn: of})
	}
	if self == nil {
		return v
	}
	return bind(v, self)
}

func sameFn(a, b *callee) bool {
	return a == b || a != nil && b != nil && a.kind == b.kind && a.unit == b.unit && a.node == b.node && a.frame == b.frame && a.self == b.self && len(a.fixed) == 0 && len(b.fixed) == 0 && a.file == b.file
}

// arg is one argument of a call.
type arg struct {
	name int32 // of a keyword argument; 0 for a positional one
	star uint8 // 1 for *x and ...x, 2 for **x
	v    *value
	node tree.ID
}
