package effects

import (
	"strconv"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// literal is a string with the values of its slots.
func (v *view) literal(n parser.NodeID, depth int) texts {
	content, ok := v.content(n)
	if !ok {
		return unknownText
	}
	raw := false
	if !v.Language.IsScript() {
		prefix := v.Text.String()[v.Span(n).Start:content.Start]
		raw = strings.ContainsAny(strings.Trim(prefix, `"'`), "rR")
	} else if p := v.Parent(n); v.Kind(p) == parser.KindCall && strings.HasSuffix(v.Slice(v.Field(p, parser.FieldFunction)), ".raw") {
		raw = true
	}
	piece := func(from, to int) texts {
		s := v.Text.String()[from:to]
		if !raw {
			s = unescape(s)
		}
		return constant(s)
	}
	out, at := constant(""), content.Start
	for c := range v.All(n) {
		if v.Kind(c) != parser.KindSubstitution {
			continue
		}
		s := v.Span(c)
		slot := v.textAt(v.FirstChild(c), depth-1)
		slot.joined = slot.joined || slot.open()
		out, at = out.then(piece(at, s.Start)).then(slot), s.End
	}
	if at > content.End {
		return out
	}
	last := piece(at, content.End)
	if at > content.Start && !v.Language.IsScript() {
		return v.braces(out).then(v.braces(last))
	}
	return out.then(last)
}

// braces undoes the doubled braces of an f-string.
func (v *view) braces(t texts) texts {
	return t.each(func(s string) string { return strings.ReplaceAll(strings.ReplaceAll(s, "{{", "{"), "}}", "}") })
}

var escapes = map[byte]string{'n': "\n", 't': "\t", 'r': "\r", '\n': "", '\\': `\`, '\'': "'", '"': `"`, '`': "`", '$': "$", '/': "/"}

// unescape decodes the escapes that occur in statements, paths and commands.
func unescape(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			if plain, ok := escapes[s[i+1]]; ok {
				out.WriteString(plain)
				i++
				continue
			}
			if width := map[byte]int{'x': 2, 'u': 4}[s[i+1]]; width > 0 && i+2+width <= len(s) {
				if r, err := strconv.ParseUint(s[i+2:i+2+width], 16, 32); err == nil {
					out.WriteRune(rune(r))
					i += 1 + width
					continue
				}
			}
		}
		out.WriteByte(s[i])
	}
	return out.String()
}
