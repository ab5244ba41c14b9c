package pattern

import (
	"sort"
	"strings"
)

// Patterns are rewritten to code that the grammars can read: what stands for unknown code
// becomes a name that begins with a letter which nobody uses.
const (
	mark     = "ꙮ"
	ellipsis = mark + mark + mark // ...
	argsMark = mark + mark        // $...X is this and X
	deepCall = mark + "deep"      // <... e ...> is a call of this
	typeCall = mark + "type"      // ($X: T) is a call of this
)

// rewritten is a pattern as code, with the way back to what was written.
type rewritten struct {
	text string
	at   []int // offsets in text from which on …
	from []int // … the source goes on at these
}

// source is the offset in the pattern's source that an offset of the code stands for.
func (r *rewritten) source(offset int) int {
	i := sort.SearchInts(r.at, offset+1) - 1
	if i < 0 {
		return offset
	}
	return r.from[i] + min(offset-r.at[i], max(0, r.next(i)-r.from[i]))
}

func (r *rewritten) next(i int) int {
	if i+1 < len(r.from) {
		return r.from[i+1]
	}
	return 1 << 30
}

// rewriter reads a pattern byte by byte.
type rewriter struct {
	src    string
	script bool
	out    strings.Builder
	result rewritten
	open   []byte // the brackets that are open
	starts []int  // where, in src
	defs   []bool // whether they hold parameters
}

func rewrite(src string, script bool) *rewritten {
	if script {
		return rewriteScript(src)
	}
	r := &rewriter{src: src, script: script}
	r.code(0, len(src))
	r.result.text = r.out.String()
	return &r.result
}

// put writes code that stands for the source at from, which goes on at to.
func (r *rewriter) put(code string, from, to int) {
	r.result.at = append(r.result.at, r.out.Len())
	r.result.from = append(r.result.from, from)
	r.out.WriteString(code)
	r.result.at = append(r.result.at, r.out.Len())
	r.result.from = append(r.result.from, to)
}

// code rewrites what stands between two offsets.
func (r *rewriter) code(at, end int) {
	for at < end {
		c := r.src[at]
		rest := r.src[at:end]
		switch {
		case c == '#' && !r.script || strings.HasPrefix(rest, "//") && r.script:
			n := strings.IndexByte(rest, '\n')
			if n < 0 {
				n = len(rest)
			}
			r.out.WriteString(rest[:n])
			at += n
		case c == '"' || c == '\'' || c == '`' && r.script:
			at = r.quoted(at, end)
		case strings.HasPrefix(rest, "<..."):
			r.put(deepCall+"(", at, at+4)
			at += 4
		case strings.HasPrefix(rest, "...>"):
			r.put(")", at, at+4)
			at += 4
		case strings.HasPrefix(rest, "$..."):
			name := metaName(rest[4:])
			if name == "" {
				r.out.WriteByte(c)
				at++
				break
			}
			r.args(name, at)
			at += 4 + len(name)
		case c == '$' && metaName(rest[1:]) != "" && !r.partOfName(at):
			at = r.meta(at, end)
		case strings.HasPrefix(rest, "..."):
			at = r.dots(at)
		case c == '(' || c == '[' || c == '{':
			r.open, r.starts, r.defs = append(r.open, c), append(r.starts, at), append(r.defs, c == '(' && r.isDef(at))
			r.out.WriteByte(c)
			at++
		case c == ')' || c == ']' || c == '}':
			if n := len(r.open); n > 0 {
				r.open, r.starts, r.defs = r.open[:n-1], r.starts[:n-1], r.defs[:n-1]
			}
			r.out.WriteByte(c)
			at++
		default:
			r.out.WriteByte(c)
			at++
		}
	}
}

// partOfName reports whether the dollar at an offset goes on a name, as JavaScript allows.
func (r *rewriter) partOfName(at int) bool {
	if at == 0 {
		return false
	}
	c := r.src[at-1]
	return c == '$' || isNameByte(c)
}

func isNameByte(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z' || c >= 0x80
}

// metaName is the name of the metavariable at the start of s, behind its dollar; "" where there is none.
func metaName(s string) string {
	n := 0
	for n < len(s) && (s[n] == '_' || 'A' <= s[n] && s[n] <= 'Z' || n > 0 && '0' <= s[n] && s[n] <= '9') {
		n++
	}
	if n < len(s) && isNameByte(s[n]) {
		return ""
	}
	return s[:n]
}

func (r *rewriter) args(name string, at int) {
	r.put(r.spread(at)+argsMark+name, at, at+4+len(name))
}

// meta rewrites $X, and $X: T in the arguments of a call.
func (r *rewriter) meta(at, end int) int {
	name := metaName(r.src[at+1 : end])
	behind := at + 1 + len(name)
	if t, ok := r.typed(behind, end); ok {
		r.put(typeCall+"("+mark+name+", ", at, behind+1)
		for behind < end && r.src[behind] != ':' {
			behind++
		}
		r.code(behind+1, t)
		r.put(")", t, t)
		return t
	}
	r.put(mark+name, at, behind)
	return behind
}

