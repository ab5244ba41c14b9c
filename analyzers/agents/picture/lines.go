package picture

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/agents"
)

func lineColor(level danger, otherwise string) string {
	if level == harmless {
		return otherwise
	}
	return level.name()
}

// strokes are the dashes of kinds of edges; others are solid.
var strokes = map[agents.EdgeKind][]float64{
	agents.Cond: {7, 5}, agents.Goto: {7, 5}, agents.Handoff: {13, 5}, agents.Delegate: {13, 5}, agents.Speaker: {13, 5},
}

// stroke is how a line between two nodes looks.
func (d *drawing) stroke(l *line) style {
	e := &d.Edges[l.edges[0]]
	for _, i := range l.edges { // control counts more than structure
		if d.Edges[i].Kind.IsControl() {
			e = &d.Edges[i]
			break
		}
	}
	s := style{stroke: lineColor(l.danger, "line"), width: 1.5, dash: strokes[e.Kind]}
	if l.danger != harmless {
		s.width = 2.2
	}
	if !e.Kind.IsControl() {
		s.stroke, s.width, s.dash = "structure", 1.3, []float64{2, 4}
	}
	if d.Nodes[l.from].Orphan {
		s.stroke = "orphan"
	}
	return s
}

func (d *drawing) drawLine(c canvas, i int) {
	l := &d.lines[i]
	var tips []string
	for at, edge := range l.edges {
		if at == 10 {
			tips = append(tips, fmt.Sprintf("and %d more", len(l.edges)-at))
			break
		}
		tips = append(tips, d.Edges[edge].tip())
	}
	c.begin("edge", i, strings.Join(tips, "\n"))
	defer c.end()
	s := d.stroke(l)
	route := slices.Clone(l.route)
	if route == nil {
		route = d.selfRoute(i)
		if route == nil {
			return
		}
		p := new(path).moveTo(route[0].X, route[0].Y).curveTo(route[1], route[2], route[3])
		c.path(p, s)
		head(c, route[3], point{X: -1, Y: 0}, s)
		return
	}
	down := route[0].Y <= route[len(route)-1].Y
	direction := point{Y: 1}
	if !down {
		direction.Y = -1
	}
	const headLength = 7 // that the line leaves to the head
	last := len(route) - 1
	start, end := d.touch(l.from, route[0], down), d.touch(l.to, route[last], !down)
	route[0], route[last] = start, point{X: end.X, Y: end.Y - direction.Y*headLength}
	if l.both {
		route[0].Y += direction.Y * headLength
		head(c, start, point{Y: -direction.Y}, s)
	}
	c.path(curve(route), s)
	head(c, end, direction, s)
}

// curve joins points by a curve that is vertical at its ends and never swings out further than
// the points do: a monotone cubic, by Fritsch and Carlson (1980), of x over y.
func curve(points []point) *path {
	n := len(points)
	slope := make([]float64, n) // dx/dy
	for i := 1; i < n-1; i++ {
		before, after := secant(points[i-1], points[i]), secant(points[i], points[i+1])
		if before*after > 0 {
			slope[i] = 2 * before * after / (before + after) // harmonic mean
		}
	}
	p := new(path).moveTo(points[0].X, points[0].Y)
	for i := 1; i < n; i++ {
		a, b := points[i-1], points[i]
		if a.X == b.X {
			p.lineTo(b.X, b.Y)
			continue
		}
		third := (b.Y - a.Y) / 3
		if n == 2 {
			third *= 1.5 // a plain S looks better with more of it
		}
		p.curveTo(point{X: a.X + slope[i-1]*third, Y: a.Y + third}, point{X: b.X - slope[i]*third, Y: b.Y - third}, b)
	}
	return p
}

func secant(a, b point) float64 {
	if a.Y == b.Y {
		return 0
	}
	return (b.X - a.X) / (b.Y - a.Y)
}

// head draws the head of an arrow that points in a direction and ends at a point.
func head(c canvas, at, direction point, s style) {
	const length, half = 9.0, 4.6
	x, y := direction.X, direction.Y
	c.path(polygon(at, point{X: at.X - x*length - y*half, Y: at.Y - y*length + x*half},
		point{X: at.X - x*length*0.72, Y: at.Y - y*length*0.72},
		point{X: at.X - x*length + y*half, Y: at.Y - y*length - x*half}), style{fill: s.stroke})
}

// touch moves the end of a line from the box around a node to its outline. bottom tells which side it is on.
func (d *drawing) touch(i int, at point, bottom bool) point {
	if _, ok := d.blocks[i]; ok {
		return at
	}
	b := d.boxes[i]
	m := b.centre()
	off := math.Abs(at.X - m.X)
	in := 0.0
	switch d.Nodes[i].Kind {
	case agents.Router:
		if flat := 14.0; off > flat {
			in = b.h / 2 * (off - flat) / (b.w/2 - flat)
		}
	case agents.Start, agents.End:
		in = b.h/2 - math.Sqrt(max(0, b.h*b.h/4-off*off))
	}
	if bottom {
		in = -in
	}
	return point{X: at.X, Y: at.Y + in}
}

// selfRoute is the arc on the right of a node, and puts the label beside it.
func (d *drawing) selfRoute(i int) []point {
	l := &d.lines[i]
	b := d.boxes[l.from]
	m := b.centre()
	x := b.x + b.w
	if d.Nodes[l.from].Kind == agents.Router {
		x -= 14
	}
	l.at = point{X: b.x + b.w + selfRoom + labelFont.width(l.label)/2, Y: m.Y}
	return []point{{X: x, Y: m.Y - 8}, {X: x + 44, Y: m.Y - 26}, {X: x + 44, Y: m.Y + 26}, {X: x, Y: m.Y + 8}}
}

// tip is what is told about an edge when one points at it.
func (e *Edge) tip() string {
	s := label(e.From) + " → " + label(e.To)
	if t := e.describe(); t != "" {
		s += " (" + t + ")"
	}
	if e.Path != "" {
		s += fmt.Sprintf("\n%s:%d", e.Path, e.Line)
	}
	return s
}
