package agents

import (
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// value is what a name stands for in v's frame.
func (r *roster) value(v val) (val, bool) {
	if v.bindings == nil {
		return v, false
	}
	for _, d := range v.File.DefsOf(v.Node) {
		for fr := v.bindings; fr != nil; fr = fr.outer {
			if bound, ok := fr.vars[v.Ref.at(d.Node)]; ok {
				return bound, true
			}
		}
	}
	return v, false
}

// follow goes from an expression to the one that made its value: through names, frames,
// attributes, subscripts of literals, and functions of the project with one return.
func (r *roster) follow(v val) val {
	for range 3 * maxHops {
		if r.steps--; !v.Valid() || r.steps < 0 {
			return val{Ref{nil, parser.NoNode}, nil}
		}
		f := v.File
		v.Node = f.Unwrap(v.Node)
		switch v.Kind() {
		case parser.KindIdentifier, parser.KindShorthand:
			next, ok := r.value(v)
			if !ok {
				if next.Ref, ok = r.Value(v.Ref); !ok {
					return v
				}
			}
			v = next
		case parser.KindAttribute:
			next, ok := r.Project.member(v.Ref, maxHops)
			if !ok {
				return v
			}
			v.Ref = next
		case parser.KindSubscript:
			next, ok := r.item(v)
			if !ok {
				return v
			}
			v = next
		case parser.KindNamedExpression:
			v.Node = f.Field(v.Node, parser.FieldValue)
		case parser.KindAsPattern:
			v.Node = f.FirstChild(v.Node)
		case parser.KindCall:
			if r.of(v.Ref) != "" {
				return v
			}
			fn := r.Function(v.Ref.at(f.Field(v.Node, parser.FieldFunction)))
			if !fn.Valid() {
				return v
			}
			returns := r.Returns(fn)
			if len(returns) != 1 || !returns[0].Valid() {
				return v
			}
			v = val{returns[0], r.bind(fn, v)}
		default:
			return v
		}
	}
	return val{Ref{nil, parser.NoNode}, nil}
}

// item is the entry of a literal that a subscript with a known key takes.
func (r *roster) item(v val) (val, bool) {
	f := v.File
	index := f.Field(v.Node, parser.FieldSubscript)
	if index == parser.NoNode {
		index = f.Field(v.Node, parser.FieldIndex)
	}
	o := r.follow(v.at(f.FirstChild(v.Node)))
	if !o.Valid() {
		return v, false
	}
	if key, ok := r.text(v.at(index)); ok && o.Kind() == parser.KindDict {
		pairs, _ := r.Pairs(o.Ref)
		for _, p := range pairs {
			if k, ok := r.Key(p[0]); ok && k == key {
				return val{p[1], o.bindings}, true
			}
		}
	}
	if i, ok := r.Number(v.Ref.at(index)); ok && i >= 0 && (o.Kind() == parser.KindList || o.Kind() == parser.KindTuple) {
		if elems, all := r.elements(o, maxHops); all && i < len(elems) {
			return elems[i], true
		}
	}
	return v, false
}

// text is the string that v evaluates to.
func (r *roster) text(v val) (string, bool) {
	if !r.sinks() {
		return "", false
	}
	defer r.rise()
	v = r.follow(v)
	if !v.Valid() {
		return "", false
	}
	r.steps -= 20 // constants may be as deep as names
	e := v.File.Eval(v.Node)
	switch e.Kind {
	case parser.String:
		return e.Str, true
	case parser.Template:
		var b strings.Builder
		for _, p := range e.Parts {
			s, ok := p.Str, p.Kind == parser.String
			if !ok && p.Node != v.Node {
				s, ok = r.text(v.at(p.Node))
			}
			if !ok {
				return "", false
			}
			b.WriteString(s)
		}
		return b.String(), true
	}
	return r.String(v.Ref)
}

// elements are the members of a list in a frame, as Project.Elements; comprehensions and
// map over what is written out are unrolled.
func (r *roster) elements(v val, hops int) (elems []val, complete bool) {
	if !v.Valid() {
		return nil, true
	}
	if hops <= 0 || !r.sinks() {
		return nil, false
	}
	defer r.rise()
	v.Node = v.File.Unwrap(v.Node)
	if bound, ok := r.value(v); ok {
		return r.elements(bound, hops-1)
	}
	o := r.follow(v)
	if !o.Valid() {
		return nil, false
	}
	f := o.File
	join := func(part parser.NodeID) {
		inner, all := r.elements(o.at(part), hops-1)
		elems, complete = append(elems, inner...), complete && all
	}
	switch o.Kind() {
	case parser.KindList, parser.KindTuple:
		complete = true
		for c := range f.Children(o.Node) {
			if f.Kind(c) == parser.KindSpread {
				join(f.FirstChild(c))
			} else {
				elems = append(elems, o.at(c))
			}
		}
	case parser.KindBinary:
		complete = true
		join(f.Field(o.Node, parser.FieldLeft))
		join(f.Field(o.Node, parser.FieldRight))
	case parser.KindConditional:
		complete = true
		for _, side := range branches(o.Ref) {
			join(side.Node)
		}
	case parser.KindNone:
		complete = true
	case parser.KindComprehension:
		elems, complete = r.comprehended(o)
	case parser.KindCall:
		c := f.CallAt(o.Node)
		switch {
		case c == nil:
		case len(c.Args) == 1 && wraps[c.Name]:
			complete = true
			join(c.Args[0].Value)
		case c.Name == "tool_namespace" || c.Name == "toolNamespace": // several tools under one name
			if a, ok := f.Argument(c, "tools", -1); ok {
				complete = true
				join(a.Value)
			}
		case c.Name == "values" && len(c.Args) == 0 && f.Kind(f.Unwrap(c.Callee)) == parser.KindAttribute:
			pairs, all := r.Pairs(r.follow(o.at(f.Field(f.Unwrap(c.Callee), parser.FieldObject))).Ref)
			for _, p := range pairs {
				elems = append(elems, val{p[1], nil})
			}
			complete = all
		case c.Name == "map" && len(c.Args) > 0:
			elems, complete = r.mapped(o, c, hops)
		case c.Name == "filter" && f.Kind(f.Unwrap(c.Callee)) == parser.KindAttribute:
			complete = true
			join(f.Field(f.Unwrap(c.Callee), parser.FieldObject))
		}
	}
	if k := v.Kind(); (k == parser.KindIdentifier || k == parser.KindAttribute) && o.Valid() {
		more, all := r.appended(v.Ref, r.Origin(v.Ref, nil), hops)
		for _, e := range more {
			elems = append(elems, val{e, v.bindings})
		}
		complete = complete && all
	}
	return elems, complete
}

// comprehended are the elements of a comprehension over what is written out.
func (r *roster) comprehended(o val) (elems []val, complete bool) {
	f := o.File
	body := f.Field(o.Node, parser.FieldBody)
	for c := range f.Children(o.Node) {
		if f.Kind(c) != parser.KindForClause {
			continue
		}
		if complete {
			return nil, false // nested
		}
		for _, fr := range r.rounds(o.at(f.Field(c, parser.FieldRight))) {
			elems, complete = append(elems, val{o.Ref.at(body), fr}), true
		}
	}
	return elems, complete
}

// mapped are the elements of xs.map(f).
func (r *roster) mapped(o val, c *parser.Call, hops int) (elems []val, complete bool) {
	f := o.File
	fn := r.Function(o.Ref.at(c.Args[0].Value))
	info := fn.Func()
	returns := r.Returns(fn)
	if info == nil || len(info.Params) == 0 || len(returns) != 1 {
		return nil, false
	}
	values, complete := r.elements(o.at(f.Field(f.Unwrap(c.Callee), parser.FieldObject)), hops-1)
	for _, v := range values {
		fr := &bindings{vars: map[Ref]val{}, outer: o.bindings}
		if p := info.Params[0]; p.Name != "" {
			fr.vars[fn.at(p.Node)] = v
		} else {
			r.bindParts(fr, fn, p.Node, v)
		}
		elems = append(elems, val{returns[0], fr})
	}
	return elems, complete
}
