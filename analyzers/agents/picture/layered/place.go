package layered

import (
	"cmp"
	"math"
	"slices"
)

// place gives items their coordinates.
func (d *drawing) place() {
	d.bare = make([]bool, len(d.rows))
	for r, row := range d.rows {
		d.bare[r] = d.lines(r)
		x := 0.0
		for pos, i := range row {
			if pos > 0 {
				x += d.distance(row[pos-1], i)
			}
			d.items[i].x = x
		}
	}
	rounds := min(max(250_000/(len(d.items)+1), 3), 40)
	for range rounds {
		for r := 1; r < len(d.rows); r++ {
			d.align(r, true, false)
		}
		for r := len(d.rows) - 2; r >= 0; r-- {
			d.align(r, false, true)
		}
	}
	for range 3 {
		for r := range d.rows {
			d.align(r, true, true)
		}
		for r := len(d.rows) - 1; r >= 0; r-- {
			d.align(r, true, true)
		}
	}
	left, right := math.Inf(1), math.Inf(-1)
	for i := range d.items {
		it := &d.items[i]
		left, right = min(left, it.x-it.W/2), max(right, it.x+it.W/2)
	}
	for i := range d.items {
		d.items[i].x -= left
	}
	d.size.W = right - left
	d.stack()
}

// distance is how far apart the centres of two neighbours in a row must be.
func (d *drawing) distance(left, right int) float64 {
	a, b := &d.items[left], &d.items[right]
	gap := nodeGap
	if a.line && b.line || a.line != b.line {
		gap = lineGap
	}
	return (a.W+b.W)/2 + gap
}

// align moves the items of a row towards their neighbours above, below or both, as far as they
// leave each other room: the least sum of squared distances from where each wants to be, found
// by pooling those that push each other.
func (d *drawing) align(r int, above, below bool) {
	type block struct {
		sum, weight float64
		count       int
	}
	row := d.rows[r]
	blocks := make([]block, 0, len(row))
	offset := 0.0 // of an item from the first one, were all as close as can be
	for pos, i := range row {
		if pos > 0 {
			offset += d.distance(row[pos-1], i)
		}
		x, weight := d.wanted(i, above, below)
		weight *= weight // who is pulled by few makes room for who is pulled by many
		blocks = append(blocks, block{(x - offset) * weight, weight, 1})
		for n := len(blocks); n > 1 && blocks[n-2].sum/blocks[n-2].weight >= blocks[n-1].sum/blocks[n-1].weight; n-- {
			blocks[n-2].sum += blocks[n-1].sum
			blocks[n-2].weight += blocks[n-1].weight
			blocks[n-2].count += blocks[n-1].count
			blocks = blocks[:n-1]
		}
	}
	at, offset := 0, 0.0
	for _, b := range blocks {
		base := b.sum / b.weight
		for range b.count {
			if at > 0 {
				offset += d.distance(row[at-1], row[at])
			}
			d.items[row[at]].x = base + offset
			at++
		}
	}
}

// wanted is where an item wants to be, and how much: above or below one of its neighbours, the
// one in the middle, so that as many lines as possible are straight. Between two in the middle
// it is their mean; beside nodes, where both sides count, it stays where it is between them, so
// that lines go straight past nodes and bend in between.
func (d *drawing) wanted(i int, above, below bool) (x, weight float64) {
	it := &d.items[i]
	var ends []end
	if above {
		ends = d.appendEnds(ends, it, it.up)
	}
	if below {
		ends = d.appendEnds(ends, it, it.down)
	}
	for _, e := range ends {
		weight += e.weight
	}
	if weight == 0 {
		return it.x, 0.05
	}
	slices.SortFunc(ends, func(a, b end) int { return cmp.Compare(a.x, b.x) })
	half := 0.0
	for k, e := range ends {
		half += e.weight
		switch {
		case half == weight/2 && k+1 < len(ends):
			if above && below && !d.bare[it.row] {
				return min(max(it.x, e.x), ends[k+1].x), weight
			}
			return (e.x + ends[k+1].x) / 2, weight
		case half > weight/2:
			return e.x, weight
		}
	}
	return it.x, weight
}

// end is where a neighbour wants an item to be.
type end struct{ x, weight float64 }

func (d *drawing) appendEnds(ends []end, it *item, side []neighbour) []end {
	for _, n := range side {
		other := &d.items[n.item]
		ends = append(ends, end{other.x + other.port - it.port, n.weight})
	}
	return ends
}

