package arch

import (
	"fmt"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/agents"
)

// inside are the control edges between the members of a loop.
func (c *checker) inside(l *agents.Loop) []agents.Edge {
	in := memberSet(l)
	var at []int
	for _, name := range l.Nodes {
		for _, i := range c.out[name] {
			if in[c.Edges[i].To] {
				at = append(at, i)
			}
		}
	}
	slices.Sort(at) // as they are written
	edges := make([]agents.Edge, len(at))
	for i, j := range at {
		edges[i] = c.Edges[j]
	}
	return edges
}

func memberSet(l *agents.Loop) map[string]bool {
	in := make(map[string]bool, len(l.Nodes))
	for _, n := range l.Nodes {
		in[n] = true
	}
	return in
}

// closing is the edge at which the loop could end: it goes back where another edge of the
// same node leaves the loop, if possible by the choice of whoever decides.
func (c *checker) closing(l *agents.Loop, edges []agents.Edge) agents.Edge {
	leaves := map[string]bool{}
	for _, e := range l.Exits {
		leaves[e.From] = true
	}
	best, score, entrance := edges[len(edges)-1], -1, c.entrance(l)
	for _, e := range edges {
		s := 0
		if e.Kind == agents.LoopBack {
			s += 8
		}
		if leaves[e.From] {
			s += 4
		}
		if e.Condition.Decider == l.Decider && l.Decider != agents.Nobody {
			s += 2
		}
		if entrance == e.To {
			s++
		}
		if s > score {
			best, score = e, s
		}
	}
	return best
}

// entrance is the member of a loop that the rest of the graph leads to first.
func (c *checker) entrance(l *agents.Loop) string {
	in := memberSet(l)
	for _, name := range c.Entry {
		if in[name] {
			return name
		}
	}
	first := len(c.Edges)
	for _, name := range l.Nodes {
		for _, i := range c.into[name] {
			if !in[c.Edges[i].From] {
				first = min(first, i)
			}
		}
	}
	if first < len(c.Edges) {
		return c.Edges[first].To
	}
	return l.Nodes[0]
}

// cycle is a shortest way through the loop that ends with back, as its nodes in order, from the entrance.
func (c *checker) cycle(l *agents.Loop, edges []agents.Edge, back agents.Edge) []string {
	next := map[string][]string{}
	for _, e := range edges {
		next[e.From] = append(next[e.From], e.To)
	}
	before := map[string]string{back.To: ""}
	for queue := []string{back.To}; len(queue) > 0; queue = queue[1:] {
		for _, to := range next[queue[0]] {
			if _, seen := before[to]; !seen {
				before[to] = queue[0]
				queue = append(queue, to)
			}
		}
	}
	var way []string
	for n := back.From; n != ""; n = before[n] {
		way = append(way, n)
	}
	slices.Reverse(way)
	if i := slices.Index(way, c.entrance(l)); i > 0 {
		way = append(way[i:], way[:i]...)
	}
	return way
}

// maxNamed is how many nodes of a loop a message names.
const maxNamed = 5

// draw writes a loop as people say it: writer → critic → writer.
func draw(l *agents.Loop, way []string) string {
	way = said(way)
	names := way
	if len(way) > maxNamed {
		names = append(slices.Clone(way[:maxNamed-2]), "…", way[len(way)-1])
	}
	s := strings.Join(names, " → ") + " → " + way[0]
	if more := len(l.Nodes) - len(way); more > 0 {
		s += fmt.Sprintf(" (and %d more)", more)
	}
	return s
}

// list writes names as people say them: a, b and 3 more.
func list(names []string) string {
	names = said(names)
	switch n := len(names); {
	case n == 0:
		return ""
	case n == 1:
		return names[0]
	case n <= maxNamed:
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return strings.Join(names[:maxNamed-1], ", ") + fmt.Sprintf(" and %d more", len(names)-maxNamed+1)
}

func said(names []string) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = say(n)
	}
	return out
}
