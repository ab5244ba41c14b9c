package tree

import (
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// scriptJSX lowers an element or a fragment.
func (b *builder) scriptJSX(n parser.NodeID, role Role) {
	start := b.Nodes[n].Start // the grammar has the space before an element in it
	for start < b.Nodes[n].End && b.src[start] != '<' {
		start++
	}
	id := b.openAt(JSX, role, n, start, b.Nodes[n].End)
	opening := n
	for c := range b.Children(n) {
		if b.KindName(c) == "jsx_opening_element" {
			opening = c
			break
		}
	}
	if name := b.Field(opening, parser.FieldName); name != parser.NoNode {
		b.scriptExpr(name, Name)
	}
	for c := range b.Children(opening) {
		if b.FieldOf(c) == parser.FieldAttribute {
			b.scriptJSXAttribute(c)
		}
	}
	if opening != n || b.KindName(n) == "jsx_fragment" {
		for c := range b.Children(n) {
			b.scriptJSXChild(c)
		}
	}
	b.close(id)
}

func (b *builder) scriptJSXAttribute(n parser.NodeID) {
	if b.KindName(n) != "jsx_attribute" { // {...props}
		if inner := b.FirstChild(n); inner != parser.NoNode {
			b.skip(n)
			b.scriptExpr(inner, Attribute)
		}
		return
	}
	id := b.open(JSXAttr, Attribute, n)
	first := true
	for c := range b.Children(n) {
		switch {
		case first:
			b.leaf(Ident, Name, c)
			first = false
		case b.KindName(c) == "jsx_expression":
			if inner := b.FirstChild(c); inner != parser.NoNode {
				b.scriptInner(c, inner, Value)
			}
		default:
			b.scriptExpr(c, Value)
		}
	}
	b.close(id)
}

func (b *builder) scriptJSXChild(n parser.NodeID) {
	switch b.KindName(n) {
	case "jsx_opening_element", "jsx_closing_element":
	case "jsx_text":
		if text := b.Slice(n); strings.TrimSpace(text) != "" || !strings.Contains(text, "\n") {
			b.leaf(JSXText, Elem, n)
		}
	case "html_character_reference":
		b.leaf(JSXText, Elem, n)
	case "jsx_expression":
		if inner := b.FirstChild(n); inner != parser.NoNode { // not only a comment
			b.scriptInner(n, inner, Elem)
		}
	default:
		b.scriptExpr(n, Elem)
	}
}
