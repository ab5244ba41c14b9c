package agents

import (
	"slices"
)

// loners are graphs of single agents, by agent. An agent that another one uses is part of
// that one's graph only.
type loners struct {
	graphs map[Ref]*builder
	order  []Ref
	inner  map[Ref][]*builder
}

func newLoners() *loners { return &loners{map[Ref]*builder{}, nil, map[Ref][]*builder{}} }

// root notes that b is the graph of the agent id.
func (l *loners) root(id Ref, b *builder) {
	l.graphs[id] = b
	l.order = append(l.order, id)
}

// inside notes that b has the agent id.
func (l *loners) inside(id Ref, b *builder) { l.inner[id] = append(l.inner[id], b) }

// settle drops the graphs of agents that are in a graph of others that stays.
func (l *loners) settle(x *extraction) {
	dropped := map[*builder]bool{}
	for _, id := range l.order {
		for _, b := range l.inner[id] {
			if b != l.graphs[id] && !dropped[b] {
				dropped[l.graphs[id]] = true
				x.drop(l.graphs[id])
				break
			}
		}
	}
}

// drop removes a graph that turned out to be a part of another one.
func (x *extraction) drop(b *builder) {
	x.graphs = slices.DeleteFunc(x.graphs, func(have *builder) bool { return have == b })
}
