package sandbox

import (
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// What calls make at most, by their arguments: see bounds.

func ofValues(factor int) func([]ast.Value) int {
	return func(args []ast.Value) int {
		n := 0
		for _, v := range args {
			n += sizeOf(v, 16*maxText)
		}
		return n * factor
	}
}

func ofLengths(args []ast.Value) int { return lengthOf(args[0]) + lengthOf(args[1]) }

// ofNested are the elements of the lists or sets of a list or set.
func ofNested(args []ast.Value) int {
	n := 0
	each(args[0], func(v ast.Value) bool { n += max(1, lengthOf(v)); return n <= maxElements })
	return n
}

func ofParts(args []ast.Value) int {
	n := 0
	each(args[0], func(v ast.Value) bool { n += sizeOf(v, maxText); return n <= maxText })
	return n
}

func ofConcat(args []ast.Value) int {
	n, separator := 0, len(textOf(args[0]))
	each(args[1], func(v ast.Value) bool { n += len(textOf(v)) + separator; return n <= maxText })
	return n
}

func ofReplace(args []ast.Value) int {
	s, from, to := textOf(args[0]), textOf(args[1]), textOf(args[2])
	return len(s) + strings.Count(s, from)*max(0, len(to)-len(from))
}

func ofReplaceN(args []ast.Value) int {
	patterns, ok := args[0].(ast.Object)
	if !ok {
		return 0
	}
	s := textOf(args[1])
	n := len(s)
	patterns.Foreach(func(k, v *ast.Term) {
		from, to := textOf(k.Value), textOf(v.Value)
		n += strings.Count(s, from) * max(0, len(to)-len(from))
	})
	return n
}

// ofRegexReplace counts a replacement at each character, and all that groups can repeat.
func ofRegexReplace(args []ast.Value) int {
	s, to := textOf(args[0]), textOf(args[2])
	return len(s) + (len(s)+1)*len(to) + strings.Count(to, "$")*len(s)
}

// ofMatches counts a match at each character, with all groups.
func ofMatches(args []ast.Value) int {
	n := len(textOf(args[1])) + 1
	if most, ok := numberOf(args[2]); ok && most >= 0 {
		n = min(n, most)
	}
	return n * (strings.Count(textOf(args[0]), "(") + 1)
}

func ofRange(args []ast.Value) int {
	from, ok := numberOf(args[0])
	to, ok2 := numberOf(args[1])
	if !ok || !ok2 || from < -1<<40 || from > 1<<40 || to < -1<<40 || to > 1<<40 {
		if _, isNumber := args[0].(ast.Number); !isNumber {
			return 0 // OPA tells what is wrong with it
		}
		return maxElements + 1
	}
	n := max(from-to, to-from) + 1
	if len(args) == 3 {
		if step, ok := numberOf(args[2]); ok && step > 0 {
			n = n/step + 1
		}
	}
	return n
}

// ofPatch counts that each copy may double the document.
func ofPatch(args []ast.Value) int {
	n := sizeOf(args[0], maxText) + sizeOf(args[1], maxText)
	if patches, ok := args[1].(*ast.Array); ok {
		if patches.Len() > 1000 {
			return maxText + 1
		}
		for i := range patches.Len() {
			if o, ok := patches.Elem(i).Value.(ast.Object); ok && n <= maxText {
				if op := o.Get(ast.StringTerm("op")); op != nil && textOf(op.Value) == "copy" {
					n *= 2
				}
			}
		}
	}
	return n
}

// ofSprintf counts for each verb the longest argument, as it may be escaped, and its width.
func ofSprintf(args []ast.Value) int {
	format := textOf(args[0])
	longest := 0
	each(args[1], func(v ast.Value) bool {
		longest = max(longest, sizeOf(v, maxText))
		return longest <= maxText
	})
	n := len(format)
	for i := 0; i < len(format) && n <= maxText; i++ {
		if format[i] != '%' {
			continue
		}
		escapes := 1
		width := 0
		for i++; i < len(format) && strings.IndexByte("0123456789[]*+-# .", format[i]) >= 0; i++ {
			if format[i] == '*' {
				width = maxText // it is an argument
			}
			if c := format[i]; '0' <= c && c <= '9' {
				width = min(width*10+int(c-'0'), maxText)
			} else if c == '.' || c == ']' {
				n, width = n+width, 0
			}
		}
		if i < len(format) && strings.IndexByte("qxXUc", format[i]) >= 0 {
			escapes = 6
		}
		n += width + escapes*longest + 10
	}
	return n
}
