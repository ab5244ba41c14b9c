package agents

import (
	"path"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// What readers of JavaScript frameworks share: options in object literals, the names that
// values get, and the calls in a function.

// option is a named argument of the call at r: a keyword, or a property of an object that
// is one of its arguments, wherever that object is written.
func (p *Project) option(r Ref, name string) (Ref, bool) {
	c := r.File.CallAt(r.Node)
	if c == nil {
		return Ref{nil, parser.NoNode}, false
	}
	for _, a := range c.Args {
		switch {
		case a.Name != "" && a.Name == name:
			return r.at(a.Value), true
		case a.Name == "" && r.File.Language.IsScript():
			if v := p.property(r.at(a.Value), name, maxHops); v.Valid() {
				return v, true
			}
		}
	}
	return Ref{nil, parser.NoNode}, false
}

// property is the value of a key of the object that r evaluates to, the last one that is
// written or spread into it; a method is its own value.
func (p *Project) property(r Ref, name string, hops int) Ref {
	found := Ref{nil, parser.NoNode}
	o := p.Origin(r, nil)
	if !o.Valid() || o.Kind() != parser.KindDict || hops <= 0 {
		return found
	}
	if v := o.File.Property(o.Node, name); v != parser.NoNode {
		found = o.at(v)
	}
	for c := range o.File.Children(o.Node) {
		switch o.File.Kind(c) {
		case parser.KindMethod:
			if o.at(o.File.Field(c, parser.FieldName)).Text() == name {
				found = o.at(c)
			}
		case parser.KindSpread:
			if !found.Valid() {
				found = p.property(o.at(o.File.FirstChild(c)), name, hops/2)
			}
		}
	}
	return found
}

// text is a string option.
func (p *Project) textOption(r Ref, name string) string {
	if v, ok := p.option(r, name); ok {
		if s, ok := p.String(v); ok {
			return s
		}
	}
	return ""
}

// given is the name that the value of the expression at r is known by: of the variable,
// field or key that it is assigned to, of the function that returns it, or of the file whose
// default export it is.
func given(r Ref) string {
	f := r.File
	for n, up := r.Node, f.Parent(r.Node); up != parser.NoNode; n, up = up, f.Parent(up) {
		switch f.Kind(up) {
		case parser.KindParenthesized, parser.KindAwait, parser.KindCast, parser.KindBinary, parser.KindConditional:
		case parser.KindAssignment, parser.KindDeclarator:
			for _, field := range []parser.Field{parser.FieldLeft, parser.FieldName} {
				if left := f.Field(up, field); left != parser.NoNode && !f.Within(n, left) {
					return r.at(left).name()
				}
			}
			return ""
		case parser.KindFieldDefinition:
			return f.Slice(f.FirstChild(up))
		case parser.KindPair:
			key := f.Slice(f.Field(up, parser.FieldKey))
			return strings.Trim(key, `"'`)
		case parser.KindReturn, parser.KindLambda:
			if fn := f.EnclosingFunc(n); fn != nil {
				return fn.Name
			}
			return ""
		case parser.KindExport:
			if k := f.Kind(n); k == parser.KindFunction || k == parser.KindClass {
				return ""
			}
			return path.Base(modulePath(f.Path))
		case parser.KindAttribute, parser.KindCall: // createX().method()
			if callee := f.Field(up, parser.FieldFunction); f.Kind(up) == parser.KindCall && callee != n {
				return ""
			}
		default:
			return ""
		}
	}
	return ""
}

// callsBelow are the calls below node, in order.
func callsBelow(f *parser.File, node parser.NodeID) []parser.Call {
	if node < 0 {
		return nil
	}
	from, to := firstCall(f, node), firstCall(f, parser.NodeID(f.Nodes[node].Next))
	return f.Calls[from:max(from, to)]
}

// calledBy visits the calls in a function and in the functions of the project that it
// calls, up to depth calls deep; visit tells whether the call is understood, so that the
// function behind it is not of interest.
func (p *Project) calledBy(fn Ref, depth int, visit func(Ref) bool) {
	p.walkCalls(fn, depth, map[Ref]bool{}, visit)
}

func (p *Project) walkCalls(fn Ref, depth int, seen map[Ref]bool, visit func(Ref) bool) {
	if !fn.Valid() || depth <= 0 || seen[fn] {
		return
	}
	seen[fn] = true
	for _, c := range callsBelow(fn.File, fn.Node) {
		if visit(fn.at(c.Node)) {
			continue
		}
		if callee := p.Function(fn.at(c.Callee)); callee.Valid() && !(callee.File == fn.File && fn.File.Within(callee.Node, fn.Node)) {
			p.walkCalls(callee, depth-1, seen, visit)
		}
	}
}

// modelName is the id of the model that an expression stands for: a string, or the first
// argument or the option model of the call that makes it.
func (p *Project) modelName(r Ref) string {
	for range maxHops {
		if s, ok := p.String(r); ok {
			return s
		}
		o := p.Origin(r, nil)
		c := o.File.CallAt(o.Node)
		if c == nil {
			return ""
		}
		if v, ok := p.option(o, "model"); ok {
			r = v
			continue
		}
		if len(c.Args) == 0 || c.Args[0].Name != "" {
			return ""
		}
		r = o.at(c.Args[0].Value)
	}
	return ""
}

// keyed is one named value of an object; spread ones that can't be opened have no key.
type keyed struct {
	key   string
	value Ref
}

// entries are the entries of the object that r evaluates to, whichever way a condition
// goes. Those with an empty key are objects that the code does not show: what a call returns.
func (p *Project) entries(r Ref) []keyed { return p.openEntries(r, map[Ref]bool{}) }

// openEntries opens each object once: seen are those that are open already.
func (p *Project) openEntries(r Ref, seen map[Ref]bool) []keyed {
	if !r.Valid() {
		return nil
	}
	o := p.Origin(r, nil)
	f := o.File
	unknown := []keyed{{"", r}}
	if seen[o] {
		return nil
	}
	seen[o] = true
	switch o.Kind() {
	case parser.KindDict:
		var out []keyed
		for c := range f.Children(o.Node) {
			switch f.Kind(c) {
			case parser.KindPair:
				if key, ok := p.Key(o.at(f.Field(c, parser.FieldKey))); ok {
					out = append(out, keyed{key, o.at(f.Field(c, parser.FieldValue))})
				} else {
					out = append(out, keyed{"", o.at(f.Field(c, parser.FieldKey))})
				}
			case parser.KindShorthand:
				out = append(out, keyed{f.Slice(c), o.at(c)})
			case parser.KindSpread:
				out = append(out, p.openEntries(o.at(f.FirstChild(c)), seen)...)
			}
		}
		return out
	case parser.KindConditional:
		var out []keyed
		for _, side := range branches(o) {
			out = append(out, p.openEntries(side, seen)...)
		}
		return out
	case parser.KindBinary: // condition && tools, tools ?? {}
		right := p.openEntries(o.at(f.Field(o.Node, parser.FieldRight)), seen)
		if f.Slice(f.Field(o.Node, parser.FieldOperator)) == "&&" {
			return right
		}
		return append(p.openEntries(o.at(f.Field(o.Node, parser.FieldLeft)), seen), right...)
	case parser.KindNone, parser.KindFalse:
		return nil
	case parser.KindIdentifier:
		if o.Text() == "undefined" {
			return nil
		}
	case parser.KindCall:
		if fn := p.Function(o.at(f.Field(o.Node, parser.FieldFunction))); fn.Valid() {
			var out []keyed
			for _, ret := range p.Returns(fn) {
				out = append(out, p.openEntries(ret, seen)...)
			}
			if len(out) > 0 {
				return out
			}
		}
	}
	return unknown
}
