package codeactions

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// wanted is a name that an edit needs from a module.
type wanted struct {
	module string
	name   string // in the module; "default" for what import x from 'm' binds
	local  string // what it is to be called where the file does not have it yet
	// typeOnly is for TypeScript: the name stands in types only.
	typeOnly bool
	use      parser.NodeID // where it is needed
}

// importName makes a name of a module usable at use, and answers what it is called there. It
// takes an import that is there already, adds the name to one of the same module, or adds an
// import. It is not ok where the name means something else.
//
// use may be a statement that the edit puts something in front of; 0 means anywhere.
func (d *draft) importName(module, name string, use parser.NodeID) (as string, ok bool) {
	return d.importWanted(wanted{module: module, name: name, local: name, use: use})
}

// importDefault is importName for what a JavaScript module exports by default.
func (d *draft) importDefault(module, local string, use parser.NodeID) (as string, ok bool) {
	return d.importWanted(wanted{module: module, name: "default", local: local, use: use})
}

// importType is importName for a type of TypeScript.
func (d *draft) importType(module, name string, use parser.NodeID) (as string, ok bool) {
	return d.importWanted(wanted{module: module, name: name, local: name, typeOnly: true, use: use})
}

func (d *draft) importWanted(w wanted) (as string, ok bool) {
	if as, ok = d.imported(w); ok {
		return as, true
	}
	if d.taken(w) {
		return "", false
	}
	if d.Language.IsScript() {
		return w.local, d.joinScriptImport(w) || d.newScriptImport(w)
	}
	return w.local, d.joinPythonImport(w) || d.newPythonImport(w)
}

// imported is what w is called by an import that is there.
func (d *draft) imported(w wanted) (as string, ok bool) {
	for i := range d.Imports {
		imp := &d.Imports[i]
		if moduleName(imp.Module) != w.module || imp.Dynamic || imp.TypeOnly && !w.typeOnly || !d.reaches(imp, w.use) {
			continue
		}
		script := d.Language.IsScript()
		switch {
		case imp.Name == w.name && imp.Alias != "":
			return imp.Alias, true
		case imp.Name == "*" && !script && !d.taken(w):
			return w.local, true
		case imp.Name != "" || imp.Alias == "":
		case w.name == "default" && d.Kind(imp.Node) == parser.KindDeclarator: // const x = require('m')
			return imp.Alias, true
		case w.name == "default":
		case rootModule(imp.Module) == imp.Alias && !script: // import a.b binds a
			return imp.Module + "." + w.name, true
		default:
			return imp.Alias + "." + w.name, true
		}
	}
	return "", false
}

func rootModule(module string) string {
	first, _, _ := strings.Cut(module, ".")
	return first
}

// moduleName is a module without what Deno writes around it: ai for npm:ai@6.
func moduleName(module string) string {
	bare, npm := strings.CutPrefix(module, "npm:")
	if at := strings.LastIndexByte(bare, '@'); npm && at > 0 {
		bare = bare[:at]
	}
	return bare
}

// reaches reports whether what imp binds is what its name means at use, once use is reached.
func (d *draft) reaches(imp *parser.Import, use parser.NodeID) bool {
	hoisted := d.Kind(imp.Node) == parser.KindImport && d.Language.IsScript()
	if use <= 0 {
		return imp.Scope == 0
	}
	if !hoisted && !d.visible(imp, use) {
		return false
	}
	for s := d.ScopeAt(use); s >= 0 && s != imp.Scope; s = d.Scopes[s].Parent {
		if d.defines(s, imp.Alias) {
			return false
		}
	}
	return true
}

func (d *draft) defines(scope parser.ScopeID, name string) bool {
	return slices.ContainsFunc(d.Defs, func(def parser.Def) bool { return def.Scope == scope && def.Name == name })
}

// taken reports whether w's local name means something else in the module, or where w is used.
func (d *draft) taken(w wanted) bool {
	around := map[parser.ScopeID]bool{0: true}
	if w.use > 0 {
		for s := d.ScopeAt(w.use); s > 0; s = d.Scopes[s].Parent {
			around[s] = true
		}
	}
	for i := range d.Defs {
		def := &d.Defs[i]
		if def.Name != w.local || !around[def.Scope] {
			continue
		}
		if def.Kind == parser.ImportDef && !d.Language.IsScript() {
			if imp := d.Imports[def.Index]; imp.TypeOnly && imp.Module == w.module && imp.Name == w.name {
				continue // for annotations: the same name once more, at run time
			}
		}
		return true
	}
	for n := range d.Children(0) { // types have no definitions among the facts
		if d.Kind(n) == parser.KindExport {
			n = d.LastChild(n)
		}
		if k := d.Kind(n); (k == parser.KindInterface || k == parser.KindTypeAlias) && d.Slice(d.Field(n, parser.FieldName)) == w.local {
			return true
		}
	}
	return false
}
