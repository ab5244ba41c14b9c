package agents

import (
	"strconv"

	"github.com/qodacode/qodacode/parser"
)

// maxHops bounds how many names, calls and files one expression is followed through.
const maxHops = 16

// Origin is the expression that made the object which r evaluates to: through names with
// one value, attributes of self, awaits, imports between files, and functions of the
// project that return it. A chained call (builder.addNode(…).addEdge(…)) is followed to the object that the
// chain began with when fluent says that its methods return it. What can't be followed is
// returned as far as it went.
func (p *Project) Origin(r Ref, fluent func(method string) bool) Ref {
	return p.origin(r, fluent, maxHops)
}

func (p *Project) origin(r Ref, fluent func(string) bool, hops int) Ref {
	if !r.Valid() || hops <= 0 {
		return r
	}
	f := r.File
	r.Node = f.Unwrap(r.Node)
	switch r.Kind() {
	case parser.KindIdentifier, parser.KindShorthand:
		if next, ok := p.Value(r); ok {
			return p.origin(next, fluent, hops-1)
		}
	case parser.KindAttribute:
		if next, ok := p.member(r, hops); ok {
			return p.origin(next, fluent, hops-1)
		}
	case parser.KindNamedExpression:
		return p.origin(r.at(f.Field(r.Node, parser.FieldValue)), fluent, hops-1)
	case parser.KindAsPattern:
		return p.origin(r.at(f.FirstChild(r.Node)), fluent, hops-1)
	case parser.KindCall:
		callee := f.Unwrap(f.Field(r.Node, parser.FieldFunction))
		if f.Kind(callee) == parser.KindAttribute && fluent != nil {
			if c := f.CallAt(r.Node); c != nil && fluent(c.Name) {
				return p.origin(r.at(f.Field(callee, parser.FieldObject)), fluent, hops-1)
			}
		}
		if fn := p.function(r.at(callee), hops-1); fn.Valid() {
			if returns := p.Returns(fn); len(returns) == 1 {
				return p.origin(returns[0], fluent, hops-1)
			}
		}
	}
	return r
}

// Value is the expression that gave a name its value, in this file or the one that it is
// imported from; false where there is none or more than one.
func (p *Project) Value(r Ref) (Ref, bool) {
	var value Ref
	defs := r.File.DefsOf(r.Node)
	if len(defs) == 0 && r.Kind() == parser.KindIdentifier {
		value = p.starred(r)
	}
	for _, d := range defs {
		if d.Kind == parser.AugmentedDef {
			continue // changed in place, still the same object
		}
		next := p.defValue(r.File, d)
		if !next.Valid() || next.Node == r.Node && next.File == r.File {
			return r, false
		}
		if value.Valid() && value != next {
			if value.File.Kind(value.Node) == parser.KindNone {
				value = next
				continue
			}
			if next.File.Kind(next.Node) == parser.KindNone {
				continue
			}
			return r, false
		}
		value = next
	}
	return value, value.Valid()
}

// starred is what a name that its file doesn't define stands for, where it comes out of a
// module of the project: from constants import *.
func (p *Project) starred(r Ref) Ref {
	if r.File.Language.IsScript() {
		return Ref{nil, parser.NoNode}
	}
	for i := len(r.File.Imports) - 1; i >= 0; i-- { // the last one counts
		imp := &r.File.Imports[i]
		if imp.Name != "*" {
			continue
		}
		if g := p.imported(r.File, imp.Module); g != nil && g != r.File {
			if d, in := p.export(g, r.Text(), maxHops); d != nil {
				return p.defValue(in, d)
			}
		}
	}
	return Ref{nil, parser.NoNode}
}

