package agents

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// constructs finds the objects that a framework's classes and functions make: every call of
// one of them by any imported name, and of classes of the project that derive from them.
type constructs struct {
	*Project
	roots   []string        // the framework's modules: crewai, google.adk
	names   map[string]bool // its classes and functions, by their last segment
	methods map[string]bool // methods that make something on objects whose class may be unknown: client.create_agent
	byClass map[Ref]string  // classes of the project: the construct that they derive from, or ""
	calls   map[string][]Ref
	open    map[Ref]bool // callers being looked up, against recursion
}

// object is something that a call makes.
type object struct {
	Ref                // the call that makes it; in a class that derives from a construct, the call of that class
	class string       // the construct: Agent
	call  *parser.Call // the call at Ref
	via   []Ref        // the calls of the project's functions that lead to it, outermost first
	outer int          // how many of via lead to where it is mentioned, not to it
	names []string     // variables and attributes that it was reached through, outermost first
	funcs []string     // likewise functions
}

func newConstructs(p *Project, roots []string, names ...string) *constructs {
	c := &constructs{Project: p, roots: roots, names: map[string]bool{}, byClass: map[Ref]string{}, open: map[Ref]bool{}}
	for _, n := range names {
		c.names[n] = true
	}
	return c
}

// named is the construct that a qualified name stands for, or "".
func (c *constructs) named(q string) string {
	if q == "" {
		return ""
	}
	q = strings.TrimSuffix(q, "()")
	for _, r := range c.roots {
		if strings.HasPrefix(q, r) && len(q) > len(r) && q[len(r)] == '.' {
			if last := q[strings.LastIndexByte(q, '.')+1:]; c.names[last] {
				return last
			}
		}
	}
	return ""
}

// of is the construct that the call at r makes, or "".
func (c *constructs) of(r Ref) string {
	call := r.File.CallAt(r.Node)
	if call == nil {
		return ""
	}
	callee := r.File.Unwrap(call.Callee)
	if k := r.File.Kind(callee); k == parser.KindSubscript || k == parser.KindGenericType { // Agent[T](…)
		callee = r.File.FirstChild(callee)
	}
	if name := c.class(r.at(callee), maxHops); name != "" {
		return name
	}
	if c.methods[call.Name] && r.File.Kind(callee) == parser.KindAttribute {
		return call.Name
	}
	return ""
}

// class is the construct that a class or function is or derives from, or "". A class of the
// project is not one of the framework that has the same module's name: agents.Agent.
func (c *constructs) class(r Ref, hops int) string {
	if k := r.Kind(); k == parser.KindIdentifier || k == parser.KindAttribute {
		if class := c.Class(r, maxHops); class.Valid() {
			return c.derives(class, hops)
		}
	}
	if name := c.named(r.File.QName(r.Node)); name != "" {
		return name
	}
	return c.named(c.passedOn(r))
}

// passedOn is what a name stands for that a module of the project imports for others:
// from .sdk import Agent, where sdk.py says from agents import Agent.
func (c *constructs) passedOn(r Ref) string {
	if r.Kind() != parser.KindIdentifier {
		return ""
	}
	for _, d := range r.File.DefsOf(r.Node) {
		if d.Kind != parser.ImportDef {
			continue
		}
		f, imp := r.File, &r.File.Imports[d.Index]
		for range maxHops {
			g := c.imported(f, imp.Module)
			if g == nil {
				return imp.Module + "." + imp.Name
			}
			i := slices.IndexFunc(g.Imports, func(next parser.Import) bool { return next.Scope == 0 && next.Alias == imp.Name })
			if i < 0 {
				return ""
			}
			f, imp = g, &g.Imports[i]
		}
	}
	return ""
}

// derives is the construct that a class of the project derives from, or "".
func (c *constructs) derives(class Ref, hops int) string {
	if name, ok := c.byClass[class]; ok || hops <= 0 {
		return name
	}
	c.byClass[class] = "" // while it is looked up
	info := class.File.ClassAt(class.Node)
	if info == nil {
		return ""
	}
	for _, base := range info.Bases {
		if k := class.File.Kind(base); k == parser.KindSubscript || k == parser.KindGenericType {
			base = class.File.FirstChild(base)
		}
		if name := c.class(class.at(base), hops-1); name != "" {
			c.byClass[class] = name
			return name
		}
	}
	return ""
}

// relevant are the files that import one of the roots, or a file that does.
func (c *constructs) relevant() []*parser.File {
	var files []*parser.File
	for _, f := range c.files {
		for i := range f.Imports {
			imp := &f.Imports[i]
			if imp.Module[:min(1, len(imp.Module))] == "." || c.isRoot(imp.Module) || c.isRoot(imp.Module+"."+imp.Name) || c.imported(f, imp.Module) != nil {
				files = append(files, f)
				break
			}
		}
	}
	return files
}

// isRoot reports whether a module is one of the roots or in it.
func (c *constructs) isRoot(module string) bool {
	return slices.ContainsFunc(c.roots, func(r string) bool {
		return module == r || strings.HasPrefix(module, r) && (module[len(r)] == '.' || module[len(r)] == '/')
	})
}

