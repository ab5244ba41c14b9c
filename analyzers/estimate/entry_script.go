package estimate

import (
	"path"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// literalMethod is a method in an object literal: { async fetch(request) { … } }.
func literalMethod(f *parser.File, fn *parser.Func) (entry, bool) {
	if kind, how := handedTo(f, fn.Node); how == handedEntry {
		return kind, true
	} else if how == handedHeld {
		return "", true
	}
	object := f.Parent(fn.Node)
	if f.Kind(f.Parent(object)) == parser.KindExport && workerMethods[fn.Name] != "" {
		return workerMethods[fn.Name], true
	}
	return "", f.EnclosingFunc(fn.Node) == nil
}

// workerMethods are what a worker's default export is called for.
var workerMethods = map[string]entry{"fetch": entryHandler, "queue": entryTask, "scheduled": entryTask, "email": entryHandler}

// scriptEntry is the kind of a JavaScript function by the conventions of frameworks about
// files and their exports.
func scriptEntry(f *parser.File, fn *parser.Func) entry {
	if fn.Class >= 0 {
		for _, d := range methodDecorators(f, fn.Node) {
			if kind := decoratedEntry(f, d); kind != "" {
				return kind
			}
		}
		return ""
	}
	if f.EnclosingFunc(fn.Node) != nil {
		return ""
	}
	name := unitName(f, fn)
	base := path.Base(f.Path)
	stem := strings.TrimSuffix(base, path.Ext(base))
	slashed := "/" + f.Path
	switch {
	case !isExported(f, fn.Node, name):
		return ""
	case (stem == "route" || strings.HasPrefix(stem, "+") || strings.Contains(slashed, "/routes/")) && httpMethods[name]:
		return entryHandler
	case (strings.Contains(slashed, "/pages/api/") || strings.Contains(slashed, "/server/api/") || strings.Contains(slashed, "/api/") || strings.Contains(slashed, "/netlify/functions/")) && (name == "default" || httpMethods[name] || isDefaultExport(f, fn.Node, name)):
		return entryHandler
	case name == "handler":
		return entryHandler
	case isServerAction(f, fn):
		return entryHandler
	}
	return ""
}

// isServerAction reports whether 'use server' stands at the top of the file or of the function.
func isServerAction(f *parser.File, fn *parser.Func) bool {
	for _, body := range []parser.NodeID{0, fn.Body} {
		first := f.FirstChild(body)
		if text := strings.TrimRight(f.Slice(first), "; \t\r\n"); text == "'use server'" || text == `"use server"` {
			return true
		}
	}
	return false
}

// methodDecorators are those that stand before a method in the body of its class.
func methodDecorators(f *parser.File, method parser.NodeID) []parser.NodeID {
	var before []parser.NodeID
	for c := range f.Children(f.Parent(method)) {
		switch {
		case c == method:
			return before
		case f.Kind(c) == parser.KindDecorator:
			before = append(before, c)
		default:
			before = before[:0]
		}
	}
	return nil
}

// isExported reports whether a module of JavaScript exports the function at n, by its name
// or where it stands.
func isExported(f *parser.File, n parser.NodeID, name string) bool {
	for p := range f.Ancestors(n) {
		switch f.Kind(p) {
		case parser.KindExport:
			return true
		case parser.KindAssignment:
			left := f.Slice(f.Field(p, parser.FieldLeft))
			return strings.HasPrefix(left, "exports.") || strings.HasPrefix(left, "module.exports")
		case parser.KindFunction, parser.KindLambda, parser.KindMethod:
			return false
		}
	}
	if name == "" {
		return false
	}
	for _, exported := range parser.Memo(f, exportsKey{}, func() []string { return exportedNames(f) }) {
		if exported == name {
			return true
		}
	}
	return false
}

type exportsKey struct{}

// exportedNames are the names that a module lists as its exports.
func exportedNames(f *parser.File) []string {
	var names []string
	for c := range f.Children(0) {
		switch f.Kind(c) {
		case parser.KindExport: // export { a, b as c }; export default a
			for n := c; f.Within(n, c) && int(n-c) < 400; n++ {
				if f.Kind(n) == parser.KindIdentifier {
					names = append(names, f.Slice(n))
				}
				if k := f.Kind(n); k == parser.KindBlock || k == parser.KindClassBody {
					break
				}
			}
		case parser.KindExpressionStatement: // module.exports = { a, b }
			a := f.FirstChild(c)
			if f.Kind(a) != parser.KindAssignment || !strings.Contains(f.Slice(f.Field(a, parser.FieldLeft)), "exports") {
				continue
			}
			right := f.Field(a, parser.FieldRight)
			if f.Kind(right) == parser.KindIdentifier {
				names = append(names, f.Slice(right))
			}
			for m := range f.Children(right) {
				switch f.Kind(m) {
				case parser.KindShorthand:
					names = append(names, f.Slice(m))
				case parser.KindPair:
					names = append(names, f.Slice(f.Field(m, parser.FieldValue)))
				}
			}
		}
	}
	return names
}

// routeLabel is what a function without a name is registered for: "POST /chat",
// "on message"; "" for one with a name and where nothing tells.
func routeLabel(f *parser.File, fn *parser.Func) string {
	if fn.Name != "" || fn.Class >= 0 {
		return ""
	}
	args := f.Parent(fn.Node)
	if f.Kind(args) != parser.KindArguments {
		return ""
	}
	c := f.CallAt(f.Parent(args))
	if c == nil || len(c.Args) == 0 {
		return ""
	}
	if _, ok := registers(f, c, ""); !ok {
		return ""
	}
	first := f.Eval(c.Args[0].Value)
	if c.Args[0].Value == fn.Node || first.Kind != parser.String { // .command("explain").action(async () => …)
		inner := f.CallAt(f.Unwrap(f.Field(f.Unwrap(c.Callee), parser.FieldObject)))
		if inner == nil || len(inner.Args) == 0 {
			return ""
		}
		if c, first = inner, f.Eval(inner.Args[0].Value); first.Kind != parser.String {
			return ""
		}
	}
	if len(first.Str) > 80 || strings.ContainsAny(first.Str, "\r\n") {
		return ""
	}
	name := c.Name
	if strings.HasPrefix(first.Str, "/") {
		name = strings.ToUpper(name)
	}
	return name + " " + first.Str
}
