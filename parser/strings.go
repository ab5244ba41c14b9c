package parser

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// evalString decodes a string literal, and keeps the slots of an f-string or template.
func (f *File) evalString(n NodeID, depth budget) Value {
	if f.Kind(n) == KindConcatenated {
		var sides []Value
		for c := range f.Children(n) {
			sides = append(sides, f.eval(c, depth.next()))
		}
		return joinText(n, sides...)
	}
	content := f.contentOf(n)
	raw, bytes := false, false
	if !f.Language.IsScript() {
		prefix := f.Text.Slice(f.Span(n))
		prefix = strings.ToLower(prefix[:max(0, strings.IndexAny(prefix, `"'`))])
		raw, bytes = strings.Contains(prefix, "r"), strings.Contains(prefix, "b")
	}
	if bytes {
		return Value{Node: n}
	}
	decode := func(s string) Value {
		if !raw {
			s = unescape(s)
		}
		return Value{Kind: String, Str: s, Node: n}
	}
	var parts []Value
	at := content.Start
	for c := range f.All(n) {
		if f.Kind(c) != KindSubstitution {
			continue
		}
		s := f.Span(c)
		if s.Start > at {
			parts = append(parts, decode(f.Text.String()[at:s.Start]))
		}
		parts = append(parts, f.eval(f.FirstChild(c), depth.next()))
		at = s.End
	}
	if parts == nil {
		return decode(f.Text.Slice(content))
	}
	if at < content.End {
		parts = append(parts, decode(f.Text.String()[at:content.End]))
	}
	for i := range parts { // a number in a slot prints itself
		if parts[i].Kind == Number {
			parts[i] = Value{Kind: String, Str: strconv.FormatFloat(parts[i].Num, 'f', -1, 64), Node: parts[i].Node}
		}
		if k := parts[i].Kind; k != String && k != Template {
			parts[i] = Value{Node: parts[i].Node}
		}
	}
	return joinText(n, parts...)
}

var simpleEscapes = map[byte]string{
	'n': "\n", 't': "\t", 'r': "\r", 'b': "\b", 'f': "\f", 'v': "\v", 'a': "\a", '0': "\x00", '\n': "",
}

// unescape decodes the escapes that Python and JavaScript share; one that it does not know stands for itself.
func unescape(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			out.WriteByte(s[i])
			continue
		}
		i++
		if plain, ok := simpleEscapes[s[i]]; ok {
			out.WriteString(plain)
			continue
		}
		width := map[byte]int{'x': 2, 'u': 4, 'U': 8}[s[i]]
		digits := s[i+1:]
		skip := width
		if s[i] == 'u' && strings.HasPrefix(digits, "{") {
			end := strings.IndexByte(digits, '}')
			width, digits, skip = max(end-1, 0), digits[1:], end+1
		}
		if width > 0 && width <= len(digits) {
			if r, err := strconv.ParseUint(digits[:width], 16, 32); err == nil && utf8.ValidRune(rune(r)) {
				out.WriteRune(rune(r))
				i += skip
				continue
			}
		}
		out.WriteByte(s[i])
	}
	return out.String()
}
