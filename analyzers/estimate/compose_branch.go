package estimate

import (
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// spent is something that the code at a place executes.
type spent struct {
	at      parser.NodeID
	inner   *tally
	rounds  Rounds // the loops around it
	through string
}

// together is what steps cost in one run of the code below top, and the most that they can:
// of branches that exclude each other one runs.
func together(f *parser.File, top parser.NodeID, steps []spent) (cost Range, worst float64) {
	forks := map[parser.NodeID][]spent{}
	var order []parser.NodeID
	for _, s := range steps {
		fork := outermostFork(f, s.at, top)
		if fork == parser.NoNode {
			cost = cost.Add(s.inner.cost.Times(s.rounds.Times))
			worst += s.inner.worst * s.rounds.Most
			continue
		}
		if forks[fork] == nil {
			order = append(order, fork)
		}
		forks[fork] = append(forks[fork], s)
	}
	for _, fork := range order {
		c, w := oneOf(f, fork, forks[fork])
		cost, worst = cost.Add(c), worst+w
	}
	return cost.atMost(beyond), min(worst, beyond)
}

// oneOf is what one pass through a fork costs.
func oneOf(f *parser.File, fork parser.NodeID, steps []spent) (cost Range, worst float64) {
	branches := map[parser.NodeID][]spent{}
	var order []parser.NodeID
	for _, s := range steps {
		b := branchAt(f, s.at, fork)
		if branches[b] == nil {
			order = append(order, b)
		}
		branches[b] = append(branches[b], s)
	}
	if f.Kind(fork) == parser.KindCatch { // failures are the exception
		cost, worst = together(f, fork, steps)
		return Range{0, 0, cost.High}, worst
	}
	n, complete := branchesOf(f, fork)
	for i, b := range order {
		top := b
		if b == branches[b][0].at { // the branch is the call itself
			top = fork
		}
		var c Range
		var w float64
		if top == fork {
			for _, s := range branches[b] {
				c, w = c.Add(s.inner.cost.Times(s.rounds.Times)), w+s.inner.worst*s.rounds.Most
			}
		} else {
			c, w = together(f, top, branches[b])
		}
		if i == 0 {
			cost.Low = c.Low
		}
		cost = Range{min(cost.Low, c.Low), cost.Expected + c.Expected/float64(n), max(cost.High, c.High)}
		worst = max(worst, w)
	}
	if !complete || len(order) < n {
		cost.Low = 0
	}
	cost.Expected = min(max(cost.Expected, cost.Low), cost.High)
	return cost, worst
}

// outermostFork is the outermost branching of the code below top that n stands in a branch
// of; NoNode where there is none.
func outermostFork(f *parser.File, n, top parser.NodeID) parser.NodeID {
	fork := parser.NoNode
	child := n
	for p := range f.Ancestors(n) {
		if p == top {
			break
		}
		if forks(f, p, child) {
			fork = p
		}
		child = p
	}
	return fork
}

// forks reports whether p may pass child, a part of it, by.
func forks(f *parser.File, p, child parser.NodeID) bool {
	switch f.Kind(p) {
	case parser.KindIf:
		return !isMainGuard(f, p) && f.FieldOf(child) != parser.FieldCondition
	case parser.KindConditional:
		return child != conditionOf(f, p)
	case parser.KindSwitchBody, parser.KindCatch:
		return true
	}
	return false
}

// branchAt is the part of a fork that n stands in.
func branchAt(f *parser.File, n, fork parser.NodeID) parser.NodeID {
	for f.Parent(n) != fork && f.Parent(n) != parser.NoNode {
		n = f.Parent(n)
	}
	return n
}

// chanceOf is the share of runs in which n is reached at all, as far as the branches around it
// tell; some is false where no branch stands around it.
func chanceOf(f *parser.File, n, top parser.NodeID) (chance float64, some bool) {
	chance = 1
	child := n
	for p := range f.Ancestors(n) {
		if p == top && top != 0 {
			break
		}
		if forks(f, p, child) {
			some = true
			if f.Kind(p) == parser.KindCatch {
				chance = 0
			} else {
				n, _ := branchesOf(f, p)
				chance /= float64(n)
			}
		}
		child = p
	}
	return chance, some
}

// branchesOf is the number of branches of a fork that are written, and whether one of them
// always runs.
func branchesOf(f *parser.File, n parser.NodeID) (count int, complete bool) {
	switch f.Kind(n) {
	case parser.KindConditional:
		return 2, true
	case parser.KindSwitchBody:
		for c := range f.Children(n) {
			count++
			complete = complete || f.KindName(c) == "switch_default"
		}
		return max(count, 1), complete
	}
	count = 1
	for c := range f.All(n) {
		if f.Kind(c) == parser.KindElse {
			count++
			complete = complete || f.KindName(c) == "else_clause"
		}
	}
	return count, complete
}

// conditionOf is the condition of a conditional expression.
func conditionOf(f *parser.File, n parser.NodeID) parser.NodeID {
	if c := f.Field(n, parser.FieldCondition); c != parser.NoNode {
		return c
	}
	i := 0
	for c := range f.Children(n) { // a if condition else b
		if i == 1 {
			return c
		}
		i++
	}
	return parser.NoNode
}

// isMainGuard reports whether n is if __name__ == "__main__", or if (require.main === module).
func isMainGuard(f *parser.File, n parser.NodeID) bool {
	condition := f.Slice(f.Field(n, parser.FieldCondition))
	return strings.Contains(condition, "__main__") || strings.Contains(condition, "require.main") || strings.Contains(condition, "import.meta.main")
}
