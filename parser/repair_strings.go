package parser

import (
	"regexp"
	"strings"
)

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
