package codeactions

import (
	"strings"

	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// callAround is the innermost call that covers span: a rule's match is the call itself, or an
// argument of it.
func (d *draft) callAround(span text.Span) *parser.Call {
	for n := d.At(span.Start); n != parser.NoNode; n = d.Parent(n) {
		if s := d.Span(n); s.Start > span.Start || s.End < span.End {
			continue
		}
		if call := d.CallAt(n); call != nil {
			return call
		}
	}
	return nil
}

// part is a piece of a text that code puts together: constant text, or an expression.
type part struct {
	text string // as it stands in the source, between quotes
	expr parser.NodeID
}

// pieces take a text apart that code puts together by an f-string, a template, + or %. ok is
// false for anything that is not only that.
func (d *draft) pieces(n parser.NodeID) (parts []part, ok bool) {
	switch n = d.Unwrap(n); d.Kind(n) {
	case parser.KindString, parser.KindTemplate:
		return d.stringPieces(n)
	case parser.KindConcatenated:
		for c := range d.Children(n) {
			more, ok := d.stringPieces(c)
			if !ok {
				return nil, false
			}
			parts = append(parts, more...)
		}
		return parts, true
	case parser.KindBinary:
		return d.operatorPieces(n)
	}
	return nil, false
}

// stringPieces are those of one literal. Escapes and prefixes but f are left alone.
func (d *draft) stringPieces(n parser.NodeID) (parts []part, ok bool) {
	src := d.Slice(n)
	open := strings.IndexAny(src, "'\"`")
	if open < 0 || strings.Trim(strings.ToLower(src[:open]), "f") != "" || strings.Contains(src, `\`) || strings.Contains(src, "{{") {
		return nil, false
	}
	var slots []parser.NodeID
	for c := range d.All(n) {
		if d.Kind(c) == parser.KindSubstitution {
			slots = append(slots, c)
		}
	}
	content := text.Span{}
	for _, s := range d.Strings {
		if s.Node == n {
			content = s.Content
		}
	}
	at := content.Start
	for _, slot := range slots {
		expr := d.FirstChild(slot)
		span := d.Span(slot)
		inner := d.Slice(slot)
		if expr == parser.NoNode || strings.ContainsAny(strings.TrimPrefix(inner, d.Slice(expr)), "!:=") && strings.TrimSpace(strings.Trim(inner, "${}")) != d.Slice(expr) {
			return nil, false // it is formatted
		}
		parts = append(parts, part{text: d.Text.Slice(text.Span{Start: at, End: span.Start}), expr: parser.NoNode}, part{expr: expr})
		at = span.End
	}
	return append(parts, part{text: d.Text.Slice(text.Span{Start: at, End: content.End}), expr: parser.NoNode}), true
}

// operatorPieces are those of a + b, and of "…%s…" % values.
func (d *draft) operatorPieces(n parser.NodeID) (parts []part, ok bool) {
	left, right := d.Field(n, parser.FieldLeft), d.Field(n, parser.FieldRight)
	switch d.Slice(d.Field(n, parser.FieldOperator)) {
	case "+":
		for _, side := range []parser.NodeID{left, right} {
			more, ok := d.pieces(side)
			if !ok {
				if d.Kind(d.Unwrap(side)) == parser.KindBinary {
					return nil, false
				}
				more = []part{{expr: side}}
			}
			parts = append(parts, more...)
		}
		return parts, true
	case "%":
		return d.formatPieces(left, right)
	}
	return nil, false
}

func (d *draft) formatPieces(format, values parser.NodeID) (parts []part, ok bool) {
	constant, ok := d.pieces(format)
	if !ok || len(constant) != 1 || constant[0].expr != parser.NoNode {
		return nil, false
	}
	args := []parser.NodeID{values}
	if d.Kind(d.Unwrap(values)) == parser.KindTuple {
		args = args[:0]
		for c := range d.Children(d.Unwrap(values)) {
			args = append(args, c)
		}
	}
	texts := strings.Split(constant[0].text, "%s")
	if len(texts) != len(args)+1 || strings.Contains(strings.Join(texts, ""), "%") {
		return nil, false
	}
	for i, t := range texts {
		parts = append(parts, part{text: t, expr: parser.NoNode})
		if i < len(args) {
			if d.Kind(args[i]) == parser.KindDictSpread || d.Kind(args[i]) == parser.KindSpread {
				return nil, false
			}
			parts = append(parts, part{expr: args[i]})
		}
	}
	return parts, true
}

// textOf is where the text of an argument is made: the argument itself, or the one value of
// the name that stands there, which nothing else uses.
func (d *draft) textOf(arg parser.NodeID) (parser.NodeID, bool) {
	arg = d.Unwrap(arg)
	made := d.valueOf(arg)
	if made == arg {
		return arg, d.Kind(arg) != parser.KindIdentifier
	}
	places := 0 // of the name: where it gets its value, and where it is used
	for n := range d.Nodes {
		if id := parser.NodeID(n); d.Kind(id) == parser.KindIdentifier && d.Slice(id) == d.Slice(arg) && d.EnclosingFunc(id) == d.EnclosingFunc(arg) {
			places++
		}
	}
	return made, places == 2 && d.EnclosingFunc(made) == d.EnclosingFunc(arg)
}
