package guards

import (
	"github.com/qodacode/qodacode/parser"
)

// decorators are the decorators of a function, those of JavaScript too.
func (a *analysis) decorators(fn *parser.Func) []parser.NodeID {
	if len(fn.Decorators) > 0 || !a.Language.IsScript() || a.Kind(fn.Node) != parser.KindMethod {
		return fn.Decorators
	}
	var out []parser.NodeID
	for c := range a.Children(a.Parent(fn.Node)) {
		switch {
		case c >= fn.Node:
			return out
		case a.Kind(c) == parser.KindDecorator:
			out = append(out, a.FirstChild(c))
		default:
			out = nil
		}
	}
	return out
}

// decorated is where a function runs that has a decorator.
func (a *analysis) decorated(d parser.NodeID) reach {
	d = a.Unwrap(d)
	c := a.CallAt(d)
	name, callee := a.nameOf(d), d
	if c != nil {
		name, callee = c.Name, a.Unwrap(c.Callee)
		if r := a.approvalSetting(c); r.mask != everything {
			return r
		}
	}
	r := a.limiterDecorator(d, c)
	var g *parser.Func
	at := a
	if a.hasFunc(name) {
		g = a.FuncOf(callee)
	}
	if g == nil {
		g, at = a.importedFunction(callee)
	}
	if g != nil {
		if inner := at.wrapped(g, c != nil); inner.mask != everything {
			return r.then(a.because(inner, d))
		}
		if at.knowsWrapped(g, c != nil) {
			return r // it was looked into: it only lets through
		}
	}
	return r.then(a.wrapsByName(name, d))
}

// wrapped is where a decorator of this file calls what it decorates; factory tells whether it is called to make one.
func (a *analysis) wrapped(g *parser.Func, factory bool) reach {
	if p := a.wrapParam(g, factory); p != nil {
		return a.callsOf(p.fn, p.def)
	}
	return always
}

func (a *analysis) knowsWrapped(g *parser.Func, factory bool) bool {
	p := a.wrapParam(g, factory)
	return p != nil && !a.mayAskPerson(p.fn)
}

type wrapParam struct {
	fn  *parser.Func
	def *parser.Def
}

// wrapParam is the parameter that stands for what is decorated.
func (a *analysis) wrapParam(g *parser.Func, factory bool) *wrapParam {
	if factory { // the function in it that it returns
		for i := range a.Funcs {
			inner := &a.Funcs[i]
			if inner.Node > g.Node && a.functionAround(inner.Node) == g.Node && len(inner.Params) > 0 {
				g = inner
				factory = false
				break
			}
		}
		if factory {
			return nil
		}
	}
	if len(g.Params) == 0 {
		return nil
	}
	return &wrapParam{g, &g.Params[0]}
}
