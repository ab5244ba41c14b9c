package agents

import (
	"github.com/qodacode/qodacode/parser"
)

// callables are the functions that calling r runs: through names, methods, partial, bind,
// wrappers, and functions of the project that return functions. known is false where there may be others.
func (l *langgraph) callables(r Ref, e *frame, hops int) (fns []callable, known bool) {
	v := l.resolve(r, e)
	if !v.Valid() || hops <= 0 || l.spent() {
		return nil, false
	}
	r, e = v.Ref, v.frame
	f := r.File
	switch r.Kind() {
	case parser.KindFunction, parser.KindLambda, parser.KindMethod:
		return []callable{{r, e}}, true
	case parser.KindIdentifier, parser.KindShorthand:
		if part, ok := l.taken(v); ok && part.Valid() {
			return l.callables(part.Ref, part.frame, hops-1)
		}
		known = true
		n := 0
		for _, d := range f.DefsOf(r.Node) {
			next := l.defValue(f, d)
			if !next.Valid() || next == r {
				known = false
				continue
			}
			inner, all := l.callables(next, e, hops-1)
			fns, known = append(fns, inner...), known && all
			n++
		}
		return fns, known && n > 0
	case parser.KindAttribute:
		object := r.at(f.Field(r.Node, parser.FieldObject))
		if v, ok := e.get(object); ok && v.Valid() {
			if part, ok := l.partOf(v, r.name()); ok && part.Valid() {
				return l.callables(part.Ref, part.frame, hops-1)
			}
		}
		if next, ok := l.member(r, hops); ok {
			return l.callables(next, e, hops-1)
		}
		if fn := l.methodNamed(l.originOf(slot{Ref: object, frame: e}).Ref, r.name(), hops); fn.Valid() {
			return []callable{{fn, nil}}, true
		}
	case parser.KindConditional:
		known = true
		for _, side := range branches(r) {
			inner, all := l.callables(side, e, hops-1)
			fns, known = append(fns, inner...), known && all
		}
		return fns, known
	case parser.KindSubscript:
		if part, ok := l.subscript(slot{Ref: r, frame: e}); ok && part.Valid() {
			return l.callables(part.Ref, part.frame, hops-1)
		}
	case parser.KindClass:
		return l.methodOf(r)
	case parser.KindCall, parser.KindNew:
		return l.calledCallables(r, e, hops)
	}
	return nil, false
}

// methodOf is what calling an instance of a class runs.
func (l *langgraph) methodOf(class Ref) ([]callable, bool) {
	for _, name := range []string{"__call__", "invoke", "run"} {
		for _, d := range class.File.Members(class.File.ClassAt(class.Node), name) {
			if d.Kind == parser.FuncDef {
				return []callable{{class.at(class.File.Funcs[d.Index].Node), nil}}, true
			}
		}
	}
	return nil, false
}

// wrapping are functions that return their first argument with something around it.
var wrapping = map[string]bool{
	"partial": true, "RunnableLambda": true, "RunnableCallable": true, "traceable": true, "task": true, "from": true,
	"with_retry": true, "withRetry": true, "coerce_to_runnable": true, "cast": true, "wraps": true,
}

func (l *langgraph) calledCallables(r Ref, e *frame, hops int) (fns []callable, known bool) {
	f := r.File
	c := f.CallAt(r.Node)
	if c == nil {
		return nil, false
	}
	callee := f.Unwrap(c.Callee)
	if f.Kind(callee) == parser.KindAttribute && c.Name == "bind" || c.Name == "with_config" || c.Name == "withConfig" { // this.step.bind(this)
		return l.callables(r.at(f.Field(callee, parser.FieldObject)), e, hops-1)
	}
	if fn := l.Function(r.at(callee)); fn.Valid() {
		inner := l.enter(fn, r, c, e)
		known = true
		for _, ret := range l.Returns(fn) {
			if !ret.Valid() {
				continue
			}
			more, all := l.callables(ret, inner, hops-1)
			fns, known = append(fns, more...), known && all
		}
		if len(fns) > 0 {
			return fns, known
		}
	}
	if class := l.Class(r, hops); class.Valid() {
		return l.methodOf(class)
	}
	if c.Name == "getattr" && len(c.Args) >= 2 {
		if name, ok := l.text(r.at(c.Args[1].Value), e); ok {
			object := l.originOf(slot{Ref: r.at(c.Args[0].Value), frame: e})
			if fn := l.methodNamed(object.Ref, name, hops); fn.Valid() {
				return []callable{{fn, nil}}, true
			}
		}
		return nil, false
	}
	if wrapping[c.Name] && len(c.Args) > 0 {
		a := c.Args[0]
		if func_, ok := f.Argument(c, "func", 0); ok {
			a = func_
		}
		fns, known = l.callables(r.at(a.Value), e, hops-1)
		if c.Name != "partial" || len(fns) != 1 {
			return fns, known
		}
		// What partial binds are arguments by name, or the first ones.
		rest := *c
		rest.Args = c.Args[1:]
		return []callable{{fns[0].Ref, l.enter(fns[0].Ref, r, &rest, e)}}, known
	}
	return nil, false
}

// callsIn visits the calls in a function, those of functions in it too.
func callsIn(fn Ref, visit func(c *parser.Call) bool) {
	f := fn.File
	for i := firstCall(f, fn.Node); i < len(f.Calls) && f.Within(f.Calls[i].Node, fn.Node); i++ {
		if !visit(&f.Calls[i]) {
			return
		}
	}
}

// firstCall is the index of the first call at n or after it.
func firstCall(f *parser.File, n parser.NodeID) int {
	low, high := 0, len(f.Calls)
	for low < high {
		if mid := (low + high) / 2; f.Calls[mid].Node < n {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}

// methodNamed is the method of an object's class, or the only one of that name.
func (l *langgraph) methodNamed(object Ref, name string, hops int) Ref {
	if object.Valid() {
		if class := l.Class(object, hops); class.Valid() {
			for _, d := range class.File.Members(class.File.ClassAt(class.Node), name) {
				if d.Kind == parser.FuncDef {
					return class.at(class.File.Funcs[d.Index].Node)
				}
			}
		}
	}
	return l.onlyMethod(name)
}

// onlyMethod is the method of that name where only one class of the project has one: what
// an attribute of an object that can't be told must be, unless it comes from elsewhere.
func (l *langgraph) onlyMethod(name string) Ref {
	if l.methods == nil {
		l.methods = map[string][]Ref{}
		for _, f := range l.Files() {
			for i := range f.Funcs {
				if fn := &f.Funcs[i]; fn.Class >= 0 {
					l.methods[fn.Name] = append(l.methods[fn.Name], Ref{f, fn.Node})
				}
			}
		}
	}
	const telling = 8 // shorter names are run, invoke, process
	if found := l.methods[name]; len(found) == 1 && len(name) >= telling {
		return found[0]
	}
	return Ref{nil, parser.NoNode}
}
