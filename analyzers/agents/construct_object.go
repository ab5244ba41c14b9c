package agents

import (
	"github.com/qodacode/qodacode/parser"
	"strconv"
)

// object is something that a call makes.
type object struct {
	Ref                // the call that makes it; in a class that derives from a construct, the call of that class
	class string       // the construct: Agent
	call  *parser.Call // the call at Ref
	via   []Ref        // the calls of the project's functions that lead to it, outermost first
	outer int          // how many of via lead to where it is mentioned, not to it
	names []string     // variables and attributes that it was reached through, outermost first
	funcs []string     // likewise functions
	item  Ref          // of one that a loop makes: the value of the loop's variable
	round int          // and its position
}

// object follows an expression to the construct that made it: through names, attributes,
// loops' variables with one value, and functions of the project, of which it remembers the calls.
func (c *constructs) object(r Ref, via []Ref) (object, bool) {
	o := object{via: via, outer: len(via)}
	for range maxHops {
		if !r.Valid() {
			return o, false
		}
		r.Node = r.File.Unwrap(r.Node)
		switch r.Kind() {
		case parser.KindIdentifier, parser.KindAttribute:
			next, ok := c.step(r, &o)
			if !ok {
				o.Ref = r
				return o, false
			}
			o.names = append(o.names, r.name())
			r = next
		case parser.KindSubscript: // agents["writer"], agents[0]
			next, key := c.item(r, o.via)
			if !next.Valid() {
				o.Ref = r
				return c.picked(r, o)
			}
			o.names = append(o.names, key)
			r = next
		case parser.KindFunction: // a property
			returns := c.Returns(r)
			if len(returns) != 1 || len(r.Func().Decorators) == 0 {
				return o, false
			}
			r = returns[0]
		case parser.KindNamedExpression:
			r.Node = r.File.Field(r.Node, parser.FieldValue)
		case parser.KindAsPattern:
			r.Node = r.File.FirstChild(r.Node)
		case parser.KindCall, parser.KindNew:
			o.Ref, o.call = r, r.File.CallAt(r.Node)
			if o.class = c.of(r); o.class != "" {
				return o, true
			}
			if o.call == nil {
				return o, false
			}
			fn := c.Function(r.at(o.call.Callee))
			if !fn.Valid() {
				return o, false
			}
			returns := c.Returns(fn)
			if len(returns) != 1 {
				return o, false
			}
			o.via = append(o.via[:len(o.via):len(o.via)], r)
			o.funcs = append(o.funcs, fn.Func().Name)
			r = returns[0]
		default:
			o.Ref = r
			return o, false
		}
	}
	return o, false
}

// item is the member of a dictionary or a list that r picks by a constant, and the key.
func (c *constructs) item(r Ref, via []Ref) (item Ref, key string) {
	f := r.File
	object, index := c.given(r.at(f.FirstChild(r.Node)), via), r.at(f.Field(r.Node, parser.FieldSubscript))
	if !index.Valid() {
		index = r.at(f.Field(r.Node, parser.FieldIndex))
	}
	if !index.Valid() {
		return index, ""
	}
	if s, ok := c.String(index); ok {
		pairs, _ := c.Pairs(object)
		for _, p := range pairs {
			if k, ok := c.Key(p[0]); ok && k == s {
				return p[1], s
			}
		}
	} else if n, ok := c.Number(index); ok {
		if elems, _ := c.Elements(object); n >= 0 && n < len(elems) {
			return elems[n], ""
		}
	}
	return Ref{nil, parser.NoNode}, ""
}

