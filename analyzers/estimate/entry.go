package estimate

import (
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
