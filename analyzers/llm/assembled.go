package llm

import (
	"slices"

	"github.com/qodacode/qodacode/parser"
)

// assembled are the entries of the dictionary or object that n evaluates to, also where it is
// put together in steps: params = {…}, then params["tools"] = tools. complete reports that
// there are no others.
func assembled(f *parser.File, n parser.NodeID) (entries []parser.Entry, complete bool) {
	if v := f.Eval(n); v.Kind == parser.Dict {
		return v.Entries, keysKnown(v.Entries) && !changedByCall(f, n)
	}
	n = f.Unwrap(n)
	if k := f.Kind(n); k != parser.KindIdentifier {
		return nil, false
	}
	defs := f.DefsOf(n)
	made := 0
	complete = true
	var later []parser.Entry
	for _, d := range defs {
		switch d.Kind {
		case parser.AssignDef:
			v := f.Eval(d.Value)
			made++
			entries, complete = v.Entries, complete && v.Kind == parser.Dict
		case parser.AugmentedDef:
			if excluded(f, d.Node, n) {
				continue
			}
			e, ok := entryAt(f, d.Node)
			complete = complete && ok
			if ok {
				later = append(later, e)
			}
		default:
			complete = false
		}
	}
	if made != 1 {
		return nil, false
	}
	entries = slices.Concat(entries, later)
	return entries, complete && keysKnown(entries) && !changedByCall(f, n)
}

// excluded reports whether a and b stand in different branches of one if statement.
func excluded(f *parser.File, a, b parser.NodeID) bool {
	below := a
	for p := range f.Ancestors(a) {
		if f.Kind(p) == parser.KindIf && f.Within(b, p) {
			return !f.Within(b, below)
		}
		below = p
	}
	return false
}

// conditional reports whether n stands in a branch of its function.
func conditional(f *parser.File, n parser.NodeID) bool {
	for p := range f.Ancestors(n) {
		switch f.Kind(p) {
		case parser.KindIf:
			return true
		case parser.KindFunction, parser.KindMethod, parser.KindLambda:
			return false
		}
	}
	return false
}

func keysKnown(entries []parser.Entry) bool {
	return !slices.ContainsFunc(entries, func(e parser.Entry) bool { return e.Key.Kind != parser.String })
}

// entryAt is the entry that an assignment to params["tools"] or params.tools, whose target is n, makes.
func entryAt(f *parser.File, n parser.NodeID) (parser.Entry, bool) {
	assignment := f.Parent(n)
	if f.Kind(assignment) != parser.KindAssignment || f.Field(assignment, parser.FieldLeft) != n {
		return parser.Entry{}, false
	}
	key := parser.Value{}
	switch {
	case f.Kind(n) == parser.KindSubscript && f.Kind(f.FirstChild(n)) == parser.KindIdentifier:
		if at := f.LastChild(n); f.Kind(at) == parser.KindString {
			key = f.Eval(at)
		}
	case f.Kind(n) == parser.KindAttribute && f.Language.IsScript() && f.Kind(f.Field(n, parser.FieldObject)) == parser.KindIdentifier:
		at := attribute(f, n)
		key = parser.Value{Kind: parser.String, Str: f.Slice(at), Node: at}
	}
	if key.Kind != parser.String || f.Parent(key.Node) != n {
		return parser.Entry{}, false
	}
	return parser.Entry{Key: key, Value: f.Eval(f.Field(assignment, parser.FieldRight))}, true
}

// changers are methods that change a dictionary in place.
var changers = map[string]bool{"update": true, "setdefault": true, "pop": true, "popitem": true, "clear": true, "__setitem__": true}

// changedByCall reports whether a method changes the dictionary that the name n has: params.update(…).
func changedByCall(f *parser.File, n parser.NodeID) bool {
	n = f.Unwrap(n)
	if f.Kind(n) != parser.KindIdentifier {
		return false
	}
	name := f.Slice(n)
	for i := range f.Calls {
		c := &f.Calls[i]
		if !changers[c.Name] {
			if c.Name != "assign" || len(c.Args) == 0 || f.Slice(c.Args[0].Value) != name {
				continue
			}
			return true // Object.assign(params, …)
		}
		if object := f.Field(f.Unwrap(c.Callee), parser.FieldObject); f.Kind(object) == parser.KindIdentifier && f.Slice(object) == name {
			return true
		}
	}
	return false
}
