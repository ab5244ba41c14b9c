package codeactions

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// elsewhere is why a call can't be edited that passes on what it was given.
const elsewhere = "the arguments are put together elsewhere"

// writer puts a value at the end of a path of arguments and keys, into the objects that are
// there, and makes those that are not.
type writer struct {
	*draft
	build []symbol // of the objects along the path, from its first segment on
	use   parser.NodeID
	quote string // of string literals; values are written with "
}

// member is one entry of an argument list or literal.
type member struct {
	node  parser.NodeID // the whole of it
	value parser.NodeID
}

// argument sets what keys lead to among the arguments of a Python call. pos is the position
// of the first one, -1 for none.
func (w *writer) argument(c *parser.Call, pos int, keys []string, value string) string {
	found, ok, reason := w.find(c, pos, keys[0])
	switch {
	case reason != "":
		return reason
	case ok:
		return w.into(found, keys, value, 0)
	}
	built, reason := w.built(keys[1:], value, 0)
	if reason != "" {
		return reason
	}
	if pos < 0 || pos != len(c.Args) || len(c.Args) > 0 && c.Args[len(c.Args)-1].Name != "" {
		built = keys[0] + "=" + built
	}
	return w.append(w.Field(c.Node, parser.FieldArguments), built)
}

// find is an argument of a Python call.
func (w *writer) find(c *parser.Call, pos int, name string) (found member, ok bool, reason string) {
	for i, a := range c.Args {
		switch {
		case a.Name == name, a.Name == "" && a.Spread == 0 && i == pos:
			return member{a.Node, a.Value}, true, ""
		case a.Spread == 1 && pos >= 0:
			return member{}, false, elsewhere
		case a.Spread == 2:
			dict := w.Eval(a.Value)
			if dict.Kind != parser.Dict {
				return member{}, false, elsewhere
			}
			for _, e := range dict.Entries {
				if e.Key.Kind != parser.String || e.Key.Str == name {
					return member{}, false, elsewhere
				}
			}
		}
	}
	return member{}, false, ""
}

// option sets what keys lead to in the n-th argument of a JavaScript call, an object.
func (w *writer) option(c *parser.Call, n int, keys []string, value string) string {
	for _, a := range c.Args {
		if a.Spread > 0 {
			return elsewhere
		}
	}
	switch {
	case len(c.Args) < n:
		return "the call leaves out arguments that stand before it"
	case len(c.Args) == n:
		built, _ := w.built(keys, value, 0)
		return w.append(w.Field(c.Node, parser.FieldArguments), built)
	}
	return w.open(c.Args[n].Value, keys, value, 0, false)
}

// into sets what is behind the first of keys, which found holds.
func (w *writer) into(found member, keys []string, value string, depth int) string {
	if len(keys) > 1 {
		if v := w.Unwrap(found.value); w.Kind(v) != parser.KindNone && w.Slice(v) != "undefined" {
			return w.open(found.value, keys[1:], value, depth+1, false)
		}
	}
	switch v := w.Unwrap(found.value); w.Kind(v) {
	case parser.KindNumber, parser.KindNone, parser.KindString, parser.KindTrue, parser.KindFalse, parser.KindCall, parser.KindUnary, parser.KindLambda:
	default:
		if w.Slice(v) != "undefined" {
			return keys[0] + " is set already, to what is computed elsewhere"
		}
	}
	built, reason := w.built(keys[1:], value, depth)
	switch {
	case reason != "":
	case built == w.Slice(found.value):
		reason = keys[0] + " is " + built + " already"
	default:
		w.replace(w.Span(found.value), built)
	}
	return reason
}

// open sets what keys lead to in the object that n makes, or names.
func (w *writer) open(n parser.NodeID, keys []string, value string, depth int, followed bool) string {
	n = w.Unwrap(n)
	switch w.Kind(n) {
	case parser.KindDict:
		found, ok, reason := w.entry(n, keys[0])
		switch {
		case reason != "":
			return reason
		case ok:
			return w.into(found, keys, value, depth)
		}
		built, reason := w.built(keys[1:], value, depth)
		if reason != "" {
			return reason
		}
		return w.append(n, w.key(n, keys[0])+": "+built)
	case parser.KindCall:
		c := w.CallAt(n)
		if c != nil && !w.Language.IsScript() && (c.Name == "dict" || c.Name != "" && c.Name[0] >= 'A' && c.Name[0] <= 'Z') {
			inner := *w
			if len(inner.build) > depth {
				inner.build = inner.build[depth:]
			} else {
				inner.build = nil
			}
			return inner.argument(c, -1, keys, value)
		}
	case parser.KindIdentifier, parser.KindShorthand:
		if defs := w.DefsOf(n); len(defs) == 1 && defs[0].Kind == parser.AssignDef && !followed {
			made := w.Unwrap(defs[0].Value)
			if k := w.Kind(made); (k == parser.KindDict || k == parser.KindCall) && reads(w.File, defs[0].Value) == 1 {
				return w.open(made, keys, value, depth, true)
			}
		}
	}
	return elsewhere
}