// typed reports whether a type follows a metavariable that ends at an offset, and where the type ends.
func (r *rewriter) typed(at, end int) (int, bool) {
	n := len(r.open)
	if n == 0 || r.open[n-1] != '(' || r.defs[n-1] {
		return 0, false
	}
	if i := strings.LastIndex(r.src[:at], "lambda"); i > r.starts[n-1] && !strings.Contains(r.src[i:at], ":") {
		return 0, false
	}
	for at < end && r.src[at] == ' ' {
		at++
	}
	if at == end || r.src[at] != ':' || strings.HasPrefix(r.src[at:], ":=") {
		return 0, false
	}
	depth := 0
	for i := at + 1; i < end; i++ {
		switch r.src[i] {
		case '(', '[', '{':
			depth++
		case ')', ']', '}', ',':
			if depth == 0 {
				return i, true
			}
			if r.src[i] != ',' {
				depth--
			}
		case '=':
			if depth == 0 {
				return 0, false
			}
		}
	}
	return 0, false
}

// isDef reports whether the parenthesis at an offset opens parameters.
func (r *rewriter) isDef(at int) bool {
	line := r.src[strings.LastIndexByte(r.src[:at], '\n')+1 : at]
	fields := strings.Fields(line)
	return len(fields) >= 2 && fields[len(fields)-2] == "def" || len(fields) > 0 && fields[len(fields)-1] == "lambda"
}

// closing is the offset of the bracket that closes the one at an offset, or -1.
func closing(s string, at int) int {
	depth := 0
	for i := at; i < len(s); i++ {
		switch s[i] {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			if depth--; depth == 0 {
				return i
			}
		case '"', '\'':
			if end := strings.IndexByte(s[i+1:], s[i]); end >= 0 {
				i += end + 1
			}
		}
	}
	return -1
}

// dots rewrites ... to a name, or to what is allowed where it stands.
func (r *rewriter) dots(at int) int {
	r.put(r.spread(at)+ellipsis, at, at+3)
	return at + 3
}

// spread is what must stand before a name in the braces of a dictionary or object.
func (r *rewriter) spread(at int) string {
	n := len(r.open)
	if n == 0 || r.open[n-1] != '{' {
		return ""
	}
	if r.isDict(r.starts[n-1]) {
		return "**"
	}
	return ""
}

// isDict reports whether the braces that open at an offset hold keys: a colon, or nothing but an ellipsis.
func (r *rewriter) isDict(open int) bool {
	end := closing(r.src, open)
	if end < 0 {
		end = len(r.src)
	}
	inner := strings.TrimSpace(r.src[open+1 : end])
	if strings.Trim(inner, ".") == "" {
		return true
	}
	depth := 0
	for i := open + 1; i < end; i++ {
		switch r.src[i] {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			depth--
		case ':':
			if depth == 0 {
				return true
			}
		case '"', '\'':
			if close := strings.IndexByte(r.src[i+1:end], r.src[i]); close >= 0 {
				i += close + 1
			}
		}
	}
	return false
}

// quoted copies a string. Only slots are rewritten.
func (r *rewriter) quoted(at, end int) int {
	quote := r.src[at : at+1]
	if quote != "`" && strings.HasPrefix(r.src[at:end], quote+quote+quote) && !r.script {
		quote = quote + quote + quote
	}
	slots := quote == "`" || !r.script && r.isFormat(at)
	r.out.WriteString(quote)
	at += len(quote)
	for at < end {
		switch {
		case r.src[at] == '\\' && at+1 < end:
			r.out.WriteString(r.src[at : at+2])
			at += 2
		case strings.HasPrefix(r.src[at:end], quote):
			r.out.WriteString(quote)
			return at + len(quote)
		case slots && quote != "`" && strings.HasPrefix(r.src[at:end], "{{"):
			r.out.WriteString("{{")
			at += 2
		case slots && (r.src[at] == '{' && quote != "`" || quote == "`" && strings.HasPrefix(r.src[at:end], "${")):
			if quote == "`" {
				r.out.WriteByte('$')
				at++
			}
			close := closing(r.src[:end], at)
			if close < 0 {
				close = end
			}
			r.out.WriteByte('{')
			saved, starts, defs := r.open, r.starts, r.defs
			r.open, r.starts, r.defs = nil, nil, nil
			r.code(at+1, close)
			r.open, r.starts, r.defs = saved, starts, defs
			at = close
		default:
			r.out.WriteByte(r.src[at])
			at++
		}
	}
	return at
}

// isFormat reports whether the string at an offset has an f among its prefixes.
func (r *rewriter) isFormat(at int) bool {
	start := at
	for start > 0 && isNameByte(r.src[start-1]) {
		start--
	}
	prefix := strings.ToLower(r.src[start:at])
	return len(prefix) <= 2 && strings.Contains(prefix, "f")
}
