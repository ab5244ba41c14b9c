package effects

import (
	"github.com/qodacode/qodacode/parser"
)

// made is the call that makes what n stands for, through names, attributes of self and
// imports, and the view of its file.
func (v *view) made(n parser.NodeID) (*view, *parser.Call) { return v.madeAt(n, maxDepth) }

func (v *view) madeAt(n parser.NodeID, depth int) (*view, *parser.Call) {
	if v.total--; n < 0 || depth <= 0 || v.total < 0 {
		return v, nil
	}
	var defs []*parser.Def
	switch n = v.Unwrap(n); v.Kind(n) {
	case parser.KindCall, parser.KindNew:
		c := v.CallAt(n)
		if c != nil {
			if fn := v.FuncOf(c.Callee); fn != nil {
				if of := v.returned(fn); of >= 0 {
					return v.madeAt(of, depth-1)
				}
			}
		}
		return v, c
	case parser.KindIdentifier:
		defs = v.DefsOf(n)
	case parser.KindAttribute:
		if class := v.ClassAround(n); class != nil && v.IsSelf(v.Field(n, parser.FieldObject)) {
			defs = v.Members(class, v.Slice(v.AttributeName(n)))
		}
	case parser.KindBinary: // session or requests.Session()
		if view, c := v.madeAt(v.Field(n, parser.FieldRight), depth-1); c != nil {
			return view, c
		}
	}
	for _, d := range defs {
		switch d.Kind {
		case parser.AssignDef, parser.WithDef:
			if d.Value >= 0 && !v.Within(n, d.Value) {
				if in, c := v.madeAt(d.Value, depth-1); c != nil {
					return in, c
				}
			}
		case parser.ImportDef:
			imp := &v.Imports[d.Index]
			if g := v.fileOf(imp.Module); g != nil && imp.Name != "" {
				if in, def := g.exported(imp.Name); def != nil && def.Kind == parser.AssignDef {
					return in.madeAt(def.Value, depth-1)
				}
			}
		}
	}
	return v, nil
}

// returned is the expression of a function's only return statement, or NoNode.
func (v *view) returned(fn *parser.Func) parser.NodeID {
	n, ok := v.returns[fn.Node]
	if !ok {
		n = v.onlyReturn(fn)
		v.returns[fn.Node] = n
	}
	return n
}

func (v *view) onlyReturn(fn *parser.Func) parser.NodeID {
	if k := v.Kind(fn.Body); k != parser.KindBlock && fn.Body != parser.NoNode {
		return fn.Body
	}
	found := parser.NoNode
	for n := fn.Body; v.Within(n, fn.Body); n++ {
		switch v.Kind(n) {
		case parser.KindFunction, parser.KindLambda, parser.KindMethod, parser.KindClass:
			n = parser.NodeID(v.Nodes[n].Next) - 1
		case parser.KindReturn:
			if found != parser.NoNode {
				return parser.NoNode
			}
			found = v.FirstChild(n)
		}
	}
	return found
}
