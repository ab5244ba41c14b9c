package taint

import (
	"github.com/qodacode/qodacode/analyzers/sast/tree"
)

// eval is the value of an expression, after what the rules make of it.
func (in *interp) eval(n tree.ID) *value {
	if n < 0 || in.st == nil {
		return nil
	}
	if in.visits--; in.visits < 0 {
		in.st = nil
		return nil
	}
	v := in.expr(n)
	f := in.unit.flags[n]
	if in.noOperators != 0 && v != nil {
		switch in.unit.tree.Nodes[n].Kind {
		case tree.Call, tree.New, tree.Attr, tree.Index, tree.Binary, tree.Template, tree.Unary:
			v = in.clean(v, in.noOperators)
		}
	}
	if v != nil && v.aliased && f&isSource == 0 {
		v = in.named(n, v)
	}
	if f != 0 && in.st != nil {
		return in.apply(n, f, v)
	}
	return v
}

// expr is the value of an expression by itself.
func (in *interp) expr(n tree.ID) *value {
	u := in.unit
	node := &u.tree.Nodes[n]
	switch node.Kind {
	case tree.Ident:
		return in.variable(n)
	case tree.String:
		return in.stringLiteral(n)
	case tree.Number:
		return parseNumber(u.tree.Text(n))
	case tree.Bool:
		t := u.tree.Text(n)
		return boolValue(t == "True" || t == "true")
	case tree.Null:
		return nullValue
	case tree.Attr:
		object := u.kid(n, tree.Object)
		name := u.kid(n, tree.Name)
		o := in.eval(object)
		if name < 0 {
			return tainted(o.taint())
		}
		return in.attribute(o, in.name(name), n)
	case tree.Call, tree.New:
		return in.call(n)
	case tree.Index:
		return in.index(n)
	case tree.Template, tree.Concat:
		return in.template(n)
	case tree.List, tree.Tuple, tree.Set:
		return in.list(n)
	case tree.Dict:
		return in.dict(n)
	case tree.Lambda, tree.Func:
		return in.closure(n)
	case tree.Class:
		return in.classDef(n)
	case tree.Binary:
		return in.binary(n)
	case tree.Unary:
		return in.unary(n)
	case tree.Cond:
		return in.conditional(n)
	case tree.Await:
		return in.eval(u.kid(n, tree.Value))
	case tree.Yield:
		return in.yield(n)
	case tree.Assign, tree.Augment, tree.Update:
		return in.assignment(n)
	case tree.Comp:
		return in.comprehension(n)
	case tree.Spread, tree.KwSpread, tree.KwArg, tree.ExprStmt, tree.JSXAttr, tree.Decorator:
		if v := u.kid(n, tree.Value); v >= 0 {
			return in.eval(v)
		}
		return nil
	case tree.Pair:
		return in.eval(u.kid(n, tree.Value))
	case tree.Type, tree.Regex, tree.Dots, tree.StringPart, tree.JSXText:
		return nil
	}
	// What has no meaning of its own carries what stands in it.
	var marks []mark
	for c, end := n+1, node.Next; c < end; c = u.tree.Nodes[c].Next {
		if u.tree.Nodes[c].Role == tree.Name && u.tree.Nodes[c].Kind == tree.Ident {
			continue
		}
		if in.isStatement(c) {
			in.exec(c)
			continue
		}
		marks = union(marks, in.deep(in.eval(c)))
	}
	return tainted(marks)
}

// variable is the value of a name.
func (in *interp) variable(n tree.ID) *value {
	name := in.name(n)
	if v, ok := in.lookup(name); ok {
		return v
	}
	return in.global(name)
}

// lookup finds a variable in the frames around.
func (in *interp) lookup(name int32) (*value, bool) {
	for f := in.frame; f != 0; {
		c := in.get(f)
		if c == nil {
			break
		}
		if v, ok := c.field(name); ok && v != outerValue {
			return v, true
		}
		f = c.up
	}
	return nil, false
}

// outerValue stands for a variable that a global or nonlocal statement sends outside.
var outerValue = &value{}

// global is the value of a name that no frame has: an import, or nothing known.
func (in *interp) global(name int32) *value {
	if im := in.imported(in.unit, name); im != nil {
		return in.importValue(im)
	}
	switch name {
	case in.known.super:
		if !in.unit.python {
			v, _ := in.superValue()
			return v
		}
	case in.known.undefined:
		return nullValue
	case in.known.exports:
		if !in.unit.python {
			return in.unit.exports
		}
	}
	return nil
}

