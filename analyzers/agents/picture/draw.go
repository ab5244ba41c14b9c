package picture

import (
	"fmt"
	"slices"

	"github.com/qodacode/qodacode/analyzers/agents/picture/layered"
)

const margin = 32.0

// drawing is a graph, arranged and ready to be drawn.
type drawing struct {
	*Graph
	*plan
	caption bool // with title, loops and legend
	facts   []fact
	legend  [][]sign
}

// fact is a line of text below a drawing.
type fact struct{ color, text string }

func newDrawing(g *Graph, caption bool) *drawing {
	d := &drawing{Graph: g, plan: g.arrange(), caption: caption}
	if caption {
		d.facts = g.facts()
		d.legend = d.legendRows()
	}
	return d
}

const (
	captionHeight = 72.0
	factHeight    = 20.0
	legendHeight  = 26.0
)

// extent is the size of the whole picture.
func (d *drawing) extent() layered.Size {
	s := layered.Size{W: d.size.W + 2*margin, H: d.size.H + 2*margin}
	if !d.caption {
		return s
	}
	s.W = max(s.W, titleFont.width(d.shownTitle())+2*margin, legendFont.width(d.subtitle())+2*margin, minWidth)
	for _, f := range d.facts {
		s.W = max(s.W, legendFont.width(f.text)+2*margin+18)
	}
	s.H += captionHeight + float64(len(d.facts))*factHeight + float64(len(d.legend))*legendHeight
	if len(d.facts) > 0 {
		s.H += 10
	}
	return s
}

const minWidth = 460

func (d *drawing) shownTitle() string { return titleFont.fit(plain(d.title()), 700) }

func (d *drawing) subtitle() string {
	return legendFont.fit(fmt.Sprintf("%s  ·  %s:%d  ·  %s", d.framework(), plain(d.Path), d.Line, d.counts()), 900)
}

// draw draws everything with its upper left corner at (x, y).
func (d *drawing) draw(c canvas, x, y float64) {
	extent := d.extent()
	top := y + margin
	if d.caption {
		c.text(point{X: x + margin, Y: y + margin + 14}, d.shownTitle(), titleFont, left, "ink")
		c.text(point{X: x + margin, Y: y + margin + 36}, d.subtitle(), legendFont, left, "muted")
		top += captionHeight - 8
	}
	everything := func(int) bool { return true }
	from := x + (extent.W-d.size.W)/2
	d.move(everything, from, top)
	d.drawGraph(c)
	d.move(everything, -from, -top)
	if d.caption {
		d.drawFooter(c, x+margin, top+d.size.H+margin, extent.W-2*margin)
	}
}

func (d *drawing) drawGraph(c canvas) {
	for i := range d.Nodes { // outer frames come before inner ones where that matters
		if d.framed[i] {
			d.drawFrame(c, i)
		}
	}
	for i := range d.Nodes {
		if b, ok := d.blocks[i]; ok {
			c.path(rounded(b, 14), style{fill: "team-surface", stroke: "rule", width: 1.2})
		}
	}
	order := make([]int, len(d.lines))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return d.rank(a) - d.rank(b) })
	for _, i := range order {
		d.drawLine(c, i)
	}
	for i := range d.Nodes {
		if !d.framed[i] {
			d.drawNode(c, i)
		}
	}
	for _, i := range order {
		if l := &d.lines[i]; l.label != "" {
			b := rect{l.at.X - labelFont.width(l.label)/2 - 5, l.at.Y - 8.5, labelFont.width(l.label) + 10, 17}
			c.begin("label", i, "")
			c.path(rounded(b, 5), style{fill: "paper", opacity: 0.92})
			c.text(point{X: l.at.X, Y: l.at.Y + 4}, l.label, labelFont, middle, lineColor(l.danger, "muted"))
			c.end()
		}
	}
}

// rank is the order in which lines are drawn: those that matter most last, on top.
func (d *drawing) rank(i int) int {
	l := &d.lines[i]
	if !d.Edges[l.edges[0]].Kind.IsControl() {
		return -1
	}
	return int(l.danger)
}
