package estimate

import (
	"path"
	"strings"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/parser"
)

// occurrence is a name that stands where a function is called or handed on.
type occurrence struct {
	*parser.File
	node   parser.NodeID
	called bool
}

// fileNames are the occurrences of one file by their last segment, and what its imports
// call things by another name.
type fileNames struct {
	uses    map[string][]use
	aliases map[string][]string
	methods map[string]parser.NodeID // of its classes; 0 where several have the name
}

type use struct {
	node   parser.NodeID
	called bool
}

// nameIndex finds where a name is used in a project. Only the files that change are read
// again.
type nameIndex struct {
	files   []*parser.File
	names   []*fileNames // of each of files
	aliases map[string][]string
	methods map[string]agents.Ref // nil until it is asked for; not valid where several have the name
}

func newNameIndex(p *agents.Project) *nameIndex {
	x := &nameIndex{files: p.Files(), aliases: map[string][]string{}}
	for _, f := range x.files {
		names := namesIn(f)
		x.names = append(x.names, names)
		for name, aliases := range names.aliases {
			x.aliases[name] = append(x.aliases[name], aliases...)
		}
	}
	return x
}

type fileNamesKey struct{}

func namesIn(f *parser.File) *fileNames {
	return parser.Memo(f, fileNamesKey{}, func() *fileNames { return readNames(f) })
}

func readNames(f *parser.File) *fileNames {
	x := &fileNames{uses: map[string][]use{}, aliases: map[string][]string{}, methods: map[string]parser.NodeID{}}
	add := func(n parser.NodeID, called bool) {
		n = f.Unwrap(n)
		name := ""
		switch f.Kind(n) {
		case parser.KindIdentifier, parser.KindShorthand:
			name = f.Slice(n)
		case parser.KindAttribute:
			name = f.Slice(f.AttributeName(n))
		}
		if name != "" {
			x.uses[name] = append(x.uses[name], use{n, called})
		}
	}
	for i := range f.Calls {
		c := &f.Calls[i]
		add(c.Callee, true)
		for _, a := range c.Args {
			eachValue(f, a.Value, 0, func(n parser.NodeID) { add(n, false) })
		}
	}
	for i := range f.Imports {
		if imp := &f.Imports[i]; imp.Alias != "" && imp.Alias != imp.Name && imp.Name != "" {
			x.aliases[imp.Name] = append(x.aliases[imp.Name], imp.Alias)
		}
	}
	for i := range f.Funcs {
		if fn := &f.Funcs[i]; fn.Class >= 0 && fn.Name != "" {
			if _, twice := x.methods[fn.Name]; twice {
				x.methods[fn.Name] = 0
			} else {
				x.methods[fn.Name] = fn.Node
			}
		}
	}
	return x
}

// eachValue calls yield for the expressions that n hands on: itself, or the members of a
// list or an object literal.
func eachValue(f *parser.File, n parser.NodeID, depth int, yield func(parser.NodeID)) {
	n = f.Unwrap(n)
	switch f.Kind(n) {
	case parser.KindIdentifier, parser.KindAttribute, parser.KindShorthand:
		yield(n)
	case parser.KindList, parser.KindTuple, parser.KindDict, parser.KindPair, parser.KindSpread, parser.KindConditional:
		if depth > 6 {
			return
		}
		for c := range f.Children(n) {
			if f.Kind(n) == parser.KindPair && f.FieldOf(c) == parser.FieldKey {
				continue
			}
			eachValue(f, c, depth+1, yield)
		}
	}
}

// of are the names under which other code may run a unit.
func (x *nameIndex) of(u *unit) []string {
	name := unitName(u.File, u.fn)
	names := []string{name}
	if u.fn.Class >= 0 && (name == "__init__" || name == "constructor") {
		names = []string{u.Classes[u.fn.Class].Name}
	}
	if u.fn.Class >= 0 || u.nested {
		return names
	}
	if u.Language.IsScript() && isDefaultExport(u.File, u.fn.Node, name) {
		names = append(names, "default")
	}
	seen := map[string]bool{}
	for _, name := range names {
		seen[name] = true
	}
	for i := 0; i < len(names); i++ { // grows
		for _, alias := range x.aliases[names[i]] {
			if !seen[alias] {
				seen[alias] = true
				names = append(names, alias)
			}
		}
	}
	return names
}

// uses are the occurrences of a name in the project.
func (x *nameIndex) uses(name string) []occurrence {
	if name == "" {
		return nil
	}
	var found []occurrence
	for i, f := range x.files {
		for _, u := range x.names[i].uses[name] {
			found = append(found, occurrence{f, u.node, u.called})
		}
	}
	return found
}

// method is the one method of a name in the project.
func (x *nameIndex) method(name string) agents.Ref {
	if x.methods == nil {
		x.methods = map[string]agents.Ref{}
		for i, f := range x.files {
			if isTest(f.Path) {
				continue
			}
			for name, n := range x.names[i].methods {
				if _, twice := x.methods[name]; twice || n == 0 {
					x.methods[name] = noRef
				} else {
					x.methods[name] = agents.Ref{File: f, Node: n}
				}
			}
		}
	}
	if m, ok := x.methods[name]; ok {
		return m
	}
	return noRef
}

// unitName is what a function is called: its own name, or that of what it is assigned to.
func unitName(f *parser.File, fn *parser.Func) string {
	if fn.Name != "" {
		return fn.Name
	}
	for p := range f.Ancestors(fn.Node) {
		switch f.Kind(p) {
		case parser.KindParenthesized, parser.KindCast, parser.KindArguments, parser.KindCall, parser.KindAwait:
			continue
		case parser.KindDeclarator, parser.KindFieldDefinition:
			if name := f.Field(p, parser.FieldName); f.Kind(name) == parser.KindIdentifier {
				return f.Slice(name)
			}
		case parser.KindAssignment: // exports.handler = …
			left := f.Field(p, parser.FieldLeft)
			if f.Kind(left) == parser.KindAttribute {
				if name := f.Slice(f.AttributeName(left)); name != "exports" {
					return name
				}
				return "default"
			}
			return f.Slice(left)
		case parser.KindPair:
			return strings.Trim(f.Slice(f.Field(p, parser.FieldKey)), "\"'`")
		case parser.KindExport:
			return "default"
		}
		break
	}
	return ""
}

// isDefaultExport reports whether a function is what a module exports as its default.
func isDefaultExport(f *parser.File, fn parser.NodeID, name string) bool {
	for p := range f.Ancestors(fn) {
		if f.Kind(p) == parser.KindExport && strings.HasPrefix(f.Slice(p), "export default") {
			return true
		}
	}
	if name == "" || name == "default" {
		return name == "default"
	}
	for c := range f.Children(0) {
		if f.Kind(c) == parser.KindExport && f.Slice(f.Unwrap(f.Field(c, parser.FieldValue))) == name {
			return true
		}
	}
	return false
}

// isTest reports whether a file holds tests, which are neither entry points nor callers.
func isTest(file string) bool {
	base := path.Base(file)
	stem := strings.TrimSuffix(base, path.Ext(base))
	if strings.HasPrefix(base, "test_") || strings.HasSuffix(stem, "_test") || strings.HasSuffix(stem, ".test") || strings.HasSuffix(stem, ".spec") || stem == "conftest" {
		return true
	}
	for _, dir := range strings.Split(path.Dir(file), "/") {
		if dir == "tests" || dir == "test" || dir == "__tests__" || dir == "__mocks__" {
			return true
		}
	}
	return false
}
