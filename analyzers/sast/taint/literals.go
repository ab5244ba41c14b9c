package taint

import "github.com/qodacode/qodacode/analyzers/sast/tree"

// list is a list, tuple or set as it is written.
func (in *interp) list(n tree.ID) *value {
	u := in.unit
	var elems []*value
	exact := true
	var rest *value
	for e := range u.tree.Children(n) {
		if u.tree.Kind(e) == tree.Spread {
			v := in.eval(u.kid(e, tree.Value))
			if c := in.cell(v); c != nil && c.kind == listCell && c.exact && exact {
				elems = append(elems, c.elems...)
				continue
			}
			exact = false
			rest = in.either(rest, in.iterate(v))
			continue
		}
		v := in.eval(e)
		if exact && len(elems) < mostElems {
			elems = append(elems, v)
		} else {
			exact = false
			rest = in.either(rest, v)
		}
	}
	if in.st == nil {
		return nil
	}
	if !exact { // where elements stand is not known behind a spread
		for _, e := range elems {
			rest = in.either(rest, e)
		}
		elems = nil
	}
	id, c := in.alloc(listCell)
	c.elems, c.exact, c.rest = elems, exact, rest
	return &value{cell: id}
}

// dict is a dictionary or object as it is written.
func (in *interp) dict(n tree.ID) *value {
	u := in.unit
	if in.st == nil {
		return nil
	}
	id, _ := in.alloc(dictCell)
	out := &value{cell: id}
	var methods []*value
	for e := range u.tree.Children(n) {
		switch u.tree.Kind(e) {
		case tree.Pair:
			key := u.kid(e, tree.Key)
			var k *value
			if !u.python && key >= 0 && u.tree.Kind(key) == tree.Ident && !u.tree.Is(key, tree.Computed) {
				k = strValue(u.tree.Text(key))
			} else {
				k = in.eval(key)
			}
			v := in.eval(u.kid(e, tree.Value))
			if f := u.flags[e]; f != 0 && in.st != nil {
				v = in.applyTarget(e, f, v)
			}
			if in.st == nil {
				return nil
			}
			in.putElement(out, k, v)
			if len(k.taint()) > 0 && k.konst() == unknown {
				if c := in.own(id); c != nil {
					c.rest = c.rest.or(tainted(k.marks))
				}
			}
		case tree.Func:
			v := in.closure(e)
			if name := u.kid(e, tree.Name); name >= 0 {
				v = bind(v, out)
				methods = append(methods, v)
				in.putElement(out, strValue(u.tree.Text(name)), v)
			}
		case tree.Spread, tree.KwSpread:
			in.update(out, in.eval(u.kid(e, tree.Value)))
		default:
			in.eval(e)
		}
		if in.st == nil {
			return nil
		}
	}
	return out
}
