package estimate

import (
	"strings"
	"sync/atomic"

	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/parser"
)

// basis is what the code says of one execution of a site, apart from the model.
type basis struct {
	static, prefix int // o200k tokens of constant text
	// slots are the tokens of all that is not constant, images included, in the model's own tokens.
	slots   Range
	images  Range   // tokens, counted in slots
	open    string  // why the prompt may be of any length; "": it can't
	bounded float64 // then the tokens of what is not constant have this limit
	fees    string
	tools   bool // the model is given tools

	turns Range // requests of an agent's loop
	limit limit
	// result is what a turn adds to the next prompt besides its answer.
	result Range

	embeds     bool
	answer     Range   // tokens of one answer without reasoning
	stated     bool    // answer, by a pragma
	cap        float64 // on one answer with its reasoning; 0: none that is known
	effort     string  // named by the code; "": the model's default
	thinking   float64 // budget of reasoning in tokens, -1: none named
	candidates float64
	mostPicks  float64 // the most candidates there can be; 0: not known
	reasks     Range
	mostAsks   float64 // requests for one usable answer; 0: no limit

	tier   string    // of service
	cached bool      // the code marks a prefix for the provider's cache
	site   *llm.Site // for the loops around

	env    Env // without Program
	rounds atomic.Pointer[Rounds]
}

func (e Env) basis(s *llm.Site, m *pricing.Model) (*basis, Prompt) {
	stated := nothing
	for at := s; at != nil; at = at.Config {
		if at.Call != nil {
			stated = stated.over(statedFor(at.File, at.Call.Node))
		}
	}
	r := &reader{env: e, site: s, stated: stated}
	prompt := r.read()
	b := &basis{
		static: prompt.Static, prefix: prompt.Prefix, slots: r.varying.Add(r.images), images: r.images, open: r.open, bounded: r.bounded, fees: r.fees, tools: prompt.Tools > 0,
		embeds: s.Kind == llm.Embedding || m.Embedding(), site: s, thinking: -1,
		env: Env{Prices: e.Prices, Config: e.Config, Now: e.Now},
	}
	for _, slot := range prompt.Slots {
		b.slots = b.slots.Add(slot.Tokens)
	}
	b.result = toolResult.middle(e.cost().ToolResultTokens)
	b.turns, b.limit = e.turns(s, stated)
	b.reasks, b.mostAsks = reasks(s)
	b.candidates, b.mostPicks = constant(s, llm.Candidates, 1)
	e.output(b, s, stated)
	b.tier = e.serviceTier(s)
	_, marked := s.Setting(llm.CacheControl)
	b.cached = marked == llm.Present || r.marked
	return b, prompt
}

// repeated is the expected number of rounds of the loops around, 1 for none.
func (e Env) repeated(b *basis) float64 {
	if b.site.Loop == nil {
		return 1
	}
	return max(1, e.around(b).Times.Expected)
}

// around is Repeats of the basis's site, which many ask for, found once.
func (e Env) around(b *basis) Rounds {
	if e.Config != b.env.Config {
		return e.Repeats(b.site)
	}
	known := b.rounds.Load()
	if known == nil {
		r := e.Repeats(b.site)
		known = &r
		b.rounds.Store(known)
	}
	return *known
}

// constant is a number that a setting has, at least 1. most is 0 where it is not known.
func constant(s *llm.Site, what llm.Setting, absent float64) (value, most float64) {
	v, ok := s.Setting(what)
	switch {
	case ok == llm.Absent, ok == llm.Hidden && !s.Takes(what):
		return absent, absent
	case ok == llm.Present && v.Kind == parser.Number && v.Num >= 1 && v.Num < 1e9:
		if v.Default {
			return v.Num, 0
		}
		return v.Num, v.Num
	case ok == llm.Hidden: // most calls that hide their arguments do not set it
		return absent, 0
	}
	return absent, 0
}

// output reads what the code says of the answer.
func (e Env) output(b *basis, s *llm.Site, stated Stated) {
	b.answer = answer.middle(e.cost().OutputTokens)
	if v, ok := s.Setting(llm.OutputCap); ok == llm.Present && v.Kind == parser.Number && v.Num >= 1 && v.Num < 1e12 {
		b.cap = v.Num
		b.answer = Range{cappedLow, float64(e.cost().OutputTokens), v.Num}.atMost(v.Num)
		if v.Default { // somebody else may set a higher one
			b.cap = 0
		}
	}
	_, tools := s.Setting(llm.Tools)
	if _, schema := s.Setting(llm.Schema); tools == llm.Present || schema == llm.Present {
		b.answer.Low = min(b.answer.Low, toolCall.Low) // it may be a call, or one field of an object
	}
	if stated.Output >= 0 {
		b.answer, b.stated = Exactly(stated.Output), true
	}
	if v, ok := s.Setting(llm.Effort); ok == llm.Present && v.Kind == parser.String {
		b.effort = strings.ToLower(v.Str)
	}
	switch v, ok := s.Setting(llm.Thinking); {
	case ok == llm.Present && v.Kind == parser.Number && v.Num >= 0 && v.Num < 1e12:
		b.thinking = v.Num
	case ok == llm.Present && b.effort == "":
		b.effort = "medium"
	}
}

