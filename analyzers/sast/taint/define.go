package taint

import (
	"strings"

	"github.com/qodacode/qodacode/analyzers/sast/tree"
)

// closure is the function that a lambda or a definition makes.
func (in *interp) closure(n tree.ID) *value {
	frame := in.frame
	for c := in.get(frame); c != nil && c.kind == classCell; c = in.get(frame) {
		frame = c.up // the names of a class are not seen in its methods
	}
	fn := &callee{kind: function, unit: in.unit, node: n, frame: frame, use: new(usage)}
	in.remember(fn)
	// Defaults are evaluated where the function is defined.
	for _, p := range in.unit.params(n) {
		if d := in.unit.kid(p, tree.Default); d >= 0 {
			in.eval(d)
		}
	}
	return &value{fn: fn}
}

// remember notes that a function or class was defined; a loop defines the same one several times.
func (in *interp) remember(fn *callee) {
	if in.act == nil {
		return
	}
	for _, m := range in.act.made {
		if m.node == fn.node && m.unit == fn.unit {
			fn.use = m.use
			return
		}
	}
	in.act.made = append(in.act.made, fn)
}

// define runs the definition of a function.
func (in *interp) define(n tree.ID) {
	u := in.unit
	v := in.closure(n)
	name := u.kid(n, tree.Name)
	if name < 0 {
		return
	}
	bare := v
	for c := range u.tree.Children(n) {
		if u.tree.Nodes[c].Role == tree.DecoratorOf {
			v = in.decorated(c, v)
		}
	}
	if v == nil || v.fn == nil {
		v = bare
	}
	in.setVariable(in.name(name), v, tree.OpConst)
}

// decorated is what a decorator makes of a function. Those that are not known are taken to leave it as it is.
func (in *interp) decorated(d tree.ID, v *value) *value {
	expr := in.unit.kid(d, tree.Value)
	if expr < 0 {
		return v
	}
	if in.unit.tree.Is(expr, tree.Synthetic) { // Python's @f is a call of f without arguments
		expr = in.unit.kid(expr, tree.Callee)
	}
	d2 := in.eval(expr)
	if d2 == nil || d2.fn == nil || d2.fn.kind != function || v == nil || v.fn == nil || in.st == nil {
		return v
	}
	made := in.invoke(d2.fn, []arg{{v: v, node: tree.None}}, expr)
	if made == nil || made.fn == nil || made.fn.kind != function {
		return v
	}
	return made
}

// classDef runs the body of a class.
func (in *interp) classDef(n tree.ID) *value {
	u := in.unit
	fn := &callee{kind: class, unit: u, node: n, use: new(usage)}
	for c := range u.tree.Children(n) {
		switch u.tree.Nodes[c].Role {
		case tree.Base:
			if u.tree.Kind(c) != tree.KwArg {
				fn.bases = append(fn.bases, in.eval(c))
			} else {
				in.eval(c)
			}
		case tree.DecoratorOf:
			in.eval(u.kid(c, tree.Value))
		}
	}
	if in.st == nil {
		return nil
	}
	id, c := in.alloc(classCell)
	c.exact = false
	fn.frame = id
	c.up = in.frame
	c.class = fn
	if body := u.kid(n, tree.Body); body >= 0 {
		was := in.frame
		in.frame = id
		for m := range u.tree.Children(body) {
			if in.st == nil {
				break
			}
			if u.tree.Kind(m) == tree.Func {
				in.define(m)
			} else {
				in.exec(m)
			}
		}
		in.frame = was
	}
	in.remember(fn)
	return &value{fn: fn}
}

// isAbstract reports whether a function is there to be overridden: what it does says nothing.
func (u *unit) isAbstract(n tree.ID) bool {
	switch d := u.decorator(n); d {
	case "abstractmethod", "abc.abstractmethod", "overload", "typing.overload":
		return true
	}
	body := u.kid(n, tree.Body)
	if body < 0 {
		return true
	}
	for s := range u.tree.Children(body) {
		switch u.tree.Kind(s) {
		case tree.Pass:
		case tree.ExprStmt:
			if k := u.tree.Kind(u.kid(s, tree.Value)); k != tree.String && k != tree.Dots {
				return false
			}
		case tree.Raise:
			text := strings.ToLower(u.tree.Text(s))
			if !strings.Contains(text, "notimplemented") && !strings.Contains(text, "not implemented") && !strings.Contains(text, "abstract") {
				return false
			}
		default:
			return false
		}
	}
	return true
}
