package guards

import (
	"github.com/qodacode/qodacode/parser"
)

// given is what the calls of a function give a parameter, where all of them are known.
func (a *analysis) given(d *parser.Def) value {
	if environmentName(d.Name) != notEnvironment { // the name says it better than "staging" in a call
		return value{}
	}
	fn := a.FuncAt(a.functionOfParam(d))
	if fn == nil || fn.Name == "" || a.calledFromOutside(fn) || !a.enter(d.Node, asDef) {
		return value{}
	}
	defer a.leave(d.Node, asDef)
	u := a.usesOf(fn)
	if u == nil || u.escapes || u.export || len(u.calls) == 0 || len(u.calls) > maxCallers {
		return value{}
	}
	values := make([]sourced, 0, len(u.calls))
	for _, n := range u.calls {
		v := a.argument(fn, d, a.CallAt(n))
		if v.kind == unknown {
			return value{}
		}
		values = append(values, sourced{v, a.local(n)})
	}
	return a.union(values)
}

// argument is what one call gives a parameter.
func (a *analysis) argument(fn *parser.Func, d *parser.Def, c *parser.Call) value {
	if c == nil {
		return value{}
	}
	position := int(d.Index)
	if len(fn.Params) > 0 && fn.Class >= 0 && !a.Language.IsScript() && a.Kind(a.Unwrap(c.Callee)) == parser.KindAttribute {
		position-- // self
	}
	for i, arg := range c.Args {
		switch {
		case arg.Spread > 0:
			return value{}
		case arg.Name == d.Name && d.Name != "", arg.Name == "" && i == position:
			return a.value(arg.Value)
		}
	}
	if d.Value == parser.NoNode {
		return value{}
	}
	return a.value(d.Value)
}

// functionOfParam is the function that has a parameter.
func (a *analysis) functionOfParam(d *parser.Def) parser.NodeID {
	for p := range a.Ancestors(d.Node) {
		if k := a.Kind(p); k == parser.KindLambda || k == parser.KindFunction || k == parser.KindMethod {
			return p
		}
	}
	return parser.NoNode
}

// promised is the value of new Promise(resolve => …) that asks somebody.
func (a *analysis) promised(n parser.NodeID) value {
	c := a.CallAt(n)
	if c == nil || c.Name != "Promise" || len(c.Args) != 1 {
		return value{}
	}
	fn := a.FuncAt(a.Unwrap(c.Args[0].Value))
	if fn == nil || len(fn.Params) == 0 {
		return value{}
	}
	resolve := fn.Params[0].Name
	var values []sourced
	end := parser.NodeID(a.Nodes[fn.Node].Next)
	for i := a.firstCall(fn.Node); i < len(a.Calls) && a.Calls[i].Node < end; i++ {
		in := &a.Calls[i]
		if in.Name == resolve && a.Kind(a.Unwrap(in.Callee)) == parser.KindIdentifier && len(in.Args) == 1 {
			values = append(values, sourced{a.value(in.Args[0].Value), a.local(in.Node)})
			continue
		}
		for _, arg := range in.Args { // rl.question("…", resolve)
			if v := a.Unwrap(arg.Value); a.Kind(v) == parser.KindIdentifier && a.Slice(v) == resolve {
				values = append(values, sourced{a.value(in.Node), always})
			}
		}
	}
	if len(values) == 0 || len(values) > 8 {
		return value{}
	}
	return a.union(values)
}
