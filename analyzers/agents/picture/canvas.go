package picture

import "github.com/qodacode/qodacode/analyzers/agents/picture/layered"

type point = layered.Point

// canvas is what a picture is drawn on. Colours are names of the palette.
type canvas interface {
	// begin opens a group of shapes that belong together, as a person sees them: a node, an
	// edge. title is what is told about it.
	begin(class string, index int, title string)
	end()
	path(p *path, s style)
	text(at point, content string, f font, a anchor, color string)
}

// style is how a path is drawn; "" is no fill or no stroke.
type style struct {
	fill, stroke string
	width        float64
	dash         []float64
	opacity      float64 // 0: opaque
}

// anchor says which part of a text stands at its point.
type anchor int

const (
	left anchor = iota
	middle
)

// path is lines and curves.
type path struct{ segments []segment }

// segment is one step of a path: M and L have one point, C three, Z none.
type segment struct {
	op     byte
	points [3]point
}

func (p *path) moveTo(x, y float64) *path { return p.add('M', point{X: x, Y: y}) }
func (p *path) lineTo(x, y float64) *path { return p.add('L', point{X: x, Y: y}) }
func (p *path) close() *path              { return p.add('Z') }
func (p *path) curveTo(a, b, end point) *path {
	return p.add('C', a, b, end)
}

// used are the points that the step has.
func (s *segment) used() []point {
	switch s.op {
	case 'M', 'L':
		return s.points[:1]
	case 'C':
		return s.points[:]
	}
	return nil
}

func (p *path) add(op byte, points ...point) *path {
	s := segment{op: op}
	copy(s.points[:], points)
	p.segments = append(p.segments, s)
	return p
}

// polygon is a closed path through points.
func polygon(points ...point) *path {
	p := new(path)
	for i, at := range points {
		if i == 0 {
			p.moveTo(at.X, at.Y)
		} else {
			p.lineTo(at.X, at.Y)
		}
	}
	return p.close()
}

// kappa makes a curve that looks like a quarter of a circle.
const kappa = 0.5523

// rounded is a box with round corners.
func rounded(b rect, r float64) *path {
	r = min(r, b.w/2, b.h/2)
	k := r * (1 - kappa)
	x0, y0, x1, y1 := b.x, b.y, b.x+b.w, b.y+b.h
	p := new(path).moveTo(x0+r, y0).lineTo(x1-r, y0)
	p.curveTo(point{X: x1 - k, Y: y0}, point{X: x1, Y: y0 + k}, point{X: x1, Y: y0 + r}).lineTo(x1, y1-r)
	p.curveTo(point{X: x1, Y: y1 - k}, point{X: x1 - k, Y: y1}, point{X: x1 - r, Y: y1}).lineTo(x0+r, y1)
	p.curveTo(point{X: x0 + k, Y: y1}, point{X: x0, Y: y1 - k}, point{X: x0, Y: y1 - r}).lineTo(x0, y0+r)
	return p.curveTo(point{X: x0, Y: y0 + k}, point{X: x0 + k, Y: y0}, point{X: x0 + r, Y: y0}).close()
}

func circle(x, y, r float64) *path { return rounded(rect{x - r, y - r, 2 * r, 2 * r}, r) }

// rect is a box by its upper left corner.
type rect struct{ x, y, w, h float64 }

func (r rect) centre() point { return point{X: r.x + r.w/2, Y: r.y + r.h/2} }

// grown is r with a margin around it.
func (r rect) grown(by float64) rect { return rect{r.x - by, r.y - by, r.w + 2*by, r.h + 2*by} }
