package pricing

import (
	"fmt"
	"strings"
	"testing"
)

// file decodes a price file of the day 2026-11-20.
func file(t *testing.T, src string) *File {
	t.Helper()
	f, err := ReadFile("mine.json", []byte(src), DateOf(day("2026-11-20")))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestReadFile(t *testing.T) {
	f := file(t, `{
		"sample_spec": {"input_cost_per_token": 0, "max_tokens": "LEGACY parameter", "mode": "one of: chat, …"},
		"good": {"input_cost_per_token": 2.5e-06, "output_cost_per_token": 1e-05, "cache_read_input_token_cost": 1.25e-06, "cache_creation_input_token_cost": 3e-6,
			"input_cost_per_token_batches": 1.25e-06, "max_input_tokens": 128000, "max_output_tokens": 16384, "mode": "chat", "litellm_provider": "openai", "deprecation_date": "2027-02-03"},
		"tiers": {"input_cost_per_token": 1e-6, "output_cost_per_token": 1e-5, "cache_read_input_token_cost": 1e-7,
			"input_cost_per_token_above_200k_tokens": 2e-6, "output_cost_per_token_above_200k_tokens": 1.5e-5, "cache_read_input_token_cost_above_200k_tokens": 3e-7,
			"input_cost_per_token_above_128k_tokens": 1.5e-6, "input_cost_per_token_above_1hr": 9},
		"no tier": {"input_cost_per_token": 1e-6, "output_cost_per_token": 1e-5, "input_cost_per_token_above_200k_tokens": 1e-6},
		"vector": {"input_cost_per_token": 2e-8, "output_cost_per_token": 0, "mode": "embedding", "max_tokens": 8191},
		"odd": {"input_cost_per_token": 1e-6, "output_cost_per_token": 1e-5, "max_output_tokens": "many", "max_input_tokens": -3, "cache_read_input_token_cost": "x", "deprecation_date": "soon", "mode": "chat", "litellm_provider": 7, "input_cost_per_token_batches": 5},
		"string price": {"input_cost_per_token": "0.000001", "output_cost_per_token": 1e-5},
		"missing": {"input_cost_per_token": 1e-6},
		"negative": {"input_cost_per_token": -1e-6, "output_cost_per_token": 1e-5},
		"zero": {"input_cost_per_token": 0, "output_cost_per_token": 0},
		"per million": {"input_cost_per_token": 2.5, "output_cost_per_token": 10},
		"huge": {"input_cost_per_token": 1e300, "output_cost_per_token": 1e-5},
		"beyond": {"input_cost_per_token": 1e999, "output_cost_per_token": 1e-5},
		"image": {"input_cost_per_token": 1e-6, "output_cost_per_token": 1e-5, "mode": "image_generation"},
		"no entry": 3, "null": null, "list": [], "": {"input_cost_per_token": 1e-6, "output_cost_per_token": 1e-5},
		"good": {"input_cost_per_token": 3e-06, "output_cost_per_token": 1e-05}
	}`)
	got := map[string]row{}
	for _, r := range f.rows {
		if _, again := got[r.id]; again && r.id != "good" {
			t.Errorf("%s twice", r.id)
		}
		got[r.id+strings.Repeat("+", min(1, len(got[r.id].id)))] = r
	}
	if f.Models() != 6 || f.Dropped != 12 {
		t.Errorf("%d rows, %d dropped: %v", f.Models(), f.Dropped, got)
	}
	good := got["good"]
	if good.price != (Price{2.5, 10, 1.25, 3}) || good.batch != 0.5 || good.context != 128000 || good.output != 16384 || good.provider != OpenAI || good.tier != nil {
		t.Errorf("good: %+v", good)
	}
	if got["good+"].price.Input != 3 {
		t.Errorf("the second: %+v", got["good+"])
	}
	if tier := got["tiers"].tier; tier == nil || *tier != (Tier{128000, 2, 3, 1.5}) {
		t.Errorf("tiers: %+v", tier)
	}
	if got["no tier"].tier != nil {
		t.Errorf("no tier: %+v", got["no tier"].tier)
	}
	if v := got["vector"]; v.price != (Price{Input: 0.02}) || v.context != 8191 {
		t.Errorf("vector: %+v", v)
	}
	if o := got["odd"]; o.price != (Price{Input: 1, Output: 10}) || o.output != 0 || o.context != 0 || o.batch != 0 || o.provider != "" {
		t.Errorf("odd: %+v", o)
	}
}

func TestReadFileRefuses(t *testing.T) {
	const entry = `"a": {"input_cost_per_token": 1e-6, "output_cost_per_token": 1e-5}`
	var many strings.Builder
	many.WriteString("{" + entry)
	for i := range maxRows {
		fmt.Fprintf(&many, ",\n\"m%d\": {\"input_cost_per_token\":1e-6,\"output_cost_per_token\":1e-5}", i)
	}
	for src, want := range map[string]string{
		"":                                      "not a JSON object",
		"<!doctype html><p>Not found":           "not a JSON object",
		"[]":                                    "not a JSON object",
		"null":                                  "not a JSON object",
		"{}":                                    "no model",
		`{"a": {}}`:                             "no model",
		"{" + entry:                             "cut off",
		"{" + entry[:40]:                        "cut off",
		"{" + entry + "} {":                     "something follows",
		"{" + entry + `, "b" 3}`:                "broken",
		"{\"a\": " + strings.Repeat("[", 20000): "broken",
		strings.Repeat(" ", MaxFileSize+1):      "larger than 16 MB",
		"{" + strings.Repeat(`"x": 1,`, maxRows+1) + entry + "}": "more than 20000 of its entries",
		many.String() + "}": "more than 20000 models",
		"\x00\x01":          "not a JSON object",
	} {
		f, err := ReadFile("x", []byte(src), Date{})
		if f != nil || err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.30q: %v, want %q", src, err, want)
		}
	}
	if _, err := ReadFile("x", []byte("\ufeff{"+entry+"}"), Date{}); err != nil {
		t.Errorf("a byte order mark: %v", err)
	}
	padded := "{" + entry + strings.Repeat(" ", 2<<20) + "}"
	if f, err := ReadFile("x", []byte(padded), Date{}); err != nil || f.Models() != 1 {
		t.Errorf("2 MB: %v", err)
	}
}

