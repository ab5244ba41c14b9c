package estimate

import (
	"math"

	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/parser"
)

// classic is for (let i = 0; i < n; i++).
func (e Env) classic(f *parser.File, l *parser.Loop) Rounds {
	unknown := e.uncounted(unknownItems)
	condition := f.Unwrap(l.Iter)
	if f.Kind(condition) == parser.KindExpressionStatement {
		condition = f.Unwrap(f.FirstChild(condition))
	}
	counter, start, ok := initialCounter(f, l.Target)
	if !ok {
		return unknown
	}
	left, right := f.Field(condition, parser.FieldLeft), f.Field(condition, parser.FieldRight)
	if f.Slice(left) != counter {
		return unknown
	}
	stop, ok := e.bound(f, right, 0)
	if !ok {
		return unknown
	}
	step := stepOf(f, l.Node, counter)
	extra := 0.0
	switch f.Slice(f.Field(condition, parser.FieldOperator)) {
	case "<", "!==", "!=":
	case "<=":
		extra = 1
	default:
		return unknown
	}
	if step <= 0 {
		return unknown
	}
	rounds := func(to float64) float64 { return max(0, math.Ceil((to+extra-start)/step)) }
	if stop.Origin == llm.Explicit {
		if stop.Times.IsExact() {
			return counted(rounds(stop.Times.Expected))
		}
		return e.upTo(rounds(stop.Most))
	}
	stop.Times = Range{rounds(stop.Times.Low), rounds(stop.Times.Expected), rounds(stop.Times.High)}
	return stop
}

// initialCounter is i and 0 of let i = 0, n = xs.length.
func initialCounter(f *parser.File, init parser.NodeID) (name string, start float64, ok bool) {
	for c := range f.Children(init) {
		if f.Kind(c) == parser.KindDeclarator {
			start, fixed, ok := number(f, f.Field(c, parser.FieldValue))
			return f.Slice(f.Field(c, parser.FieldName)), start, ok && fixed
		}
	}
	return "", 0, false
}

// stepOf is by how much the head of a loop counts up; 0 where it does not.
func stepOf(f *parser.File, loop parser.NodeID, counter string) float64 {
	for c := range f.Children(loop) {
		switch {
		case f.KindName(c) == "update_expression":
			if s := f.Slice(c); s == counter+"++" || s == "++"+counter {
				return 1
			}
		case f.Kind(c) == parser.KindAugmentedAssignment:
			if f.Slice(f.Field(c, parser.FieldLeft)) == counter && f.Slice(f.Field(c, parser.FieldOperator)) == "+=" {
				if v, fixed, ok := number(f, f.Field(c, parser.FieldRight)); ok && fixed {
					return v
				}
			}
		}
	}
	return 0
}

// while is while i < 5 with i = 0 before and i += 1 in its body; any other is not counted.
func (e Env) while(f *parser.File, l *parser.Loop) Rounds {
	unknown := e.uncounted("a while loop that no counter ends")
	condition := f.Unwrap(l.Iter)
	if k := f.Kind(condition); k != parser.KindComparison && k != parser.KindBinary {
		return unknown
	}
	left, right := f.FirstChild(condition), f.LastChild(condition)
	if f.Kind(left) != parser.KindIdentifier {
		return unknown
	}
	operator := ""
	for c := range f.All(condition) {
		if !f.IsNamed(c) {
			operator += f.Slice(c)
		}
	}
	limit, fixed, ok := number(f, right)
	if !ok || !fixed || operator != "<" && operator != "<=" {
		return unknown
	}
	start, counts := math.Inf(1), false
	for _, d := range f.DefsOf(left) {
		switch d.Kind {
		case parser.AssignDef:
			v, fixed, ok := number(f, d.Value)
			if !ok || !fixed || f.Within(d.Node, l.Body) {
				return unknown
			}
			start = min(start, v)
		case parser.AugmentedDef:
			v, _, ok := number(f, d.Value)
			if !ok || v < 1 {
				return unknown
			}
			counts = counts || f.Parent(statementOf(f, d.Node)) == l.Body // in each round
		default:
			return unknown
		}
	}
	if !counts || math.IsInf(start, 1) {
		return unknown
	}
	if operator == "<=" {
		limit++
	}
	return e.upTo(max(0, limit-start))
}
