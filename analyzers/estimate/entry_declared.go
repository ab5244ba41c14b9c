package estimate

import (
	"path"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// declaredEntry is how a function is started by what it says itself: its decorators, its
// name, the file and the class that it stands in.
func declaredEntry(f *parser.File, fn *parser.Func) entry {
	for _, d := range fn.Decorators {
		if kind := decoratedEntry(f, d); kind != "" {
			return kind
		}
	}
	if f.Language.IsScript() {
		return scriptEntry(f, fn)
	}
	name := fn.Name
	if fn.Class >= 0 {
		return methodEntry(f, &f.Classes[fn.Class], name)
	}
	switch {
	case name == "lambda_handler":
		return entryHandler
	case path.Base(f.Path) == "views.py" && len(fn.Params) > 0 && fn.Params[0].Name == "request":
		return entryHandler
	}
	return ""
}

func decoratedEntry(f *parser.File, d parser.NodeID) entry {
	n := f.Unwrap(d)
	if f.Kind(n) == parser.KindDecorator {
		n = f.Unwrap(f.FirstChild(n))
	}
	var call *parser.Call
	if call = f.CallAt(n); call != nil {
		n = f.Unwrap(call.Callee)
	}
	name, isAttribute := f.Slice(n), false
	if f.Kind(n) == parser.KindAttribute {
		name, isAttribute = f.Slice(f.AttributeName(n)), true
	}
	for i := range decoratorRows {
		r := &decoratorRows[i]
		if !slices.Contains(r.names, name) {
			continue
		}
		q := f.QName(n)
		switch {
		case r.attribute && !isAttribute, r.bare && isAttribute:
		case r.path && !hasPath(f, call):
		case r.from != nil && !fromAny(q, r.from):
		case r.from == nil && notFrom[rootName(q)]:
		default:
			return r.kind
		}
	}
	return ""
}

func rootName(q string) string {
	root, _, _ := strings.Cut(q, ".")
	return root
}

func hasPath(f *parser.File, c *parser.Call) bool {
	if c == nil {
		return false
	}
	if len(c.Args) > 0 && c.Args[0].Name == "" {
		return true
	}
	for _, a := range c.Args {
		if a.Name == "path" || a.Name == "rule" {
			return true
		}
	}
	return false
}

func methodEntry(f *parser.File, c *parser.Class, name string) entry {
	for _, b := range c.Bases {
		base := f.Slice(b)
		if i := strings.LastIndexByte(base, '.'); i >= 0 {
			base = base[i+1:]
		}
		switch {
		case base == "BaseCommand" && name == "handle":
			return entryCommand
		case base == "Task" && name == "run" && importsAny(f, []string{"celery"}):
			return entryTask
		case viewMethods[name] && slices.ContainsFunc(viewBases, func(end string) bool { return strings.HasSuffix(base, end) }):
			return entryHandler
		case base == "BaseHTTPRequestHandler" && strings.HasPrefix(name, "do_"):
			return entryHandler
		}
	}
	return ""
}
