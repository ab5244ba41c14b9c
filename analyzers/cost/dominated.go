package cost

import (
	"fmt"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/qodacode/qodacode/analyzers/estimate"
	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
)

var dominatedModel = &rule{file: dominated, Rule: diagnostics.Rule{
	ID: "COST-018", Title: "Newer model of the family costs less", Family: "cost", Severity: diagnostics.Info, Since: "0.1.0", Languages: languages,
	Doc: `## What it does
Reports a model for which its provider has a newer version of the same family that costs less and in nothing more: neither for input nor for output, cached prompts, long prompts, or after price changes that are announced. It is reported once per place that names the model.

Where the newer version makes more tokens of the same text, its prices are compared with that reckoned in, so that a lower price per token alone is no reason. Models that retire soon are left to COST-008, and what other platforms charge is not known here.

## Why is this bad?
The older version is paid more for. Providers keep the former version at its former price for those who have tested with it, and the program pays that until somebody changes the id.

## Example
` + "```python" + `
client.messages.create(model="claude-opus-5", max_tokens=1000, messages=messages)
` + "```" + `
Use the newer version, after a look at the answers:
` + "```python" + `
client.messages.create(model="claude-opus-5-5", max_tokens=1000, messages=messages)
` + "```" + `
The code action "Replace …" writes the new id, and with it the arguments that the new model takes under another name or refuses. A model that is pinned on purpose is silenced with ` + "`# qodacode:ignore COST-018 -- reason`" + `.
`,
}}

// dominated reports models whose successors cost less, once per place that names one.
func dominated(p *pass) {
	successors := map[*pricing.Model]*pricing.Model{}
	for _, g := range p.named(func(m *pricing.Model) bool {
		days, dated := m.DaysLeft(p.Now)
		return !m.Embedding() && (!dated || days > noticeDays)
	}) {
		to, known := successors[g.model]
		if !known {
			to = p.successor(g.model)
			successors[g.model] = to
		}
		if to == nil {
			continue
		}
		fix := newSwap(p.Prices, g.model, g.calls[0].Site)
		prefix, _ := pricing.SplitGateway(fix.ID)
		fix.To, fix.New = to, prefix+to.ID
		now, was := to.PriceAt(p.Now), g.model.PriceAt(p.Now)
		message := fmt.Sprintf("%s costs less than %s, which it follows: %s instead of %s", to.ID, g.model.ID, now.Short(), was.Short())
		if now.Input == was.Input && now.Output == was.Output {
			message = fmt.Sprintf("%s costs less than %s, which it follows, for cached prompts: %s instead of %s /1M", to.ID, g.model.ID, pricing.USD(now.CacheRead), pricing.USD(was.CacheRead))
		}
		saving := 0.0
		for _, c := range g.calls {
			fix.Sites = append(fix.Sites, c.Site)
			fix.Input = max(fix.Input, c.Prompt.Input.Expected)
			if now, times := p.perRun(c); priced(c) && c.Site.Kind.Spends() {
				saving += now.Expected - p.With(c, to).Times(times).Expected
			}
		}
		if perMonth := saving * float64(p.settings().RunsPerMonth); perMonth >= 0.01 {
			fix.Saving = perMonth
			message += "; " + p.saves(perMonth)
		}
		p.Report(diagnostics.Finding{Rule: "COST-018", Span: p.Span(g.at), Message: message, Fix: fix, Related: p.usedBy(g)})
	}
}

// successor is the newest model of m's family that costs no more than m in anything and less
// in something; nil where there is none.
func (p *pass) successor(m *pricing.Model) *pricing.Model {
	family, version := lineage(m.ID)
	var best *pricing.Model
	var newest []int
	for _, o := range familiesOf(p.Prices).models[family] {
		if o.Provider != m.Provider || o.Model == m || o.Output > m.Output && o.Input > m.Input {
			continue
		}
		v := o.version
		if !newer(v, version) || best != nil && !newer(v, newest) {
			continue
		}
		if paid, ok := p.Model(o.ID); ok && paid.ID == o.ID && p.dominates(paid, m) {
			best, newest = paid, v
		}
	}
	return best
}

// families are the active models of a price table by their families.
type families struct {
	of     *pricing.Table
	models map[string][]relative
}

// relative is a model of a family.
type relative struct {
	*pricing.Model
	version []int
}

// lastFamilies are those of the table that was asked for last: there is hardly ever another one.
var lastFamilies atomic.Pointer[families]

