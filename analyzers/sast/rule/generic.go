package rule

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// genericLines is how many lines Semgrep lets … span in a generic pattern.
const genericLines = 10

// compileGeneric makes an expression of a pattern of Semgrep's generic language: words and
// signs with any space between them, $X for a word, … for anything on a few lines.
func compileGeneric(src string) (*Regexp, error) {
	var b strings.Builder
	seen := map[string]bool{}
	src = strings.TrimSpace(src)
	gap := false // the last element was an ellipsis
	begun := false
	for i := 0; i < len(src); {
		rest := src[i:]
		switch {
		case strings.IndexByte(" \t\r\n", rest[0]) >= 0:
			i++
			continue
		case strings.HasPrefix(rest, "..."):
			i += 3
			if begun {
				fmt.Fprintf(&b, `(?:[^\n]*\n){0,%d}?[^\n]*?`, genericLines)
			}
			gap = true
			continue
		}
		if begun && !gap {
			b.WriteString(`\s*`)
		}
		begun, gap = true, false
		if m := genericMetavariable.FindStringSubmatch(rest); m != nil {
			i += len(m[0])
			content := `[A-Za-z0-9_]+`
			if m[1] != "" {
				content = fmt.Sprintf(`(?:[^\n]*\n){0,%d}?[^\n]*?`, genericLines)
			}
			switch name := m[2]; {
			case name == "_":
				b.WriteString(`(?:` + content + `)`)
			case seen[name]:
				b.WriteString(`\k<` + name + `>`)
			default:
				seen[name] = true
				b.WriteString(`(?<` + name + `>` + content + `)`)
			}
			continue
		}
		n := 0
		for n < len(rest) && isNameByte(rest[n]) {
			n++
		}
		if n > 0 {
			b.WriteString(`\b` + regexp.QuoteMeta(rest[:n]) + `\b`)
			i += n
			continue
		}
		b.WriteString(regexp.QuoteMeta(rest[:1]))
		i++
	}
	if !begun {
		return nil, errors.New("the pattern matches everything")
	}
	return CompileRegexp(b.String(), true)
}

var genericMetavariable = regexp.MustCompile(`^\$(\.\.\.)?([A-Z_][A-Z0-9_]*)`)