// step is what a name or attribute stands for; a parameter stands for the argument of the
// call that o came through, or of the only call that there is.
func (c *constructs) step(r Ref, o *object) (Ref, bool) {
	if next, ok := c.Value(r); ok && !c.isParam(r) {
		return next, true
	}
	if r.Kind() == parser.KindAttribute {
		return c.member(r, maxHops)
	}
	if arg, rest, ok := c.argumentOf(r, o.via); ok {
		o.via, o.outer = rest, min(o.outer, len(rest))
		return arg, true
	}
	if values, all := c.Each(r); all && len(values) == 1 {
		return values[0], true
	}
	if defs := r.File.DefsOf(r.Node); len(defs) == 1 && defs[0].Kind == parser.UnpackDef { // a, b = agents
		elems, _ := c.Elements(c.given(r.at(defs[0].Value), o.via))
		if i := atoi(defs[0].Path); strconv.Itoa(i) == defs[0].Path && i < len(elems) {
			return elems[i], true
		}
	}
	return c.Value(r)
}

// given is what the parameter that r names was called with, through all calls; r when it names none.
func (c *constructs) given(r Ref, via []Ref) Ref {
	for range maxHops {
		next, rest, ok := c.argumentOf(r.at(r.File.Unwrap(r.Node)), via)
		if !ok {
			break
		}
		r, via = next, rest
	}
	return r
}

// param is the function whose parameter r names, and which; nil when it is none.
func (c *constructs) param(r Ref) (fn *parser.Func, def *parser.Def) {
	if r.Kind() != parser.KindIdentifier {
		return nil, nil
	}
	defs := r.File.DefsOf(r.Node)
	if len(defs) != 1 || defs[0].Kind != parser.ParamDef {
		return nil, nil
	}
	return r.File.EnclosingFunc(defs[0].Node), defs[0]
}

func (c *constructs) isParam(r Ref) bool { _, d := c.param(r); return d != nil }

// argumentOf is the argument that a call gives to the parameter that r names: the innermost
// call of via, else the only call in the project. rest is how that call itself was reached.
func (c *constructs) argumentOf(r Ref, via []Ref) (arg Ref, rest []Ref, ok bool) {
	fn, def := c.param(r)
	if fn == nil {
		return r, via, false
	}
	var call Ref
	target := r.at(fn.Node)
	for i := len(via) - 1; i >= 0; i-- {
		v := via[i]
		if c.runs(v, target, fn) {
			call, rest = v, via[:i]
			break
		}
	}
	if !call.Valid() {
		callers := c.callers(target, fn)
		if len(callers) != 1 {
			return r, via, false
		}
		call = callers[0]
	}
	pos := int(def.Index)
	if fn.Class >= 0 && len(fn.Params) > 0 && (fn.Params[0].Name == "self" || fn.Params[0].Name == "cls") {
		pos--
	}
	a, found := call.File.Argument(call.File.CallAt(call.Node), def.Name, pos)
	if !found {
		if def.Value == parser.NoNode {
			return r, via, false
		}
		return r.at(def.Value), rest, true
	}
	return call.at(a.Value), rest, true
}

// id tells objects apart: the call that makes it, or, where a function with arguments makes
// several, the call of that function.
func (o object) id() Ref {
	for _, v := range o.via[o.outer:] {
		if len(v.File.CallAt(v.Node).Args) > 0 {
			return v
		}
	}
	return o.Ref
}

// bound is the name that the result of the expression at r gets: of the variable, the
// attribute or the key that it is assigned to, or of the function that returns it.
func (r Ref) bound() string {
	f, n := r.File, r.Node
	for p := range f.Ancestors(n) {
		switch f.Kind(p) {
		case parser.KindParenthesized, parser.KindAwait, parser.KindCast:
		case parser.KindAssignment, parser.KindDeclarator:
			left := f.Field(p, parser.FieldLeft)
			if left == parser.NoNode {
				left = f.Field(p, parser.FieldName)
			}
			if f.Within(n, left) {
				return ""
			}
			return r.at(left).name()
		case parser.KindNamedExpression:
			return r.at(f.Field(p, parser.FieldName)).name()
		case parser.KindReturn:
			if fn := f.EnclosingFunc(p); fn != nil {
				return fn.Name
			}
			return ""
		case parser.KindWithItem, parser.KindAsPattern, parser.KindExpressionStatement:
		default:
			return ""
		}
	}
	return ""
}
