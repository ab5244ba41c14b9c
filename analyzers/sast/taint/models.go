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

// recoded is what encoding and decoding make of a value: what was put in comes out again.
func (in *interp) recoded(qname string, v *value, marks []mark) (*value, bool) {
	if strings.Contains(qname, ".dump") {
		if v == nil || v.cell == 0 {
			return tainted(marks), true
		}
		out := &value{marks: marks, inside: in.copyOf(v, false)}
		return out, true
	}
	if v != nil && v.inside != nil {
		return v.inside, true
	}
	return nil, false
}

// namedTuple is the class that collections.namedtuple makes.
func (in *interp) namedTuple(args []arg) *value {
	if len(args) < 2 {
		return nil
	}
	fn := &callee{kind: class, unit: in.unit, node: tree.None, use: new(usage)}
	if c := in.cell(args[1].v); c != nil && c.kind == listCell && c.exact {
		for _, e := range c.elems {
			if e.konst() == str {
				fn.fields = append(fn.fields, in.intern(e.str))
			}
		}
	} else if args[1].v.konst() == str {
		for f := range strings.FieldsSeq(strings.ReplaceAll(args[1].v.str, ",", " ")) {
			fn.fields = append(fn.fields, in.intern(f))
		}
	}
	if len(fn.fields) == 0 {
		return nil
	}
	return &value{fn: fn}
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

// construct is a new container.
func (in *interp) construct(kind cellKind, qname string, args []arg) *value {
	id, c := in.alloc(kind)
	out := &value{cell: id}
	switch kind {
	case listCell:
		if !in.unit.python && (qname == "Array" || qname == "Array.of") {
			for i := range args {
				in.push(out, args[i].v)
			}
			return out
		}
		if len(args) > 0 {
			v := args[0].v
			if from := in.cell(v); from != nil && from.kind == listCell {
				in.extend(out, v)
			} else {
				c.exact = false
				if from != nil {
					c.rest = in.iterate(v)
				} else {
					c.rest = tainted(v.taint())
				}
			}
		}
	case dictCell, objectCell:
		for i := range args {
			a := &args[i]
			switch {
			case a.name != 0:
				if c := in.own(id); c != nil {
					c.put(a.name, a.v)
				}
			case a.star == 2, in.cell(a.v) != nil && in.cell(a.v).kind != listCell:
				in.update(out, a.v)
			case a.v != nil && a.v.fn != nil: // defaultdict(list)
			default:
				if c := in.own(id); c != nil {
					in.fromPairs(out, a.v)
				}
			}
		}
		if qname == "collections.defaultdict" {
			in.own(id).exact = false
		}
	}
	return out
}

// fromPairs fills a dictionary from a list of pairs.
func (in *interp) fromPairs(o, v *value) {
	c := in.cell(v)
	if c == nil || c.kind != listCell {
		in.update(o, v)
		return
	}
	for _, e := range slices.Clone(c.elems) {
		if p := in.cell(e); p != nil && p.kind == listCell && len(p.elems) == 2 {
			in.putElement(o, p.elems[0], p.elems[1])
		} else {
			in.update(o, e)
		}
	}
	if c.rest != nil {
		if p := in.cell(c.rest); p != nil && p.kind == listCell && len(p.elems) == 2 {
			in.putElement(o, p.elems[0], p.elems[1])
		} else {
			in.update(o, tainted(in.deep(c.rest)))
		}
	}
}

// copyOf is a copy of a container; shuffled where the order of its elements is lost.
func (in *interp) copyOf(v *value, shuffled bool) *value {
	c := in.cell(v)
	if c == nil || in.st == nil {
		return v
	}
	fresh := *c
	fresh.owner = in.st.owner
	fresh.elems, fresh.fields = slices.Clone(c.elems), slices.Clone(c.fields)
	id := in.newID()
	in.st.set(id, &fresh)
	out := *v
	out.cell = id
	if shuffled {
		if fresh.kind != listCell {
			rest := in.iterate(v)
			lid, l := in.alloc(listCell)
			l.exact, l.rest = false, rest
			return &value{cell: lid, marks: v.marks}
		}
		in.loosen(in.own(id))
	}
	return &out
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

// superValue is the instance, seen as one of its base class.
func (in *interp) superValue() (*value, bool) {
	if len(in.stack) == 0 {
		return nil, false
	}
	fn := in.stack[len(in.stack)-1]
	if fn.self == nil {
		return nil, false
	}
	c := in.cell(fn.self)
	if c == nil || c.class == nil {
		return nil, false
	}
	// The class that the method is defined in says what comes next.
	owner := in.ownerOf(c.class, fn, 0)
	if owner == nil {
		return nil, false
	}
	proxy := &callee{kind: class, unit: owner.unit, node: owner.node, bases: owner.bases, use: new(usage)}
	id, pc := in.alloc(objectCell)
	pc.class = proxy
	pc.rest = tainted(in.deep(fn.self))
	for _, b := range owner.bases {
		if b != nil && b.fn != nil && b.fn.kind == class {
			return &value{cell: id, super: fn.self, fn: nil}, true
		}
	}
	return nil, true
}

func (in *interp) ownerOf(c *callee, method *callee, depth int) *callee {
	if cell := in.get(c.frame); cell != nil {
		for _, f := range cell.fields {
			if f.v != nil && f.v.fn != nil && f.v.fn.node == method.node && f.v.fn.unit == method.unit {
				return c
			}
		}
	}
	if depth < 8 {
		for _, b := range c.bases {
			if b != nil && b.fn != nil && b.fn.kind == class {
				if o := in.ownerOf(b.fn, method, depth+1); o != nil {
					return o
				}
			}
		}
	}
	return nil
}

// parsedAddress is an address that was taken apart: it knows the variable that it was read from.
func (in *interp) parsedAddress(args []arg, marks []mark) *value {
	id, c := in.alloc(objectCell)
	c.rest = tainted(marks)
	if len(args) > 0 && args[0].node >= 0 && in.unit.tree.Kind(args[0].node) == tree.Ident {
		c.put(in.intern(parsedOf), numValue(float64(in.name(args[0].node))))
	}
	return &value{cell: id, marks: marks}
}
