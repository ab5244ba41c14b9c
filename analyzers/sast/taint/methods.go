package taint

import (
	"slices"
	"strconv"
	"strings"

	"github.com/qodacode/qodacode/analyzers/sast/tree"
)

// methodCall is the result of a method of a container, of a constant string, or of one whose
// result is harmless whatever it is called on.
func (in *interp) methodCall(o *value, method string, args []arg, n, target tree.ID) (*value, bool) {
	first := func() *value {
		if len(args) > 0 && args[0].star == 0 {
			return args[0].v
		}
		return nil
	}
	c := in.cell(o)
	if c != nil {
		switch c.kind {
		case listCell:
			if v, ok := in.listMethod(o, c, method, args, n); ok {
				return v, true
			}
		case dictCell:
			if v, ok := in.dictMethod(o, c, method, args, n); ok {
				return v, true
			}
		case configCell:
			if v, ok := in.configMethod(o, c, method, args); ok {
				return v, true
			}
		}
	}
	if in.unit.python && harmless.methods[method] || !in.unit.python && harmless.scriptMethods[method] {
		if o.konst() == str {
			if v, ok := stringMethod(in, o, method, args); ok {
				return v, true
			}
		}
		marks := in.deep(o)
		for i := range args {
			marks = union(marks, in.deep(args[i].v))
		}
		return in.counted(nil, marks), true
	}
	if o.konst() == str {
		if v, ok := stringMethod(in, o, method, args); ok {
			return v, true
		}
		if method == "format" && in.unit.python {
			if v, ok := in.format(o.str, args); ok {
				return v.with(union(v.taint(), o.marks)), true
			}
		}
		if method == "join" && len(args) == 1 {
			marks := o.marks
			if lc := in.cell(first()); lc != nil && (lc.kind == listCell || lc.kind == dictCell) {
				marks = union(marks, in.deep(in.iterate(first())))
				if s, ok := in.joined(lc, o.str); ok {
					return strValue(s).with(marks), true
				}
			} else {
				marks = union(marks, in.deep(first()))
			}
			return tainted(marks), true
		}
	}
	if !in.unit.python {
		return in.scriptMethod(o, method, args, n)
	}
	switch method {
	case "split", "rsplit", "splitlines", "partition", "rpartition":
		if c == nil && o != nil && o.kind == unknown && o.ext == nil {
			id, l := in.alloc(listCell)
			l.exact, l.rest = false, tainted(o.marks)
			if by := first(); by.konst() == str && by.str != "" && o.prefix != "" && (method == "split" || method == "partition") {
				in.splitPrefix(o.prefix, by, len(args), method, l)
			}
			return &value{cell: id}, true
		}
	case "relative_to":
		if callee := target; callee >= 0 {
			if object := in.unit.kid(callee, tree.Object); object >= 0 && len(args) > 0 && len(in.deep(args[0].v)) == 0 {
				in.cleanNormal(object)
			}
		}
	}
	return nil, false
}

// splitPrefix tells the parts that the known beginning of a text splits into.
func (in *interp) splitPrefix(prefix string, by *value, args int, method string, l *cell) {
	parts := strings.Split(prefix, by.str)
	if method == "partition" || args > 1 {
		parts = parts[:min(len(parts), 2)]
	}
	for _, part := range parts[:len(parts)-1] {
		l.elems = append(l.elems, strValue(part))
		if method == "partition" {
			l.elems = append(l.elems, by, l.rest)
			l.exact, l.rest = true, nil
		}
	}
}

// format is template.format(…): only what the template has a place for comes through.
func (in *interp) format(template string, args []arg) (*value, bool) {
	used := map[string]bool{}
	auto := 0
	rest := template
	for {
		_, after, ok := strings.Cut(rest, "{")
		if !ok {
			break
		}
		if strings.HasPrefix(after, "{") {
			rest = after[1:]
			continue
		}
		slot, tail, ok := strings.Cut(after, "}")
		if !ok || strings.Contains(slot, "{") {
			return nil, false
		}
		name := slot
		if i := strings.IndexAny(name, "!:.["); i >= 0 {
			name = name[:i]
		}
		if name == "" {
			name = strconv.Itoa(auto)
			auto++
		}
		used[name] = true
		rest = tail
	}
	var marks []mark
	var only *value
	for i := range args {
		a := &args[i]
		if a.star != 0 {
			return nil, false
		}
		name := strconv.Itoa(i)
		if a.name != 0 {
			name = in.spell(a.name)
		}
		if used[name] {
			marks = union(marks, in.deep(a.v))
			only = a.v
		}
	}
	if len(used) > 1 {
		only = nil
	}
	head, _, _ := strings.Cut(template, "{")
	return in.text(head, only, marks), true
}

// joined is the string that a list of constants makes.
func (in *interp) joined(c *cell, by string) (string, bool) {
	if !c.exact || c.kind != listCell {
		return "", false
	}
	var parts []string
	for _, e := range c.elems {
		if e.konst() != str {
			return "", false
		}
		parts = append(parts, e.str)
	}
	return strings.Join(parts, by), true
}

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

// stringMethod is the result of a method of a constant string.
func stringMethod(in *interp, o *value, method string, args []arg) (out *value, ok bool) {
	marks := o.marks
	defer func() {
		if out != nil {
			out = out.with(union(out.marks, marks))
		}
	}()
	var s [2]string
	for i := range args {
		if i >= len(s) || args[i].name != 0 || args[i].v.konst() != str {
			return nil, false
		}
		marks = union(marks, args[i].v.marks)
		s[i] = args[i].v.str
	}
	switch len(args) {
	case 0:
		switch method {
		case "lower", "casefold", "toLowerCase":
			return strValue(strings.ToLower(o.str)), true
		case "upper", "toUpperCase":
			return strValue(strings.ToUpper(o.str)), true
		case "strip", "trim":
			return strValue(strings.TrimSpace(o.str)), true
		case "encode", "decode", "toString":
			return o, true
		case "isdigit":
			return ofTri(triOf(o.str != "" && strings.Trim(o.str, "0123456789") == "")), true
		case "split":
			id, c := in.alloc(listCell)
			for f := range strings.FieldsSeq(o.str) {
				c.elems = append(c.elems, strValue(f))
			}
			return &value{cell: id}, true
		}
	case 1:
		switch method {
		case "startswith", "startsWith":
			return boolValue(strings.HasPrefix(o.str, s[0])), true
		case "endswith", "endsWith":
			return boolValue(strings.HasSuffix(o.str, s[0])), true
		case "includes":
			return boolValue(strings.Contains(o.str, s[0])), true
		case "find", "index", "indexOf":
			return numValue(float64(strings.Index(o.str, s[0]))), true
		case "encode", "decode":
			return o, true
		case "split":
			if s[0] == "" || strings.Count(o.str, s[0]) > mostElems {
				return nil, false
			}
			id, c := in.alloc(listCell)
			for _, f := range strings.Split(o.str, s[0]) {
				c.elems = append(c.elems, strValue(f))
			}
			return &value{cell: id}, true
		}
	case 2:
		if (method == "replace" && in.unit.python || method == "replaceAll") && len(s[1]) < 100 {
			return strValue(strings.ReplaceAll(o.str, s[0], s[1])), true
		}
	}
	return nil, false
}
