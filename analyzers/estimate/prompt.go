package estimate

import (
	"strings"

	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/parser"
)

// reader reads a site's prompt in the order in which the model does: tools, the schema of
// the answer, system, messages.
type reader struct {
	env    Env
	site   *llm.Site
	stated Stated

	text strings.Builder // constant text that is not counted yet
	// static are the o200k tokens of constant text so far, prefix those of them that stand
	// before anything that may change; moved says that something has.
	static, prefix int
	moved          bool
	slots          []Slot
	varying        Range // tokens of what is one of several things: a if c else b
	images         Range // tokens of images
	count          int   // of images
	// open says why a prompt may be of any length; "" where the code bounds it. Then bounded
	// is what the parts that are not constant have at most.
	open    string
	bounded float64
	fees    string // what is billed apart from tokens

	// marked says that a part of the prompt is marked for the provider's cache.
	marked bool

	given   map[place]place  // arguments of the functions that are being read, by parameter
	filling map[string]place // what the slots of the template that is being read get
	inside  map[place]bool   // what is being read, so that nothing is read within itself
	steps   int
}

// place is a node of a file.
type place struct {
	file *parser.File
	node parser.NodeID
}

// maxReading bounds how many expressions of one prompt are read, maxInside how deep they may
// stand in one another. Real prompts have less than a hundred and ten.
const (
	maxReading = 2000
	maxInside  = 60
)

// read reads the whole prompt of the site.
func (r *reader) read() Prompt {
	r.tools()
	tools := r.counted()
	if v, ok := r.site.Setting(llm.Schema); ok == llm.Present {
		r.schema(v.File, v.Expr, 0)
	}
	if !r.chain() {
		switch v, ok := r.site.Setting(llm.System); ok {
		case llm.Present:
			r.marks(v)
			r.messages(v.File, v.Expr, false)
		case llm.Hidden:
			r.hidden("system")
		}
		for at := r.site; at != nil; at = at.Config {
			for _, fn := range decorated(at, promptDecorators) {
				for _, n := range returned(at.File, fn) {
					r.value(at.File, n, false)
				}
			}
		}
		switch v, ok := r.site.Setting(llm.Prompt); ok {
		case llm.Present:
			r.marks(v)
			r.messages(v.File, v.Expr, false)
		default:
			r.hidden("")
		}
		if v, ok := r.site.Setting(llm.History); ok == llm.Present && v.Kind != parser.None {
			r.slot(v.File, v.Expr, "history")
		}
	}
	r.counted()
	if !r.moved {
		r.prefix = r.static
	}
	return Prompt{Static: r.static, Prefix: r.prefix, Tools: tools, Slots: r.slots, Images: r.count}
}

// hidden is a part of the prompt that is put together elsewhere.
func (r *reader) hidden(name string) {
	r.message()
	r.slot(r.site.File, parser.NoNode, name)
}

// write adds constant text.
func (r *reader) write(s string) { r.text.WriteString(s) }

// counted counts the text written so far and returns the constant tokens up to here.
func (r *reader) counted() int {
	if r.text.Len() > 0 {
		r.static += pricing.Count(r.text.String())
		r.text.Reset()
	}
	return r.static
}

// changes notes that what follows can't be part of a prefix that stays the same.
func (r *reader) changes() {
	if static := r.counted(); !r.moved {
		r.prefix, r.moved = static, true
	}
}

// message begins a message, which what is embedded does not have.
func (r *reader) message() {
	r.counted()
	if r.site.Kind != llm.Embedding {
		r.static += framing
	}
}

// slot adds a part that is known at run time only, of a size that its name suggests.
func (r *reader) slot(f *parser.File, n parser.NodeID, name string) {
	size, known := r.knownSize(f, n)
	if !known {
		size, _ = r.env.slotSize(name)
	}
	r.sized(f, n, name, size, -1)
}

// sized adds a part of a range of tokens. most is the most that it can have, -1 for any number.
func (r *reader) sized(f *parser.File, n parser.NodeID, name string, size Range, most float64) {
	r.changes()
	if f != r.site.File {
		n = parser.NoNode
	}
	s := Slot{Expr: n, Name: name, Tokens: size}
	if tokens, ok := r.stated.Slot(name); ok {
		s.Tokens, s.Stated, most = Exactly(tokens), true, tokens
	}
	if most >= 0 {
		s.Tokens = s.Tokens.atMost(most)
		r.bounded += most
	} else {
		r.unbounded("the length of " + quoted(name) + " is not known")
	}
	r.slots = append(r.slots, s)
}

func (r *reader) unbounded(why string) {
	if r.open == "" {
		r.open = why
	}
}

func quoted(name string) string {
	if name == "" {
		return "the prompt"
	}
	return "`" + clip(name) + "`"
}

// either adds one of several parts, of which only one is there at a time.
func (r *reader) either(parts ...func(*reader)) {
	r.changes()
	var all Range
	most := 0.0
	for i, part := range parts {
		one := &reader{env: r.env, site: r.site, stated: r.stated, given: r.given, filling: r.filling, inside: r.inside, steps: r.steps}
		part(one)
		one.changes()
		r.steps = one.steps
		total := one.varying.Add(one.images).Add(Exactly(float64(one.static)))
		for _, s := range one.slots {
			total = total.Add(s.Tokens)
		}
		if i > 0 {
			total = Range{min(all.Low, total.Low), all.Expected + total.Expected, max(all.High, total.High)}
		}
		all = total
		most = max(most, one.bounded+float64(one.static))
		if one.open != "" {
			r.unbounded(one.open)
		}
		if r.fees == "" {
			r.fees = one.fees
		}
		r.count += one.count
	}
	if len(parts) > 0 {
		all.Expected /= float64(len(parts))
		r.varying = r.varying.Add(all)
		r.bounded += most
	}
}
