package fake

import (
	"hash/maphash"
	"strings"
	"time"

	"github.com/qodacode/qodacode/analyzers/pricing"
)

// Usage is what a request is billed for, in tokens.
type Usage struct {
	Input, Read, Written int // of the prompt: at the full price, from the cache, into the cache
	Output               int // of the answer or answers, reasoning included
	Think                int // those of reasoning
}

func (u Usage) prompt() int { return u.Input + u.Read + u.Written }

// meter counts and bills the requests of one run of a program, in which nothing that the
// provider's cache holds grows too old.
type meter struct {
	prices *pricing.Table
	now    time.Time
	seen   map[uint64]bool // prefixes of prompts that the cache holds
}

var seed = maphash.MakeSeed()

// piece is a part of a prompt, which a prefix may end behind.
type piece struct {
	text   string
	tokens int
	mark   bool
}

// framing are the tokens around a message in the chat format of o200k, closing those that
// begin the answer; toolPrompt are those of the instructions that Anthropic adds for tools.
const (
	framing    = 4
	closing    = 3
	toolPrompt = 346
)

// pieces are the parts of a prompt in the order in which providers read them.
func pieces(r *Request) []piece {
	var out []piece
	for _, t := range r.Tools {
		out = append(out, piece{t.JSON, pricing.Count(t.JSON), t.Mark})
	}
	if len(r.Tools) > 0 && r.API == "messages" {
		out = append(out, piece{"tools", toolPrompt, false})
	}
	if len(r.Schema) > 0 {
		text := compact(r.Schema)
		out = append(out, piece{text, pricing.Count(text), false})
	}
	for i, m := range r.Messages {
		mark := m.Mark || r.automark && i == len(r.Messages)-1
		out = append(out, piece{m.Role + m.Text, pricing.Count(m.Text) + framing + m.Images, mark})
	}
	return append(out, piece{"", closing, false})
}

// charge counts a request and its answer.
func (m *meter) charge(r *Request, a Answer) Usage {
	model, _ := m.prices.Lookup(r.Model)
	factor, floor := 1.0, 1024
	marked, caches := false, false
	if model != nil {
		_, factor, _ = pricing.Factor(model.Tokenizer)
		floor = first(model.MinCacheTokens, floor)
		marked = model.Provider == pricing.Anthropic
		caches = model.CacheRead > 0
		if marked {
			floor = first(model.MinCacheTokens, 4096)
		}
	}
	total, read, last := 0.0, 0, 0
	var hash maphash.Hash
	hash.SetSeed(seed)
	hash.WriteString(r.Model)
	var keep []uint64
	for _, p := range pieces(r) {
		hash.WriteByte(0)
		hash.WriteString(p.text)
		total += float64(p.tokens) * factor
		at := int(total)
		if !caches || at < floor || marked && !p.mark && !m.seen[hash.Sum64()] {
			continue
		}
		if m.seen[hash.Sum64()] {
			read = at
		}
		if !marked || p.mark {
			last = at
			keep = append(keep, hash.Sum64())
		}
	}
	for _, h := range keep {
		m.seen[h] = true
	}
	if marked && last < read {
		read = last // what is not marked this time is not looked up
	}
	if !marked {
		read -= read % 128
	}
	u := Usage{Read: read, Think: a.Think}
	switch {
	case marked:
		u.Written = last - read
	case last > 0 && model.CacheWrite > 0: // the provider keeps every long prompt, and bills that
		u.Written = int(total) - read
	}
	u.Input = int(total) - u.Read - u.Written
	words := pricing.Count(a.Text)
	for _, c := range a.Calls {
		words += pricing.Count(c.Name+compact(c.Args)) + framing
	}
	u.Output = (int(float64(words)*factor) + a.Think) * r.Picks
	if r.Cap > 0 {
		u.Output = min(u.Output, r.Cap*r.Picks)
	}
	return u
}

// bill is the price in USD, and false for a model without one.
func (m *meter) bill(r *Request, u Usage) (float64, bool) {
	model, ok := m.prices.Lookup(r.Model)
	if !ok {
		return 0, false
	}
	p := model.PriceAt(m.now)
	if p.CacheWrite <= 0 {
		p.CacheWrite = p.Input
	}
	if p.CacheRead <= 0 {
		p.CacheRead = p.Input
	}
	if t := model.Tier; t != nil && u.prompt() > t.Above {
		p = pricing.Price{Input: p.Input * t.Input, Output: p.Output * t.Output, CacheRead: p.CacheRead * t.Cache, CacheWrite: p.CacheWrite * t.Cache}
	}
	usd := (float64(u.Input)*p.Input + float64(u.Read)*p.CacheRead + float64(u.Written)*p.CacheWrite + float64(u.Output)*p.Output) / 1e6
	if (r.Tier == "flex" || r.Tier == "batch") && model.BatchFactor > 0 {
		usd *= model.BatchFactor
	}
	return usd, true
}

// think is the effort that a model reasons with when a request names none.
func (m *meter) think(r *Request) string {
	if r.Effort != "" {
		return r.Effort
	}
	if model, ok := m.prices.Lookup(r.Model); ok && model.Reasoning != "" {
		return model.Reasoning
	}
	if strings.HasPrefix(r.Model, "o") || r.Model == "gpt-5" || r.Model == "gpt-5-mini" || r.Model == "gpt-5-nano" {
		return "medium"
	}
	return "none"
}
