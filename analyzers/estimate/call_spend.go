package estimate

import (
	"math"

	"github.com/qodacode/qodacode/analyzers/pricing"
)

// usage are tokens by price.
type usage struct {
	input, read, write, output, reasoning float64
}

// scene is one possible course of an execution.
type scene struct {
	first  float64 // tokens of the first prompt
	prefix float64 // those of them that stay the same from request to request
	grow   float64 // by how much each turn lengthens the prompt
	turns  float64
	asks   float64 // requests per turn
	output float64 // tokens of one answer, reasoning included
	hidden float64 // those of reasoning
	picks  float64 // answers per request

	cache cacheUse
	hits  float64 // share of the prefix that is read from the cache in a single request
	floor float64 // tokens of the shortest prompt that is cached, of several turns
}

// cacheUse is what a provider's cache does in a scene.
type cacheUse uint8

const (
	noCache    cacheUse = iota
	readWrite           // the first turn writes, later ones read what is old and write what is new
	prefixOnly          // a single request reads a share of its prefix and writes the rest
	writeOnly           // nothing is found in the cache, and the prefix is written
)

// spend is what one execution with m takes. The sizes of b are in the tokens of the model from.
func (e Env) spend(b *basis, m, from *pricing.Model) (Tokens, Range) {
	scale := 1.0
	if m.Tokenizer != from.Tokenizer {
		_, to, _ := pricing.Factor(m.Tokenizer)
		_, was, _ := pricing.Factor(from.Tokenizer)
		scale = to / was
	}
	low, mid, high := pricing.Factor(m.Tokenizer)
	factors := [3]float64{low, mid, high}
	slots, visible, result := b.slots.Scale(scale), b.answer.Scale(scale), b.result.Scale(scale)
	think, _ := b.reasoning(m)
	total := visible.Add(think)
	if b.cap > 0 && !b.stated {
		visible, total = visible.atMost(b.cap), total.atMost(b.cap)
	}
	if m.MaxOutput > 0 {
		visible, total = visible.atMost(float64(m.MaxOutput)), total.atMost(float64(m.MaxOutput))
	}
	if b.embeds || m.Embedding() {
		visible, total, think = Range{}, Range{}, Range{}
	}
	// All turns of an agent but the last one end in a call of a tool.
	calling := visible
	if b.turns.High > 1 && !b.stated {
		calling = Range{min(toolCall.Low, visible.Low), min(toolCall.Expected, visible.Expected), visible.High}
	}
	var used [3]usage
	var cost Range
	for i, at := range []func(Range) float64{lowOf, expectedOf, highOf} {
		s := scene{
			first: float64(b.static)*factors[i] + at(slots), prefix: float64(b.prefix) * factors[i], grow: at(result) + at(calling),
			turns: at(b.turns), asks: at(b.reasks), output: at(total) - (at(visible)-at(calling))*saved(at(b.turns)), hidden: at(total) - min(at(total), at(visible)), picks: b.candidates,
		}
		e.caching(&s, b, m, i)
		var usd float64
		used[i], usd = e.bill(s, m)
		if by, known := factor(b.tier, m); known {
			usd *= by
		}
		*[]*float64{&cost.Low, &cost.Expected, &cost.High}[i] = usd
	}
	// A cache can make the longer course the cheaper one.
	cost.Low, cost.High = min(cost.Low, cost.Expected), max(cost.High, cost.Expected)
	return Tokens{
		Input:      ordered(used, func(u usage) float64 { return u.input }),
		CacheRead:  ordered(used, func(u usage) float64 { return u.read }),
		CacheWrite: ordered(used, func(u usage) float64 { return u.write }),
		Output:     ordered(used, func(u usage) float64 { return u.output }),
		Reasoning:  ordered(used, func(u usage) float64 { return u.reasoning }),
	}, cost
}

// saved is the share of turns that end in a call of a tool.
func saved(turns float64) float64 { return max(0, turns-1) / max(1, turns) }

func lowOf(r Range) float64      { return r.Low }
func expectedOf(r Range) float64 { return r.Expected }
func highOf(r Range) float64     { return r.High }

// ordered is one kind of tokens over the scenes, the fewest first.
func ordered(used [3]usage, of func(usage) float64) Range {
	a, b, c := of(used[0]), of(used[1]), of(used[2])
	return Range{min(a, b, c), b, max(a, b, c)}
}

