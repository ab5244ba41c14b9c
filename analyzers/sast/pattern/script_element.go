package pattern

import "strings"

// element rewrites a JSX element with all that it holds. In a tag, ... is an attribute; between
// tags, what is no code is text, which the compiler of patterns reads.
func (r *scriptRewriter) element(at, end int) int {
	at, open := r.tag(at, end)
	for depth := 1; open && at < end; {
		switch rest := r.src[at:end]; {
		case strings.HasPrefix(rest, "</"):
			close := strings.IndexByte(rest, '>')
			if close < 0 {
				close = len(rest) - 1
			}
			r.put("</"+r.tagName(rest[2:close])+">", at, at+close+1)
			at += close + 1
			if depth--; depth == 0 {
				r.set(')', "")
				return at
			}
		case rest[0] == '<':
			var nested bool
			if at, nested = r.tag(at, end); nested {
				depth++
			}
		case rest[0] == '{':
			at = r.braces(at, end)
		default:
			r.out.WriteByte(rest[0])
			at++
		}
	}
	r.set(')', "")
	return at
}

// tagName is a name in a closing tag.
func (r *scriptRewriter) tagName(written string) string {
	written = strings.TrimSpace(written)
	parts := strings.Split(written, ".")
	for i, p := range parts {
		if name := metaName(strings.TrimPrefix(p, "$")); strings.HasPrefix(p, "$") && name != "" && len(name) == len(p)-1 {
			parts[i] = mark + name
		}
	}
	return strings.Join(parts, ".")
}

// tag rewrites <name attributes> or <name attributes/>; it reports whether it was the former.
func (r *scriptRewriter) tag(at, end int) (int, bool) {
	r.out.WriteByte('<')
	at++
	value := false // behind an attribute's =
	for at < end {
		c, rest := r.src[at], r.src[at:end]
		switch {
		case strings.HasPrefix(rest, "/>"):
			r.out.WriteString("/>")
			return at + 2, false
		case c == '>':
			r.out.WriteByte('>')
			return at + 1, true
		case strings.HasPrefix(rest, "..."):
			if value {
				r.put("{"+ellipsis+"}", at, at+3)
			} else {
				r.put(" "+ellipsis+" ", at, at+3)
			}
			at, value = at+3, false
		case c == '{':
			at, value = r.braces(at, end), false
		case c == '"' || c == '\'':
			at, value = r.quoted(at, end), false
		case c == '$' || isNameByte(c):
			behind := at + 1
			for behind < end && (isNameByte(r.src[behind]) || r.src[behind] == '$' || r.src[behind] == '-' && c != '$') {
				behind++
			}
			name := r.tagName(r.src[at:behind])
			if value {
				name = "{" + name + "}"
			}
			r.put(name, at, behind)
			at, value = behind, false
		default:
			value = value && c == ' ' || c == '='
			r.out.WriteByte(c)
			at++
		}
	}
	return at, false
}
