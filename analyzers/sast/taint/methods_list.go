package taint

import (
	"slices"

	"github.com/qodacode/qodacode/analyzers/sast/tree"
)

func (in *interp) listMethod(o *value, c *cell, method string, args []arg, n tree.ID) (*value, bool) {
	nth := func(i int) *value {
		if i < len(args) && args[i].star == 0 {
			return args[i].v
		}
		return nil
	}
	switch method {
	case "append", "add", "push", "put", "put_nowait", "write", "enqueue":
		for i := range args {
			if args[i].star != 0 {
				in.loosen(in.own(o.cell))
				in.push(o, in.iterate(args[i].v))
			} else {
				in.push(o, args[i].v)
			}
			if method != "push" {
				break
			}
		}
		if method == "add" && !in.unit.python {
			return o, true
		}
		return nil, true
	case "appendleft", "unshift":
		c = in.own(o.cell)
		if c.exact {
			c.elems = slices.Insert(slices.Clone(c.elems), 0, nth(0))
		} else {
			c.rest = in.either(c.rest, nth(0))
		}
		return nil, true
	case "insert":
		c = in.own(o.cell)
		if k := nth(0); c.exact && k.konst() == number && len(c.elems) < mostElems {
			i := int(k.num)
			if i < 0 {
				i += len(c.elems)
			}
			c.elems = slices.Insert(slices.Clone(c.elems), min(max(i, 0), len(c.elems)), nth(1))
		} else {
			in.loosen(c)
			c.rest = in.either(c.rest, nth(1))
		}
		return nil, true
	case "extend", "extendleft", "writelines":
		in.extend(o, nth(0))
		return nil, true
	case "update":
		in.extend(o, nth(0))
		return nil, true
	case "concat":
		out := in.copyOf(o, false)
		for i := range args {
			if ac := in.cell(args[i].v); ac != nil && ac.kind == listCell {
				in.extend(out, args[i].v)
			} else {
				in.push(out, args[i].v)
			}
		}
		return out, true
	case "pop", "get", "get_nowait", "popleft", "shift":
		if method == "get" && len(args) > 0 && args[0].name == 0 {
			return in.element(o, nth(0)), true
		}
		k := numValue(-1)
		if method == "popleft" || method == "shift" || method == "get" || method == "get_nowait" {
			k = numValue(0)
		}
		if len(args) > 0 && method == "pop" && in.unit.python {
			k = nth(0)
		}
		v := in.element(o, k)
		if !c.exact {
			v = in.valuesOf(o)
		}
		in.remove(o, k)
		return v, true
	case "remove", "discard", "delete":
		c = in.own(o.cell)
		if c.exact && nth(0).konst() != unknown {
			for i, e := range c.elems {
				t := in.equal(e, nth(0))
				if t == maybe {
					break
				}
				if t == yes {
					c.elems = slices.Delete(slices.Clone(c.elems), i, i+1)
					return nil, true
				}
			}
		}
		in.loosen(c)
		return nil, true
	case "clear":
		c = in.own(o.cell)
		c.elems, c.rest, c.exact = nil, nil, true
		return nil, true
	case "index", "count", "indexOf", "lastIndexOf", "includes", "size", "qsize", "empty", "full", "findIndex", "has", "task_done", "join_thread", "isdisjoint", "issubset", "issuperset", "flush", "close", "seek", "truncate":
		return nil, true
	case "sort", "reverse":
		in.loosen(in.own(o.cell))
		if in.unit.python {
			return nil, true
		}
		return o, true
	case "copy", "toReversed", "toSorted", "union", "intersection", "difference":
		out := in.copyOf(o, method != "copy")
		if method == "union" {
			for i := range args {
				in.extend(out, args[i].v)
			}
		}
		return out, true
	case "slice":
		return in.sliced(o, nth(0), nth(1), len(args) > 0, len(args) > 1, false), true
	case "join", "getvalue", "read", "getbuffer", "toString", "decode", "readline":
		if method == "join" {
			if s, ok := in.joined(c, ","); ok && (len(args) == 0 || nth(0).konst() == str) {
				if len(args) > 0 {
					s, _ = in.joined(c, nth(0).str)
				}
				return strValue(s).with(in.deep(o)), true
			}
		}
		marks := in.deep(o)
		for i := range args {
			marks = union(marks, in.deep(args[i].v))
		}
		return tainted(marks), true
	case "at":
		return in.element(o, nth(0)), true
	case "values", "keys", "entries":
		return o, true
	case "map", "forEach", "filter", "find", "flatMap", "some", "every", "findLast":
		if f := nth(0); f != nil && f.fn != nil && f.fn.kind == function {
			switch method {
			case "map", "flatMap":
				return in.mapped(f.fn, o, n, false), true
			}
			e := in.valuesOf(o)
			in.callbackWith(f.fn, []arg{{v: e, node: tree.None}}, n)
			switch method {
			case "filter":
				if in.st == nil {
					return nil, true
				}
				id, fresh := in.alloc(listCell)
				fresh.exact, fresh.rest = false, e
				return &value{cell: id}, true
			case "find", "findLast":
				return e, true
			}
			return nil, true
		}
		if method == "some" || method == "every" {
			return nil, true
		}
		return tainted(in.deep(o)), true
	case "reduce":
		if f := nth(0); f != nil && f.fn != nil && f.fn.kind == function {
			e := in.valuesOf(o)
			v := in.invoke(f.fn, []arg{{v: in.either(nth(1), e), node: tree.None}, {v: e, node: tree.None}}, n)
			return in.either(v, tainted(union(in.deep(e), in.deep(nth(1))))), true
		}
	}
	return nil, false
}

// callbackWith runs a function that may or may not be called with these arguments.
func (in *interp) callbackWith(fn *callee, args []arg, n tree.ID) *value {
	before := in.st.fork()
	v := in.invoke(fn, args, n)
	in.st = in.join(before, in.st)
	return v
}
