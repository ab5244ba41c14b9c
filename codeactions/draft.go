package codeactions

import (
	"cmp"
	"slices"

	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// draft collects edits of one file's code. Spans are bytes of File.Text; done maps them to
// the source, which differs in notebooks.
type draft struct {
	*parser.File
	edits []Edit
	// leaving are arguments that go: nothing is put behind them.
	leaving []parser.NodeID
	filled  map[parser.NodeID]int // the edit that gave an empty list its first member
	symbols map[symbol]string     // what has been imported, and what it is called
}

func (d *draft) replace(s text.Span, with string) {
	d.edits = append(d.edits, Edit{Span: s, New: with})
}

func (d *draft) insert(at int, s string) { d.replace(text.Span{Start: at, End: at}, s) }

func (d *draft) remove(s text.Span) { d.replace(s, "") }

// done are the edits in bytes of File.Source.
func (d *draft) done() []Edit {
	edits := tidy(d.edits)
	for i := range edits {
		edits[i].Span, edits[i].New = d.Locate(edits[i].Span), d.Escape(edits[i].New)
	}
	return edits
}

// tidy sorts edits by file and place, drops repetitions, joins deletions that touch, and an
// insertion with the edit that begins at the same byte, as editors differ in which they
// apply first.
func tidy(edits []Edit) []Edit {
	slices.SortStableFunc(edits, func(a, b Edit) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Span.End, b.Span.End))
	})
	edits = slices.Compact(edits)
	var out []Edit
	for _, e := range edits {
		if n := len(out) - 1; n >= 0 && !e.Append && out[n].Path == e.Path && out[n].Span.Len() == 0 && out[n].Span.Start == e.Span.Start {
			out[n] = Edit{Path: e.Path, Span: e.Span, New: out[n].New + e.New}
			continue
		} else if n >= 0 && out[n].Path == e.Path && out[n].New+e.New == "" && e.Span.Start <= out[n].Span.End {
			out[n].Span.End = max(out[n].Span.End, e.Span.End)
			continue
		}
		out = append(out, e)
	}
	return out
}

// indentAt is the blank beginning of the line that offset stands on, and whether nothing
// else stands before offset.
func indentAt(t *text.Text, offset int) (indent string, alone bool) {
	before := t.Slice(text.Span{Start: t.FullLine(t.LineOf(offset)).Start, End: offset})
	for i := range len(before) {
		if before[i] != ' ' && before[i] != '\t' {
			return before[:i], false
		}
	}
	return before, true
}

// stringAround is the innermost string literal whose content holds s.
func stringAround(f *parser.File, s text.Span) (parser.Str, bool) {
	found, ok := parser.Str{}, false
	for _, str := range f.Strings { // in preorder: inner ones come later
		if str.Content.Start > s.Start {
			break
		}
		if s.End <= str.Content.End {
			found, ok = str, true
		}
	}
	return found, ok
}
