package estimate

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/analyzers/llm"
)

// maxGraph is how many nodes a graph may have for its paths to be followed one by one.
const maxGraph = 400

// needs calls reach for the functions that an execution of call may run: tools, and nodes of
// graphs.
func (c *composer) needs(call *Call, seen map[any]bool, reach func(*unit)) {
	if seen[call] {
		return
	}
	seen[call] = true
	if call.Site.Kind == llm.Drive && call.Model == nil && call.Site.Config == nil {
		if g := c.graphs.driven(call); g != nil {
			c.graphNeeds(g, seen, reach)
			return
		}
	}
	targets, _ := c.tools(call)
	for _, t := range append(c.guards(call), targets...) {
		if t.unit != nil {
			reach(t.unit)
		} else {
			c.needs(t.agent, seen, reach)
		}
	}
	for _, n := range c.graphs.agentNodes(call) {
		if slices.ContainsFunc(n.Edges, func(e agents.Edge) bool { return e.Kind == agents.Handoff }) && !seen[n.Graph] {
			c.graphNeeds(n.Graph, seen, reach)
		}
	}
}

func (c *composer) graphNeeds(g *agents.Graph, seen map[any]bool, reach func(*unit)) {
	if seen[g] {
		return
	}
	seen[g] = true
	for i := range g.Nodes {
		p := c.graphs.parts(nodeRef{g, i})
		for _, u := range p.units {
			reach(u)
		}
		if p.agent != nil {
			c.needs(p.agent, seen, reach)
		}
		if p.graph != nil {
			c.graphNeeds(p.graph, seen, reach)
		}
	}
}

// graphRun is what one run of a graph executes.
func (c *composer) graphRun(g *agents.Graph) *tally {
	if t, known := c.graph[g]; known {
		return t
	}
	t := &tally{}
	c.graph[g] = t // a graph that is its own part adds nothing twice
	c.graphs.ran[g] = true
	if agent := c.ownAgent(g); agent != nil {
		t.add(c.agentRun(agent, g, llm.Limit{}), once, "")
		return t
	}
	for _, u := range g.Unresolved {
		t.leave(u.Reason)
	}
	visits := c.visits(g)
	for i := range g.Nodes {
		if rounds, ok := visits[i]; ok {
			t.add(c.nodeRun(nodeRef{g, i}), rounds, g.Nodes[i].Name)
		}
	}
	run := *t
	*t = tally{left: run.left, missing: run.missing, cost: run.cost, worst: run.worst}
	for _, s := range run.shares { // what an inner graph runs, this one runs
		s.graph = g
		t.list(s)
	}
	return t
}

// ownAgent is the agent that a graph is all of: what create_react_agent makes, whose turns
// are its loop.
func (c *composer) ownAgent(g *agents.Graph) *Call {
	agent := c.graphs.calls[g.Place]
	if agent == nil || agent.Site.Kind != llm.Agent {
		return nil
	}
	n := 0
	for i := range g.Nodes {
		if k := g.Nodes[i].Kind; k == agents.Agent || k == agents.Manager || k == agents.Task || k == agents.Subgraph {
			n++
		}
	}
	if n != 1 {
		return nil
	}
	return agent
}

// nodeRun is what one visit of a node executes.
func (c *composer) nodeRun(n nodeRef) *tally {
	t := &tally{}
	if c.within[n] {
		t.leave(n.node().Name + " runs itself")
		return t
	}
	c.within[n] = true
	defer delete(c.within, n)
	p := c.graphs.parts(n)
	for _, u := range p.units {
		if u.sum != nil {
			t.add(u.sum, once, "")
		} else {
			t.leave(n.node().Name + " runs the graph that it is part of")
		}
	}
	known := len(p.units) > 0
	switch {
	case p.graph != nil && !known:
		t.add(c.graphRun(p.graph), once, "")
		known = true
	case p.agent != nil && !known:
		t.add(c.agentRun(p.agent, n.Graph, llm.Limit{}), once, "")
		known = true
	}
	for _, e := range n.Edges {
		if e.From != n.node().Name {
			continue
		}
		to := indexOf(n.Graph, e.To)
		if to < 0 || to == n.i {
			continue
		}
		switch {
		case e.Kind == agents.Assign:
			t.add(c.nodeRun(nodeRef{n.Graph, to}), c.attempts(n), e.To)
			known = true
		case e.Kind == agents.Guard && p.agent == nil:
			t.add(c.nodeRun(nodeRef{n.Graph, to}), c.attempts(n), e.To)
		case e.Kind == agents.Calls && len(p.units) == 0:
			rounds := once.maybe()
			if e.FanOut {
				rounds = c.many(n.Graph, e.To)
			}
			t.add(c.nodeRun(nodeRef{n.Graph, to}), rounds, e.To)
			known = true
		}
	}
	if !known && n.node().Calls {
		t.miss("what " + n.node().Name + " costs is not known")
	}
	return t
}

// guardRetries is how often CrewAI does a task again whose guardrail refuses the result, where
// the task does not say (crewai 1.15, guardrail_max_retries).
const guardRetries = 3

var statedRetries = regexp.MustCompile(`\bmax_retries\s*=\s*(\d{1,4})\b|\bguardrail_max_retries\s*=\s*(\d{1,4})\b`)

