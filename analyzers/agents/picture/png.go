package picture

import (
	"image"
	"image/color"
	"image/png"
	"io"
	"math"
	"strconv"

	"github.com/srwiley/rasterx"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	xfont "golang.org/x/image/font"
)

// pngScale is how many pixels of an image a pixel of the drawing takes, on a sharp screen.
const pngScale = 2

// maxPixels bounds an image: 24 megapixels take 96 MB while it is drawn.
const maxPixels = 24 << 20

// PNG writes d as an image, by daylight.
func (d *Document) PNG(w io.Writer) error {
	drawings, width, height := d.drawings()
	scale := min(pngScale, math.Sqrt(maxPixels/(width*height)))
	c := newPNGCanvas(int(math.Ceil(width*scale)), int(math.Ceil(height*scale)), scale)
	c.path(polygon(point{}, point{X: width}, point{X: width, Y: height}, point{Y: height}), style{fill: "paper"})
	if len(drawings) == 0 {
		c.text(point{X: margin, Y: margin + 14}, nothing, titleFont, left, "ink")
	}
	y := 0.0
	for i, drawn := range drawings {
		if i > 0 {
			c.path(new(path).moveTo(margin, y).lineTo(width-margin, y), style{stroke: "rule", width: 1})
		}
		drawn.draw(c, 0, y)
		y += drawn.extent().H
	}
	return (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(w, c.image)
}

// pngCanvas draws shapes into an image.
type pngCanvas struct {
	image  *image.RGBA
	scale  float64
	filler *rasterx.Filler
	dasher *rasterx.Dasher
	colors map[string]color.RGBA
	faces  map[font]xfont.Face
}

func newPNGCanvas(width, height int, scale float64) *pngCanvas {
	m := image.NewRGBA(image.Rect(0, 0, width, height))
	c := &pngCanvas{image: m, scale: scale, colors: map[string]color.RGBA{}, faces: map[font]xfont.Face{}}
	c.filler = rasterx.NewFiller(width, height, &scanner{image: m})
	c.dasher = rasterx.NewDasher(width, height, &scanner{image: m})
	for _, t := range palette {
		v, err := strconv.ParseUint(t.light[1:], 16, 32)
		if err != nil {
			panic(err) // the palette is part of the binary
		}
		c.colors[t.name] = color.RGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), 255}
	}
	return c
}

func (c *pngCanvas) begin(string, int, string) {}
func (c *pngCanvas) end()                      {}

func (c *pngCanvas) path(p *path, s style) {
	opacity := s.opacity
	if opacity == 0 {
		opacity = 1
	}
	if s.fill != "" {
		c.trace(p, c.filler, true)
		c.filler.SetColor(rasterx.ApplyOpacity(c.colors[s.fill], opacity))
		c.filler.Draw()
		c.filler.Clear()
	}
	if s.stroke != "" {
		var dash []float64
		for _, v := range s.dash {
			dash = append(dash, v*c.scale)
		}
		c.dasher.SetStroke(fixed.Int26_6(s.width*c.scale*64), 0, rasterx.RoundCap, nil, nil, rasterx.Round, dash, 0)
		c.trace(p, c.dasher, false)
		c.dasher.SetColor(rasterx.ApplyOpacity(c.colors[s.stroke], opacity))
		c.dasher.Draw()
		c.dasher.Clear()
	}
}

func (c *pngCanvas) fixed(p point) fixed.Point26_6 {
	return rasterx.ToFixedP(p.X*c.scale, p.Y*c.scale)
}

// trace hands a path to one of the rasterizers. Fills are closed.
func (c *pngCanvas) trace(p *path, to rasterx.Adder, fill bool) {
	open := false
	for _, s := range p.segments {
		switch s.op {
		case 'M':
			if open {
				to.Stop(fill)
			}
			to.Start(c.fixed(s.points[0]))
			open = true
		case 'L':
			to.Line(c.fixed(s.points[0]))
		case 'C':
			to.CubeBezier(c.fixed(s.points[0]), c.fixed(s.points[1]), c.fixed(s.points[2]))
		case 'Z':
			to.Stop(true)
			open = false
		}
	}
	if open {
		to.Stop(fill)
	}
}

func (c *pngCanvas) text(at point, content string, f font, a anchor, color string) {
	face, ok := c.faces[f]
	if !ok {
		var err error
		face, err = opentype.NewFace(outlines()[f.face], &opentype.FaceOptions{Size: f.size * c.scale, DPI: 72, Hinting: xfont.HintingNone})
		if err != nil {
			panic(err) // only options that are out of range fail
		}
		c.faces[f] = face
	}
	if a == middle {
		at.X -= f.width(content) / 2
	}
	d := xfont.Drawer{Dst: c.image, Src: image.NewUniform(c.colors[color]), Face: face, Dot: c.fixed(at)}
	d.DrawString(content)
}
