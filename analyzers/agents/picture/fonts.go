package picture

import (
	"sync"

	"github.com/clipperhouse/displaywidth"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/gomono"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// face is one of the type faces. In SVG they are the reader's own, in PNG the Go fonts.
type face int

const (
	regular face = iota
	bold
	mono
)

// font is a face in a size, in pixels.
type font struct {
	face face
	size float64
}

// The fonts of pictures.
var (
	titleFont  = font{bold, 21}
	nameFont   = font{bold, 13.5}
	modelFont  = font{mono, 11}
	labelFont  = font{regular, 11}
	legendFont = font{regular, 12}
)

// outlines are the faces' letters. The Go fonts are a little wider than what most systems
// have, so that text measured by them fits.
var outlines = sync.OnceValue(func() (faces [3]*sfnt.Font) {
	for i, data := range [3][]byte{goregular.TTF, gobold.TTF, gomono.TTF} {
		f, err := sfnt.Parse(data)
		if err != nil {
			panic(err) // the data is part of the binary
		}
		faces[i] = f
	}
	return faces
})

// advances are the widths of ASCII letters, in ems.
var advances = sync.OnceValue(func() (table [3][128]float64) {
	var b sfnt.Buffer
	const em = 1000
	for i, f := range outlines() {
		for r := rune(' '); r < 127; r++ {
			if glyph, err := f.GlyphIndex(&b, r); err == nil {
				if a, err := f.GlyphAdvance(&b, glyph, fixed.I(em), 0); err == nil {
					table[i][r] = float64(a) / 64 / em
				}
			}
		}
	}
	return table
})

// width is how wide a text is, in pixels.
func (f font) width(s string) float64 {
	table := advances()
	ems := 0.0
	for g := displaywidth.StringGraphemes(s); g.Next(); {
		switch v := g.Value(); {
		case len(v) == 1 && v[0] < 128:
			ems += table[f.face][v[0]]
		case g.Width() > 1:
			ems += 1.05
		default:
			ems += 0.65
		}
	}
	return ems * f.size
}

// fit shortens a text to a width; what is left out is in the middle, as names often differ at their ends.
func (f font) fit(s string, width float64) string {
	if f.width(s) <= width {
		return s
	}
	var parts []string
	for g := displaywidth.StringGraphemes(s); g.Next() && len(parts) < 400; {
		parts = append(parts, g.Value())
	}
	for keep := len(parts) - 1; keep > 1; keep-- {
		head := keep - keep*2/5
		short := join(parts[:head]) + "…" + join(parts[len(parts)-(keep-head):])
		if f.width(short) <= width {
			return short
		}
	}
	return "…"
}

func join(parts []string) string {
	s := ""
	for _, p := range parts {
		s += p
	}
	return s
}
