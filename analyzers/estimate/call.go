package estimate

import (
	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/parser"
)

// Call is what one execution of a site costs: one request, or all turns of an agent. For a
// ModelConfig it is what a request with that configuration would cost, for an Agent one of its
// runs. A Drive has a cost where it runs one agent that is known.
type Call struct {
	Site  *llm.Site
	Model *pricing.Model // nil: not known
	// Reason tells why no price is known; "" where Cost holds.
	Reason string
	// Requests are the billed requests: agent turns × re-asks; exactly 1 for a plain request.
	// Several candidates are answers to one request, whose prompt is billed once.
	Requests Range
	Prompt   Prompt // of the first request
	Tokens   Tokens // of all requests together
	Cost     Range  // USD
	// Worst is the most that one execution can cost.
	Worst Bound

	basis *basis
}

// Prompt is the input of one request, before the answers and tool results that agents add.
type Prompt struct {
	Input Range // tokens, all of the following together
	// Static are the tokens of text that the code holds; Prefix those of them that stand
	// before anything that changes from request to request.
	Static, Prefix int
	Tools          int // tokens of the tools' descriptions, counted in Static
	Slots          []Slot
	Images         int
}

// Slot is a part of a prompt that is known at run time only.
type Slot struct {
	Expr   parser.NodeID // in the site's file; NoNode where it stands in another one
	Name   string        // "" for an expression without one
	Tokens Range
	Stated bool // by a pragma, so that more is not reckoned with
}

// Tokens are what is billed, by price.
type Tokens struct {
	Input      Range // at the full price
	CacheRead  Range
	CacheWrite Range
	Output     Range // reasoning included
	Reasoning  Range
}

// Assumption is something that a figure rests on and that the code does not say.
type Assumption struct {
	// Text is a clause for people: "no cap on the answer: 500 tokens".
	Text string
	// Key is what changes it: a key of qodacode.toml or a pragma; "" where there is none.
	Key string
}

// Bound is the most that something can cost.
type Bound struct {
	Origin llm.Source
	// USD is the bound; it holds only where Origin is not llm.NoLimit and Known.
	USD   float64
	Known bool
	// Reason tells what sets the bound ("max_turns=10"), or why there is none.
	Reason string
}

type callsKey struct {
	prices *pricing.Table
	config *config.Config
	day    int64
}

// Calls are the estimates of f's sites, as llm.Sites lists them. The result is shared: do
// not change it.
func Calls(f *parser.File, env Env) []*Call {
	sites := llm.Sites(f)
	if len(sites) == 0 {
		return nil
	}
	estimate := func() []*Call {
		calls := make([]*Call, len(sites)) // waking another thread takes longer than a call
		for i := range sites {
			calls[i] = env.Call(&sites[i])
		}
		return calls
	}
	if env.Program != nil { // what other files say may change while f does not
		return estimate()
	}
	return parser.Memo(f, callsKey{env.Prices, env.Config, env.Now.Unix() / (24 * 60 * 60)}, estimate)
}

// Call estimates one site.
func (e Env) Call(s *llm.Site) *Call {
	c := &Call{Site: s, Requests: Exactly(1), Reason: s.Model.Reason}
	m, ok := e.Model(s.Model.ID)
	if !ok {
		if s.Model.ID != "" {
			c.Reason = e.Unpriced(s.Model.ID)
		} else if c.Reason == "" {
			c.Reason = "the model is not known"
		}
		return c
	}
	c.Model, c.Reason = m, ""
	c.basis, c.Prompt = e.basis(s, m)
	b := c.basis
	c.Requests = b.turns.Times(b.reasks)
	c.Tokens, c.Cost = e.spend(b, m, m)
	low, mid, high := pricing.Factor(m.Tokenizer)
	c.Prompt.Input = Range{low, mid, high}.Scale(float64(c.Prompt.Static)).Add(b.slots)
	c.Worst = e.worst(b, m)
	return c
}

// Price is what tokens of a model cost, without its tiers.
func (e Env) Price(m *pricing.Model, t Tokens) Range {
	p := m.PriceAt(e.Now)
	return t.Input.Scale(p.Input / 1e6).Add(t.CacheRead.Scale(p.CacheRead / 1e6)).Add(t.CacheWrite.Scale(p.CacheWrite / 1e6)).Add(t.Output.Scale(p.Output / 1e6))
}

// With is what the call would cost with another model: with its prices, steps and tokenizer,
// and its own default effort of reasoning. The text stays the same, so that an answer has more
// tokens where the tokenizer makes more of it.
func (e Env) With(c *Call, m *pricing.Model) Range {
	if c.basis == nil || m == nil {
		return Range{}
	}
	_, cost := e.spend(c.basis, m, c.Model)
	return cost
}
