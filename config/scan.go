package config

import (
	"strings"

	"github.com/BurntSushi/toml"

	"github.com/qodacode/qodacode/parser/text"
)

// entry is one key of a TOML document with its place. The TOML library gives values, but
// the positions of neither keys nor values.
type entry struct {
	path       []string
	key, value text.Span // value is empty for a header
	header     bool
}

// scanner finds the keys of a document that the TOML library has accepted. On any other
// text it ends, with some entries or other.
type scanner struct {
	src     string
	at      int
	entries []entry
	deepest int // nesting of values, or segments of a key
}

// scan also tells how deep the document nests; the time that the library takes grows with its square.
func scan(src string) (entries []entry, deepest int) {
	s := &scanner{src: src}
	var section []string
	for s.blank(true); s.at < len(src); s.blank(true) {
		before := s.at
		if src[s.at] == '[' {
			s.at++
			array := s.eat('[')
			s.blank(false)
			path, key := s.keyPath()
			s.blank(false)
			s.eat(']')
			if array {
				s.eat(']')
			}
			section = path
			s.entries = append(s.entries, entry{path: path, key: key, header: true})
		} else {
			s.pair(section)
		}
		if s.at == before {
			s.at++
		}
	}
	return s.entries, s.deepest
}

// pair reads key = value below parent.
func (s *scanner) pair(parent []string) {
	path, key := s.keyPath()
	path = append(parent[:len(parent):len(parent)], path...)
	if s.deepest = max(s.deepest, len(path)); len(path) > maxDepth {
		path = path[:maxDepth] // the document is refused
	}
	s.blank(false)
	s.eat('=')
	s.blank(false)
	if s.at < len(s.src) && s.src[s.at] == '{' {
		s.inlineTable(path, key)
		return
	}
	start := s.at
	s.skipValue()
	s.entries = append(s.entries, entry{path: path, key: key, value: text.Span{Start: start, End: s.at}})
}

func (s *scanner) inlineTable(path []string, key text.Span) {
	s.entries = append(s.entries, entry{path: path, key: key, header: true})
	s.at++
	for s.blank(true); s.at < len(s.src) && !s.eat('}'); s.blank(true) {
		before := s.at
		s.pair(path)
		s.blank(true)
		s.eat(',')
		if s.at == before {
			s.at++
		}
	}
}

// keyPath reads a dotted key; its span covers all segments.
func (s *scanner) keyPath() (path []string, span text.Span) {
	span.Start = s.at
	for {
		start := s.at
		if s.at < len(s.src) && (s.src[s.at] == '"' || s.src[s.at] == '\'') {
			s.skipString()
			path = append(path, unquote(s.src[start:s.at]))
		} else {
			for s.at < len(s.src) && isBare(s.src[s.at]) {
				s.at++
			}
			path = append(path, s.src[start:s.at])
		}
		span.End = s.at
		s.deepest = max(s.deepest, len(path))
		s.blank(false)
		if !s.eat('.') {
			return path, span
		}
		s.blank(false)
	}
}

// skipValue moves behind a value that is no inline table at its top.
func (s *scanner) skipValue() {
	depth := 0
	for s.at < len(s.src) {
		switch c := s.src[s.at]; {
		case c == '"' || c == '\'':
			s.skipString()
		case c == '#' && depth > 0:
			s.skipLine()
		case c == '[' || c == '{':
			depth++
			s.deepest = max(s.deepest, depth)
			s.at++
		case c == ']' || c == '}':
			if depth == 0 {
				return
			}
			depth--
			s.at++
		case depth == 0 && strings.IndexByte(",#\r\n", c) >= 0:
			return
		default:
			s.at++
			continue
		}
		if depth == 0 {
			return
		}
	}
}

// skipString moves behind a string of any of the four kinds.
func (s *scanner) skipString() {
	quote := s.src[s.at : s.at+1]
	if long := strings.Repeat(quote, 3); strings.HasPrefix(s.src[s.at:], long) {
		quote = long
	}
	s.at += len(quote)
	for s.at < len(s.src) {
		switch {
		case s.src[s.at] == '\\' && quote[0] == '"':
			s.at = min(s.at+2, len(s.src))
		case strings.HasPrefix(s.src[s.at:], quote):
			s.at += len(quote)
			for n := 0; len(quote) == 3 && n < 2 && s.eat(quote[0]); n++ {
				continue // """" ends a string that ends in a quote
			}
			return
		case s.src[s.at] == '\n' && len(quote) == 1:
			return
		default:
			s.at++
		}
	}
}

// blank skips white space, and with lines also line ends and comments.
func (s *scanner) blank(lines bool) {
	for s.at < len(s.src) {
		switch c := s.src[s.at]; {
		case c == ' ' || c == '\t', lines && (c == '\n' || c == '\r'):
			s.at++
		case lines && c == '#':
			s.skipLine()
		default:
			return
		}
	}
}

func (s *scanner) skipLine() {
	if i := strings.IndexByte(s.src[s.at:], '\n'); i >= 0 {
		s.at += i
	} else {
		s.at = len(s.src)
	}
}

func (s *scanner) eat(c byte) bool {
	if s.at < len(s.src) && s.src[s.at] == c {
		s.at++
		return true
	}
	return false
}

func isBare(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_' || c == '-'
}

// unquote decodes a quoted key with the TOML library, which knows the escapes.
func unquote(quoted string) string {
	var v struct{ K string }
	if _, err := toml.Decode("K = "+quoted, &v); err != nil {
		return strings.Trim(quoted, `"'`)
	}
	return v.K
}