// defValue is the expression, function or class that a definition stands for.
func (p *Project) defValue(f *parser.File, d *parser.Def) Ref {
	switch d.Kind {
	case parser.AssignDef, parser.WithDef:
		return Ref{f, d.Value}
	case parser.FuncDef:
		return Ref{f, f.Funcs[d.Index].Node}
	case parser.ClassDef:
		return Ref{f, f.Classes[d.Index].Node}
	case parser.ImportDef:
		if def, in := p.follow(f, &f.Imports[d.Index], maxHops); def != nil {
			return p.defValue(in, def)
		}
	case parser.ParamDef:
		if d.Value != parser.NoNode {
			return Ref{f, d.Value}
		}
	case parser.UnpackDef:
		if v := f.Unwrap(d.Value); f.Kind(v) == parser.KindTuple || f.Kind(v) == parser.KindList {
			i := 0
			for c := range f.Children(v) {
				if d.Path == strconv.Itoa(i) {
					return Ref{f, c}
				}
				i++
			}
		}
		if v := f.Unwrap(d.Value); f.Kind(v) == parser.KindDict {
			return Ref{f, f.Property(v, d.Path)}
		}
		return p.unpacked(f, d)
	}
	return Ref{nil, parser.NoNode}
}

// unpacked is what a, b = make() gives a name, where make is a function of the project that
// returns a tuple which is written out.
func (p *Project) unpacked(f *parser.File, d *parser.Def) Ref {
	none := Ref{nil, parser.NoNode}
	v := f.Unwrap(d.Value)
	callee := f.Field(v, parser.FieldFunction)
	if f.Kind(v) != parser.KindCall || f.Kind(callee) != parser.KindIdentifier {
		return none
	}
	defs := f.DefsOf(callee)
	if len(defs) != 1 {
		return none
	}
	def, in := defs[0], f
	if def.Kind == parser.ImportDef {
		def, in = p.follow(f, &f.Imports[def.Index], maxHops)
	}
	if def == nil || def.Kind != parser.FuncDef {
		return none // a name that is unpacked itself could lead back here
	}
	returns := p.Returns(p.defValue(in, def))
	if len(returns) != 1 || returns[0].Kind() != parser.KindTuple && returns[0].Kind() != parser.KindList {
		return none
	}
	i := 0
	for c := range returns[0].File.Children(returns[0].Node) {
		if d.Path == strconv.Itoa(i) {
			return returns[0].at(c)
		}
		i++
	}
	return none
}

// name is the last segment of a name or an attribute.
func (r Ref) name() string {
	f := r.File
	switch n := f.Unwrap(r.Node); f.Kind(n) {
	case parser.KindIdentifier, parser.KindShorthand:
		return f.Slice(n)
	case parser.KindAttribute:
		return f.Slice(f.AttributeName(n))
	}
	return ""
}

// Function is the function, method or lambda that r names or is, anywhere in the project.
func (p *Project) Function(r Ref) Ref { return p.function(r, maxHops) }

// function spends the hops of who asks: what it asks itself may lead back here.
func (p *Project) function(r Ref, hops int) Ref {
	for ; hops > 0; hops-- {
		if !r.Valid() {
			return r
		}
		r.Node = r.File.Unwrap(r.Node)
		var ok bool
		switch r.Kind() {
		case parser.KindFunction, parser.KindLambda, parser.KindMethod:
			return r
		case parser.KindIdentifier, parser.KindShorthand:
			r, ok = p.Value(r)
		case parser.KindAttribute:
			r, ok = p.member(r, hops-1)
		}
		if !ok {
			break
		}
	}
	return Ref{nil, parser.NoNode}
}

// Func is the function facts of a Ref that Function returned.
func (r Ref) Func() *parser.Func {
	if !r.Valid() {
		return nil
	}
	return r.File.FuncAt(r.Node)
}

// Returns are the expressions that a function returns; nested functions are left out.
func (p *Project) Returns(fn Ref) []Ref {
	info := fn.Func()
	if info == nil || info.Body == parser.NoNode {
		return nil
	}
	f := fn.File
	if f.Kind(info.Body) != parser.KindBlock {
		return []Ref{{f, info.Body}}
	}
	var out []Ref
	for n := info.Body; f.Within(n, info.Body); n++ {
		switch f.Kind(n) {
		case parser.KindFunction, parser.KindLambda, parser.KindMethod, parser.KindClass:
			n = parser.NodeID(f.Nodes[n].Next) - 1
		case parser.KindReturn:
			out = append(out, Ref{f, f.FirstChild(n)})
		}
	}
	return out
}
