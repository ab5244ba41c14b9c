package llm

import (
	"slices"
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
		entries, _ := assembled(f, c.Args[i].Value)
		for j := len(entries) - 1; j >= 0; j-- {
			if e := entries[j]; e.Key.Kind == parser.String && e.Key.Str == name {
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
	if k := f.Kind(pair); k == parser.KindSubscript || k == parser.KindAttribute { // params["model"] = …
		assignment := f.Parent(pair)
		return Value{e.Value, f, f.Field(assignment, parser.FieldRight), assignment}
	}
	return Value{e.Value, f, f.Field(pair, parser.FieldValue), pair}
}

// hidesArguments reports whether c may pass arguments that it does not name.
func hidesArguments(f *parser.File, c *parser.Call) bool {
	for i := range c.Args {
		a := &c.Args[i]
		if a.Spread == 0 && (!f.Language.IsScript() || i > 0 || !spreads(f, f.Unwrap(a.Value))) {
			continue
		}
		if _, complete := assembled(f, a.Value); !complete {
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

func (r *resolver) modelArgument(c *parser.Call, a *api, shift int) (Value, bool) {
	for _, arg := range a.model {
		if v, found := find(r.File, c, arg, shift); found == Present && (arg.name != "" || v.Kind != parser.Dict) {
			return v, true
		}
	}
	return Value{}, false
}

// plainIDs are SDKs whose models hold no settings of a request: a model that is not known
// there hides none.
var plainIDs = map[string]bool{"openai": true, "anthropic": true, "litellm": true, "google-genai": true, "google-generativeai": true, "ai-sdk": true}

// setModel resolves the model that a call names, itself or by what another site made.
func (r *resolver) setModel(s *Site) {
	s.Model = r.ownModel(s)
	if s.Model.ID != "" {
		return
	}
	for _, arg := range append(slices.Clone(s.api.model), s.api.config...) {
		v, found := find(s.File, s.Call, arg, s.shift)
		if found != Present || v.Kind != parser.Unknown && v.Kind != parser.List {
			continue
		}
		w := r.flowOf(v.Expr)
		own := s.Model
		if len(w.made) > 0 {
			r.setConfig(s, w)
		} else {
			s.unseen = !plainIDs[s.SDK]
		}
		if s.Config == nil && s.Model.ID == "" {
			s.Model = own
			if s.Model.Arg == parser.NoNode || len(w.made) > 1 {
				s.Model.Reason = madeReason(w, r.describe(v.Expr))
			}
		}
		return
	}
	if s.api.ambient != "" && s.Model.Arg == parser.NoNode {
		if r.setAmbient(s); s.Config != nil {
			return
		}
		s.unseen = true
	}
	if s.api.fallback != "" && s.Model.Arg == parser.NoNode && !hidesArguments(s.File, s.Call) {
		s.Model.ID, s.Model.Default, s.Model.Reason = s.api.fallback, true, ""
	}
}

// ownModel is the model that the call itself names.
func (r *resolver) ownModel(s *Site) Model {
	v, ok := r.modelArgument(s.Call, s.api, s.shift)
	if !ok {
		reason := "the call names no model"
		if hidesArguments(r.File, s.Call) {
			reason = "the arguments are put together elsewhere"
		}
		return Model{Reason: reason, Arg: parser.NoNode, Literal: parser.NoNode}
	}
	*r.work = 0
	m := r.modelAt(v.Expr, v.Expr, maxModelSteps)
	s.Platform, s.placed = m.platform, m.placed
	return m.Model
}

// setAmbient takes the model that the file assigns to the framework's own settings.
func (r *resolver) setAmbient(s *Site) {
	name := s.api.ambient[strings.LastIndexByte(s.api.ambient, '.'):]
	for n := range r.Nodes {
		if id := parser.NodeID(n); r.Kind(id) == parser.KindAssignment {
			left := r.Field(id, parser.FieldLeft)
			if r.Kind(left) != parser.KindAttribute || !strings.HasSuffix(r.Slice(left), name) || r.QName(left) != s.api.ambient {
				continue
			}
			own := s.Model
			if r.setConfig(s, r.flowOf(r.Field(id, parser.FieldRight))); s.Config == nil {
				s.Model = own
			}
		}
	}
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
