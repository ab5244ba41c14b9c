package secrets

import (
	"regexp/syntax"
	"slices"
	"sync"
)

// part is one way to find the matches of a pattern: each of them has one of the
// literals, what stands before it matches before, and literal and rest match after.
type part struct {
	literals []string // lower case ASCII
	before   func() *automaton
	after    func() *automaton
}

// maxLiterals is how many literals a part may have. More would find less each and make
// the keyword automaton large.
const maxLiterals = 64

// minLiteral is how long a literal has to be: single characters are everywhere.
const minLiteral = 2

// plan derives the parts of a pattern, such that every match belongs to at least one. It
// returns nil where a match needs no literal of that length.
func plan(re *syntax.Regexp) []part {
	s, ok := split(re)
	if !ok {
		return nil
	}
	parts := make([]part, len(s))
	for i, p := range s {
		parts[i] = part{
			literals: p.literals,
			before:   sync.OnceValue(func() *automaton { return mustAutomaton(reverse(concat(p.before))) }),
			after:    sync.OnceValue(func() *automaton { return mustAutomaton(concat(p.after)) }),
		}
	}
	return parts
}

// anywhere is the automaton that accepts once a match of re may have ended, wherever it began.
func anywhere(re *syntax.Regexp) func() *automaton {
	return sync.OnceValue(func() *automaton {
		skip := &syntax.Regexp{Op: syntax.OpStar, Flags: syntax.NonGreedy, Sub: []*syntax.Regexp{{Op: syntax.OpAnyChar}}}
		return mustAutomaton(concat([]*syntax.Regexp{skip, re}))
	})
}

// mustAutomaton compiles what is a piece of a pattern that has compiled.
func mustAutomaton(re *syntax.Regexp) *automaton {
	a, err := newAutomaton(re)
	if err != nil {
		panic("secrets: a piece of a valid pattern doesn't compile: " + err.Error())
	}
	return a
}

type piece struct {
	literals      []string
	before, after []*syntax.Regexp
}

// rarity orders pieces: longer literals are rarer in a text, fewer are cheaper.
func rarity(pieces []piece) int {
	shortest, count := 8, 0
	for _, p := range pieces {
		count += len(p.literals)
		for _, literal := range p.literals {
			shortest = min(shortest, len(literal))
		}
	}
	return shortest<<10 - count
}

func split(re *syntax.Regexp) (best []piece, ok bool) {
	consider := func(pieces []piece) {
		if !ok || rarity(pieces) > rarity(best) {
			best, ok = pieces, true
		}
	}
	elements := flatten(re, nil)
	languages := make([][]string, len(elements)) // nil: infinite
	for i, element := range elements {
		if texts, finite := language(element); finite {
			languages[i] = texts
		}
	}
	for i := range elements {
		set := []string{""}
		for j := i; j < len(elements) && languages[j] != nil && len(set)*len(languages[j]) <= maxLiterals; j++ {
			set = product(set, languages[j])
			if !slices.ContainsFunc(set, func(literal string) bool { return len(literal) < minLiteral }) {
				consider([]piece{{set, elements[:i], elements[i:]}})
			}
		}
		if inner, found := splitElement(elements[i]); found {
			for k := range inner {
				inner[k].before = join(elements[:i], inner[k].before)
				inner[k].after = join(inner[k].after, elements[i+1:])
			}
			consider(inner)
		}
	}
	return best, ok
}

// splitElement looks into an alternation, each branch of which needs a literal, and into a
// repetition that happens at least once.
func splitElement(re *syntax.Regexp) (pieces []piece, ok bool) {
	switch {
	case re.Op == syntax.OpAlternate:
		for _, branch := range re.Sub {
			inner, ok := split(branch)
			if !ok {
				return nil, false
			}
			pieces = append(pieces, inner...)
		}
		return pieces, true
	case re.Op == syntax.OpPlus, re.Op == syntax.OpRepeat && re.Min > 0:
		pieces, ok = split(re.Sub[0])
		again := &syntax.Regexp{Op: syntax.OpStar, Flags: re.Flags, Sub: re.Sub}
		for i := range pieces { // the literal of the first round
			pieces[i].after = join(pieces[i].after, []*syntax.Regexp{again})
		}
	}
	return pieces, ok
}

func join(a, b []*syntax.Regexp) []*syntax.Regexp { return slices.Concat(a, b) }

func concat(elements []*syntax.Regexp) *syntax.Regexp {
	if len(elements) == 0 {
		return &syntax.Regexp{Op: syntax.OpEmptyMatch}
	}
	return &syntax.Regexp{Op: syntax.OpConcat, Sub: elements}
}

// flatten is the sequence that re consists of; groups only matter to the real regexp.
func flatten(re *syntax.Regexp, to []*syntax.Regexp) []*syntax.Regexp {
	if re.Op != syntax.OpConcat && re.Op != syntax.OpCapture {
		return append(to, re)
	}
	for _, sub := range re.Sub {
		to = flatten(sub, to)
	}
	return to
}

// reverse is the pattern that matches the same characters in the opposite order.
func reverse(re *syntax.Regexp) *syntax.Regexp {
	reversed := *re
	if re.Op == syntax.OpLiteral {
		reversed.Rune = slices.Clone(re.Rune)
		slices.Reverse(reversed.Rune)
	}
	reversed.Sub = make([]*syntax.Regexp, len(re.Sub))
	for i, sub := range re.Sub {
		reversed.Sub[i] = reverse(sub)
	}
	if re.Op == syntax.OpConcat {
		slices.Reverse(reversed.Sub)
	}
	return &reversed
}
