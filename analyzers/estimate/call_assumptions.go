package estimate

import (
	"fmt"

	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/analyzers/pricing"
)

// maxSlotsTold is how many variables of one prompt are told apart.
const maxSlotsTold = 6

// Assumptions are what the figures of the call rest on and the code does not say. They are put
// together each time: most calls show none.
func (c *Call) Assumptions() []Assumption {
	s, b, m := c.Site, c.basis, c.Model
	if b == nil {
		return nil
	}
	out := b.env.ModelAssumptions(s.Model.ID)
	add := func(key, format string, args ...any) {
		out = append(out, Assumption{fmt.Sprintf(format, args...), key})
	}
	if s.Model.Default {
		add("", "the model is %s, a default that may be overridden", m.ID)
	}
	told := 0
	for _, slot := range c.Prompt.Slots {
		if slot.Stated {
			continue
		}
		if told++; told > maxSlotsTold {
			continue
		}
		key := "cost.assumed_slot_tokens"
		if slot.Name != "" {
			key = "slot." + slot.Name
		}
		add(key, "%s: %s tokens", quoted(slot.Name), FormatCount(slot.Tokens.Expected))
	}
	if told > maxSlotsTold {
		add("cost.assumed_slot_tokens", "%d more variables of the prompt", told-maxSlotsTold)
	}
	if !b.images.IsExact() {
		add("", "%s tokens of images", FormatCount(b.images.Expected))
	}
	if !b.embeds && !b.stated && !b.answer.IsExact() {
		if b.cap > 0 {
			add("output", "answers of %s tokens, %s at most", FormatCount(b.answer.Expected), FormatCount(b.cap))
		} else {
			add("cost.assumed_output_tokens", "no cap on the answer: %s tokens", FormatCount(b.answer.Expected))
		}
	}
	if think, name := b.reasoning(m); think.High > 0 {
		from := ""
		if b.effort == "" && b.thinking < 0 {
			from = ", the model's default"
		}
		if name != "" {
			add("", "%s tokens of reasoning at %s effort%s", FormatCount(think.Expected), name, from)
		} else {
			add("", "%s tokens of reasoning", FormatCount(think.Expected))
		}
	}
	if b.turns.High > 1 {
		if !b.turns.IsExact() {
			add("cost.assumed_agent_turns", "%s turns of the agent", FormatCount(b.turns.Expected))
		}
		if b.turns.Expected > 1 {
			add("cost.assumed_tool_result_tokens", "%s tokens of each tool's result", FormatCount(b.result.Expected))
		}
	}
	if b.reasks.High > 1 {
		add("", "%s requests for an answer that can be read", FormatCount(b.reasks.Expected))
	}
	if _, mid, high := pricing.Factor(m.Tokenizer); high > framingBand {
		add("", "tokens are OpenAI's × %v", mid)
	}
	if _, known := factor(b.tier, m); !known {
		add("cost.service_tier", "the price of the service tier %s is not known: the standard one is used", clip(b.tier))
	}
	if b.fees != "" {
		add("", "%s", b.fees)
	}
	if s.Platform != llm.Direct {
		add("", "this call goes to %s: the provider's own prices are used", s.Platform)
	}
	return out
}
