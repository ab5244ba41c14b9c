package picture

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// SVG writes d as one drawing, one graph below the other, that follows the reader's choice of a
// light or dark theme.
func (d *Document) SVG(w io.Writer) error {
	drawings, width, height := d.drawings()
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %s %s" width="%s" height="%s" font-family="%s">`+"\n",
		number(width), number(height), number(width), number(height), fontFamily)
	b.WriteString("<style>\n" + svgStyle)
	styleSheet(b, "", false)
	b.WriteString("@media (prefers-color-scheme: dark) {\n")
	styleSheet(b, "", true)
	b.WriteString("}\n</style>\n")
	fmt.Fprintf(b, `<rect class="f-paper" width="%s" height="%s"/>`+"\n", number(width), number(height))
	if len(drawings) == 0 {
		c := &svgCanvas{b}
		c.text(point{X: margin, Y: margin + 14}, nothing, titleFont, left, "ink")
	}
	y := 0.0
	for i, drawn := range drawings {
		c := &svgCanvas{b}
		if i > 0 {
			c.path(new(path).moveTo(margin, y).lineTo(width-margin, y), style{stroke: "rule", width: 1})
		}
		drawn.draw(c, 0, y)
		y += drawn.extent().H
	}
	b.WriteString("</svg>\n")
	return b.Flush()
}

const (
	nothing    = "no agent graphs found"
	fontFamily = "Inter, 'Segoe UI', system-ui, -apple-system, 'Helvetica Neue', Arial, sans-serif"
	// svgStyle is what all drawings share.
	svgStyle = "path{fill:none}text{white-space:pre}.bold{font-weight:600}.mono{font-family:ui-monospace,'SF Mono',Menlo,Consolas,'DejaVu Sans Mono',monospace}\n"
)

// drawings arranges all graphs and tells how large they are, one below the other.
func (d *Document) drawings() (all []*drawing, width, height float64) {
	for i := range d.Graphs {
		drawn := newDrawing(&d.Graphs[i], true)
		all = append(all, drawn)
		size := drawn.extent()
		width, height = max(width, size.W), height+size.H
	}
	return all, max(width, 320), max(height, 2*margin+20)
}

// svgCanvas writes shapes as elements.
type svgCanvas struct{ w *bufio.Writer }

func (c *svgCanvas) begin(class string, index int, title string) {
	fmt.Fprintf(c.w, `<g class="%s" data-i="%d">`, class, index)
	if title != "" {
		c.w.WriteString("<title>" + escape(title) + "</title>")
	}
	c.w.WriteString("\n")
}

func (c *svgCanvas) end() { c.w.WriteString("</g>\n") }

func (c *svgCanvas) path(p *path, s style) {
	c.w.WriteString(`<path d="`)
	for _, step := range p.segments {
		c.w.WriteByte(step.op)
		for i, at := range step.used() {
			if i > 0 {
				c.w.WriteByte(' ')
			}
			line := appendNumber(c.w.AvailableBuffer(), at.X)
			c.w.Write(appendNumber(append(line, ' '), at.Y))
		}
	}
	c.w.WriteString(`"`)
	var classes []string
	if s.fill != "" {
		classes = append(classes, "f-"+s.fill)
	}
	if s.stroke != "" {
		classes = append(classes, "s-"+s.stroke)
	}
	if len(classes) > 0 {
		c.w.WriteString(` class="` + strings.Join(classes, " ") + `"`)
	}
	if s.stroke != "" {
		c.w.WriteString(` stroke-width="` + number(s.width) + `" stroke-linecap="round" stroke-linejoin="round"`)
	}
	if len(s.dash) > 0 {
		c.w.WriteString(` stroke-dasharray="`)
		for i, v := range s.dash {
			if i > 0 {
				c.w.WriteByte(' ')
			}
			c.w.WriteString(number(v))
		}
		c.w.WriteString(`"`)
	}
	if s.opacity > 0 {
		c.w.WriteString(` opacity="` + number(s.opacity) + `"`)
	}
	c.w.WriteString("/>\n")
}

func (c *svgCanvas) text(at point, content string, f font, a anchor, color string) {
	class := "f-" + color
	switch f.face {
	case bold:
		class += " bold"
	case mono:
		class += " mono"
	}
	fmt.Fprintf(c.w, `<text x="%s" y="%s" font-size="%s" class="%s"`, number(at.X), number(at.Y), number(f.size), class)
	if a == middle {
		c.w.WriteString(` text-anchor="middle"`)
	}
	// The reader's font is not known: it is set as wide as the one that was measured.
	if width := f.width(content); width > 0 {
		fmt.Fprintf(c.w, ` textLength="%s" lengthAdjust="spacingAndGlyphs"`, number(width))
	}
	c.w.WriteString(">" + escape(content) + "</text>\n")
}

// number writes a coordinate, to a hundredth.
func number(v float64) string { return string(appendNumber(nil, v)) }

func appendNumber(b []byte, v float64) []byte {
	n := int64(math.Round(v * 100))
	if n < 0 {
		b, n = append(b, '-'), -n
	}
	b = strconv.AppendInt(b, n/100, 10)
	if n %= 100; n > 0 {
		b = append(b, '.', byte('0'+n/10))
		if n%10 > 0 {
			b = append(b, byte('0'+n%10))
		}
	}
	return b
}

// escape makes text safe inside XML elements and attributes. Characters that XML can not hold are replaced.
func escape(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '"':
			b.WriteString("&quot;")
		case r == '\'':
			b.WriteString("&#39;")
		case r == '\n':
			b.WriteByte('\n')
		case r == 0xfffe || r == 0xffff:
			b.WriteRune('\ufffd')
		default:
			b.WriteString(plain(string(r)))
		}
	}
	return b.String()
}
