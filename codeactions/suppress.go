package codeactions

import (
	"strings"

	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// suppress writes a qodacode:ignore comment for a finding, with a place for the reason.
func suppress(f *parser.File, finding *diagnostics.Finding) []Action {
	if finding.Rule == diagnostics.SuppressionRule || finding.Rule == diagnostics.ConfigRule {
		return nil
	}
	at, ok := codeSpan(f, text.Span{Start: finding.Span.Start, End: max(finding.Span.End, finding.Span.Start+1)})
	if !ok {
		return nil
	}
	d := &draft{File: f}
	if !d.suppressAt(at, finding.Rule) {
		return nil
	}
	edits := d.done()
	return []Action{{Title: "Suppress " + finding.Rule + " here, with a reason", edits: func() []Edit { return edits }}}
}

// suppressAt inserts a comment that reaches a finding at s: at the end of its first or last
// line, or of the multi-line string around it; else on a line of its own above.
func (d *draft) suppressAt(s text.Span, rule string) bool {
	if d.Language.IsScript() {
		return d.comment(s, "//", rule)
	}
	switch d.Language {
	case parser.Python, parser.Notebook:
		return d.comment(s, "#", rule)
	case parser.YAML, parser.TOML, parser.DotEnv:
		return d.commentData(s, rule)
	}
	return false // JSON and plain text have no comments that are known
}

func (d *draft) comment(s text.Span, sign, rule string) bool {
	first, last := d.Text.LineOf(s.Start), d.Text.LineOf(s.End)
	if str, ok := d.spanning(first); ok {
		first = d.Text.LineOf(str.Start)
	}
	if str, ok := d.spanning(last); ok {
		last = d.Text.LineOf(str.End)
	}
	own := d.Text.LineOf(s.Start)
	for _, line := range []int{own, first, last} {
		if d.extend(line, sign, rule) {
			return true
		}
	}
	for _, line := range []int{own, first} {
		if d.above(line, sign, rule) {
			return true
		}
	}
	return false
}

// spanning is the string that holds the end of a line, and so goes on in the next.
func (d *draft) spanning(line int) (text.Span, bool) {
	end := d.Text.Line(line).End
	for _, str := range d.Strings {
		if span := d.Span(str.Node); span.Start < end && end < span.End {
			return span, true
		}
	}
	return text.Span{}, false
}

// extend puts the comment behind what a line holds, or the rule into the one that is there.
func (d *draft) extend(line int, sign, rule string) bool {
	span := d.Text.Line(line)
	code := strings.TrimRight(d.Text.Slice(span), " \t")
	end := span.Start + len(code)
	if _, inString := d.spanning(line); inString || strings.HasSuffix(code, "\\") || d.inMarkup(end) {
		return false
	}
	for _, c := range d.Comments {
		switch {
		case c.Span.Start >= end || c.Span.End < end:
		case c.Span.End > end && d.Text.LineOf(c.Span.End) > line:
			return false // a block comment that goes on
		default:
			if at, ok := d.ownList(c.Span); ok {
				d.insert(at, ", "+rule)
				return true
			}
		}
	}
	space := " "
	if sign == "#" {
		space = "  " // as Python's formatters write it
	}
	d.insert(end, space+sign+" "+marker(rule))
	return true
}

func marker(rule string) string { return "qodacode:ignore " + rule + " -- reason" }

// ownList is the end of the rules in a comment of ours that speaks of its line.
func (d *draft) ownList(comment text.Span) (int, bool) {
	const word = "qodacode:ignore "
	i := strings.Index(d.Text.Slice(comment), word)
	if i < 0 {
		return 0, false
	}
	at := comment.Start + i + len(word)
	rest := d.Text.Slice(text.Span{Start: at, End: comment.End})
	if j := strings.Index(rest, " --"); j >= 0 {
		rest = rest[:j]
	}
	rest = strings.TrimRight(strings.TrimSuffix(rest, "*/"), " \t")
	return at + len(rest), rest != ""
}

// above puts the comment on a line of its own above a line.
func (d *draft) above(line int, sign, rule string) bool {
	start := d.Text.FullLine(line).Start
	if line > 0 {
		if _, inString := d.spanning(line - 1); inString || strings.HasSuffix(d.Text.Slice(d.Text.Line(line-1)), "\\") {
			return false
		}
	}
	code := d.Text.Slice(d.Text.Line(line))
	indent := code[:len(code)-len(strings.TrimLeft(code, " \t"))]
	comment := sign + " " + marker(rule)
	if d.inMarkup(start + len(indent)) {
		comment = "{/* " + marker(rule) + " */}"
	}
	d.insert(start, indent+comment+d.Text.EOL())
	return true
}

// inMarkup reports whether offset is among the children of a JSX element, where // is text.
func (d *draft) inMarkup(offset int) bool {
	if d.Language != parser.JavaScript && d.Language != parser.TSX {
		return false
	}
	markup := false
	for i := range d.Nodes { // in preorder: inner nodes come later
		n := parser.NodeID(i)
		s := d.Span(n)
		if s.Start >= offset {
			break
		}
		if offset < s.End {
			switch d.KindName(n) {
			case "jsx_element", "jsx_fragment":
				markup = true
			case "jsx_expression", "jsx_opening_element", "jsx_self_closing_element", "jsx_closing_element":
				// Their first token takes in the blanks before it.
				markup = markup && offset < d.Span(n+1).End
			}
		}
	}
	return markup
}

// commentData writes the comment above the line: in .env and YAML a # behind a value may be
// taken for a part of it.
func (d *draft) commentData(s text.Span, rule string) bool {
	line := d.Text.LineOf(s.Start)
	before := d.Text.String()[:d.Text.FullLine(line).Start]
	switch d.Language {
	case parser.TOML, parser.DotEnv:
		if strings.Count(before, `"""`)%2 == 1 || strings.Count(before, "'''")%2 == 1 {
			return false
		}
	case parser.YAML:
		if d.inBlockScalar(line) {
			return false
		}
	}
	return d.above(line, "#", rule)
}

// inBlockScalar reports whether a line of YAML is text under a key such as `key: |`.
func (d *draft) inBlockScalar(line int) bool {
	indent := blanks(d.Text.Slice(d.Text.Line(line)))
	for line--; line >= 0; line-- {
		code := d.Text.Slice(d.Text.Line(line))
		if strings.TrimSpace(code) == "" || blanks(code) >= indent {
			continue
		}
		code, _, _ = strings.Cut(code, " #")
		code = strings.TrimRight(code, " \t+-0123456789")
		if strings.HasSuffix(code, "|") || strings.HasSuffix(code, ">") {
			return true
		}
		indent = blanks(code)
	}
	return false
}

func blanks(s string) int { return len(s) - len(strings.TrimLeft(s, " ")) }
