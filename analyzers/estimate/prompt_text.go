package estimate

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// value reads the expression n as text. Text of a template has {name} for its slots, as
// str.format and LangChain write it.
func (r *reader) value(f *parser.File, n parser.NodeID, template bool) {
	n = f.Unwrap(n)
	if !r.enter(f, n) {
		r.slot(f, n, nameOf(f, n))
		return
	}
	defer r.leave(f, n)
	switch f.Kind(n) {
	case parser.KindString, parser.KindTemplate:
		r.literal(f, n, template)
	case parser.KindConcatenated:
		for c := range f.Children(n) {
			r.value(f, c, template)
		}
	case parser.KindNumber, parser.KindTrue, parser.KindFalse:
		r.write(f.Slice(n))
	case parser.KindNone:
	case parser.KindIdentifier, parser.KindShorthand:
		r.name(f, n, template)
	case parser.KindAttribute:
		r.attribute(f, n, template)
	case parser.KindSubscript:
		r.subscript(f, n, template)
	case parser.KindBinary:
		r.binary(f, n, template)
	case parser.KindConditional:
		r.conditional(f, n, func(one *reader, branch parser.NodeID) { one.value(f, branch, template) })
	case parser.KindCall, parser.KindNew:
		r.result(f, n, template)
	case parser.KindList, parser.KindTuple, parser.KindDict:
		r.content(f, n, template)
	case parser.KindComprehension:
		size, class := r.env.slotSize(nameOf(f, n))
		if class == shortLength { // many of them
			size = r.otherSize()
		}
		r.sized(f, n, nameOf(f, n), size, -1)
	case parser.KindNamedExpression:
		r.value(f, f.Field(n, parser.FieldValue), template)
	case parser.KindComparison, parser.KindUnary:
		r.sized(f, n, "", shortSlot, -1)
	default:
		r.slot(f, n, nameOf(f, n))
	}
}

func (r *reader) otherSize() Range {
	size, _ := r.env.slotSize("")
	return size
}

// literal reads a string with the slots that it has.
func (r *reader) literal(f *parser.File, n parser.NodeID, template bool) {
	i, ok := slices.BinarySearchFunc(f.Strings, n, func(s parser.Str, n parser.NodeID) int { return int(s.Node - n) })
	if !ok {
		return
	}
	content, raw := f.Strings[i].Content, isRaw(f, n)
	src := f.Text.String()
	write := func(s string) {
		if !raw && strings.IndexByte(s, '\\') >= 0 {
			s = escapes.Replace(s)
		}
		if template {
			r.template(s, nil)
			return
		}
		r.write(s)
	}
	at := content.Start
	for c := range f.All(n) {
		if f.Kind(c) != parser.KindSubstitution {
			continue
		}
		span := f.Span(c)
		if span.Start > at {
			write(src[at:span.Start])
		}
		r.value(f, f.FirstChild(c), false)
		at = max(at, span.End)
	}
	if at < content.End {
		write(src[at:content.End])
	}
}

// escapes are decoded where they change the number of tokens.
var escapes = strings.NewReplacer(`\n`, "\n", `\t`, "\t", `\r`, "\r", `\"`, `"`, `\'`, "'", "\\`", "`", `\\`, `\`, "\\\n", "", "\\\r\n", "")

func isRaw(f *parser.File, n parser.NodeID) bool {
	if f.Language.IsScript() {
		return false
	}
	source := f.Slice(n)
	return strings.ContainsAny(source[:max(0, strings.IndexAny(source, `"'`))], "rR")
}

// template reads text with slots in braces; fill reads what is put in a slot, and returns
// false for one that it does not know.
func (r *reader) template(s string, fill func(name string) bool) {
	for s != "" {
		open := strings.IndexAny(s, "{}")
		if open < 0 {
			break
		}
		if open+1 < len(s) && s[open+1] == s[open] { // {{ stands for itself
			r.write(s[:open+1])
			s = s[open+2:]
			continue
		}
		end := strings.IndexByte(s[open:], '}')
		if s[open] == '}' || end < 0 || !isSlotName(s[open+1:open+end]) {
			r.write(s[:open+1])
			s = s[open+1:]
			continue
		}
		r.write(s[:open])
		name, _, _ := strings.Cut(s[open+1:open+end], ":")
		name, _, _ = strings.Cut(name, "!")
		if fill == nil || !fill(name) {
			r.filled(name)
		}
		s = s[open+end+1:]
	}
	r.write(s)
}

// filled reads what a chain's call gives the slot of a template.
func (r *reader) filled(name string) {
	_, stated := r.stated.Slot(name)
	if at, ok := r.filling[name]; ok && !stated && readsAsText(at.file, at.node) {
		if _, class := r.env.slotSize(name); class == otherLength || at.file.Eval(at.node).Kind == parser.String {
			r.value(at.file, at.node, false)
			return
		}
	}
	r.slot(r.site.File, parser.NoNode, name)
}

