package estimate

import (
	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/parser"
)

// Call is what one execution of a site costs: one request, or all turns of an agent. For a
// ModelConfig or an Agent it is what a request with that configuration would cost.
type Call struct {
	Site  *llm.Site
	Model *pricing.Model // nil: not known
	// Reason tells why no price is known; "" where Cost holds.
	Reason string
	// Requests are the billed requests: agent turns × candidates × re-asks; exactly 1 for a plain request.
	Requests Range
	Prompt   Prompt // of the first request
	Tokens   Tokens // of all requests together
	Cost     Range  // USD
	// Worst is the most that one execution can cost.
	Worst       Bound
	Assumptions []Assumption
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
	Expr   parser.NodeID // in the site's file
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

// Calls are the estimates of f's sites, as llm.Sites lists them. The result is shared: do
// not change it.
func Calls(f *parser.File, env Env) []*Call {
	sites := llm.Sites(f)
	calls := make([]*Call, len(sites))
	for i := range sites {
		calls[i] = env.Call(&sites[i])
	}
	return calls
}

// Call estimates one site.
func (e Env) Call(s *llm.Site) *Call {
	c := &Call{Site: s, Requests: Exactly(1), Reason: s.Model.Reason}
	m, ok := e.Model(s.Model.ID)
	if !ok {
		return c
	}
	c.Model = m
	c.Tokens = Tokens{Input: Range{100, 300, 2000}, Output: Range{100, 500, 4000}}
	c.Cost = e.Price(m, c.Tokens)
	c.Worst = Bound{Origin: llm.NoLimit, Reason: "not computed yet"}
	return c
}

// Price is what tokens of a model cost, without its tiers.
func (e Env) Price(m *pricing.Model, t Tokens) Range {
	p := m.PriceAt(e.Now)
	return t.Input.Scale(p.Input / 1e6).Add(t.CacheRead.Scale(p.CacheRead / 1e6)).Add(t.CacheWrite.Scale(p.CacheWrite / 1e6)).Add(t.Output.Scale(p.Output / 1e6))
}

// With is what the call would cost with another model.
func (e Env) With(c *Call, m *pricing.Model) Range {
	return e.Price(m, c.Tokens)
}
