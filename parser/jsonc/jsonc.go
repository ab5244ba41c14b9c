// Package jsonc reads JSON as people write it in settings (comments, commas behind the last
// element) into a tree that knows where everything stands.
package jsonc

import (
	"encoding/json"
	"strings"
	"unicode/utf8"

	"github.com/qodacode/qodacode/parser/text"
)

// Kind is what a value is.
type Kind uint8

// Kinds of values. Missing is what broken text has in place of one.
const (
	Missing Kind = iota
	Null
	Bool
	Number
	String
	Array
	Object
)

// Value is one value with its place, bytes of the text.
type Value struct {
	Kind    Kind
	Span    text.Span
	Text    string // String: decoded; Number and Bool: as written
	Elems   []Value
	Members []Member
}

// Member is a key of an object with its value.
type Member struct {
	Key     string
	KeySpan text.Span // with the quotes
	Value   Value
}

// Get is the last value of a key, as parsers have it; a Missing one where there is none.
func (v Value) Get(key string) Value {
	for i := len(v.Members) - 1; i >= 0; i-- {
		if v.Members[i].Key == key {
			return v.Members[i].Value
		}
	}
	return Value{}
}

// Path is Get for keys of objects in each other.
func (v Value) Path(keys ...string) Value {
	for _, key := range keys {
		v = v.Get(key)
	}
	return v
}

// True reports whether v is the literal true.
func (v Value) True() bool { return v.Kind == Bool && v.Text == "true" }

// Inside is the place of a String between its quotes.
func (v Value) Inside() text.Span {
	if v.Kind != String || v.Span.Len() < 2 {
		return v.Span
	}
	return text.Span{Start: v.Span.Start + 1, End: v.Span.End - 1}
}

// maxDepth bounds how deep values are nested; hostile text must not overflow the stack.
const maxDepth = 200

// Parse reads src. ok is false where it is broken; what was read until then is in the value.
func Parse(src string) (v Value, ok bool) {
	p := parser{src: strings.TrimPrefix(src, "\ufeff"), base: len(src) - len(strings.TrimPrefix(src, "\ufeff")), ok: true}
	v = p.value(0)
	p.space()
	return v, p.ok && p.at == len(p.src)
}

type parser struct {
	src  string
	base int // of src in the text
	at   int
	ok   bool
}

func (p *parser) fail() { p.ok, p.at = false, len(p.src) }

// space skips blanks and comments.
func (p *parser) space() {
	for p.at < len(p.src) {
		rest := p.src[p.at:]
		switch {
		case strings.IndexByte(" \t\r\n", rest[0]) >= 0:
			p.at++
		case strings.HasPrefix(rest, "//"):
			end := strings.IndexByte(rest, '\n')
			if end < 0 {
				end = len(rest)
			}
			p.at += end
		case strings.HasPrefix(rest, "/*"):
			end := strings.Index(rest[2:], "*/")
			if end < 0 {
				p.fail()
				return
			}
			p.at += end + 4
		default:
			return
		}
	}
}

// next reports whether c comes next, and takes it.
func (p *parser) next(c byte) bool {
	p.space()
	if p.at < len(p.src) && p.src[p.at] == c {
		p.at++
		return true
	}
	return false
}

func (p *parser) value(depth int) Value {
	p.space()
	if p.at >= len(p.src) || depth > maxDepth {
		p.fail()
		return Value{}
	}
	start := p.at
	var v Value
	switch c := p.src[p.at]; {
	case c == '{':
		v = p.object(depth)
	case c == '[':
		v = p.array(depth)
	case c == '"':
		v = Value{Kind: String, Text: p.str()}
	default:
		v = p.word()
	}
	v.Span = text.Span{Start: p.base + start, End: p.base + p.at}
	return v
}

func (p *parser) object(depth int) Value {
	v := Value{Kind: Object}
	p.at++
	for !p.next('}') {
		if p.at >= len(p.src) || p.src[p.at] != '"' {
			p.fail()
			return v
		}
		start := p.at
		m := Member{Key: p.str()}
		m.KeySpan = text.Span{Start: p.base + start, End: p.base + p.at}
		if !p.next(':') {
			p.fail()
			return v
		}
		m.Value = p.value(depth + 1)
		v.Members = append(v.Members, m)
		if !p.next(',') && (p.at >= len(p.src) || p.src[p.at] != '}') {
			p.fail()
			return v
		}
	}
	return v
}

func (p *parser) array(depth int) Value {
	v := Value{Kind: Array}
	p.at++
	for !p.next(']') {
		v.Elems = append(v.Elems, p.value(depth+1))
		if !p.next(',') && (p.at >= len(p.src) || p.src[p.at] != ']') {
			p.fail()
			return v
		}
	}
	return v
}

// str reads a string; an unclosed one ends with its line.
func (p *parser) str() string {
	start := p.at
	for p.at++; p.at < len(p.src); p.at++ {
		switch p.src[p.at] {
		case '\\':
			p.at++
		case '\n':
			p.fail()
			return ""
		case '"':
			p.at++
			return decode(p.src[start:p.at])
		}
	}
	p.fail()
	return ""
}

func decode(quoted string) string {
	inside := quoted[1 : len(quoted)-1]
	if strings.IndexByte(inside, '\\') < 0 && utf8.ValidString(inside) {
		return inside
	}
	var s string
	if json.Unmarshal([]byte(quoted), &s) != nil {
		return inside
	}
	return s
}

func (p *parser) word() Value {
	start := p.at
	for p.at < len(p.src) && strings.IndexByte(" \t\r\n,]}:/\"{[", p.src[p.at]) < 0 {
		p.at++
	}
	switch word := p.src[start:p.at]; {
	case word == "":
		p.fail()
		return Value{}
	case word == "null":
		return Value{Kind: Null}
	case word == "true", word == "false":
		return Value{Kind: Bool, Text: word}
	case strings.IndexByte("-+.0123456789", word[0]) >= 0:
		return Value{Kind: Number, Text: word}
	default:
		p.ok = false
		return Value{}
	}
}
