// Package layered lays graphs out in rows, as Sugiyama, Tagawa and Toda do (1981): cycles are
// broken, nodes get rows so that edges point down, rows are ordered so that few edges cross,
// and nodes are placed so that edges are short and straight. The result depends on the
// input alone, and its time is bounded: beyond a size edges no longer make room for themselves.
package layered

import (
	"cmp"
	"math"
	"slices"
)

// Point is a place in a drawing; Y grows downwards.
type Point struct{ X, Y float64 }

// Size is the size of a box.
type Size struct{ W, H float64 }

// Node is a box that edges come to from above and leave below.
type Node struct {
	Size
	Port float64 // where edges meet the box, to the right of its centre
}

// Edge leads from one node to another, which are indices. Edges from a node to itself take
// no part in the layout; the node's size should have room for them.
type Edge struct {
	From, To int
	Label    Size // zero: no label
}

// Layout says where everything is.
type Layout struct {
	Size
	Nodes []Point // centres
	// Routes are the points that each edge passes, from From to To, which it leaves and enters
	// vertically. Curves through them must not swing out to the sides. nil for an edge from a
	// node to itself.
	Routes [][]Point
	Labels []Point // centres of the edges' labels
}

// Distances in pixels.
const (
	nodeGap  = 30.0 // between nodes of a row
	lineGap  = 16.0 // between a line and its neighbour in a row
	rowGap   = 46.0 // between rows
	labelGap = 14.0 // above and below a label
	partGap  = 48.0 // between parts without connection
)

// maxLines bounds the points where edges cross rows. With more, edges run straight over what
// is between their ends: nobody can follow so many anyway.
const maxLines = 6000

// New lays out a graph. Nodes that come first are taken for those where it begins.
func New(nodes []Node, edges []Edge) *Layout {
	l := &Layout{Nodes: make([]Point, len(nodes)), Routes: make([][]Point, len(edges)), Labels: make([]Point, len(edges))}
	var boxes []box
	for _, p := range parts(len(nodes), edges) {
		boxes = append(boxes, box{part: p, drawn: layOut(p, nodes, edges)})
	}
	l.pack(boxes)
	return l
}

// part is the nodes and edges that are connected, whatever the direction.
type part struct {
	nodes []int
	edges []int
}

func parts(n int, edges []Edge) []part {
	root := make([]int, n)
	for i := range root {
		root[i] = i
	}
	find := func(i int) int {
		for root[i] != i {
			root[i] = root[root[i]]
			i = root[i]
		}
		return i
	}
	for _, e := range edges {
		if a, b := find(e.From), find(e.To); a != b {
			root[max(a, b)] = min(a, b)
		}
	}
	index := map[int]int{}
	var all []part
	for i := range n {
		r := find(i)
		if _, ok := index[r]; !ok {
			index[r] = len(all)
			all = append(all, part{})
		}
		p := &all[index[r]]
		p.nodes = append(p.nodes, i)
	}
	for i, e := range edges {
		p := &all[index[find(e.From)]]
		p.edges = append(p.edges, i)
	}
	return all
}

// layOut lays out one part, from (0, 0).
func layOut(p part, nodes []Node, edges []Edge) *drawing {
	d := newDrawing(p, nodes, edges)
	d.breakCycles()
	d.rank()
	d.addLines()
	d.order()
	d.place()
	return d
}

// box is a part that was laid out.
type box struct {
	part
	drawn *drawing
}

// pack puts parts side by side, in lines as text is set: larger ones first.
func (l *Layout) pack(boxes []box) {
	slices.SortStableFunc(boxes, func(a, b box) int { return cmp.Compare(min(len(b.nodes), 2), min(len(a.nodes), 2)) })
	area, widest := 0.0, 0.0
	for _, b := range boxes {
		area += (b.drawn.size.W + partGap) * (b.drawn.size.H + partGap)
		widest = max(widest, b.drawn.size.W)
	}
	limit := max(widest, math.Sqrt(area*1.7))
	x, y, height := 0.0, 0.0, 0.0
	for _, b := range boxes {
		if x > 0 && x+b.drawn.size.W > limit {
			x, y, height = 0, y+height+partGap, 0
		}
		b.drawn.write(l, Point{x, y})
		l.W, l.H = max(l.W, x+b.drawn.size.W), max(l.H, y+b.drawn.size.H)
		x, height = x+b.drawn.size.W+partGap, max(height, b.drawn.size.H)
	}
}
