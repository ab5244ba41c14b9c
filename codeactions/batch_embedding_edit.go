package codeactions

import (
	"fmt"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

const doesMore = "the loop does more than embed each element and collect the vectors"

// statements rewrites a loop whose body embeds and collects:
//
//	for doc in docs:
//	    r = client.embeddings.create(model=M, input=doc)
//	    vectors.append(r.data[0].embedding)
func (b *batching) statements() string {
	var body []parser.NodeID
	for s := range b.Children(b.loop.Body) {
		body = append(body, s)
	}
	if b.Kind(b.loop.Body) != parser.KindBlock || len(body) == 0 || len(body) > 2 || b.Field(b.loop.Node, parser.FieldAlternative) != parser.NoNode {
		return doesMore
	}
	collect := b.CallAt(b.Unwrap(b.FirstChild(body[len(body)-1])))
	if b.Kind(body[len(body)-1]) != parser.KindExpressionStatement || collect == nil || len(collect.Args) != 1 || collect.Args[0].Spread > 0 ||
		collect.Name != "append" && collect.Name != "push" || b.mentions(collect.Callee, b.item) {
		return doesMore
	}
	value := collect.Args[0].Value
	answer := b.site.Call.Node // what the vector is taken from
	answerName := ""
	if len(body) == 2 {
		name, assigned := b.assigned(body[0])
		if assigned == parser.NoNode {
			return doesMore
		}
		answerName = name
		if strings.HasPrefix(name, "{") { // const { embedding } = await embed(…)
			if b.row.sdk != "ai-sdk" || name != "{ embedding }" && name != "{embedding}" || b.Unwrap(assigned) != b.site.Call.Node || b.Slice(value) != "embedding" {
				return doesMore
			}
		} else if b.vector(assigned, b.site.Call.Node, "") {
			if b.Slice(value) != name {
				return doesMore
			}
			value = assigned
		} else if b.Unwrap(assigned) != b.site.Call.Node || !b.vector(value, parser.NoNode, name) {
			return doesMore
		}
	} else if !b.vector(value, answer, "") {
		return doesMore
	}
	if b.usedBehind(b.item) || answerName != "" && b.usedBehind(answerName) {
		return "variables of the loop are used behind it"
	}
	if b.row.chunks {
		return b.chunked(body, collect, value, answerName)
	}
	many := b.manyCall()
	if many == "" {
		return b.reason
	}
	awaited := ""
	if b.Kind(b.Parent(b.site.Call.Node)) == parser.KindAwait {
		awaited = "await "
	}
	callee := b.Slice(b.Field(b.Unwrap(collect.Callee), parser.FieldObject))
	var code string
	switch end := b.semicolon(body[0]); {
	case b.Language.IsScript() && b.row.sdk == "ai-sdk":
		code = "const { embeddings } = " + awaited + many + end + "\n" + callee + ".push(...embeddings)" + end
	case b.Language.IsScript():
		code = callee + ".push(...(" + awaited + many + "))" + end
	default:
		code = callee + ".extend(" + awaited + many + ")"
	}
	indent, alone := indentAt(b.Text, b.Span(b.loop.Node).Start)
	if !alone || !b.keepComments(b.loop.Node) {
		return "the loop has comments, which would be lost"
	}
	b.replace(b.Span(b.loop.Node), strings.ReplaceAll(code, "\n", b.Text.EOL()+indent))
	return ""
}

// token is the loop's own token of a name.
func (b *batching) token(name string) parser.NodeID {
	for n := range b.All(b.loop.Node) {
		if b.KindName(n) == name {
			return n
		}
	}
	return parser.NoNode
}

// keepComments puts the comments inside of n above the statement that n stands in.
func (b *batching) keepComments(n parser.NodeID) bool {
	statement := n
	for statement > 0 && b.Kind(b.Parent(statement)) != parser.KindBlock && b.Parent(statement) > 0 {
		statement = b.Parent(statement)
	}
	indent, alone := indentAt(b.Text, b.Span(statement).Start)
	for _, c := range b.Comments {
		if !b.Within(c.Node, n) {
			continue
		}
		if !alone {
			return false
		}
		b.insert(b.Span(statement).Start, strings.TrimRight(b.Text.Slice(c.Span), "\r\n")+b.Text.EOL()+indent)
	}
	return true
}

// chunked keeps the loop, which goes through pieces of the list.
func (b *batching) chunked(body []parser.NodeID, collect *parser.Call, value parser.NodeID, name string) string {
	i := b.fresh("i")
	element := b.fresh("d")
	head := b.Span(b.loop.Node)
	var header, piece, method string
	if b.Language.IsScript() {
		head.End = b.Span(b.token(")")).End
		header = fmt.Sprintf("for (let %s = 0; %s < %s.length; %s += %d)", i, i, b.whole, i, batchSize)
		piece = fmt.Sprintf("%s.slice(%s, %s + %d)", b.whole, i, i, batchSize)
		method = "push"
	} else {
		head.End = b.Span(b.token(":")).Start
		header = fmt.Sprintf("for %s in range(0, len(%s), %d)", i, b.whole, batchSize)
		piece = fmt.Sprintf("%s[%s : %s + %d]", b.whole, i, i, batchSize)
		method = "extend"
	}
	if head.End <= head.Start {
		return doesMore
	}
	b.replace(head, header)
	input := b.texts
	if p := b.Parent(input); b.Kind(p) == parser.KindList {
		input = p
	}
	b.replace(b.Span(input), b.part(piece))
	// The vector becomes all vectors: what stands before the first of them stays.
	from := b.site.Call.Node
	outer := b.Unwrap(value)
	rest, _ := b.answer(outer, from, name)
	at := b.Span(outer)
	at.Start = at.End - len(rest)
	if assigned := value != collect.Args[0].Value; assigned { // v = create(…).data[0].embedding; vectors.append(v)
		b.replace(at, b.form.all)
		at = b.Span(collect.Args[0].Value)
		if b.Language.IsScript() {
			b.replace(at, "..."+name+".map(("+element+") => "+element+b.form.each+")")
		} else {
			b.replace(at, element+b.form.each+" for "+element+" in "+name)
		}
	} else if b.Language.IsScript() {
		b.insert(b.Span(value).Start, "...")
		b.replace(at, b.form.all+".map(("+element+") => "+element+b.form.each+")")
	} else {
		b.insert(b.Span(value).Start, element+b.form.each+" for "+element+" in ")
		b.replace(at, b.form.all)
	}
	b.replace(b.Span(b.AttributeName(b.Unwrap(collect.Callee))), method)
	return ""
}

// fresh is a name for a variable of the loop.
func (b *batching) fresh(name string) string {
	return freshName(b.File, name, functionAround(b.File, b.loop.Node))
}

// mentions reports whether an expression reads a name.
func (b *batching) mentions(n parser.NodeID, name string) bool { return mentions(b.File, n, name) }

func mentions(f *parser.File, in parser.NodeID, name string) bool {
	for n := in; f.Within(n, in); n++ {
		if k := f.Kind(n); (k == parser.KindIdentifier || k == parser.KindShorthand) && f.Slice(n) == name && !isLabel(f, n) {
			return true
		}
	}
	return false
}

// usedBehind reports whether a name of the loop is read behind it, in the same function.
func (b *batching) usedBehind(name string) bool {
	if b.Language.IsScript() { // its variables end with it
		return false
	}
	around := functionAround(b.File, b.loop.Node)
	for n := parser.NodeID(b.Nodes[b.loop.Node].Next); b.Within(n, around); n++ {
		if b.Kind(n) != parser.KindIdentifier || b.Slice(n) != name || isLabel(b.File, n) {
			continue
		}
		for _, def := range b.DefsOf(n) {
			if b.Within(def.Node, b.loop.Node) && def.Node != n {
				return true
			}
		}
	}
	return false
}
