package parser

import (
	"strconv"
	"strings"
)

func (f *File) evalNumber(n NodeID) Value {
	s := strings.ReplaceAll(strings.TrimSuffix(f.Slice(n), "n"), "_", "")
	if num, err := strconv.ParseFloat(s, 64); err == nil {
		return Value{Kind: Number, Num: num, Node: n}
	}
	if num, err := strconv.ParseInt(s, 0, 64); err == nil {
		return Value{Kind: Number, Num: float64(num), Node: n}
	}
	return Value{Node: n}
}

func (f *File) evalBinary(n NodeID, depth budget) Value {
	left, right := f.eval(f.Field(n, FieldLeft), depth.next()), f.eval(f.Field(n, FieldRight), depth.next())
	switch op := f.Slice(f.Field(n, FieldOperator)); op {
	case "or", "||", "??":
		switch left.Kind {
		case Unknown:
			right.Default = true
			return right
		case None:
			return right
		}
		return left
	case "+":
		if left.isText() || right.isText() {
			return joinText(n, left, right)
		}
		if left.Kind == List && right.Kind == List {
			return Value{Kind: List, Elems: append(left.Elems[:len(left.Elems):len(left.Elems)], right.Elems...), Node: n}
		}
		fallthrough
	case "-", "*", "/", "//", "**":
		if left.Kind == Number && right.Kind == Number {
			return arithmetic(n, op, left.Num, right.Num)
		}
	case "%":
		if left.Kind == String && !f.Language.IsScript() {
			return Value{Kind: Template, Parts: []Value{left, {Node: f.Field(n, FieldRight)}}, Node: n}
		}
	}
	return Value{Node: n}
}

func (v Value) isText() bool { return v.Kind == String || v.Kind == Template }

// joinText concatenates; a side that is not known becomes a slot.
func joinText(n NodeID, sides ...Value) Value {
	out := Value{Kind: String, Node: n}
	for _, v := range sides {
		parts := []Value{v}
		if v.Kind == Template {
			parts = v.Parts
		}
		for _, p := range parts {
			if p.Kind != String {
				out.Kind = Template
			}
			out.Parts = append(out.Parts, p)
		}
		out.Default = out.Default || v.Default
	}
	if out.Kind == String {
		var s strings.Builder
		for _, p := range out.Parts {
			s.WriteString(p.Str)
		}
		out.Str, out.Parts = s.String(), nil
	}
	return out
}

func arithmetic(n NodeID, op string, a, b float64) Value {
	v := Value{Kind: Number, Node: n}
	switch op {
	case "+":
		v.Num = a + b
	case "-":
		v.Num = a - b
	case "*":
		v.Num = a * b
	case "/", "//":
		if b == 0 {
			return Value{Node: n}
		}
		if v.Num = a / b; op == "//" {
			v.Num = float64(int64(v.Num))
		}
	case "**":
		v.Num = 1
		for i := 0; i < int(b) && i < 64; i++ {
			v.Num *= a
		}
	}
	return v
}
