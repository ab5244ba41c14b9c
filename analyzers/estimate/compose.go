package estimate

import (
	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/parser"
)

// ring is a set of units that call each other.
type ring struct{ name string }

// composer adds up what units, graphs and agents execute. Each is computed once.
type composer struct {
	*callGraph
	env    func(f *parser.File) Env
	graphs *graphIndex
	runs   map[*Call]*tally // memo of execution
	busy   map[*Call]bool   // agents that are being added up
	graph  map[*agents.Graph]*tally
	within map[nodeRef]bool // nodes that are being added up
	stack  []*unit
	count  int
}

// sum is what one run of u executes.
func (c *composer) sum(u *unit) *tally {
	if u.sum == nil {
		c.visit(u)
	}
	return u.sum
}

// visit sums u and all that it reaches, the callees first. Units that call each other are
// summed together (Tarjan's strongly connected components).
func (c *composer) visit(u *unit) {
	c.count++
	u.index, u.low = c.count, c.count
	c.stack = append(c.stack, u)
	reach := func(to *unit) {
		switch {
		case to.index == 0:
			c.visit(to)
			u.low = min(u.low, to.low)
		case to.sum == nil:
			u.low = min(u.low, to.index)
		}
	}
	for _, l := range u.out {
		reach(l.to)
	}
	for _, call := range u.own {
		c.needs(call, map[any]bool{}, reach)
	}
	if u.low != u.index {
		return
	}
	var members []*unit
	for {
		last := c.stack[len(c.stack)-1]
		c.stack = c.stack[:len(c.stack)-1]
		members = append(members, last)
		if last == u {
			break
		}
	}
	recursive := len(members) > 1
	for _, l := range u.out {
		recursive = recursive || l.to == u
	}
	if !recursive {
		u.sum = c.sumOnce(u, nil)
		return
	}
	r := &ring{name: c.unitLabel(u)}
	in := map[*unit]bool{}
	for _, m := range members {
		in[m], m.ring = true, r
	}
	// Each call of one of them may run all of them again, as often as they like.
	again := Rounds{Times: Range{1, 2, 10}, Origin: llm.NoLimit, Reason: r.name + " calls itself"}
	all := &tally{}
	for _, m := range members {
		all.add(c.sumOnce(m, in), again, "")
	}
	for _, m := range members {
		m.sum = all
	}
}

// sumOnce is what one run of u executes, without what it runs of the units of the same ring.
func (c *composer) sumOnce(u *unit, ring map[*unit]bool) *tally {
	env := c.env(u.File)
	var steps []spent
	for _, call := range u.own {
		n := call.Site.Call.Node
		steps = append(steps, spent{n, c.execution(call), env.own(call.Site).times(c.roundsAt(env, u, n)), ""})
	}
	for _, l := range u.out {
		if ring[l.to] || u.fn == nil && l.to.kind != "" { // that is a run of its own
			continue
		}
		inner := c.sum(l.to)
		if inner.empty() {
			continue
		}
		rounds := c.roundsAt(env, u, l.at)
		if per, ok := perElementOf(u.File, l.at); ok {
			rounds = env.elements(u.File, per).times(rounds)
		}
		if l.passed {
			rounds = rounds.maybe()
			rounds.Origin, rounds.Most = llm.NoLimit, 0
			rounds.Reason = "it is not known how often " + c.unitLabel(l.to) + " is called"
		}
		steps = append(steps, spent{l.at, inner, rounds, c.unitLabel(l.to)})
	}
	t := &tally{}
	for _, s := range steps {
		rounds := s.rounds
		if chance, some := chanceOf(u.File, s.at, u.node()); some {
			rounds.Times.Low = 0
			rounds.Times.Expected *= chance
		}
		t.merge(s.inner, rounds, s.through)
	}
	t.cost, t.worst = together(u.File, u.node(), steps)
	if u.doubt != "" {
		t.leave(u.doubt)
	}
	return t
}

// elements is how many elements something has that a function is mapped over.
func (e Env) elements(f *parser.File, n parser.NodeID) Rounds {
	if n == parser.NoNode {
		return e.uncounted(unknownItems)
	}
	return e.countOf(f, n, 0)
}

// perElementOf is what the function at n is mapped over, where it is an argument of a mapper;
// NoNode where it is mapped over something that the call does not show.
func perElementOf(f *parser.File, n parser.NodeID) (parser.NodeID, bool) {
	args := f.Parent(n)
	if f.Kind(args) != parser.KindArguments {
		return parser.NoNode, false
	}
	c := f.CallAt(f.Parent(args))
	if c == nil || !perElement[c.Name] || f.Within(n, c.Callee) {
		return parser.NoNode, false
	}
	at, known := mappers[c.Name]
	if !known {
		at = [2]int{1, 0} // pMap(items, f)
	}
	if at[1] >= 0 && at[1] < len(c.Args) && c.Args[at[1]].Value != n {
		return c.Args[at[1]].Value, true
	}
	if object := f.Field(f.Unwrap(c.Callee), parser.FieldObject); object != parser.NoNode && len(c.Args) <= 2 {
		return object, true
	}
	return parser.NoNode, true
}

// roundsAt is how often n runs in one run of u where no branch leads around it: the loops
// around it, through the functions that run where they stand.
func (c *composer) roundsAt(env Env, u *unit, n parser.NodeID) Rounds {
	rounds := once
	top := u.node()
	for at := n; ; {
		rounds = rounds.times(env.Rounds(u.File, at))
		fn := u.EnclosingFunc(at)
		if fn == nil || fn.Node == top {
			break
		}
		at = fn.Node
	}
	return rounds
}

// unitLabel is what people call a unit: its name, Class.method, or the file's path.
func (c *composer) unitLabel(u *unit) string {
	if u.fn == nil {
		return u.Path
	}
	if label := routeLabel(u.File, u.fn); label != "" {
		return label
	}
	name := unitName(u.File, u.fn)
	if u.fn.Class >= 0 && int(u.fn.Class) < len(u.Classes) && u.Classes[u.fn.Class].Name != "" {
		return u.Classes[u.fn.Class].Name + "." + name
	}
	if name == "" || name == "default" {
		return u.Path
	}
	return name
}
