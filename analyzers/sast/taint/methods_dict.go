package taint

import (
	"strings"

	"github.com/qodacode/qodacode/analyzers/sast/tree"
)

func (in *interp) dictMethod(o *value, c *cell, method string, args []arg, n tree.ID) (*value, bool) {
	nth := func(i int) *value {
		if i < len(args) && args[i].star == 0 {
			return args[i].v
		}
		return nil
	}
	list := func(rest *value) *value {
		id, l := in.alloc(listCell)
		l.exact, l.rest = false, rest
		return &value{cell: id, marks: o.marks}
	}
	switch method {
	case "get", "pop", "setdefault", "getAll":
		v := in.element(o, nth(0))
		_, known := in.keyOf(nth(0))
		found := false
		if known {
			key, _ := in.keyOf(nth(0))
			_, found = c.field(key)
		}
		if len(args) > 1 && !found {
			if known && c.exact {
				v = nth(1)
			} else {
				v = in.either(v, nth(1))
			}
		} else if !found && known && c.exact && in.unit.python {
			v = nullValue
		}
		if !known && len(nth(0).taint()) > 0 && !c.exact {
			v = v.with(union(v.taint(), nth(0).marks))
		}
		if method == "pop" {
			in.remove(o, nth(0))
		}
		if method == "setdefault" && !found {
			in.putElement(o, nth(0), v)
		}
		return v, true
	case "set", "append", "add", "__setitem__":
		if len(args) == 2 {
			in.putElement(o, nth(0), nth(1))
			return o, true
		}
	case "update":
		for i := range args {
			if args[i].name != 0 {
				if c := in.own(o.cell); c != nil {
					c.put(args[i].name, args[i].v)
				}
				continue
			}
			if ac := in.cell(args[i].v); ac != nil && ac.kind == listCell {
				in.fromPairs(o, args[i].v)
			} else {
				in.update(o, args[i].v)
			}
		}
		return nil, true
	case "keys":
		return list(in.keys(o)), true
	case "values":
		return list(in.valuesOf(o)), true
	case "items", "entries":
		pair, p := in.alloc(listCell)
		p.elems = []*value{in.keys(o), in.valuesOf(o)}
		return list(&value{cell: pair}), true
	case "copy":
		return in.copyOf(o, false), true
	case "clear":
		c = in.own(o.cell)
		c.fields, c.rest, c.exact = nil, nil, true
		return nil, true
	case "has", "hasOwnProperty", "delete":
		if method == "delete" {
			in.remove(o, nth(0))
		}
		return nil, true
	case "popitem":
		pair, p := in.alloc(listCell)
		p.elems = []*value{in.keys(o), in.valuesOf(o)}
		return &value{cell: pair}, true
	case "forEach":
		if f := nth(0); f != nil && f.fn != nil && f.fn.kind == function {
			in.callbackWith(f.fn, []arg{{v: in.valuesOf(o), node: tree.None}, {v: in.keys(o), node: tree.None}}, n)
			return nil, true
		}
	}
	return nil, false
}

// configMethod is a method of a ConfigParser.
func (in *interp) configMethod(o *value, c *cell, method string, args []arg) (*value, bool) {
	nth := func(i int) *value {
		if i < len(args) && args[i].star == 0 && args[i].name == 0 {
			return args[i].v
		}
		return nil
	}
	section := func(create bool) *value {
		v := in.element(o, nth(0))
		if in.cell(v) == nil && create {
			id, fresh := in.alloc(dictCell)
			fresh.exact = c.exact
			fresh.rest = tainted(v.taint())
			v = &value{cell: id}
			in.putElement(o, nth(0), v)
		}
		return v
	}
	switch method {
	case "add_section":
		section(true)
		return nil, true
	case "set":
		in.putElement(section(true), in.lower(nth(1)), nth(2))
		return nil, true
	case "get":
		v := in.element(section(false), in.lower(nth(1)))
		for i := range args {
			if args[i].name != 0 && in.spell(args[i].name) == "fallback" {
				v = in.either(v, args[i].v)
			}
		}
		return v, true
	case "getint", "getfloat", "getboolean", "has_section", "has_option":
		return nil, true
	case "read_dict":
		in.update(o, nth(0))
		return nil, true
	case "read", "read_file":
		in.own(o.cell).exact = false
		return nil, true
	case "read_string":
		c = in.own(o.cell)
		c.exact = false
		c.rest = c.rest.or(tainted(in.deep(nth(0))))
		return nil, true
	case "remove_section":
		in.remove(o, nth(0))
		return nil, true
	case "remove_option":
		in.remove(section(false), in.lower(nth(1)))
		return nil, true
	case "items", "options", "sections":
		return tainted(in.deep(o)), true
	}
	return nil, false
}

// lower is a key of a ConfigParser, which does not tell upper case from lower case.
func (in *interp) lower(v *value) *value {
	if v.konst() == str {
		return strValue(strings.ToLower(v.str))
	}
	return v
}
