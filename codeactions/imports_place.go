package codeactions

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// header are the imports that the file begins with, as far as they stand before use: not
// those behind other code, nor in an if or try.
func (d *draft) header(use parser.NodeID) []parser.NodeID {
	var run []parser.NodeID
	for n := range d.Children(0) {
		if use > 0 && (n >= use || d.Within(use, n)) {
			break
		}
		switch {
		case d.isImport(n):
			run = append(run, n)
		case len(run) == 0 || d.Kind(n) == parser.KindTry || d.Kind(n) == parser.KindIf:
		default:
			return run
		}
	}
	return run
}

// headerEnd is the last statement of the imports that the file begins with, those in a try or
// if among them; NoNode where there are none.
func (d *draft) headerEnd(use parser.NodeID) parser.NodeID {
	header := d.header(use)
	if len(header) == 0 {
		return parser.NoNode
	}
	last := header[len(header)-1]
	for n := range d.Children(0) {
		k := d.Kind(n)
		if n <= last {
			continue
		}
		if k != parser.KindTry && k != parser.KindIf || use > 0 && (n >= use || d.Within(use, n)) ||
			!slices.ContainsFunc(d.Imports, func(imp parser.Import) bool { return imp.Scope == 0 && !imp.TypeOnly && d.Within(imp.Node, n) }) {
			break
		}
		last = n
	}
	return last
}

// isImport reports whether a statement does nothing but import.
func (d *draft) isImport(n parser.NodeID) bool {
	switch d.Kind(n) {
	case parser.KindImport, parser.KindImportFrom:
		return !strings.HasPrefix(d.KindName(n), "future")
	case parser.KindDeclaration, parser.KindVarDeclaration:
		declarator := d.FirstChild(n)
		return slices.ContainsFunc(d.Imports, func(imp parser.Import) bool { return imp.Node == declarator })
	}
	return false
}

// insertName puts a name into a list of names, where it belongs if they are sorted by less.
// inline lists can't be continued on another line.
func (d *draft) insertName(names []parser.NodeID, name string, inline bool, less func(a, b string) bool) {
	nameOf := func(n parser.NodeID) string {
		source := strings.TrimPrefix(d.Slice(n), "type ")
		if i := strings.IndexAny(source, " :"); i >= 0 {
			source = source[:i]
		}
		return source
	}
	sorted := slices.IsSortedFunc(names, func(a, b parser.NodeID) int {
		if less(nameOf(a), nameOf(b)) {
			return -1
		}
		return 1
	})
	for _, n := range names {
		if !sorted || !less(name, nameOf(n)) {
			continue
		}
		start := d.Span(n).Start
		if indent, alone := indentAt(d.Text, start); alone && !inline {
			d.insert(start, name+","+d.Text.EOL()+indent)
		} else {
			d.insert(start, name+", ")
		}
		return
	}
	last := names[len(names)-1]
	at := d.Span(last)
	indent, alone := indentAt(d.Text, at.Start)
	rest := strings.TrimSpace(d.Text.String()[at.End:d.Text.Line(d.Text.LineOf(at.End)).End])
	switch {
	case inline || !alone:
		d.insert(at.End, ", "+name)
	case rest == "" || rest == ",":
		d.insert(at.End, ","+d.Text.EOL()+indent+name)
	case rest[0] == ',': // a comment stays with its name
		d.insertAfterLine(last, indent+name+",")
	case rest[0] == '#' || strings.HasPrefix(rest, "//"):
		d.insert(at.End, ",")
		d.insertAfterLine(last, indent+name)
	default:
		d.insert(at.End, ", "+name)
	}
}

// addStatement puts a line in at a place; what is added to the same place in the same manner
// stands together with it.
func (d *draft) addStatement(at int, before, line, after string) {
	for i := range d.edits {
		e := &d.edits[i]
		if e.Span.Start != at || e.Span.Len() > 0 {
			continue
		}
		if rest, ok := strings.CutPrefix(e.New, before); ok && after != "" && strings.HasSuffix(rest, after) {
			e.New = strings.TrimSuffix(e.New, after) + d.Text.EOL() + line + after
			return
		} else if ok && after == "" {
			e.New += d.Text.EOL() + line
			return
		}
	}
	d.insert(at, before+line+after)
}

// addAfter puts a line behind a statement of the top level, and what stands on its line.
func (d *draft) addAfter(n parser.NodeID, apart bool, line string) {
	end := d.Span(n).End
	for next := range d.Children(0) {
		if next > n && d.Text.LineOf(d.Span(next).Start) == d.Text.LineOf(end) {
			end = d.Span(next).End
		}
	}
	eol := d.Text.EOL()
	before := eol
	if apart {
		before += eol
	}
	d.addStatement(d.Text.Line(d.Text.LineOf(end)).End, before, line, "")
}

// addFirst puts a line where a file without imports has them: behind what must come first,
// and behind a license; not between a statement and the comment above it.
func (d *draft) addFirst(use parser.NodeID, line string) {
	at, eol, t := d.Text.Len(), d.Text.EOL(), d.Text
	above := 0 // the end of what must come first
	for n := range d.Children(0) {
		k := d.Kind(n)
		if d.KindName(n) == "hash_bang_line" || strings.HasPrefix(d.KindName(n), "future") ||
			k == parser.KindExpressionStatement && d.Kind(d.FirstChild(n)) == parser.KindString {
			above = d.Span(n).End
			continue
		}
		if at = d.lineStart(n); at < above { // "Doc."; x = 1
			d.addStatement(d.Span(n).Start, "", line, eol)
			return
		}
		break
	}
	if d.Source == d.Text { // in a notebook the comment may be a magic that begins the cell
		at = d.aboveComments(at)
	}
	before, after := "", eol+eol
	line0 := t.LineOf(at)
	if at == t.Len() && t.Line(line0).Len() > 0 {
		before = eol
	}
	if line0 > 0 && at == t.FullLine(line0).Start && strings.TrimSpace(t.Slice(t.Line(line0-1))) != "" {
		before = eol
	}
	if at == t.Len() {
		after = eol
	}
	next := t.Slice(t.Line(line0))
	for _, word := range []string{"def ", "class ", "async ", "@", "#"} {
		if !d.Language.IsScript() && strings.HasPrefix(next, word) {
			after = eol + eol + eol
		}
	}
	d.addStatement(at, before, line, after)
}

// aboveComments is the beginning of the comments that stand directly above a line and apart
// from anything before them; the line's own beginning where there are none, or where they
// begin the file.
func (d *draft) aboveComments(at int) int {
	line := d.Text.LineOf(at)
	first := line
	for first > 0 {
		span := d.Text.Line(first - 1)
		covered := slices.ContainsFunc(d.Comments, func(c parser.Comment) bool {
			_, alone := indentAt(d.Text, c.Span.Start)
			return alone && c.Span.Start <= span.End && c.Span.End >= span.Start && c.Span.Start < at
		})
		if !covered || span.Len() == 0 {
			break
		}
		first--
	}
	if first == 0 || first == line || strings.TrimSpace(d.Text.Slice(d.Text.Line(first-1))) != "" {
		return at
	}
	return d.Text.FullLine(first).Start
}