// attempts are how often a task is done: again where a guardrail refuses the result.
func (c *composer) attempts(n nodeRef) Rounds {
	name := n.node().Name
	if n.node().Kind != agents.Task || !slices.ContainsFunc(n.Edges, func(e agents.Edge) bool { return e.Kind == agents.Guard && e.From == name }) {
		return once
	}
	r := limitedRounds(Range{1, reasked, 1 + guardRetries}, 1+guardRetries, llm.FrameworkDefault, "guardrail_max_retries is not set: the framework's default is 3")
	if f := c.graphs.byPath[n.node().Place.Path]; f != nil {
		if m := statedRetries.FindStringSubmatch(f.Source.Slice(n.node().Place.Span)); m != nil {
			most, _ := strconv.Atoi(m[1] + m[2])
			r = limitedRounds(Range{1, min(reasked, 1+float64(most)), 1 + float64(most)}, 1+float64(most), llm.Explicit, describeLimit("guardrail_max_retries", most))
		}
	}
	r.Assumptions = []Assumption{{"1.1 attempts until a guardrail accepts the result", ""}}
	return r
}

// many is a number of runs that start at once, of which nothing is known.
func (c *composer) many(g *agents.Graph, name string) Rounds {
	env := Env{}
	if f := c.graphs.byPath[g.Place.Path]; f != nil {
		env = c.env(f)
	}
	return env.uncounted("how many runs of " + name + " start at once is not known")
}

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

// shares are the parts of a loop's rounds that reach its nodes.
func (f *visitor) shares(group []int) map[int]step {
	share := map[int]step{}
	loop := f.part[group[0]]
	var queue []int
	for _, i := range group {
		if len(f.in[i]) > 0 {
			share[i] = step{chance: 1}
			queue = append(queue, i)
		}
	}
	for len(queue) > 0 {
		i := queue[0]
		queue = queue[1:]
		inside := 0
		for _, s := range f.next[i] {
			if f.part[s.to] == loop && !s.always && !s.send {
				inside++
			}
		}
		for _, s := range f.next[i] {
			if f.part[s.to] != loop {
				continue
			}
			chance := share[i].chance
			if !s.always && !s.send {
				chance /= float64(max(inside, 1))
			}
			have, seen := share[s.to]
			if !seen {
				share[s.to] = step{chance: chance, send: s.send || share[i].send}
				queue = append(queue, s.to)
			} else if have.chance < 1 {
				have.chance = min(1, have.chance+chance)
				have.send = have.send || s.send
				share[s.to] = have
			}
		}
	}
	return share
}

// exitShare divides what leaves a loop among its exits.
func (f *visitor) exitShare(group []int, loop int) float64 {
	n := 0
	for _, i := range group {
		for _, s := range f.next[i] {
			if f.part[s.to] != loop && !s.always {
				n++
			}
		}
	}
	return 1 / float64(max(n, 1))
}

// parallel reports whether several nodes of a loop may run at once.
func (f *visitor) parallel(group []int, loop int) bool {
	for _, i := range group {
		always := 0
		for _, s := range f.next[i] {
			if s.send {
				return true
			}
			if s.always {
				always++
			}
		}
		if always > 1 {
			return true
		}
	}
	return false
}

// rounds is how often a loop of the graph goes round.
func (f *visitor) rounds(l *agents.Loop) Rounds {
	env := Env{}
	if file := f.graphs.byPath[f.g.Place.Path]; file != nil {
		env = f.env(file)
	}
	times := turns.middle(env.cost().AgentTurns)
	if l.Decider != agents.ToolCall {
		times.Low = min(1, times.Low)
	}
	what := strings.Join(l.Nodes, " → ")
	r := Rounds{Times: times, Assumptions: []Assumption{{fmt.Sprintf("%s rounds through %s", FormatCount(times.Expected), what), "cost.assumed_agent_turns"}}}
	switch {
	case l.Decider == agents.Counter && l.Bound.Effective && l.Bound.Value > 0 && !l.Bound.Default && l.Bound.Expr != f.g.Limit.What:
		r.Most, r.Origin, r.Reason = float64(l.Bound.Value)+1, llm.Explicit, l.Bound.Expr // a guard may be asked before or after it counts
	case f.g.Limit.Value > 0:
		r.Most, r.Origin, r.Reason = float64(f.g.Limit.Value), llm.Explicit, describeLimit(f.g.Limit.What, f.g.Limit.Value)
		if f.g.Limit.Source == "default" {
			r.Origin = llm.FrameworkDefault
		}
	default:
		r.Origin, r.Reason = llm.NoLimit, "nothing limits the rounds through "+what
		return r
	}
	r.Times = r.Times.atMost(r.Most)
	if r.Origin == llm.Explicit {
		r.Times.High = r.Most
	}
	return r
}

// mostVisits is how often a limit of the whole run lets it come by node i, which takes as many
// steps as its shortest way back to itself; -1 where the limit counts something else.
func (f *visitor) mostVisits(l *agents.Loop, i int) float64 {
	if f.g.Limit.Value <= 0 || l.Decider == agents.Counter && l.Bound.Value > 0 && l.Bound.Expr != f.g.Limit.What && !l.Bound.Default {
		return -1
	}
	switch f.g.Framework {
	case "langgraph", "autogen", "autogen-0.2":
	default:
		return -1
	}
	around := f.wayBack(i)
	return float64((f.g.Limit.Value + around - 1) / around)
}

// wayBack is the number of steps of the shortest way from a node of a loop back to itself.
func (f *visitor) wayBack(i int) int {
	steps := map[int]int{i: 0}
	queue := []int{i}
	for len(queue) > 0 {
		n := queue[0]
		queue = queue[1:]
		for _, s := range f.next[n] {
			if s.to == i {
				return steps[n] + 1
			}
			if _, seen := steps[s.to]; !seen && f.part[s.to] == f.part[i] {
				steps[s.to] = steps[n] + 1
				queue = append(queue, s.to)
			}
		}
	}
	return 1
}
