package facts

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/parser"
)

// holder is a call whose arguments hold settings.
type holder struct {
	file *parser.File
	call *parser.Call
}

// holders are the calls that may set how a request is sent, the nearest first: its own, those
// that its client is bound by (with_options), those that make what it asks with, its client's.
type holders struct {
	b      *builder
	site   *llm.Site
	calls  []holder
	client bool // the place that makes the client is known
}

func (b *builder) holders(s *llm.Site) *holders {
	h := &holders{b: b, site: s}
	for at := s; at != nil && len(h.calls) < 16; at = at.Config {
		h.add(at.File, at.Call)
		if at.Kind == llm.Request {
			h.receiver(at.File, at.Method)
		} else {
			h.client = true // a configuration is its own client
			h.given(at.File, at.Call)
		}
	}
	for _, c := range h.calls {
		if h.b.spreads(c) {
			h.client = false
		}
	}
	return h
}

// spreads reports whether a call takes arguments that the code does not show: **options,
// an object by name.
func (b *builder) spreads(c holder) bool {
	f := c.file
	for i, a := range c.call.Args {
		n := f.Unwrap(a.Value)
		switch {
		case a.Spread == 2:
			if !shown(f, n) {
				return true
			}
		case !f.Language.IsScript() || a.Name != "":
		case f.Kind(n) == parser.KindDict:
			for p := range f.Children(n) {
				if f.Kind(p) == parser.KindSpread && !shown(f, f.FirstChild(p)) {
					return true
				}
			}
		case c.call.New && i == len(c.call.Args)-1 && f.Kind(n) == parser.KindIdentifier: // new OpenAI(options)
			if !shown(f, n) {
				return true
			}
		}
	}
	return false
}

// shown reports whether all keys of an object are known.
func shown(f *parser.File, n parser.NodeID) bool {
	v := f.Eval(n)
	if v.Kind != parser.Dict {
		return v.Kind != parser.Unknown
	}
	for _, e := range v.Entries {
		if e.Key.Kind == parser.Unknown {
			return false
		}
	}
	return true
}

func (h *holders) add(f *parser.File, c *parser.Call) {
	if c != nil && !slices.Contains(h.calls, holder{f, c}) {
		h.calls = append(h.calls, holder{f, c})
	}
}

// receiver adds the calls between a method and the client that it is called on, and the one
// that made the client.
func (h *holders) receiver(f *parser.File, n parser.NodeID) {
	for range 32 {
		n = f.Unwrap(n)
		switch f.Kind(n) {
		case parser.KindAttribute:
			n = f.Field(n, parser.FieldObject)
			if k := f.Kind(f.Unwrap(n)); k != parser.KindAttribute && k != parser.KindIdentifier {
				continue
			}
			if to, made := h.b.follow(f, n); made != n || to != f {
				if c := to.CallAt(made); c != nil {
					h.add(to, c)
					h.client = true
					f, n = to, c.Callee
					if f.Kind(f.Unwrap(n)) != parser.KindAttribute || len(h.calls) > 12 {
						return
					}
				}
			}
		case parser.KindCall, parser.KindNew:
			c := f.CallAt(n)
			if c == nil {
				return
			}
			h.add(f, c)
			h.client = true
			n = c.Callee
		case parser.KindIdentifier:
			// A function that is imported, or a module, sends by itself: its arguments are all there is.
			for _, d := range f.DefsOf(n) {
				if d.Kind == parser.ImportDef {
					h.client = true
				}
			}
			return
		default:
			return
		}
	}
}

// given adds what is passed to a call as its client or its settings: client=OpenAI(…).
func (h *holders) given(f *parser.File, c *parser.Call) {
	if c == nil {
		return
	}
	for _, name := range []string{"model", "llm", "provider", "openai_client", "client", "model_client", "http_client", "settings", "model_settings"} {
		a, ok := f.Argument(c, name, -1)
		if !ok {
			continue
		}
		to, n := h.b.follow(f, a.Value)
		if made := to.CallAt(to.Unwrap(n)); made != nil {
			h.add(to, made)
			if len(h.calls) < 12 && name != "http_client" && name != "client" {
				h.given(to, made)
			}
		}
	}
}

// follow is what made an expression, and its file: as the project of the file alone tells.
func (b *builder) follow(f *parser.File, n parser.NodeID) (*parser.File, parser.NodeID) {
	if b.src.Env.Program != nil {
		return b.src.Env.Program.Follow(f, n)
	}
	if f != b.f {
		return f, n
	}
	return b.alone().Follow(f, n)
}

// setting is the first of the arguments that a holder has; a name with dots leads into an
// object or a call: http_options.timeout.
func (h *holders) setting(names []string) (v llm.Value, at holder, ok bool) {
	for _, c := range h.calls {
		for _, name := range names {
			if v, ok := h.b.argument(c, name); ok {
				return v, c, true
			}
		}
	}
	return llm.Value{}, holder{}, false
}

func (b *builder) argument(c holder, name string) (llm.Value, bool) {
	first, rest, dotted := strings.Cut(name, ".")
	v, ok := llm.Argument(c.file, c.call, first, -1)
	if !ok || !dotted {
		return v, ok
	}
	f, n := b.follow(v.File, v.Expr)
	n = f.Unwrap(n)
	if made := f.CallAt(n); made != nil {
		return b.argument(holder{f, made}, rest)
	}
	if p := f.Property(n, rest); p != parser.NoNode {
		return llm.Value{Value: f.Eval(p), File: f, Expr: p, Arg: p}, true
	}
	return llm.Value{}, false
}
