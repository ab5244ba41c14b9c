package codeactions

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/cost"
	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// hoist moves the statement that asks the same in each round in front of the loop. It then
// runs once, also where the loop had no round at all, so that it is not preferred.
func hoist(f *parser.File, finding *diagnostics.Finding) []Action {
	fix, ok := finding.Fix.(*cost.HoistFix)
	if !ok || fix.Call == nil || fix.Loop == nil || !atHand(f, fix.Call.Site) || !fix.Call.Site.Kind.Spends() {
		return nil
	}
	site := fix.Call.Site
	return []Action{attempt(site.File, "Ask once, in front of the loop", func(d *draft) string {
		h := &hoisting{draft: d, site: site, loop: fix.Loop}
		if reason := h.blocked(); reason != "" {
			return reason
		}
		return h.move()
	})}
}

// hoisting is one call that is to leave its loop.
type hoisting struct {
	*draft
	site *llm.Site
	loop *parser.Loop

	statement parser.NodeID
	value     parser.NodeID
	names     []string // what the answer, or its parts, are assigned to
}

// blocked is why the call can't leave the loop, or "".
func (h *hoisting) blocked() string {
	switch h.loop.Kind {
	case parser.ComprehensionLoop:
		return "the loop is an expression: give the answer a name in front of it"
	case parser.CallbackLoop:
		return "the loop is a function that is called for each element: give the answer a name in front of it"
	}
	if !h.Within(h.site.Call.Node, h.loop.Body) {
		return "the loop is in another function"
	}
	if !h.sameAnswer() {
		return "each round may get another answer: the temperature is not 0, and no seed is set"
	}
	if streams(h.site) {
		return streamed
	}
	for n := h.site.Call.Node; n > 0; n = h.Parent(n) {
		if h.Parent(n) == h.loop.Body {
			h.statement = n
			break
		}
	}
	if h.Kind(h.loop.Body) != parser.KindBlock || !h.assignment() {
		return "the call stands inside of something else: assign its answer to a name first"
	}
	if reason := h.blockedByOrder(); reason != "" {
		return reason
	}
	return h.blockedByNames()
}

// sameAnswer reports whether the same question is meant to get the same answer.
func (h *hoisting) sameAnswer() bool {
	if v, presence := h.site.Setting(llm.Temperature); presence == llm.Present && v.Kind == parser.Number && v.Num == 0 {
		return true
	}
	_, presence := h.site.Setting(llm.Seed)
	return presence == llm.Present
}

// assignment reports whether the statement assigns the answer, or parts of it, to names.
func (h *hoisting) assignment() bool {
	switch n := h.FirstChild(h.statement); h.Kind(h.statement) {
	case parser.KindExpressionStatement:
		if h.Kind(n) == parser.KindAssignment {
			h.value = h.Field(n, parser.FieldRight)
		}
	case parser.KindDeclaration, parser.KindVarDeclaration:
		if n == h.LastChild(h.statement) {
			h.value = h.Field(n, parser.FieldValue)
		}
	}
	if !h.Within(h.site.Call.Node, h.value) {
		return false
	}
	for i := range h.Defs {
		if def := &h.Defs[i]; h.Within(def.Node, h.statement) && !h.Within(def.Node, h.value) {
			if strings.HasPrefix(def.Name, ".") { // self.answer = …
				return false
			}
			h.names = append(h.names, def.Name)
		}
	}
	if len(h.names) == 0 {
		return false
	}
	for n := h.site.Call.Node; n != h.value; n = h.Parent(n) {
		switch h.Kind(h.Parent(n)) {
		case parser.KindAttribute, parser.KindSubscript, parser.KindAwait, parser.KindParenthesized, parser.KindCast, parser.KindCall:
			if h.FieldOf(n) == parser.FieldArguments {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// move writes the statement in front of the loop, with the loop's indentation.
func (h *hoisting) move() string {
	lines, alone := h.ownLines(h.Span(h.statement))
	indent, begins := indentAt(h.Text, h.Span(h.loop.Node).Start)
	own, _ := indentAt(h.Text, h.Span(h.statement).Start)
	switch h.Kind(h.Parent(h.loop.Node)) {
	case parser.KindBlock, parser.KindModule:
	default:
		return "the loop is part of another statement"
	}
	if !alone || !begins || !strings.HasPrefix(own, indent) {
		return "the statement or the loop shares its line with something else"
	}
	first := h.Text.LineOf(lines.Start)
	for first > 0 && h.isCommentLine(first-1) { // comments go where what they are about goes
		first--
	}
	lines.Start = h.Text.FullLine(first).Start
	var out strings.Builder
	for line := first; line <= h.Text.LineOf(h.Span(h.statement).End); line++ {
		span := h.Text.FullLine(line)
		source := h.Text.Slice(span)
		if !h.insideString(span.Start) && strings.HasPrefix(source, own) {
			source = indent + source[len(own):]
		}
		out.WriteString(source)
	}
	moved := out.String()
	if !strings.HasSuffix(moved, "\n") && !strings.HasSuffix(moved, "\r") { // the last line of the file
		moved += h.Text.EOL()
	}
	h.insert(h.lineStart(h.loop.Node), moved)
	h.remove(lines)
	return ""
}

// isCommentLine reports whether a line of the loop's body holds a comment and nothing else.
func (h *hoisting) isCommentLine(line int) bool {
	return slices.ContainsFunc(h.Comments, func(c parser.Comment) bool {
		_, alone := indentAt(h.Text, c.Span.Start)
		return alone && h.Text.LineOf(c.Span.Start) == line && h.Text.LineOf(max(c.Span.End-1, c.Span.Start)) == line && c.Node > h.loop.Node
	})
}

// insideString reports whether an offset stands within the text of a string, whose blanks matter.
func (h *hoisting) insideString(offset int) bool {
	str, ok := stringAround(h.File, text.Span{Start: offset, End: offset})
	return ok && str.Content.Start < offset
}
