package estimate

import (
	"strings"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/parser"
)

// maxClassSteps bounds how far an object's class is looked for.
const maxClassSteps = 8

// methodOf is the method of the project that a.b names, by the class of a: that of self, of
// what a was made by, or of its annotation.
func (g *callGraph) methodOf(at agents.Ref) agents.Ref {
	f := at.File
	n := f.Unwrap(at.Node)
	if f.Kind(n) != parser.KindAttribute {
		return noRef
	}
	class := g.classOf(agents.Ref{File: f, Node: f.Field(n, parser.FieldObject)}, maxClassSteps)
	return g.method(class, f.Slice(f.AttributeName(n)), maxClassSteps)
}

// method is the method of a class, or of the nearest of its bases that has it.
func (g *callGraph) method(class agents.Ref, name string, steps int) agents.Ref {
	if !class.Valid() || steps <= 0 {
		return noRef
	}
	f := class.File
	c := f.ClassAt(class.Node)
	if c == nil {
		return noRef
	}
	for _, d := range f.Members(c, name) {
		if d.Kind == parser.FuncDef {
			return agents.Ref{File: f, Node: f.Funcs[d.Index].Node}
		}
	}
	for _, b := range c.Bases {
		if base := g.named(agents.Ref{File: f, Node: b}); base.Valid() && base != class {
			if m := g.method(base, name, steps-1); m.Valid() {
				return m
			}
		}
	}
	return noRef
}

// classOf is the class of the project that an object is an instance of.
func (g *callGraph) classOf(at agents.Ref, steps int) agents.Ref {
	if !at.Valid() || steps <= 0 {
		return noRef
	}
	f := at.File
	n := f.Unwrap(at.Node)
	if f.IsSelf(n) {
		if c := f.ClassAround(n); c != nil {
			return agents.Ref{File: f, Node: c.Node}
		}
		return noRef
	}
	switch f.Kind(n) {
	case parser.KindCall, parser.KindNew:
		callee := f.Field(n, parser.FieldFunction)
		if callee == parser.NoNode {
			callee = f.Field(n, parser.FieldConstructor)
		}
		if f.Slice(callee) == "super" {
			if c := f.ClassAround(n); c != nil && len(c.Bases) > 0 {
				return g.named(agents.Ref{File: f, Node: c.Bases[0]})
			}
			return noRef
		}
		if class := g.named(agents.Ref{File: f, Node: callee}); class.Valid() {
			return class
		}
		if fn := g.p.Function(agents.Ref{File: f, Node: callee}); fn.Valid() { // a factory
			if class := g.annotated(fn.File, fn.Func().Returns); class.Valid() {
				return class
			}
			if returns := g.p.Returns(fn); len(returns) == 1 {
				return g.classOf(returns[0], steps-1)
			}
		}
	case parser.KindIdentifier:
		for _, d := range f.DefsOf(n) {
			if class := g.defClass(f, d, steps); class.Valid() {
				return class
			}
		}
	case parser.KindAttribute:
		object := agents.Ref{File: f, Node: f.Field(n, parser.FieldObject)}
		return g.memberClass(g.classOf(object, steps-1), f.Slice(f.AttributeName(n)), steps-1)
	}
	return noRef
}

// defClass is the class of what a definition gives a name.
func (g *callGraph) defClass(f *parser.File, d *parser.Def, steps int) agents.Ref {
	if class := g.annotated(f, d.Annotation); class.Valid() {
		return class
	}
	switch d.Kind {
	case parser.AssignDef, parser.WithDef:
		return g.classOf(agents.Ref{File: f, Node: d.Value}, steps-1)
	case parser.ImportDef:
		if v, ok := g.p.Value(agents.Ref{File: f, Node: d.Node}); ok && (v.File != f || v.Node != d.Node) {
			return g.classOf(v, steps-1)
		}
	}
	return noRef
}

// memberClass is the class of an attribute of a class's instances.
func (g *callGraph) memberClass(class agents.Ref, name string, steps int) agents.Ref {
	if !class.Valid() || steps <= 0 {
		return noRef
	}
	f := class.File
	c := f.ClassAt(class.Node)
	if c == nil {
		return noRef
	}
	for _, d := range f.Members(c, name) {
		if of := g.defClass(f, d, steps); of.Valid() {
			return of
		}
	}
	for _, d := range f.Members(c, "constructor") { // constructor(private readonly llm: LlmService)
		if d.Kind != parser.FuncDef {
			continue
		}
		for i := range f.Funcs[d.Index].Params {
			if p := &f.Funcs[d.Index].Params[i]; p.Name == name {
				return g.annotated(f, p.Annotation)
			}
		}
	}
	return noRef
}

// named is the class of the project that an expression names.
func (g *callGraph) named(at agents.Ref) agents.Ref {
	f := at.File
	n := f.Unwrap(at.Node)
	switch f.Kind(n) {
	case parser.KindClass:
		return agents.Ref{File: f, Node: n}
	case parser.KindIdentifier, parser.KindTypeIdentifier:
		for _, d := range f.DefsOf(n) {
			if d.Kind == parser.ClassDef {
				return agents.Ref{File: f, Node: f.Classes[d.Index].Node}
			}
		}
		if v, ok := g.p.Value(agents.Ref{File: f, Node: n}); ok && v.File.Kind(v.Node) == parser.KindClass {
			return v
		}
	case parser.KindAttribute, parser.KindSubscript, parser.KindGenericType:
		if f.Kind(n) == parser.KindAttribute {
			if c := g.p.Class(agents.Ref{File: f, Node: n}, maxClassSteps); c.Valid() {
				return c
			}
			return noRef
		}
		return g.named(agents.Ref{File: f, Node: f.FirstChild(n)})
	}
	return noRef
}

// annotated is the class that a type names: X, X | None, Optional[X], Annotated[X, …], : X.
func (g *callGraph) annotated(f *parser.File, n parser.NodeID) agents.Ref {
	if n == parser.NoNode {
		return noRef
	}
	for range maxClassSteps {
		switch f.Kind(n) {
		case parser.KindType, parser.KindUnionType, parser.KindBinary, parser.KindParenthesized:
			n = f.FirstChild(n)
			continue
		case parser.KindSubscript, parser.KindGenericType:
			head := f.FirstChild(n)
			if name := f.Slice(head); strings.HasSuffix(name, "Optional") || strings.HasSuffix(name, "Annotated") {
				for c := range f.Children(n) {
					if c != head {
						n = c
						break
					}
				}
				continue
			}
			n = head
			continue
		case parser.KindTypeArguments:
			n = f.FirstChild(n)
			continue
		}
		break
	}
	switch f.Kind(n) {
	case parser.KindIdentifier, parser.KindTypeIdentifier, parser.KindAttribute:
		return g.named(agents.Ref{File: f, Node: n})
	}
	return noRef
}
