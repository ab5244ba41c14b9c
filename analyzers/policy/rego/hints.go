package rego

import (
	"regexp"
	"strings"

	"github.com/qodacode/qodacode/parser/text"
)

// hint is what to do about something that OPA says.
type hint struct {
	message *regexp.Regexp // of OPA
	here    *regexp.Regexp // the source from the place on; nil: any
	say     string         // $1 is the last group of message
	instead bool           // say replaces the message
}

// hints are ordered: the first that fits is said. Most are about what other languages have.
var hints = []hint{
	{regexp.MustCompile("keyword is required (before rule body|for partial set rules)"), nil, "Policies are written in Rego v1: `deny contains result if { … }`.", false},
	{regexp.MustCompile(`^assigned var (\S+) unused`), nil, "Use $1, or write `_` for what is not needed.", false},
	{regexp.MustCompile(`^import (\S+) unused`), nil, "Delete the import.", false},
	{regexp.MustCompile(`^var (\S+) is unsafe`), regexp.MustCompile(`^\w+\s*:[^=]`), "The keys of an object are texts: write \"$1\".", true},
	{regexp.MustCompile(`^var (\S+) is unsafe`), nil, "Nothing gives $1 a value: assign it with :=, or loop over it with `some $1 in …`.", false},
	{regexp.MustCompile(`is recursive`), nil, "A rule must not depend on itself; `walk` and `graph.reachable` follow paths.", false},
	{regexp.MustCompile(`max parsing recursion depth`), nil, "Split the expression.", false},
	{regexp.MustCompile(`^package expected`), nil, "A policy begins with `package name`.", true},
	{regexp.MustCompile(`^rule name conflicts with built-in function`), nil, "Conditions on several lines stand in braces: `if { … }`.", false},
	{regexp.MustCompile(`^illegal token`), regexp.MustCompile(`^'`), "Texts stand in double quotes.", false},
	{regexp.MustCompile(`^unexpected eof`), nil, "The file ends in the middle of a rule: something is missing, or a bracket is not closed.", true},
	{regexp.MustCompile(`^unexpected`), regexp.MustCompile(`^&`), "Conditions that must all be true stand on lines of their own.", false},
	{regexp.MustCompile(`^unexpected`), regexp.MustCompile(`^and\b`), "Conditions that must all be true stand on lines of their own.", true},
	{regexp.MustCompile(`^unexpected`), regexp.MustCompile(`^(\|\||or\b)`), "Write `x in [\"a\", \"b\"]`, or a second rule of the same name for the other case.", true},
	{regexp.MustCompile(`^unexpected`), regexp.MustCompile(`^contains\b`), "Write `\"x\" in list`, or `contains(text, \"x\")`.", false},
	{regexp.MustCompile(`^unexpected`), regexp.MustCompile(`^!`), "Write `not …` or `!=`.", false},
	{regexp.MustCompile(`^unexpected`), regexp.MustCompile(`^;`), "Conditions on one line stand in braces: `if { a; b }`.", false},
	{regexp.MustCompile(`^unexpected`), regexp.MustCompile(`^\w+ in .*\{\s*$`), "A loop is a line: `some x in …`; what follows is said of each x.", false},
}

// before are hints by the source before the place, on its line.
var before = []hint{
	{regexp.MustCompile(`^unexpected`), regexp.MustCompile(`\b(for|foreach|each)\s+$`), "A loop is a line: `some x in …`; what follows is said of each x.", false},
	{regexp.MustCompile(`^unexpected`), regexp.MustCompile(`^package\s+\S*$`), "The name of a package has letters, digits and _, with dots between its parts.", false},
}

// advise adds what to do to what OPA says about a place.
func advise(message, source string, span text.Span) string {
	line := strings.LastIndexByte(source[:span.Start], '\n') + 1
	end := len(source)
	if i := strings.IndexByte(source[span.Start:], '\n'); i >= 0 {
		end = span.Start + i
	}
	for i, list := range [][]hint{hints, before} {
		place := source[span.Start:end]
		if i == 1 {
			place = source[line:span.Start]
		}
		for _, h := range list {
			m := h.message.FindStringSubmatch(message)
			if m == nil || h.here != nil && !h.here.MatchString(place) {
				continue
			}
			say := strings.ReplaceAll(h.say, "$1", m[len(m)-1])
			if h.instead {
				return say
			}
			return message + ". " + say
		}
	}
	return message
}
