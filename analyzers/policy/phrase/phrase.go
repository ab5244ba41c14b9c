// Package phrase reads sentences about agent code in a controlled language, English and
// Spanish. A sentence is understood whole or refused with the reason and what can be said instead.
//
// Every word must be one of the lexicon, a name or a number, and every part must have its
// place in the intent. What is left over, said twice or can be read in two ways is refused: a
// policy that is not there is seen, and one that means something else is not.
package phrase

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/policy/intent"
)

// Refusal tells why a sentence was not understood, and what can be said instead.
type Refusal struct {
	Reason  string   // a sentence
	Instead []string // sentences that are understood
	// Final is set when no policy on source code can mean the sentence, so that nothing else need be asked for it.
	Final bool
}

func (r *Refusal) Error() string { return r.Reason }

// Parse reads a sentence. The error is a *Refusal.
func Parse(sentence string) (intent.Intent, error) {
	all, ok := tokens(sentence)
	if !ok {
		return intent.Intent{}, refuseWith(refused("it is too long: write one demand in one sentence"), nil, false)
	}
	if len(all) == 0 {
		return intent.Intent{}, refuseWith(refused("it is empty: write what must not be there, what alone is allowed, or what must be there"), nil, false)
	}
	var read []intent.Intent
	var bare []int // how many plain words each takes for names
	var refusal *Refusal
	fewest := -1
	spanish := false
	for _, l := range languages() {
		in, strange, bad := l.parse(all)
		if bad == nil {
			read, bare = append(read, in), append(bare, l.bare(all))
			continue
		}
		if fewest < 0 || strange < fewest {
			fewest, refusal, spanish = strange, bad, l.spanish
		}
	}
	switch {
	case len(read) == 2 && read[0].String() != read[1].String() && bare[0] != bare[1]:
		return read[slices.Index(bare, min(bare[0], bare[1]))], nil // a word that the other language lacks is no name
	case len(read) == 2 && read[0].String() != read[1].String():
		return intent.Intent{}, refuseWith(refused("it means one thing in English and another in Spanish: use the words of one language"), all, false)
	case len(read) > 0:
		return read[0], nil
	}
	return intent.Intent{}, refuseWith(refusal, all, spanish)
}

// bare is how many plain words the language takes for names.
func (l *language) bare(all []token) (n int) {
	items, _, _ := l.items(all)
	for _, it := range items {
		if it.name != nil && !it.name.quoted && it.name.word == "" {
			if _, shaped := look(it.name.text); !shaped {
				n++
			}
		}
	}
	return n
}

// parse reads a sentence in one language. strange is how many of its words the language lacks.
func (l *language) parse(all []token) (in intent.Intent, strange int, bad *Refusal) {
	items, unknown, bad := l.items(all)
	if bad != nil {
		return in, len(unknown), bad
	}
	if len(unknown) > 0 {
		quoted := make([]string, 0, 3)
		for _, w := range unknown[:min(3, len(unknown))] {
			quoted = append(quoted, "\""+cut(w)+"\"")
		}
		text := strings.Join(quoted, ", ") + " is not understood here: leave it out, or put it in backticks if it is a name"
		if len(quoted) > 1 {
			text = strings.Join(quoted, ", ") + " are not understood here: leave them out, or put names in backticks"
		}
		return in, len(unknown), refused(text)
	}
	leading(items)
	c, bad := sort(items)
	if bad != nil {
		return in, 0, bad
	}
	in, bad = c.assemble()
	return in, 0, bad
}

func cut(s string) string {
	if runes := []rune(s); len(runes) > 40 {
		return string(runes[:39]) + "…"
	}
	return s
}
