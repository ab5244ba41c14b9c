package taint

import "github.com/qodacode/qodacode/analyzers/sast/tree"

// assignment runs a = b, a += b and a++, and is what the variable holds then.
func (in *interp) assignment(n tree.ID) *value {
	u := in.unit
	node := &u.tree.Nodes[n]
	if node.Kind == tree.Update {
		target := u.kid(n, tree.Value)
		v := in.eval(target)
		one := numValue(1)
		if node.Op == tree.OpDec {
			one = numValue(-1)
		}
		if v.konst() != number {
			in.store(target, nil)
			return nil
		}
		v = in.fold(tree.OpAdd, v, one)
		in.store(target, v)
		return v
	}
	target, source := u.kid(n, tree.Target), u.kid(n, tree.Value)
	if target < 0 {
		return in.eval(source)
	}
	if node.Kind == tree.Augment {
		old := in.eval(target)
		v := in.eval(source)
		if in.st == nil {
			return nil
		}
		if c := in.cell(old); c != nil && node.Op == tree.OpAdd && c.kind == listCell && u.python {
			in.extend(old, v)
			return old
		}
		switch node.Op {
		case tree.OpOr, tree.OpCoalesce, tree.OpAnd:
			v = in.either(old, v)
		default:
			v = in.operate(node.Op, old, v)
		}
		in.assign(target, v, node.Op)
		return v
	}
	var v *value
	if source >= 0 {
		v = in.eval(source)
		if (v == nil || v.kind == unknown && v.cell == 0 && v.fn == nil && v.ext == nil) && in.isTest(source) {
			fresh := value{}
			if v != nil {
				fresh = *v
			}
			fresh.test = &outcome{in.unit, in.frame, source}
			v = &fresh
		}
	}
	if in.st == nil {
		return nil
	}
	if node.Op == tree.OpTypeDef && source < 0 {
		return nil
	}
	if source < 0 && (u.python || node.Op == tree.OpVar) {
		return nil // x: int declares nothing, and neither does a repeated var
	}
	in.assign(target, v, node.Op)
	return v
}

// assign puts a value into a target, which may take it apart. how is the keyword that declares it.
func (in *interp) assign(target tree.ID, v *value, how tree.Op) {
	if target < 0 || in.st == nil {
		return
	}
	u := in.unit
	node := &u.tree.Nodes[target]
	switch node.Kind {
	case tree.Tuple, tree.List:
		in.unpack(target, v, how)
		return
	case tree.Dict:
		in.destructure(target, v, how)
		return
	case tree.Assign: // a default in a target
		inner := u.kid(target, tree.Target)
		if v.konst() == null || v == nil {
			v = in.either(v, in.eval(u.kid(target, tree.Value)))
		}
		in.assign(inner, v, how)
		return
	case tree.Spread:
		in.assign(u.kid(target, tree.Value), v, how)
		return
	}
	if f := u.flags[target]; f != 0 {
		v = in.applyTarget(target, f, v)
	}
	if v != nil && v.ext != nil && !v.aliased {
		v = v.ext.alias.with(v.marks)
	}
	if len(v.taint()) > 0 {
		v = in.through(v, AssignStep, target)
	}
	if node.Kind == tree.Ident {
		in.setVariable(in.name(target), v, how)
		return
	}
	in.store(target, v)
}

// applyTarget is what the rules make of a value that is assigned: the target may be the source or the sink.
func (in *interp) applyTarget(n tree.ID, f flag, v *value) *value {
	var cleaned uint64
	if f&(isClean|inClean) != 0 {
		cleaned = in.cleaned(n)
		v = in.clean(v, cleaned)
	}
	if f&(isSource|inSource) != 0 {
		v = in.source(n, v, cleaned)
	}
	if f&isEnd != 0 {
		v = in.propagate(n, v)
	}
	if f&isSink != 0 {
		in.sink(n, isSink, v)
	}
	return v
}

// unpack takes a list apart.
func (in *interp) unpack(target tree.ID, v *value, how tree.Op) {
	u := in.unit
	c := in.cell(v)
	if c != nil && c.class != nil && len(c.class.fields) > 0 {
		elems := make([]*value, len(c.class.fields))
		for i, f := range c.class.fields {
			elems[i], _ = c.field(f)
		}
		c = &cell{kind: listCell, exact: true, elems: elems}
	}
	count, star := 0, -1
	for t := range u.tree.Children(target) {
		if u.tree.Kind(t) == tree.Spread {
			star = count
		}
		count++
	}
	i := 0
	for t := range u.tree.Children(target) {
		var part *value
		switch {
		case c != nil && c.kind == listCell && c.exact && i != star && (star < 0 || i < star):
			if i < len(c.elems) {
				part = c.elems[i]
			}
		case c != nil && c.kind == listCell && c.exact && star >= 0 && i > star:
			if k := len(c.elems) - (count - i); k >= 0 && k < len(c.elems) {
				part = c.elems[k]
			}
		case c != nil && c.kind == listCell && c.exact && i == star:
			id, fresh := in.alloc(listCell)
			if end := len(c.elems) - (count - i - 1); end > i && end <= len(c.elems) {
				fresh.elems = append(fresh.elems, c.elems[i:end]...)
			}
			part = &value{cell: id}
		case v.konst() == str && len(v.marks) == 0:
		default:
			part = in.iterate(v)
		}
		in.assign(t, part, how)
		i++
	}
}

