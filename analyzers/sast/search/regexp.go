package search

import (
	"slices"
	"strconv"
	"strings"

	"github.com/qodacode/qodacode/analyzers/sast/pattern"
	"github.com/qodacode/qodacode/analyzers/sast/rule"
	"github.com/qodacode/qodacode/analyzers/sast/tree"
	"github.com/qodacode/qodacode/parser/text"
)

// bytesPerStep is how much text one step of a regular expression reads.
const bytesPerStep = 16

// regexpIn finds the matches of an expression in a part of the text.
func (s *Search) regexpIn(re *rule.Regexp, part text.Span) ranges {
	if !s.spend(1 + part.Len()/bytesPerStep) {
		return nil
	}
	var found ranges
	names := re.Names()
	done := re.Each(s.text[part.Start:part.End], func(loc []int) bool {
		m := ranged{Match: Match{Span: text.Span{Start: part.Start + loc[0], End: part.Start + loc[1]}, Node: tree.None}, kind: byText}
		for i := 1; 2*i+1 < len(loc); i++ {
			if loc[2*i] < 0 {
				continue
			}
			b := pattern.Bound{Node: tree.None, Last: tree.None, Span: text.Span{Start: part.Start + loc[2*i], End: part.Start + loc[2*i+1]}}
			b.Name = "$" + strconv.Itoa(i)
			m.Vars = append(m.Vars, b)
			if i < len(names) && names[i] != "" {
				b.Name = "$" + names[i]
				m.Vars = append(m.Vars, b)
			}
		}
		slices.SortFunc(m.Vars, func(a, b pattern.Bound) int { return strings.Compare(a.Name, b.Name) })
		found = append(found, m)
		return len(found) < maxMatches
	})
	if !done {
		s.exceed()
	}
	return s.settle(found)
}
