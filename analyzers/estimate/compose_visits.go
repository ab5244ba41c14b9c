package estimate

import (
	"slices"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/analyzers/llm"
)

// visits are how often one run visits the nodes of a graph that it reaches.
func (c *composer) visits(g *agents.Graph) map[int]Rounds {
	f := &visitor{composer: c, g: g, part: make([]int, len(g.Nodes)), in: map[int][]Rounds{}, sent: map[int]bool{}, out: map[int]Rounds{}}
	for i := range f.part {
		f.part[i] = -1 - i
	}
	for l := range g.Loops {
		for _, name := range g.Loops[l].Nodes {
			if i := indexOf(g, name); i >= 0 {
				f.part[i] = l
			}
		}
	}
	f.edges()
	if len(g.Nodes) > maxGraph {
		for i := range g.Nodes {
			f.out[i] = limitedRounds(Range{0, 1, float64(g.Limit.Value)}, 0, llm.NoLimit, "the graph is too large to follow")
		}
		return f.out
	}
	if i := indexOf(g, agents.StartName); i >= 0 && len(f.next[i]) > 0 {
		f.leave(i, once)
	} else {
		for _, name := range f.entries() {
			if i := indexOf(g, name); i >= 0 {
				f.in[i] = append(f.in[i], once)
			}
		}
	}
	for _, group := range f.sorted() {
		f.visit(group)
	}
	return f.out
}

// visitor follows one run through a graph.
type visitor struct {
	*composer
	g    *agents.Graph
	part []int // the loop that a node is in; a number below 0 of its own elsewhere
	next [][]step
	in   map[int][]Rounds // from outside of the node's loop
	sent map[int]bool     // each of them starts any number of runs
	out  map[int]Rounds
}

// step is a control edge.
type step struct {
	to     int
	always bool    // nothing decides whether it is taken
	chance float64 // of being taken
	send   bool    // once per item
}

// edges reads the control edges by the node that they leave.
func (f *visitor) edges() {
	f.next = make([][]step, len(f.g.Nodes))
	index := map[string]int{}
	for i := range f.g.Nodes {
		index[f.g.Nodes[i].Name] = i
	}
	choices := make([]int, len(f.g.Nodes))
	for _, e := range f.g.Edges {
		if from, ok := index[e.From]; ok && e.Kind.IsControl() && e.Kind != agents.Seq && !f.apart(e) {
			choices[from]++
		}
	}
	for _, e := range f.g.Edges {
		from, ok := index[e.From]
		to, known := index[e.To]
		if !ok || !known || !e.Kind.IsControl() || f.apart(e) {
			continue
		}
		s := step{to: to, always: e.Kind == agents.Seq || e.Kind == agents.LoopBack, chance: 1, send: e.Kind == agents.Send}
		if !s.always && !s.send {
			s.chance = 1 / float64(max(choices[from], 1))
		}
		f.next[from] = append(f.next[from], s)
	}
}

// entries are where a run begins: those of the graph that are not run by another node, as the
// manager of a crew is by its tasks.
func (f *visitor) entries() []string {
	var alone []string
	for _, name := range f.g.Entry {
		if !slices.ContainsFunc(f.g.Edges, func(e agents.Edge) bool {
			return e.To == name && e.From != name && (e.Kind == agents.Assign || e.Kind == agents.Calls || e.Kind == agents.Uses || e.Kind == agents.Delegate)
		}) {
			alone = append(alone, name)
		}
	}
	if len(alone) == 0 {
		return f.g.Entry
	}
	return alone
}

// apart reports whether what an edge leads to is counted with the agent that it leaves.
func (f *visitor) apart(e agents.Edge) bool {
	return e.Kind == agents.Delegate || e.Kind == agents.Handoff && sharesTurns(f.g)
}

// sharesTurns reports whether agents that hand over to each other share the turns of one run.
func sharesTurns(g *agents.Graph) bool {
	return g.Framework == "openai-agents" || g.Framework == "swarm"
}

