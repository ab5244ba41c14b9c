package taint

import "github.com/qodacode/qodacode/analyzers/sast/tree"

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
