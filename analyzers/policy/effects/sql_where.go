package effects

import (
	"slices"
	"strings"
)

// condition is what follows WHERE, up to the next clause.
func condition(t []token) []token {
	depth := 0
	for i := range t {
		switch {
		case t[i].is("("):
			depth++
		case t[i].is(")"):
			if depth--; depth < 0 {
				return t[:i]
			}
		case depth == 0 && t[i].word("GROUP", "ORDER", "LIMIT", "RETURNING", "HAVING", "UNION", "ON", "WINDOW", "FOR", "OPTION"):
			return t[:i]
		}
	}
	return t
}

// holds reports whether a condition holds for every row: none, 1=1, TRUE, x OR 1=1.
func holds(t []token) bool {
	for len(t) > 1 && t[0].is("(") && closes(t) {
		t = t[1 : len(t)-1]
	}
	if len(t) == 0 {
		return true
	}
	if parts := split(t, "OR"); len(parts) > 1 {
		return slices.ContainsFunc(parts, holds)
	}
	if parts := split(t, "AND"); len(parts) > 1 {
		return !slices.ContainsFunc(parts, func(p []token) bool { return !holds(p) })
	}
	switch len(t) {
	case 1:
		return t[0].word("TRUE") || t[0].kind == 'n' && strings.Trim(t[0].text, "0.") != ""
	case 2:
		return t[0].word("NOT") && (t[1].word("FALSE") || t[1].text == "0")
	case 3:
		same := t[0].kind == t[2].kind && t[0].text == t[2].text && t[0].kind != 'g' && !t[0].is("?")
		if t[1].is("=") || t[1].is("==") {
			return same
		}
		return (t[1].is("<>") || t[1].is("!=")) && !same && constantToken(t[0]) && constantToken(t[2])
	}
	return false
}

func constantToken(t token) bool { return t.kind == 'n' || t.kind == 's' }

// closes reports whether the first bracket is closed by the last token.
func closes(t []token) bool {
	depth := 0
	for i := range t {
		if t[i].is("(") {
			depth++
		} else if t[i].is(")") {
			if depth--; depth == 0 {
				return i == len(t)-1
			}
		}
	}
	return false
}

// split is a condition's parts between a word, outside of brackets.
func split(t []token, word string) [][]token {
	var out [][]token
	depth, start := 0, 0
	for i := range t {
		switch {
		case t[i].is("("):
			depth++
		case t[i].is(")"):
			depth--
		case depth == 0 && t[i].word(word):
			out, start = append(out, t[start:i]), i+1
		}
	}
	return append(out, t[start:])
}
