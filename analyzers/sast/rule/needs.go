package rule

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/sast/words"
	"github.com/qodacode/qodacode/parser"
)

// need is what a file must hold for a formula to match it: one of the words, or one of the texts.
type need struct {
	words []string
	texts []string
}

// maxNeed is how many words and texts one need may list; longer ones tell little.
const maxNeed = 400

// codeLanguages are the languages with patterns of their own; the first stands for all others.
const codeLanguages = parser.TSX + 1

// Needs is what a file of a language must hold for f to match anything in it: all of it. A formula
// without needs may match any file.
func (f *Formula) Needs(l parser.Language) []words.Need {
	if l >= codeLanguages {
		l = parser.Plain
	}
	if known := f.needs[l].Load(); known != nil {
		return *known
	}
	needs := hashed(needsOf(f, l))
	f.needs[l].Store(&needs) // another goroutine may have, the same
	return needs
}

func hashed(needs []need) []words.Need {
	var out []words.Need
	for _, n := range needs {
		var h words.Need
		for _, word := range n.words {
			h.Words = append(h.Words, words.Hash(word))
		}
		for _, text := range n.texts {
			h.Texts = append(h.Texts, strings.ToLower(text))
		}
		out = append(out, h)
	}
	return out
}

// AnyNeeds is what a file must hold for one of several formulas to match in it.
func AnyNeeds(formulas []*Formula, l parser.Language) []words.Need { return hashed(anyOf(formulas, l)) }

// needsOf are the needs of a formula, all of which must be met. None says that it may match anything.
func needsOf(f *Formula, l parser.Language) []need {
	switch f.Op {
	case Pattern:
		p := f.Pattern(l)
		if p == nil {
			return []need{{}} // it can't be read in this language, and matches nothing
		}
		var needs []need
		for _, list := range p.Words {
			if n, ok := needOfWords(list); ok {
				needs = append(needs, n)
			}
		}
		return append(needs, stringNeeds(f.Source)...)
	case Regex:
		if texts := f.Regexp.Required(); len(texts) > 0 && len(texts) <= maxNeed {
			return []need{{texts: texts}}
		}
	case Inside:
		return needsOf(f.Children[0], l)
	case Or:
		return anyOf(f.Children, l)
	case And:
		var needs []need
		for _, child := range f.Children {
			if !child.negative() {
				needs = append(needs, needsOf(child, l)...)
			}
		}
		for i := range f.Conditions {
			needs = append(needs, conditionNeeds(&f.Conditions[i], l)...)
		}
		return needs
	}
	return nil
}

// stringNeeds is what the strings of a pattern that are expressions, "=~/…/", must hold.
func stringNeeds(source string) (needs []need) {
	for {
		_, rest, ok := strings.Cut(source, `"=~/`)
		if !ok {
			return needs
		}
		expression, after, ok := strings.Cut(rest, `/"`)
		if !ok {
			return needs
		}
		source = after
		if re, err := CompileRegexp(expression, false); err == nil {
			if texts := re.Required(); len(texts) > 0 && len(texts) <= maxNeed {
				needs = append(needs, need{texts: texts})
			}
		}
	}
}

// conditionNeeds is what the code of a metavariable must hold, which is code of the file.
func conditionNeeds(c *Condition, l parser.Language) []need {
	switch {
	case c.Regexp != nil && !c.Constant:
		if list, ok := c.Regexp.Alternatives(); ok {
			if n, ok := needOfWords(list); ok {
				return []need{n}
			}
		}
		if texts := c.Regexp.Required(); len(texts) > 0 && len(texts) <= maxNeed {
			return []need{{texts: texts}}
		}
	case c.Formula != nil && !c.HasLanguage && !c.TextOnly:
		return needsOf(c.Formula, l)
	}
	return nil
}

// anyOf is what one of several formulas needs: for each the need that tells most.
func anyOf(formulas []*Formula, l parser.Language) []need {
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

// needOfWords makes a need of a list of words. Files are cut into words by words.IsByte; what
// is called a word here may have other signs in it, and stands for its longest part then.
func needOfWords(list []string) (need, bool) {
	var n need
	for _, word := range list {
		best := ""
		for _, part := range strings.FieldsFunc(word, func(r rune) bool { return r < 0x80 && !words.IsByte(byte(r)) }) {
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
