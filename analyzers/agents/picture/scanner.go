package picture

import (
	"image"
	"image/color"
	"math"

	"github.com/srwiley/rasterx"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// scanner fills outlines. Unlike rasterx' own ones it looks only at the part of the image that
// an outline covers, without which a picture of a thousand shapes takes seconds.
type scanner struct {
	image  *image.RGBA
	color  image.Uniform
	points []fixed.Point26_6
	starts []int // where in points each outline begins
	vector vector.Rasterizer
}

var _ rasterx.Scanner = (*scanner)(nil)

func (s *scanner) Start(a fixed.Point26_6) {
	s.starts = append(s.starts, len(s.points))
	s.points = append(s.points, a)
}

func (s *scanner) Line(b fixed.Point26_6) { s.points = append(s.points, b) }

func (s *scanner) Draw() {
	box := s.bounds()
	if box.Empty() {
		return
	}
	s.vector.Reset(box.Dx(), box.Dy())
	for i, from := range s.starts {
		to := len(s.points)
		if i+1 < len(s.starts) {
			to = s.starts[i+1]
		}
		for j, p := range s.points[from:to] {
			x, y := float32(p.X)/64-float32(box.Min.X), float32(p.Y)/64-float32(box.Min.Y)
			if j == 0 {
				s.vector.MoveTo(x, y)
			} else {
				s.vector.LineTo(x, y)
			}
		}
		// No closing: what rasterx hands over is closed already, if only all of it taken together.
	}
	s.vector.Draw(s.image, box, &s.color, image.Point{})
}

// bounds is the part of the image that the outlines cover.
func (s *scanner) bounds() image.Rectangle {
	e := s.GetPathExtent()
	if e.Max.X < e.Min.X {
		return image.Rectangle{}
	}
	return image.Rect(e.Min.X.Floor(), e.Min.Y.Floor(), e.Max.X.Ceil()+1, e.Max.Y.Ceil()+1).Intersect(s.image.Bounds())
}

func (s *scanner) GetPathExtent() fixed.Rectangle26_6 {
	e := fixed.Rectangle26_6{
		Min: fixed.Point26_6{X: math.MaxInt32, Y: math.MaxInt32},
		Max: fixed.Point26_6{X: math.MinInt32, Y: math.MinInt32},
	}
	for _, p := range s.points {
		e.Min.X, e.Min.Y = min(e.Min.X, p.X), min(e.Min.Y, p.Y)
		e.Max.X, e.Max.Y = max(e.Max.X, p.X), max(e.Max.Y, p.Y)
	}
	return e
}

func (s *scanner) SetColor(c any) {
	if c, ok := c.(color.Color); ok {
		s.color.C = c
	}
}

func (s *scanner) Clear()                  { s.points, s.starts = s.points[:0], s.starts[:0] }
func (s *scanner) SetBounds(int, int)      {} // bounds are those of the image
func (s *scanner) SetClip(image.Rectangle) {}
func (s *scanner) SetWinding(bool)         {} // always by non-zero winding
