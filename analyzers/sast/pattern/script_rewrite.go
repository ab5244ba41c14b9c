package pattern

import "strings"

// scriptRewriter rewrites a pattern of JavaScript or TypeScript to TypeScript with JSX.
type scriptRewriter struct {
	rewriter
	last  byte   // the last byte that is neither space nor comment; a letter stands for a word
	word  string // the last word, where last is of one
	depth int
}

func rewriteScript(src string) *rewritten {
	r := &scriptRewriter{rewriter: rewriter{src: src, script: true}}
	r.code(0, len(src))
	r.result.text = r.out.String()
	return &r.result
}

// operandWords are the words behind which an expression begins.
var operandWords = map[string]bool{
	"return": true, "typeof": true, "case": true, "in": true, "of": true, "delete": true, "void": true, "throw": true, "new": true, "await": true,
	"yield": true, "default": true, "else": true, "do": true, "instanceof": true, "extends": true,
}

// operand reports whether an expression begins at this place, so that < opens an element and / a regular expression.
func (r *scriptRewriter) operand() bool {
	if r.word != "" {
		return operandWords[r.word]
	}
	return r.last == 0 || strings.IndexByte("([{,;:?=&|!~+-*%^<>}", r.last) >= 0
}

// code rewrites what stands between two offsets.
func (r *scriptRewriter) code(at, end int) {
	if r.depth++; r.depth > deepestPattern {
		r.out.WriteString(r.src[at:end])
		return
	}
	defer func() { r.depth-- }()
	for at < end {
		at = r.token(at, end)
	}
}

// token rewrites what begins at an offset and gives the offset behind it.
func (r *scriptRewriter) token(at, end int) int {
	c, rest := r.src[at], r.src[at:end]
	switch {
	case c == ' ' || c == '\n' || c == '\t' || c == '\r':
		r.out.WriteByte(c)
		return at + 1
	case strings.HasPrefix(rest, "//"):
		n := strings.IndexByte(rest, '\n')
		if n < 0 {
			n = len(rest)
		}
		r.out.WriteString(rest[:n])
		return at + n
	case strings.HasPrefix(rest, "/*"):
		n := strings.Index(rest, "*/")
		if n < 0 {
			n = len(rest) - 2
		}
		r.out.WriteString(rest[:n+2])
		return at + n + 2
	case c == '"' || c == '\'' || c == '`':
		at = r.quoted(at, end)
		r.set('"', "")
		return at
	case c == '/' && r.operand():
		return r.regex(at, end)
	case strings.HasPrefix(rest, "<..."):
		r.put(deepCall+"(", at, at+4)
		r.set('(', "")
		return at + 4
	case strings.HasPrefix(rest, "...>"):
		r.put(")", at, at+4)
		r.set(')', "")
		return at + 4
	case c == '<' && r.operand() && len(rest) > 1 && (rest[1] == '>' || rest[1] == '$' || isNameByte(rest[1])):
		return r.element(at, end)
	case strings.HasPrefix(rest, "$..."):
		if name := metaName(rest[4:]); name != "" {
			r.put(argsMark+name, at, at+4+len(name))
			r.set('a', name)
			return at + 4 + len(name)
		}
	case strings.HasPrefix(rest, "..."):
		return r.dots(at, end)
	case c == '$' || isNameByte(c) || c == '#':
		return r.name(at, end)
	case c == '(':
		if close, ok := r.typed(at, end); ok {
			return close
		}
	}
	r.out.WriteByte(c)
	r.set(c, "")
	return at + 1
}

func (r *scriptRewriter) set(last byte, word string) { r.last, r.word = last, word }

// name copies a name; a metavariable gets its mark.
func (r *scriptRewriter) name(at, end int) int {
	behind := at + 1
	for behind < end && (isNameByte(r.src[behind]) || r.src[behind] == '$') {
		behind++
	}
	written := r.src[at:behind]
	if name := metaName(strings.TrimPrefix(written, "$")); written[0] == '$' && name != "" && len(name) == len(written)-1 {
		r.put(mark+name, at, behind)
		r.set('a', name)
		return behind
	}
	r.out.WriteString(written)
	r.set('a', written)
	if written == "for" {
		return r.loop(behind, end)
	}
	return behind
}

// regex copies a regular expression.
func (r *scriptRewriter) regex(at, end int) int {
	class := false
	for i := at + 1; i < end; i++ {
		switch c := r.src[i]; {
		case c == '\\':
			i++
		case c == '\n':
			i = end
		case c == '[':
			class = true
		case c == ']':
			class = false
		case c == '/' && !class:
			r.out.WriteString(r.src[at : i+1])
			r.set('"', "")
			return i + 1
		}
	}
	r.out.WriteByte('/')
	r.set('/', "")
	return at + 1
}

// quoted copies a string; the slots of a template are rewritten.
func (r *scriptRewriter) quoted(at, end int) int {
	quote := r.src[at]
	r.out.WriteByte(quote)
	for at++; at < end; {
		switch {
		case r.src[at] == '\\' && at+1 < end:
			r.out.WriteString(r.src[at : at+2])
			at += 2
		case r.src[at] == quote:
			r.out.WriteByte(quote)
			return at + 1
		case quote == '`' && strings.HasPrefix(r.src[at:end], "${"):
			r.out.WriteByte('$')
			at = r.braces(at+1, end)
		default:
			r.out.WriteByte(r.src[at])
			at++
		}
	}
	return at
}

// braces rewrites the code in the braces at an offset.
func (r *scriptRewriter) braces(at, end int) int {
	close := closing(r.src[:end], at)
	if close < 0 {
		close = end - 1
	}
	r.out.WriteByte('{')
	r.set('{', "")
	r.code(at+1, max(close, at+1))
	r.out.WriteByte('}')
	return close + 1
}