// destructure takes an object apart.
func (in *interp) destructure(target tree.ID, v *value, how tree.Op) {
	u := in.unit
	for t := range u.tree.Children(target) {
		switch u.tree.Kind(t) {
		case tree.Pair:
			key, part := u.kid(t, tree.Key), u.kid(t, tree.Value)
			var item *value
			switch {
			case key >= 0 && u.tree.Kind(key) == tree.Ident && !u.tree.Is(key, tree.Computed):
				item = in.attribute(v, in.name(key), t)
			case key >= 0:
				item = in.element(v, in.eval(key))
			}
			if f := u.flags[t]; f != 0 {
				item = in.applyTarget(t, f, item)
			}
			in.assign(part, item, how)
		default:
			in.assign(t, v, how)
		}
	}
}

// setVariable sets a name where it lives.
func (in *interp) setVariable(name int32, v *value, how tree.Op) {
	frame := in.frame
	declares := how == tree.OpConst || how == tree.OpLet || how == tree.OpVar || how == tree.OpUsing || how == tree.OpField
	switch {
	case declares:
	case in.unit.python:
		if c := in.get(frame); c != nil {
			if old, ok := c.field(name); ok && old == outerValue {
				frame = in.holder(c.up, name)
			}
		}
	default:
		frame = in.holder(frame, name)
	}
	if c := in.own(frame); c != nil {
		c.put(name, v)
	}
}

// holder is the frame that has a variable, seen from a frame; the module's where none has.
func (in *interp) holder(frame cellID, name int32) cellID {
	last := frame
	for f := frame; f != 0; {
		c := in.get(f)
		if c == nil {
			break
		}
		if v, ok := c.field(name); ok && v != outerValue {
			return f
		}
		last, f = f, c.up
	}
	return last
}

// store puts a value into a variable, an attribute or an element.
func (in *interp) store(n tree.ID, v *value) {
	if n < 0 || in.st == nil {
		return
	}
	u := in.unit
	switch u.tree.Kind(n) {
	case tree.Ident:
		in.setVariable(in.name(n), v, tree.OpAssign)
	case tree.Attr:
		object, name := u.kid(n, tree.Object), u.kid(n, tree.Name)
		if name < 0 {
			return
		}
		o := in.container(object, objectCell)
		key := in.name(name)
		if !u.python && key == in.known.exports && object >= 0 && u.tree.Text(object) == "module" {
			u.exports = v
			return
		}
		if o == nil {
			return
		}
		if o.fn != nil && o.fn.kind == class {
			if c := in.own(o.fn.frame); c != nil {
				c.put(key, v)
			}
			return
		}
		if c := in.own(o.cell); c != nil && c.kind != listCell && c.kind != configCell {
			if c.kind == objectCell && c.class != nil {
				if setter, ok := in.classMember(c.class, key, 0); ok && setter != nil && setter.fn != nil && setter.fn.unit.tree.Is(setter.fn.node, tree.Accessor) {
					return
				}
			}
			c.put(key, v)
		}
	case tree.Index:
		o := in.container(u.kid(n, tree.Object), dictCell)
		i := u.kid(n, tree.Arg)
		if i < 0 {
			return
		}
		if u.tree.Kind(i) == tree.Slice {
			in.eval(i)
			in.putElement(o, nil, in.iterate(v))
			return
		}
		in.putElement(o, in.eval(i), v)
	}
}

// container is the value of an expression whose part is about to be set. Where it has no cell
// yet it gets one, as far as variables and attributes lead to it.
func (in *interp) container(n tree.ID, kind cellKind) *value {
	if n < 0 {
		return nil
	}
	v := in.quiet(n)
	if v != nil && (v.cell != 0 || v.fn != nil || v.kind != unknown) {
		return v
	}
	switch in.unit.tree.Kind(n) {
	case tree.Ident, tree.Attr, tree.Index:
	default:
		return v
	}
	id, c := in.alloc(kind)
	c.exact = false
	fresh := &value{cell: id, marks: v.taint()}
	if v != nil {
		fresh.ext, fresh.aliased = v.ext, v.aliased
	}
	in.store(n, fresh)
	return fresh
}

// isTest reports whether an expression asks something about a value.
func (in *interp) isTest(n tree.ID) bool {
	u := in.unit
	switch u.tree.Kind(n) {
	case tree.Binary:
		op := u.tree.Nodes[n].Op
		return isComparison(op) || op == tree.OpAnd || op == tree.OpOr
	case tree.Unary:
		return u.tree.Nodes[n].Op == tree.OpNot
	case tree.Call:
		return true
	}
	return false
}
