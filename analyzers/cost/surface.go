package cost

import (
	"fmt"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/estimate"
	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// Hint is a short text that an editor shows behind a byte of the call's File.Source.
type Hint struct {
	Offset  int
	Label   string
	Tooltip string
}

// HintOf is what stands behind a call, or behind the model of a configuration; false where
// nothing is known or to be said: what other platforms charge is not in the table.
func HintOf(env estimate.Env, c *estimate.Call) (Hint, bool) {
	if c.Site.Platform != llm.Direct || c.Site.Kind == llm.Drive {
		return Hint{}, false
	}
	if c.Model == nil {
		return Hint{hintOffset(c.Site), "price not known", c.Reason}, env.Config.Cost.UnknownModel == "show"
	}
	h := Hint{
		Offset:  hintOffset(c.Site),
		Label:   c.Model.PriceAt(env.Now).Short() + age(env, c.Model),
		Tooltip: fmt.Sprintf("%s, prices as of %s", c.Model.ID, c.Model.AsOf),
	}
	if !c.Site.Kind.Spends() {
		return h, true
	}
	h.Label = c.Cost.Short() + "/call"
	if repeat, _ := env.Repeat(c.Site); repeat != estimate.Exactly(1) {
		h.Label = c.Cost.Times(repeat).Short() + "/run · " + rounds(repeat)
	}
	h.Label += age(env, c.Model)
	h.Tooltip = strings.Join(append([]string{h.Tooltip}, clauses(c.Assumptions())...), "; ")
	return h, true
}

// age tells of which day a price is once it is older than the configuration takes for new.
func age(env estimate.Env, m *pricing.Model) string {
	if -m.AsOf.DaysFrom(env.Now) <= env.Config.Cost.PricesMaxAgeDays {
		return ""
	}
	return " (prices as of " + m.AsOf.String() + ")"
}

// hintOffset is behind the model argument; behind the call's name where the model is
// written somewhere else.
func hintOffset(s *llm.Site) int {
	f := s.File
	n := s.Method
	if s.Model.Arg != parser.NoNode && f.Within(s.Model.Arg, s.Call.Node) {
		n = s.Model.Arg
	}
	return f.Locate(f.Span(n)).End
}

// HoverAt is the span, bytes of File.Source, over which c is told about, if offset is in one.
func HoverAt(c *estimate.Call, offset int) (text.Span, bool) {
	f := c.Site.File
	nodes := []parser.NodeID{c.Site.Model.Arg, f.LastChild(c.Site.Method), c.Site.Method}
	if c.Site.Model.File == f {
		nodes = append(nodes, c.Site.Model.Literal)
	}
	for _, n := range nodes {
		if n == parser.NoNode || n == c.Site.Method && f.Kind(n) != parser.KindIdentifier {
			continue
		}
		if span := f.Locate(f.Span(n)); span.Contains(offset) {
			return span, true
		}
	}
	return text.Span{}, false
}

// Hover is Markdown about a call. runs are the entry points that come to it.
func Hover(env estimate.Env, c *estimate.Call, runs []*estimate.Run) string {
	var b strings.Builder
	s := c.Site
	call := fmt.Sprintf("%s %s", s.SDK, s.API)
	if s.Loop != nil {
		call += ", in a loop"
	}
	switch {
	case s.Model.ID == "" && c.Model == nil:
		fmt.Fprintf(&b, "**Model not known** · %s\n\nNo price is shown: %s.\n", call, c.Reason)
		return b.String()
	case c.Model == nil:
		fmt.Fprintf(&b, "**%s** · %s\n\nNo price is shown: %s.\n", s.Model.ID, call, c.Reason)
		return b.String()
	}
	fmt.Fprintf(&b, "**%s** · %s · %s\n\n", c.Model.ID, providerName(c.Model.Provider), call)
	if s.Model.Default {
		b.WriteString("The model is a default that the environment or a caller may override.\n\n")
	}
	if s.Platform == llm.Direct && s.Kind != llm.Drive {
		writeFigures(&b, env, c)
	}
	for _, r := range runs {
		fmt.Fprintf(&b, "Run of `%s`: %s, %s per month (%s). Worst case: %s.\n\n", r.Entry, r.PerRun.Short(), r.PerMonth.Short(), plural(r.RunsPerMonth, "run"), Worst(r.Bound))
	}
	if s.Platform == llm.Direct {
		writeCheaper(&b, env, c)
	}
	writePrices(&b, env, c.Model)
	writeDates(&b, env, c)
	fmt.Fprintf(&b, "Prices as of %s", c.Model.AsOf)
	if c.Model.Source != "" {
		fmt.Fprintf(&b, ", from %s", c.Model.Source)
	}
	b.WriteString(".\n")
	return b.String()
}

func writeFigures(b *strings.Builder, env estimate.Env, c *estimate.Call) {
	b.WriteString("| | low | expected | high |\n|---|---:|---:|---:|\n")
	row := func(name string, r estimate.Range, format func(float64) string) {
		fmt.Fprintf(b, "| %s | %s | %s | %s |\n", name, format(r.Low), format(r.Expected), format(r.High))
	}
	in := c.Tokens.Input.Add(c.Tokens.CacheRead).Add(c.Tokens.CacheWrite)
	row("tokens in", in, estimate.Thousands)
	if c.Site.Kind != llm.Embedding {
		row("tokens out", c.Tokens.Output, estimate.Thousands)
	}
	if c.Requests != estimate.Exactly(1) {
		row("requests", c.Requests, formatRounds)
	}
	row("per call", c.Cost, estimate.FormatUSD)
	repeat, assumed := env.Repeat(c.Site)
	if repeat != estimate.Exactly(1) {
		row("per run, "+rounds(repeat), c.Cost.Times(repeat), estimate.FormatUSD)
	}
	b.WriteString("\n")
	if c.Site.Kind.Spends() {
		fmt.Fprintf(b, "Worst case of one call: %s.\n\n", Worst(c.Worst))
	}
	if all := clauses(append(c.Assumptions(), assumed...)); len(all) > 0 {
		fmt.Fprintf(b, "Assumes: %s.\n\n", strings.Join(all, "; "))
	}
}

// Worst is a bound in words.
func Worst(b estimate.Bound) string {
	switch {
	case b.Origin == llm.NoLimit || !b.Known:
		if b.Reason == "" {
			return "not bounded"
		}
		return "not bounded, " + b.Reason
	case b.Reason == "":
		return "≤ " + estimate.FormatUSD(b.USD)
	}
	return fmt.Sprintf("≤ %s (%s)", estimate.FormatUSD(b.USD), b.Reason)
}

// writeCheaper names the models that the table has below c's own, with what they save.
func writeCheaper(b *strings.Builder, env estimate.Env, c *estimate.Call) {
	if c.Cost.Expected <= 0 {
		return
	}
	m := c.Model
	var lines []string
	for range max(env.Config.Cost.MaxSuggestionTiers, 1) {
		next, ok := env.Model(m.Cheaper)
		if !ok || m.Cheaper == "" {
			break
		}
		m = next
		with := env.With(c, m)
		if with.Expected >= c.Cost.Expected {
			continue
		}
		lines = append(lines, fmt.Sprintf("`%s` %s (−%.0f %%)", m.ID, about(with.Expected), 100*(1-with.Expected/c.Cost.Expected)))
	}
	if len(lines) > 0 {
		fmt.Fprintf(b, "Cheaper, per call: %s.\n\n", strings.Join(lines, ", "))
	}
}

// about is an expected amount.
func about(usd float64) string {
	if s := estimate.FormatUSD(usd); s[0] == '<' {
		return s
	}
	return "≈ " + estimate.FormatUSD(usd)
}

func writePrices(b *strings.Builder, env estimate.Env, m *pricing.Model) {
	price := m.PriceAt(env.Now)
	notes := []string{price.Short()}
	if price.CacheRead > 0 {
		notes = append(notes, "cache read "+pricing.USD(price.CacheRead))
	}
	if price.CacheWrite > 0 {
		notes = append(notes, "cache write "+pricing.USD(price.CacheWrite))
	}
	if m.Context > 0 {
		notes = append(notes, fmt.Sprintf("context %s tokens", pricing.Tokens(m.Context)))
	}
	if t := m.Tier; t != nil {
		notes = append(notes, fmt.Sprintf("prompts above %s tokens: input ×%v, output ×%v", pricing.Tokens(t.Above), t.Input, t.Output))
	}
	if c, ok := m.NextChange(env.Now); ok {
		notes = append(notes, fmt.Sprintf("from %s: %s", c.From, c.Short()))
	}
	b.WriteString(strings.Join(notes, " · ") + "\n\n")
}

// writeDates tells when a model retires, and that other platforms keep their own dates.
func writeDates(b *strings.Builder, env estimate.Env, c *estimate.Call) {
	model, s := c.Model, c.Site
	if days, dated := model.DaysLeft(env.Now); dated {
		line := retires(model, days)
		fmt.Fprintf(b, "**%s%s.**", strings.ToUpper(line[:1]), line[1:])
		if to, ok := env.Prices.Lookup(model.Replacement); ok {
			fmt.Fprintf(b, " %s's replacement is `%s` (%s).", providerName(model.Provider), to.ID, to.PriceAt(env.Now).Short())
		}
		b.WriteString("\n\n")
	}
	if s.Platform != llm.Direct {
		fmt.Fprintf(b, "This call goes to %s: ids, prices and dates there may differ from %s's own, which are shown here.\n\n", s.Platform, providerName(model.Provider))
	}
}

// rounds is a number of repetitions: 20×, or ~10×.
func rounds(r estimate.Range) string {
	if r.IsExact() {
		return formatRounds(r.Expected) + "×"
	}
	return "~" + formatRounds(r.Expected) + "×"
}

// formatRounds shows a fraction of a round only where there are few.
func formatRounds(v float64) string {
	if v == float64(int64(v)) || v >= 100 {
		return estimate.Thousands(v)
	}
	return fmt.Sprintf("%.1f", v)
}

func clauses(assumptions []estimate.Assumption) []string {
	var out []string
	for _, a := range assumptions {
		if !slices.Contains(out, a.Text) {
			out = append(out, a.Text)
		}
	}
	return out
}
