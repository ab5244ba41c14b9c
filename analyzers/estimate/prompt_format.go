package estimate

import (
	"slices"
	"strconv"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// maxPerChar is how many tokens one character can have, in a vocabulary that falls back to bytes.
const maxPerChar = 4

// perToken is how many characters a token has where nothing more is known of a text.
const perToken = 4

// cut adds a text of at most chars characters.
func (r *reader) cut(f *parser.File, n parser.NodeID, name string, chars float64) {
	size, _ := r.env.slotSize(name)
	size = size.atMost(chars / perToken * 1.5)
	size.Expected = min(chars/perToken, size.High)
	size.Low = min(size.Low, size.Expected)
	r.sized(f, n, name, size, chars*maxPerChar)
}

func (r *reader) subscript(f *parser.File, n parser.NodeID, template bool) {
	object := f.FirstChild(n)
	if chars, ok := sliceLimit(f, n); ok {
		if v := f.Eval(object); v.Kind == parser.String && !v.Default {
			r.write(v.Str[:min(len(v.Str), int(min(chars, 1e9)))])
			return
		}
		if isList(f, object) {
			r.slot(f, n, nameOf(f, object))
			return
		}
		r.cut(f, n, nameOf(f, object), chars)
		return
	}
	if v := f.Eval(n); v.Kind == parser.String && !v.Default {
		r.constant(v.Str, template)
		return
	}
	r.slot(f, n, nameOf(f, n))
}

// isList reports whether n is known to be a list, so that a slice of it has elements rather than characters.
func isList(f *parser.File, n parser.NodeID) bool {
	switch n = f.Unwrap(n); f.Kind(n) {
	case parser.KindList, parser.KindTuple, parser.KindComprehension:
		return true
	case parser.KindIdentifier:
		name := f.Slice(n)
		if grows(f, name) {
			return true
		}
		if defs := f.DefsOf(n); len(defs) == 1 && defs[0].Kind == parser.AssignDef && f.Kind(f.Unwrap(defs[0].Value)) != parser.KindIdentifier {
			return isList(f, defs[0].Value)
		}
		return strings.HasSuffix(name, "s") && classOf(name) != shortLength
	case parser.KindCall:
		if c := f.CallAt(n); c != nil {
			return c.Name == "split" || c.Name == "splitlines" || c.Name == "sorted" || c.Name == "list" || c.Name == "readlines" || c.Name == "filter" || c.Name == "map"
		}
	}
	return false
}

func (r *reader) binary(f *parser.File, n parser.NodeID, template bool) {
	left, right := f.Field(n, parser.FieldLeft), f.Field(n, parser.FieldRight)
	switch op := f.Slice(f.Field(n, parser.FieldOperator)); op {
	case "+":
		r.value(f, left, template)
		r.value(f, right, template)
	case "or", "||", "??":
		if v := f.Eval(right); v.Kind == parser.String && v.Str == "" || v.Kind == parser.None {
			r.value(f, left, template)
			return
		}
		r.either(func(one *reader) { one.value(f, left, template) }, func(one *reader) { one.value(f, right, template) })
	case "%":
		r.percent(f, left, right)
	case "and", "&&":
		r.either(func(*reader) {}, func(one *reader) { one.value(f, right, template) })
	default:
		r.slot(f, n, nameOf(f, left))
	}
}

// percent is "…%s…" % (a, b).
func (r *reader) percent(f *parser.File, left, right parser.NodeID) {
	v := f.Eval(left)
	if v.Kind != parser.String {
		r.value(f, left, false)
		r.value(f, right, false)
		return
	}
	var values []parser.NodeID
	switch right = f.Unwrap(right); f.Kind(right) {
	case parser.KindTuple, parser.KindList:
		values = slices.Collect(f.Children(right))
	default:
		values = []parser.NodeID{right}
	}
	dict := f.Kind(right) == parser.KindDict
	next := 0
	for s := v.Str; s != ""; {
		at := strings.IndexByte(s, '%')
		if at < 0 || at+1 >= len(s) {
			r.write(s)
			return
		}
		r.write(s[:at])
		s = s[at+1:]
		if s[0] == '%' {
			r.write("%")
			s = s[1:]
			continue
		}
		name := ""
		if s[0] == '(' {
			name, s, _ = strings.Cut(s[1:], ")")
		}
		s = strings.TrimLeft(s, "-+ #0123456789.")
		if s != "" {
			s = s[1:]
		}
		switch {
		case dict && f.Property(right, name) != parser.NoNode:
			r.value(f, f.Property(right, name), false)
		case !dict && name == "" && next < len(values):
			r.value(f, values[next], false)
			next++
		default:
			r.slot(f, parser.NoNode, name)
		}
	}
}

// conditional reads one of the branches of a if c else b.
func (r *reader) conditional(f *parser.File, n parser.NodeID, read func(*reader, parser.NodeID)) {
	a, b := f.Field(n, parser.FieldConsequence), f.Field(n, parser.FieldAlternative)
	if a == parser.NoNode { // Python has no fields here
		if parts := slices.Collect(f.Children(n)); len(parts) == 3 {
			a, b = parts[0], parts[2]
		}
	}
	r.either(func(one *reader) { read(one, a) }, func(one *reader) { read(one, b) })
}

// formatted is "…{a}…{}…".format(x, a=y).
func (r *reader) formatted(f *parser.File, c *parser.Call, object parser.NodeID) {
	next := 0
	fill := func(name string) bool {
		root := name
		if i := strings.IndexAny(name, ".["); i >= 0 {
			root = name[:i]
		}
		pos := -1
		if root == "" {
			pos, next = next, next+1
		} else if i, err := strconv.Atoi(root); err == nil {
			pos = i
		}
		a, ok := f.Argument(c, root, pos)
		if !ok || a.Spread > 0 {
			return false
		}
		if _, stated := r.stated.Slot(root); stated || root != name {
			r.slot(f, a.Value, root)
			return true
		}
		if root != "" && pos < 0 {
			if _, class := r.env.slotSize(root); class != otherLength && !readsAsText(f, a.Value) {
				r.slot(f, a.Value, root)
				return true
			}
		}
		r.value(f, a.Value, false)
		return true
	}
	v := f.Eval(object)
	if v.Kind == parser.String {
		r.template(v.Str, fill)
		if v.Default {
			r.unbounded("the template may be another one")
		}
		return
	}
	at := place{f, f.Unwrap(object)}
	for range 4 {
		next, _, ok := place{}, false, false
		if at.file.Kind(at.node) == parser.KindIdentifier {
			next, _, ok = r.definition(at.file, at.node)
		}
		if !ok {
			break
		}
		at = place{next.file, next.file.Unwrap(next.node)}
	}
	if v := at.file.Eval(at.node); v.Kind == parser.String {
		r.template(v.Str, fill)
		return
	}
	r.value(f, object, true)
	for i := range c.Args {
		r.value(f, c.Args[i].Value, false)
	}
}