// each visits all calls that make one of the constructs in want, in the order of files and places.
func (c *constructs) each(visit func(object), want ...string) {
	for _, f := range c.relevant() {
		for i := range f.Calls {
			call := &f.Calls[i]
			r := Ref{f, call.Node}
			if !c.plausible(f, call) {
				continue
			}
			if name := c.of(r); name != "" && slices.Contains(want, name) {
				visit(object{Ref: r, class: name, call: call})
			}
		}
	}
}

// plausible is a cheap test of what a call may make: its name is that of a construct, an
// alias of an import, or begins as names of classes do.
func (c *constructs) plausible(f *parser.File, call *parser.Call) bool {
	name := call.Name
	if name == "" { // Agent[T](…)
		k := f.Kind(f.Unwrap(call.Callee))
		return k == parser.KindSubscript || k == parser.KindGenericType
	}
	return c.names[name] || c.methods[name] || name[0] >= 'A' && name[0] <= 'Z' || f.Kind(f.Unwrap(call.Callee)) == parser.KindIdentifier && f.FuncOf(call.Callee) == nil && !builtin[name]
}

// builtin are calls that are everywhere and make nothing.
var builtin = map[string]bool{"print": true, "len": true, "str": true, "int": true, "list": true, "dict": true, "isinstance": true, "range": true, "open": true, "super": true, "getattr": true, "float": true, "set": true, "tuple": true, "sorted": true, "enumerate": true}

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
	return c.Value(r)
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

// callsOf are all calls of that name in the files that have to do with the framework.
func (c *constructs) callsOf(name string) []Ref {
	if c.calls == nil {
		c.calls = map[string][]Ref{}
		for _, f := range c.relevant() {
			for i := range f.Calls {
				c.calls[f.Calls[i].Name] = append(c.calls[f.Calls[i].Name], Ref{f, f.Calls[i].Node})
			}
		}
	}
	return c.calls[name]
}

// callers are the calls of a function of the project.
func (c *constructs) callers(target Ref, fn *parser.Func) []Ref {
	if c.open[target] {
		return nil
	}
	c.open[target] = true
	defer delete(c.open, target)
	name := fn.Name
	if name == "__init__" || name == "constructor" {
		if class := target.File.ClassAround(fn.Node); class != nil {
			name = class.Name
		}
	}
	var out []Ref
	for _, r := range c.callsOf(name) {
		if c.runs(r, target, fn) {
			out = append(out, r)
		}
	}
	return out
}

// runs reports whether the call at r runs the function at target: calls it, or makes an
// instance of the class whose __init__ it is.
func (c *constructs) runs(r, target Ref, fn *parser.Func) bool {
	callee := r.at(r.File.CallAt(r.Node).Callee)
	if c.Function(callee) == target {
		return true
	}
	if fn.Name != "__init__" && fn.Name != "constructor" {
		return false
	}
	class := c.Class(callee, maxHops)
	return class.Valid() && class.File == target.File && target.File.ClassAround(fn.Node) == class.File.ClassAt(class.Node)
}

// arg is an argument of the construct, with parameters of the functions that made it
// replaced by what they were called with.
func (c *constructs) arg(o object, name string, pos int) (Ref, bool) {
	if o.call == nil {
		return Ref{nil, parser.NoNode}, false
	}
	a, ok := o.File.Argument(o.call, name, pos)
	r, via := o.at(a.Value), o.via
	if class, super := c.super(o); super != nil { // what the class passes on counts
		if given, found := class.File.Argument(super, name, pos); found {
			a, ok = given, true
			r, via = class.at(a.Value), append(via[:len(via):len(via)], o.Ref)
		}
	}
	if !ok {
		return Ref{nil, parser.NoNode}, false
	}
	for range maxHops {
		next, rest, ok := c.argumentOf(r.at(r.File.Unwrap(r.Node)), via)
		if !ok {
			break
		}
		r, via = next, rest
	}
	return r, true
}

// super is the call of super().__init__ in the class of the project that o is an instance of.
func (c *constructs) super(o object) (class Ref, call *parser.Call) {
	f := o.File
	callee := f.Unwrap(o.call.Callee)
	if f.Kind(callee) != parser.KindIdentifier || c.named(f.QName(callee)) != "" {
		return class, nil
	}
	class = c.Class(o.at(callee), maxHops)
	if !class.Valid() {
		return class, nil
	}
	f = class.File
	for i := range f.Calls {
		if call := &f.Calls[i]; call.Name == "__init__" && f.Within(call.Node, class.Node) && strings.HasPrefix(f.Slice(call.Callee), "super") {
			return class, call
		}
	}
	return class, nil
}

// text is a string argument of the construct.
func (c *constructs) text(o object, name string, pos int) string {
	if r, ok := c.arg(o, name, pos); ok {
		if s, ok := c.String(r); ok {
			return s
		}
	}
	return ""
}

// flag is a boolean argument; absent says what holds when it is not given or not known.
func (c *constructs) flag(o object, name string, absent bool) bool {
	if r, ok := c.arg(o, name, -1); ok {
		if v := r.File.Eval(c.Origin(r, nil).Node); v.Kind == parser.Bool && r.File == c.Origin(r, nil).File {
			return v.Bool
		}
		if v := r.File.Eval(r.Node); v.Kind == parser.Bool {
			return v.Bool
		}
	}
	return absent
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
