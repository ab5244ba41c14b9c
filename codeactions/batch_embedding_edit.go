package codeactions

import (
	"fmt"
	"strings"

	"github.com/qodacode/qodacode/analyzers/llm"
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
	if b.row.vector == "" {
		return n == call && call != parser.NoNode
	}
	rest, ok := b.answer(n, call, name)
	rest = strings.NewReplacer("!", "", "?.", ".", "'", `"`).Replace(rest)
	return ok && rest == b.row.vector
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

// chunked keeps the loop, which goes through pieces of the list.
func (b *batching) chunked(body []parser.NodeID, collect *parser.Call, value parser.NodeID, name string) string {
	i := freshName(b.File, "i")
	element := freshName(b.File, "d")
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
		b.replace(at, b.row.list)
		at = b.Span(collect.Args[0].Value)
		if b.Language.IsScript() {
			b.replace(at, "..."+name+".map(("+element+") => "+element+b.row.each+")")
		} else {
			b.replace(at, element+b.row.each+" for "+element+" in "+name)
		}
	} else if b.Language.IsScript() {
		b.insert(b.Span(value).Start, "...")
		b.replace(at, b.row.list+".map(("+element+") => "+element+b.row.each+")")
	} else {
		b.insert(b.Span(value).Start, element+b.row.each+" for "+element+" in ")
		b.replace(at, b.row.list)
	}
	b.replace(b.Span(b.AttributeName(b.Unwrap(collect.Callee))), method)
	return ""
}

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
	i, element := freshName(b.File, "i"), freshName(b.File, "d")
	call := b.site.Call.Node
	input := b.texts
	if p := b.Parent(input); b.Kind(p) == parser.KindList {
		input = p
	}
	piece := fmt.Sprintf("%s[%s : %s + %d]", b.whole, i, i, batchSize)
	source := b.Text.String()
	create := source[b.Span(call).Start:b.Span(input).Start] + b.part(piece) + source[b.Span(input).End:b.Span(call).End]
	if awaited {
		create = "(await " + create + ")"
	}
	b.replace(b.Span(b.loop.Node), fmt.Sprintf("[%s%s for %s in range(0, len(%s), %d) for %s in %s%s]", element, b.row.each, i, b.whole, batchSize, element, create, b.row.list))
	return ""
}

// callback rewrites await Promise.all(docs.map(async (doc) => …)).
func (b *batching) callback() string {
	if c := b.CallAt(b.loop.Node); c == nil || c.Name != "map" || len(c.Args) != 1 || b.row.chunks {
		return "only a loop, or a library that cuts lists itself, can be turned into batches"
	}
	returned := b.loop.Body
	destructured := false
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
			if destructured = strings.HasPrefix(name, "{"); destructured && (b.Slice(last) != "embedding" || strings.Trim(name, "{ }") != "embedding") || !destructured && !b.vector(last, parser.NoNode, name) {
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
	many := b.manyCall()
	if many == "" {
		return b.reason
	}
	if !b.keepComments(b.Parent(all)) {
		return "the loop has comments, which would be lost"
	}
	code := "await " + many
	if b.row.list != "" {
		code = "(" + code + ")" + b.row.list
	}
	b.replace(b.Span(b.Parent(all)), code)
	return ""
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
	around := parser.NodeID(0)
	if fn := b.EnclosingFunc(b.loop.Node); fn != nil {
		around = fn.Node
	}
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
