package tree

import (
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// Written is n's bytes in File.Text with the parentheses around it, which in Python are counted
// as part of an expression.
func (t *Tree) Written(n ID) text.Span {
	if n < 0 {
		return text.Span{}
	}
	if src := t.Nodes[n].Src; src >= 0 && t.File.Kind(src) == parser.KindParenthesized && !t.File.Language.IsScript() {
		return t.File.Span(src)
	}
	return t.Span(n)
}
