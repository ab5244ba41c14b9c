package estimate

import (
	"strings"

	"github.com/qodacode/qodacode/config"
)

// What is assumed where the code does not say, as of 2026-11-22. Low and high are the plausible
// ends; the middle holds unless qodacode.toml or a pragma says otherwise. None of them is a
// published statistic: they are proposals, calibrated on a few recorded runs. docs/cost-model.md
// shows this table.
var (
	// Tokens of a variable in a prompt, by what its name says.
	shortSlot = Range{5, 30, 150}
	longSlot  = Range{300, 2000, 8000}
	otherSlot = Range{20, 300, 2000}

	// Tokens of an answer without a cap, reasoning apart.
	answer = Range{100, 500, 4000}
	// Tokens of an answer that calls a tool: its name and arguments, at the high end it writes as much
	// as an answer has, a file for instance.
	toolCall = Range{20, 100, answer.High}
	// cappedLow is the low end of an answer with a cap.
	cappedLow = 50.0

	// Rounds of a loop, turns of an agent, tokens of a tool's answer.
	iterations = Range{2, 10, 100}
	turns      = Range{2, 6, 25}
	toolResult = Range{100, 800, 4000}

	// Tokens of an image that the model looks at closely.
	image = Range{250, 800, 1600}

	// Requests that are asked again because the answer was of no use, at most as often as
	// the code allows.
	reasked = 1.1
	// retriesUncapped is the high end of rounds of a loop that retries without a cap.
	retriesUncapped = 10.0
)

// effort are the reasoning tokens of one request. They are billed as output.
var effort = map[string]Range{
	"none":    {},
	"minimal": {},
	"low":     {100, 400, 2000},
	"medium":  {300, 1500, 8000},
	"high":    {1000, 6000, 24000},
	"xhigh":   {3000, 15000, 60000},
	"max":     {3000, 15000, 60000},
}

// framing are the tokens around each message in the chat format of o200k.
const framing = 4

// around is the most that the formats of chats, and the instructions that providers add for
// tools, have besides: 3 tokens that begin the answer; some hundreds for tools at Anthropic.
const (
	around      = 8
	aroundTools = 600
)

// framingBand is by how much the chat format may exceed that where the tokenizer itself is exact.
const framingBand = 1.02

// cacheFloor is the shortest prefix that a provider caches, where the price table does not say.
const cacheFloor = 4096

// lowDetail is what an image costs that the model only glances at: a fixed number of tokens,
// by the model's id up to its version (platform.openai.com, images and vision, 2026).
func lowDetail(id string) float64 {
	switch {
	case id == "gpt-4o-mini":
		return 2833
	case hasFamily(id, "gpt-5"), hasFamily(id, "gpt-6"):
		return 70
	case hasFamily(id, "o1"), hasFamily(id, "o3"):
		return 75
	}
	return 85
}

// hasFamily reports whether id is family, or a version of it: gpt-5-mini and gpt-5.2 of gpt-5.
func hasFamily(id, family string) bool {
	rest, ok := strings.CutPrefix(id, family)
	return ok && (rest == "" || rest[0] == '-' || rest[0] == '.')
}

// middle is r with the user's own expected value; the ends give way to it.
func (r Range) middle(expected int) Range {
	e := float64(expected)
	return Range{min(r.Low, e), e, max(r.High, e)}
}

// atMost is r, nowhere above limit.
func (r Range) atMost(limit float64) Range {
	return Range{min(r.Low, limit), min(r.Expected, limit), min(r.High, limit)}
}

// assumptions of the user's configuration.
func (e Env) cost() config.Cost {
	if e.Config == nil {
		return config.Default().Cost
	}
	return e.Config.Cost
}
