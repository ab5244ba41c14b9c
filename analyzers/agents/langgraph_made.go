package agents

import (
	"slices"

	"github.com/qodacode/qodacode/parser"
)

// made is a construct that an expression may evaluate to, itself or compiled, with what
// parameters stand for on the way there.
type made struct {
	root  Ref
	frame *frame
}

// made are the constructs that r may evaluate to: through all definitions of names and
// attributes, imports, functions that return them, chained methods, and arguments of the
// calls of a function whose parameter r is.
func (l *langgraph) made(r Ref, e *frame, hops int) []made {
	if e != nil {
		return l.make(r, e, hops)
	}
	if found, ok := l.makers[r]; ok {
		return found
	}
	if l.looking[r] || hops <= 0 {
		return nil
	}
	l.looking[r] = true
	found := l.make(r, nil, hops)
	delete(l.looking, r)
	if hops == maxHops || len(found) > 0 {
		l.makers[r] = found
	}
	return found
}

func (l *langgraph) make(r Ref, e *frame, hops int) []made {
	v := l.resolve(r, e)
	if !v.Valid() || hops <= 0 || l.spent() {
		return nil
	}
	if v.Ref != r {
		return l.made(v.Ref, v.frame, hops-1)
	}
	f := r.File
	r.Node = f.Unwrap(r.Node)
	// A chain of methods is walked here, however long it is.
	for r.Kind() == parser.KindCall {
		c := f.CallAt(r.Node)
		callee := f.Unwrap(f.Field(r.Node, parser.FieldFunction))
		if c == nil || stateGraphMethods[c.Name] == 0 || f.Kind(callee) != parser.KindAttribute {
			break
		}
		r.Node = f.Unwrap(f.Field(callee, parser.FieldObject))
	}
	switch r.Kind() {
	case parser.KindIdentifier, parser.KindShorthand:
		if v := l.resolve(r, e); v.Ref != r {
			return l.made(v.Ref, v.frame, hops-1)
		}
		if part, ok := l.taken(slot{Ref: r, frame: e}); ok && part.Valid() {
			return l.made(part.Ref, part.frame, hops-1)
		}
		var all []made
		for _, d := range f.DefsOf(r.Node) {
			all = append(all, l.madeBy(r, d, e, hops)...)
		}
		return unique(all)
	case parser.KindAttribute:
		return l.madeMember(r, e, hops)
	case parser.KindSubscript:
		if part, ok := l.subscript(slot{Ref: r, frame: e}); ok && part.Valid() {
			return l.made(part.Ref, part.frame, hops-1)
		}
	case parser.KindCall, parser.KindNew:
		return l.madeByCall(r, e, hops)
	case parser.KindConditional:
		var all []made
		for _, side := range branches(r) {
			all = append(all, l.made(side, e, hops-1)...)
		}
		return unique(all)
	case parser.KindBinary:
		if op := f.Slice(f.Field(r.Node, parser.FieldOperator)); op == "or" || op == "||" || op == "??" {
			left := l.made(r.at(f.Field(r.Node, parser.FieldLeft)), e, hops-1)
			return unique(append(left, l.made(r.at(f.Field(r.Node, parser.FieldRight)), e, hops-1)...))
		}
	case parser.KindNamedExpression:
		return l.made(r.at(f.Field(r.Node, parser.FieldValue)), e, hops-1)
	case parser.KindAsPattern:
		return l.made(r.at(f.FirstChild(r.Node)), e, hops-1)
	}
	return nil
}

func unique(all []made) []made {
	var out []made
	for _, m := range all {
		if !slices.Contains(out, m) {
			out = append(out, m)
		}
	}
	return out
}

func (l *langgraph) madeBy(r Ref, d *parser.Def, e *frame, hops int) []made {
	f := r.File
	switch d.Kind {
	case parser.AssignDef, parser.WithDef:
		if d.Value == parser.NoNode {
			return nil
		}
		return l.made(r.at(d.Value), e, hops-1)
	case parser.ImportDef:
		if def, in := l.follow(f, &f.Imports[d.Index], maxHops); def != nil {
			return l.madeBy(Ref{in, def.Node}, def, nil, hops-1)
		}
	case parser.UnpackDef:
		return l.madeUnpacked(r, d, e, hops)
	case parser.ParamDef:
		return l.madeParam(r, d, hops)
	case parser.LoopDef:
		items, _ := l.items(r.at(d.Value), e)
		var all []made
		for _, it := range items {
			if d.Path != "" {
				it, _ = l.partOf(it, d.Path)
			}
			if it.Valid() {
				all = append(all, l.made(it.Ref, it.frame, hops-1)...)
			}
		}
		return unique(all)
	}
	return nil
}

