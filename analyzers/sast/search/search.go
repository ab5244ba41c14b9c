// Package search evaluates formulas over a file: the algebra of ranges of Semgrep's patterns,
// pattern-either, pattern-inside and the conditions on metavariables.
package search

import (
	"context"
	"slices"
	"time"

	"github.com/qodacode/qodacode/analyzers/sast/pattern"
	"github.com/qodacode/qodacode/analyzers/sast/rule"
	"github.com/qodacode/qodacode/analyzers/sast/tree"
	"github.com/qodacode/qodacode/analyzers/sast/words"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// Match is one match of a formula.
type Match = pattern.Match

// Steps is how many steps one rule may take in one file. A step is a node that is compared or a
// pair of ranges; a rule of the usual kind takes a few thousand in a file of 1,000 lines.
const Steps = 3_000_000

// Time is how long one rule may take in one file, should its steps be slower than they ought to.
const Time = 2 * time.Second

// maxMatches is how many matches of one formula count.
const maxMatches = 20_000

// Search is the evaluation of formulas over one tree. Formulas that several rules share are evaluated once.
// It is for one goroutine.
type Search struct {
	Tree *tree.Tree

	ctx      context.Context
	language parser.Language
	text     string

	held     *words.Set // see Words
	formulas map[formulaKey]ranges
	patterns map[patternKey]foundBy
	regexps  map[*rule.Regexp]ranges
	embedded map[embeddedKey]bool
	asked    map[askedKey]bool

	rule     *rule.Rule
	steps    int
	deadline time.Time
	over     []*rule.Rule
	depth    int // of searches in strings in each other
}

type formulaKey struct {
	formula *rule.Formula
	options pattern.Options
}

type patternKey struct {
	source  string // of one language, with canonical names
	options pattern.Options
}

// New begins to search t.
func New(ctx context.Context, t *tree.Tree) *Search {
	s := &Search{Tree: t, ctx: ctx, language: t.File.Language, text: t.File.Text.String()}
	if s.language == parser.Notebook {
		s.language = parser.Python
	}
	return s
}

// Words are the words that the file holds.
func (s *Search) Words() *words.Set {
	if s.held == nil {
		s.held = words.Of(s.text)
	}
	return s.held
}

// mayMatch reports whether the file holds the words that f needs.
func (s *Search) mayMatch(f *rule.Formula) bool {
	needs := f.Needs(s.language)
	return len(needs) == 0 || s.Words().MeetsAll(needs)
}

// NewWith begins to search t, whose text holds words.
func NewWith(ctx context.Context, t *tree.Tree, held *words.Set) *Search {
	s := New(ctx, t)
	s.held = held
	return s
}

// Find is all matches of f, in order of their place, with what r's options say.
func (s *Search) Find(f *rule.Formula, r *rule.Rule) []Match {
	s.begin(r)
	found := s.whole(f)
	if len(found) == 0 {
		return nil
	}
	out := make([]Match, len(found))
	for i := range found {
		out[i] = found[i].Match
	}
	return out
}

// begin gives r its steps, unless it is the rule that is evaluated already.
func (s *Search) begin(r *rule.Rule) {
	if s.rule != r {
		s.rule, s.steps, s.deadline = r, Steps, time.Now().Add(Time)
	}
}

// Exceed notes that a rule hit a limit.
func (s *Search) Exceed(r *rule.Rule) {
	if r != nil && !slices.Contains(s.over, r) {
		s.over = append(s.over, r)
	}
}

// Over are the rules that hit a limit.
func (s *Search) Over() []*rule.Rule { return s.over }

func (s *Search) exceed() { s.Exceed(s.rule) }

// spend takes n steps; false when there are none left.
func (s *Search) spend(n int) bool {
	if s.steps -= n; s.steps > 0 {
		return true
	}
	s.exceed()
	return false
}

// whole evaluates f over the whole file, once.
func (s *Search) whole(f *rule.Formula) ranges {
	if !s.mayMatch(f) {
		return nil
	}
	if f.Op == rule.Pattern || f.Op == rule.Regex {
		return s.leaf(f) // kept by pattern, which formulas may share
	}
	key := formulaKey{f, s.rule.Options}
	if found, ok := s.formulas[key]; ok {
		return found
	}
	found := s.evaluate(f, nil)
	if s.formulas == nil {
		s.formulas = map[formulaKey]ranges{}
	}
	s.formulas[key] = found
	return found
}

// in evaluates f over the whole file, or in a window of it: the code of a metavariable.
func (s *Search) in(f *rule.Formula, window *ranged) ranges {
	if window == nil {
		return s.whole(f)
	}
	return s.evaluate(f, window)
}

func (s *Search) evaluate(f *rule.Formula, window *ranged) ranges {
	if s.steps > 0 && time.Now().After(s.deadline) {
		s.steps = 0
	}
	if s.ctx.Err() != nil || !s.spend(1) {
		return nil
	}
	switch f.Op {
	case rule.Pattern:
		if window != nil && !s.mayMatch(f) {
			return nil
		}
		return s.leaf(f).within(window)
	case rule.Regex:
		if window != nil {
			return s.regexpIn(f.Regexp, window.Span)
		}
		return s.leaf(f)
	case rule.Inside:
		return s.in(f.Children[0], window).as(inside)
	case rule.Or:
		return s.or(f, window)
	case rule.And:
		return s.and(f, window)
	}
	return nil // what is negated is for and
}

func (s *Search) or(f *rule.Formula, window *ranged) ranges {
	var out ranges
	lists := 0
	for _, child := range f.Children {
		found := s.in(child, window)
		if len(found) == 0 {
			continue
		}
		if lists++; lists == 1 {
			out = found
			continue
		}
		if lists == 2 {
			out = append(make(ranges, 0, len(out)+len(found)), out...)
		}
		out = append(out, found...)
	}
	if lists > 1 {
		out = s.settle(out)
	}
	return out
}

// leaf finds the matches of a pattern or of an expression in the whole file.
func (s *Search) leaf(f *rule.Formula) ranges {
	if f.Op == rule.Regex {
		found, ok := s.regexps[f.Regexp]
		if !ok {
			found = s.regexpIn(f.Regexp, text.Span{Start: 0, End: len(s.text)})
			if s.regexps == nil {
				s.regexps = map[*rule.Regexp]ranges{}
			}
			s.regexps[f.Regexp] = found
		}
		return found
	}
	p := f.Pattern(s.language)
	if p == nil {
		return nil
	}
	source, names := f.Canonical()
	key := patternKey{source, s.rule.Options}
	key.options.AllEnds = !f.Around
	known, ok := s.patterns[key]
	if !ok {
		var found ranges
		p.Find(s.Tree, 0, &key.options, &s.steps, func(m Match) bool {
			found = append(found, ranged{Match: m})
			return len(found) < maxMatches
		})
		if s.steps <= 0 || len(found) >= maxMatches {
			s.exceed()
		}
		known = foundBy{s.settle(found), names}
		if s.patterns == nil {
			s.patterns = map[patternKey]foundBy{}
		}
		s.patterns[key] = known
	}
	return known.renamed(names)
}

// foundBy is what a pattern found, with the names that it has for metavariables.
type foundBy struct {
	found ranges
	names []string
}

// renamed is what a pattern finds that has other names for the metavariables.
func (k foundBy) renamed(names []string) ranges {
	if len(k.found) == 0 || slices.Equal(k.names, names) {
		return k.found
	}
	total := 0
	for i := range k.found {
		total += len(k.found[i].Vars)
	}
	out, vars := make(ranges, len(k.found)), make([]pattern.Bound, 0, total)
	for i, m := range k.found {
		start := len(vars)
		for _, v := range m.Vars {
			if at := slices.Index(k.names, v.Name); at >= 0 {
				v.Name = names[at]
			}
			// Sorted by name, as they were by the other names.
			at := len(vars)
			vars = append(vars, v)
			for ; at > start && vars[at-1].Name > vars[at].Name; at-- {
				vars[at-1], vars[at] = vars[at], vars[at-1]
			}
		}
		out[i] = m
		out[i].Vars = vars[start:len(vars):len(vars)]
	}
	return out
}
