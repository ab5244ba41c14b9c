package pricing

import (
	"os"
	"strings"
	"testing"

	"charm.land/catwalk/pkg/catwalk"
	"charm.land/catwalk/pkg/embedded"
)

func TestBreadth(t *testing.T) {
	b := catwalkModels()
	if b.rows < 1500 || len(b.models) < 1350 {
		t.Errorf("%d rows, %d with a price", b.rows, len(b.models))
	}
	for i := range b.models {
		m := &b.models[i]
		if !plausible(m.Input) || !plausible(m.Output) || m.BatchFactor != 1 || m.Source == "" || m.AsOf.IsZero() || !m.Retires.IsZero() {
			t.Errorf("%+v", m)
		}
		if _, ok := factors[m.Tokenizer]; !ok {
			t.Errorf("%s: tokenizer %q", m.ID, m.Tokenizer)
		}
	}
	mod, err := os.ReadFile("../../go.mod")
	if err != nil || !strings.Contains(string(mod), "charm.land/"+catwalkSource+"\n") {
		t.Errorf("go.mod has another version than %s; its day must be set with it (%v)", catwalkSource, err)
	}
}

// The rows are real ones of the library; what a price is then is not the point.
func TestLookupOfOtherProviders(t *testing.T) {
	for id, want := range map[string]struct {
		provider Provider
		id       string
		input    float64
	}{
		"vertex_ai/gemini-2.5-pro":                  {"vertexai", "gemini-2.5-pro", 1.25},
		"google-vertex:gemini-2.5-pro":              {"vertexai", "gemini-2.5-pro", 1.25},
		"openrouter/openai/gpt-4o":                  {"openrouter", "openai/gpt-4o", 2.5},
		"openrouter:openai/gpt-4o":                  {"openrouter", "openai/gpt-4o", 2.5},
		"bedrock/us.anthropic.claude-sonnet-5":      {"bedrock", "us.anthropic.claude-sonnet-5", 3},
		"bedrock/converse/eu.anthropic.claude-none": {},
		"us.anthropic.claude-sonnet-5":              {"bedrock", "us.anthropic.claude-sonnet-5", 3},
		"xai/grok-4.3":                              {"xai", "grok-4.3", 1.25},
		"grok:grok-4.3":                             {"xai", "grok-4.3", 1.25},
		"grok-4.3":                                  {"xai", "grok-4.3", 1.25}, // resold at other prices
		"deepseek/deepseek-v4-flash":                {"deepseek", "deepseek-v4-flash", 0.14},
		"deepseek-v4-flash":                         {"deepseek", "deepseek-v4-flash", 0.14},
		"gpt-5.2-codex":                             {OpenAI, "gpt-5.2-codex", 1.75},
		"openai/gpt-5.2-codex":                      {OpenAI, "gpt-5.2-codex", 1.75},
		"claude-opus-5":                             {Anthropic, "claude-opus-5", 5}, // our own row
		"deepseek/deepseek-chat":                    {},                              // only a marketplace has an id of that look
		"llama-3.3-70b-instruct":                    {},                              // at several prices
		"gpt-5.2-code":                              {},                              // no prefixes
		"azure/gpt-5":                               {},                              // the name of a deployment
		"groq/grok-4.3":                             {},                              // not that provider's
		"k3":                                        {},                              // a subscription
		"auto":                                      {},                              // of one reseller
		"z-ai/glm-5.3":                              {"openrouter", "z-ai/glm-5.3", 1.4},
	} {
		m, ok := Builtin().Lookup(id)
		if ok != (want.id != "") || ok && (m.Provider != want.provider || m.ID != want.id || m.Input != want.input) {
			t.Errorf("Lookup(%q) = %+v, want %+v", id, m, want)
		}
	}
	for id, want := range map[string]string{
		"auto":                   "the price table has this id of a reseller only, and the code does not tell that it calls that one",
		"llama-3.3-70b-instruct": "providers sell this id at different prices, and the code does not tell which one it calls",
		"k3":                     "no price is published for this id",
		"mystery":                "this id is not in the price table as of 2026-11-22",
	} {
		if got := Builtin().Unpriced(id); got != want {
			t.Errorf("Unpriced(%q) = %q", id, got)
		}
	}
}

func TestMeaningOfPlainIDs(t *testing.T) {
	sold := func(provider string, models ...catwalk.Model) catwalk.Provider {
		return catwalk.Provider{ID: catwalk.InferenceProvider(provider), Models: models}
	}
	row := func(id string, in, out float64) catwalk.Model {
		return catwalk.Model{ID: id, CostPer1MIn: in, CostPer1MOut: out}
	}
	providers := []catwalk.Provider{
		sold("a", row("one", 1, 2), row("agreed", 1, 2), row("split", 1, 2), row("made", 9, 9), row("xai/agreed", 1, 2), row("free", 0, 0), row("bad", -1, 2), row("half", 1, 0)),
		sold("xai", row("made", 3, 4)),
		sold("b", row("agreed", 1, 2), row("split", 1, 3), row("made", 8, 8), row("xai/agreed", 1, 2), row("deepseek/x", 1, 1)),
		sold("c", row("split", 1, 2)),
		sold("openrouter", row("theirs", 5, 6)),
	}
	for range 2 {
		b := newBreadth(providers, decoded())
		for id, want := range map[string]float64{"one": 0, "theirs": 5, "agreed": 1, "split": 0, "made": 3, "xai/agreed": 1, "deepseek/x": 0, "free": 0, "bad": 0, "half": 0} {
			provider, of := splitProvider(id)
			m := b.lookup(id, name{provider, of})
			if (m != nil) != (want > 0) || m != nil && m.Input != want {
				t.Errorf("%s: %+v, want %v", id, m, want)
			}
			if provider, of = splitProvider("xai:" + id); (b.lookup("xai:"+id, name{provider, of}) != nil) != (id == "made") {
				t.Errorf("xai:%s", id)
			}
		}
		providers[0], providers[3] = providers[3], providers[0] // whatever the order
	}
}

func TestTokenizerOf(t *testing.T) {
	for id, want := range map[string]string{
		"us.anthropic.claude-sonnet-4-5-20250929-v1:0": "claude-old", "anthropic/claude-opus-5.5": "claude-new", "claude-next": "claude-new",
		"google/gemini-2.5-pro": "gemini", "openai/gpt-5-mini": "o200k", "openai/o3": "o200k", "openai/gpt-oss-120b": "o200k", "kimi-k3": OtherTokenizer, "": OtherTokenizer,
	} {
		if got := tokenizerOf(id, Builtin()); got != want {
			t.Errorf("%s: %s, want %s", id, got, want)
		}
	}
}

func TestDiscounted(t *testing.T) {
	table := Builtin()
	m, _ := table.Lookup("gemini-4-argon") // has an announced price
	half := table.Discounted(m, 0.5)
	if half.Input != m.Input/2 || half.Changes[0].Output != m.Changes[0].Output/2 || m.Changes[0].Output != 20 {
		t.Errorf("%+v of %+v", half, m)
	}
	if table.Discounted(m, 0.5) != half || table.Discounted(m, 0) != m {
		t.Error("another pointer")
	}
}

func BenchmarkCatwalk(b *testing.B) {
	for b.Loop() {
		providers := embedded.GetAll()
		newBreadth(providers, decoded())
	}
}