func TestWith(t *testing.T) {
	first := file(t, `{
		"gpt-4o": {"input_cost_per_token": 2e-6, "output_cost_per_token": 8e-6, "max_output_tokens": 9999, "litellm_provider": "openai"},
		"gpt-4o-2024-05-13": {"input_cost_per_token": 5e-6, "output_cost_per_token": 15e-6, "litellm_provider": "openai"},
		"gpt-4o-2024-08-06": {"input_cost_per_token": 2e-6, "output_cost_per_token": 8e-6, "litellm_provider": "openai"},
		"gpt-4o-2024-11-20": {"input_cost_per_token": 3e-6, "output_cost_per_token": 8e-6, "litellm_provider": "openai"},
		"gemini/gemini-2.5-pro": {"input_cost_per_token": 1.1e-6, "output_cost_per_token": 9e-6},
		"gemini-2.5-pro": {"input_cost_per_token": 1.3e-6, "output_cost_per_token": 9e-6, "litellm_provider": "vertex_ai-language-models"},
		"gemini-4-argon": {"input_cost_per_token": 1e-6, "output_cost_per_token": 9e-6},
		"deepseek/deepseek-x": {"input_cost_per_token": 3e-7, "output_cost_per_token": 9e-7, "deprecation_date": "2027-01-01"},
		"mistral-y": {"input_cost_per_token": 4e-7, "output_cost_per_token": 9e-7, "litellm_provider": "mistral"},
		"azure/gpt-4o": {"input_cost_per_token": 6e-6, "output_cost_per_token": 9e-6},
		"xai/grok-4.3": {"input_cost_per_token": 7e-6, "output_cost_per_token": 9e-6}
	}`)
	second := file(t, `{"mistral-y": {"input_cost_per_token": 5e-7, "output_cost_per_token": 9e-7, "litellm_provider": "mistral"}, "anthropic/claude-opus-5": {"input_cost_per_token": 1e-6, "output_cost_per_token": 2e-6}}`)
	table := Builtin().With(first, second)
	for id, want := range map[string]struct {
		id    string
		input float64
	}{
		"gpt-4o":                    {"gpt-4o", 2},
		"openai/gpt-4o":             {"gpt-4o", 2},
		"gpt-4o-2024-08-06":         {"gpt-4o", 2}, // the same price: the same row
		"gpt-4o-2024-11-20":         {"gpt-4o-2024-11-20", 3},
		"openai:gpt-4o-2024-11-20":  {"gpt-4o-2024-11-20", 3},
		"gpt-4o-2024-05-13":         {"gpt-4o-2024-05-13", 5},
		"openai/gpt-4o-2024-05-13":  {"gpt-4o-2024-05-13", 5},
		"gemini-2.5-pro":            {"gemini-2.5-pro", 1.1},
		"google-gla:gemini-2.5-pro": {"gemini-2.5-pro", 1.1},
		"deepseek/deepseek-x":       {"deepseek/deepseek-x", 0.3},
		"deepseek:deepseek-x":       {"deepseek/deepseek-x", 0.3},
		"deepseek-x":                {"", 0},
		"mistral-y":                 {"mistral-y", 0.5},
		"mistral:mistral-y":         {"mistral-y", 0.5},
		"azure/gpt-4o":              {"azure/gpt-4o", 6},
		"xai/grok-4.3":              {"xai/grok-4.3", 7},
		"xai:grok-4.3":              {"xai/grok-4.3", 7},
		"grok-4.3":                  {"grok-4.3", 1.25}, // catwalk's
		"claude-opus-5":             {"claude-opus-5", 1},
		"anthropic:claude-opus-5":   {"claude-opus-5", 1},
		"claude-opus-5-5":           {"claude-opus-5-5", 4},
		"gpt-4o-mini":               {"gpt-4o-mini", 0.15},
		"openrouter/openai/gpt-4o":  {"openai/gpt-4o", 2.5},
	} {
		m, ok := table.Lookup(id)
		if ok != (want.id != "") || ok && (m.ID != want.id || m.Input != want.input) {
			t.Errorf("Lookup(%q) = %+v, want %+v", id, m, want)
		}
	}
	m, _ := table.Lookup("gpt-4o")
	old, _ := Builtin().Lookup("gpt-4o")
	if m.Retires != old.Retires || m.Replacement != old.Replacement || m.Tokenizer != old.Tokenizer || m.Cheaper != old.Cheaper || m.BatchFactor != old.BatchFactor {
		t.Errorf("facts of the table are lost: %+v", m)
	}
	if m.Source != "mine.json" || m.AsOf.String() != "2026-11-20" || m.MaxOutput != 9999 || m.CacheRead != old.CacheRead*2/2.5 {
		t.Errorf("override: %+v", m)
	}
	if old.Input != 2.5 || old.Source == "mine.json" {
		t.Errorf("the built-in table was changed: %+v", old)
	}
	if m, _ = table.Lookup("gemini-4-argon"); len(m.Changes) != 0 || m.PriceAt(day("2027-01-01")).Input != 1 {
		t.Errorf("an announced price of another seller: %+v", m)
	}
	if m, _ = table.Lookup("deepseek/deepseek-x"); m.Provider != "deepseek" || m.BatchFactor != 1 || !m.Retires.IsZero() || m.Tokenizer != OtherTokenizer {
		t.Errorf("a new model: %+v", m)
	}
	for i := range table.Models {
		m := &table.Models[i]
		if found, ok := table.Lookup(m.ID); !ok || found != m {
			t.Errorf("%s is not found as its own row", m.ID)
		}
	}
	if n := testing.AllocsPerRun(100, func() { table.Lookup("mistral:mistral-y"); table.Lookup("openai/gpt-4o") }); n != 0 {
		t.Errorf("Lookup allocates %v times", n)
	}
	if again := table.With(); again.AsOf != table.AsOf {
		t.Error("no files")
	} else if m, ok := again.Lookup("mistral:mistral-y"); !ok || m.Input != 0.5 {
		t.Error("models of former files are lost")
	}
}

func FuzzReadFile(f *testing.F) {
	f.Add([]byte(`{"a": {"input_cost_per_token": 1e-6, "output_cost_per_token": 1e-5, "input_cost_per_token_above_200k_tokens": 2e-6}}`))
	f.Add([]byte(`{"gemini/gemini-2.5-pro": {"input_cost_per_token": 1e-6, "output_cost_per_token": "x"}, "b":`))
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := ReadFile("x", data, Date{})
		if err != nil {
			return
		}
		table := Builtin().With(file)
		for _, r := range file.rows {
			m, ok := table.Lookup(r.id)
			if !ok || !plausible(m.Input) || m.Output != 0 && !plausible(m.Output) || m.CacheRead < 0 || m.Tier != nil && (m.Tier.Above <= 0 || m.Tier.Input < 1) {
				t.Errorf("%q: %+v", r.id, m)
			}
		}
	})
}
