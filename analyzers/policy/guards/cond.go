package guards

import (
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// cond is in which worlds expression n is true, and in which it is false.
func (a *analysis) cond(n parser.NodeID) cond {
	if a.Kind(n) == parser.KindExpressionStatement { // the condition of a classic for
		n = a.FirstChild(n)
	}
	n = a.Unwrap(n)
	if n == parser.NoNode || a.spent() {
		return open
	}
	if c, ok := a.conds[n]; ok {
		return c
	}
	if !a.enter(n, asCond) {
		return open
	}
	c := a.newCond(n)
	a.leave(n, asCond)
	a.conds[n] = c
	return c
}

func (a *analysis) newCond(n parser.NodeID) cond {
	switch a.Kind(n) {
	case parser.KindTrue:
		return cond{always, never}
	case parser.KindFalse, parser.KindNone:
		return cond{never, always}
	case parser.KindNumber:
		if a.Slice(n) == "0" {
			return cond{never, always}
		}
		return cond{always, never}
	case parser.KindUnary:
		if s := a.Slice(n); strings.HasPrefix(s, "not") || strings.HasPrefix(s, "!") {
			return a.cond(a.Field(n, parser.FieldArgument)).not().says(n)
		}
		return open
	case parser.KindBinary:
		switch a.operator(n) {
		case "and":
			return a.cond(a.Field(n, parser.FieldLeft)).and(a.cond(a.Field(n, parser.FieldRight)))
		case "or":
			if v := a.value(n); v.kind == envText || v.kind == answer {
				return a.truth(v, n)
			}
			return a.cond(a.Field(n, parser.FieldLeft)).or(a.cond(a.Field(n, parser.FieldRight)))
		}
		if c, ok := a.comparison(n); ok {
			return c.says(n)
		}
		return open
	case parser.KindComparison:
		if c, ok := a.comparison(n); ok {
			return c.says(n)
		}
		return open
	case parser.KindConditional:
		c, yes, no := a.branches(n)
		return a.choose(a.cond(c), a.cond(yes), a.cond(no))
	case parser.KindNamedExpression:
		return a.cond(a.Field(n, parser.FieldValue))
	}
	return a.truth(a.value(n), n)
}

// choose is yes where c is true, and no where it is false.
func (a *analysis) choose(c, yes, no cond) cond {
	return cond{c.t.then(yes.t).or(c.f.then(no.t)), c.t.then(yes.f).or(c.f.then(no.f))}
}

// truth is where a value counts as true; n is the expression that has it.
func (a *analysis) truth(v value, n parser.NodeID) cond {
	switch v.kind {
	case flag:
		return v.cond.says(n)
	case turn:
		return lets(v.node)
	case answer:
		if v.yesNo {
			return grants(v.from(n), v.sure)
		}
	}
	return open
}

// grants is a condition that is only true when a person approves.
func grants(n parser.NodeID, sure bool) cond {
	if sure {
		return cond{only(granted, n), always}
	}
	return cond{only(maybeGranted, n), always}
}

// lets is a condition that is only true when a limiter lets something through.
func lets(n parser.NodeID) cond { return cond{only(letThrough, n), always} }

// hints is a condition that depends on an approval in a way that isn't known.
func hints(n parser.NodeID) cond {
	return cond{only(maybeGranted, n), only(maybeGranted, n)}
}

// comparison is ==, !=, in, not in, is, is not and their likes; also chained: false where it is none of these.
func (a *analysis) comparison(n parser.NodeID) (cond, bool) {
	left, right, op := a.operands(n)
	if right == parser.NoNode {
		return cond{}, false
	}
	var c cond
	switch op {
	case "==", "===", "is", "!=", "!==", "is not", "<>":
		c = a.equal(left, right)
	case "in", "not in":
		if a.Language.IsScript() {
			return cond{}, false // in asks for keys
		}
		c = a.member(left, right)
	default:
		return cond{}, false
	}
	if strings.HasPrefix(op, "!") || strings.Contains(op, "not") || op == "<>" {
		c = c.not()
	}
	return c, true
}

// operands are the sides of a comparison with one operator.
func (a *analysis) operands(n parser.NodeID) (left, right parser.NodeID, op string) {
	if left = a.Field(n, parser.FieldLeft); left != parser.NoNode {
		return left, a.Field(n, parser.FieldRight), a.Slice(a.Field(n, parser.FieldOperator))
	}
	i := 0
	left, right = parser.NoNode, parser.NoNode
	for c := range a.Children(n) {
		switch i++; i {
		case 1:
			left = c
		case 2:
			right = c
		default:
			return parser.NoNode, parser.NoNode, ""
		}
	}
	if right == parser.NoNode {
		return
	}
	between := a.Text.Slice(between(a.Span(left), a.Span(right)))
	return left, right, strings.Join(strings.Fields(between), " ")
}
