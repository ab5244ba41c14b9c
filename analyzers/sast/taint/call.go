package taint

import (
	"strings"

	"github.com/qodacode/qodacode/analyzers/sast/tree"
)

// call is the value of a call or a new expression.
func (in *interp) call(n tree.ID) *value {
	u := in.unit
	node := &u.tree.Nodes[n]
	target := u.kid(n, tree.Callee)
	if target < 0 {
		return nil
	}
	var receiver, fn *value
	method := int32(0)
	if u.tree.Kind(target) == tree.Attr {
		receiver = in.eval(u.kid(target, tree.Object))
		if name := u.kid(target, tree.Name); name >= 0 {
			method = in.name(name)
			if u.flags[target] == 0 {
				fn = in.attribute(receiver, method, target)
			} else {
				fn = in.apply(target, u.flags[target], in.attribute(receiver, method, target))
			}
		}
	} else {
		fn = in.eval(target)
	}
	base := len(in.args)
	for c, end := target, node.Next; ; {
		if c = u.tree.Nodes[c].Next; c >= end {
			break
		}
		if u.tree.Nodes[c].Role == tree.Arg {
			in.argument(c)
		}
	}
	args := in.args[base:len(in.args):len(in.args)]
	defer func() { in.args = in.args[:base] }()
	if in.st == nil {
		return nil
	}
	// What stands in the call's parentheses and before its dot: a sink looks at it. The same goes
	// for calls of which nothing is known.
	var marks []mark
	for i := range args {
		marks = union(marks, in.deep(args[i].v))
	}
	var object []mark
	if receiver != nil {
		object = in.deep(receiver)
	} else if method == 0 {
		object = fn.taint()
	}
	v := in.result(n, target, fn, receiver, method, args, without(marks, in.noCalls), without(object, in.noCalls))
	if in.noCalls != 0 && (fn == nil || fn.fn == nil) {
		v = in.clean(v, in.noCalls)
	}
	in.callTaint = union(marks, object)
	if f := u.flags[n]; f&(isSink|inSink) != 0 && in.st == nil {
		in.sinkAfter(n, f)
	}
	return v
}

// sinkAfter looks at the sinks of a call that does not return.
func (in *interp) sinkAfter(n tree.ID, f flag) {
	in.st = newState()
	in.sink(n, f, nil)
	in.st = nil
}

// argument evaluates one argument and pushes it.
func (in *interp) argument(n tree.ID) {
	u := in.unit
	a := arg{node: n}
	value := n
	switch u.tree.Kind(n) {
	case tree.KwArg:
		if name := u.kid(n, tree.Name); name >= 0 {
			a.name = in.name(name)
		}
		value = u.kid(n, tree.Value)
	case tree.Spread:
		a.star = 1
		value = u.kid(n, tree.Value)
	case tree.KwSpread:
		a.star = 2
		value = u.kid(n, tree.Value)
	}
	v := in.eval(value)
	if f := u.flags[n]; f != 0 && value != n && in.st != nil {
		v = in.applyTarget(n, f, v)
	}
	a.v = v
	in.args = append(in.args, a)
}

// result is what a call gives.
func (in *interp) result(n, target tree.ID, fn, receiver *value, method int32, args []arg, marks, object []mark) *value {
	if fn != nil && fn.fn != nil {
		switch fn.fn.kind {
		case function, class:
			if v, ok := in.follow(fn.fn, args, n); ok {
				return v
			}
			in.callbacks(args, union(marks, object), n)
			return tainted(union(marks, object))
		}
	}
	if fn != nil && fn.resolves {
		if c := in.own(fn.cell); c != nil && len(args) > 0 {
			c.rest = in.either(c.rest, args[0].v)
		}
		return nil
	}
	if fn != nil && fn.super != nil && !in.unit.python { // super(…)
		if c := in.cell(fn); c != nil && c.class != nil {
			if init, ok := in.classMember(c.class, in.known.constructor, 0); ok && init != nil && init.fn != nil {
				in.invoke(bind(init, fn).fn, args, n)
			}
		}
		return nil
	}
	if method != 0 {
		if v, ok := in.methodCall(receiver, in.spell(method), args, n, target); ok {
			return v
		}
	}
	qname, last := "", ""
	if method != 0 {
		last = in.spell(method)
	} else if in.unit.tree.Kind(target) == tree.Ident {
		last = in.unit.tree.Text(target)
	}
	if last != "" {
		if modelled[last] || in.imported(in.unit, in.rootName(target)) != nil && modelledImport(in.unit, last, target) {
			qname = in.qualified(target, last)
			if v, ok := in.model(qname, last, receiver, args, n, marks, object); ok {
				return v
			}
			if in.st == nil {
				return nil
			}
		}
	}
	in.callbacks(args, union(marks, object), n)
	if in.st == nil {
		return nil
	}
	if fn != nil && fn.ext != nil {
		return in.reach(fn, extCall, 0).with(union(object, marks))
	}
	return tainted(union(object, marks))
}

// rootName is the name at the beginning of a.b.c; 0 where there is none.
func (in *interp) rootName(n tree.ID) int32 {
	u := in.unit
	for u.tree.Kind(n) == tree.Attr {
		n = u.kid(n, tree.Object)
	}
	if u.tree.Kind(n) != tree.Ident {
		return 0
	}
	return in.name(n)
}

// qualified is the name of what is called: seen from the imports, or as it is written.
func (in *interp) qualified(target tree.ID, last string) string {
	u := in.unit
	root := in.rootName(target)
	if root == 0 {
		return "." + last
	}
	if _, shadowed := in.lookup(root); shadowed && in.imported(u, root) == nil {
		if u.tree.Kind(target) == tree.Ident {
			return ""
		}
		return "." + last
	}
	if in.imported(u, root) != nil {
		return u.qname(target)
	}
	if text := u.tree.Text(target); !strings.ContainsAny(text, " \n\t(") {
		return text
	}
	return "." + last
}

// callbacks runs functions that are given to a call of which nothing is known: it may call them
// with whatever it was given.
func (in *interp) callbacks(args []arg, marks []mark, n tree.ID) {
	for i := range args {
		v := args[i].v
		if v == nil {
			continue
		}
		if v.fn != nil && v.fn.kind == function {
			in.callback(v.fn, marks, n)
		} else if c := in.cell(v); c != nil && c.kind == dictCell && !in.unit.python {
			for _, f := range append([]field(nil), c.fields...) {
				if f.v != nil && f.v.fn != nil && f.v.fn.kind == function {
					in.callback(f.v.fn, marks, n)
				}
			}
		}
		if in.st == nil {
			return
		}
	}
}

// callback runs a function that may be called now or later, or not at all.
func (in *interp) callback(fn *callee, marks []mark, n tree.ID) *value {
	if in.st == nil || fn.use.calls > 8 {
		return nil
	}
	before := in.st.fork()
	base := len(in.args)
	if len(marks) > 0 {
		v := tainted(marks)
		for range fn.unit.params(fn.node) {
			in.args = append(in.args, arg{v: v, node: tree.None})
		}
	}
	v, _ := in.follow(fn, in.args[base:len(in.args):len(in.args)], n)
	in.args = in.args[:base]
	in.st = in.join(before, in.st)
	return v
}

// params are the parameters of a function.
func (u *unit) params(n tree.ID) []tree.ID {
	var out []tree.ID
	for c := range u.tree.Children(n) {
		if u.tree.Nodes[c].Role == tree.ParamOf {
			out = append(out, c)
		}
	}
	return out
}
