package guards

import (
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// function is the function that a call runs, and the file it is in; nil where it is none of the project.
func (a *analysis) function(c *parser.Call) (*parser.Func, *analysis) {
	if !a.hasFunc(c.Name) {
		return a.importedFunction(a.Unwrap(c.Callee))
	}
	if g := a.FuncOf(c.Callee); g != nil {
		return g, a
	}
	return a.importedFunction(a.Unwrap(c.Callee))
}

// hasFunc reports whether a function of the file has the name.
func (a *analysis) hasFunc(name string) bool {
	if a.own == nil {
		a.own = make(map[string]bool, len(a.Funcs))
		for i := range a.Funcs {
			a.own[a.Funcs[i].Name] = true
		}
	}
	return a.own[name]
}

// importedFunction is the function that a name imported from another file stands for. Only names that say
// something about what is asked here are followed.
func (a *analysis) importedFunction(callee parser.NodeID) (*parser.Func, *analysis) {
	if a.session.modules == nil {
		return nil, nil
	}
	name := a.nameOf(callee)
	if !tellingName(name) {
		return nil, nil
	}
	first := callee
	if a.Kind(callee) == parser.KindAttribute {
		first = a.Unwrap(a.Field(callee, parser.FieldObject))
	}
	defs := a.DefsOf(first)
	if len(defs) != 1 || defs[0].Kind != parser.ImportDef {
		return nil, nil
	}
	imp := &a.Imports[defs[0].Index]
	if first != callee {
		return a.functionIn(imp.Module, joinModule(imp), name)
	}
	if imp.Name == "" {
		return nil, nil
	}
	return a.functionIn(imp.Module, "", imp.Name)
}

// joinModule is the module that from a import b brings, if b is one.
func joinModule(imp *parser.Import) string {
	switch {
	case imp.Name == "" || imp.Name == "default" || imp.Name == "*":
		return ""
	case strings.HasSuffix(imp.Module, "."):
		return imp.Module + imp.Name
	}
	return imp.Module + "." + imp.Name
}

func (a *analysis) functionIn(module, longer, name string) (*parser.Func, *analysis) {
	for _, m := range []string{longer, module} {
		if m == "" {
			continue
		}
		f := a.session.modules.Import(a.File, m)
		if f == nil {
			continue
		}
		at := a.session.of(f)
		for i := range f.Funcs {
			if g := &f.Funcs[i]; g.Class < 0 && (g.Name == name || name == "default" && f.Kind(f.Parent(g.Node)) == parser.KindExport) && at.EnclosingFunc(g.Node) == nil {
				return g, at
			}
		}
	}
	return nil, nil
}

// imported is the value of a name that is imported.
func (a *analysis) imported(imp *parser.Import) value {
	if a.session.modules == nil || imp.Name == "" || !tellingName(imp.Name) {
		return value{}
	}
	f := a.session.modules.Import(a.File, imp.Module)
	if f == nil {
		return value{}
	}
	at := a.session.of(f)
	var defs []*parser.Def
	for i := range f.Defs {
		if d := &f.Defs[i]; d.Scope == 0 && d.Name == imp.Name {
			defs = append(defs, d)
		}
	}
	if len(defs) != 1 || !at.enter(defs[0].Node, asDef) {
		return value{}
	}
	defer at.leave(defs[0].Node, asDef)
	return at.definition(defs[0])
}

// tellingName reports whether a name has to do with environments, approvals or limits, so that another file is read for it.
func tellingName(name string) bool {
	if environmentName(name) != notEnvironment {
		return true
	}
	for _, w := range lowerWords(name) {
		if approvalWords[w] || environmentWords[w] || limiterWords[w] || telling[w] {
			return true
		}
	}
	return false
}

var telling = set(`environment env human permission guard hitl`)
