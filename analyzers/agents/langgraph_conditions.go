package agents

import (
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// happens reports whether the conditions on the loops' variables around r hold, as far as they can be told.
func (l *langgraph) happens(r Ref, e *frame) bool {
	f, child := r.File, r.Node
	if e == nil {
		return true
	}
	for p := range f.Ancestors(r.Node) {
		switch f.Kind(p) {
		case parser.KindFunction, parser.KindMethod:
			return true
		case parser.KindIf:
			holds, known := l.holds(r.at(f.Field(p, parser.FieldCondition)), e)
			if known && holds != (child == f.Field(p, parser.FieldConsequence)) && (holds || child == f.Field(p, parser.FieldConsequence)) {
				return false
			}
		}
		child = p
	}
	return true
}

// holds evaluates a comparison of two texts.
func (l *langgraph) holds(r Ref, e *frame) (holds, known bool) {
	f := r.File
	r.Node = f.Unwrap(r.Node)
	switch r.Kind() {
	case parser.KindComparison, parser.KindBinary:
	case parser.KindUnary: // not x
		if s := r.Text(); strings.HasPrefix(s, "not") || strings.HasPrefix(s, "!") {
			holds, known = l.holds(r.at(f.LastChild(r.Node)), e)
			return !holds, known
		}
		return false, false
	default:
		v := l.resolve(r, e)
		if !v.Valid() || v.Ref == r && e == nil {
			return false, false
		}
		value := v.File.Eval(v.Node)
		return value.Bool, value.Kind == parser.Bool && !value.Default
	}
	var sides []Ref
	for c := range f.Children(r.Node) {
		sides = append(sides, r.at(c))
	}
	if len(sides) != 2 {
		return false, false
	}
	op := string(f.Text.Slice(f.Span(r.Node))[f.Span(sides[0].Node).End-f.Span(r.Node).Start : f.Span(sides[1].Node).Start-f.Span(r.Node).Start])
	op = strings.TrimSpace(op)
	if b := f.Eval(sides[1].Node); b.Kind == parser.Bool && (op == "is" || op == "==" || op == "===") {
		holds, known = l.holds(sides[0], e)
		return holds == b.Bool, known
	}
	if x, ok := l.number(sides[0], e); ok {
		if y, ok := l.number(sides[1], e); ok {
			return compare(op, x, y)
		}
	}
	a, ok := l.texts(sides[0], e)
	if !ok || len(a) != 1 {
		return false, false
	}
	switch op {
	case "==", "===", "!=", "!==":
		b, ok := l.texts(sides[1], e)
		if !ok || len(b) != 1 {
			return false, false
		}
		return (a[0] == b[0]) == (op[0] == '='), true
	case "in", "not in":
		items, all := l.items(sides[1], e)
		for _, it := range items {
			b, ok := l.textsOf(it)
			if ok && len(b) == 1 && b[0] == a[0] {
				return op == "in", true
			}
			all = all && ok
		}
		return op != "in", all
	}
	return false, false
}

func compare(op string, x, y int) (holds, known bool) {
	switch op {
	case "<":
		return x < y, true
	case "<=":
		return x <= y, true
	case ">":
		return x > y, true
	case ">=":
		return x >= y, true
	case "==", "===":
		return x == y, true
	case "!=", "!==":
		return x != y, true
	}
	return false, false
}
