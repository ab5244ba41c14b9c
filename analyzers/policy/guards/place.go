package guards

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// place fills in the function and the class around n.
func (a *analysis) place(n parser.NodeID, out *Around) {
	if c := a.ClassAround(n); c != nil {
		out.Class = c.Name
	}
	var parts []string
	for p := range a.Ancestors(n) {
		switch a.Kind(p) {
		case parser.KindFunction, parser.KindLambda, parser.KindMethod:
			fn := a.FuncAt(p)
			if fn == nil || fn.Name == "" {
				continue
			}
			if out.Func == nil {
				out.Func = fn
			}
			parts = append(parts, fn.Name)
		case parser.KindClass:
			if c := a.ClassAt(p); c != nil && c.Name != "" && len(parts) > 0 {
				parts = append(parts, c.Name)
			}
		}
	}
	slices.Reverse(parts)
	out.Function = strings.Join(parts, ".")
	if out.Func == nil {
		return
	}
	for _, d := range a.decorators(out.Func) {
		if name := a.decoratorName(d); name != "" {
			out.Decorators = append(out.Decorators, name)
		}
	}
}

// decoratorName is the resolved name of a decorator, as written where it is not resolved.
func (a *analysis) decoratorName(d parser.NodeID) string {
	d = a.Unwrap(d)
	if c := a.CallAt(d); c != nil {
		d = c.Callee
	}
	if q := a.QName(d); q != "" {
		return q
	}
	if s := a.Slice(d); len(s) <= maxWritten {
		return s
	}
	return ""
}

// caught reports whether a failure of n is caught in its function.
func (a *analysis) caught(n parser.NodeID) bool {
	for p := range a.Ancestors(n) {
		switch a.Kind(p) {
		case parser.KindFunction, parser.KindMethod, parser.KindLambda:
			return a.catchesPromise(p)
		case parser.KindTry:
			if n != a.Field(p, parser.FieldBody) {
				break
			}
			for c := range a.Children(p) {
				if a.Kind(c) == parser.KindCatch {
					return true
				}
			}
		case parser.KindWith:
			if n != a.Field(p, parser.FieldBody) {
				break
			}
			for item := range a.withItems(p) {
				if c := a.CallAt(a.contextOf(item)); c != nil && c.Name == "suppress" {
					return true
				}
			}
		case parser.KindCall: // fetch(u).catch(…)
			if a.Kind(n) == parser.KindAttribute && a.Slice(a.AttributeName(n)) == "catch" && a.Language.IsScript() {
				return true
			}
		}
		n = p
	}
	return false
}

// catchesPromise is for a callback in a chain that ends in catch.
func (a *analysis) catchesPromise(fn parser.NodeID) bool {
	if a.Kind(fn) != parser.KindLambda || !a.Language.IsScript() {
		return false
	}
	c, _ := a.passedTo(fn)
	if c == nil || c.Name != "then" {
		return false
	}
	n := c.Node
	for range 8 {
		p := a.Parent(n)
		if a.Kind(p) != parser.KindAttribute || a.Kind(a.Parent(p)) != parser.KindCall {
			return false
		}
		if a.Slice(a.AttributeName(p)) == "catch" {
			return true
		}
		n = a.Parent(p)
	}
	return false
}
