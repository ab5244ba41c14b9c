package sast

import (
	"runtime"
	"slices"
	"strings"
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
	linked, asked := false, false
	for i := range ix.entries {
		e := &ix.entries[i]
		if e.rule.Taint == nil {
			if held.MeetsAll(e.needs) {
				out = append(out, e.rule)
			}
			continue
		}
		source, sink := held.MeetsAll(e.source), held.MeetsAll(e.sink)
		if source != sink {
			// What is missing may be in a module that the file imports.
			if !asked {
				linked, asked = imports(f, modules), true
			}
			source, sink = linked, linked
		}
		if source && sink {
			out = append(out, e.rule)
		}
	}
	return out
}

// imports reports whether f imports another file of the workspace.
func imports(f *parser.File, modules taint.Modules) bool {
	if modules == nil {
		return false
	}
	for i := range f.Imports {
		im := &f.Imports[i]
		if modules.Import(f, im.Module) != nil {
			return true
		}
		if im.Name != "" && f.Language == parser.Python && modules.Import(f, strings.TrimSuffix(im.Module, ".")+"."+im.Name) != nil {
			return true
		}
	}
	return false
}
