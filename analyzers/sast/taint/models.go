package taint

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/sast/tree"
)

// modelled are the last parts of the names of functions that the interpreter knows. It is asked
// before a name is resolved, which takes longer.
var modelled = func() map[string]bool {
	out := map[string]bool{}
	add := func(names map[string]bool) {
		for n := range names {
			out[n[strings.LastIndexAny(n, "./")+1:]] = true
		}
	}
	add(harmless.functions)
	add(harmless.scriptFunctions)
	add(noReturn)
	for n := range constructors {
		out[n[strings.LastIndexByte(n, '.')+1:]] = true
	}
	add(set(`str repr tuple sorted reversed list map filter zip enumerate range min max sum next iter getattr setattr vars type super print
		partial join split dirname basename realpath abspath normpath normalize resolve Path PurePath compile urlparse urlsplit URL require
		deepcopy copy bytes globals locals gather run wait_for assign keys values entries fromEntries freeze stringify parse String then bind call apply
		reduce choice chain dumps loads dump safe_dump safe_load heappush heappop insort insort_left insort_right namedtuple Promise all allSettled floor ceil round trunc random structuredClone`))
	return out
}()

// modelledImport reports whether a name that an import gave another spelling is modelled.
func modelledImport(u *unit, last string, target tree.ID) bool {
	q := u.qname(target)
	return q != "" && modelled[q[strings.LastIndexAny(q, "./")+1:]]
}

// model is the result of a function that is known by its name.
func (in *interp) model(qname, last string, receiver *value, args []arg, n tree.ID, marks, object []mark) (*value, bool) {
	if !in.unit.python {
		return in.scriptModel(qname, last, receiver, args, n, marks, object)
	}
	qname = strings.TrimPrefix(qname, "builtins.")
	if harmless.functions[qname] && !(qname == "re.compile") {
		return in.counted(in.numeric(qname, args), marks), true
	}
	if noReturn[qname] {
		in.mayRaise()
		in.st = nil
		return nil, true
	}
	if kind, ok := constructors[qname]; ok {
		return in.construct(kind, qname, args), true
	}
	first := func() *value {
		if len(args) > 0 && args[0].star == 0 && args[0].name == 0 {
			return args[0].v
		}
		return nil
	}
	switch qname {
	case "str", "repr", "bytes":
		v := first()
		if s, ok := display(v); ok && qname == "str" {
			return strValue(s).with(v.marks), true
		}
		if c := in.cell(v); c != nil && c.class != nil && qname == "str" {
			if m, ok := in.classMember(c.class, in.intern("__str__"), 0); ok && m != nil && m.fn != nil {
				return in.invoke(bind(m, v).fn, nil, n), true
			}
		}
		out := tainted(marks)
		if out != nil && v != nil {
			out.facts, out.prefix, out.inside = v.facts, v.prefix, v.inside
		}
		return out, true
	case "sorted", "reversed", "iter", "copy.copy", "copy.deepcopy":
		return in.copyOf(first(), qname == "reversed" || qname == "sorted"), true
	case "enumerate":
		id, c := in.alloc(listCell)
		pair, p := in.alloc(listCell)
		p.elems = []*value{nil, in.iterate(first())}
		c.exact, c.rest = false, &value{cell: pair}
		return &value{cell: id}, true
	case "zip":
		pair, p := in.alloc(listCell)
		id, c := in.alloc(listCell)
		c.exact, c.rest = false, &value{cell: pair}
		for i := range args {
			p.elems = append(p.elems, in.iterate(args[i].v))
		}
		return &value{cell: id}, true
	case "range":
		id, c := in.alloc(listCell)
		c.exact = false
		if len(args) == 1 && first().konst() == number {
			if n := first().num; n <= 0 {
				c.exact = true
			} else {
				c.elems = []*value{numValue(0)} // there is a first
				if n > 1 {
					c.elems = append(c.elems, nil)
				}
			}
		}
		return &value{cell: id}, true
	case "map", "filter":
		if len(args) >= 2 && args[0].v != nil && args[0].v.fn != nil {
			return in.mapped(args[0].v.fn, args[1].v, n, qname == "filter"), true
		}
		if len(args) >= 2 && in.unit.tree.Kind(args[0].node) == tree.Ident && harmless.functions[in.unit.tree.Text(args[0].node)] {
			return in.counted(nil, marks), true
		}
	case "functools.reduce":
		if len(args) >= 2 && args[0].v != nil && args[0].v.fn != nil {
			e := in.iterate(args[1].v)
			return in.invoke(args[0].v.fn, []arg{{v: e, node: tree.None}, {v: e, node: tree.None}}, n), true
		}
	case "next":
		return in.iterate(first()), true
	case "min", "max", "random.choice", "secrets.choice":
		if len(args) == 1 {
			return in.iterate(first()), true
		}
	case "getattr":
		if len(args) >= 2 && args[1].v.konst() == str {
			v := in.attribute(args[0].v, in.intern(args[1].v.str), n)
			if len(args) > 2 {
				v = in.either(v, args[2].v)
			}
			return v, true
		}
	case "setattr":
		if len(args) == 3 && args[1].v.konst() == str && args[0].node >= 0 {
			if o := in.container(args[0].node, objectCell); o != nil {
				in.putElement(o, args[1].v, args[2].v)
			}
			return nil, true
		}
	case "super":
		if v, ok := in.superValue(); ok {
			return v, true
		}
	case "print", "type", "vars":
		return nil, true
	case "functools.partial":
		if v := first(); v != nil && v.fn != nil && v.fn.kind == function {
			fn := *v.fn
			fn.fixed = append(slices.Clone(fn.fixed), args[1:]...)
			return &value{fn: &fn}, true
		}
	case "asyncio.gather":
		id, c := in.alloc(listCell)
		for i := range args {
			if args[i].star != 0 {
				in.loosen(c)
				c.rest = in.either(c.rest, in.iterate(args[i].v))
			} else if c.exact {
				c.elems = append(c.elems, args[i].v)
			}
		}
		return &value{cell: id}, true
	case "asyncio.run", "asyncio.wait_for", "asyncio.create_task", "asyncio.ensure_future":
		return first(), true
	case "os.path.realpath", "os.path.abspath", "os.path.normpath":
		if out := tainted(marks); out != nil {
			out.facts = normal
			return out, true
		}
		return nil, true
	case "itertools.chain":
		id, c := in.alloc(listCell)
		c.exact = false
		for i := range args {
			c.rest = in.either(c.rest, in.iterate(args[i].v))
		}
		return &value{cell: id}, true
	case "re.compile":
		id, c := in.alloc(objectCell)
		c.put(in.intern("pattern"), first())
		return &value{cell: id}, true
	case "urllib.parse.urlparse", "urllib.parse.urlsplit":
		return in.parsedAddress(args, marks), true
	case "json.dumps", "pickle.dumps", "marshal.dumps", "yaml.dump", "yaml.safe_dump", "json.loads", "pickle.loads", "marshal.loads", "yaml.safe_load":
		return in.recoded(qname, first(), marks)
	case "heapq.heappush", "bisect.insort", "bisect.insort_left", "bisect.insort_right":
		if len(args) >= 2 {
			if c := in.cell(first()); c != nil && c.kind == listCell {
				c = in.own(first().cell)
				in.loosen(c)
				c.rest = in.either(c.rest, args[1].v)
				return nil, true
			}
		}
	case "heapq.heappop":
		return in.valuesOf(first()), true
	case "collections.namedtuple":
		return in.namedTuple(args), true
	case "importlib.import_module":
		return nil, false
	}
	if last == "resolve" || last == "absolute" {
		if out := tainted(union(object, marks)); out != nil {
			if last == "resolve" {
				out.facts = normal
			}
			return out, true
		}
	}
	return nil, false
}

