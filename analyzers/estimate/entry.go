package estimate

import (
	"path"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// handed is what becomes of a function that is an argument of a call.
type handed uint8

const (
	handedUnknown handed = iota // by a call that the project does not hold
	handedRun                   // it runs here
	handedEntry                 // it is an entry point
	handedHeld                  // it is a tool, a node or the like
)

// ownUnit reports whether a function is a unit by itself, and not a part of the code around
// it, which runs it where it stands. Its kind is told where that makes it an entry point.
func ownUnit(f *parser.File, fn *parser.Func) (entry, bool) {
	if f.Kind(fn.Node) == parser.KindFunction || fn.Class >= 0 {
		return "", true
	}
	if f.Kind(fn.Node) == parser.KindMethod { // of an object literal
		if !f.Within(fn.Node, 0) {
			return "", true
		}
		return literalMethod(f, fn)
	}
	inObject := f.Kind(f.Parent(fn.Node)) == parser.KindPair
	if fn.Name != "" && !inObject {
		return "", true
	}
	if !f.Language.IsScript() {
		return "", false // a lambda
	}
	kind, how := handedTo(f, fn.Node)
	switch how {
	case handedEntry:
		return kind, true
	case handedHeld:
		return "", true
	case handedRun:
		return "", false
	}
	if inObject {
		return "", f.EnclosingFunc(fn.Node) == nil
	}
	// const POST = withAuth(async (request) => …), export default async () => …, exports.handler = …
	for p := range f.Ancestors(fn.Node) {
		switch f.Kind(p) {
		case parser.KindParenthesized, parser.KindCast, parser.KindArguments:
			continue
		case parser.KindCall:
			if f.Within(fn.Node, f.Field(p, parser.FieldFunction)) {
				return "", false // (async () => …)()
			}
			continue
		case parser.KindDeclarator, parser.KindAssignment, parser.KindExport, parser.KindFieldDefinition:
			return "", f.EnclosingFunc(fn.Node) == nil
		}
		break
	}
	return "", false
}

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

// handedTo tells what becomes of the function at n: the innermost call that says so counts.
func handedTo(f *parser.File, n parser.NodeID) (entry, handed) {
	argument := "" // the nearest name that n is given by
	at, found := n, false
	for p := range f.Ancestors(n) {
		switch f.Kind(p) {
		case parser.KindKeywordArgument:
			if argument == "" {
				argument = f.Slice(f.Field(p, parser.FieldName))
			}
		case parser.KindPair:
			key := strings.Trim(f.Slice(f.Field(p, parser.FieldKey)), "\"'`")
			if argument == "" || heldArguments[key] {
				argument = key
			}
		case parser.KindParenthesized, parser.KindCast, parser.KindArguments, parser.KindList, parser.KindTuple, parser.KindDict, parser.KindSpread, parser.KindAwait, parser.KindConditional:
		case parser.KindCall, parser.KindNew:
			c := f.CallAt(p)
			if c == nil || f.Within(at, c.Callee) {
				if c != nil && f.Unwrap(c.Callee) != n && !f.Within(n, f.Unwrap(c.Callee)) {
					return "", handedRun
				}
				if found { // call(fn).then(…): go on from the whole chain
					continue
				}
				return "", handedRun
			}
			found = true
			if kind, ok := registers(f, c, argument); ok {
				return kind, handedEntry
			}
			if heldArguments[argument] || holders[c.Name] {
				return "", handedHeld
			}
			if runners[c.Name] && (c.Name != "partial" || f.Kind(f.Parent(f.Parent(p))) != parser.KindCall) {
				return "", handedRun
			}
			at, argument = p, ""
		case parser.KindFunction, parser.KindLambda, parser.KindMethod, parser.KindBlock, parser.KindModule:
			return "", handedUnknown
		case parser.KindDecorator: // @router(first)
			return "", handedHeld
		}
	}
	return "", handedUnknown
}

// registers reports whether c makes what it is given, as the named argument, an entry point.
func registers(f *parser.File, c *parser.Call, argument string) (entry, bool) {
	for i := range registerRows {
		r := &registerRows[i]
		if !slices.Contains(r.names, c.Name) {
			continue
		}
		isAttribute := f.Kind(f.Unwrap(c.Callee)) == parser.KindAttribute
		switch {
		case r.attribute && !isAttribute, r.bare && isAttribute:
		case r.path && !(len(c.Args) > 1 && isText(f, c.Args[0].Value)):
		case r.keyword != "" && r.keyword != argument:
		case r.from != nil && !importsAny(f, r.from):
		default:
			return r.kind, true
		}
	}
	return "", false
}

func isText(f *parser.File, n parser.NodeID) bool {
	switch f.Kind(f.Unwrap(n)) {
	case parser.KindString, parser.KindTemplate, parser.KindConcatenated, parser.KindRegex, parser.KindList:
		return true
	}
	return f.Eval(n).Kind == parser.String
}

// importsAny reports whether a file imports one of some packages.
func importsAny(f *parser.File, packages []string) bool {
	for i := range f.Imports {
		if fromAny(f.Imports[i].Module, packages) {
			return true
		}
	}
	return false
}

// fromAny reports whether a qualified name or a module belongs to one of some packages.
func fromAny(name string, packages []string) bool {
	name = strings.TrimPrefix(name, "npm:")
	return slices.ContainsFunc(packages, func(p string) bool {
		rest, ok := strings.CutPrefix(name, p)
		return ok && (rest == "" || rest[0] == '.' || rest[0] == '/')
	})
}

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
