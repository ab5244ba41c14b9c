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
