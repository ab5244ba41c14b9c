package estimate

import (
	"os"
	"strings"
	"testing"
)

// The tables of the documentation have the numbers that are assumed.
func TestDocumentedAssumptions(t *testing.T) {
	page, err := os.ReadFile("../../docs/cost-model.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]Range{
		"a slot with a short name": shortSlot, "a slot with a long name": longSlot, "another slot": otherSlot, "an answer without a cap": answer,
		"reasoning, none": effort["none"], "reasoning, low": effort["low"], "reasoning, medium": effort["medium"], "reasoning, high": effort["high"],
		"reasoning, xhigh": effort["xhigh"], "rounds of a loop": iterations, "a tool's result": toolResult, "an image": image,
	}
	for name, r := range rows {
		want := "| " + FormatCount(r.Low) + " | " + FormatCount(r.Expected) + " | " + FormatCount(r.High) + " |"
		found := false
		for line := range strings.Lines(string(page)) {
			if strings.HasPrefix(line, "| "+name) {
				found = true
				if !strings.Contains(line, want) {
					t.Errorf("%q, want %s", line, want)
				}
			}
		}
		if !found {
			t.Errorf("nothing about %s", name)
		}
	}
}
