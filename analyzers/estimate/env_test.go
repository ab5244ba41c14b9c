package estimate

import (
	"strings"
	"testing"

	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/parser/text"
)

func TestModelOfTheHouse(t *testing.T) {
	const models = `
[cost.models."internal/chat"]
alias = "gpt-4o-2024-08-06"
discount = 0.2
[cost.models."gpt-6-luna"]
discount = 0.5
[cost.models."odd"]
alias = "nowhere"
[cost.models."moved"]
alias = "gpt-6-luna"
`
	for name, test := range map[string]struct {
		config, id string
		want       string  // the model's id; "" for none
		input      float64 // share of the list price
		says       string
	}{
		"plain":                 {"", "gpt-4o", "gpt-4o", 1, ""},
		"unknown":               {"", "internal/chat", "", 0, ""},
		"alias and discount":    {models, "internal/chat", "gpt-4o", 0.8, "internal/chat stands for gpt-4o; 20 % off the prices of internal/chat"},
		"discount":              {models, "gpt-6-luna", "gpt-6-luna", 0.5, "50 % off the prices of gpt-6-luna"},
		"behind a gateway":      {models, "openai/gpt-6-luna", "gpt-6-luna", 0.5, "50 % off the prices of gpt-6-luna"},
		"alias without a price": {models, "odd", "", 0, ""},
		"its own section":       {models, "moved", "gpt-6-luna", 1, "moved stands for gpt-6-luna"},
		"another model":         {models, "gpt-4o", "gpt-4o", 1, ""},
		"assumed":               {"cost.unknown_model = 'assume:gpt-4o'", "mystery", "gpt-4o", 1, "model not known: priced as gpt-4o"},
		"assumed for none":      {"cost.unknown_model = 'assume:gpt-4o'", "", "gpt-4o", 1, "model not known: priced as gpt-4o"},
		"assumed with discount": {"cost.unknown_model = 'assume:gpt-6-luna'\n" + models, "mystery", "gpt-6-luna", 0.5, "model not known: priced as gpt-6-luna; 50 % off the prices of gpt-6-luna"},
		"assumed, not known":    {"cost.unknown_model = 'assume:mystery'", "other", "", 0, ""},
		"known, not assumed":    {"cost.unknown_model = 'assume:gpt-6-luna'", "gpt-4o", "gpt-4o", 1, ""},
		"shown":                 {"cost.unknown_model = 'show'", "mystery", "", 0, ""},
	} {
		cfg, problems := config.Parse("qodacode.toml", text.New(test.config))
		if problems != nil {
			t.Fatalf("%s: %v", name, problems)
		}
		e := Env{Prices: pricing.Builtin(), Config: cfg}
		m, ok := e.Model(test.id)
		if ok != (test.want != "") || ok && m.ID != test.want {
			t.Errorf("%s: %+v, %v", name, m, ok)
			continue
		}
		var says []string
		for _, a := range e.ModelAssumptions(test.id) {
			says = append(says, a.Text)
		}
		if got := strings.Join(says, "; "); got != test.says {
			t.Errorf("%s: says %q, want %q", name, got, test.says)
		}
		if !ok {
			continue
		}
		list, _ := pricing.Builtin().Lookup(test.want)
		if want := list.Input * test.input; m.Input != want {
			t.Errorf("%s: input %v, want %v", name, m.Input, want)
		}
		if again, _ := e.Model(test.id); again != m {
			t.Errorf("%s: another pointer each time", name)
		}
	}
	if _, ok := (Env{Prices: pricing.Builtin()}).Model("gpt-4o"); !ok {
		t.Error("no configuration: the defaults")
	}
}

func TestUnpriced(t *testing.T) {
	e := Env{Prices: pricing.Builtin()}
	if got := e.Unpriced("mystery"); got != "this id is not in the price table as of 2026-11-22" {
		t.Error(got)
	}
}
