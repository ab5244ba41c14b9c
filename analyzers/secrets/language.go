package secrets

import (
	"regexp/syntax"
	"slices"
	"strings"
	"unicode/utf8"
)

// language lists the lower-cased texts that re matches, where they are few and ASCII.
func language(re *syntax.Regexp) (texts []string, finite bool) {
	switch re.Op {
	case syntax.OpEmptyMatch, syntax.OpBeginLine, syntax.OpEndLine, syntax.OpBeginText, syntax.OpEndText,
		syntax.OpWordBoundary, syntax.OpNoWordBoundary:
		return []string{""}, true
	case syntax.OpLiteral:
		text := string(re.Rune)
		return []string{strings.ToLower(text)}, isASCII(text)
	case syntax.OpCharClass:
		return members(re.Rune)
	case syntax.OpCapture:
		return language(re.Sub[0])
	case syntax.OpQuest:
		texts, finite = language(re.Sub[0])
		return union(texts, []string{""}), finite
	case syntax.OpRepeat:
		if re.Min != re.Max || re.Min > maxLiterals {
			return nil, false
		}
		texts = []string{""}
		for range re.Min {
			once, finite := language(re.Sub[0])
			if !finite || len(texts)*len(once) > maxLiterals {
				return nil, false
			}
			texts = product(texts, once)
		}
		return texts, true
	case syntax.OpConcat, syntax.OpAlternate:
		if re.Op == syntax.OpConcat {
			texts = []string{""}
		}
		for _, sub := range re.Sub {
			more, finite := language(sub)
			if !finite || len(texts)*len(more) > maxLiterals || len(texts)+len(more) > maxLiterals {
				return nil, false
			}
			if re.Op == syntax.OpConcat {
				texts = product(texts, more)
			} else {
				texts = union(texts, more)
			}
		}
		return texts, true
	}
	return nil, false
}

func members(ranges []rune) (texts []string, finite bool) {
	size := 0
	for i := 0; i < len(ranges); i += 2 {
		size += int(ranges[i+1]-ranges[i]) + 1
	}
	if size > maxLiterals {
		return nil, false
	}
	for i := 0; i < len(ranges); i += 2 {
		for r := ranges[i]; r <= ranges[i+1]; r++ {
			if r == longS || r == kelvin { // found as s and k by scanFolded
				continue
			}
			if r >= utf8.RuneSelf {
				return nil, false
			}
			texts = append(texts, strings.ToLower(string(r)))
		}
	}
	return union(texts, nil), true
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}

func union(a, b []string) []string {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}

func product(a, b []string) []string {
	all := make([]string, 0, len(a)*len(b))
	for _, x := range a {
		for _, y := range b {
			all = append(all, x+y)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}
