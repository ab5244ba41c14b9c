package rule

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var metavariableInPattern = regexp.MustCompile(`\$(\.\.\.)?([A-Z][A-Z_0-9]*|_[A-Z_0-9]+)`)

// canonical is a pattern with its metavariables named by their order, and the names that it
// gave them: patterns that differ by these names only match the same places.
func canonical(source string) (string, []string) {
	var names []string
	var b strings.Builder
	last := 0
	for _, loc := range metavariableInPattern.FindAllStringIndex(source, -1) {
		if loc[1] < len(source) && isNameByte(source[loc[1]]) {
			continue // $Name is a name of JavaScript
		}
		name := source[loc[0]:loc[1]]
		at := slices.Index(names, name)
		if at < 0 {
			at = len(names)
			names = append(names, name)
		}
		b.WriteString(source[last:loc[0]])
		b.WriteByte('$')
		if strings.HasPrefix(name, "$...") {
			b.WriteString("...")
		}
		b.WriteString("M" + strconv.Itoa(at))
		last = loc[1]
	}
	b.WriteString(source[last:])
	return b.String(), names
}

// Canonical is the pattern of f with its metavariables named by their order, which is the same for
// patterns that differ by these names only, and the names in that order.
func (f *Formula) Canonical() (source string, metavariables []string) {
	return f.canonical, f.metavariables
}
