package guards

import (
	"github.com/qodacode/qodacode/parser"
)

// finite is whether a collection has a known number of elements.
func (a *analysis) finite(n parser.NodeID, depth int) Answer {
	n = a.Unwrap(n)
	if depth == 0 || n == parser.NoNode {
		return Unknown
	}
	switch a.Kind(n) {
	case parser.KindList, parser.KindTuple, parser.KindDict, parser.KindString:
		for c := range a.Children(n) {
			if k := a.Kind(c); k == parser.KindSpread || k == parser.KindDictSpread {
				return Unknown
			}
		}
		return Yes
	case parser.KindSubscript: // xs[:10]
		if index := a.Field(n, parser.FieldSubscript); a.KindName(index) == "slice" {
			return a.sliceBound(index)
		}
	case parser.KindIdentifier:
		if v := a.Eval(n); (v.Kind == parser.List || v.Kind == parser.Dict) && !v.Default {
			return Yes
		}
	case parser.KindAttribute:
		if v := a.Eval(n); (v.Kind == parser.List || v.Kind == parser.Dict) && !v.Default {
			return Yes
		}
	case parser.KindCall, parser.KindNew:
		return a.finiteCall(n, depth)
	}
	return Unknown
}

func (a *analysis) sliceBound(slice parser.NodeID) Answer {
	s := a.Slice(slice)
	for i := range s {
		if s[i] == ':' {
			rest := a.LastChild(slice)
			if v := a.Eval(rest); rest != parser.NoNode && v.Kind == parser.Number && v.Num >= 0 && a.Span(rest).Start > a.Span(slice).Start+i {
				return Yes
			}
			return Unknown
		}
	}
	return Unknown
}

// sameLength are functions that give as many elements as their argument has, at most.
var sameLength = set(`enumerate reversed sorted list tuple set zip tqdm map filter iter keys values items entries as_completed gather from`)

func (a *analysis) finiteCall(n parser.NodeID, depth int) Answer {
	c := a.CallAt(n)
	if c == nil {
		return Unknown
	}
	if c.Name == "range" && !a.Language.IsScript() {
		for _, arg := range c.Args {
			if v := a.Eval(arg.Value); v.Kind != parser.Number || v.Default {
				return Unknown
			}
		}
		return Yes
	}
	object := a.Field(a.Unwrap(c.Callee), parser.FieldObject)
	switch {
	case c.Name == "slice" && a.Language.IsScript() && len(c.Args) == 2:
		if v := a.Eval(c.Args[1].Value); v.Kind == parser.Number && v.Num >= 0 && !v.Default {
			return Yes
		}
		return Unknown
	case c.Name == "fill" || c.Name == "Array":
		for _, arg := range c.Args {
			if v := a.Eval(arg.Value); c.Name == "Array" && v.Kind == parser.Number {
				return Yes
			}
		}
		return a.finite(object, depth-1)
	case !sameLength[c.Name]:
		return Unknown
	case c.Name == "keys" && len(c.Args) == 0, c.Name == "values" && len(c.Args) == 0, c.Name == "items", c.Name == "entries" && len(c.Args) == 0, c.Name == "filter" && a.Language.IsScript(), c.Name == "map" && a.Language.IsScript():
		return a.finite(object, depth-1)
	}
	for _, arg := range c.Args {
		if arg.Name == "" && a.finite(arg.Value, depth-1) == Yes {
			return Yes
		}
	}
	return Unknown
}
