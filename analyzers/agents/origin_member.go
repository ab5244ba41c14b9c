package agents

import (
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// member resolves a.b: an attribute of self or of a class or instance of the project, a name of an
// imported module, or a key of an object literal.
func (p *Project) member(r Ref, hops int) (Ref, bool) {
	f := r.File
	object, name := f.Field(r.Node, parser.FieldObject), r.name()
	if module := p.module(r.at(object)); module != nil {
		if d, in := p.export(module, name, maxHops); d != nil {
			v := p.defValue(in, d)
			return v, v.Valid()
		}
		return r, false
	}
	defs, in := p.memberDefs(r.at(object), name, hops)
	for i := len(defs) - 1; i >= 0; i-- {
		if v := p.defValue(in, defs[i]); v.Valid() {
			return v, true
		}
	}
	if o := p.origin(r.at(object), nil, hops-1); o.Valid() && o.Kind() == parser.KindDict {
		v := o.at(o.File.Property(o.Node, name))
		return v, v.Valid()
	}
	return r, false
}

// memberDefs are the definitions of an attribute of an object whose class is in the project.
func (p *Project) memberDefs(object Ref, name string, hops int) ([]*parser.Def, *parser.File) {
	f := object.File
	if f.IsSelf(object.Node) {
		return f.Members(f.ClassAround(object.Node), name), f
	}
	class := p.Class(object, hops)
	if !class.Valid() {
		return nil, nil
	}
	return class.File.Members(class.File.ClassAt(class.Node), name), class.File
}

// Class is the class of the project that r names or is an instance of.
func (p *Project) Class(r Ref, hops int) Ref {
	for ; hops > 0 && r.Valid(); hops-- {
		r.Node = r.File.Unwrap(r.Node)
		switch r.Kind() {
		case parser.KindClass:
			return r
		case parser.KindCall:
			r.Node = r.File.Field(r.Node, parser.FieldFunction)
		case parser.KindNew:
			r.Node = r.File.Field(r.Node, parser.FieldConstructor)
		case parser.KindIdentifier:
			next, ok := p.Value(r)
			if !ok {
				return Ref{nil, parser.NoNode}
			}
			r = next
		case parser.KindAttribute: // a class in a class or a module
			next, ok := p.member(r, hops-1)
			if !ok {
				return Ref{nil, parser.NoNode}
			}
			r = next
		default:
			return Ref{nil, parser.NoNode}
		}
	}
	return Ref{nil, parser.NoNode}
}

// module is the file that r names as a whole: import x, import * as x.
func (p *Project) module(r Ref) *parser.File {
	if r.Kind() != parser.KindIdentifier {
		return nil
	}
	for _, d := range r.File.DefsOf(r.Node) {
		if d.Kind != parser.ImportDef {
			continue
		}
		imp := &r.File.Imports[d.Index]
		switch {
		case imp.Name == "":
			return p.imported(r.File, imp.Module)
		case !r.File.Language.IsScript(): // from package import module
			separator := "."
			if strings.HasSuffix(imp.Module, ".") {
				separator = ""
			}
			return p.imported(r.File, imp.Module+separator+imp.Name)
		}
	}
	return nil
}
