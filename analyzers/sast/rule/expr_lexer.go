package rule

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

type tokenKind uint8

const (
	endToken tokenKind = iota
	numberToken
	stringToken
	nameToken // also dotted, also metavariables
	signToken
)

// lexer cuts an expression into tokens.
type lexer struct {
	src  string
	pos  int
	at   int // where the current token begins
	kind tokenKind
	text string // of a string: decoded
	err  error
}

func (l *lexer) fail(format string, args ...any) {
	if l.err == nil {
		l.err = fmt.Errorf(format, args...)
	}
	l.kind, l.text = endToken, ""
}

func (l *lexer) next() {
	if l.err != nil {
		return
	}
	for l.pos < len(l.src) && strings.IndexByte(" \t\r\n", l.src[l.pos]) >= 0 {
		l.pos++
	}
	l.at = l.pos
	if l.pos == len(l.src) {
		l.kind, l.text = endToken, ""
		return
	}
	rest := l.src[l.pos:]
	c := rest[0]
	switch {
	case c >= '0' && c <= '9' || c == '.' && len(rest) > 1 && rest[1] >= '0' && rest[1] <= '9':
		n := 1
		for n < len(rest) && (isNameByte(rest[n]) || rest[n] == '.' || (rest[n] == '-' || rest[n] == '+') && (rest[n-1] == 'e' || rest[n-1] == 'E') && !strings.HasPrefix(rest, "0x")) {
			n++
		}
		l.take(numberToken, n)
	case c == '"' || c == '\'':
		l.str(c)
	case isNameByte(c) || c == '$':
		n := 1
		if strings.HasPrefix(rest, "$...") {
			n = 4
		}
		for n < len(rest) && (isNameByte(rest[n]) || rest[n] == '.' && n+1 < len(rest) && isNameByte(rest[n+1])) {
			n++
		}
		if (c == 'r' || c == 'u' || c == 'b') && n == 1 && len(rest) > 1 && (rest[1] == '"' || rest[1] == '\'') {
			l.pos++
			l.str(rest[1])
			return
		}
		l.take(nameToken, n)
	default:
		for _, sign := range []string{"**", "//", "<<", ">>", "==", "!=", "<=", ">=", "<>", "&&", "||"} {
			if strings.HasPrefix(rest, sign) {
				l.take(signToken, 2)
				return
			}
		}
		if strings.IndexByte("+-*/%<>()[],&|^~!", c) < 0 {
			_, size := utf8.DecodeRuneInString(rest)
			l.fail("unexpected %q", rest[:size])
			return
		}
		l.take(signToken, 1)
	}
}

func (l *lexer) take(kind tokenKind, n int) {
	l.kind, l.text = kind, l.src[l.pos:l.pos+n]
	l.pos += n
}

func (l *lexer) str(quote byte) {
	raw := l.pos > 0 && l.src[l.pos-1] == 'r'
	var b strings.Builder
	for i := l.pos + 1; i < len(l.src); i++ {
		switch c := l.src[i]; {
		case c == quote:
			l.kind, l.text = stringToken, b.String()
			l.pos = i + 1
			return
		case c == '\\' && i+1 < len(l.src):
			i++
			switch e := l.src[i]; {
			case raw && e != quote:
				b.WriteByte('\\')
				b.WriteByte(e)
			case e == 'n':
				b.WriteByte('\n')
			case e == 't':
				b.WriteByte('\t')
			case e == '\\' || e == '"' || e == '\'':
				b.WriteByte(e)
			default: // as Python does
				b.WriteByte('\\')
				b.WriteByte(e)
			}
		default:
			b.WriteByte(c)
		}
	}
	l.fail("a string without an end")
}

func isNameByte(c byte) bool {
	return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c >= utf8.RuneSelf
}
