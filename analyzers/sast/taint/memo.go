package taint

import "github.com/qodacode/qodacode/analyzers/sast/tree"

// memoKey names a call that gives the same each time: of a function of a module, with arguments
// that nothing can be changed through.
func (in *interp) memoKey(fn *callee, args []arg) (memoKey, bool) {
	if fn.self != nil || len(fn.fixed) > 0 || fn.unit.module != fn.frame || len(in.tries) > 0 || in.muted {
		return memoKey{}, false
	}
	for i := range args {
		if v := args[i].v; v != nil && (v.cell != 0 || v.fn != nil || len(v.marks) > 0 && fn.unit != in.root) {
			return memoKey{}, false
		}
	}
	return memoKey{fn.unit, fn.node, len(args)}, true
}

type memoKey struct {
	unit *unit
	node tree.ID
	args int
}

type memoEntry struct {
	args   []arg
	result *value
}

func values(args []arg) []arg { return append([]arg(nil), args...) }

func (e *memoEntry) same(args []arg) bool {
	for i := range args {
		a, b := &args[i], &e.args[i]
		if a.name != b.name || a.star != b.star {
			return false
		}
		if a.v == b.v {
			continue
		}
		if !sameConst(a.v, b.v) && (a.v.konst() != unknown || b.v.konst() != unknown) || !sameMarks(a.v.taint(), b.v.taint()) {
			return false
		}
	}
	return true
}

func sameMarks(a, b []mark) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}
