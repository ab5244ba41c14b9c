package rego

import (
	"strings"
	"unicode/utf8"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/qodacode/qodacode/parser/text"
)

// SpanOf is the place of an OPA location in its module, one line at most.
func SpanOf(source string, loc *ast.Location) text.Span {
	if loc == nil {
		return text.Span{}
	}
	start := loc.Offset
	// A location that OPA has made up, of a rule that it rewrote, may have no offset.
	if start < 0 || start > len(source) || !strings.HasPrefix(source[start:], string(loc.Text)) {
		start = offsetAt(source, loc.Row, loc.Col)
	}
	end := start
	if strings.HasPrefix(source[start:], string(loc.Text)) {
		end += len(loc.Text)
	}
	if i := strings.IndexByte(source[start:end], '\n'); i >= 0 {
		end = start + i
	}
	for end > start && (source[end-1] == ' ' || source[end-1] == '\t' || source[end-1] == '\r') {
		end--
	}
	return text.Span{Start: start, End: end}
}

// offsetAt is the offset of a row and a column that count from 1; columns are runes.
func offsetAt(source string, row, col int) int {
	at := 0
	for ; row > 1; row-- {
		i := strings.IndexByte(source[at:], '\n')
		if i < 0 {
			return len(source)
		}
		at += i + 1
	}
	for ; col > 1 && at < len(source) && source[at] != '\n'; col-- {
		_, size := utf8.DecodeRuneInString(source[at:])
		at += size
	}
	return at
}

// firstWord is the span of the word that a span begins with.
func firstWord(source string, span text.Span) text.Span {
	end := span.Start
	for end < len(source) && isWord(source[end]) {
		end++
	}
	if end > span.Start {
		span.End = end
	}
	return span
}

// wordIn is the span of the first place of a word in a span; all of it when it is not there.
func wordIn(source string, span text.Span, word string) text.Span {
	for at := span.Start; ; {
		i := strings.Index(source[at:span.End], word)
		if i < 0 {
			return span
		}
		at += i
		end := at + len(word)
		if (at == 0 || !isWord(source[at-1])) && (end == len(source) || !isWord(source[end])) {
			return text.Span{Start: at, End: end}
		}
		at = end
	}
}

func isWord(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}
