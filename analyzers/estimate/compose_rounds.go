package estimate

import (
	"fmt"
	"strings"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/analyzers/llm"
)

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
