package taint

import (
	"strconv"
	"strings"
)

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
