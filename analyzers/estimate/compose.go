package estimate

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/parser"
)

// share is how often one run of something executes a call.
type share struct {
	Rounds
	call  *Call
	chain []string
	graph *agents.Graph
	// limited reports that who runs the call limits its turns, and reckons with the worst of
	// them, so that the call's own limit does not hold.
	limited bool
}

// shareID tells shares apart: the same call in plain code and in a graph are two.
type shareID struct {
	call  *Call
	graph *agents.Graph
}

// tally is what one run of something executes.
type tally struct {
	shares []share
	cost   Range   // USD, of what is priced
	worst  float64 // USD; it holds where boundOf says so
	at     map[shareID]int
	// left are parts that may run any number of times, in words: they make the bound none.
	left []string
	// missing are parts whose cost is not known, in words: they leave the bound without a figure.
	missing []string
}

// add takes over what inner executes, with each of rounds.
func (t *tally) add(inner *tally, rounds Rounds, through string) {
	if inner == nil {
		return
	}
	t.cost = t.cost.Add(inner.cost.Times(rounds.Times)).atMost(beyond)
	t.worst += inner.worst * rounds.Most
	t.merge(inner, rounds, through)
}

// merge takes over the shares of inner, but not what they cost.
func (t *tally) merge(inner *tally, rounds Rounds, through string) {
	for _, s := range inner.shares {
		s.Rounds = s.Rounds.times(rounds).countable()
		if through != "" {
			s.chain = append([]string{through}, s.chain...)
		}
		t.list(s)
	}
	for _, reason := range inner.left {
		t.leave(reason)
	}
	for _, reason := range inner.missing {
		t.miss(reason)
	}
}

// put adds a share.
func (t *tally) put(s share) {
	if s.call.Model != nil && s.call.Reason == "" {
		t.cost = t.cost.Add(s.call.Cost.Times(s.Times))
	}
	if !s.limited {
		t.worst += s.Most * s.call.Worst.USD
	}
	t.list(s)
}

// list adds a share to the one of the same call.
func (t *tally) list(s share) {
	id := shareID{s.call, s.graph}
	i, ok := t.at[id]
	if !ok {
		if t.at == nil {
			t.at = map[shareID]int{}
		}
		t.at[id] = len(t.shares)
		t.shares = append(t.shares, s)
		return
	}
	have := &t.shares[i]
	have.Times = have.Times.Add(s.Times)
	have.Most += s.Most
	have.Rounds = have.countable()
	if origin := weakest(have.Origin, s.Origin); origin != have.Origin {
		have.Origin, have.Reason = origin, s.Reason
	}
	have.limited = have.limited && s.limited
	have.Assumptions = append(have.Assumptions[:len(have.Assumptions):len(have.Assumptions)], s.Assumptions...)
}

func (t *tally) leave(reason string) {
	if !slices.Contains(t.left, reason) {
		t.left = append(t.left, reason)
	}
}

func (t *tally) miss(reason string) {
	if !slices.Contains(t.missing, reason) {
		t.missing = append(t.missing, reason)
	}
}

// empty reports whether nothing is executed.
func (t *tally) empty() bool {
	return t == nil || len(t.shares) == 0 && len(t.left) == 0 && len(t.missing) == 0
}

// beyond is a number of executions, or of USD, above which figures say nothing any more.
const beyond = 1e12

// countable is r without numbers that nothing can reach.
func (r Rounds) countable() Rounds {
	if r.Times.High > beyond {
		r.Times = r.Times.atMost(beyond)
	}
	if r.Most > beyond && r.Origin != llm.NoLimit {
		r.Origin, r.Most, r.Reason = llm.NoLimit, 0, "more executions than can be counted"
	}
	return r
}

// maybe is r, or nothing.
func (r Rounds) maybe() Rounds {
	r.Times.Low = 0
	return r
}

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
		steps = append(steps, spent{n, c.execution(call), c.roundsAt(env, u, n), ""})
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

// boundOf is the most that a tally can cost.
func boundOf(t *tally) Bound {
	b := Bound{Origin: llm.Explicit, Known: true}
	weaken := func(origin llm.Source, reason string) {
		if w := weakest(b.Origin, origin); w != b.Origin || b.Reason == "" {
			b.Origin, b.Reason = w, reason
		}
	}
	for _, reason := range t.left {
		weaken(llm.NoLimit, reason)
	}
	for i := range t.shares {
		s := &t.shares[i]
		weaken(s.Origin, s.Reason)
		worst := s.call.Worst
		if origin := worst.Origin; origin != "" && !(s.limited && origin != llm.NoLimit) {
			weaken(origin, worst.Reason)
		}
		switch {
		case !worst.Known:
			if b.Known {
				b.Known = false
				if b.Origin != llm.NoLimit {
					if b.Reason = worst.Reason; b.Reason == "" {
						b.Reason = s.call.Reason
					}
				}
			}
		}
	}
	for _, reason := range t.missing {
		if b.Known && b.Origin != llm.NoLimit {
			b.Reason = reason
		}
		b.Known = false
	}
	b.USD = t.worst
	if b.Origin == llm.NoLimit || !b.Known || b.USD >= beyond || math.IsNaN(b.USD) {
		b.Known, b.USD = false, 0
	}
	if b.Origin == llm.NoLimit && b.Reason != "" {
		b.Reason = "unbounded: " + strings.TrimPrefix(b.Reason, "unbounded: ")
	}
	return b
}

// times is a number of rounds with a limit.
func limitedRounds(times Range, most float64, origin llm.Source, reason string) Rounds {
	if origin == llm.NoLimit {
		most = 0
	}
	return Rounds{Times: times, Most: most, Origin: origin, Reason: reason}
}

// describe names a limit: "max_turns=10".
func describeLimit(what string, value int) string {
	if value <= 0 {
		return what
	}
	return fmt.Sprintf("%s=%d", what, value)
}
