package estimate

import (
	"math"
	"testing"

	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// What every caller in the file passes tells how long a variable is, and bounds nothing.
func TestKnownSlots(t *testing.T) {
	const plum, pear = "Grandma's plum cake with cinnamon", "Pears"
	a, b := float64(pricing.Count(plum)), float64(pricing.Count(pear))
	two := Range{min(a, b), math.Round((a + b) / 2), max(a, b) * framingBand}
	one := Range{a, a, a * framingBand}
	const call = "client.responses.create(model='gpt-6-luna', input=page)"
	for _, test := range []struct {
		src  string
		want Range
	}{
		{"def f(page): return " + call + "\nf(\"" + plum + "\")", one},
		{"PAGE = \"" + plum + "\"\ndef f(page): return " + call + "\ndef g(p): return f(page=p)\ng(PAGE)", one},
		{"for page in [\"" + plum + "\", \"" + pear + "\"]: " + call, two},
		{"def f(page): return " + call + "\nout = list(map(f, [\"" + plum + "\", \"" + pear + "\"]))", two},
		{"def f(page): return " + call + "\nf(\"" + plum + "\")\nf(read())", longSlot},
		{"def f(page): return " + call, longSlot},
		{"for page in pages: " + call, longSlot},
		{"for page in [\"" + plum + "\", other]: " + call, longSlot},
		{"def f(page): return f(page) or " + call + "\n", longSlot},
	} {
		f := parser.Parse("a.py", "", text.New(python+test.src))
		c := testEnv().Call(firstSite(t, f))
		var got Range
		for _, s := range c.Prompt.Slots {
			got = got.Add(s.Tokens)
		}
		if got != test.want {
			t.Errorf("%s\ngot %v, want %v", test.src, got, test.want)
		}
		if c.Worst.USD < 0.1 {
			t.Errorf("%s\nis bounded by %v", test.src, c.Worst)
		}
	}
}

func TestKnownSlotsOfScripts(t *testing.T) {
	f := parser.Parse("a.ts", "", text.New(script+"function ask(page: string) { return client.responses.create({ model: 'gpt-6-luna', input: page }) }\nawait Promise.all(['plum', 'pear'].map((p) => ask(p)))"))
	slots := testEnv().Call(firstSite(t, f)).Prompt.Slots
	if len(slots) != 1 || slots[0].Tokens.High > 5 {
		t.Errorf("got %v", slots)
	}
}