// stack puts the rows below each other. A row of lines alone takes only the room of its labels.
func (d *drawing) stack() {
	d.tops = make([]float64, len(d.rows))
	y := 0.0
	for r, row := range d.rows {
		height, nodes := 0.0, false
		for _, i := range row {
			height = max(height, d.items[i].H)
			nodes = nodes || !d.items[i].line
		}
		if r > 0 {
			switch {
			case nodes && d.bare[r-1]:
				y += labelGap + d.slack(r)
			case !nodes:
				y += labelGap + d.slack(r)
			default:
				y += rowGap + d.slack(r)
			}
		}
		d.tops[r] = y
		y += height
	}
	d.size.H = y
}

// lines reports whether a row holds lines only.
func (d *drawing) lines(r int) bool {
	return !slices.ContainsFunc(d.rows[r], func(i int) bool { return !d.items[i].line })
}

// slack is more room above a row where lines run far to the side, so that they stay steep enough to follow.
func (d *drawing) slack(r int) float64 {
	far := 0.0
	for _, i := range d.rows[r] {
		for _, n := range d.items[i].up {
			far = max(far, math.Abs(d.items[i].x-d.items[n.item].x))
		}
	}
	return min(far/14, 60)
}

func (d *drawing) height(r int) float64 {
	h := 0.0
	for _, i := range d.rows[r] {
		h = max(h, d.items[i].H)
	}
	return h
}

// centre is the middle of an item. Nodes stand in the middle of their row.
func (d *drawing) centre(i int) Point {
	it := &d.items[i]
	return Point{it.x, d.tops[it.row] + d.height(it.row)/2}
}

// write copies the result to l, moved by origin.
func (d *drawing) write(l *Layout, origin Point) {
	heights := make([]float64, len(d.rows))
	for r := range heights {
		heights[r] = d.height(r)
	}
	moved := func(x, y float64) Point { return Point{round(x + origin.X), round(y + origin.Y)} }
	for i, n := range d.nodes {
		r := d.items[i].row
		l.Nodes[n] = moved(d.items[i].x, d.tops[r]+heights[r]/2)
	}
	starts, ends := d.ports()
	for i := range d.links {
		k := &d.links[i]
		from, to := &d.items[k.from], &d.items[k.to]
		middle := func(it *item) float64 { return d.tops[it.row] + heights[it.row]/2 }
		route := []Point{moved(from.x+from.port+starts[i], middle(from)+from.H/2)}
		for _, c := range k.chain {
			it := &d.items[c]
			if c == k.label || d.bare[it.row] {
				route = append(route, moved(it.x, middle(it)))
				continue
			}
			route = append(route, moved(it.x, d.tops[it.row]), moved(it.x, d.tops[it.row]+heights[it.row]))
		}
		route = append(route, moved(to.x+to.port+ends[i], middle(to)-to.H/2))
		if k.turned {
			slices.Reverse(route)
		}
		l.Routes[k.edge] = route
		if k.label >= 0 {
			c := d.centre(k.label)
			l.Labels[k.edge] = moved(c.X, c.Y)
		} else {
			a, b := route[(len(route)-1)/2], route[(len(route)-1)/2+1]
			l.Labels[k.edge] = Point{round((a.X + b.X) / 2), round((a.Y + b.Y) / 2)}
		}
	}
}

func round(x float64) float64 { return math.Round(x*10) / 10 }

// ports are how far from the middle of a node's side each link begins and ends: side by
// side, in the order of where they come from, so that they do not cross at the node.
func (d *drawing) ports() (starts, ends []float64) {
	starts, ends = make([]float64, len(d.links)), make([]float64, len(d.links))
	below, above := make([][]int, len(d.nodes)), make([][]int, len(d.nodes))
	for i := range d.links {
		below[d.links[i].from] = append(below[d.links[i].from], i)
		above[d.links[i].to] = append(above[d.links[i].to], i)
	}
	spread := func(node int, links []int, next func(*link) int, out []float64) {
		slices.SortStableFunc(links, func(a, b int) int {
			return cmp.Compare(d.items[next(&d.links[a])].x, d.items[next(&d.links[b])].x)
		})
		gap := min(22, d.items[node].W*0.6/float64(max(len(links)-1, 1)))
		for pos, link := range links {
			out[link] = (float64(pos) - float64(len(links)-1)/2) * gap
		}
	}
	for node := range d.nodes {
		spread(node, below[node], func(k *link) int {
			if len(k.chain) > 0 {
				return k.chain[0]
			}
			return k.to
		}, starts)
		spread(node, above[node], func(k *link) int {
			if len(k.chain) > 0 {
				return k.chain[len(k.chain)-1]
			}
			return k.from
		}, ends)
	}
	return starts, ends
}
