package codeactions

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// rename gives an argument another name: a keyword, or a key of a dictionary or object.
func (d *draft) rename(arg parser.NodeID, name string) {
	switch d.Kind(arg) {
	case parser.KindKeywordArgument:
		d.replace(d.Span(d.Field(arg, parser.FieldName)), name)
	case parser.KindShorthand:
		d.insert(d.Span(arg).Start, name+": ")
	case parser.KindPair:
		key := d.Field(arg, parser.FieldKey)
		span := d.Span(key)
		if d.Kind(key) == parser.KindString {
			span = text.Span{Start: span.Start + 1, End: span.End - 1}
		}
		d.replace(span, name)
	}
}

// add puts a new argument behind arg, in the manner of arg: as a keyword or as a key, on a
// line of its own where arg has one. value is written for Python; its double quotes become
// those of like.
func (d *draft) add(arg parser.NodeID, name, value string, like parser.NodeID) {
	quote := quoteOf(d.File, like)
	written := name + ": " + value
	switch {
	case d.Kind(arg) == parser.KindKeywordArgument:
		written = name + "=" + value
	case d.Kind(arg) == parser.KindPair && !d.Language.IsScript():
		written = `"` + name + `": ` + value
	case d.Kind(arg) != parser.KindPair && d.Kind(arg) != parser.KindShorthand: // positional: keywords stand behind all of them
		written = name + "=" + value
		arg = d.LastChild(d.Parent(arg))
	}
	written = strings.ReplaceAll(written, `"`, quote)
	at := d.Span(arg)
	if indent, alone := indentAt(d.Text, at.Start); alone {
		d.insert(at.End, ","+d.Text.EOL()+indent+written)
		return
	}
	d.insert(at.End, ", "+written)
}

// quoteOf is the quote that a string literal begins with; a double one for anything else
// that a JavaScript template can't spell.
func quoteOf(f *parser.File, n parser.NodeID) string {
	source := f.Slice(n)
	if i := strings.IndexAny(source, "\"'"); i >= 0 {
		return source[i : i+1]
	}
	if f.Language.IsScript() {
		return "'"
	}
	return `"`
}

// removeArguments takes arguments out of the list or literal that they stand in, with their
// commas, and with their lines where nothing else stands there.
func (d *draft) removeArguments(args []parser.NodeID) {
	lists := map[parser.NodeID]map[parser.NodeID]bool{}
	for _, a := range args {
		list := d.Parent(a)
		if lists[list] == nil {
			lists[list] = map[parser.NodeID]bool{}
		}
		lists[list][a] = true
	}
	for list, removed := range lists {
		d.removeFrom(list, removed)
	}
}

func (d *draft) removeFrom(list parser.NodeID, removed map[parser.NodeID]bool) {
	var all []parser.NodeID
	kept := -1
	for c := range d.Children(list) {
		if !removed[c] {
			kept = len(all)
		}
		all = append(all, c)
	}
	for i, n := range all {
		if !removed[n] || i > kept+1 {
			continue
		}
		last := n
		if i == kept+1 { // the rest goes in one piece, or commas would be left over
			last = all[len(all)-1]
		}
		span := text.Span{Start: d.Span(n).Start, End: d.Span(last).End}
		if lines, ok := d.ownLines(span); ok {
			d.remove(lines)
		} else if kept < 0 {
			d.remove(span)
		} else if i < kept {
			d.remove(d.withComma(span, d.Span(all[i+1]).Start))
		} else if before := (text.Span{Start: d.Span(all[kept]).End, End: span.Start}); d.hasComment(before) {
			d.remove(span) // the comma before it may stay
		} else {
			d.remove(text.Span{Start: before.Start, End: span.End})
		}
	}
}

func (d *draft) hasComment(s text.Span) bool {
	return slices.ContainsFunc(d.Comments, func(c parser.Comment) bool { return c.Span.Start >= s.Start && c.Span.End <= s.End })
}

// withComma is an argument that others follow, up to the next one; where that begins another
// line, up to the end of its own.
func (d *draft) withComma(s text.Span, next int) text.Span {
	line := d.Text.LineOf(s.End)
	if d.Text.LineOf(next) == line {
		return text.Span{Start: s.Start, End: next}
	}
	before := d.Text.String()[:s.Start]
	return text.Span{Start: len(strings.TrimRight(before, " \t")), End: d.Text.Line(line).End}
}

// ownLines are the full lines of s, if nothing but a comma and a comment about it stand on
// them beside it.
func (d *draft) ownLines(s text.Span) (text.Span, bool) {
	t := d.Text
	first, last := t.FullLine(t.LineOf(s.Start)), t.FullLine(t.LineOf(s.End))
	_, alone := indentAt(t, s.Start)
	rest := strings.TrimSpace(strings.TrimPrefix(strings.TrimLeft(t.Slice(text.Span{Start: s.End, End: last.End}), " \t"), ","))
	for _, c := range d.Comments {
		if c.Span.Start >= s.End && c.Span.End <= last.End && strings.TrimRight(d.Text.Slice(c.Span), "\r\n") == rest {
			rest = ""
		}
	}
	return text.Span{Start: first.Start, End: last.End}, alone && rest == ""
}
