package layered

import "slices"

// drawing is one part while it is laid out. Items are its nodes first, then the points where
// long edges cross a row, and their labels.
type drawing struct {
	part
	input []Edge // of the whole graph
	items []item
	links []link
	rows  [][]int // items from left to right
	bare  []bool  // rows of lines and labels only
	tops  []float64
	size  Size
	loose bool // too many lines: edges do not make room for themselves
}

// item is something that takes room in a row.
type item struct {
	Size
	row, pos int
	x        float64 // centre
	port     float64 // of Node
	line     bool    // a point or label of an edge
	up, down []neighbour
}

// neighbour is an item of a row next to it.
type neighbour struct {
	item   int
	weight float64 // how much the two want to stand above each other
}

// link is an edge of the part that joins two of its nodes, turned so that it points down.
type link struct {
	edge     int // index of the input
	from, to int // items
	turned   bool
	chain    []int // the items that it passes between its ends, from top to bottom
	label    int   // the item of its label, -1
}

func newDrawing(p part, nodes []Node, edges []Edge) *drawing {
	d := &drawing{part: p, input: edges}
	local := make(map[int]int, len(p.nodes))
	for i, n := range p.nodes {
		local[n] = i
		d.items = append(d.items, item{Size: nodes[n].Size, port: nodes[n].Port, pos: i})
	}
	for _, e := range p.edges {
		if edges[e].From != edges[e].To {
			d.links = append(d.links, link{edge: e, from: local[edges[e].From], to: local[edges[e].To], label: -1})
		}
	}
	return d
}

// breakCycles turns the edges that lead back, as a walk from the first nodes sees it: the
// way back of a loop then points up in the drawing, as people draw it.
func (d *drawing) breakCycles() {
	out := make([][]int, len(d.items))
	incoming := make([]int, len(d.items))
	for i, l := range d.links {
		out[l.from] = append(out[l.from], i)
		incoming[l.to]++
	}
	roots := make([]int, 0, len(d.items))
	for pass := range 2 { // those that nothing leads to, then the others
		for i := range d.items {
			if (incoming[i] == 0) == (pass == 0) {
				roots = append(roots, i)
			}
		}
	}
	const open, done = 1, 2
	state := make([]uint8, len(d.items))
	type frame struct{ item, next int }
	for _, root := range roots {
		if state[root] != 0 {
			continue
		}
		state[root] = open
		for stack := []frame{{root, 0}}; len(stack) > 0; {
			f := &stack[len(stack)-1]
			if f.next == len(out[f.item]) {
				state[f.item] = done
				stack = stack[:len(stack)-1]
				continue
			}
			l := &d.links[out[f.item][f.next]]
			f.next++
			switch state[l.to] {
			case open:
				l.turned = true
			case 0:
				state[l.to] = open
				stack = append(stack, frame{l.to, 0})
			}
		}
	}
	for i := range d.links {
		if l := &d.links[i]; l.turned {
			l.from, l.to = l.to, l.from
		}
	}
}

// rank gives each node its row: below all that lead to it, and no further from those it leads
// to than needed.
func (d *drawing) rank() {
	out, in := make([][]int, len(d.items)), make([][]int, len(d.items))
	for _, l := range d.links {
		out[l.from] = append(out[l.from], l.to)
		in[l.to] = append(in[l.to], l.from)
	}
	missing := make([]int, len(d.items))
	var order []int
	for i := range d.items {
		if missing[i] = len(in[i]); missing[i] == 0 {
			order = append(order, i)
		}
	}
	for at := 0; at < len(order); at++ {
		for _, to := range out[order[at]] {
			d.items[to].row = max(d.items[to].row, d.items[order[at]].row+1)
			if missing[to]--; missing[to] == 0 {
				order = append(order, to)
			}
		}
	}
	for _, i := range slices.Backward(order) {
		if len(out[i]) == 0 || len(out[i]) < len(in[i]) || len(out[i]) == 1 && len(in[i]) == 1 {
			continue
		}
		nearest := d.items[out[i][0]].row
		for _, to := range out[i] {
			nearest = min(nearest, d.items[to].row)
		}
		d.items[i].row = max(d.items[i].row, nearest-1)
	}
	d.split()
}

// Rows of more than maxRow nodes are split into several of up to rowLength, so that wide graphs
// stay legible.
const (
	maxRow    = 11
	rowLength = 8
)

func (d *drawing) split() {
	rows := 0
	for i := range d.items {
		rows = max(rows, d.items[i].row+1)
	}
	count := make([]int, rows)
	for i := range d.items {
		count[d.items[i].row]++
	}
	first := make([]int, rows+1)
	pieces := make([]int, rows)
	for r, n := range count {
		pieces[r] = 1
		if n > maxRow {
			pieces[r] = (n + rowLength - 1) / rowLength
		}
		first[r+1] = first[r] + pieces[r]
	}
	seen := make([]int, rows)
	for i := range d.items {
		r := d.items[i].row
		d.items[i].row = first[r] + seen[r]*pieces[r]/count[r]
		seen[r]++
	}
}

// addLines gives edges that cross rows, and labels, items of their own. With labels, every
// other row is one of lines and labels only.
func (d *drawing) addLines() {
	step := 1
	for _, l := range d.links {
		if d.input[l.edge].Label.W > 0 {
			step = 2
			break
		}
	}
	lines := 0
	for _, l := range d.links {
		lines += (d.items[l.to].row-d.items[l.from].row)*step - 1
	}
	if lines > maxLines && step == 2 {
		step, lines = 1, lines/2
	}
	d.loose = lines > maxLines
	rows := 0
	for i := range d.items {
		d.items[i].row *= step
		rows = max(rows, d.items[i].row+1)
	}
	d.rows = make([][]int, rows)
	for i := range d.items {
		d.enter(i)
	}
	for i := range d.links {
		l := &d.links[i]
		if d.loose {
			d.join(l.from, l.to)
			continue
		}
		top, bottom := d.items[l.from].row, d.items[l.to].row
		label := d.input[l.edge].Label
		labelRow := top + 1 + (bottom-top-1)/2/2*2 // a row of lines near the middle
		last := l.from
		for row := top + 1; row < bottom; row++ {
			d.items = append(d.items, item{row: row, line: true})
			at := len(d.items) - 1
			if row == labelRow && step == 2 && label.W > 0 {
				d.items[at].Size, l.label = label, at
			}
			d.enter(at)
			d.join(last, at)
			l.chain = append(l.chain, at)
			last = at
		}
		d.join(last, l.to)
	}
}

func (d *drawing) enter(i int) {
	row := d.items[i].row
	d.items[i].pos = len(d.rows[row])
	d.rows[row] = append(d.rows[row], i)
}

// join makes neighbours of two items. Lines want to be straight more than edges want to be short.
func (d *drawing) join(above, below int) {
	weight := 1.0
	if d.items[above].line {
		weight *= 3
	}
	if d.items[below].line {
		weight *= 3
	}
	d.items[above].down = append(d.items[above].down, neighbour{below, weight})
	d.items[below].up = append(d.items[below].up, neighbour{above, weight})
}
