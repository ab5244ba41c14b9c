package pricing

import (
	"math"
	"strings"
	"sync"

	"charm.land/catwalk/pkg/catwalk"
	"charm.land/catwalk/pkg/embedded"
)

// catwalkSource and catwalkAsOf name the release of the library in go.mod and its day; a test
// holds them against it.
const (
	catwalkSource = "catwalk v0.52.18"
	catwalkAsOf   = "2026-08-31"
)

// breadth is the models of many providers: input and output prices and the context window.
// What catwalk has besides (cached prices, longest answers) means different things per provider.
type breadth struct {
	models   []Model
	rows     int // with those without a price
	byName   map[name]*Model
	plain    map[string]meaning // of the id alone
	unpriced map[string]bool    // ids that are listed, but with no price
}

// meaning is what an id means without its provider.
type meaning struct {
	model   *Model // nil: those who sell it do not agree on the price
	sellers int
	byMaker bool // the model is its maker's own
}

// catwalkModels decodes catwalk's tables, which takes 8 ms, once.
var catwalkModels = sync.OnceValue(func() *breadth { return newBreadth(embedded.GetAll(), decoded()) })

func newBreadth(providers []catwalk.Provider, own *Table) *breadth {
	b := &breadth{byName: map[name]*Model{}, plain: map[string]meaning{}, unpriced: map[string]bool{}}
	for _, p := range providers {
		b.rows += len(p.Models)
	}
	b.models = make([]Model, 0, b.rows) // pointers into it stay valid
	var asOf Date
	_ = asOf.UnmarshalText([]byte(catwalkAsOf))
	for _, p := range providers {
		provider := Provider(p.ID)
		if p.ID == catwalk.InferenceProviderGemini {
			provider = Google
		}
		for i := range p.Models {
			m := &p.Models[i]
			price := Price{Input: m.CostPer1MIn, Output: m.CostPer1MOut}
			if !plausible(price.Input) || !plausible(price.Output) { // 0 is a subscription, or nobody filled it in
				b.unpriced[m.ID] = true
				continue
			}
			b.models = append(b.models, Model{
				ID: m.ID, Provider: provider, Price: price, BatchFactor: 1, Context: int(max(0, m.ContextWindow)),
				Tokenizer: tokenizerOf(m.ID, own), Status: "active", Source: catwalkSource, AsOf: asOf,
			})
			b.byName[name{provider, m.ID}] = &b.models[len(b.models)-1]
		}
	}
	b.index()
	return b
}

// index finds what an id means without a prefix: its maker's model, what several agree on, or
// the one provider's whose ids cannot be mistaken.
func (b *breadth) index() {
	for i := range b.models {
		m := &b.models[i]
		is, maker := b.plain[m.ID], isMaker(m.Provider, m.ID)
		is.sellers++
		switch {
		case is.sellers == 1, maker && !is.byMaker:
			is.model, is.byMaker = m, maker
		case is.byMaker && !maker:
		case is.model != nil && !same(is.model.Price, m.Price):
			is.model = nil
		}
		b.plain[m.ID] = is
	}
}

func (b *breadth) lookup(id string, n name) *Model {
	if n.provider != "" {
		if m := b.byName[n]; m != nil {
			return m
		}
	}
	is := b.plain[id]
	switch {
	case is.sellers != 1 || is.byMaker:
		return is.model
	case n.provider != "":
		// deepseek/deepseek-v4 is DeepSeek's model to some libraries, to others what a marketplace
		// calls it: its price is known only where several of them have it and agree.
		return nil
	case ownNames[is.model.Provider]:
		return is.model
	}
	return nil
}

// reason tells why lookup finds nothing; "" where the id is not known at all.
func (b *breadth) reason(id string, n name) string {
	switch is := b.plain[id]; {
	case is.sellers > 1 && is.model == nil:
		return "providers sell this id at different prices, and the code does not tell which one it calls"
	case is.sellers == 1 && n.provider == "":
		return "the price table has this id of a reseller only, and the code does not tell that it calls that one"
	}
	if b.unpriced[id] || b.unpriced[n.id] {
		return "no price is published for this id"
	}
	return ""
}

// Prices in USD per 1M tokens that a real model may have: the cheapest embeddings cost 0.005,
// the dearest answers 600. A file with prices per 1M tokens in fields for one token is far above.
const (
	minPrice = 1e-4
	maxPrice = 10_000
)

func plausible(price float64) bool { return price >= minPrice && price <= maxPrice } // false for NaN

// same tells whether two prices differ by no more than rounding.
func same(p, q Price) bool {
	near := func(a, b float64) bool { return math.Abs(a-b) <= 1e-6*max(a, b) }
	return near(p.Input, q.Input) && near(p.Output, q.Output)
}

// tokenizerOf guesses the tokenizer of a model that is not in own from the family in its name;
// it only picks a factor, see Factor.
func tokenizerOf(id string, own *Table) string {
	id = strings.ReplaceAll(strings.ToLower(id), ".", "-")
	last := id[strings.LastIndexAny(id, "/:")+1:]
	switch {
	case strings.Contains(id, "claude"):
		best := -1
		for i := range own.Models {
			if m := &own.Models[i]; strings.Contains(id, m.ID) && (best < 0 || len(m.ID) > len(own.Models[best].ID)) {
				best = i
			}
		}
		if best >= 0 {
			return own.Models[best].Tokenizer
		}
		return "claude-new" // the higher one
	case strings.Contains(id, "gemini"):
		return "gemini"
	case strings.HasPrefix(last, "gpt-"), strings.HasPrefix(last, "o1"), strings.HasPrefix(last, "o3"), strings.HasPrefix(last, "o4"):
		return "o200k"
	}
	return OtherTokenizer
}
