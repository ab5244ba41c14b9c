package pricing

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"strconv"
)

// Limits of a price file. LiteLLM's own has 1.6 MB and 3,000 models.
const (
	MaxFileSize = 16 << 20 // bytes
	maxRows     = 20_000
	maxIDLength = 256 // bytes
)

// File is the rows of a price file in LiteLLM's format that can be used.
type File struct {
	Name    string // for people
	AsOf    Date   // the day of the file
	Dropped int    // entries without plausible prices for text, among them those for images and sound

	rows []row
}

// Models is how many rows there are.
func (f *File) Models() int { return len(f.rows) }

// row is one entry. What the file does not say is 0.
type row struct {
	id       string
	provider Provider
	price    Price
	tier     *Tier
	batch    float64 // factor
	context  int
	output   int // the longest answer
	embeds   bool
}

// ReadFile decodes a price file entry by entry, so that one bad entry costs only itself: the
// file that all use has strings in fields for numbers. A file that is cut off, is no JSON
// object or has no usable row at all is refused as a whole.
func ReadFile(name string, data []byte, asOf Date) (*File, error) {
	if len(data) > MaxFileSize {
		return nil, fmt.Errorf("it is larger than %d MB", MaxFileSize>>20)
	}
	f := &File{Name: name, AsOf: asOf}
	d := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, errors.New("it is not a JSON object of models")
	}
	for d.More() {
		key, err := d.Token()
		var entry json.RawMessage
		if err == nil {
			err = d.Decode(&entry)
		}
		if err != nil {
			return nil, fmt.Errorf("it is broken or cut off at byte %d", d.InputOffset())
		}
		id, _ := key.(string)
		if id == "sample_spec" { // LiteLLM's own documentation of the format
			continue
		}
		r, ok := readRow(id, entry)
		if !ok {
			if f.Dropped++; f.Dropped > maxRows {
				return nil, fmt.Errorf("more than %d of its entries have no usable price", maxRows)
			}
			continue
		}
		if f.rows = append(f.rows, r); len(f.rows) > maxRows {
			return nil, fmt.Errorf("it has more than %d models", maxRows)
		}
	}
	if _, err := d.Token(); err != nil {
		return nil, fmt.Errorf("it is cut off at byte %d", d.InputOffset())
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("something follows the models at byte %d", d.InputOffset())
	}
	if len(f.rows) == 0 {
		return nil, errors.New("it has no model with input_cost_per_token and output_cost_per_token")
	}
	return f, nil
}

// textModes are the kinds of models that are billed by tokens of text; "" is what users
// write themselves.
var textModes = map[string]bool{"": true, "chat": true, "completion": true, "responses": true, "embedding": true}

func readRow(id string, entry json.RawMessage) (row, bool) {
	var fields fields
	if id == "" || len(id) > maxIDLength || json.Unmarshal(entry, &fields) != nil {
		return row{}, false
	}
	mode := fields.text("mode")
	r := row{id: id, embeds: mode == "embedding", provider: providerOf(id, fields.text("litellm_provider"))}
	r.price.Input = fields.price("input_cost_per_token")
	r.price.Output = fields.price("output_cost_per_token")
	r.price.CacheRead = fields.price("cache_read_input_token_cost")
	r.price.CacheWrite = fields.price("cache_creation_input_token_cost")
	if r.embeds {
		r.price.Output = 0
	}
	if !textModes[mode] || !plausible(r.price.Input) || !r.embeds && !plausible(r.price.Output) {
		return row{}, false
	}
	for _, cache := range []*float64{&r.price.CacheRead, &r.price.CacheWrite} {
		if !plausible(*cache) {
			*cache = 0
		}
	}
	if batch := fields.price("input_cost_per_token_batches"); batch > 0 && batch <= r.price.Input {
		r.batch = batch / r.price.Input
	}
	r.context, r.output = fields.count("max_input_tokens"), fields.count("max_output_tokens")
	if r.context == 0 {
		r.context = fields.count("max_tokens")
	}
	r.tier = fields.tier(r.price)
	return r, true
}

// fields are an entry's fields. Those of a wrong type are as absent.
type fields map[string]json.RawMessage

func (f fields) number(name string) float64 {
	var v float64
	if json.Unmarshal(f[name], &v) != nil {
		return 0
	}
	return v
}

// price is USD per 1M tokens, 0 where there is none or it makes no sense.
func (f fields) price(name string) float64 {
	v := math.Round(f.number(name)*1e6*1e9) / 1e9 // 2.5e-06*1e6 is not quite 2.5
	if !(v > 0) || v > 1e9 {
		return 0
	}
	return v
}

func (f fields) count(name string) int {
	if v := f.number(name); v >= 1 && v <= 1e9 && v == math.Trunc(v) {
		return int(v)
	}
	return 0
}

func (f fields) text(name string) string {
	var s string
	_ = json.Unmarshal(f[name], &s)
	return s
}

var tierField = regexp.MustCompile(`^input_cost_per_token_above_(\d{1,5})k_tokens$`)

// tier is the price step. Where there are several, it begins with the first and has the
// factors of the dearest: a bound must hold.
func (f fields) tier(base Price) *Tier {
	var t *Tier
	for field := range f {
		m := tierField.FindStringSubmatch(field)
		if m == nil {
			continue
		}
		above, _ := strconv.Atoi(m[1])
		factor := func(what string, base float64) float64 {
			p := f.price(what + "_above_" + m[1] + "k_tokens")
			if !plausible(p) || base <= 0 {
				return 1
			}
			return max(1, math.Round(p/base*1e6)/1e6)
		}
		if t == nil {
			t = &Tier{Above: above * 1000, Input: 1, Cache: 1, Output: 1}
		}
		t.Above = min(t.Above, above*1000)
		t.Input = max(t.Input, factor("input_cost_per_token", base.Input))
		t.Output = max(t.Output, factor("output_cost_per_token", base.Output))
		t.Cache = max(t.Cache, factor("cache_read_input_token_cost", base.CacheRead), factor("cache_creation_input_token_cost", base.CacheWrite))
	}
	if t == nil || t.Above == 0 || t.Input == 1 && t.Output == 1 && t.Cache == 1 {
		return nil
	}
	return t
}

// providerOf is who sells a row: what its id's prefix says, else what LiteLLM calls them.
func providerOf(id, litellm string) Provider {
	if p, _ := splitProvider(id); p != "" {
		return p
	}
	if p, _ := splitProvider(litellm + "/"); p != "" {
		return p
	}
	return Provider(litellm)
}
