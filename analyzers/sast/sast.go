// Package sast runs rules in Semgrep's syntax over files: qodacode's own pack and the rules
// of users.
package sast

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"

	"github.com/qodacode/qodacode/analyzers/sast/pattern"
	"github.com/qodacode/qodacode/analyzers/sast/rule"
	"github.com/qodacode/qodacode/analyzers/sast/search"
	"github.com/qodacode/qodacode/analyzers/sast/taint"
	"github.com/qodacode/qodacode/analyzers/sast/words"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// Ruleset is a set of rules with the index that tells which of them can match a file. It is
// immutable and safe for concurrent use.
type Ruleset struct {
	Rules []*rule.Rule
	// AnyPath lets rules run outside of their paths: in tests, whose files stand beside the rules.
	AnyPath bool

	mu      sync.Mutex
	indexes map[parser.Language]*index // made when the first file of the language comes
}

// NewRuleset is a set of rules.
func NewRuleset(rules []*rule.Rule) *Ruleset {
	return &Ruleset{Rules: rules, indexes: map[parser.Language]*index{}}
}

// Finding is one place where a rule matches.
type Finding struct {
	Rule    *rule.Rule
	Span    text.Span // bytes of File.Text
	Message string    // with metavariables filled in
	Vars    []pattern.Bound
	Trace   []taint.Step // of a taint rule
	Fix     *Edit        // what the rule's fix or fix-regex makes of Span; nil without one
}

// Edit replaces a span of File.Text.
type Edit struct {
	Span text.Span
	New  string
}

// Result is what Scan found.
type Result struct {
	Findings []Finding
	Exceeded []string // ids of rules that hit their limit of steps or time in this file
	Failed   []string // ids of rules that panicked in this file
}

// languageOf is the language whose rules are for f.
func languageOf(f *parser.File) parser.Language {
	if f.Language == parser.Notebook {
		return parser.Python
	}
	return f.Language
}

func (s *Ruleset) index(l parser.Language) *index {
	s.mu.Lock()
	defer s.mu.Unlock()
	ix := s.indexes[l]
	if ix == nil {
		ix = newIndex(s.Rules, l)
		s.indexes[l] = ix
	}
	return ix
}

// Scan runs all rules that can match f. modules may be nil. It ends early, with what it has, when ctx ends.
func (s *Ruleset) Scan(ctx context.Context, f *parser.File, modules taint.Modules) Result {
	return s.ScanOn(ctx, f, modules, 1)
}

// ScanOn is Scan on up to so many goroutines, for who waits for one file.
func (s *Ruleset) ScanOn(ctx context.Context, f *parser.File, modules taint.Modules, threads int) Result {
	var r Result
	if len(s.Rules) == 0 {
		return r
	}
	ix := s.index(languageOf(f))
	if len(ix.entries) == 0 {
		return r
	}
	held := words.Of(f.Text.String())
	var rules []*rule.Rule
	for _, candidate := range ix.candidates(f, held, modules) {
		if s.AnyPath || candidate.Paths.Match(f.Path) {
			rules = append(rules, candidate)
		}
	}
	if len(rules) == 0 || ctx.Err() != nil {
		return r
	}
	return scan(ctx, f, held, rules, modules, threads)
}

// try calls f for a rule; false when it panics. Such a rule is left out of the file, the others run.
func (r *Result) try(of *rule.Rule, f func()) (ok bool) {
	defer func() {
		if p := recover(); p != nil {
			r.Failed = append(r.Failed, of.ID)
			ok = false
		}
	}()
	f()
	return true
}

func (r *Result) matches(s *search.Search, of *rule.Rule) {
	for _, m := range s.Find(of.Search, of) {
		r.add(s, of, m, nil)
	}
}

// follow runs the rules of flows together, and one by one should that panic.
func (r *Result) follow(ctx context.Context, s *search.Search, flows []*rule.Rule, modules taint.Modules) {
	before := len(r.Findings)
	run := func(s *search.Search, rules []*rule.Rule) {
		for _, found := range taint.Run(s, rules, modules) {
			r.add(s, found.Rule, found.Sink, found.Trace)
		}
	}
	all := Result{}
	if all.try(flows[0], func() { run(s, flows) }) {
		return
	}
	r.Findings = r.Findings[:before]
	for _, of := range flows {
		r.try(of, func() { run(search.NewWith(ctx, s.Tree, s.Words()), []*rule.Rule{of}) })
	}
}

func (r *Result) add(s *search.Search, of *rule.Rule, m search.Match, trace []taint.Step) {
	r.Findings = append(r.Findings, Finding{Rule: of, Span: m.Span, Message: message(s, of.Message, m.Vars), Vars: m.Vars, Trace: trace, Fix: fix(s, of, m)})
}

// settle orders findings and drops those that say the same of the same place.
func (r *Result) settle() {
	slices.SortStableFunc(r.Findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Span.End, b.Span.End), strings.Compare(a.Rule.ID, b.Rule.ID), strings.Compare(a.Message, b.Message))
	})
	r.Findings = slices.CompactFunc(r.Findings, func(a, b Finding) bool {
		return a.Span == b.Span && a.Rule.ID == b.Rule.ID && a.Message == b.Message
	})
	slices.Sort(r.Exceeded)
	r.Exceeded = slices.Compact(r.Exceeded)
}
