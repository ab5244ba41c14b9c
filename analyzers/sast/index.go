package sast

import (
	"runtime"
	"slices"
	"sync"

	"github.com/qodacode/qodacode/analyzers/sast/rule"
	"github.com/qodacode/qodacode/analyzers/sast/taint"
	"github.com/qodacode/qodacode/analyzers/sast/words"
	"github.com/qodacode/qodacode/parser"
)

// index tells which rules can match a file of one language, by the words that it holds.
type index struct{ entries []indexEntry }

// indexEntry is what a file must hold for a rule: all needs. For flows, sources and sinks are
// told apart, since one of them may be in another file.
type indexEntry struct {
	rule         *rule.Rule
	needs        []words.Need
	source, sink []words.Need
}

// newIndex indexes the rules for a language. Rules for texts are for all of them.
func newIndex(rules []*rule.Rule, l parser.Language) *index {
	ix := &index{}
	for _, r := range rules {
		if r.Text || slices.Contains(r.Languages, l) {
			ix.entries = append(ix.entries, indexEntry{rule: r})
		}
	}
	// What a rule needs is known when its patterns are read, which takes time.
	var wait sync.WaitGroup
	workers := min(runtime.GOMAXPROCS(0), 8)
	for w := range workers {
		wait.Go(func() {
			for i := w; i < len(ix.entries); i += workers {
				ix.entries[i].prepare(l)
			}
		})
	}
	wait.Wait()
	return ix
}

func (e *indexEntry) prepare(l parser.Language) {
	r := e.rule
	if r.Taint == nil {
		e.needs = r.Search.Needs(l)
		return
	}
	var sources, sinks []*rule.Formula
	for i := range r.Taint.Sources {
		sources = append(sources, r.Taint.Sources[i].Formula)
	}
	for i := range r.Taint.Sinks {
		sinks = append(sinks, r.Taint.Sinks[i].Formula)
	}
	e.source, e.sink = rule.AnyNeeds(sources, l), rule.AnyNeeds(sinks, l)
}

// candidates are the rules that can match f, which holds words.
func (ix *index) candidates(f *parser.File, held *words.Set, modules taint.Modules) []*rule.Rule {
	var out []*rule.Rule
	var elsewhere *halves
	for i := range ix.entries {
		e := &ix.entries[i]
		if e.rule.Taint == nil {
			if held.MeetsAll(e.needs) {
				out = append(out, e.rule)
			}
			continue
		}
		source, sink := held.MeetsAll(e.source), held.MeetsAll(e.sink)
		if source != sink && modules != nil {
			// What is missing may be in a module that the file imports.
			if elsewhere == nil {
				elsewhere = ix.elsewhere(f, modules)
			}
			source, sink = source || elsewhere.sources[i], sink || elsewhere.sinks[i]
		}
		if source && sink {
			out = append(out, e.rule)
		}
	}
	return out
}

// halves tell which rules may have sources and sinks in a file, by the index of their entry.
type halves struct{ sources, sinks []bool }

// halvesKey is for what is kept with a file: the halves of one index.
type halvesKey struct{ ix *index }

// elsewhere are the halves that may be in files that f imports.
func (ix *index) elsewhere(f *parser.File, modules taint.Modules) *halves {
	all := &halves{make([]bool, len(ix.entries)), make([]bool, len(ix.entries))}
	for _, other := range taint.Reachable(f, modules) {
		h := parser.Memo(other, halvesKey{ix}, func() *halves { return ix.halvesOf(other) })
		for i := range ix.entries {
			all.sources[i] = all.sources[i] || h.sources[i]
			all.sinks[i] = all.sinks[i] || h.sinks[i]
		}
	}
	return all
}

func (ix *index) halvesOf(f *parser.File) *halves {
	held := words.Of(f.Text.String())
	h := &halves{make([]bool, len(ix.entries)), make([]bool, len(ix.entries))}
	for i := range ix.entries {
		if e := &ix.entries[i]; e.rule.Taint != nil {
			h.sources[i], h.sinks[i] = held.MeetsAll(e.source), held.MeetsAll(e.sink)
		}
	}
	return h
}
