package arch

import (
	"fmt"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/diagnostics"
)

// minDense is the size from which the number of edges per node says something.
const minDense = 8

// neighbours are the nodes that control goes to and comes from, without start, end and the
// turns of a team, which its framework draws and not its author.
type neighbours struct {
	next, before map[string][]agents.Edge
	edges        int
}

func (c *checker) neighbours() neighbours {
	nb := neighbours{next: map[string][]agents.Edge{}, before: map[string][]agents.Edge{}}
	seen := map[[2]string]bool{}
	for _, e := range c.Edges {
		if !e.Kind.IsControl() || e.Kind == agents.Speaker || e.From == e.To || c.terminal(e.From) || c.terminal(e.To) {
			continue
		}
		if seen[[2]string{e.From, e.To}] {
			continue
		}
		seen[[2]string{e.From, e.To}] = true
		nb.next[e.From] = append(nb.next[e.From], e)
		nb.before[e.To] = append(nb.before[e.To], e)
		nb.edges++
	}
	return nb
}

// terminal reports whether a node is only where a run begins or ends.
func (c *checker) terminal(name string) bool {
	n := c.nodes[name]
	return n == nil || n.Kind == agents.Start || n.Kind == agents.End
}

// shape reports what makes a graph hard to follow (ARCH-002).
func (c *checker) shape() {
	nb := c.neighbours()
	uses, contained := map[string]int{}, map[string]int{}
	for _, e := range c.Edges {
		switch to := c.nodes[e.To]; {
		case e.Kind == agents.Uses:
			uses[e.From]++
		case e.Kind == agents.Contains && to != nil && to.Kind != agents.Task:
			contained[e.From]++
		}
	}
	for i := range c.Nodes {
		n := &c.Nodes[i]
		if out := nb.next[n.Name]; len(out) > c.set.MaxDegree && !nb.spreads(n.Name) {
			c.tangle(diagnostics.Warning, fmt.Sprintf("%s leads to %d nodes; more than %d are hard to follow", say(n.Name), len(out), c.set.MaxDegree), n)
		}
		if in := nb.before[n.Name]; len(in) > c.set.MaxDegree && !nb.gathers(n.Name) && len(nb.next[n.Name]) <= c.set.MaxDegree {
			c.tangle(diagnostics.Warning, fmt.Sprintf("%d nodes lead to %s; more than %d are hard to follow", len(in), say(n.Name), c.set.MaxDegree), n)
		}
		c.tools(n, max(uses[n.Name], len(n.Tools)))
		c.participants(n, contained[n.Name])
	}
	count := 0
	for i := range c.Nodes {
		if n := &c.Nodes[i]; n.Kind != agents.Start && n.Kind != agents.End && n.Kind != agents.Tool && n.Kind != agents.Toolset {
			count++
		}
	}
	if count >= minDense && nb.edges > c.set.MaxDensity*count {
		c.report(diagnostics.Finding{Rule: "ARCH-002", Message: fmt.Sprintf("%d edges between %d nodes; more than %d per node are hard to follow", nb.edges, count, c.set.MaxDensity)})
	}
	c.bottleneck(nb)
}

func (c *checker) tangle(severity diagnostics.Severity, message string, n *agents.Node) {
	c.report(diagnostics.Finding{Rule: "ARCH-002", Severity: severity, Message: message}, n.Place)
}

func (c *checker) tools(n *agents.Node, count int) {
	switch {
	case count > c.set.MaxTools:
		c.tangle(diagnostics.Warning, fmt.Sprintf("%s has %d tools; with more than %d, models choose wrong ones", say(n.Name), count, c.set.MaxTools), n)
	case count > c.set.ManyTools:
		c.tangle(diagnostics.Info, fmt.Sprintf("%s has %d tools; most agents have no more than %d", say(n.Name), count, c.set.ManyTools), n)
	}
}

func (c *checker) participants(team *agents.Node, members int) {
	if team.Kind == agents.Team && members > c.set.MaxParticipants {
		c.tangle(diagnostics.Warning, fmt.Sprintf("%d agents take turns in %s; with more than %d, each repeats what others said", members, say(team.Name), c.set.MaxParticipants), team)
	}
}

// spreads reports whether a node hands the same work to many that do not lead to each other: map-reduce.
func (nb neighbours) spreads(name string) bool {
	for _, e := range nb.next[name] {
		if e.Kind != agents.Seq && e.Kind != agents.Send && !e.FanOut || len(nb.before[e.To]) > 1 || len(nb.next[e.To]) > 1 {
			return false
		}
		for _, after := range nb.next[e.To] {
			if after.To == name {
				return false
			}
		}
	}
	return true
}

// gathers reports whether a node collects the results of many that one node spread to.
func (nb neighbours) gathers(name string) bool {
	for _, e := range nb.before[name] {
		if e.Kind != agents.Seq && e.Kind != agents.Send || len(nb.next[e.From]) > 1 || len(nb.before[e.From]) > 1 {
			return false
		}
	}
	return true
}

// bottleneckShare is the part of all paths above which a node is the one that all wait for.
const bottleneckShare = 0.8

// bottleneck reports a node through which nearly all paths go although the graph branches
// before and after it. Hubs, which answer to those that ask them, do so by design.
func (c *checker) bottleneck(nb neighbours) {
	if len(c.Loops) > 0 || !c.Complete() { // paths can be counted where none repeats
		return
	}
	order, ok := nb.order(c)
	if !ok {
		return
	}
	into, from := map[string]float64{}, map[string]float64{}
	for _, n := range order {
		if len(nb.before[n]) == 0 {
			into[n] = 1
		}
		for _, e := range nb.next[n] {
			into[e.To] += into[n]
		}
	}
	total := 0.0
	for i := len(order) - 1; i >= 0; i-- {
		n := order[i]
		if len(nb.next[n]) == 0 {
			from[n] = 1
			total += into[n]
		}
		for _, e := range nb.next[n] {
			from[n] += from[e.To]
		}
	}
	for _, n := range order {
		if len(nb.before[n]) < 3 || len(nb.next[n]) < 2 {
			continue
		}
		if share := into[n] * from[n] / total; share > bottleneckShare {
			c.tangle(diagnostics.Info, fmt.Sprintf("%d %% of all paths go through %s", int(share*100+.5), say(n)), c.nodes[n])
		}
	}
}

// order are the nodes so that each comes before those it leads to; false where they go in circles.
func (nb neighbours) order(c *checker) ([]string, bool) {
	waiting := map[string]int{}
	var order []string
	for i := range c.Nodes {
		n := &c.Nodes[i]
		if c.terminal(n.Name) || len(nb.next[n.Name])+len(nb.before[n.Name]) == 0 {
			continue
		}
		if waiting[n.Name] = len(nb.before[n.Name]); waiting[n.Name] == 0 {
			order = append(order, n.Name)
		}
	}
	for i := 0; i < len(order); i++ {
		for _, e := range nb.next[order[i]] {
			if waiting[e.To]--; waiting[e.To] == 0 {
				order = append(order, e.To)
			}
		}
	}
	return order, len(order) == len(waiting)
}