// counted is a number or truth that was made of something tainted.
func (in *interp) counted(v *value, marks []mark) *value {
	if v != nil || in.numbers == 0 {
		return v
	}
	return tainted(without(marks, ^in.numbers))
}

// numeric is the result of a harmless function: a constant where it is easily told.
func (in *interp) numeric(qname string, args []arg) *value {
	if len(args) == 0 {
		return nil
	}
	v := args[0].v
	switch qname {
	case "len":
		if c := in.cell(v); c != nil && c.exact {
			if c.kind == listCell {
				return numValue(float64(len(c.elems)))
			}
			return numValue(float64(len(c.fields)))
		}
		if v.konst() == str {
			return numValue(float64(len(v.str)))
		}
	case "int":
		if v.konst() == number {
			return numValue(float64(int64(v.num)))
		}
		if v.konst() == str && len(args) == 1 {
			if n := parseNumber(strings.TrimSpace(v.str)); n != nil && !strings.ContainsAny(v.str, ".xXoObBeE") {
				return n
			}
		}
	case "bool":
		return ofTri(in.truthOf(v))
	case "ord":
		if v.konst() == str && len(v.str) == 1 {
			return numValue(float64(v.str[0]))
		}
	}
	return nil
}

// mapped runs a function on what a container holds, and is the list of what it gives.
func (in *interp) mapped(fn *callee, over *value, n tree.ID, filter bool) *value {
	if c := in.cell(over); c != nil && c.kind == listCell && c.exact && len(c.elems) <= 8 && !filter {
		var elems []*value
		for _, e := range slices.Clone(c.elems) {
			elems = append(elems, in.invoke(fn, []arg{{v: e, node: tree.None}}, n))
			if in.st == nil {
				return nil
			}
		}
		id, fresh := in.alloc(listCell)
		fresh.elems = elems
		return &value{cell: id}
	}
	e := in.iterate(over)
	v := in.invoke(fn, []arg{{v: e, node: tree.None}}, n)
	if in.st == nil {
		return nil
	}
	id, fresh := in.alloc(listCell)
	fresh.exact = false
	if filter {
		v = e
	}
	fresh.rest = v
	return &value{cell: id}
}
