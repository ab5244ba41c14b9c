package complete

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/qodacode/qodacode/parser/text"
)

type kind uint8

const (
	name kind = iota // keywords too
	number
	quoted  // "…"; ends at the end of its line when it is not closed
	raw     // `…`
	comment // from # to the end of the line
	sign    // one of := == != <= >=, or a single character
)

// token is a piece of a policy. Text between tokens is white space.
type token struct {
	text.Span
	kind   kind
	closed bool // of quoted and raw
	first  bool // of its line
	column int  // in bytes, from 0
}

// longest bounds what is read of a policy: no policy is longer, and a request takes time for each byte.
const longest = 1 << 20

// tokenize splits a policy. Any text has tokens; what is no Rego is signs.
func tokenize(source string) []token {
	if len(source) > longest {
		source = source[:longest]
	}
	tokens := make([]token, 0, len(source)/4)
	line, first := 0, true
	for at := 0; at < len(source); {
		r, size := utf8.DecodeRuneInString(source[at:])
		if r == '\n' {
			line, first = at+1, true
		}
		if unicode.IsSpace(r) || r == '\ufeff' {
			at += size
			continue
		}
		t := token{Span: text.Span{Start: at}, first: first, column: at - line, closed: true}
		t.kind, t.End = scan(source, at, r, size)
		if t.kind == quoted || t.kind == raw {
			t.closed = t.Len() > 1 && source[t.End-1] == source[at]
		}
		if t.kind == quoted && t.closed && strings.HasSuffix(source[at:t.End-1], `\`) {
			t.closed = evenBackslashes(source[at+1 : t.End-1])
		}
		if i := strings.LastIndexByte(source[at:t.End], '\n'); i >= 0 { // a raw string of several lines
			line = at + i + 1
		}
		tokens, first, at = append(tokens, t), false, t.End
	}
	return tokens
}

// scan is the token that begins with r at an offset.
func scan(source string, at int, r rune, size int) (kind, int) {
	rest := source[at+size:]
	switch {
	case isLetter(r):
		return name, at + size + prefix(rest, func(r rune) bool { return isLetter(r) || unicode.IsDigit(r) })
	case r >= '0' && r <= '9':
		return number, at + size + prefix(rest, func(r rune) bool { return r >= '0' && r <= '9' || r == '.' || r == 'e' || r == 'E' })
	case r == '#':
		return comment, at + size + prefix(rest, func(r rune) bool { return r != '\n' })
	case r == '`':
		end := prefix(rest, func(r rune) bool { return r != '`' })
		return raw, min(at+size+end+1, len(source))
	case r == '"':
		return quoted, at + size + quotedEnd(rest)
	case strings.ContainsRune(":=!<>", r) && strings.HasPrefix(rest, "="):
		return sign, at + size + 1
	}
	return sign, at + size
}

// quotedEnd is where a string ends whose opening quote is before rest: after its closing
// quote, or before the line's end.
func quotedEnd(rest string) int {
	for i := 0; i < len(rest); i++ {
		switch rest[i] {
		case '\\':
			if i+1 < len(rest) && rest[i+1] != '\n' {
				i++
			}
		case '"':
			return i + 1
		case '\n':
			return len(strings.TrimSuffix(rest[:i], "\r"))
		}
	}
	return len(rest)
}

func evenBackslashes(s string) bool {
	return (len(s)-len(strings.TrimRight(s, `\`)))%2 == 0
}

func isLetter(r rune) bool { return r == '_' || unicode.IsLetter(r) }

// prefix is the length of the longest prefix of s that has only such runes.
func prefix(s string, has func(rune) bool) int {
	if i := strings.IndexFunc(s, func(r rune) bool { return !has(r) }); i >= 0 {
		return i
	}
	return len(s)
}
