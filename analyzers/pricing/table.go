// Package pricing knows what models cost, how much they hold and when they retire.
//
// models.json is the built-in table. Its prices are those of the providers' pages on its
// as_of date, in USD per 1M tokens.
package pricing

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"time"
)

//go:embed models.json
var modelsJSON []byte

// Table is an immutable set of models.
type Table struct {
	// AsOf is the day on which the prices of Models were true, those of price files apart.
	AsOf Date
	// Models are in the table's order: by provider, newest first. What Lookup knows besides
	// them, from price files and from catwalk, is not among them.
	Models []Model

	byID   map[string]*Model
	byName map[name]*Model // of price files
	apart  map[string]bool
	wider  func() *breadth // nil: none
	// discounted are the models of Discounted.
	discounted sync.Map
}

// name is an id as one provider has it.
type name struct {
	provider Provider
	id       string
}

// Builtin is the table that the binary carries. It is decoded at the first use, which takes
// less than 1 ms, and shared. The models of catwalk take 8 ms more when an id is first looked
// up that the table does not have, see Warm.
var Builtin = sync.OnceValue(func() *Table {
	t := decoded()
	t.wider = catwalkModels
	return t
})

var decoded = sync.OnceValue(func() *Table {
	t, err := Decode(modelsJSON)
	if err != nil {
		panic("pricing: built-in models.json: " + err.Error()) // a test decodes it
	}
	return t
})

// Warm does what the first lookups and counts would otherwise wait for, about 60 ms. It may
// run beside anything else.
func Warm() {
	Builtin()
	catwalkModels()
	codec200k()
}

// Decode reads a table in the format of models.json. It refuses ids that are there twice.
func Decode(data []byte) (*Table, error) {
	var file struct {
		AsOf        Date     `json:"as_of"`
		PricedApart []string `json:"priced_apart"`
		Models      []Model  `json:"models"`
	}
	if err := json.Unmarshal(data, &file); err != nil {
		return nil, err
	}
	t := &Table{AsOf: file.AsOf, Models: file.Models, byID: make(map[string]*Model, 2*len(file.Models)), apart: map[string]bool{}}
	for i := range t.Models {
		m := &t.Models[i]
		m.Source, m.AsOf = "providers' price pages", file.AsOf
		for _, id := range append([]string{m.ID}, m.Aliases...) {
			if t.byID[id] != nil {
				return nil, fmt.Errorf("%s is in the table twice", id)
			}
			t.byID[id] = m
		}
	}
	for _, id := range file.PricedApart {
		t.apart[id] = true
	}
	return t, nil
}

// snapshots are the forms in which providers append the date of a snapshot to a model's id.
var snapshots = map[Provider]string{
	OpenAI:    "-2006-01-02", // gpt-4o-2024-08-06
	Anthropic: "-20060102",   // claude-sonnet-4-5-20250929
}

// Lookup finds the model with an id: one of a price file; a row's id or declared alias, either
// of them with the prefix of a gateway, or followed by a snapshot's date; a model of another
// provider with that provider's prefix; or an id that all who sell it sell at one price. It
// never matches by prefix: claude-opus-5 begins claude-opus-5-5. It does not allocate, but
// see Builtin.
func (t *Table) Lookup(id string) (*Model, bool) {
	if id == "" {
		return nil, false
	}
	if m, ok := t.byID[id]; ok {
		return m, true
	}
	provider, of := splitProvider(id)
	if m := t.own(provider, of); m != nil {
		return m, true
	}
	if m, ok := t.byName[name{provider, of}]; ok {
		return m, true
	}
	if t.wider == nil {
		return nil, false
	}
	m := t.wider().lookup(id, name{provider, of})
	return m, m != nil
}

// own is the row of Models for an id; provider is "" for an id without a prefix.
func (t *Table) own(provider Provider, id string) *Model {
	m := t.byID[id]
	if m == nil && !t.apart[id] {
		m = t.snapshot(id)
	}
	if m == nil || provider != "" && m.Provider != provider {
		return nil
	}
	return m
}

// Unpriced tells why Lookup does not find an id, as a clause for people.
func (t *Table) Unpriced(id string) string {
	if t.wider != nil {
		provider, of := splitProvider(id)
		if reason := t.wider().reason(id, name{provider, of}); reason != "" {
			return reason
		}
	}
	return "this id is not in the price table as of " + t.AsOf.String()
}

// Discounted is m with every price lowered by a share of it, 0 to below 1. The same model and
// share give the same pointer.
func (t *Table) Discounted(m *Model, share float64) *Model {
	if share <= 0 {
		return m
	}
	type key struct {
		m     *Model
		share float64
	}
	if known, ok := t.discounted.Load(key{m, share}); ok {
		return known.(*Model)
	}
	lower := *m
	lower.Price = m.Price.times(1 - share)
	lower.Changes = slices.Clone(m.Changes)
	for i := range lower.Changes {
		lower.Changes[i].Price = lower.Changes[i].Price.times(1 - share)
	}
	known, _ := t.discounted.LoadOrStore(key{m, share}, &lower)
	return known.(*Model)
}

func (p Price) times(by float64) Price {
	return Price{p.Input * by, p.Output * by, p.CacheRead * by, p.CacheWrite * by}
}

func (t *Table) snapshot(name string) *Model {
	for provider, layout := range snapshots {
		cut := len(name) - len(layout)
		if cut <= 0 {
			continue
		}
		m := t.byID[name[:cut]]
		if m == nil || m.Provider != provider || m.ID != name[:cut] {
			continue
		}
		if _, err := time.Parse(layout, name[cut:]); err == nil {
			return m
		}
	}
	return nil
}