// isSlotName reports whether what stands in braces is a slot: a name, with a format behind it.
func isSlotName(s string) bool {
	if len(s) > 80 || strings.ContainsAny(s, "\"'\n{ ") {
		return false
	}
	return true
}

// name reads what the identifier at n stands for.
func (r *reader) name(f *parser.File, n parser.NodeID, template bool) {
	name := f.Slice(n)
	if notGiven[name] {
		return
	}
	if _, ok := r.stated.Slot(name); ok {
		r.slot(f, n, name)
		return
	}
	if r.built(f, n, name, template) {
		return
	}
	at, fallback, ok := r.definition(f, n)
	if !ok {
		r.slot(f, n, name)
		return
	}
	if fallback {
		r.unbounded(quoted(name) + " may be given another value")
	}
	if at.file == f && !readsAsText(f, at.node) {
		// The name tells more than the call that made it.
		if _, class := r.env.slotSize(name); class != otherLength || f.Kind(f.Unwrap(at.node)) != parser.KindCall {
			r.slot(f, n, name)
			return
		}
	}
	r.value(at.file, at.node, template)
}

// notGiven are the names of the SDKs for an argument that is left out.
var notGiven = map[string]bool{"omit": true, "NOT_GIVEN": true, "not_given": true, "undefined": true, "UNSET": true}

// readsAsText reports whether n reads as more than one slot: a literal, or something that is put
// together from some.
func readsAsText(f *parser.File, n parser.NodeID) bool {
	switch n = f.Unwrap(n); f.Kind(n) {
	case parser.KindString, parser.KindTemplate, parser.KindConcatenated, parser.KindBinary, parser.KindConditional, parser.KindNumber, parser.KindTrue,
		parser.KindFalse, parser.KindNone, parser.KindIdentifier, parser.KindAttribute, parser.KindSubscript, parser.KindList, parser.KindTuple, parser.KindDict:
		return true
	case parser.KindCall, parser.KindNew:
		c := f.CallAt(n)
		if c == nil {
			return false
		}
		if c.Name == "format" || c.Name == "join" || c.Name == "slice" || sameText[c.Name] && len(c.Args) > 0 || f.FuncOf(c.Callee) != nil {
			return true
		}
		if ownText[c.Name] {
			return readsAsText(f, f.Field(f.Unwrap(c.Callee), parser.FieldObject))
		}
		return messageText[c.Name] != "" || templates[c.Name]
	}
	return false
}

// built reads a text that a function puts together step by step: p = "…"; p += "…".
func (r *reader) built(f *parser.File, n parser.NodeID, name string, template bool) bool {
	defs := f.DefsOf(n)
	if len(defs) < 2 || len(defs) > 24 {
		return false
	}
	var starts, more []*parser.Def
	for _, d := range defs {
		switch {
		case d.Kind == parser.AssignDef && d.Value != parser.NoNode:
			starts = append(starts, d)
		case d.Kind == parser.AugmentedDef && d.Value != parser.NoNode:
			more = append(more, d)
		default:
			return false
		}
	}
	if len(starts) == 0 {
		return false
	}
	parts := make([]func(*reader), len(starts))
	for i, d := range starts {
		parts[i] = func(one *reader) { one.value(f, d.Value, template) }
	}
	if len(parts) == 1 {
		parts[0](r)
	} else {
		r.either(parts...)
	}
	for _, d := range more {
		switch {
		case f.EnclosingLoop(d.Node) != nil && !f.Within(n, f.EnclosingLoop(d.Node).Body) || f.EnclosingLoop(d.Node) != f.EnclosingLoop(n):
			r.slot(f, d.Value, name) // once per round
		case f.Parent(statementOf(f, d.Node)) != f.Parent(statementOf(f, starts[0].Node)):
			r.either(func(*reader) {}, func(one *reader) { one.value(f, d.Value, template) })
		default:
			r.value(f, d.Value, template)
		}
	}
	return true
}

func (r *reader) attribute(f *parser.File, n parser.NodeID, template bool) {
	name := f.Slice(f.AttributeName(n))
	if _, ok := r.stated.Slot(name); ok {
		r.slot(f, n, name)
		return
	}
	if v := f.Eval(n); v.Kind == parser.String && !v.Default {
		r.constant(v.Str, template)
		return
	}
	if f.IsSelf(f.Field(n, parser.FieldObject)) {
		if class := f.ClassAround(n); class != nil {
			if defs := f.Members(class, name); len(defs) == 1 && defs[0].Kind == parser.AssignDef && readsAsText(f, defs[0].Value) {
				r.value(f, defs[0].Value, template)
				return
			}
		}
	}
	if at, _, ok := r.follow(f, n); ok && readsAsText(at.file, at.node) {
		r.value(at.file, at.node, template)
		return
	}
	if name == "length" {
		r.sized(f, n, name, shortSlot, 20)
		return
	}
	r.slot(f, n, name)
}

func (r *reader) constant(s string, template bool) {
	if template {
		r.template(s, nil)
		return
	}
	r.write(s)
}