// attribute is v.name.
func (in *interp) attribute(o *value, name int32, at tree.ID) *value {
	if o == nil {
		return nil
	}
	if o.fn != nil {
		switch o.fn.kind {
		case module:
			return in.member(o.fn, name)
		case class:
			if v, ok := in.classMember(o.fn, name, 0); ok {
				return memberOf(v, nil, o.fn)
			}
		}
	}
	c := in.cell(o)
	if c == nil {
		if o.ext != nil {
			return in.reach(o, extAttr, name).with(o.marks)
		}
		if o.kind != unknown || o.typed != nil && o.typed.isNumber(in.spell(name)) {
			return nil
		}
		return tainted(o.marks)
	}
	if o.ext != nil {
		if v, ok := c.field(name); ok {
			return v
		}
		return in.reach(o, extAttr, name).with(union(o.marks, c.rest.taint()))
	}
	switch c.kind {
	case objectCell:
		if v, ok := c.field(name); ok {
			return v
		}
		if c.class != nil {
			if v, ok := in.classMember(c.class, name, 0); ok {
				return in.access(memberOf(v, o, c.class), at)
			}
		}
		return in.either(tainted(o.marks), c.rest)
	case dictCell:
		if v, ok := c.field(name); ok && !in.unit.python {
			return v
		}
		if in.unit.python {
			return tainted(in.deep(o))
		}
		return in.either(tainted(o.marks), c.rest)
	}
	return tainted(in.deep(o))
}

// access runs what stands behind an attribute that a method computes: a property.
func (in *interp) access(v *value, at tree.ID) *value {
	if v == nil || v.fn == nil || v.fn.kind != function || v.fn.self == nil {
		return v
	}
	fn := v.fn
	if fn.unit.tree.Is(fn.node, tree.Accessor) || fn.unit.isProperty(fn.node) {
		return in.invoke(fn, nil, at)
	}
	return v
}

// isProperty reports whether a method is read like an attribute.
func (u *unit) isProperty(n tree.ID) bool {
	switch u.decorator(n) {
	case "property", "cached_property", "functools.cached_property":
		return true
	}
	return false
}

// decorator is the first decorator of a function, as it is written; "" without one.
func (u *unit) decorator(n tree.ID) string {
	d := u.kid(n, tree.DecoratorOf)
	if d < 0 {
		return ""
	}
	v := u.kid(d, tree.Value)
	if v >= 0 && u.tree.Is(v, tree.Synthetic) {
		v = u.kid(v, tree.Callee)
	}
	return u.tree.Text(v)
}

// classMember is an attribute of a class or of its bases.
func (in *interp) classMember(c *callee, name int32, depth int) (*value, bool) {
	if cell := in.get(c.frame); cell != nil {
		if v, ok := cell.field(name); ok {
			return v, true
		}
	}
	if depth > 8 {
		return nil, false
	}
	for _, b := range c.bases {
		if b != nil && b.fn != nil && b.fn.kind == class {
			if v, ok := in.classMember(b.fn, name, depth+1); ok {
				return v, true
			}
		}
	}
	return nil, false
}

// either is what is known when a value is one of two in the same state.
func (in *interp) either(v, w *value) *value {
	if v == w || in.st == nil {
		return v
	}
	if v == nil && w == nil {
		return nil
	}
	j := joiner{in: in, a: in.st, b: in.st}
	if v.cellOf(nil) != w.cellOf(nil) && v != nil && w != nil && v.cell != 0 && w.cell != 0 {
		return j.values(v, w)
	}
	return v.or(w)
}

// conditional is a ? b : c.
func (in *interp) conditional(n tree.ID) *value {
	u := in.unit
	test, then, other := u.kid(n, tree.Test), u.kid(n, tree.Then), u.kid(n, tree.Else)
	switch in.test(test) {
	case yes:
		in.refine(test, true)
		return in.eval(then)
	case no:
		in.refine(test, false)
		return in.eval(other)
	}
	before := in.st.fork()
	in.refine(test, true)
	a := in.eval(then)
	after := in.st
	in.st = before
	in.refine(test, false)
	b := in.eval(other)
	return in.merge(a, after, b, in.st)
}

// merge joins two ways, and is the value that comes of one of them.
func (in *interp) merge(a *value, sa *state, b *value, sb *state) *value {
	switch {
	case sa == nil:
		in.st = sb
		return b
	case sb == nil:
		in.st = sa
		return a
	}
	j := joiner{in: in, a: sa, b: sb}
	v := a
	if a != b {
		v = j.values(a, b)
	}
	in.st = in.join(sa, sb)
	return v
}

// yield gives a value to who iterates.
func (in *interp) yield(n tree.ID) *value {
	v := in.eval(in.unit.kid(n, tree.Value))
	if in.act == nil {
		return nil
	}
	if in.unit.tree.Is(n, tree.Star) {
		v = in.iterate(v)
	}
	in.act.yielded = true
	in.act.yields = in.either(in.act.yields, v)
	return nil
}
