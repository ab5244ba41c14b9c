package taint

import (
	"slices"

	"github.com/qodacode/qodacode/analyzers/sast/tree"
)

// scriptModel is the result of a function of JavaScript that is known by its name.
func (in *interp) scriptModel(qname, last string, receiver *value, args []arg, n tree.ID, marks, object []mark) (*value, bool) {
	if harmless.scriptFunctions[qname] {
		return in.counted(in.numericScript(qname, args), marks), true
	}
	if noReturn[qname] {
		in.mayRaise()
		in.st = nil
		return nil, true
	}
	if kind, ok := constructors[qname]; ok && (in.unit.tree.Kind(n) == tree.New || qname == "Array.from" || qname == "Array.of") {
		return in.construct(kind, qname, args), true
	}
	nth := func(i int) *value {
		if i < len(args) && args[i].star == 0 {
			return args[i].v
		}
		return nil
	}
	switch qname {
	case "require", "import":
		if v := nth(0); v.konst() == str && in.modules != nil {
			if f := in.modules.Import(in.unit.file, v.str); f != nil {
				return in.required(f), true
			}
		}
		return nil, true
	case "Math.max", "Math.min", "Math.floor", "Math.ceil", "Math.round", "Math.abs", "Math.random", "Math.trunc":
		return in.counted(nil, marks), true
	case "String":
		if s, ok := display(nth(0)); ok {
			return strValue(s), true
		}
		return tainted(marks), true
	case "Object.assign":
		target := nth(0)
		for i := 1; i < len(args); i++ {
			in.update(target, args[i].v)
		}
		if target == nil || target.cell == 0 {
			return tainted(marks), true
		}
		return target, true
	case "Object.freeze", "structuredClone", "Promise.resolve":
		return nth(0), true
	case "Object.keys":
		return in.listOf(in.keys(nth(0))), true
	case "Object.values":
		return in.listOf(in.valuesOf(nth(0))), true
	case "Object.entries":
		pair, p := in.alloc(listCell)
		p.elems = []*value{in.keys(nth(0)), in.valuesOf(nth(0))}
		return in.listOf(&value{cell: pair}), true
	case "Object.fromEntries":
		id, _ := in.alloc(dictCell)
		out := &value{cell: id}
		in.fromPairs(out, nth(0))
		return out, true
	case "Promise.all", "Promise.allSettled":
		return nth(0), true
	case "Promise":
		return in.promise(nth(0), n), true
	case "path.resolve", "path.normalize":
		if out := tainted(marks); out != nil {
			out.facts = normal
			return out, true
		}
		return nil, true
	case "URL":
		return in.parsedAddress(args, marks), true
	}
	return nil, false
}

func (in *interp) listOf(rest *value) *value {
	id, c := in.alloc(listCell)
	c.exact, c.rest = false, rest
	return &value{cell: id}
}

func (in *interp) numericScript(qname string, args []arg) *value {
	if len(args) == 1 && (qname == "Number" || qname == "parseInt") && args[0].v.konst() == str {
		return parseNumber(args[0].v.str)
	}
	return nil
}

// promise is new Promise((resolve, reject) => …): what resolve is given.
func (in *interp) promise(v *value, n tree.ID) *value {
	if v == nil || v.fn == nil || v.fn.kind != function {
		return nil
	}
	id, c := in.alloc(objectCell)
	box := &value{cell: id, resolves: true}
	c.exact = false
	in.callbackWith(v.fn, []arg{{v: box, node: tree.None}}, n)
	if c := in.cell(box); c != nil {
		return c.rest
	}
	return nil
}

// scriptMethod is the result of a method of JavaScript on a value that is no container.
func (in *interp) scriptMethod(o *value, method string, args []arg, n tree.ID) (*value, bool) {
	nth := func(i int) *value {
		if i < len(args) && args[i].star == 0 {
			return args[i].v
		}
		return nil
	}
	fn := func(i int) *callee {
		if v := nth(i); v != nil && v.fn != nil && v.fn.kind == function {
			return v.fn
		}
		return nil
	}
	switch method {
	case "then", "catch", "finally":
		f := fn(0)
		if f == nil {
			return nil, false
		}
		var given []arg
		if method == "then" {
			given = []arg{{v: o, node: tree.None}}
		}
		v := in.callbackWith(f, given, n)
		if second := fn(1); second != nil && in.st != nil {
			in.callbackWith(second, nil, n)
		}
		if method != "then" {
			return in.either(o, v), true
		}
		return v, true
	case "map", "forEach", "filter", "find", "flatMap", "some", "every", "reduce":
		f := fn(0)
		if f == nil || len(in.deep(o)) == 0 {
			return nil, false
		}
		e := tainted(in.deep(o))
		given := []arg{{v: e, node: tree.None}}
		if method == "reduce" {
			given = []arg{{v: in.either(nth(1), e), node: tree.None}, {v: e, node: tree.None}}
		}
		v := in.callbackWith(f, given, n)
		switch method {
		case "map", "flatMap":
			if in.st == nil {
				return nil, true
			}
			return in.listOf(v), true
		case "filter", "find":
			return e, true
		case "reduce":
			return v, true
		}
		return nil, true
	case "call", "apply":
		if o != nil && o.fn != nil && o.fn.kind == function && len(args) > 0 {
			given := slices.Clone(args[1:])
			if method == "apply" && len(given) > 0 {
				given[0].star = 1
			}
			return in.invoke(o.fn, given, n), true
		}
	case "bind":
		if o != nil && o.fn != nil && o.fn.kind == function {
			f := *o.fn
			if len(args) > 1 {
				f.fixed = append(slices.Clone(f.fixed), args[1:]...)
			}
			if f.self == nil && len(args) > 0 && args[0].v != nil {
				f.self = args[0].v
			}
			return &value{fn: &f}, true
		}
	case "split":
		if in.cell(o) == nil && o != nil && o.kind == unknown {
			return in.listOf(tainted(o.marks)), true
		}
	}
	return nil, false
}
