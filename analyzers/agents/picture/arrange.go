package picture

import (
	"slices"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/analyzers/agents/picture/layered"
)

// plan says where the parts of a graph are drawn.
type plan struct {
	size   layered.Size
	boxes  []rect // of nodes
	framed []bool // nodes that are drawn as frames around others
	lines  []line
	blocks map[int]rect // around nodes that are drawn as a block, by the first of them

	index   map[string]int // node by name
	frame   []int          // the frame that a node is in, or -1
	first   []int          // of a node's block; the node itself where there is none
	members map[int][]int  // of a block, by the first of them
}

// line is one or more edges between the same two nodes.
type line struct {
	edges    []int
	from, to int  // nodes; the first ones of blocks
	both     bool // edges of the same kind lead back
	danger   danger
	route    []point // nil for a loop from a node to itself
	label    string
	at       point // centre of the label
}

const (
	framePad    = 22.0
	frameHeader = 30.0
)

// arrange finds a place for everything.
func (g *Graph) arrange() *plan {
	p := &plan{boxes: make([]rect, len(g.Nodes)), framed: make([]bool, len(g.Nodes)), blocks: map[int]rect{}, index: make(map[string]int, len(g.Nodes))}
	for i := range g.Nodes {
		p.index[g.Nodes[i].Name] = i
	}
	p.frame = g.frames(p.index)
	for _, f := range p.frame {
		if f >= 0 {
			p.framed[f] = true
		}
	}
	p.first, p.members = g.bundles(p.index, p.frame)
	p.collect(g)
	p.size = p.group(g, -1)
	return p
}

// collect makes lines of edges: those from one node or block to another are drawn as one, and
// that a frame contains a node is seen without.
func (p *plan) collect(g *Graph) {
	known := map[[2]int]int{}
	levels := g.edgeDanger()
	for i := range g.Edges {
		e := &g.Edges[i]
		from, okFrom := p.index[e.From]
		to, okTo := p.index[e.To]
		if !okFrom || !okTo || e.Kind == agents.Contains && p.frame[to] == from {
			continue
		}
		ends := [2]int{p.first[from], p.first[to]}
		at, ok := known[ends]
		if back, met := known[[2]int{ends[1], ends[0]}]; !ok && met && ends[0] != ends[1] && mutual(&g.Edges[p.lines[back].edges[0]], e) {
			p.lines[back].both = true
			known[ends], at, ok = back, back, true
		}
		if !ok {
			at = len(p.lines)
			known[ends] = at
			p.lines = append(p.lines, line{from: ends[0], to: ends[1]})
		}
		l := &p.lines[at]
		l.edges = append(l.edges, i)
		l.danger = max(l.danger, levels[i])
		if text := labelFont.fit(plain(e.mark()), 170); text != "" && l.label == "" {
			l.label = text
		}
	}
}

// mutual reports whether two edges that lead opposite ways are drawn as one line with two
// heads: agents that hand over to each other.
func mutual(a, b *Edge) bool {
	switch a.Kind {
	case agents.Handoff, agents.Delegate, agents.Speaker:
		return a.Kind == b.Kind && a.mark() == "" && b.mark() == ""
	}
	return false
}

// group lays out the nodes inside a frame, or those outside all (-1), and returns their size.
// Places are relative to the group until they are moved to where the group stands.
func (p *plan) group(g *Graph, owner int) layered.Size {
	var members []int
	for i := range g.Nodes {
		if p.frame[i] == owner && p.first[i] == i {
			members = append(members, i)
		}
	}
	slices.SortStableFunc(members, func(a, b int) int { return g.first(a) - g.first(b) })
	local := make(map[int]int, len(members))
	nodes := make([]layered.Node, len(members))
	for at, i := range members {
		local[i] = at
		nodes[at].Size = p.measure(g, i)
	}
	var lines []int
	var edges []layered.Edge
	for i := range p.lines {
		l := &p.lines[i]
		from, okFrom := local[l.from]
		to, okTo := local[l.to]
		if !okFrom || !okTo {
			continue
		}
		if l.both && from > to { // down from where a run begins
			l.from, l.to, from, to = l.to, l.from, to, from
		}
		edge := layered.Edge{From: from, To: to}
		if l.label != "" {
			edge.Label = layered.Size{W: labelFont.width(l.label) + 12, H: 17}
		}
		if from == to { // room for the arc and its label
			room := selfRoom + edge.Label.W
			nodes[from].W += room
			nodes[from].Port -= room / 2
		}
		lines, edges = append(lines, i), append(edges, edge)
	}
	layout := layered.New(nodes, edges)
	for at, i := range members {
		c := layout.Nodes[at]
		p.put(g, i, point{X: c.X + nodes[at].Port, Y: c.Y})
	}
	for at, i := range lines {
		p.lines[i].route, p.lines[i].at = layout.Routes[at], layout.Labels[at]
	}
	return layout.Size
}

// measure lays out what is inside a node, a frame or a block, and returns its size.
func (p *plan) measure(g *Graph, i int) layered.Size {
	var size layered.Size
	switch {
	case p.framed[i]:
		size = p.group(g, i)
		size = layered.Size{W: max(size.W, nameFont.width(g.Nodes[i].shown())+40) + 2*framePad, H: size.H + 2*framePad + frameHeader}
		p.boxes[i] = rect{w: size.W, h: size.H}
	case p.members[i] != nil:
		size.W, size.H = p.grid(g, p.members[i])
		p.blocks[i] = rect{w: size.W, h: size.H}
	default:
		size = g.Nodes[i].size(g)
		p.boxes[i] = rect{w: size.W, h: size.H}
	}
	return size
}

// put places a node, frame or block that was measured around a point.
func (p *plan) put(g *Graph, i int, centre point) {
	if members := p.members[i]; members != nil {
		b := p.blocks[i]
		b.x, b.y = centre.X-b.w/2, centre.Y-b.h/2
		p.blocks[i] = b
		for _, m := range members {
			p.boxes[m].x += b.x
			p.boxes[m].y += b.y
		}
		return
	}
	b := &p.boxes[i]
	b.x, b.y = centre.X-b.w/2, centre.Y-b.h/2
	if p.framed[i] {
		p.move(func(at int) bool { return p.inside(at, i) }, b.x+framePad, b.y+framePad+frameHeader)
	}
}

// selfRoom is how far the arc of a loop from a node to itself reaches.
const selfRoom = 40.0

// first sorts nodes: where a run begins, then the others, then the end.
func (g *Graph) first(i int) int {
	switch n := &g.Nodes[i]; {
	case n.Kind == agents.Start:
		return 0
	case slices.Contains(g.Entry, n.Name):
		return 1
	case n.Kind == agents.End:
		return 3
	}
	return 2
}

// inside reports whether a node is in a frame, or in one inside it.
func (p *plan) inside(i, owner int) bool {
	for range len(p.frame) { // ends also if frames were to contain each other
		if i = p.frame[i]; i < 0 || i == owner {
			break
		}
	}
	return i == owner
}

// move shifts some of the nodes, with their lines.
func (p *plan) move(which func(i int) bool, x, y float64) {
	for i := range p.boxes {
		if which(i) {
			p.boxes[i].x += x
			p.boxes[i].y += y
		}
	}
	for i, b := range p.blocks {
		if which(i) {
			p.blocks[i] = rect{b.x + x, b.y + y, b.w, b.h}
		}
	}
	for i := range p.lines {
		l := &p.lines[i]
		if !which(l.from) {
			continue
		}
		for j := range l.route {
			l.route[j].X += x
			l.route[j].Y += y
		}
		l.at.X += x
		l.at.Y += y
	}
}
