package search

import (
	"math"
	"strings"
)

// entropic reports whether a text looks like a random key rather than like words: the
// analyzer entropy.
func entropic(s string) bool {
	if len(s) < 12 || strings.ContainsAny(s, " \t\n") {
		return false
	}
	var counts [256]int
	digits, letters, changes := 0, 0, 0
	class := func(c byte) int {
		switch {
		case c >= '0' && c <= '9':
			return 1
		case c >= 'a' && c <= 'z':
			return 2
		case c >= 'A' && c <= 'Z':
			return 3
		}
		return 0
	}
	for i := range len(s) {
		counts[s[i]]++
		switch class(s[i]) {
		case 1:
			digits++
		case 2, 3:
			letters++
		}
		if i > 0 && class(s[i]) != class(s[i-1]) {
			changes++
		}
	}
	entropy := 0.0
	for _, n := range counts {
		if n > 0 {
			p := float64(n) / float64(len(s))
			entropy -= p * math.Log2(p)
		}
	}
	// Words of a language change rarely between digits and letters, and repeat letters.
	return entropy >= 3 && (changes*3 >= len(s) || entropy >= 4.2 && digits > 0) && letters+digits > len(s)/2
}

// backtracks reports whether a regular expression can take exponential time in engines that
// backtrack: the analyzer redos. It looks for a repetition whose body ends in a repetition.
func backtracks(source string) bool {
	type group struct {
		start   int
		repeats bool // it holds a repetition that is not bounded
	}
	var open []group
	inClass := false
	for i := 0; i < len(source); i++ {
		switch c := source[i]; {
		case c == '\\':
			i++
		case inClass:
			inClass = c != ']'
		case c == '[':
			inClass = true
		case c == '(':
			open = append(open, group{start: i})
		case (c == '+' || c == '*') && len(open) > 0:
			open[len(open)-1].repeats = true
		case c == ')' && len(open) > 0:
			g := open[len(open)-1]
			open = open[:len(open)-1]
			repeated := i+1 < len(source) && (source[i+1] == '+' || source[i+1] == '*' || strings.HasPrefix(source[i+1:], "{") && strings.Contains(source[i+1:], ",}"))
			if repeated && g.repeats && endsInRepeat(source[g.start:i]) {
				return true
			}
			if len(open) > 0 && (g.repeats || repeated) {
				open[len(open)-1].repeats = true
			}
		}
	}
	return false
}

// endsInRepeat reports whether a repetition may be the last that a group's body matches: what
// follows it is optional.
func endsInRepeat(body string) bool {
	for strings.HasSuffix(body, "?") || strings.HasSuffix(body, ")") {
		optional := strings.HasSuffix(body, "?")
		body = body[:len(body)-1]
		if optional && !strings.HasSuffix(body, ")") && !strings.HasSuffix(body, "+") && !strings.HasSuffix(body, "*") && body != "" {
			body = strings.TrimSuffix(body[:len(body)-1], `\`)
		}
	}
	return strings.HasSuffix(body, "+") || strings.HasSuffix(body, "*")
}
