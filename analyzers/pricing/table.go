// Package pricing knows what models cost, how much they hold and when they retire.
//
// models.json is the built-in table. Its prices are those of the providers' pages on its
// as_of date, in USD per 1M tokens.
package pricing

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"time"
)

//go:embed models.json
var modelsJSON []byte

// Table is an immutable set of models.
type Table struct {
	// AsOf is the day on which the prices were true.
	AsOf Date
	// Models are in the table's order: by provider, newest first.
	Models []Model

	byID  map[string]*Model
	apart map[string]bool
}

// Builtin is the table that the binary carries. It is decoded at the first use, which takes
// less than 1 ms, and shared.
var Builtin = sync.OnceValue(func() *Table {
	t, err := Decode(modelsJSON)
	if err != nil {
		panic("pricing: built-in models.json: " + err.Error()) // a test decodes it
	}
	return t
})

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

// gateways are the prefixes with which client libraries (LiteLLM, LangChain, pydantic-ai,
// the AI SDK's gateway, Google's own resource names) name a provider's own models. Prefixes
// of other platforms (azure/, bedrock/, vertex_ai/, openrouter/) are left out on purpose:
// their prices and dates are not the provider's.
var gateways = map[string]Provider{
	"openai/": OpenAI, "openai:": OpenAI, "openai-chat:": OpenAI, "openai-responses:": OpenAI,
	"anthropic/": Anthropic, "anthropic:": Anthropic,
	"gemini/": Google, "google/": Google, "models/": Google, "google-gla:": Google, "google_genai:": Google,
}

// snapshots are the forms in which providers append the date of a snapshot to a model's id.
var snapshots = map[Provider]string{
	OpenAI:    "-2006-01-02", // gpt-4o-2024-08-06
	Anthropic: "-20060102",   // claude-sonnet-4-5-20250929
}

// Lookup finds the model with an id: a row's id or declared alias, either of them with the
// prefix of a gateway, or followed by a snapshot's date. It never matches by prefix:
// claude-opus-5 begins claude-opus-5-5. It does not allocate.
func (t *Table) Lookup(id string) (*Model, bool) {
	if m, ok := t.byID[id]; ok {
		return m, true
	}
	_, name := SplitGateway(id)
	m := t.byID[name]
	if m == nil && !t.apart[name] {
		m = t.snapshot(name)
	}
	if m == nil || name != id && gateways[id[:len(id)-len(name)]] != m.Provider {
		return nil, false
	}
	return m, true
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

// SplitGateway cuts a known gateway prefix, with its separator, off a model id.
func SplitGateway(id string) (prefix, name string) {
	i := strings.IndexAny(id, "/:")
	if i < 0 {
		return "", id
	}
	if _, ok := gateways[id[:i+1]]; !ok {
		return "", id
	}
	return id[:i+1], id[i+1:]
}
