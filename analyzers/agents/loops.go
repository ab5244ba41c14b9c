package agents

import (
	"regexp"
	"slices"

	"gonum.org/v1/gonum/graph/simple"
	"gonum.org/v1/gonum/graph/topo"
)

// findLoops finds the strongly connected components of g's control edges, with what ends
// each: one loop per component, in linear time, however many cycles it has.
func findLoops(g *Graph) []Loop {
	ids := make(map[string]int64, len(g.Nodes))
	d := simple.NewDirectedGraph()
	for i := range g.Nodes {
		ids[g.Nodes[i].Name] = int64(i)
		d.AddNode(simple.Node(i))
	}
	self := map[int64]bool{}
	for _, e := range g.Edges {
		from, to := ids[e.From], ids[e.To]
		switch {
		case !e.Kind.IsControl():
		case from == to:
			self[from] = true // gonum's graphs take no self-edges
		default:
			d.SetEdge(simple.Edge{F: simple.Node(from), T: simple.Node(to)})
		}
	}
	var loops []Loop
	for _, component := range topo.TarjanSCC(d) {
		if len(component) == 1 && !self[component[0].ID()] {
			continue
		}
		members := make([]int, len(component))
		for i, n := range component {
			members[i] = int(n.ID())
		}
		slices.Sort(members)
		loops = append(loops, describeLoop(g, members))
	}
	slices.SortFunc(loops, func(a, b Loop) int { return int(ids[a.Nodes[0]] - ids[b.Nodes[0]]) })
	return loops
}

// humanName are names of steps that wait for a person, in whatever way.
var humanName = regexp.MustCompile(`(?i)^(human|ask_?(human|user)|(get_?)?(user|human)_?(input|feedback|approval|review|proxy)|await_?(approval|user|human))|_human$|human_?(in_the_loop|feedback|review|approval|input)`)

func describeLoop(g *Graph, members []int) Loop {
	l := Loop{Decider: Nobody}
	in := map[string]bool{}
	for _, i := range members {
		l.Nodes = append(l.Nodes, g.Nodes[i].Name)
		in[g.Nodes[i].Name] = true
	}
	l.Place = g.Nodes[members[0]].Place
	found := map[Decider]Condition{}
	leaves := map[string]bool{}
	ends := false
	for _, e := range g.Edges {
		if in[e.From] && e.Kind.IsControl() && !in[e.To] {
			l.Exits = append(l.Exits, e)
			leaves[e.From] = true
		}
	}
	for _, e := range g.Edges {
		if !in[e.From] || !e.Kind.IsControl() {
			continue
		}
		// An agent that is done with its tools may still be inside of a larger loop.
		if e.Condition.Decider == ToolCall && len(leaves) > 0 && !leaves[e.From] {
			continue
		}
		// The choice between going on and leaving is on either edge.
		if c := e.Condition; c.Decider != "" && c.Decider != Nobody && (c.Decider != Counter || c.Bound.Effective || found[Counter].Decider == "") {
			found[c.Decider] = c
			ends = ends || e.Kind == LoopBack && in[e.To] // a repeat construct ends by its own condition
		}
	}
	for _, i := range members {
		if g.Nodes[i].Asks || g.Nodes[i].Kind == Human || humanName.MatchString(g.Nodes[i].Name) {
			found[ByHuman] = Condition{Decider: ByHuman}
		}
		if c := g.Nodes[i].Ends; c.Decider != "" {
			ends = true
			if have, ok := found[c.Decider]; !ok || !have.Bound.Effective {
				found[c.Decider] = c
			}
		}
	}
	l.decide(g, found, ends)
	return l
}

// decide chooses the safest of the deciders that were found: any one of them ends the loop.
// ends tells that a run may be over without an edge that leaves.
func (l *Loop) decide(g *Graph, found map[Decider]Condition, ends bool) {
	if c, ok := found[Counter]; ok && c.Bound.Effective {
		l.Decider, l.Bound = Counter, c.Bound
		return
	}
	hands := l.handsOver(g)
	if len(l.Exits) > 0 || ends || hands {
		l.Decider = External
		if hands {
			l.Decider = Verdict
		}
		for _, d := range []Decider{ByHuman, ToolCall, External, Verdict} {
			if c, ok := found[d]; ok {
				l.Decider, l.Bound = d, c.Bound
				break
			}
		}
		if c, ok := found[Counter]; ok { // a guard that can't work
			l.Bound = c.Bound
			if l.Decider == External {
				l.Decider = Verdict
			}
		}
	} else if _, ok := found[ByHuman]; ok {
		l.Decider = ByHuman
	}
	if g.Limit.Value > 0 && l.Bound.Expr == "" {
		l.Bound = Bound{Expr: g.Limit.What, Value: g.Limit.Value, Effective: true, Default: g.Limit.Source == "default"}
		if g.Limit.Source == "explicit" && l.Decider == Nobody {
			l.Decider = Counter
		}
	}
}

// handsOver reports whether the loop is made of handoffs or speakers only, in which every
// member may simply answer and so end the run.
func (l *Loop) handsOver(g *Graph) bool {
	for _, e := range g.Edges {
		if e.Kind.IsControl() && e.Kind != Handoff && e.Kind != Delegate && slices.Contains(l.Nodes, e.From) && slices.Contains(l.Nodes, e.To) {
			return false
		}
	}
	return true
}
