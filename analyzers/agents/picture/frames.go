package picture

import (
	"slices"

	"github.com/qodacode/qodacode/analyzers/agents"
)

// maxFrames bounds how many teams are drawn as frames; each is looked at in the whole graph.
const maxFrames = 40

// frames finds for each node the team that is drawn as a frame around it, or -1. A team is one
// if what it contains is connected with the rest of the graph through the team alone.
func (g *Graph) frames(index map[string]int) []int {
	frame := make([]int, len(g.Nodes))
	for i := range frame {
		frame[i] = -1
	}
	type candidate struct {
		team   int
		inside map[int]bool
	}
	var candidates []candidate
	for i := range g.Nodes {
		if k := g.Nodes[i].Kind; k == agents.Team || k == agents.Subgraph {
			if inside := g.enclosed(i, index); len(inside) > 0 {
				candidates = append(candidates, candidate{i, inside})
			}
		}
		if len(candidates) > maxFrames {
			return frame
		}
	}
	slices.SortStableFunc(candidates, func(a, b candidate) int { return len(a.inside) - len(b.inside) })
	for _, c := range candidates { // inner ones first
		overlaps := false
		for i := range c.inside {
			overlaps = overlaps || frame[i] >= 0 && !c.inside[frame[i]]
		}
		for i := range c.inside {
			if !overlaps && frame[i] < 0 {
				frame[i] = c.team
			}
		}
	}
	return frame
}

// enclosed are the nodes that team contains, and what hangs on them alone, or nil if some of
// it also hangs on the rest of the graph.
func (g *Graph) enclosed(team int, index map[string]int) map[int]bool {
	contains, near := map[int][]int{}, map[int][]int{}
	for i := range g.Edges {
		e := &g.Edges[i]
		from, to := index[e.From], index[e.To]
		if e.Kind == agents.Contains {
			contains[from] = append(contains[from], to)
		}
		if from != team && to != team {
			near[from], near[to] = append(near[from], to), append(near[to], from)
		}
	}
	inside := map[int]bool{}
	queue := slices.Clone(contains[team])
	for len(queue) > 0 {
		i := queue[0]
		queue = queue[1:]
		if !inside[i] && i != team {
			inside[i] = true
			queue = append(queue, contains[i]...)
		}
	}
	for i := range inside {
		queue = append(queue, near[i]...)
	}
	for len(queue) > 0 {
		i := queue[0]
		queue = queue[1:]
		if inside[i] {
			continue
		}
		switch g.Nodes[i].Kind {
		case agents.Tool, agents.Toolset, agents.Task:
		default:
			return nil
		}
		inside[i] = true
		queue = append(queue, near[i]...)
	}
	for i := range g.Edges {
		e := &g.Edges[i]
		from, to := index[e.From], index[e.To]
		if e.Kind != agents.Contains && (from == team && inside[to] || to == team && inside[from]) {
			return nil
		}
	}
	return inside
}
