package layered

import (
	"cmp"
	"slices"
)

// order orders the rows so that few lines cross: again and again each row by the mean position
// of its neighbours above, then below, and by swapping what stands side by side. The best
// order of all rounds is kept.
func (d *drawing) order() {
	d.startOrder()
	links := 0
	for i := range d.items {
		links += len(d.items[i].down)
	}
	rounds := min(max(250_000/(links+len(d.items)+1), 2), 24)
	best, fewest, since := d.copyRows(), d.crossings(), 0
	for round := 0; round < rounds && fewest > 0 && since < 6; round++ {
		if round%2 == 0 {
			for r := 1; r < len(d.rows); r++ {
				d.sortRow(r, true)
			}
		} else {
			for r := len(d.rows) - 2; r >= 0; r-- {
				d.sortRow(r, false)
			}
		}
		if links < 3000 {
			d.swap()
		}
		since++
		if n := d.crossings(); n < fewest {
			best, fewest, since = d.copyRows(), n, 0
		}
	}
	d.setRows(best)
}

// startOrder puts items in the order in which a walk down from the first ones meets them.
func (d *drawing) startOrder() {
	seen := make([]bool, len(d.items))
	next := make([][]int, len(d.rows))
	for _, row := range d.rows {
		for _, root := range row {
			if len(d.items[root].up) > 0 || seen[root] {
				continue
			}
			seen[root] = true
			for stack := []int{root}; len(stack) > 0; {
				i := stack[len(stack)-1]
				stack = stack[:len(stack)-1]
				next[d.items[i].row] = append(next[d.items[i].row], i)
				for _, n := range slices.Backward(d.items[i].down) {
					if !seen[n.item] {
						seen[n.item] = true
						stack = append(stack, n.item)
					}
				}
			}
		}
	}
	d.setRows(next)
}

func (d *drawing) setRows(rows [][]int) {
	d.rows = rows
	for _, row := range rows {
		for pos, i := range row {
			d.items[i].pos = pos
		}
	}
}

func (d *drawing) copyRows() [][]int {
	rows := make([][]int, len(d.rows))
	for i := range rows {
		rows[i] = slices.Clone(d.rows[i])
	}
	return rows
}

// sortRow orders a row by the mean position of the neighbours on one side. Items without any stay where they are.
func (d *drawing) sortRow(r int, above bool) {
	row := d.rows[r]
	mean := make(map[int]float64, len(row))
	var moving []int
	for _, i := range row {
		side := d.items[i].down
		if above {
			side = d.items[i].up
		}
		if len(side) == 0 {
			continue
		}
		sum := 0.0
		for _, n := range side {
			sum += float64(d.items[n.item].pos)
		}
		mean[i] = sum / float64(len(side))
		moving = append(moving, i)
	}
	slices.SortStableFunc(moving, func(a, b int) int { return cmp.Compare(mean[a], mean[b]) })
	for pos, i := range row {
		if _, ok := mean[i]; ok {
			row[pos] = moving[0]
			moving = moving[1:]
		}
		d.items[row[pos]].pos = pos
	}
}

// swap exchanges items that stand side by side as long as that makes fewer lines cross.
func (d *drawing) swap() {
	for range 4 {
		improved := false
		for _, row := range d.rows {
			for pos := 0; pos+1 < len(row); pos++ {
				a, b := row[pos], row[pos+1]
				if gain := d.crossed(a, b) - d.crossed(b, a); gain > 0 {
					row[pos], row[pos+1] = b, a
					d.items[a].pos, d.items[b].pos = pos+1, pos
					improved = true
				}
			}
		}
		if !improved {
			return
		}
	}
}

// crossed counts the crossings between the lines of a and of b, if a stands left of b.
func (d *drawing) crossed(a, b int) int {
	n := 0
	for _, sides := range [2][2][]neighbour{{d.items[a].up, d.items[b].up}, {d.items[a].down, d.items[b].down}} {
		for _, left := range sides[0] {
			for _, right := range sides[1] {
				if d.items[left.item].pos > d.items[right.item].pos {
					n++
				}
			}
		}
	}
	return n
}

// crossings counts all crossings, as Barth, Mutzel and Jünger do (2004): per pair of rows, the
// inversions among the lower ends of lines that are sorted by their upper ones.
func (d *drawing) crossings() int {
	total := 0
	for _, row := range d.rows {
		var ends []int
		width := 0
		for _, i := range row {
			from := len(ends)
			for _, n := range d.items[i].down {
				ends = append(ends, d.items[n.item].pos)
				width = max(width, d.items[n.item].pos+1)
			}
			slices.Sort(ends[from:])
		}
		tree := make([]int, width+1)
		for seen, pos := range ends {
			before := 0
			for at := pos + 1; at > 0; at -= at & -at {
				before += tree[at]
			}
			total += seen - before
			for at := pos + 1; at <= width; at += at & -at {
				tree[at]++
			}
		}
	}
	return total
}