// reasoning are the hidden tokens of one answer of m, and the effort that they belong to.
func (b *basis) reasoning(m *pricing.Model) (Range, string) {
	if b.embeds {
		return Range{}, ""
	}
	if b.thinking >= 0 {
		return effort["medium"].atMost(b.thinking).Add(Range{High: max(0, b.thinking-effort["medium"].High)}), ""
	}
	name := b.effort
	if _, ok := effort[name]; !ok {
		name = m.Reasoning
	}
	return effort[name], name
}

// reasks are the requests that one usable answer takes, because an answer is read and asked
// for again where it can't be: instructor's max_retries, a decorator that retries.
func reasks(s *llm.Site) (Range, float64) {
	v, ok := s.Setting(llm.Reasks)
	if _, schema := s.Setting(llm.Schema); ok == llm.Present && schema == llm.Present {
		if v.Kind != parser.Number || v.Num < 0 || v.Num > 1e6 {
			return Range{1, reasked, 1 + retriesUncapped}, 0
		}
		return Range{1, min(reasked, 1+v.Num), 1 + v.Num}, 1 + v.Num
	}
	if s.Call == nil {
		return Exactly(1), 1
	}
	fn := s.File.EnclosingFunc(s.Call.Node)
	if fn == nil {
		return Exactly(1), 1
	}
	for _, d := range fn.Decorators {
		attempts, capped, ok := retryDecorator(s.File, d)
		if !ok {
			continue
		}
		if !parsesAfter(s.File, fn.Body, s.Call.Node) { // what fails is not billed
			switch {
			case !failsAfter(s.File, fn, s.Call.Node):
				return Exactly(1), 1
			case capped:
				return Exactly(1), attempts
			}
			return Exactly(1), 0
		}
		if !capped {
			return Range{1, reasked, retriesUncapped}, 0
		}
		return Range{1, min(reasked, attempts), attempts}, attempts
	}
	return Exactly(1), 1
}

// failsAfter reports whether fn may fail after the call at n has been answered.
func failsAfter(f *parser.File, fn *parser.Func, n parser.NodeID) bool {
	end := f.Span(n).End
	for i := range f.Calls {
		if c := f.Calls[i].Node; c > n && f.Within(c, fn.Body) && f.Span(c).Start >= end {
			return true
		}
	}
	for at := n; f.Within(at, fn.Body); at++ {
		if f.Kind(at) == parser.KindRaise && f.Span(at).Start >= end {
			return true
		}
	}
	return false
}

// retryDecorator reads @retry(stop=stop_after_attempt(3)) of tenacity, @backoff.on_exception(…,
// max_tries=3) and their like.
func retryDecorator(f *parser.File, d parser.NodeID) (attempts float64, capped, ok bool) {
	expr := f.FirstChild(d)
	if f.Kind(d) != parser.KindDecorator {
		expr = d
	}
	c := f.CallAt(f.Unwrap(expr))
	name := f.Slice(expr)
	if c != nil {
		name = f.Slice(c.Callee)
	}
	switch name[strings.LastIndexByte(name, '.')+1:] {
	case "retry", "on_exception", "on_predicate":
	default:
		return 0, false, false
	}
	if c == nil {
		return 0, false, true
	}
	for _, key := range []string{"max_tries", "tries", "attempts", "stop_max_attempt_number", "retries"} {
		if a, found := f.Argument(c, key, -1); found {
			if v, fixed, known := number(f, a.Value); known && fixed && v >= 1 {
				return v, true, true
			}
		}
	}
	if a, found := f.Argument(c, "stop", -1); found {
		for n := a.Value; f.Within(n, a.Value); n++ {
			if stop := f.CallAt(n); stop != nil && stop.Name == "stop_after_attempt" && len(stop.Args) > 0 {
				if v, fixed, known := number(f, stop.Args[0].Value); known && fixed && v >= 1 {
					return v, true, true
				}
			}
		}
	}
	return 0, false, true
}

// serviceTier is the tier that a call names, else the configuration's.
func (e Env) serviceTier(s *llm.Site) string {
	if v, ok := s.Setting(llm.ServiceTier); ok == llm.Present && v.Kind == parser.String && v.Str != "auto" && v.Str != "default" {
		return strings.ToLower(v.Str)
	}
	return e.cost().ServiceTier
}

// factor is what a tier of service multiplies prices by; false where that is not known.
func factor(tier string, m *pricing.Model) (float64, bool) {
	switch tier {
	case "", "standard", "standard_only":
		return 1, true
	case "batch", "flex":
		if m.BatchFactor > 0 {
			return m.BatchFactor, true
		}
		return 1, false
	}
	return 1, false
}

// marks notes whether a part of the prompt is marked for the provider's cache.
func (r *reader) marks(v llm.Value) {
	f, n := v.File, v.Expr
	if f == nil {
		return
	}
	if n = f.Unwrap(n); f.Kind(n) == parser.KindIdentifier {
		if defs := f.DefsOf(n); len(defs) > 0 && defs[0].Kind == parser.AssignDef {
			n = defs[0].Value
		}
	}
	if k := f.Kind(n); k != parser.KindList && k != parser.KindDict {
		return
	}
	source := f.Slice(n)
	r.marked = r.marked || strings.Contains(source, "cache_control") || strings.Contains(source, "cacheControl")
}
