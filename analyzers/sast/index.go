package sast

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/sast/rule"
	"github.com/qodacode/qodacode/analyzers/sast/taint"
	"github.com/qodacode/qodacode/parser"
)

// index tells which rules can match a file of one language, by the words that it holds.
type index struct {
	words   dictionary
	entries []indexEntry
}

// indexEntry is what a file must hold for a rule: of each clause one. For flows, sources and
// sinks are told apart, since one of them may be in another file.
type indexEntry struct {
	rule    *rule.Rule
	clauses []clause
	source  *clause
	sink    *clause
}

// clause is a list of words and of texts; a file must hold at least one.
type clause struct {
	words []int32
	texts []string
}

// newIndex indexes the rules for a language. Rules for texts are for all of them.
func newIndex(rules []*rule.Rule, l parser.Language) *index {
	ix := &index{}
	for _, r := range rules {
		if !r.Text && !slices.Contains(r.Languages, l) {
			continue
		}
		e := indexEntry{rule: r}
		if r.Taint == nil {
			for _, n := range needsOf(r.Search, l) {
				e.clauses = append(e.clauses, ix.clause(n))
			}
		} else {
			sources, sinks := make([]*rule.Formula, 0, len(r.Taint.Sources)), make([]*rule.Formula, 0, len(r.Taint.Sinks))
			for i := range r.Taint.Sources {
				sources = append(sources, r.Taint.Sources[i].Formula)
			}
			for i := range r.Taint.Sinks {
				sinks = append(sinks, r.Taint.Sinks[i].Formula)
			}
			if n := anyOf(sources, l); len(n) > 0 {
				c := ix.clause(n[0])
				e.source = &c
			}
			if n := anyOf(sinks, l); len(n) > 0 {
				c := ix.clause(n[0])
				e.sink = &c
			}
		}
		ix.entries = append(ix.entries, e)
	}
	return ix
}

func (ix *index) clause(n need) clause {
	c := clause{texts: n.texts}
	for _, word := range n.words {
		c.words = append(c.words, ix.words.add(word))
	}
	return c
}

// candidates are the rules that can match f.
func (ix *index) candidates(f *parser.File, modules taint.Modules) []*rule.Rule {
	if len(ix.entries) == 0 {
		return nil
	}
	text := f.Text.String()
	present := ix.words.in(text)
	var out []*rule.Rule
	linked, asked := false, false
	for i := range ix.entries {
		e := &ix.entries[i]
		if e.rule.Taint == nil {
			if !slices.ContainsFunc(e.clauses, func(c clause) bool { return !c.holds(present, text) }) {
				out = append(out, e.rule)
			}
			continue
		}
		source := e.source == nil || e.source.holds(present, text)
		sink := e.sink == nil || e.sink.holds(present, text)
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

func (c *clause) holds(present []uint64, text string) bool {
	for _, w := range c.words {
		if present[w>>6]&(1<<(w&63)) != 0 {
			return true
		}
	}
	for _, t := range c.texts {
		if strings.Contains(text, t) {
			return true
		}
	}
	return false
}
