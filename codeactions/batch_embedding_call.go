package codeactions

import (
	"strings"

	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/parser"
)

// assigned is the name and the value of a statement that assigns once.
func (b *batching) assigned(statement parser.NodeID) (name string, value parser.NodeID) {
	n := statement
	switch b.Kind(n) {
	case parser.KindExpressionStatement:
		if n = b.FirstChild(n); b.Kind(n) != parser.KindAssignment || b.Kind(b.Field(n, parser.FieldLeft)) != parser.KindIdentifier {
			return "", parser.NoNode
		}
		return b.Slice(b.Field(n, parser.FieldLeft)), b.Field(n, parser.FieldRight)
	case parser.KindDeclaration, parser.KindVarDeclaration:
		if first := b.FirstChild(n); first == b.LastChild(n) {
			return b.Slice(b.Field(first, parser.FieldName)), b.Field(first, parser.FieldValue)
		}
	}
	return "", parser.NoNode
}

// vector reports whether n is the one vector of an answer: of the call, or of what name holds.
func (b *batching) vector(n, call parser.NodeID, name string) bool {
	n = b.Unwrap(n)
	if b.row.forms == nil {
		return n == call && call != parser.NoNode
	}
	rest, ok := b.answer(n, call, name)
	rest = strings.NewReplacer("!", "", "?.", ".", "'", `"`).Replace(rest)
	for _, form := range b.row.forms {
		if ok && rest == form.one {
			b.form = form
			return true
		}
	}
	return false
}

// answer is what follows the answer in an expression: .data[0].embedding.
func (b *batching) answer(n, call parser.NodeID, name string) (rest string, ok bool) {
	end := b.Span(n).End
	for at := n; ; {
		at = b.Unwrap(at)
		if call != parser.NoNode && at == call || name != "" && b.Kind(at) == parser.KindIdentifier && b.Slice(at) == name {
			outer := at // the parentheses and the await around the call
			for outer != n && (b.Kind(b.Parent(outer)) == parser.KindAwait || b.Kind(b.Parent(outer)) == parser.KindParenthesized) {
				outer = b.Parent(outer)
			}
			return b.Text.String()[b.Span(outer).End:end], true
		}
		switch b.Kind(at) {
		case parser.KindAttribute:
			at = b.Field(at, parser.FieldObject)
		case parser.KindSubscript:
			at = b.FirstChild(at)
		default:
			return "", false
		}
	}
}

// manyCall is the source of the call that embeds the whole list.
func (b *batching) manyCall() string {
	call := b.site.Call
	source := b.Text.String()
	name := b.row.many
	if b.row.sdk == "ai-sdk" {
		local, ok := b.importMany()
		if !ok {
			b.reason = "the file uses the name " + name + " for something else"
			return ""
		}
		name = local
	}
	callee := b.Unwrap(call.Callee)
	method := b.Span(callee)
	if b.Kind(callee) == parser.KindAttribute {
		method = b.Span(b.AttributeName(callee))
	}
	arg, ok := llm.Argument(b.File, call, b.row.input, b.row.position)
	if !ok {
		b.reason = "what is embedded is put together elsewhere"
		return ""
	}
	values := b.part(b.whole)
	span := b.Span(arg.Arg)
	switch b.Kind(arg.Arg) {
	case parser.KindKeywordArgument:
		values = b.row.inputs + "=" + values
	case parser.KindPair:
		values = b.row.inputs + ": " + values
	}
	return source[b.Span(call.Node).Start:method.Start] + name + source[method.End:span.Start] + values + source[span.End:b.Span(call.Node).End]
}

// importMany imports embedMany, in place of embed where this was its only use.
func (b *batching) importMany() (local string, ok bool) {
	uses, specifier := 0, parser.NoNode
	for i := range b.Nodes {
		n := parser.NodeID(i)
		if k := b.Kind(n); k == parser.KindIdentifier && b.Slice(n) == "embed" {
			if b.Kind(b.Parent(n)) == parser.KindImportSpecifier {
				specifier = b.Parent(n)
			} else if !isLabel(b.File, n) {
				uses++
			}
		}
	}
	if _, there := b.imported(wanted{module: "ai", name: "embedMany", local: "embedMany", use: b.site.Call.Node}); !there && uses == 1 && specifier != parser.NoNode && b.Slice(specifier) == "embed" && !b.taken(wanted{local: "embedMany"}) {
		b.replace(b.Span(specifier), "embedMany")
		return "embedMany", true
	}
	return b.importName("ai", "embedMany", b.site.Call.Node)
}

func (b *batching) semicolon(statement parser.NodeID) string {
	if strings.HasSuffix(b.Slice(statement), ";") {
		return ";"
	}
	return ""
}