func familiesOf(t *pricing.Table) *families {
	if known := lastFamilies.Load(); known != nil && known.of == t {
		return known
	}
	out := &families{t, map[string][]relative{}}
	for i := range t.Models {
		if m := &t.Models[i]; m.Status == "active" {
			family, version := lineage(m.ID)
			out.models[family] = append(out.models[family], relative{m, version})
		}
	}
	lastFamilies.Store(out)
	return out
}

// lineage splits a model's id in its family and its version: claude-opus-5-5 in claude-opus
// and 5, 5; gpt-5.6-sol in gpt-sol and 5, 6.
func lineage(id string) (family string, version []int) {
	for part := range strings.SplitSeq(id, "-") {
		numbers := []int{}
		for number := range strings.SplitSeq(part, ".") {
			n, err := strconv.Atoi(number)
			if err != nil || n < 0 {
				numbers = nil
				break
			}
			numbers = append(numbers, n)
		}
		if numbers == nil {
			family += "-" + part
		}
		version = append(version, numbers...)
	}
	return family, version
}

// newer compares versions; neither is empty where it is true.
func newer(a, b []int) bool {
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return a[i] > b[i]
		}
	}
	return len(a) > len(b)
}

// dominates reports whether one model costs at most as much as another in every column, and
// less in one, by the same text.
func (p *pass) dominates(m, old *pricing.Model) bool {
	if m.Context > 0 && m.Context < old.Context {
		return false
	}
	_, factor, _ := pricing.Factor(m.Tokenizer)
	_, former, _ := pricing.Factor(old.Tokenizer)
	more := factor / former
	was := old.PriceAt(p.Now)
	less := false
	prices := []pricing.Price{m.PriceAt(p.Now)}
	for _, change := range m.Changes {
		if change.From.DaysFrom(p.Now) > 0 {
			prices = append(prices, change.Price)
		}
	}
	if m.Tier != nil && (old.Tier == nil || old.Tier.Above > m.Tier.Above || old.Tier.Input < m.Tier.Input || old.Tier.Output < m.Tier.Output) {
		long := prices[0]
		long.Input, long.Output = long.Input*m.Tier.Input, long.Output*m.Tier.Output
		long.CacheRead, long.CacheWrite = long.CacheRead*m.Tier.Cache, long.CacheWrite*m.Tier.Cache
		prices = append(prices, long)
	}
	for i, now := range prices {
		for _, column := range [][2]float64{{now.Input, was.Input}, {now.Output, was.Output}, {now.CacheRead, was.CacheRead}, {now.CacheWrite, was.CacheWrite}} {
			if column[1] == 0 || column[0] == 0 {
				continue // not known, or not offered
			}
			if column[0]*more > column[1] {
				return false
			}
			less = less || i == 0 && column[0]*more < column[1]
		}
	}
	return less
}

// naming is a place that names a model, with the calls that it is for.
type naming struct {
	at    parser.NodeID
	model *pricing.Model
	calls []*estimate.Call
}

// named are the places of the file that name models of the price table for calls of the
// models' own providers, by the first of these calls. Tests are left out.
func (p *pass) named(is func(*pricing.Model) bool) []*naming {
	var all []*naming
	for _, c := range p.Calls {
		s := c.Site
		if c.Model == nil || s.Platform != llm.Direct || s.Kind == llm.Drive || !is(c.Model) {
			continue
		}
		if s.Model.Arg == parser.NoNode && (s.Model.Literal == parser.NoNode || s.Model.File != s.File) {
			continue // a framework's default, or named in another file
		}
		if meant, ok := p.Prices.Lookup(s.Model.ID); !ok || meant.ID != c.Model.ID {
			continue // the configuration gives the id another meaning
		}
		at := placeOf(s)
		var g *naming
		for _, known := range all {
			if known.at == at {
				g = known
			}
		}
		if g == nil {
			if len(all) == 0 && isTest(p.File) {
				return nil
			}
			g = &naming{at: at, model: c.Model}
			all = append(all, g)
		}
		g.calls = append(g.calls, c)
	}
	return all
}

// usedBy are the calls of a naming that stand elsewhere.
func (p *pass) usedBy(g *naming) []diagnostics.Related {
	var out []diagnostics.Related
	for _, c := range g.calls {
		if !p.Within(g.at, c.Site.Call.Node) {
			out = append(out, diagnostics.Related{Span: p.Span(c.Site.Method), Message: "this call uses it"})
		}
	}
	return out
}
