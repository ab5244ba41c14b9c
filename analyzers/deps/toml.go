package deps

import (
	"strings"

	"github.com/qodacode/qodacode/parser/text"
)

// tomlItem is a key of a TOML file with one string of its value: of an array each string is
// an item of its own, of any other value there is one item with its text.
type tomlItem struct {
	table   string // a.b of [a.b] and [[a.b]]
	first   bool   // the first item of a table
	key     string // dotted keys keep their dots
	keySpan text.Span
	str     string // the string, "" where the value is none
	span    text.Span
	inArray bool
	raw     string // the whole value
}

// scanTOML calls yield with the items of a file, of broken text with what can be read. It
// knows where everything stands, which libraries do not tell.
func scanTOML(src string, yield func(tomlItem)) {
	s := &tomlScanner{src: src, yield: yield}
	for s.at < len(src) {
		s.line()
	}
}

type tomlScanner struct {
	src   string
	at    int
	table string
	fresh bool
	yield func(tomlItem)
}

func (s *tomlScanner) blanks() {
	for s.at < len(s.src) && (s.src[s.at] == ' ' || s.src[s.at] == '\t' || s.src[s.at] == '\r') {
		s.at++
	}
}

func (s *tomlScanner) skipLine() {
	if i := strings.IndexByte(s.src[s.at:], '\n'); i >= 0 {
		s.at += i + 1
	} else {
		s.at = len(s.src)
	}
}

func (s *tomlScanner) line() {
	s.blanks()
	if s.at >= len(s.src) {
		return
	}
	switch s.src[s.at] {
	case '\n', '#':
		s.skipLine()
	case '[':
		start := s.at
		s.skipLine()
		head, _, _ := strings.Cut(s.src[start:s.at], "#")
		head = strings.Trim(head, "[] \t\r\n")
		s.table, s.fresh = strings.NewReplacer(`"`, "", "'", "", " ", "").Replace(head), true
	default:
		s.pair()
	}
}

func (s *tomlScanner) pair() {
	start := s.at
	for s.at < len(s.src) && s.src[s.at] != '=' && s.src[s.at] != '\n' {
		s.at++
	}
	if s.at >= len(s.src) || s.src[s.at] == '\n' {
		return
	}
	written := strings.TrimRight(s.src[start:s.at], " \t")
	item := tomlItem{table: s.table, first: s.fresh, keySpan: text.Span{Start: start, End: start + len(written)}}
	item.key = strings.NewReplacer(`"`, "", "'", "", " ", "").Replace(written)
	if len(written) > 1 && (written[0] == '"' || written[0] == '\'') && written[len(written)-1] == written[0] {
		item.keySpan = text.Span{Start: start + 1, End: start + len(written) - 1}
	}
	s.fresh = false
	s.at++
	s.blanks()
	begin := s.at
	var strs []tomlItem
	array := s.at < len(s.src) && s.src[s.at] == '['
	depth := 0
	for s.at < len(s.src) {
		switch c := s.src[s.at]; {
		case c == '"' || c == '\'':
			value, span := s.str()
			if depth == 0 || array && depth == 1 {
				it := item
				it.str, it.span, it.inArray = value, span, array
				strs = append(strs, it)
			}
			continue
		case c == '[' || c == '{':
			depth++
		case c == ']' || c == '}':
			depth--
		case c == '#':
			s.skipLine()
			if depth > 0 {
				continue
			}
			s.at-- // at the end of the line
		}
		if depth <= 0 && s.at < len(s.src) && s.src[s.at] == '\n' {
			break
		}
		if depth > 0 && s.src[s.at] == '\n' && s.newTable() {
			break // the bracket was never closed
		}
		s.at++
	}
	s.at = min(s.at, len(s.src))
	raw := s.src[begin:max(begin, s.at)]
	if len(strs) == 0 {
		item.raw = raw
		s.yield(item)
	}
	for _, it := range strs {
		it.raw = raw
		s.yield(it)
	}
}

// newTable reports whether the next line can only be a table's head.
func (s *tomlScanner) newTable() bool {
	rest := s.src[s.at+1:]
	return strings.HasPrefix(rest, "[") && !strings.HasPrefix(rest, "[\"") && strings.Contains(rest[:min(len(rest), 80)], "]\n")
}

// str reads a string in any of TOML's four notations.
func (s *tomlScanner) str() (string, text.Span) {
	quote := s.src[s.at : s.at+1]
	if triple := strings.Repeat(quote, 3); strings.HasPrefix(s.src[s.at:], triple) {
		quote = triple
	}
	start := s.at + len(quote)
	for i := start; i < len(s.src); i++ {
		switch {
		case s.src[i] == '\\' && quote[0] == '"':
			i++
		case strings.HasPrefix(s.src[i:], quote):
			s.at = i + len(quote)
			return s.src[start:i], text.Span{Start: start, End: i}
		case s.src[i] == '\n' && len(quote) == 1:
			s.at = i
			return s.src[start:i], text.Span{Start: start, End: i}
		}
	}
	s.at = len(s.src)
	return s.src[start:], text.Span{Start: start, End: len(s.src)}
}
