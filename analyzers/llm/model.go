package llm

import (
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// Value is an argument of a call.
type Value struct {
	parser.Value
	File *parser.File // where it stands
	// Expr is what the call passes: an expression in the call itself, or in the dictionary
	// or object that the call spreads.
	Expr parser.NodeID
	// Arg is the whole argument with its name: a keyword argument, a pair, or Expr itself.
	Arg parser.NodeID
}

// Argument finds an argument by keyword or position (-1: none), also in a constant
// dictionary that the call spreads (**params), and in an object that JavaScript passes by name.
func Argument(f *parser.File, c *parser.Call, name string, pos int) (Value, bool) {
	if arg, ok := f.Argument(c, name, pos); ok && f.Kind(arg.Node) != parser.KindDictSpread {
		node := arg.Node
		if f.Kind(arg.Value) == parser.KindShorthand {
			node = arg.Value
		}
		return Value{f.Eval(arg.Value), f, arg.Value, node}, true
	}
	for i := range c.Args {
		if c.Args[i].Spread == 0 && !(f.Language.IsScript() && i == 0 && spreads(f, f.Unwrap(c.Args[i].Value))) {
			continue
		}
		dict := f.Eval(c.Args[i].Value)
		for j := len(dict.Entries) - 1; j >= 0; j-- {
			if e := dict.Entries[j]; e.Key.Kind == parser.String && e.Key.Str == name {
				return entry(f, e), true
			}
		}
	}
	return Value{}, false
}

// entry is one key of a dictionary literal as an argument.
func entry(f *parser.File, e parser.Entry) Value {
	pair := e.Key.Node
	if f.Kind(pair) == parser.KindKeywordArgument || f.Kind(pair) == parser.KindShorthand { // dict(model=…), {model}
		return Value{e.Value, f, e.Value.Node, pair}
	}
	pair = f.Parent(pair)
	return Value{e.Value, f, f.Field(pair, parser.FieldValue), pair}
}

// hidesArguments reports whether c may pass arguments that it does not name.
func hidesArguments(f *parser.File, c *parser.Call) bool {
	for i := range c.Args {
		a := &c.Args[i]
		if a.Spread > 0 {
			return true
		}
		if !f.Language.IsScript() || i > 0 {
			continue
		}
		if spreads(f, f.Unwrap(a.Value)) {
			return true
		}
	}
	return false
}

// spreads reports whether a JavaScript argument has keys that are written elsewhere: an
// object literal with a spread, or an object by name.
func spreads(f *parser.File, value parser.NodeID) bool {
	switch f.Kind(value) {
	case parser.KindDict:
		for p := range f.Children(value) {
			if f.Kind(p) == parser.KindSpread {
				return true
			}
		}
	case parser.KindIdentifier, parser.KindAttribute, parser.KindCall:
		return true
	}
	return false
}

func (r *resolver) modelArgument(c invocation, a *api) (Value, bool) {
	for _, arg := range a.model {
		if arg.pos >= 0 {
			arg.pos += c.shift
		}
		if v, ok := Argument(r.File, c.Call, arg.name, arg.pos); ok {
			return v, true
		}
	}
	return Value{}, false
}

// model resolves the model that a call of a names.
func (r *resolver) model(c invocation, a *api) Model {
	v, ok := r.modelArgument(c, a)
	if !ok {
		reason := "the call names no model"
		if hidesArguments(r.File, c.Call) {
			reason = "the arguments are put together elsewhere"
		}
		return Model{Reason: reason, Arg: parser.NoNode, Literal: parser.NoNode}
	}
	m := Model{Arg: v.Expr, Literal: parser.NoNode}
	switch {
	case v.Kind == parser.String && strings.TrimSpace(v.Str) != "":
		m.ID, m.Default = v.Str, v.Default
		if r.isLiteral(v.Node, v.Str) {
			m.Literal, m.File = v.Node, r.File
		}
	case v.Kind == parser.Template:
		m.Reason = "the model's id is put together at run time"
	case v.Kind == parser.Unknown:
		m.Reason = "the model comes from " + r.describe(v.Expr)
	default:
		m.Reason = "the model argument is not a string"
	}
	return m
}

// isLiteral reports whether n is a string that stands for exactly id, so that an edit of it edits id.
func (r *resolver) isLiteral(n parser.NodeID, id string) bool {
	if k := r.Kind(n); k != parser.KindString && k != parser.KindTemplate {
		return false
	}
	source := r.Slice(n)
	open := strings.IndexAny(source, "\"'`")
	return open >= 0 && strings.Trim(source[open:], "\"'`") == id
}

// describe names an expression for people: its source when that is short.
func (r *resolver) describe(n parser.NodeID) string {
	source := r.Slice(n)
	if source == "" || len(source) > 40 || strings.ContainsAny(source, "\r\n`") {
		return "an expression"
	}
	return "`" + source + "`"
}
