package rule

import (
	"regexp/syntax"
)

// minRequired is the length below which a text is found in nearly every file.
const minRequired = 3

// Required are texts of which every match holds at least one; none where that can't be told.
func (r *Regexp) Required() []string {
	if r.linear == nil {
		return nil
	}
	parsed, err := syntax.Parse(r.linear.String(), syntax.Perl)
	if err != nil {
		return nil
	}
	return required(parsed.Simplify())
}

func required(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpLiteral:
		if re.Flags&syntax.FoldCase == 0 && len(string(re.Rune)) >= minRequired {
			return []string{string(re.Rune)}
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
