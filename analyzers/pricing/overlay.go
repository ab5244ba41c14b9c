package pricing

import (
	"maps"
	"slices"
)

// With is t with price files on top, the later ones winning. What a file does not know of a
// model of t (when it retires, what replaces it, how it counts tokens) stays.
func (t *Table) With(files ...*File) *Table {
	n := &Table{AsOf: t.AsOf, Models: slices.Clone(t.Models), byID: map[string]*Model{}, byName: maps.Clone(t.byName), apart: maps.Clone(t.apart), wider: t.wider}
	if n.byName == nil {
		n.byName = map[name]*Model{}
	}
	for id, m := range t.byID {
		n.byID[id] = m
	}
	for i := range n.Models {
		m := &n.Models[i]
		for _, id := range append([]string{m.ID}, m.Aliases...) {
			n.byID[id] = m
		}
	}
	for _, f := range files {
		n.lay(f)
	}
	return n
}

// lay puts one file on top. Rows that name a model of the table come first, and of those the
// ones that say whose it is come last: gemini-2.5-pro is Vertex AI's in LiteLLM's own file,
// gemini/gemini-2.5-pro Google's. What is left are snapshots, other platforms and new models.
func (t *Table) lay(f *File) {
	var prefixed, others []*row
	for i := range f.rows {
		r := &f.rows[i]
		switch m := t.named(r); {
		case m == nil:
			others = append(others, r)
		case m.ID == r.id:
			override(m, r, f)
		default:
			prefixed = append(prefixed, r)
		}
	}
	for _, r := range prefixed {
		override(t.named(r), r, f)
	}
	for _, r := range others {
		t.add(r, f)
	}
}

// named is the model of the table whose own id r has, with or without its provider's prefix.
func (t *Table) named(r *row) *Model {
	provider, id := splitProvider(r.id)
	m := t.byID[id]
	if m == nil || m.ID != id || provider != "" && m.Provider != provider || !t.has(m) {
		return nil
	}
	return m
}

// has reports whether m is one of t.Models, which alone may be changed while t is made.
func (t *Table) has(m *Model) bool {
	for i := range t.Models {
		if &t.Models[i] == m {
			return true
		}
	}
	return false
}

// override gives a model of the table a file's prices.
func override(m *Model, r *row, f *File) {
	old := m.Price
	m.Price, m.Changes = r.price, nil // an announced price is another seller's
	if m.CacheRead == 0 {
		m.CacheRead = old.CacheRead * m.Input / old.Input
	}
	if m.CacheWrite == 0 {
		m.CacheWrite = old.CacheWrite * m.Input / old.Input
	}
	if r.tier != nil {
		m.Tier = r.tier
	}
	if r.batch > 0 {
		m.BatchFactor = r.batch
	}
	if r.context > 0 {
		m.Context = r.context
	}
	if r.output > 0 {
		m.MaxOutput = r.output
	}
	m.Source, m.AsOf = f.Name, f.AsOf
}

// add takes in a row that is no row of the table: a snapshot with a price of its own, another
// platform, another provider. The format's retirement dates are not taken: some are wrong.
func (t *Table) add(r *row, f *File) {
	provider, id := splitProvider(r.id)
	m := &Model{ID: r.id, Provider: r.provider, Price: r.price, BatchFactor: 1, Tokenizer: tokenizerOf(r.id, t), Status: "active"}
	if own := t.own(provider, id); own != nil && t.has(own) {
		if same(own.Price, r.price) {
			t.byID[r.id] = own
			return
		}
		*m = *own
		m.ID, m.Aliases = id, nil
	}
	override(m, r, f)
	t.byID[r.id] = m
	if provider == "" {
		provider = r.provider
	}
	t.byName[name{provider, id}] = m
}
