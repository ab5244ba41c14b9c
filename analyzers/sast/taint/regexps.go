package taint

import (
	"strings"

	"github.com/qodacode/qodacode/analyzers/sast/tree"
)

// matches reports whether what matches a regular expression is harmless: all of the string is
// made of letters, digits and a few signs. how is the function that matches.
func (in *interp) matches(n tree.ID, how string) bool {
	u := in.unit
	pattern := ""
	switch {
	case u.tree.Kind(n) == tree.Regex:
		pattern = literalRegexp(u.tree.Text(n))
	default:
		in.peek(n, func(v *value) {
			if v.konst() == str {
				pattern = v.str
			} else if c := in.cell(v); c != nil && c.kind == objectCell {
				if p, ok := c.field(in.intern("pattern")); ok && p.konst() == str {
					pattern = p.str
				}
			}
		})
	}
	return pattern != "" && harmlessRegexp(pattern, how)
}

// literalRegexp is what stands between the slashes.
func literalRegexp(s string) string {
	if i := strings.LastIndexByte(s, '/'); i > 0 && !strings.Contains(s[i:], "m") {
		return s[1:i]
	}
	return ""
}

// harmlessRegexp reports whether a pattern spans all of the text and lets through no sign that
// quotes, commands, paths or markup are made of.
func harmlessRegexp(p, how string) bool {
	start, end := how == "match" || how == "fullmatch", how == "fullmatch"
	for _, a := range []string{"^", `\A`} {
		if rest, ok := strings.CutPrefix(p, a); ok {
			p, start = rest, true
		}
	}
	for _, z := range []string{"$", `\Z`, `\z`} {
		if rest, ok := strings.CutSuffix(p, z); ok && !strings.HasSuffix(rest, `\`) {
			p, end = rest, true
		}
	}
	if !start || !end {
		return false
	}
	depth, class := 0, false
	for i := 0; i < len(p); i++ {
		c := p[i]
		switch {
		case c == '\\':
			i++
			if i == len(p) || !strings.ContainsRune(`dw.-_+@:=,#%b`, rune(p[i])) {
				return false
			}
		case class && c == ']':
			class = false
		case class && c == '^' && p[i-1] == '[':
			return false
		case class && c == '-' && i+1 < len(p) && p[i+1] != ']' && p[i-1] != '[':
			if !plainRange(p[i-1], p[i+1]) {
				return false
			}
		case class:
			if !plainChar(c) && c != '.' {
				return false
			}
		case c == '[':
			class = true
		case c == '(':
			depth++
			if strings.HasPrefix(p[i:], "(?") && !strings.HasPrefix(p[i:], "(?:") {
				return false
			}
		case c == ')':
			depth--
		case c == '|':
			if depth == 0 && how != "fullmatch" {
				return false
			}
		case c == '{' || c == '}' || c == '?' || c == '*' || c == '+':
		case !plainChar(c):
			return false
		}
	}
	return !class
}

func plainChar(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || strings.IndexByte("_-+@:=,# %", c) >= 0
}

func plainRange(a, b byte) bool {
	in := func(lo, hi byte) bool { return a >= lo && b <= hi }
	return in('0', '9') || in('a', 'z') || in('A', 'Z')
}