// entry is what an object or dictionary literal has under a key.
func (w *writer) entry(dict parser.NodeID, name string) (found member, ok bool, reason string) {
	for p := range w.Children(dict) {
		switch w.Kind(p) {
		case parser.KindSpread, parser.KindDictSpread:
			reason = elsewhere
		case parser.KindShorthand:
			if w.Slice(p) == name {
				found, ok = member{p, p}, true
			}
		case parser.KindPair:
			if key := w.Field(p, parser.FieldKey); strings.Trim(w.Slice(key), "\"'`") == name {
				found, ok = member{p, w.Field(p, parser.FieldValue)}, true
			}
		}
	}
	if ok {
		reason = ""
	}
	return found, ok, reason
}

// built is the value within objects for keys.
func (w *writer) built(keys []string, value string, depth int) (string, string) {
	if len(keys) == 0 {
		return strings.ReplaceAll(value, `"`, w.quote), ""
	}
	inner, reason := w.built(keys[1:], value, depth+1)
	if reason != "" {
		return "", reason
	}
	switch {
	case w.Language.IsScript():
		return "{ " + keys[0] + ": " + inner + " }", ""
	case depth < len(w.build) && w.build[depth].name != "":
		local, ok := w.symbol(w.build[depth], w.use)
		if !ok {
			return "", w.build[depth].name + " means something else in this file"
		}
		return local + "(" + keys[0] + "=" + inner + ")", ""
	}
	return "{" + w.quote + keys[0] + w.quote + ": " + inner + "}", ""
}

// key is a key as the other keys of an object are written.
func (w *writer) key(dict parser.NodeID, name string) string {
	quoted := !w.Language.IsScript()
	for p := range w.Children(dict) {
		if w.Kind(p) == parser.KindPair {
			key := w.Field(p, parser.FieldKey)
			if w.Kind(key) == parser.KindString {
				return w.Slice(key)[:1] + name + w.Slice(key)[:1]
			}
			quoted = quoted && w.Kind(key) == parser.KindString
		}
	}
	if quoted {
		return w.quote + name + w.quote
	}
	return name
}

// append puts a member behind the others of an argument list or literal.
func (w *writer) append(list parser.NodeID, written string) string {
	if list == parser.NoNode {
		return elsewhere
	}
	last, empty := parser.NoNode, true
	for c := range w.Children(list) {
		empty = false
		if w.Kind(c) != parser.KindComment && !slices.Contains(w.leaving, c) {
			last = c
		}
	}
	if last != parser.NoNode {
		w.insertMember(last, written)
		return ""
	}
	if i, ok := w.filled[list]; ok {
		first := &w.edits[i]
		if inner, whole := strings.CutPrefix(first.New, "{ "); whole { // the object itself
			first.New = "{ " + strings.TrimSuffix(inner, " }") + ", " + written + " }"
		} else {
			first.New += ", " + written
		}
		return ""
	}
	if w.filled == nil {
		w.filled = map[parser.NodeID]int{}
	}
	w.filled[list] = len(w.edits)
	if empty && w.Kind(list) == parser.KindDict && w.Language.IsScript() {
		w.replace(w.Span(list), "{ "+written+" }")
	} else {
		w.insert(w.Span(list).Start+1, written)
	}
	return ""
}

// insertMember puts a member of a list behind n, on a line of its own where n has one, and
// leaves the comment behind n where it is.
func (d *draft) insertMember(n parser.NodeID, written string) {
	at := d.Span(n)
	indent, alone := indentAt(d.Text, at.Start)
	if !alone {
		d.insert(at.End, ", "+written)
		return
	}
	rest := text.Span{Start: at.End, End: d.Text.Line(d.Text.LineOf(at.End)).End}
	behind := strings.TrimLeft(d.Text.Slice(rest), " \t")
	comma := strings.HasPrefix(behind, ",")
	behind = strings.TrimLeft(strings.TrimPrefix(behind, ","), " \t")
	if behind == "" && !comma || !d.isComment(behind, rest) {
		d.insert(at.End, ","+d.Text.EOL()+indent+written)
		return
	}
	if !comma {
		d.insert(at.End, ",")
		d.insert(rest.End, d.Text.EOL()+indent+written)
		return
	}
	d.insert(rest.End, d.Text.EOL()+indent+written+",")
}

// isComment reports whether nothing but comments, or nothing, is left of a line.
func (d *draft) isComment(rest string, line text.Span) bool {
	if rest == "" {
		return true
	}
	for _, c := range d.Comments {
		if c.Span.Start >= line.Start && c.Span.Start <= line.End && strings.HasPrefix(rest, strings.TrimRight(d.Text.Slice(c.Span), "\r\n")) {
			return strings.TrimSpace(strings.TrimPrefix(rest, strings.TrimRight(d.Text.Slice(c.Span), "\r\n"))) == ""
		}
	}
	return false
}
