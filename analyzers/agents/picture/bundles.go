package picture

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
)

// minBundle is from how many nodes on those with the same neighbours are drawn as a block with
// one line to each neighbour: thirty workers between a planner and a reducer, an agent's tools.
const minBundle = 5

// cellGap is the space between the nodes of a block, and around them.
const cellGap = 14.0

// bundles finds nodes that have all the same neighbours, by the same kinds of edges, and are in
// the same frame. The result holds for each node the first of its bundle, or itself.
func (g *Graph) bundles(index map[string]int, frame []int) (first []int, members map[int][]int) {
	around := make([][]string, len(g.Nodes))
	alone := make([]bool, len(g.Nodes)) // can't be part of a bundle
	for i := range g.Edges {
		e := &g.Edges[i]
		from, to := index[e.From], index[e.To]
		if from == to {
			alone[from] = true
		}
		around[from] = append(around[from], fmt.Sprintf("> %d %s %s", to, e.Kind, e.mark()))
		around[to] = append(around[to], fmt.Sprintf("< %d %s %s", from, e.Kind, e.mark()))
	}
	framed := map[int]bool{}
	for _, f := range frame {
		framed[f] = true
	}
	groups := map[string][]int{}
	for i := range g.Nodes {
		if len(around[i]) == 0 || alone[i] || framed[i] {
			continue
		}
		slices.Sort(around[i])
		key := fmt.Sprintf("%d %s %v %s", frame[i], g.Nodes[i].Kind, g.Nodes[i].Orphan, strings.Join(around[i], "|"))
		groups[key] = append(groups[key], i)
	}
	first = make([]int, len(g.Nodes))
	for i := range first {
		first[i] = i
	}
	members = map[int][]int{}
	for _, group := range groups {
		if len(group) < minBundle {
			continue
		}
		members[group[0]] = group
		for _, i := range group {
			first[i] = group[0]
		}
	}
	return first, members
}

// grid places the nodes of a bundle in a block, and returns its size. Places are relative to the block.
func (p *plan) grid(g *Graph, members []int) (w, h float64) {
	cell := rect{}
	for _, i := range members {
		size := g.Nodes[i].size(g)
		p.boxes[i] = rect{w: size.W, h: size.H}
		cell.w, cell.h = max(cell.w, size.W), max(cell.h, size.H)
	}
	columns := int(math.Ceil(math.Sqrt(float64(len(members)) * 1.9 * (cell.h + cellGap) / (cell.w + cellGap))))
	columns = max(columns, 3)
	for columns > 3 && len(members)%columns != 0 && len(members)%(columns-1) == 0 {
		columns--
	}
	for at, i := range members {
		b := &p.boxes[i]
		b.x = cellGap + float64(at%columns)*(cell.w+cellGap)
		b.y = cellGap + float64(at/columns)*(cell.h+cellGap)
		b.w, b.h = cell.w, cell.h
	}
	rows := (len(members) + columns - 1) / columns
	columns = cmp.Or(min(columns, len(members)), 1)
	return cellGap + float64(columns)*(cell.w+cellGap), cellGap + float64(rows)*(cell.h+cellGap)
}
