package cost

import (
	"fmt"
	"strings"
	"time"

	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// Hint is a short text that an editor shows behind a byte of File.Text.
type Hint struct {
	Offset  int
	Label   string
	Tooltip string
}

// Hints are the prices of the models that f calls, for the calls that go to the provider
// itself: what other platforms charge is not in the table.
func Hints(f *parser.File, now time.Time) []Hint {
	table := pricing.Builtin()
	var hints []Hint
	for _, s := range llm.Sites(f) {
		model, ok := table.Lookup(s.Model.ID)
		if !ok || s.Platform != llm.Direct {
			continue
		}
		hints = append(hints, Hint{
			Offset:  hintOffset(f, &s),
			Label:   model.PriceAt(now).Short(),
			Tooltip: fmt.Sprintf("%s, USD per 1M tokens, prices as of %s", model.ID, table.AsOf),
		})
	}
	return hints
}

// hintOffset is behind the model argument; behind the call's name where the model is
// written somewhere else.
func hintOffset(f *parser.File, s *llm.Site) int {
	if f.Within(s.Model.Arg, s.Call.Node) {
		return f.Span(s.Model.Arg).End
	}
	return f.Span(s.Method).End
}

// Hover is Markdown about the call whose name or model stands at a byte of f.Text, and the
// span that it is about.
func Hover(f *parser.File, now time.Time, offset int) (text.Span, string, bool) {
	for _, s := range llm.Sites(f) {
		for _, n := range []parser.NodeID{s.Model.Literal, s.Model.Arg, f.LastChild(s.Method), s.Method} {
			if n == parser.NoNode || n == s.Method && f.Kind(n) != parser.KindIdentifier {
				continue
			}
			if span := f.Span(n); span.Contains(offset) {
				return span, describe(&s, now), true
			}
		}
	}
	return text.Span{}, "", false
}

func describe(s *llm.Site, now time.Time) string {
	var b strings.Builder
	table := pricing.Builtin()
	call := fmt.Sprintf("%s %s", s.SDK, s.API)
	if s.Loop != nil {
		call += ", in a loop"
	}
	model, ok := table.Lookup(s.Model.ID)
	switch {
	case s.Model.ID == "":
		fmt.Fprintf(&b, "**Model not known** · %s\n\nNo price is shown: %s.\n", call, s.Model.Reason)
		return b.String()
	case !ok:
		fmt.Fprintf(&b, "**%s** · %s\n\nNo price is shown: this id is not in the price table as of %s.\n", s.Model.ID, call, table.AsOf)
		return b.String()
	}
	fmt.Fprintf(&b, "**%s** · %s · %s\n\n", model.ID, providerName(model.Provider), call)
	if s.Model.Default {
		b.WriteString("The model is a default that the environment or a caller may override.\n\n")
	}
	writePrices(&b, model, now)
	if days, dated := model.DaysLeft(now); dated {
		line := retires(model, days)
		fmt.Fprintf(&b, "**%s%s.**", strings.ToUpper(line[:1]), line[1:])
		if to, ok := table.Lookup(model.Replacement); ok {
			fmt.Fprintf(&b, " %s's replacement is `%s` (%s).", providerName(model.Provider), to.ID, to.PriceAt(now).Short())
		}
		b.WriteString("\n\n")
	}
	if s.Platform != llm.Direct {
		fmt.Fprintf(&b, "This call goes to %s: ids, prices and dates there may differ from %s's own, which are shown here.\n\n", s.Platform, providerName(model.Provider))
	}
	fmt.Fprintf(&b, "Prices as of %s.\n", table.AsOf)
	return b.String()
}

func writePrices(b *strings.Builder, m *pricing.Model, now time.Time) {
	price := m.PriceAt(now)
	b.WriteString("| USD per 1M tokens | |\n|---|---:|\n")
	for _, row := range []struct {
		name  string
		price float64
	}{{"input", price.Input}, {"output", price.Output}, {"cache read", price.CacheRead}, {"cache write", price.CacheWrite}} {
		if row.price > 0 { // unknown prices have no row
			fmt.Fprintf(b, "| %s | %s |\n", row.name, pricing.USD(row.price))
		}
	}
	b.WriteString("\n")
	var notes []string
	if m.Context > 0 {
		notes = append(notes, fmt.Sprintf("Context %s tokens", pricing.Tokens(m.Context)))
	}
	if t := m.Tier; t != nil {
		notes = append(notes, fmt.Sprintf("prompts above %s tokens: input ×%v, output ×%v", pricing.Tokens(t.Above), t.Input, t.Output))
	}
	if c, ok := m.NextChange(now); ok {
		notes = append(notes, fmt.Sprintf("from %s: %s", c.From, c.Short()))
	}
	if len(notes) > 0 {
		b.WriteString(strings.Join(notes, " · ") + "\n\n")
	}
}
