package codeactions

import (
	"fmt"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// comprehension rewrites [client.embeddings.create(model=M, input=d).data[0].embedding for d in docs].
func (b *batching) comprehension() string {
	clauses := 0
	for c := range b.Children(b.loop.Node) {
		if c != b.loop.Body {
			clauses++
		}
	}
	if b.KindName(b.loop.Node) != "list_comprehension" || clauses != 1 || !b.vector(b.loop.Body, b.site.Call.Node, "") {
		return doesMore
	}
	awaited := b.Kind(b.Parent(b.site.Call.Node)) == parser.KindAwait
	if !b.row.chunks {
		many := b.manyCall()
		if many == "" {
			return b.reason
		}
		if awaited {
			many = "await " + many
		}
		if !b.keepComments(b.loop.Node) {
			return "the loop has comments, which would be lost"
		}
		b.replace(b.Span(b.loop.Node), many)
		return ""
	}
	if !b.keepComments(b.loop.Node) {
		return "the loop has comments, which would be lost"
	}
	i, element := b.fresh("i"), b.fresh("d")
	create := b.callWith(fmt.Sprintf("%s[%s : %s + %d]", b.whole, i, i, batchSize))
	if awaited {
		create = "(await " + create + ")"
	}
	b.replace(b.Span(b.loop.Node), fmt.Sprintf("[%s%s for %s in range(0, len(%s), %d) for %s in %s%s]", element, b.form.each, i, b.whole, batchSize, element, create, b.form.all))
	return ""
}

// callWith is the source of the call with a piece of the list for its text.
func (b *batching) callWith(piece string) string {
	call, input := b.Span(b.site.Call.Node), b.texts
	if p := b.Parent(input); b.Kind(p) == parser.KindList {
		input = p
	}
	source := b.Text.String()
	return source[call.Start:b.Span(input).Start] + b.part(piece) + source[b.Span(input).End:call.End]
}

// callback rewrites await Promise.all(docs.map(async (doc) => …)).
func (b *batching) callback() string {
	if c := b.CallAt(b.loop.Node); c == nil || c.Name != "map" || len(c.Args) != 1 {
		return doesMore
	}
	returned := b.loop.Body
	if b.Kind(returned) == parser.KindBlock {
		var body []parser.NodeID
		for s := range b.Children(returned) {
			body = append(body, s)
		}
		last := parser.NoNode
		if len(body) > 0 && b.Kind(body[len(body)-1]) == parser.KindReturn {
			last = b.FirstChild(body[len(body)-1])
		}
		switch {
		case len(body) == 1 && last != parser.NoNode:
			returned = last
		case len(body) == 2 && last != parser.NoNode:
			name, value := b.assigned(body[0])
			if value == parser.NoNode || b.Unwrap(value) != b.site.Call.Node {
				return doesMore
			}
			switch destructured := strings.HasPrefix(name, "{"); {
			case destructured && b.row.sdk == "ai-sdk" && b.Slice(last) == "embedding" && strings.Trim(name, "{ }") == "embedding":
				b.form = b.row.forms[0]
			case destructured || !b.vector(last, parser.NoNode, name):
				return doesMore
			}
			returned = parser.NoNode
		default:
			return doesMore
		}
	}
	if returned != parser.NoNode && !b.vector(returned, b.site.Call.Node, "") {
		return doesMore
	}
	all := b.Parent(b.Parent(b.loop.Node))
	if c := b.CallAt(all); c == nil || b.Slice(c.Callee) != "Promise.all" || b.Kind(b.Parent(all)) != parser.KindAwait {
		return "the vectors are not awaited together with Promise.all"
	}
	if b.Kind(b.Parent(b.Parent(all))) == parser.KindExpressionStatement {
		return "nothing is done with the vectors"
	}
	if b.row.chunks {
		if b.Kind(b.Parent(b.site.Call.Node)) != parser.KindAwait {
			return doesMore
		}
		if !b.keepComments(b.Parent(all)) {
			return "the loop has comments, which would be lost"
		}
		i, element := b.fresh("i"), b.fresh("d")
		create := b.callWith(fmt.Sprintf("%s.slice(%s * %d, (%s + 1) * %d)", b.whole, i, batchSize, i, batchSize))
		b.replace(b.Span(b.Parent(all)), fmt.Sprintf("(await Promise.all(Array.from({ length: Math.ceil(%s.length / %d) }, async (_, %s) => (await %s)%s.map((%s) => %s%s)))).flat()",
			b.whole, batchSize, i, create, b.form.all, element, element, b.form.each))
		return ""
	}
	many := b.manyCall()
	if many == "" {
		return b.reason
	}
	if !b.keepComments(b.Parent(all)) {
		return "the loop has comments, which would be lost"
	}
	code := "await " + many
	if b.form.all != "" {
		code = "(" + code + ")" + b.form.all
	}
	b.replace(b.Span(b.Parent(all)), code)
	return ""
}
