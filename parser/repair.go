package parser

import (
	"regexp"
	"strings"
)

// repairs closes what the layout shows to be left open while somebody types: a string at
// the end of its line, and a bracket before a line that is not indented deeper than the
// line that opened it. Without it the parser takes all up to the next matching bracket,
// often far below, for a part of the broken expression.
//
// It guesses, so its result is used only when it leaves less of the text broken.
func repairs(src string, script bool) []insertion {
	r := &repairer{src: src, script: script, lineStart: true}
	for r.at < len(src) {
		r.step()
	}
	r.close(0)
	return r.out
}

type repairer struct {
	src    string
	script bool
	at     int
	out    []insertion

	open      []opener
	indent    int  // of the line at hand
	lineStart bool // nothing but spaces so far on the line
	end       int  // behind the last byte that is neither space nor comment
}

type opener struct {
	closer byte
	indent int // of the line that it stands on
}

// templateEnd in opener.closer is the brace that ends a slot in a template string.
const templateEnd = 1

func (r *repairer) step() {
	c := r.src[r.at]
	switch {
	case c == '\n' || c == '\r':
		r.lineStart, r.indent = true, 0
		r.at++
		return
	case c == ' ' || c == '\t':
		if r.lineStart {
			r.indent++
		}
		r.at++
		return
	case c == '#' && !r.script, c == '/' && r.script && strings.HasPrefix(r.src[r.at:], "//"):
		r.at = r.lineEnd(r.at)
		return
	case c == '/' && r.script && strings.HasPrefix(r.src[r.at:], "/*"):
		if r.at = r.find(r.at+2, "*/"); r.at < len(r.src) {
			r.at += 2
		}
		return
	}
	if r.lineStart {
		r.lineStart = false
		if !strings.ContainsRune(")]}.,:;?+-*/%&|<>=", rune(c)) { // no closer and no operator, which go on with what is open
			keep := len(r.open)
			for keep > 0 && r.open[keep-1].indent >= r.indent && r.open[keep-1].closer != templateEnd {
				keep--
			}
			r.close(min(keep, r.aroundStatement()))
		}
	}
	switch {
	case c == '"' || c == '\'':
		r.quoted(c)
	case c == '`' && r.script:
		r.at++
		r.template()
	case c == '(' || c == '[' || c == '{':
		r.open = append(r.open, opener{closerOf(c), r.indent})
		r.at++
	case c == ')' || c == ']' || c == '}':
		r.closing(c)
	case c == '/' && r.script && r.regexMayStart():
		r.regex()
	default:
		for r.at++; r.at < len(r.src) && plain[r.src[r.at]]; r.at++ {
		}
	}
	r.end = r.at
}

// plain are the bytes of names and numbers, which open and close nothing.
var plain = func() (t [256]bool) {
	for c := range t {
		t[c] = c == '_' || '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z' || c >= 0x80
	}
	return t
}()

func closerOf(c byte) byte {
	if c == '(' {
		return ')'
	}
	return c + 2 // ] and } stand two behind [ and { in ASCII
}

// Statements, which begin no line within brackets. In a call, black and most people write
// name=value for an argument; name = value is an assignment.
var (
	pythonStatement = regexp.MustCompile(`^(?:(?:def|class|return|import|with|while|raise|assert|pass|break|continue|del|global|nonlocal)\b|from\s+\S+\s+import\b|async\s+(?:def|with)\b|(?:try|finally|else)\s*:|except\b|@\w|[A-Za-z_][\w.]*\s=\s)`)
	scriptStatement = regexp.MustCompile(`^(?:const|let|var|function|class|import|export|return|if|for|while|switch|throw|try|async function|interface|type \w+ =)\b`)
)

// aroundStatement is how many openers may stay open around the line at hand: all, unless a
// statement begins it; then none in Python, and those down to the innermost brace in JavaScript.
func (r *repairer) aroundStatement() int {
	if len(r.open) == 0 {
		return 0
	}
	line := r.src[r.at:r.lineEnd(r.at)]
	if !r.script {
		if pythonStatement.MatchString(line) {
			return 0
		}
		return len(r.open)
	}
	keep := len(r.open)
	for keep > 0 && r.open[keep-1].closer != '}' && r.open[keep-1].closer != templateEnd {
		keep--
	}
	if keep < len(r.open) && scriptStatement.MatchString(line) {
		return keep
	}
	return len(r.open)
}

// close closes all but the first keep openers behind the last thing that was read.
func (r *repairer) close(keep int) {
	var b strings.Builder
	for i := len(r.open) - 1; i >= keep; i-- {
		switch c := r.open[i].closer; c {
		case templateEnd:
			b.WriteString("}`")
		default:
			b.WriteByte(c)
		}
	}
	if b.Len() > 0 {
		r.out = append(r.out, insertion{r.end, b.String()})
	}
	r.open = r.open[:keep]
}

// closing handles a closing bracket: openers above its own are closed first; one that closes nothing is let be.
func (r *repairer) closing(c byte) {
	for i := len(r.open) - 1; i >= 0; i-- {
		closer := r.open[i].closer
		if closer != c && !(closer == templateEnd && c == '}') {
			continue
		}
		r.close(i + 1)
		r.indent = min(r.indent, r.open[i].indent) // what follows on the line belongs to what began there
		r.open = r.open[:i]
		r.at++
		if closer == templateEnd {
			r.template()
		}
		return
	}
	r.at++
}

func (r *repairer) lineEnd(at int) int {
	if i := strings.IndexAny(r.src[at:], "\r\n"); i >= 0 {
		return at + i
	}
	return len(r.src)
}

func (r *repairer) find(at int, s string) int {
	if at > len(r.src) {
		return len(r.src)
	}
	if i := strings.Index(r.src[at:], s); i >= 0 {
		return at + i
	}
	return len(r.src)
}
