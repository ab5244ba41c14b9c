package sandbox

import (
	"unicode/utf8"

	"github.com/open-policy-agent/opa/v1/ast"
)

// sizeOf is about how many bytes a value has as text; more than limit when it has more, found
// out in no more steps than that. Values share their parts, so a small one in memory can be
// endless as text.
func sizeOf(v ast.Value, limit int) int {
	size := 0
	var add func(v ast.Value) bool
	term := func(t *ast.Term) bool { return t == nil || add(t.Value) }
	add = func(v ast.Value) bool {
		size += 2
		switch v := v.(type) {
		case ast.String:
			size += len(v)
		case ast.Number:
			size += len(v)
		case *ast.Array:
			for i := range v.Len() {
				if !term(v.Elem(i)) {
					return false
				}
			}
		case ast.Set:
			return !v.Until(func(t *ast.Term) bool { return !term(t) })
		case ast.Object:
			return !v.Until(func(k, t *ast.Term) bool { return !term(k) || !term(t) })
		default:
			size += 5
		}
		return size <= limit
	}
	add(v)
	return size
}

// lengthOf is how many elements, or characters, a value has.
func lengthOf(v ast.Value) int {
	switch v := v.(type) {
	case ast.String:
		return utf8.RuneCountInString(string(v))
	case *ast.Array:
		return v.Len()
	case ast.Set:
		return v.Len()
	case ast.Object:
		return v.Len()
	}
	return 0
}

// textOf is the text of a value; "" for others.
func textOf(v ast.Value) string {
	s, _ := v.(ast.String)
	return string(s)
}

// numberOf is the whole number of a value that is not too large.
func numberOf(v ast.Value) (int, bool) {
	if n, ok := v.(ast.Number); ok {
		return n.Int()
	}
	return 0, false
}

// each calls f for the elements of a list or set, until it returns false.
func each(v ast.Value, f func(ast.Value) bool) {
	switch v := v.(type) {
	case *ast.Array:
		for i := range v.Len() {
			if !f(v.Elem(i).Value) {
				return
			}
		}
	case ast.Set:
		v.Until(func(t *ast.Term) bool { return !f(t.Value) })
	}
}
