package pricing

import (
	"fmt"
	"time"
)

// Provider is who sells a model directly.
type Provider string

// The providers of the built-in table.
const (
	OpenAI    Provider = "openai"
	Anthropic Provider = "anthropic"
	Google    Provider = "google"
)

// Price is what a model costs in USD per 1M tokens. A cache price of 0 is unknown or not
// offered; an Output of 0 belongs to an embedding model, which has none.
type Price struct {
	Input      float64 `json:"input"`
	Output     float64 `json:"output"`
	CacheRead  float64 `json:"cache_read"`
	CacheWrite float64 `json:"cache_write"`
}

// PriceChange is an announced price. A cache price that it does not name stays as it was.
type PriceChange struct {
	From Date `json:"from"`
	Price
}

// Tier is the step in price of a request whose prompt is longer than Above tokens: the whole
// request is billed at the multiplied prices.
type Tier struct {
	Above  int     `json:"above"`
	Input  float64 `json:"input_x"`
	Cache  float64 `json:"cache_x"`
	Output float64 `json:"output_x"`
}

// Model is a model as one provider sells it. In the built-in table that is who makes it; what
// other platforms (Azure, Bedrock, Vertex) charge, and when they retire it, differs.
type Model struct {
	ID       string   `json:"id"`
	Provider Provider `json:"provider"`
	// Aliases are further ids of the same model at the same price.
	Aliases []string `json:"aliases"`
	Price
	Tier    *Tier         `json:"tier"`
	Changes []PriceChange `json:"price_changes"` // by date
	// BatchFactor multiplies every price in the provider's batch tier; 1: none is known.
	BatchFactor float64 `json:"batch_factor"`
	Context     int     `json:"context"`    // window in tokens; 0: unknown
	MaxOutput   int     `json:"max_output"` // the longest answer in tokens; 0: unknown
	// MinCacheTokens is the shortest prefix that the provider caches; 0: unknown.
	MinCacheTokens int    `json:"min_cache_tokens"`
	Tokenizer      string `json:"tokenizer"`         // o200k, cl100k, claude-new, claude-old, gemini, other
	Reasoning      string `json:"reasoning_default"` // effort when a request names none; "": unknown
	// Retires is the last day on which the provider serves the model; zero: none announced.
	Retires Date `json:"retires"`
	// Replacement is the id that the provider recommends instead; "": none.
	Replacement string `json:"replacement"`
	// Cheaper is the id of the next model down in price; "": none.
	Cheaper string `json:"cheaper"`
	Status  string `json:"status"` // active, deprecated or retired on the table's date
	Note    string `json:"note"`

	// Source tells where the prices come from: "providers' price pages", a library, the name of
	// a price file. AsOf is the day on which they were true there.
	Source string `json:"-"`
	AsOf   Date   `json:"-"`
}

// Embedding reports whether m turns text into vectors.
func (m *Model) Embedding() bool { return m.Output == 0 }

// PriceAt is the price on the day of now, announced changes included.
func (m *Model) PriceAt(now time.Time) Price {
	price := m.Price
	for _, change := range m.Changes {
		if change.From.DaysFrom(now) > 0 {
			break
		}
		price.Input, price.Output = change.Input, change.Output
		if change.CacheRead > 0 {
			price.CacheRead = change.CacheRead
		}
		if change.CacheWrite > 0 {
			price.CacheWrite = change.CacheWrite
		}
	}
	return price
}

// NextChange is the first announced price that is not in force on the day of now.
func (m *Model) NextChange(now time.Time) (PriceChange, bool) {
	for _, change := range m.Changes {
		if change.From.DaysFrom(now) > 0 {
			return change, true
		}
	}
	return PriceChange{}, false
}

// DaysLeft is the number of days until m retires, negative when it has, and false when no
// date is announced.
func (m *Model) DaysLeft(now time.Time) (int, bool) {
	if m.Retires.IsZero() {
		return 0, false
	}
	return m.Retires.DaysFrom(now), true
}

// Date is a calendar day in UTC. The zero Date means none.
type Date struct{ midnight time.Time }

// DateOf is the day of t in UTC.
func DateOf(t time.Time) Date { return Date{t.UTC().Truncate(24 * time.Hour)} }

// UnmarshalText reads 2026-11-22.
func (d *Date) UnmarshalText(b []byte) error {
	t, err := time.Parse(time.DateOnly, string(b))
	if err != nil {
		return fmt.Errorf("%q is not a date like 2026-11-22", b)
	}
	d.midnight = t
	return nil
}

// IsZero reports whether d is no date.
func (d Date) IsZero() bool { return d.midnight.IsZero() }

// String is d as 2026-11-22.
func (d Date) String() string { return d.midnight.Format(time.DateOnly) }

// DaysFrom counts the calendar days from now's UTC day to d.
func (d Date) DaysFrom(now time.Time) int {
	today := now.UTC().Truncate(24 * time.Hour)
	return int(d.midnight.Sub(today) / (24 * time.Hour))
}
