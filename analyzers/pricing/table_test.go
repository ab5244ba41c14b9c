package pricing

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func day(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

// Every row must be usable without a second look.
func TestRows(t *testing.T) {
	table := Builtin()
	if table.AsOf.String() != "2026-11-22" {
		t.Errorf("as_of = %s", table.AsOf)
	}
	if len(table.Models) != 71 {
		t.Errorf("%d models, want 71", len(table.Models))
	}
	tokenizers := []string{"o200k", "cl100k", "claude-new", "claude-old", "gemini"}
	for _, m := range table.Models {
		check := func(ok bool, what string) {
			t.Helper()
			if !ok {
				t.Errorf("%s: %s", m.ID, what)
			}
		}
		check(m.Input > 0 && m.Output >= 0 && m.CacheRead >= 0 && m.CacheWrite >= 0, "prices must be positive")
		check(m.CacheRead < m.Input, "a cache read costs less than a fresh token")
		check(m.MaxOutput >= 0 && (m.Context == 0 || m.MaxOutput <= m.Context), "an answer is no longer than the window")
		check(m.BatchFactor > 0 && m.BatchFactor <= 1, "batch factor")
		check(slices.Contains([]Provider{OpenAI, Anthropic, Google}, m.Provider), "provider")
		check(slices.Contains(tokenizers, m.Tokenizer), "tokenizer")
		check(slices.Contains([]string{"active", "deprecated", "retired"}, m.Status), "status")
		for _, other := range []string{m.Replacement, m.Cheaper} {
			if other == "" {
				continue
			}
			o := table.byID[other]
			check(o != nil && o.ID == other, "names "+other+", which is no row")
			check(o == nil || o.Provider == m.Provider, "names another provider's model")
			check(o == nil || o.Status != "retired", "names a retired model")
		}
		if m.Cheaper != "" {
			check(table.byID[m.Cheaper].Input <= m.Input, "cheaper model has a dearer input")
		}
		days, dated := m.DaysLeft(day(table.AsOf.String()))
		check((m.Status == "retired") == (dated && days < 0), "status and date disagree")
		check(m.Status != "deprecated" || dated, "deprecated without a date")
		check(m.Tier == nil || m.Tier.Above > 0 && m.Tier.Input >= 1 && m.Tier.Cache >= 1 && m.Tier.Output >= 1, "tier")
		check(slices.IsSortedFunc(m.Changes, func(a, b PriceChange) int { return strings.Compare(a.From.String(), b.From.String()) }), "changes out of order")
		for _, c := range m.Changes {
			check(c.Input > 0 && c.Output > 0, "a change needs prices")
		}
	}
}

func TestLookup(t *testing.T) {
	for id, want := range map[string]string{
		"gpt-6-astra":                                "gpt-6-astra",
		"claude-opus-5":                              "claude-opus-5",
		"claude-opus-5-5":                            "claude-opus-5-5",
		"gpt-4o-2024-08-06":                          "gpt-4o",
		"gpt-4o-mini-2024-07-18":                     "gpt-4o-mini",
		"o1-2024-12-17":                              "o1",
		"claude-sonnet-4-5-20250929":                 "claude-sonnet-4-5",
		"claude-3-5-sonnet-20241022":                 "claude-3-5-sonnet",
		"claude-3-5-sonnet-latest":                   "claude-3-5-sonnet",
		"claude-opus-4-20250514":                     "claude-opus-4",
		"claude-sonnet-4-0":                          "claude-sonnet-4",
		"gpt-4-0613":                                 "gpt-4",
		"openai/gpt-4o":                              "gpt-4o",
		"openai:gpt-4o-2024-08-06":                   "gpt-4o",
		"anthropic/claude-3-5-sonnet-20241022":       "claude-3-5-sonnet",
		"anthropic:claude-opus-5":                    "claude-opus-5",
		"gemini/gemini-2.5-pro":                      "gemini-2.5-pro",
		"models/gemini-2.5-flash":                    "gemini-2.5-flash",
		"":                                           "",
		"gpt":                                        "",
		"gpt-4o-":                                    "",
		"gpt-4o-2024-13-06":                          "", // no such month
		"gpt-4o-20240806":                            "", // not OpenAI's form
		"gpt-4o-2024-05-13":                          "", // was sold at another price
		"openai/gpt-4o-2024-05-13":                   "",
		"claude-opus-5-5-preview":                    "",
		"claude-opus":                                "",
		"claude-sonnet-4-0-20250514":                 "", // an alias has no snapshots
		"anthropic/gpt-4o":                           "", // not that provider's
		"ft:gpt-4o-mini-2024-07-18:acme::9x":         "",
		"azure/gpt-4o":                               "",
		"bedrock/anthropic.claude-opus-5":            "",
		"us.anthropic.claude-sonnet-4-20250514-v1:0": "",
		"claude-sonnet-4-5@20250929":                 "", // Vertex
		"GPT-4O":                                     "",
	} {
		got := ""
		if m, ok := Builtin().Lookup(id); ok {
			got = m.ID
		}
		if got != want {
			t.Errorf("Lookup(%q) = %q, want %q", id, got, want)
		}
	}
}

func TestLookupDoesNotAllocate(t *testing.T) {
	table := Builtin()
	for _, id := range []string{"gpt-4o", "anthropic/claude-sonnet-4-5-20250929", "models/unknown", "gpt-4o-2024-08-06", "openrouter/openai/gpt-4o", "deepseek-v4-flash", "mystery"} {
		if n := testing.AllocsPerRun(100, func() { table.Lookup(id) }); n != 0 {
			t.Errorf("Lookup(%q) allocates %v times", id, n)
		}
	}
}

func TestDaysLeft(t *testing.T) {
	m, _ := Builtin().Lookup("claude-sonnet-4-5")
	late := time.Date(2026, 11, 29, 23, 59, 0, 0, time.FixedZone("", 3600))
	for now, want := range map[time.Time]int{day("2026-11-22"): 8, day("2026-11-30"): 0, day("2026-12-01"): -1, late: 1} {
		if got, ok := m.DaysLeft(now); !ok || got != want {
			t.Errorf("%s: %d days, want %d", now, got, want)
		}
	}
	if m, _ := Builtin().Lookup("gpt-6-astra"); !m.Retires.IsZero() {
		t.Error("gpt-6-astra has no date")
	}
}

func TestPriceAt(t *testing.T) {
	m, _ := Builtin().Lookup("gemini-4-argon")
	if got := m.PriceAt(day("2026-11-30")); got.Input != 2 || got.CacheRead != 0.1 {
		t.Errorf("before the change: %+v", got)
	}
	if got := m.PriceAt(day("2026-12-01")); got.Input != 4 || got.Output != 20 || got.CacheRead != 0.2 {
		t.Errorf("on the day of the change: %+v", got)
	}
	if c, ok := m.NextChange(day("2026-11-30")); !ok || c.Input != 4 {
		t.Errorf("NextChange before = %+v, %v", c, ok)
	}
	if _, ok := m.NextChange(day("2026-12-01")); ok {
		t.Error("NextChange after the last one")
	}
}

func TestDecodeRefuses(t *testing.T) {
	for name, text := range map[string]string{
		"twice":  `{"as_of":"2026-11-22","models":[{"id":"a","aliases":["b"]},{"id":"b"}]}`,
		"date":   `{"as_of":"22.11.2026"}`,
		"number": `{"as_of":"2026-11-22","models":[{"id":"a","input":"2"}]}`,
	} {
		if _, err := Decode([]byte(text)); err == nil {
			t.Errorf("%s: decoded", name)
		}
	}
}

func TestFormat(t *testing.T) {
	for price, want := range map[float64]string{2: "$2.00", 12.5: "$12.50", 0.075: "$0.075", 0.02: "$0.02", 180: "$180.00"} {
		if got := USD(price); got != want {
			t.Errorf("USD(%v) = %s, want %s", price, got, want)
		}
	}
	if got := (Price{Input: 2, Output: 10}).Short(); got != "$2.00 in · $10.00 out /1M" {
		t.Error(got)
	}
	if got := (Price{Input: 0.02}).Short(); got != "$0.02 in /1M" {
		t.Error(got)
	}
	if got := Tokens(1050000) + " " + Tokens(128000) + " " + Tokens(999); got != "1,050,000 128,000 999" {
		t.Error(got)
	}
}

func BenchmarkDecode(b *testing.B) {
	for b.Loop() {
		if _, err := Decode(modelsJSON); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLookup(b *testing.B) {
	table := Builtin()
	for _, id := range []string{"gpt-4o", "anthropic/claude-sonnet-4-5-20250929", "openrouter/openai/gpt-4o", "mystery"} {
		b.Run(id, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				table.Lookup(id)
			}
		})
	}
}