// caching decides what the provider's cache does in scene i of low, expected, high.
func (e Env) caching(s *scene, b *basis, m *pricing.Model, i int) {
	price := m.PriceAt(e.Now)
	automatic := m.Provider == pricing.OpenAI || m.Provider == pricing.Google
	if price.CacheRead <= 0 || b.embeds || !automatic && !b.cached {
		return
	}
	floor := float64(m.MinCacheTokens)
	if floor == 0 {
		if floor = cacheFloor; m.Provider == pricing.OpenAI {
			floor = 1024
		}
	}
	many := s.turns > 1
	if many {
		s.floor = floor
		if i == 2 {
			s.cache = writeOnly // as if each turn came too late
		} else {
			s.cache = readWrite
		}
		return
	}
	if s.prefix < floor {
		return
	}
	rate, repeated := e.cost().CacheHitRate, e.repeated(b)
	if rate == 0 && b.cached && repeated > 1 {
		rate = (repeated - 1) / repeated // the first round writes, the others read
	}
	switch {
	case i == 2:
		if b.cached || price.CacheWrite > price.Input {
			s.cache = writeOnly
		}
	case i == 0 && (rate > 0 || repeated > 1):
		s.cache, s.hits = prefixOnly, 1
	case b.cached || rate > 0:
		s.cache, s.hits = prefixOnly, rate
	}
}

// bill counts the tokens of a scene and prices them: each request by itself, since one whose
// prompt is above the model's step is dearer as a whole.
func (e Env) bill(s scene, m *pricing.Model) (usage, float64) {
	above := math.Inf(1)
	if m.Tier != nil {
		above = float64(m.Tier.Above)
	}
	window := math.Inf(1)
	if m.Context > 0 {
		window = float64(m.Context)
	}
	s.first = min(s.first, window)
	s.prefix = min(s.prefix, s.first)
	step := s.within(above) // the first turn above the step
	cheap, dear := s.part(0, step, window), s.part(step, s.turns, window)
	p := m.PriceAt(e.Now)
	if p.CacheWrite <= 0 {
		p.CacheWrite = p.Input
	}
	usd := cheap.priced(p)
	if m.Tier != nil {
		usd += dear.priced(pricing.Price{Input: p.Input * m.Tier.Input, Output: p.Output * m.Tier.Output, CacheRead: p.CacheRead * m.Tier.Cache, CacheWrite: p.CacheWrite * m.Tier.Cache})
	}
	all := usage{cheap.input + dear.input, cheap.read + dear.read, cheap.write + dear.write, cheap.output + dear.output, cheap.reasoning + dear.reasoning}
	return all, usd
}

func (u usage) priced(p pricing.Price) float64 {
	return (u.input*p.Input + u.read*p.CacheRead + u.write*p.CacheWrite + u.output*p.Output) / 1e6
}

// within is how many turns have a prompt of at most so many tokens.
func (s scene) within(tokens float64) float64 {
	switch {
	case s.first > tokens:
		return 0
	case s.grow <= 0 || math.IsInf(tokens, 1):
		return s.turns
	}
	return min(s.turns, math.Floor((tokens-s.first)/s.grow)+1)
}

// part are the tokens of the turns from i to j, whose prompts have at most window tokens.
func (s scene) part(i, j, window float64) usage {
	n := j - i
	if n <= 0 {
		return usage{}
	}
	u := usage{output: n * s.output * s.picks, reasoning: n * s.hidden * s.picks}
	sum := func(i, j float64) float64 { // of the prompts from turn i to j
		full := min(j, max(i, s.within(window)))
		return s.first*(full-i) + s.grow*(full*(full-1)-i*(i-1))/2 + window0(window, j-full)
	}
	switch s.cache {
	case noCache:
		u.input = sum(i, j)
	case readWrite:
		start := s.within(s.floor - 1) // the first turn whose prompt is long enough
		short := min(j, max(i, start))
		u.input = sum(i, short)
		if i = short; i == start && j > i { // the first one that is written
			next := min(i+1, j)
			u.write, i = sum(i, next), next
		}
		if j > i {
			added := min(s.grow*(j-i), sum(i, j))
			u.read, u.write = sum(i, j)-added, u.write+added
		}
	case prefixOnly:
		u.input = sum(i, j) - s.prefix*n
		u.read, u.write = s.prefix*n*s.hits, s.prefix*n*(1-s.hits)
	case writeOnly:
		u.input = sum(i, j)
		if i == 0 {
			written := s.prefix
			if s.turns > 1 {
				written = s.first
			}
			if written < s.floor {
				written = 0
			}
			u.input, u.write = u.input-written, written
		}
	}
	return usage{u.input * s.asks, u.read * s.asks, u.write * s.asks, u.output * s.asks, u.reasoning * s.asks}
}

// window0 is window × n, which is 0 for no turns even where the window has no end.
func window0(window, n float64) float64 {
	if n <= 0 {
		return 0
	}
	return window * n
}
