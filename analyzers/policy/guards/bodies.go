package guards

import (
	"github.com/qodacode/qodacode/parser"
)

// result is what a function of this file returns.
func (a *analysis) result(g *parser.Func) value {
	if v, ok := a.results[g.Node]; ok {
		return v
	}
	if !a.enter(g.Node, asResult) {
		return value{}
	}
	defer a.leave(g.Node, asResult)
	v := a.newResult(g)
	a.results[g.Node] = v
	return v
}

func (a *analysis) newResult(g *parser.Func) value {
	if g.Body == parser.NoNode {
		return value{}
	}
	if a.Kind(g.Body) != parser.KindBlock {
		return a.value(g.Body)
	}
	var values []sourced
	for n := range a.returnsOf(g) {
		v := value{kind: constant, none: true}
		if e := a.FirstChild(n); e != parser.NoNode {
			if v = a.value(e); v.kind == unknown {
				return value{}
			}
		}
		values = append(values, sourced{v, a.local(n)})
		if len(values) > 20 {
			return value{}
		}
	}
	if len(values) == 0 {
		return value{}
	}
	if end := a.outcome(g.Body).fall; end.mask != 0 {
		values = append(values, sourced{value{kind: constant, none: true}, end})
	}
	return a.union(values)
}

// returnsOf are the return statements of a function.
func (a *analysis) returnsOf(g *parser.Func) func(yield func(parser.NodeID) bool) {
	return func(yield func(parser.NodeID) bool) {
		for n := g.Body; n != parser.NoNode && n < parser.NodeID(a.Nodes[g.Body].Next); n++ {
			switch a.Kind(n) {
			case parser.KindFunction, parser.KindLambda, parser.KindMethod, parser.KindClass:
				n = parser.NodeID(a.Nodes[n].Next) - 1
			case parser.KindReturn:
				if !yield(n) {
					return
				}
			}
		}
	}
}

// ends is where a call of a function comes back.
func (a *analysis) ends(g *parser.Func) reach {
	if r, ok := a.bodies[g.Node]; ok {
		return r
	}
	if g.Body == parser.NoNode || a.Kind(g.Body) != parser.KindBlock || !a.enter(g.Node, asBody) {
		return always
	}
	defer a.leave(g.Node, asBody)
	r := a.outcome(g.Body).fall
	for n := range a.returnsOf(g) {
		if r.mask == everything {
			break
		}
		r = r.or(a.local(n).then(a.expression(a.FirstChild(n))))
	}
	a.bodies[g.Node] = r
	return r
}

// plainCalls are functions that ask nobody.
var plainCalls = set(`len str int float bool isinstance hasattr getattr any all print log info debug warning warn error sorted list dict set tuple min max lower upper strip
	split join get startswith endswith includes has format append keys values items some every filter map toLowerCase toUpperCase trim test match`)

// mayAskPerson reports whether a function calls anything that could lead to a person, and no model.
func (a *analysis) mayAskPerson(g *parser.Func) bool {
	found := false
	end := parser.NodeID(a.Nodes[g.Node].Next)
	for i := a.firstCall(g.Node); i < len(a.Calls) && a.Calls[i].Node < end; i++ {
		c := &a.Calls[i]
		for _, w := range lowerWords(a.Slice(c.Callee)) {
			if machineWords[w] || modelCalls[w] {
				return false
			}
		}
		found = found || !plainCalls[c.Name] && !a.isParam(a.Unwrap(c.Callee)) && !harmless[c.Name]
	}
	return found
}

// isParam reports whether n names a parameter of a function.
func (a *analysis) isParam(n parser.NodeID) bool {
	defs := a.DefsOf(n)
	return len(defs) == 1 && defs[0].Kind == parser.ParamDef
}

var modelCalls = set(`completions completion invoke ainvoke messages generate responses openai anthropic`)

// firstCall is the index of the first call at or behind n.
func (a *analysis) firstCall(n parser.NodeID) int {
	lo, hi := 0, len(a.Calls)
	for lo < hi {
		if mid := (lo + hi) / 2; a.Calls[mid].Node < n {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// raises reports whether a function has a raise statement.
func (a *analysis) raises(g *parser.Func) bool {
	if g.Body == parser.NoNode {
		return false
	}
	for n := g.Body; n < parser.NodeID(a.Nodes[g.Body].Next); n++ {
		if a.Kind(n) == parser.KindRaise {
			return true
		}
	}
	return false
}
