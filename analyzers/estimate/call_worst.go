package estimate

import (
	"fmt"

	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/analyzers/pricing"
)

// worst is the most that one execution can cost. Failed requests are not billed, so that
// retries by the SDK count nothing.
func (e Env) worst(b *basis, m *pricing.Model) Bound {
	out := Bound{Origin: b.limit.origin, Reason: b.limit.reason}
	unknown := func(reason string) Bound {
		out.Reason = reason
		return out
	}
	switch {
	case b.limit.origin == llm.NoLimit:
		return out
	case b.mostAsks == 0:
		out.Origin = llm.NoLimit
		return unknown("an answer that can't be read is asked for again without a limit")
	case b.fees != "":
		return unknown(b.fees)
	case b.mostPicks == 0:
		return unknown("the number of candidates is not known")
	}
	by, known := factor(b.tier, m)
	if !known {
		return unknown("the prices of the service tier " + clip(b.tier) + " are not known")
	}
	_, _, high := pricing.Factor(m.Tokenizer)
	window := float64(m.Context)
	first := float64(b.static)*high + b.bounded + around
	if b.tools {
		first += aroundTools
	}
	why := ""
	if b.open != "" {
		first, why = window, b.open
	} else if window > 0 {
		first = min(first, window)
	}
	if first == 0 && b.open != "" || window == 0 && b.limit.most > 1 {
		return unknown("the context window of " + m.ID + " is not known")
	}
	embeds := b.embeds || m.Embedding()
	output := 0.0
	if !embeds {
		switch output = b.cap; {
		case b.stated:
			think, _ := b.reasoning(m)
			output = b.answer.High + think.High
		case output > 0 && m.MaxOutput > 0:
			output = min(output, float64(m.MaxOutput))
		case output == 0 && m.MaxOutput > 0:
			output = float64(m.MaxOutput)
		case output == 0:
			output = window
		}
		if b.thinking > 0 && b.cap > 0 { // some SDKs add the budget to the cap
			output = max(output, b.cap+b.thinking)
		}
		if output == 0 {
			return unknown("the longest answer of " + m.ID + " is not known")
		}
	}
	p := m.PriceAt(e.Now)
	price := func(input float64) float64 {
		in, answer := max(p.Input, p.CacheWrite), p.Output
		if m.Tier != nil && input > float64(m.Tier.Above) {
			in, answer = max(p.Input*m.Tier.Input, p.CacheWrite*m.Tier.Cache), p.Output*m.Tier.Output
		}
		return (input*in + output*b.mostPicks*answer) / 1e6
	}
	out.USD = (price(first) + (b.limit.most-1)*price(max(first, window))) * b.mostAsks * by
	out.Known = true
	if b.limit.most == 1 {
		out.Reason = "one request"
		if why != "" {
			out.Reason += fmt.Sprintf(" that fills the context window of %s tokens: %s", FormatCount(window), why)
		}
		if b.limit.reason != "" {
			out.Reason += "; " + b.limit.reason
		}
	}
	return out
}
