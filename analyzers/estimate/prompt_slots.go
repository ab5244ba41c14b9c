package estimate

import (
	"strings"
	"unicode"

	"github.com/qodacode/qodacode/parser"
)

// slotClass tells how long a variable in a prompt is, by its name.
type slotClass uint8

const (
	otherLength slotClass = iota
	shortLength
	longLength
)

// slotWords are the words of names that tell a length. The last one in a name that does counts.
var slotWords = map[string]slotClass{
	"q": shortLength, "query": shortLength, "name": shortLength, "topic": shortLength, "id": shortLength, "lang": shortLength, "language": shortLength,
	"title": shortLength, "city": shortLength, "country": shortLength, "location": shortLength, "date": shortLength, "time": shortLength, "year": shortLength,
	"month": shortLength, "day": shortLength, "today": shortLength, "now": shortLength, "url": shortLength, "uri": shortLength, "link": shortLength,
	"key": shortLength, "label": shortLength, "category": shortLength, "type": shortLength, "kind": shortLength, "role": shortLength, "tone": shortLength,
	"style": shortLength, "keyword": shortLength, "word": shortLength, "subject": shortLength, "email": shortLength, "user": shortLength, "username": shortLength,
	"count": shortLength, "num": shortLength, "number": shortLength, "n": shortLength, "i": shortLength, "k": shortLength, "idx": shortLength, "index": shortLength,
	"len": shortLength, "length": shortLength, "size": shortLength, "max": shortLength, "min": shortLength, "limit": shortLength, "score": shortLength,
	"symbol": shortLength, "ticker": shortLength, "currency": shortLength, "price": shortLength, "amount": shortLength, "version": shortLength,
	"question": shortLength, "path": shortLength, "filename": shortLength, "uuid": shortLength, "status": shortLength, "model": shortLength,

	"context": longLength, "document": longLength, "documents": longLength, "doc": longLength, "docs": longLength, "text": longLength, "html": longLength,
	"transcript": longLength, "code": longLength, "diff": longLength, "patch": longLength, "history": longLength, "content": longLength, "contents": longLength,
	"article": longLength, "articles": longLength, "body": longLength, "page": longLength, "pages": longLength, "source": longLength, "markdown": longLength,
	"messages": longLength, "conversation": longLength, "dialogue": longLength, "log": longLength, "logs": longLength, "chunks": longLength,
	"passages": longLength, "corpus": longLength, "book": longLength, "chapter": longLength, "report": longLength, "paper": longLength, "resume": longLength,
	"pdf": longLength, "csv": longLength, "xml": longLength, "file": longLength, "files": longLength, "readme": longLength, "codebase": longLength, "thread": longLength,
}

// slotSize is how many tokens a variable of a name has, by the last of its words that tells.
func (e Env) slotSize(name string) (Range, slotClass) {
	switch class := classOf(name); class {
	case shortLength:
		return shortSlot, class
	case longLength:
		return longSlot, class
	}
	return otherSlot.middle(e.cost().SlotTokens), otherLength
}

func classOf(name string) slotClass {
	end := len(name)
	for end > 0 {
		start := end
		for start > 0 && !boundary(name, start) {
			start--
		}
		if class := slotWords[strings.ToLower(strings.Trim(name[start:end], "_-. "))]; class != otherLength {
			return class
		}
		if start == end {
			start--
		}
		end = start
	}
	return otherLength
}

// boundary reports whether a word of name begins at i.
func boundary(name string, i int) bool {
	if i <= 0 || i >= len(name) {
		return false
	}
	before, at := rune(name[i-1]), rune(name[i])
	return before == '_' || before == '-' || before == '.' || unicode.IsLower(before) && unicode.IsUpper(at)
}

// nameOf is what an expression goes by: user_name in row["user_name"], context in get_context(q).
func nameOf(f *parser.File, n parser.NodeID) string {
	for range 12 {
		n = f.Unwrap(n)
		switch f.Kind(n) {
		case parser.KindIdentifier, parser.KindShorthand:
			return f.Slice(n)
		case parser.KindAttribute:
			return f.Slice(f.AttributeName(n))
		case parser.KindSubscript:
			index := f.Field(n, parser.FieldSubscript)
			if index == parser.NoNode {
				index = f.Field(n, parser.FieldIndex)
			}
			if v := f.Eval(index); v.Kind == parser.String && f.Kind(f.Unwrap(index)) == parser.KindString {
				return v.Str
			}
			n = f.FirstChild(n)
		case parser.KindComprehension:
			for c := range f.Children(n) {
				if f.Kind(c) == parser.KindForClause {
					return nameOf(f, f.Field(c, parser.FieldRight))
				}
			}
			return ""
		case parser.KindCall:
			c := f.CallAt(n)
			if c == nil {
				return ""
			}
			object := f.Field(f.Unwrap(c.Callee), parser.FieldObject)
			switch {
			case c.Name == "get" && len(c.Args) > 0: // row.get("title")
				if v := f.Eval(c.Args[0].Value); v.Kind == parser.String {
					return v.Str
				}
				return ""
			case sameText[c.Name] && len(c.Args) > 0 && c.Args[0].Spread == 0 && (object == parser.NoNode || modules[f.Slice(object)]):
				n = c.Args[0].Value
			case (sameText[c.Name] || ownText[c.Name]) && object != parser.NoNode:
				n = object
			default:
				return c.Name
			}
		default:
			return ""
		}
	}
	return ""
}

// sameText are functions whose result is about as long as their argument, or their receiver.
var sameText = map[string]bool{
	"str": true, "repr": true, "String": true, "dumps": true, "stringify": true, "dedent": true, "cleandoc": true, "escape": true, "unescape": true, "quote": true,
	"join": true, "list": true, "sorted": true, "reversed": true, "decode": true, "encode": true, "shorten": true, "fill": true,
}

// ownText are methods whose result is about as long as their receiver.
var ownText = map[string]bool{
	"strip": true, "lstrip": true, "rstrip": true, "trim": true, "trimStart": true, "trimEnd": true, "lower": true, "upper": true, "title": true,
	"toLowerCase": true, "toUpperCase": true, "toString": true, "replace": true, "replaceAll": true, "join": true, "map": true, "filter": true,
	"model_dump_json": true, "model_dump": true, "to_json": true, "to_dict": true, "to_string": true, "to_markdown": true, "format": true, "capitalize": true,
	"removeprefix": true, "removesuffix": true, "splitlines": true, "split": true, "json": true, "normalize": true, "expandtabs": true,
}

// modules are names that stand before functions, not methods.
var modules = map[string]bool{"json": true, "JSON": true, "textwrap": true, "inspect": true, "html": true, "urllib.parse": true, "yaml": true}

// fileReaders are calls that read a whole file or page.
var fileReaders = map[string]bool{
	"read": true, "read_text": true, "readFile": true, "readFileSync": true, "readlines": true, "getvalue": true, "get_text": true, "extract_text": true,
}

// shortCalls are calls whose result is short.
var shortCalls = map[string]bool{
	"len": true, "now": true, "utcnow": true, "today": true, "time": true, "strftime": true, "isoformat": true, "toISOString": true, "toLocaleDateString": true,
	"toLocaleString": true, "uuid4": true, "uuid1": true, "randomUUID": true, "random": true, "randint": true, "choice": true, "round": true, "toFixed": true,
	"int": true, "float": true, "bool": true, "sum": true, "max": true, "min": true, "type": true, "getenv": true, "Number": true,
}
