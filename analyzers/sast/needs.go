package sast

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/sast/rule"
	"github.com/qodacode/qodacode/parser"
)

// need is what a file must hold for a formula to match it: one of the words, or one of the texts.
type need struct {
	words []string
	texts []string
}

// maxNeed is how many words and texts one need may list; longer ones tell little.
const maxNeed = 400

// needsOf are the needs of a formula, all of which must be met. None says that it may match anything.
func needsOf(f *rule.Formula, l parser.Language) []need {
	switch f.Op {
	case rule.Pattern:
		p := f.Patterns[l]
		if p == nil {
			return []need{{}} // it can't be read in this language, and matches nothing
		}
		var needs []need
		for _, words := range p.Words {
			if n, ok := needOfWords(words); ok {
				needs = append(needs, n)
			}
		}
		return needs
	case rule.Regex:
		if texts := f.Regexp.Required(); len(texts) > 0 && len(texts) <= maxNeed {
			return []need{{texts: texts}}
		}
	case rule.Inside:
		return needsOf(f.Children[0], l)
	case rule.Or:
		return anyOf(f.Children, l)
	case rule.And:
		var needs []need
		for _, child := range f.Children {
			switch child.Op {
			case rule.Not, rule.NotInside, rule.NotRegex:
				continue
			}
			needs = append(needs, needsOf(child, l)...)
		}
		return needs
	}
	return nil
}

// anyOf is what one of several formulas needs: for each the need that tells most.
func anyOf(formulas []*rule.Formula, l parser.Language) []need {
	var all need
	for _, f := range formulas {
		needs := needsOf(f, l)
		if len(needs) == 0 {
			return nil
		}
		best := slices.MinFunc(needs, func(a, b need) int { return a.weight() - b.weight() })
		all.words = append(all.words, best.words...)
		all.texts = append(all.texts, best.texts...)
	}
	slices.Sort(all.words)
	all.words = slices.Compact(all.words)
	slices.Sort(all.texts)
	all.texts = slices.Compact(all.texts)
	if len(all.words)+len(all.texts) > maxNeed {
		return nil
	}
	return []need{all}
}

// common are words that most files hold.
var common = map[string]bool{"def": true, "return": true, "if": true, "for": true, "in": true, "import": true, "from": true, "class": true,
	"self": true, "None": true, "True": true, "False": true, "function": true, "const": true, "let": true, "var": true, "this": true, "new": true, "require": true}

// weight is low for what is rare.
func (n need) weight() int {
	w := 10 * (len(n.words) + len(n.texts))
	for _, word := range n.words {
		if common[word] {
			w += 1000
		}
		w += max(0, 8-len(word)) * 10
	}
	for _, text := range n.texts {
		w += max(0, 8-len(text)) * 10
	}
	return w
}

// needOfWords makes a need of a pattern's words. The files are cut into words by isWordByte;
// what a pattern calls a word may have other signs in it, and stands for its longest part then.
func needOfWords(words []string) (need, bool) {
	var n need
	for _, word := range words {
		best := ""
		for _, part := range strings.FieldsFunc(word, func(r rune) bool { return r < 0x80 && !isWordByte(byte(r)) }) {
			if len(part) > len(best) {
				best = part
			}
		}
		if best == "" {
			return need{}, false
		}
		n.words = append(n.words, best)
	}
	return n, len(n.words) > 0 && len(n.words) <= maxNeed
}
