package agents

import (
	"regexp"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// classify tells who decides a condition: one on which the loop is left, or one on which it goes on.
func (d *decider) classify(n parser.NodeID, leave bool) Condition {
	if c, ok := d.counter(n, leave); ok {
		return c
	}
	switch from := d.sources(n); {
	case from&fromHuman != 0:
		return Condition{Decider: ByHuman}
	case from&fromTools != 0:
		return Condition{Decider: ToolCall}
	case from&fromOutside != 0:
		return Condition{Decider: External}
	case from&fromModel != 0:
		return Condition{Decider: Verdict}
	}
	return Condition{Decider: External}
}

// joints are between parts of a condition that must all hold to leave, or to go on.
var (
	allToLeave = regexp.MustCompile(`\band\b|&&`)
	allToGoOn  = regexp.MustCompile(`\bor\b|\|\|`)
	// overLimit asks a function: has_reached_max_iterations(…), this.limitExceeded()
	overLimit = regexp.MustCompile(`(?i)\b[\w.]*((reached|exceed(s|ed)?|over|past|hit)_?(the_)?(max|limit|budget)|(max|limit|budget|iterations|rounds|turns|steps)_?(reached|exceeded|hit))\w*\s*\(`)
	isSet     = regexp.MustCompile(`(?i)^\s*\(?[\w.]*(max|limit)\w*\s*((is not|!==?) *(None|null|undefined))?\s*$`)
)

// counter finds a comparison of something that the loop counts.
func (d *decider) counter(n parser.NodeID, leave bool) (Condition, bool) {
	text := stripComments(d.fn.File, n)
	joint := allToGoOn
	if leave {
		joint = allToLeave
	}
	parts := joint.Split(text, -1)
	var guard Condition
	counts, given := 0, 0
	for _, part := range parts {
		m := comparison.FindStringSubmatch(part)
		if m == nil {
			if overLimit.MatchString(part) {
				guard = Condition{Decider: Counter, Bound: Bound{Expr: plainText(part), Effective: true}}
				counts++
			} else if isSet.MatchString(part) { // max_rounds is not None and rounds >= max_rounds
				given++
			}
			continue
		}
		key, limit := m[1]+m[2]+m[3]+m[4], m[6]
		isNumber := limit[0] >= '0' && limit[0] <= '9'
		if isNumber && strings.Contains(limit, ".") {
			continue // a score
		}
		other := limit[strings.LastIndexAny(limit, ".")+1:]
		counted := d.counted[key] || d.counted[other]
		if !counted && !(counterWords.MatchString(key) && (isNumber || limitWords.MatchString(limit))) {
			continue
		}
		b := Bound{Expr: plainText(part), Effective: counted}
		if isNumber {
			b.Value = atoi(limit)
		} else {
			b.Value = d.named(limit)
		}
		if !counted && d.from[key]&fromModel != 0 {
			continue // a score
		}
		guard = Condition{Decider: Counter, Bound: b}
		counts++
	}
	return guard, counts > 0 && counts+given == len(parts)
}

// plainText is a part of a condition without the parentheses around it.
func plainText(part string) string {
	s := strings.Join(strings.Fields(part), " ")
	for strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") {
		s = s[1 : len(s)-1]
	}
	return strings.TrimPrefix(strings.TrimPrefix(s, "not "), "!")
}

// named is the number that a name or attribute in the function stands for, 0 when unknown.
func (d *decider) named(limit string) int {
	f := d.fn.File
	for n := d.l.Node; f.Within(n, d.l.Node); n++ {
		if k := f.Kind(n); (k == parser.KindIdentifier || k == parser.KindAttribute) && f.Slice(n) == limit {
			if v, ok := d.Number(d.fn.at(n)); ok {
				return v
			}
			return 0
		}
	}
	return 0
}
