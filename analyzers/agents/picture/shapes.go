package picture

import (
	"fmt"
	"math"
	"strings"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/analyzers/agents/picture/layered"
)

// maxName is how wide a name may be, in pixels; longer ones are shortened.
const maxName = 210

// shown is a node's name as it is drawn.
func (n *Node) shown() string { return nameFont.fit(plain(n.label()), maxName) }

// below is the line under a node's name: its model, its tools, what it costs.
func (n *Node) below(g *Graph) string {
	var parts []string
	if n.Model != "" {
		parts = append(parts, plain(n.Model))
	}
	if len(n.Tools) > 0 && !g.usesNodes(n) {
		parts = append(parts, count(len(n.Tools), "tool"))
	}
	if all := append(parts, n.Cost); n.Cost != "" && modelFont.width(strings.Join(all, " · ")) <= maxName {
		parts = all // a price in part is none; the page tells it beside the node
	}
	return modelFont.fit(strings.Join(parts, " · "), maxName)
}

// usesNodes reports whether the tools of n are nodes of their own.
func (g *Graph) usesNodes(n *Node) bool {
	for i := range g.Edges {
		if e := &g.Edges[i]; e.From == n.Name && e.Kind == agents.Uses {
			return true
		}
	}
	return false
}

const (
	badgeRoom = 30.0 // for the badge, left of the text
	dotRadius = 13.0 // of start and end
)

// size is how large a node is drawn.
func (n *Node) size(g *Graph) layered.Size {
	if n.Kind == agents.Start || n.Kind == agents.End {
		return layered.Size{W: 2 * dotRadius, H: 2 * dotRadius}
	}
	below := n.below(g)
	text := max(nameFont.width(n.shown()), modelFont.width(below))
	s := layered.Size{W: max(text+badgeRoom+22, 84), H: 38}
	if below != "" {
		s.H = 52
	}
	switch n.Kind {
	case agents.Router: // the text stands in the wide middle of a diamond
		s.W, s.H = s.W+48, s.H+22
	case agents.Subgraph, agents.Human:
		s.W += 14
	}
	return s
}

// outline is the shape of a node in a box.
func (n *Node) outline(b rect) *path {
	switch n.Kind {
	case agents.Router:
		m := b.centre()
		const cut = 7 // corners are a little blunt
		return polygon(point{X: b.x, Y: m.Y}, point{X: m.X - cut*2, Y: b.y}, point{X: m.X + cut*2, Y: b.y}, point{X: b.x + b.w, Y: m.Y},
			point{X: m.X + cut*2, Y: b.y + b.h}, point{X: m.X - cut*2, Y: b.y + b.h})
	case agents.Tool, agents.Toolset:
		const c = 10.0
		return polygon(point{X: b.x + c, Y: b.y}, point{X: b.x + b.w, Y: b.y}, point{X: b.x + b.w, Y: b.y + b.h - c},
			point{X: b.x + b.w - c, Y: b.y + b.h}, point{X: b.x, Y: b.y + b.h}, point{X: b.x, Y: b.y + c})
	case agents.Task:
		const c = 12.0
		return polygon(point{X: b.x, Y: b.y}, point{X: b.x + b.w - c, Y: b.y}, point{X: b.x + b.w, Y: b.y + c},
			point{X: b.x + b.w, Y: b.y + b.h}, point{X: b.x, Y: b.y + b.h})
	case agents.Human:
		return rounded(b, b.h/2)
	case agents.Step:
		return rounded(b, 4)
	case agents.Start, agents.End:
		return circle(b.x+b.w/2, b.y+b.h/2, b.w/2)
	}
	return rounded(b, 11)
}

// decorate draws what tells a kind apart besides its outline.
func (n *Node) decorate(c canvas, b rect, color string) {
	thin := style{stroke: color, width: 1.2}
	switch n.Kind {
	case agents.Subgraph:
		for _, x := range []float64{b.x + 6, b.x + b.w - 6} {
			c.path(new(path).moveTo(x, b.y+1).lineTo(x, b.y+b.h-1), thin)
		}
	case agents.Task:
		c.path(new(path).moveTo(b.x+b.w-12, b.y).lineTo(b.x+b.w-12, b.y+12).lineTo(b.x+b.w, b.y+12), thin)
	}
}

// badge draws a small sign for a kind around (x, y), within 9 pixels.
func badge(c canvas, k agents.Kind, x, y float64, color string) {
	c.path(circle(x, y, 9.5), style{fill: color})
	white := style{stroke: "badge", width: 1.5}
	solid := style{fill: "badge"}
	at := func(dx, dy float64) point { return point{X: x + dx, Y: y + dy} }
	line := func(points ...point) {
		p := new(path).moveTo(points[0].X, points[0].Y)
		for _, q := range points[1:] {
			p.lineTo(q.X, q.Y)
		}
		c.path(p, white)
	}
	star := func(r float64) *path {
		var points []point
		for i := range 8 {
			d := r
			if i%2 == 1 {
				d = r * 0.36
			}
			a := float64(i) * math.Pi / 4
			points = append(points, at(d*math.Sin(a), -d*math.Cos(a)))
		}
		return polygon(points...)
	}
	switch k {
	case agents.Agent: // a spark
		c.path(star(6.4), solid)
	case agents.Manager: // a crown
		c.path(polygon(at(-5, 3.6), at(-5.4, -3), at(-2.4, -0.4), at(0, -4.4), at(2.4, -0.4), at(5.4, -3), at(5, 3.6)), solid)
	case agents.Router: // a fork
		line(at(0, 5), at(0, 0.5), at(-4, -4))
		line(at(0, 0.5), at(4, -4))
	case agents.Tool: // a wrench, much simplified
		line(at(-4, 4), at(1.5, -1.5))
		c.path(circle(x+2.7, y-2.7, 2.6), white)
	case agents.Toolset:
		for _, d := range [][2]float64{{-2.6, -2.6}, {2.6, -2.6}, {-2.6, 2.6}, {2.6, 2.6}} {
			c.path(rounded(rect{x + d[0] - 1.8, y + d[1] - 1.8, 3.6, 3.6}, 0.8), solid)
		}
	case agents.Task: // a tick
		line(at(-4, 0.3), at(-1.2, 3.2), at(4.2, -3))
	case agents.Human:
		c.path(circle(x, y-2.4, 2.5), solid)
		p := new(path).moveTo(x-4.8, y+5)
		p.curveTo(at(-4.6, -0.6), at(4.6, -0.6), at(4.8, 5))
		c.path(p.close(), solid)
	case agents.Subgraph:
		line(at(-3.2, -3), at(3.2, -3), at(0, 3.4), at(-3.2, -3))
		for _, d := range [][2]float64{{-3.4, -3}, {3.4, -3}, {0, 3.6}} {
			c.path(circle(x+d[0], y+d[1], 1.9), solid)
		}
	case agents.Team:
		for _, d := range [][2]float64{{-3.2, 2}, {3.2, 2}, {0, -3}} {
			c.path(circle(x+d[0], y+d[1], 2.4), solid)
		}
	default: // a step: forward
		line(at(-2, -4), at(2.6, 0), at(-2, 4))
	}
}

// tip is what is told about a node when one points at it.
func (n *Node) tip(g *Graph) string {
	s := n.label()
	if d := n.describe(g); d != "" {
		s += "\n" + d
	}
	if n.Path != "" {
		s += fmt.Sprintf("\n%s:%d", n.Path, n.Line)
	}
	return s
}
