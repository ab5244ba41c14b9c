package facts

import (
	"context"
	"strconv"
	"strings"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/analyzers/estimate"
	"github.com/qodacode/qodacode/analyzers/policy/effects"
	"github.com/qodacode/qodacode/analyzers/policy/guards"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// builder makes one document. Its steps run in the order of Build: what a later one needs is
// what an earlier one has left in the fields.
type builder struct {
	ctx context.Context
	src Source
	f   *parser.File
	doc *Document
	ids map[string]int // how often an id was given

	places positions

	guards  *guards.Guards
	effects []effects.Effect
	around  map[parser.NodeID]guards.Around
	project *agents.Project // of the file alone, made when asked for
	cost    *estimate.Project
	graphs  []*agents.Graph

	functions map[*parser.Func]int    // index into doc.Functions
	names     map[*parser.Func]string // qualified names
	callIDs   map[parser.NodeID]string
	needed    map[parser.NodeID]bool // calls that other facts refer to

	tools  []*tool
	uses   []use
	made   map[Range]Range // where agents are said to be made, by all that they are made of
	open   map[Range]bool  // agents some of whose tools are not known
	reach  *reach
	secret []string

	libraries map[string]*parser.File // by module; nil where there is none
}

func newBuilder(ctx context.Context, src Source) *builder {
	f := src.File
	b := &builder{
		ctx: ctx, src: src, f: f, doc: Empty(f.Path, f.Language), places: positions{text: f.Source}, ids: map[string]int{},
		guards: guards.Of(f, src.Modules), effects: effects.Of(f, src.Modules), around: map[parser.NodeID]guards.Around{},
		functions: map[*parser.Func]int{}, names: map[*parser.Func]string{}, callIDs: map[parser.NodeID]string{}, needed: map[parser.NodeID]bool{}, open: map[Range]bool{}, made: map[Range]Range{}, libraries: map[string]*parser.File{},
	}
	b.doc.File.IsTest = guards.IsTest(f)
	b.doc.File.ParseErrors = parseErrors(f)
	for _, s := range src.Secrets {
		if s.Start >= 0 && s.Start < s.End && s.End <= f.Source.Len() {
			b.secret = append(b.secret, f.Source.Slice(s))
		}
	}
	return b
}

// parseErrors counts the outermost places that could not be parsed.
func parseErrors(f *parser.File) int {
	if !f.Broken() {
		return 0
	}
	n, end := 0, -1
	for id := range f.Nodes {
		node := parser.NodeID(id)
		if f.Kind(node) != parser.KindError && !f.IsMissing(node) {
			continue
		}
		if span := f.Span(node); span.Start >= end {
			n, end = n+1, max(span.End, span.Start+1)
		}
	}
	return max(n, 1)
}

// id is a unique id for what stands at a place, with line and column from 1: sql:12:4.
func (b *builder) id(kind string, at Range) string {
	id := kind + ":" + strconv.Itoa(at.Start.Line+1) + ":" + strconv.Itoa(at.Start.Character+1)
	return b.unique(id)
}

func (b *builder) unique(id string) string {
	b.ids[id]++
	if n := b.ids[id]; n > 1 {
		return b.unique(id + "-" + strconv.Itoa(n))
	}
	return id
}

// rangeOf is where n stands in the document.
func (b *builder) rangeOf(n parser.NodeID) Range {
	return b.rangeIn(b.f.Locate(b.f.Span(n)))
}

// rangeIn is a span of the file's source.
func (b *builder) rangeIn(s text.Span) Range {
	return Range{Start: b.places.at(s.Start), End: b.places.at(s.End)}
}

// sourceSpan is where n stands in the source.
func (b *builder) sourceSpan(n parser.NodeID) text.Span { return b.f.Locate(b.f.Span(n)) }

// text is n as it is written, on one line.
func (b *builder) text(n parser.NodeID, limit int) string {
	if n < 0 {
		return ""
	}
	s := b.f.Slice(n)
	if len(s) > 4*limit+1024 { // most of it would be cut off
		s = s[:4*limit+1024]
	}
	return b.clip(strings.Join(strings.Fields(b.hide(s)), " "), limit)
}

// clip shortens a text to limit characters, with secrets masked before the cut.
func (b *builder) clip(s string, limit int) string {
	s = strings.ToValidUTF8(b.hide(s), "\uFFFD")
	n := 0
	for i := range s {
		if n == limit-1 && len(s)-i > 1 && !lastRune(s, i) {
			return s[:i] + "…"
		}
		n++
	}
	return s
}

// lastRune reports whether the character at i is the last one of s.
func lastRune(s string, i int) bool {
	for j := range s[i:] {
		if j > 0 {
			return false
		}
	}
	return true
}
