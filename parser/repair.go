package parser

import (
	"regexp"
	"strings"

	"github.com/qodacode/qodacode/parser/flat"
)

// insertion is text that is thought into a broken source before it is parsed again.
type insertion struct {
	at   int
	text string
}

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

// quoted reads a string that began with quote.
func (r *repairer) quoted(quote byte) {
	start := r.at
	if triple := strings.Repeat(string(quote), 3); !r.script && strings.HasPrefix(r.src[r.at:], triple) {
		end := min(r.find(r.at+3, triple)+3, len(r.src))
		if r.opens(start+3, end) {
			r.at = r.lineEnd(start)
			r.out = append(r.out, insertion{r.at, triple})
			return
		}
		r.at = end
		return
	}
	for r.at++; r.at < len(r.src); r.at++ {
		switch c := r.src[r.at]; c {
		case '\\':
			r.at++
		case quote:
			r.at++
			return
		case '\n', '\r':
			r.out = append(r.out, insertion{r.at, r.slots(start, r.at) + string(quote)})
			return
		}
	}
	r.at = len(r.src)
	r.out = append(r.out, insertion{r.at, string(quote)})
}

// definition is a line of code that hardly stands in a text of several lines by chance.
var definition = regexp.MustCompile(`(?m)^[ \t]*(?:(?:async )?def \w+\(|class \w+[(:{ ]|from \S+ import |import \w|@\w+\s*$|export |(?:async )?function \w+\()`)

// opens reports whether the quote before end, which would close a string of several lines that
// begins at start, opens the next one: a word follows it, or there is a definition in
// between that is not indented deeper, as an example in a text would be. Then the first
// string is open.
func (r *repairer) opens(start, end int) bool {
	if end >= len(r.src) || strings.IndexByte(r.src[start:end], '\n') < 0 {
		return false
	}
	c := r.src[end]
	return c == '_' || c == '$' || '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z' || r.defines(r.src[start:end])
}

func (r *repairer) defines(s string) bool {
	for _, m := range definition.FindAllStringIndex(s, 8) {
		line := s[m[0]:m[1]]
		if len(line)-len(strings.TrimLeft(line, " \t")) <= r.indent {
			return true
		}
	}
	return false
}

// slots are the braces that close the slots of an f-string which begins at start.
func (r *repairer) slots(start, end int) string {
	if r.script || start == 0 || !strings.ContainsRune("fFrRtT", rune(r.src[start-1])) {
		return ""
	}
	s := strings.NewReplacer("{{", "", "}}", "").Replace(r.src[start:end])
	return strings.Repeat("}", max(0, strings.Count(s, "{")-strings.Count(s, "}")))
}

// template reads a template string up to its end or its next slot.
func (r *repairer) template() {
	start := r.at
	for ; r.at < len(r.src); r.at++ {
		switch {
		case r.src[r.at] == '\\':
			r.at++
		case r.src[r.at] == '`':
			if r.at++; r.opens(start, r.at) {
				r.at = r.lineEnd(start)
				r.out = append(r.out, insertion{r.at, "`"})
			}
			return
		case strings.HasPrefix(r.src[r.at:], "${"):
			r.open = append(r.open, opener{templateEnd, r.indent})
			r.at += 2
			return
		}
	}
	r.at = len(r.src)
}

// regexMayStart tells a regular expression from a division by what stands before it.
func (r *repairer) regexMayStart() bool {
	before := strings.TrimRight(r.src[:r.at], " \t")
	return before == "" || strings.ContainsRune("(,=:[!&|?{};\n", rune(before[len(before)-1])) || strings.HasSuffix(before, "return")
}

func (r *repairer) regex() {
	class := false
	for i := r.at + 1; i < len(r.src) && r.src[i] != '\n'; i++ {
		switch c := r.src[i]; {
		case c == '\\':
			i++
		case c == '[':
			class = true
		case c == ']':
			class = false
		case c == '/' && !class:
			r.at = i + 1
			return
		}
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

// apply is src with the insertions.
func apply(src string, ins []insertion) string {
	var b strings.Builder
	at := 0
	for _, in := range ins {
		b.WriteString(src[at:in.at])
		b.WriteString(in.text)
		at = in.at
	}
	b.WriteString(src[at:])
	return b.String()
}

// retract moves nodes of a text with insertions to where they stand without them.
func retract(nodes []flat.Node, ins []insertion) {
	// starts[i] is where insertion i begins in the text that has them all.
	starts, shift := make([]uint32, len(ins)), uint32(0)
	for i, in := range ins {
		starts[i] = uint32(in.at) + shift
		shift += uint32(len(in.text))
	}
	back := func(offset uint32) uint32 {
		removed := uint32(0)
		for i, start := range starts {
			if offset <= start {
				break
			}
			removed += min(offset-start, uint32(len(ins[i].text)))
		}
		return offset - removed
	}
	for i := range nodes {
		nodes[i].Start, nodes[i].End = back(nodes[i].Start), back(nodes[i].End)
	}
}

// damage is how much of a tree is broken: the bytes in errors, and one for each thing that is missing.
func damage(nodes []flat.Node) int {
	total := 0
	for i := 0; i < len(nodes); i++ {
		switch {
		case nodes[i].Symbol == errorSymbol:
			total += int(nodes[i].End-nodes[i].Start) + 1
			i = int(nodes[i].Next) - 1
		case nodes[i].Flags&flat.Missing != 0:
			total++
		}
	}
	return total
}
