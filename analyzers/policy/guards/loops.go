package guards

import (
	"github.com/qodacode/qodacode/parser"
)

// bounded is whether a loop ends after a known number of rounds.
func (a *analysis) bounded(l *parser.Loop) Answer {
	switch {
	case a.Kind(l.Node) == parser.KindForClassic:
		if l.Iter == parser.NoNode || a.hasNothing(l.Iter) {
			return a.endless(l)
		}
		return a.counts(l)
	case l.Kind == parser.WhileLoop:
		switch c := a.cond(l.Iter); {
		case c.f.mask == 0:
			return a.endless(l)
		default:
			return a.counts(l)
		}
	}
	return a.finite(l.Iter, 4)
}

func (a *analysis) hasNothing(n parser.NodeID) bool {
	return a.FirstChild(n) == parser.NoNode && a.Kind(n) != parser.KindIdentifier
}

// endless is for a loop whose condition always holds: something may leave it, or nothing does.
func (a *analysis) endless(l *parser.Loop) Answer {
	end := parser.NodeID(a.Nodes[l.Body].Next)
	for n := l.Body; n < end; n++ {
		switch a.Kind(n) {
		case parser.KindFunction, parser.KindMethod, parser.KindLambda, parser.KindClass:
			n = parser.NodeID(a.Nodes[n].Next) - 1
		case parser.KindReturn, parser.KindRaise:
			return Unknown
		case parser.KindBreak:
			if a.leaves(n, l.Node) {
				return Unknown
			}
		case parser.KindCall:
			if c := a.CallAt(n); c != nil && a.returns(c).mask == 0 {
				return Unknown
			}
		}
	}
	return No
}

// leaves reports whether a break ends loop, and not one inside of it.
func (a *analysis) leaves(n, loop parser.NodeID) bool {
	if a.FirstChild(n) != parser.NoNode {
		return true // a label: of an outer loop, at least
	}
	for p := range a.Ancestors(n) {
		if p == loop {
			return true
		}
		switch a.Kind(p) {
		case parser.KindFor, parser.KindForClassic, parser.KindWhile, parser.KindSwitchBody:
			return false
		}
	}
	return false
}

// counts is for `n < 5` with a counter that the loop changes by a constant.
func (a *analysis) counts(l *parser.Loop) Answer {
	n := a.Unwrap(l.Iter)
	if a.Kind(n) == parser.KindExpressionStatement {
		n = a.Unwrap(a.FirstChild(n))
	}
	return a.countsIn(l, n)
}

func (a *analysis) countsIn(l *parser.Loop, n parser.NodeID) Answer {
	n = a.Unwrap(n)
	if a.operator(n) == "and" {
		if a.countsIn(l, a.Field(n, parser.FieldLeft)) == Yes || a.countsIn(l, a.Field(n, parser.FieldRight)) == Yes {
			return Yes
		}
		return Unknown
	}
	counter := a.Unwrap(n) // while n: n -= 1
	up, down := false, true
	if left, right, op := a.operands(n); right != parser.NoNode {
		l, r := a.Eval(left), a.Eval(right)
		switch {
		case r.Kind == parser.Number && !r.Default:
			counter = a.Unwrap(left)
		case l.Kind == parser.Number && !l.Default:
			counter = a.Unwrap(right)
			op = flipped[op]
		default:
			return Unknown
		}
		switch op {
		case "<", "<=":
			up, down = true, false
		case ">", ">=":
		default:
			return Unknown
		}
	}
	if a.Kind(counter) != parser.KindIdentifier {
		return Unknown
	}
	if a.steps(l, a.Slice(counter), up, down) {
		return Yes
	}
	return Unknown
}

var flipped = map[string]string{"<": ">", "<=": ">=", ">": "<", ">=": "<="}

// steps reports whether each round of a loop changes a counter by a constant towards its end, and nothing
// else in it sets it.
func (a *analysis) steps(l *parser.Loop, name string, up, down bool) bool {
	found := false
	for n := l.Node; n < parser.NodeID(a.Nodes[l.Node].Next); n++ {
		switch k := a.Kind(n); {
		case a.KindName(n) == "update_expression":
			if a.Slice(a.Field(n, parser.FieldArgument)) != name {
				continue
			}
			s := a.Slice(n)
			if !a.everyRound(n, l) || up && !hasToken(s, "++") || down && !hasToken(s, "--") {
				return false
			}
			found = true
		case k == parser.KindAugmentedAssignment, k == parser.KindAssignment:
			if a.Slice(a.Field(n, parser.FieldLeft)) != name {
				continue
			}
			if !a.everyRound(n, l) || !a.stepsBy(n, k, name, up) {
				return false
			}
			found = true
		}
	}
	return found
}

func hasToken(s, token string) bool {
	return len(s) > 2 && (s[:2] == token || s[len(s)-2:] == token)
}

// stepsBy reports whether an assignment adds a positive constant to name (up), or takes one away.
func (a *analysis) stepsBy(n parser.NodeID, k parser.Kind, name string, up bool) bool {
	right := a.Unwrap(a.Field(n, parser.FieldRight))
	op := "-"
	if up {
		op = "+"
	}
	if k == parser.KindAugmentedAssignment {
		v := a.Eval(right)
		return a.assignOperator(n) == op+"=" && v.Kind == parser.Number && v.Num > 0
	}
	if a.Kind(right) != parser.KindBinary || a.Slice(a.Field(right, parser.FieldLeft)) != name || a.Slice(a.Field(right, parser.FieldOperator)) != op {
		return false
	}
	v := a.Eval(a.Field(right, parser.FieldRight))
	return v.Kind == parser.Number && v.Num > 0
}

func (a *analysis) assignOperator(n parser.NodeID) string {
	s := a.Text.Slice(between(a.Span(a.Field(n, parser.FieldLeft)), a.Span(a.Field(n, parser.FieldRight))))
	return trimmed(s)
}

// everyRound reports whether n is done in each round of l: nothing but blocks stands in between, and no
// continue before it skips it.
func (a *analysis) everyRound(n parser.NodeID, l *parser.Loop) bool {
	if !a.Within(n, l.Body) {
		return true // in the head of a classic for
	}
	for p := range a.Ancestors(n) {
		if p == l.Body {
			break
		}
		switch a.Kind(p) {
		case parser.KindBlock, parser.KindExpressionStatement:
		default:
			return false
		}
	}
	for c := l.Body; c < n; c++ {
		if a.Kind(c) == parser.KindContinue {
			return false
		}
	}
	return true
}

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