// madeUnpacked is for a, b = build() and const { graph } = build().
func (l *langgraph) madeUnpacked(r Ref, d *parser.Def, e *frame, hops int) []made {
	if v := l.defValue(r.File, d); v.Valid() {
		return l.made(v, e, hops-1)
	}
	v := slot{Ref: r.at(r.File.Unwrap(d.Value)), frame: e}
	if c := r.File.CallAt(v.Node); c != nil {
		fn := l.Function(v.at(c.Callee))
		if !fn.Valid() {
			return nil
		}
		inner := l.enter(fn, v.Ref, c, e)
		var all []made
		for _, ret := range l.Returns(fn) {
			if part, ok := l.partOf(slot{Ref: ret, frame: inner}, d.Path); ok && part.Valid() {
				all = append(all, l.made(part.Ref, part.frame, hops-1)...)
			}
		}
		return unique(all)
	}
	return nil
}

// madeParam are the constructs that calls of a function give to its parameter.
func (l *langgraph) madeParam(r Ref, d *parser.Def, hops int) []made {
	fn := r.File.EnclosingFunc(d.Node)
	if fn == nil {
		return nil
	}
	var all []made
	for _, e := range l.sites(r.at(fn.Node), hops) {
		if v, ok := e.get(r); ok && v.Valid() {
			for _, m := range l.made(v.Ref, v.frame, hops-1) {
				all = append(all, made{m.root, e})
			}
		}
	}
	if len(all) == 0 && d.Value != parser.NoNode {
		return l.made(r.at(d.Value), nil, hops-1)
	}
	return unique(all)
}

func (l *langgraph) madeMember(r Ref, e *frame, hops int) []made {
	f := r.File
	object, name := r.at(f.Field(r.Node, parser.FieldObject)), r.name()
	if module := l.module(object); module != nil {
		if d, in := l.export(module, name, maxHops); d != nil {
			return l.madeBy(Ref{in, d.Node}, d, nil, hops-1)
		}
		return nil
	}
	if v, ok := e.get(object); ok && v.Valid() {
		if part, ok := l.partOf(v, name); ok && part.Valid() {
			return l.made(part.Ref, part.frame, hops-1)
		}
		object = v.Ref
	}
	defs, in := l.memberDefs(object, name, hops)
	var all []made
	for _, d := range defs {
		switch {
		case d.Kind == parser.FuncDef: // a property
			if fn := (Ref{in, in.Funcs[d.Index].Node}); len(in.Funcs[d.Index].Decorators) > 0 {
				for _, ret := range l.Returns(fn) {
					all = append(all, l.made(ret, nil, hops-1)...)
				}
			}
		default:
			all = append(all, l.madeBy(Ref{in, d.Node}, d, nil, hops-1)...)
		}
	}
	if len(defs) == 0 && (object.Kind() == parser.KindIdentifier || object.Kind() == parser.KindAttribute) {
		if part, ok := l.partOf(slot{Ref: object, frame: e}, name); ok && part.Valid() {
			return l.made(part.Ref, part.frame, hops-1)
		}
	}
	return unique(all)
}

// passing are calls that return what they are given.
var passing = map[string]bool{"cast": true, "RunnableLambda": true}

func (l *langgraph) madeByCall(r Ref, e *frame, hops int) []made {
	if l.graphs[r] != nil || l.agents[r] != nil {
		return []made{{r, e}}
	}
	f := r.File
	c := f.CallAt(r.Node)
	if c == nil {
		return nil
	}
	if passing[c.Name] && len(c.Args) > 0 {
		return l.made(r.at(c.Args[len(c.Args)-1].Value), e, hops-1)
	}
	fn := l.Function(r.at(c.Callee))
	if !fn.Valid() {
		return nil
	}
	var all []made
	inner := l.enter(fn, r, c, e)
	for _, ret := range l.Returns(fn) {
		if ret.Valid() {
			all = append(all, l.made(ret, inner, hops-1)...)
		}
	}
	return unique(all)
}
