package codeactions

import (
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
	if !ok || fix.Call == nil || fix.Loop == nil || !atHand(f, fix.Call.Site) {
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
	name      string // what the answer is assigned to
	value     parser.NodeID
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

// assignment reports whether the statement assigns the call, or a part of its answer, to one name.
func (h *hoisting) assignment() bool {
	b := &batching{draft: h.draft}
	h.name, h.value = b.assigned(h.statement)
	if h.value == parser.NoNode || h.name == "" || strings.ContainsAny(h.name, "{[.") {
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

// blockedByOrder looks for what may keep the statement from being reached, and for what
// reads its name before.
func (h *hoisting) blockedByOrder() string {
	others := 0
	for s := range h.Children(h.loop.Body) {
		if s != h.statement {
			others++
		}
		if s >= h.statement {
			continue
		}
		for n := s; h.Within(n, s); n++ {
			switch h.Kind(n) {
			case parser.KindBreak, parser.KindContinue, parser.KindReturn, parser.KindYield, parser.KindRaise:
				return "not every round reaches the call"
			}
		}
		if mentions(h.File, s, h.name) {
			return h.name + " is used before the call"
		}
	}
	if others == 0 {
		return "the loop does nothing else"
	}
	if h.loop.Kind == parser.WhileLoop && mentions(h.File, h.loop.Iter, h.name) {
		return "the loop's condition reads " + h.name
	}
	return ""
}

// blockedByNames looks for names of the call that change in the loop, and for other values
// of the name that it is assigned to.
func (h *hoisting) blockedByNames() string {
	if reason := h.changed(h.value); reason != "" {
		return reason
	}
	for i := range h.Defs {
		def := &h.Defs[i]
		if def.Name != h.name || h.Within(def.Node, h.statement) {
			continue
		}
		for s := h.ScopeAt(h.loop.Node); s >= 0; s = h.Scopes[s].Parent {
			if def.Scope == s || h.Within(def.Node, h.loop.Node) {
				return h.name + " is also set elsewhere"
			}
		}
	}
	if h.mutatedInLoop(h.name) {
		return h.name + " is changed in the loop"
	}
	return ""
}

// changed names a part of an expression that is not the same in each round.
func (h *hoisting) changed(value parser.NodeID) string {
	for n := value; h.Within(n, value); n++ {
		switch k := h.Kind(n); {
		case k == parser.KindThis || k == parser.KindIdentifier && !isLabel(h.File, n) || k == parser.KindShorthand:
		case k == parser.KindYield || k == parser.KindNamedExpression || k == parser.KindAugmentedAssignment:
			return "the call does something on the way"
		case k == parser.KindCall && n != h.site.Call.Node && !h.Within(h.site.Call.Node, n):
			q := h.QName(h.Field(n, parser.FieldFunction))
			for _, module := range byChance {
				if strings.HasPrefix(q, module) {
					return "the question changes with " + q
				}
			}
			if h.Language.IsScript() && (strings.HasPrefix(h.Slice(n), "Date.") || strings.HasPrefix(h.Slice(n), "Math.random") || strings.HasPrefix(h.Slice(n), "crypto.")) {
				return "the question changes with " + short(h.Slice(n))
			}
			continue
		default:
			continue
		}
		name := h.Slice(n)
		for _, def := range h.DefsOf(n) {
			if h.Within(def.Node, h.loop.Node) && !h.Within(def.Node, h.statement) {
				return name + " changes from round to round"
			}
		}
		if h.mutatedInLoop(name) {
			return name + " is changed in the loop"
		}
	}
	return ""
}

// mutatedInLoop reports whether the loop sets a part of what a name holds, or calls a method
// that changes it.
func (h *hoisting) mutatedInLoop(name string) bool {
	for n := h.loop.Node; h.Within(n, h.loop.Node); n++ {
		switch h.Kind(n) {
		case parser.KindAssignment, parser.KindAugmentedAssignment, parser.KindDelete:
			left := h.Field(n, parser.FieldLeft)
			if k := h.Kind(left); k != parser.KindAttribute && k != parser.KindSubscript {
				continue
			}
			if r := rootOf(h.File, left); r != parser.NoNode && h.Slice(r) == name {
				return true
			}
		case parser.KindCall:
			c := h.CallAt(n)
			if c == nil || !mutators[c.Name] {
				continue
			}
			if r := rootOf(h.File, h.Field(h.Unwrap(c.Callee), parser.FieldObject)); r != parser.NoNode && h.Slice(r) == name {
				return true
			}
		}
	}
	return false
}

// move writes the statement in front of the loop, with the loop's indentation.
func (h *hoisting) move() string {
	lines, alone := h.ownLines(h.Span(h.statement))
	indent, first := indentAt(h.Text, h.Span(h.loop.Node).Start)
	own, _ := indentAt(h.Text, h.Span(h.statement).Start)
	switch h.Kind(h.Parent(h.loop.Node)) {
	case parser.KindBlock, parser.KindModule:
	default:
		return "the loop is part of another statement"
	}
	if !alone || !first || !strings.HasPrefix(own, indent) {
		return "the statement or the loop shares its line with something else"
	}
	var out strings.Builder
	for line := h.Text.LineOf(lines.Start); line <= h.Text.LineOf(h.Span(h.statement).End); line++ {
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

// insideString reports whether an offset stands within the text of a string, whose blanks matter.
func (h *hoisting) insideString(offset int) bool {
	str, ok := stringAround(h.File, text.Span{Start: offset, End: offset})
	return ok && str.Content.Start < offset
}
