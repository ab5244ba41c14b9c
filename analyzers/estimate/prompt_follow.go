package estimate

import (
	"maps"

	"github.com/qodacode/qodacode/parser"
)

// enter begins to read the expression n, unless that is being read already or too much is.
func (r *reader) enter(f *parser.File, n parser.NodeID) bool {
	r.steps++
	p := place{f, n}
	if f == nil || n < 0 || r.steps > maxReading || len(r.inside) > maxInside || r.inside[p] {
		return false
	}
	if r.inside == nil {
		r.inside = map[place]bool{}
	}
	r.inside[p] = true
	return true
}

func (r *reader) leave(f *parser.File, n parser.NodeID) { delete(r.inside, place{f, n}) }

// definition is the one expression that gives the identifier at n its value: an assignment, a
// parameter's argument or default, or what another file exports. fallback says that somebody
// else may give it another one.
func (r *reader) definition(f *parser.File, n parser.NodeID) (at place, fallback, ok bool) {
	defs := f.DefsOf(n)
	if len(defs) != 1 {
		return place{}, false, false
	}
	switch d := defs[0]; d.Kind {
	case parser.AssignDef:
		return place{f, d.Value}, false, d.Value != parser.NoNode
	case parser.ParamDef:
		if a, bound := r.given[place{f, d.Node}]; bound {
			return a, false, true
		}
		return place{f, d.Value}, true, d.Value != parser.NoNode && d.Path == "" && isConstant(f, d.Value)
	case parser.ImportDef:
		return r.follow(f, n)
	}
	return place{}, false, false
}

// follow is what n in f stands for in another file.
func (r *reader) follow(f *parser.File, n parser.NodeID) (at place, fallback, ok bool) {
	if r.env.Program == nil {
		return place{}, false, false
	}
	other, value := r.env.Program.Follow(f, n)
	return place{other, value}, false, other != nil && other != f && value >= 0
}

func isConstant(f *parser.File, n parser.NodeID) bool {
	switch f.Eval(n).Kind {
	case parser.String, parser.Number, parser.Template:
		return true
	}
	return false
}

// call reads what a function of this file returns for the arguments of c; false where there
// is no such function, or it returns nothing that can be read.
func (r *reader) call(f *parser.File, c *parser.Call, read func(*reader, *parser.File, parser.NodeID)) bool {
	fn := f.FuncOf(c.Callee)
	if fn == nil {
		return false
	}
	results := returned(f, fn)
	if len(results) == 0 || len(results) > 8 || !r.enter(f, fn.Node) {
		return false
	}
	defer r.leave(f, fn.Node)
	outer := r.given
	r.given = maps.Clone(outer)
	if r.given == nil {
		r.given = map[place]place{}
	}
	defer func() { r.given = outer }()
	offset := 0
	if fn.Class >= 0 && !f.Language.IsScript() {
		offset = 1 // self
	}
	for i := offset; i < len(fn.Params); i++ {
		p := &fn.Params[i]
		if a, ok := f.Argument(c, p.Name, i-offset); ok && p.Path == "" && a.Spread == 0 {
			r.given[place{f, p.Node}] = place{f, a.Value}
		}
	}
	if len(results) == 1 {
		read(r, f, results[0])
		return true
	}
	parts := make([]func(*reader), len(results))
	for i, n := range results {
		parts[i] = func(one *reader) { read(one, f, n) }
	}
	r.either(parts...)
	return true
}

// returned are the expressions that fn returns.
func returned(f *parser.File, fn *parser.Func) []parser.NodeID {
	if k := f.Kind(fn.Body); k != parser.KindBlock && fn.Body != parser.NoNode {
		return []parser.NodeID{fn.Body} // an arrow function's or lambda's expression
	}
	var out []parser.NodeID
	for n := fn.Body; f.Within(n, fn.Body); n++ {
		switch f.Kind(n) {
		case parser.KindFunction, parser.KindLambda, parser.KindMethod, parser.KindClass:
			n = parser.NodeID(f.Nodes[n].Next) - 1
		case parser.KindYield:
			return nil
		case parser.KindReturn:
			if value := f.FirstChild(n); value != parser.NoNode {
				out = append(out, value)
			}
		}
	}
	return out
}