// sorted are the loops and the nodes outside of them that can be reached, each after all that
// lead to it.
func (f *visitor) sorted() [][]int {
	var order [][]int
	done := map[int]bool{}
	members := map[int][]int{}
	for i, p := range f.part {
		members[p] = append(members[p], i)
	}
	var visit func(p int)
	visit = func(p int) {
		if done[p] {
			return
		}
		done[p] = true
		for _, i := range members[p] {
			for _, s := range f.next[i] {
				visit(f.part[s.to])
			}
		}
		order = append(order, members[p])
	}
	starts := make([]int, 0, len(f.in))
	for i := range f.in {
		starts = append(starts, i)
	}
	slices.Sort(starts)
	for _, i := range starts {
		visit(f.part[i])
	}
	slices.Reverse(order)
	return order
}

// visit tells how often the nodes of a loop, or a node outside of loops, run, and passes that on.
func (f *visitor) visit(group []int) {
	total, reached := f.inflow(group)
	if !reached {
		return
	}
	loop := f.part[group[0]]
	if loop < 0 {
		i := group[0]
		f.out[i] = total
		if f.sent[i] { // what follows waits for all of them
			f.out[i] = f.many(f.g, f.g.Nodes[i].Name).times(total)
		}
		f.leave(i, total)
		return
	}
	l := &f.g.Loops[loop]
	rounds := f.rounds(l)
	share := f.shares(group)
	for _, i := range group {
		r := rounds
		if most := f.mostVisits(l, i); most >= 0 && r.Origin != llm.NoLimit {
			r.Most = most
			r.Times = r.Times.atMost(most)
		}
		if s := share[i]; s.chance < 1 || s.send || f.sent[i] {
			r.Times.Low = 0
			r.Times.Expected *= s.chance
			if s.send || f.sent[i] {
				r = f.many(f.g, f.g.Nodes[i].Name).times(r)
			}
		}
		r = r.times(total)
		f.out[i] = r
	}
	for _, i := range group {
		for _, s := range f.next[i] {
			if f.part[s.to] == loop {
				continue
			}
			// A choice that leaves ends the loop; what always follows runs in each round.
			r := total
			if s.always {
				r = f.out[i]
			} else {
				r = r.maybe()
				r.Times.Expected *= f.exitShare(group, loop)
				if f.parallel(group, loop) {
					r.Most, r.Times.High = f.out[i].Most, f.out[i].Times.High
					r.Origin, r.Reason = f.out[i].Origin, f.out[i].Reason
				}
			}
			f.pass(s, r)
		}
	}
}

// inflow is how often a loop is entered, or a node run.
func (f *visitor) inflow(group []int) (Rounds, bool) {
	total, reached := Rounds{}, false
	for _, i := range group {
		for _, r := range f.in[i] {
			if !reached {
				total, reached = r, true
				continue
			}
			// Where branches meet again, they meet once; but a LangGraph whose branches differ in
			// length goes on twice.
			total.Times.Low = max(total.Times.Low, r.Times.Low)
			total.Times.Expected = max(total.Times.Expected, min(total.Times.Expected+r.Times.Expected, max(1, total.Times.High, r.Times.High)))
			total.Times.High = max(total.Times.High, r.Times.High)
			if f.g.Framework == "langgraph" {
				total.Most += r.Most
			} else {
				total.Most = max(total.Most, r.Most)
			}
			if w := weakest(total.Origin, r.Origin); w != total.Origin {
				total.Origin, total.Reason = w, r.Reason
			}
		}
	}
	if reached && f.g.Framework == "langgraph" {
		// A node runs at most once per step, and without loops there are no more steps than nodes.
		if total.Origin == llm.Explicit && len(f.g.Loops) == 0 {
			total.Most = min(total.Most, float64(len(f.g.Nodes)))
		}
	}
	total.Times.Expected = max(total.Times.Low, min(total.Times.Expected, max(total.Times.High, total.Times.Low)))
	return total, reached
}

// leave passes a node's visits on along its edges.
func (f *visitor) leave(i int, r Rounds) {
	for _, s := range f.next[i] {
		f.pass(s, r)
	}
}

func (f *visitor) pass(s step, r Rounds) {
	if !s.always {
		r = r.maybe()
		r.Times.Expected *= s.chance
	}
	f.sent[s.to] = f.sent[s.to] || s.send
	f.in[s.to] = append(f.in[s.to], r)
}
