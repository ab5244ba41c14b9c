package taint

import "github.com/qodacode/qodacode/analyzers/sast/tree"

// bindParams gives parameters their values.
func (in *interp) bindParams(fn *callee, args []arg) {
	u := fn.unit
	frame := in.own(in.frame)
	at := 0
	params := u.params(fn.node)
	if fn.self != nil {
		if u.python {
			if len(params) > 0 {
				in.bindParam(params[0], fn.self)
				params = params[1:]
			}
		} else {
			frame.put(in.known.this, fn.self)
		}
	}
	used := make([]bool, len(args))
	positional := func() (*value, bool) {
		for at < len(args) {
			a := &args[at]
			if a.name != 0 || a.star == 2 {
				at++
				continue
			}
			if a.star == 1 { // it gives as many as are asked for
				used[at] = true
				return in.iterate(a.v), true
			}
			used[at] = true
			at++
			return a.v, true
		}
		return nil, false
	}
	for _, p := range params {
		node := &u.tree.Nodes[p]
		name := u.kid(p, tree.Name)
		if name < 0 {
			continue
		}
		switch {
		case node.Flags&tree.DoubleStar != 0:
			id, c := in.alloc(dictCell)
			for i := range args {
				if args[i].name != 0 && !used[i] {
					c.put(args[i].name, args[i].v)
				} else if args[i].star == 2 {
					c.exact = false
					c.rest = c.rest.or(tainted(in.deep(args[i].v)))
				}
			}
			in.bindParam(p, &value{cell: id})
			continue
		case node.Flags&tree.Star != 0:
			id, c := in.alloc(listCell)
			for at < len(args) {
				a := &args[at]
				at++
				switch {
				case a.star == 1:
					c.exact = false
					c.rest = c.rest.or(in.iterate(a.v))
				case a.name == 0 && a.star == 0:
					c.elems = append(c.elems, a.v)
				}
			}
			if in.act != nil && len(args) == 0 {
				c.exact = false
			}
			in.bindParam(p, &value{cell: id})
			continue
		}
		var v *value
		found := false
		if u.tree.Kind(name) == tree.Ident {
			key := in.name(name)
			for i := range args {
				if args[i].name == key {
					v, found, used[i] = args[i].v, true, true
				}
			}
		}
		if !found {
			v, found = positional()
		}
		if !found {
			for i := range args {
				if args[i].star == 2 && u.tree.Kind(name) == tree.Ident {
					v = in.element(args[i].v, strValue(u.tree.Text(name)))
					found = true
				}
			}
		}
		if d := u.kid(p, tree.Default); d >= 0 && (!found || v.konst() == null) {
			def := in.quiet(d)
			if len(in.stack) > 1 || in.depth > 1 || len(args) > 0 {
				v = in.either(v, def)
				if !found {
					v = def
				}
			} else {
				v = tainted(union(v.taint(), in.deep(def)))
			}
		}
		in.bindParam(p, v)
	}
}

// bindParam binds one parameter, which may itself be a source.
func (in *interp) bindParam(p tree.ID, v *value) {
	u := in.unit
	if f := u.flags[p]; f != 0 {
		v = in.applyTarget(p, f, v)
	}
	name := u.kid(p, tree.Name)
	if f := u.flags[name]; f&(isSource|inSource) != 0 {
		v = in.applyTarget(name, f, v)
	}
	if v != nil && v.cell == 0 && u.python {
		if c := in.annotated(p); c != nil {
			fresh := *v
			fresh.typed = c
			v = &fresh
		}
	}
	in.assign(name, v, tree.OpConst)
}

// annotated is the class that a parameter is annotated with, or nil.
func (in *interp) annotated(p tree.ID) *callee {
	t := in.unit.kid(p, tree.TypeOf)
	if t < 0 {
		return nil
	}
	name := in.unit.kid(t, tree.Elem)
	if name < 0 || in.unit.tree.Kind(name) != tree.Ident {
		return nil
	}
	if v := in.variable(name); v != nil && v.fn != nil && v.fn.kind == class {
		return v.fn
	}
	return nil
}

// isNumber reports whether a class declares an attribute to be a number, a truth or a date.
func (c *callee) isNumber(name string) bool {
	if c.node < 0 {
		return false
	}
	u := c.unit
	body := u.kid(c.node, tree.Body)
	if body < 0 {
		return false
	}
	for m := range u.tree.Children(body) {
		if m = u.assigns(m); u.tree.Kind(m) != tree.Assign || u.tree.Text(u.kid(m, tree.Target)) != name {
			continue
		}
		switch t := u.kid(m, tree.TypeOf); u.tree.Text(t) {
		case "int", "float", "bool", "Decimal", "datetime", "date", "UUID", "int | None", "float | None", "bool | None", "Optional[int]", "Optional[float]", "Optional[bool]":
			return true
		}
	}
	return false
}
