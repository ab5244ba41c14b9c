package agents

import (
	"strings"

	"github.com/qodacode/qodacode/parser"
)

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
	r = c.given(r, via)
	if o.item.Valid() && r.Kind() == parser.KindIdentifier {
		if values, known := c.loopValues(r); known && o.round < len(values) {
			r = values[o.round]
		}
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
