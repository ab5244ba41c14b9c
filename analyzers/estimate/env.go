package estimate

import (
	"fmt"
	"strings"
	"time"

	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/config"
)

// Env is what estimates rest on besides the code.
type Env struct {
	Prices *pricing.Table
	Config *config.Config // nil: the defaults
	Now    time.Time
	// Program follows names of prompts into other files; nil: only the file itself is read.
	Program llm.Program
}

// Model is the model that an id, as it is written in code, stands for, at the price that the
// configuration says is paid for it; false where its price is not known. An id that is not
// known, "" among them, is another model where cost.unknown_model says so.
func (e Env) Model(id string) (*pricing.Model, bool) {
	if m, ok := e.known(id); ok {
		return m, true
	}
	if assumed, ok := e.assumed(); ok {
		return e.known(assumed)
	}
	return nil, false
}

// ModelAssumptions are what Model(id) rests on beyond the code and the price table.
func (e Env) ModelAssumptions(id string) []Assumption {
	if e.Config == nil {
		return nil
	}
	var out []Assumption
	m, known := e.known(id)
	if !known {
		assumed, ok := e.assumed()
		if !ok {
			return nil
		}
		if m, ok = e.known(assumed); !ok {
			return nil
		}
		out = append(out, Assumption{Text: "model not known: priced as " + m.ID, Key: "cost.unknown_model"})
		id = assumed
	}
	key, house := e.house(id, m)
	if house.Alias != "" {
		out = append(out, Assumption{Text: id + " stands for " + m.ID, Key: "cost.models"})
	}
	if house.Discount > 0 {
		out = append(out, Assumption{Text: fmt.Sprintf("%.4g %% off the prices of %s", 100*house.Discount, key), Key: "cost.models"})
	}
	return out
}

// Unpriced tells why Model does not know an id, as a clause for people.
func (e Env) Unpriced(id string) string { return e.Prices.Unpriced(id) }

func (e Env) assumed() (id string, ok bool) {
	if e.Config == nil {
		return "", false
	}
	return strings.CutPrefix(e.Config.Cost.UnknownModel, "assume:")
}

// known is the model of an id without a guess.
func (e Env) known(id string) (*pricing.Model, bool) {
	if e.Config == nil || len(e.Config.Cost.Models) == 0 {
		return e.Prices.Lookup(id)
	}
	meant := id
	if house, ok := e.Config.Cost.Models[id]; ok && house.Alias != "" {
		meant = house.Alias
	}
	m, ok := e.Prices.Lookup(meant)
	if !ok {
		return nil, false
	}
	_, house := e.house(id, m)
	return e.Prices.Discounted(m, house.Discount), true
}

// house is what [cost.models] says of an id that means m: its own section, else a discount
// of the section with m's own id.
func (e Env) house(id string, m *pricing.Model) (key string, house config.CostModel) {
	if house, ok := e.Config.Cost.Models[id]; ok {
		return id, house
	}
	if house, ok := e.Config.Cost.Models[m.ID]; ok && house.Alias == "" {
		return m.ID, house
	}
	return "", config.CostModel{}
}
