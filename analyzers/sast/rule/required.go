package rule

import (
	"regexp/syntax"
	"strings"
)

const (
	minRequired     = 3   // the length below which a text is found in nearly every file
	maxAlternatives = 100 // of an expression that is a list of words
)

// Required are texts of which every match holds at least one, whatever their case; none where
// that can't be told.
func (r *Regexp) Required() []string {
	return r.told().required
}

// Alternatives are all texts that the expression matches from the start to the end, where it
// is a short list of them, with case.
func (r *Regexp) Alternatives() ([]string, bool) {
	list := r.told().alternatives
	return list, len(list) > 0
}

// told is what an expression tells of the texts that it matches.
type told struct{ required, alternatives []string }

func (r *Regexp) told() *told {
	if known := r.tells.Load(); known != nil {
		return known
	}
	t := &told{}
	if r.linear != nil {
		if parsed, err := syntax.Parse(r.linear.String(), syntax.Perl); err == nil {
			parsed = parsed.Simplify()
			t.required = required(parsed)
			if list, ok := alternatives(parsed); ok && anchored(parsed) {
				t.alternatives = list
			}
		}
	}
	r.tells.Store(t)
	return t
}

func required(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpLiteral:
		if text := string(re.Rune); len(text) >= minRequired && isASCII(text) {
			return []string{strings.ToLower(text)}
		}
	case syntax.OpCapture, syntax.OpPlus:
		return required(re.Sub[0])
	case syntax.OpRepeat:
		if re.Min > 0 {
			return required(re.Sub[0])
		}
	case syntax.OpConcat:
		var best []string
		for _, sub := range re.Sub {
			if texts := required(sub); len(texts) > 0 && (best == nil || len(texts) < len(best)) {
				best = texts
			}
		}
		return best
	case syntax.OpAlternate:
		var all []string
		for _, sub := range re.Sub {
			texts := required(sub)
			if len(texts) == 0 {
				return nil
			}
			all = append(all, texts...)
		}
		return all
	}
	return nil
}

// isASCII: the case of other characters is not folded byte by byte.
func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// anchored reports whether an expression ends at the end of the text.
func anchored(re *syntax.Regexp) bool {
	switch re.Op {
	case syntax.OpEndText, syntax.OpEndLine:
		return true
	case syntax.OpCapture:
		return anchored(re.Sub[0])
	case syntax.OpConcat:
		return len(re.Sub) > 0 && anchored(re.Sub[len(re.Sub)-1])
	case syntax.OpAlternate:
		for _, sub := range re.Sub {
			if !anchored(sub) {
				return false
			}
		}
		return true
	}
	return false
}

func alternatives(re *syntax.Regexp) ([]string, bool) {
	switch re.Op {
	case syntax.OpEmptyMatch, syntax.OpBeginText, syntax.OpEndText, syntax.OpBeginLine, syntax.OpEndLine:
		return []string{""}, true
	case syntax.OpLiteral:
		return []string{string(re.Rune)}, re.Flags&syntax.FoldCase == 0
	case syntax.OpCharClass:
		var list []string
		for i := 0; i+1 < len(re.Rune); i += 2 {
			if re.Rune[i+1]-re.Rune[i] > 20 {
				return nil, false
			}
			for c := re.Rune[i]; c <= re.Rune[i+1]; c++ {
				list = append(list, string(c))
			}
		}
		return list, len(list) <= 20
	case syntax.OpCapture:
		return alternatives(re.Sub[0])
	case syntax.OpQuest:
		list, ok := alternatives(re.Sub[0])
		return append([]string{""}, list...), ok
	case syntax.OpAlternate:
		var all []string
		for _, sub := range re.Sub {
			list, ok := alternatives(sub)
			if all = append(all, list...); !ok || len(all) > maxAlternatives {
				return nil, false
			}
		}
		return all, true
	case syntax.OpConcat:
		all := []string{""}
		for _, sub := range re.Sub {
			list, ok := alternatives(sub)
			if !ok || len(all)*len(list) > maxAlternatives {
				return nil, false
			}
			var next []string
			for _, head := range all {
				for _, tail := range list {
					next = append(next, head+tail)
				}
			}
			all = next
		}
		return all, true
	}
	return nil, false
}
