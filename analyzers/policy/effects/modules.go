package effects

import (
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// fileOf is the file of the project that a module's name means, or nil.
func (v *view) fileOf(module string) *view {
	if v.modules == nil || v.links >= maxLinks || module == "" {
		return nil
	}
	g, ok := v.files[module]
	if !ok {
		if f := v.modules.Import(v.File, module); f != nil && f != v.File {
			g = newView(f, v.modules, v.links+1)
		}
		v.files[module] = g
	}
	return g
}

// rebase follows a qualified name that begins with an import of the project into the file that
// defines it: .db.pool.query is asyncpg.create_pool().query where db.py makes the pool so.
func (v *view) rebase(q string) string {
	if v.modules == nil || v.links >= maxLinks {
		return q
	}
	for i := range v.Imports {
		imp := &v.Imports[i]
		if imp.Module == "" || !strings.HasPrefix(q, imp.Module) {
			continue
		}
		full := imp.Module
		if imp.Name != "" && imp.Name != "*" {
			full += "." + imp.Name
		}
		if strings.HasSuffix(imp.Module, ".") && imp.Name != "" { // from . import db
			full = imp.Module + "." + imp.Name
		}
		rest, ok := strings.CutPrefix(q, full)
		if !ok || rest != "" && rest[0] != '.' && rest[0] != '(' {
			continue
		}
		name, after := imp.Name, rest
		if name == "" || name == "*" { // import db: db.pool.query
			if rest == "" || rest[0] != '.' {
				continue
			}
			end := strings.IndexAny(rest[1:], ".(") + 1
			if end == 0 {
				end = len(rest)
			}
			name, after = rest[1:end], rest[end:]
		}
		if to := behind(v.rebasedName(imp.Module, name), after); to != "" {
			return to
		}
		if imp.Name != "" && !v.Language.IsScript() && after != "" && after[0] == '.' { // from app import db: db is a module
			end := strings.IndexAny(after[1:], ".(") + 1
			if end == 0 {
				end = len(after)
			}
			module := imp.Module + "." + imp.Name
			if strings.HasSuffix(imp.Module, ".") {
				module = imp.Module + imp.Name
			}
			if to := behind(v.rebasedName(module, after[1:end]), after[end:]); to != "" {
				return to
			}
		}
	}
	return q
}

// resultOf marks a name that a function's result has, and not the function.
const resultOf = "()"

// behind is what a name leads to with what follows it; "" where it leads nowhere.
func behind(to, after string) string {
	if of, ok := strings.CutPrefix(to, resultOf); ok {
		if !strings.HasPrefix(after, "()") {
			return ""
		}
		return of + after[2:]
	}
	if to == "" {
		return ""
	}
	return to + after
}

func (v *view) rebasedName(module, name string) string {
	key := module + "\x00" + name
	to, ok := v.rebased[key]
	if !ok {
		v.rebased[key] = "" // modules may import each other
		if g := v.fileOf(module); g != nil {
			to = g.named(name)
		}
		v.rebased[key] = to
	}
	return to
}

// named is the qualified name of what a module has under a name, "" where that leads nowhere.
func (v *view) named(name string) string {
	in, d := v.exported(name)
	if d == nil {
		return ""
	}
	switch d.Kind {
	case parser.FuncDef:
		if q := in.clean(in.ResultQName(&in.Funcs[d.Index])); q != "" {
			return resultOf + q
		}
		return ""
	case parser.ClassDef:
		defer in.ask()()
		return in.baseOf(&in.Classes[d.Index], maxDepth)
	case parser.AssignDef:
		if q := in.clean(in.QName(d.Node)); q != "" {
			return q
		}
		if q := in.spell(d.Value); !strings.HasPrefix(q, "~") {
			return q
		}
	case parser.ImportDef, parser.UnpackDef:
		return in.clean(in.QName(d.Node))
	}
	return ""
}

// exported is the definition of a name at the top of the module, or of the module that it
// gives it on from.
func (v *view) exported(name string) (*view, *parser.Def) {
	var found *parser.Def
	for i := range v.Defs {
		if d := &v.Defs[i]; d.Scope == 0 && d.Name == name && d.Kind != parser.AugmentedDef {
			if found != nil && !(found.Kind == parser.AssignDef && v.Kind(v.Unwrap(found.Value)) == parser.KindNone) {
				return v, nil
			}
			found = d
		}
	}
	if found == nil && name == "default" && v.Language.IsScript() {
		for n := range v.Children(0) {
			if v.Kind(n) != parser.KindExport {
				continue
			}
			if value := v.Field(n, parser.FieldValue); v.Kind(v.Unwrap(value)) == parser.KindIdentifier {
				if defs := v.DefsOf(v.Unwrap(value)); len(defs) == 1 {
					found = defs[0]
				}
			}
		}
	}
	if found != nil && found.Kind == parser.ImportDef {
		imp := &v.Imports[found.Index]
		if g := v.fileOf(imp.Module); g != nil && imp.Name != "" {
			if in, d := g.exported(imp.Name); d != nil {
				return in, d
			}
		}
	}
	return v, found
}

// importedText is the text that an imported name stands for.
func (v *view) importedText(d *parser.Def, depth int) texts {
	imp := &v.Imports[d.Index]
	g := v.fileOf(imp.Module)
	if g == nil || imp.Name == "" {
		return unknownText
	}
	in, def := g.exported(imp.Name)
	if def == nil || def.Kind != parser.AssignDef {
		return unknownText
	}
	in.work = v.work
	t := in.textAt(def.Value, depth-1)
	v.work = in.work
	t.param = false
	return t
}

// importedMember is the definition of a name in the module that object names.
func (v *view) importedMember(object parser.NodeID, name string) (*view, *parser.Def) {
	object = v.Unwrap(object)
	if v.modules == nil || v.Kind(object) != parser.KindIdentifier {
		return nil, nil
	}
	defs := v.DefsOf(object)
	if len(defs) != 1 || defs[0].Kind != parser.ImportDef {
		return nil, nil
	}
	imp := &v.Imports[defs[0].Index]
	module := imp.Module
	if imp.Name != "" && imp.Name != "*" {
		if v.Language.IsScript() {
			return nil, nil
		}
		if !strings.HasSuffix(module, ".") {
			module += "."
		}
		module += imp.Name
	}
	g := v.fileOf(module)
	if g == nil {
		return nil, nil
	}
	g.work = maxWork / 4
	in, d := g.exported(name)
	if d == nil || d.Kind != parser.AssignDef {
		return nil, nil
	}
	return in, d
}
