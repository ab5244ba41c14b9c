package main

import (
	"strings"
	"testing"

	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// TestSpots types at every spot without a server.
func TestSpots(t *testing.T) {
	for _, l := range []Language{Python, TypeScript} {
		code, err := Generate(l, 200, 1)
		if err != nil {
			t.Fatal(err)
		}
		for _, src := range []string{code, strings.ReplaceAll(code, "\n", "\r\n")} {
			src, block, err := insertBlock(src, l.ID)
			if err != nil {
				t.Fatal(err)
			}
			if strings.ContainsAny(src, "⟨⟩") || strings.Contains(src, "{key") || parser.Parse("a"+l.Ext, "", text.New(src)).Broken() {
				t.Errorf("%s: the block is not code", l.Name)
			}
			if half := len(src) / 2; abs(block.Start-half) > len(src)/4 {
				t.Errorf("%s: the block is at %d of %d", l.Name, block.Start, len(src))
			}
			for _, spot := range spots {
				typeOffline(t, l, src, block, spot)
			}
		}
	}
}

func typeOffline(t *testing.T, l Language, src string, block Block, spot Spot) {
	caret, ok := block.places[spot.Place]
	if !ok {
		t.Fatalf("%s: no place for %s", l.Name, spot.Name)
	}
	setup := spot.Setup[l.ID]
	now := text.New(src).Replace(text.Span{Start: caret, End: caret}, setup)
	caret += len(setup)
	start, before := now, block.find(now.String(), spot.Mark)
	if before < 0 {
		t.Fatalf("%s, %s: no mark", l.Name, spot.Name)
	}
	broken := false
	for i, step := range spot.steps(l.ID) {
		now = now.Replace(text.Span{Start: caret - step.Delete, End: caret}, step.Insert)
		caret += len(step.Insert) - step.Delete
		after := block.find(now.String(), spot.Mark)
		if after == before && !spot.Toggle {
			t.Errorf("%s, %s: step %d moves nothing, so nothing would be published", l.Name, spot.Name, i)
		}
		before = after
		broken = broken || parser.Parse("a"+l.Ext, "", now).Broken()
	}
	if now.String() != start.String() {
		t.Errorf("%s, %s: the text is not as before", l.Name, spot.Name)
	}
	if broken != spot.Broken {
		t.Errorf("%s, %s: broken is %v", l.Name, spot.Name, broken)
	}
}

func TestNoPlaceForABlock(t *testing.T) {
	if _, _, err := insertBlock("x = 1\n", "python"); err == nil {
		t.Error("a block was put into a file without definitions")
	}
}
