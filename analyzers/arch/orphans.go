package arch

import (
	"fmt"
	"path"
	"slices"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser/text"
)

// OrphanFix is what a finding about an orphan offers: to connect it or to take it away.
type OrphanFix struct {
	Graph *agents.Graph
	Node  *agents.Node
	// From are the nodes that could lead to it, the likeliest first.
	From   []string
	Source *text.Text // as of LimitFix
}

// maxOrphans bounds how many nodes of one graph are looked for in the whole project.
const maxOrphans = 50

// orphans reports nodes that no run reaches (ARCH-003), one finding for those that hang together.
func (c *checker) orphans() {
	if !c.Complete() || len(c.Entry) == 0 || c.Framework == "plain" { // plain code runs as it stands
		return
	}
	c.dangling()
	reached := c.reach(append([]string{agents.StartName}, c.Entry...))
	var lost []string
	for i := range c.Nodes {
		if n := &c.Nodes[i]; !reached[n.Name] && c.runs(n) {
			lost = append(lost, n.Name)
		}
	}
	if len(lost) > maxOrphans {
		return
	}
	lost = slices.DeleteFunc(lost, func(name string) bool { return !c.nodes[name].Implicit && c.referenced(c.nodes[name]) })
	for _, head := range c.heads(lost) {
		c.orphan(c.nodes[head], lost)
	}
}

// runs reports whether a node is something that a run should come to. One that leads to
// itself is known as a loop.
func (c *checker) runs(n *agents.Node) bool {
	switch n.Kind {
	case agents.Start, agents.End, agents.Tool, agents.Toolset, agents.Team, agents.Manager:
		return false
	}
	itself := func(e agents.Edge) bool { return e.From == n.Name && e.To == n.Name }
	return !n.Implicit && !slices.ContainsFunc(c.Edges, itself)
}

// reach are the nodes that a run from any of the names comes to. A team that works by tasks
// reaches its members through them; any other team reaches all of its members.
func (c *checker) reach(from []string) map[string]bool {
	byTask := slices.ContainsFunc(c.Edges, func(e agents.Edge) bool { return e.Kind == agents.Assign })
	next := map[string][]string{}
	for _, e := range c.Edges {
		switch e.Kind {
		case agents.Context: // the task that is read has run by then
			continue
		case agents.Contains:
			if to := c.nodes[e.To]; byTask && to != nil && to.Kind != agents.Task {
				continue
			}
		}
		next[e.From] = append(next[e.From], e.To)
	}
	reached := map[string]bool{}
	for i := range c.Nodes {
		if k := c.Nodes[i].Kind; k == agents.Team || k == agents.Manager {
			from = append(from, c.Nodes[i].Name)
		}
	}
	for len(from) > 0 {
		name := from[len(from)-1]
		from = from[:len(from)-1]
		if !reached[name] {
			reached[name] = true
			from = append(from, next[name]...)
		}
	}
	return reached
}

// heads are the nodes of lost that no other of them leads to, and one of each circle of them.
func (c *checker) heads(lost []string) []string {
	var heads []string
	covered := map[string]bool{}
	cover := func(name string) {
		if !covered[name] {
			heads = append(heads, name)
			for n := range c.reachFrom(name) {
				covered[n] = true
			}
		}
	}
	for _, name := range lost {
		led := slices.ContainsFunc(c.Edges, func(e agents.Edge) bool {
			return e.To == name && e.From != name && e.Kind != agents.Contains && e.Kind != agents.Context && slices.Contains(lost, e.From)
		})
		if !led {
			cover(name)
		}
	}
	for _, name := range lost {
		cover(name)
	}
	return heads
}

func (c *checker) reachFrom(name string) map[string]bool {
	reached := map[string]bool{name: true}
	for queue := []string{name}; len(queue) > 0; queue = queue[1:] {
		for _, e := range c.Edges {
			if e.From == queue[0] && !reached[e.To] && e.Kind != agents.Contains && e.Kind != agents.Context {
				reached[e.To] = true
				queue = append(queue, e.To)
			}
		}
	}
	return reached
}

func (c *checker) orphan(n *agents.Node, lost []string) {
	var with []string
	for name := range c.reachFrom(n.Name) {
		if name != n.Name && slices.Contains(lost, name) {
			with = append(with, name)
		}
	}
	slices.Sort(with)
	message := fmt.Sprintf("nothing leads to %s: it never runs", say(n.Name))
	if len(with) > 0 {
		message = fmt.Sprintf("nothing leads to %s: it never runs, and neither does what only it leads to, %s", say(n.Name), list(with))
	}
	f := diagnostics.Finding{Rule: "ARCH-003", Message: message, Tags: []diagnostics.Tag{diagnostics.Unnecessary}, Fix: &OrphanFix{c.Graph, n, c.candidates(n), c.source(n.Place.Path)}}
	switch ext := path.Ext(n.Place.Path); {
	case ext == ".yaml", ext == ".yml", ext == ".json": // described, and perhaps used by name
		f.Severity = diagnostics.Info
	case c.Framework == "crewai" && n.Kind == agents.Step && len(with) == 0:
		f.Severity = diagnostics.Info
		f.Message = fmt.Sprintf("nothing emits what %s listens to: it never runs", say(n.Name))
	}
	at := c.report(f, n.Place)
	for _, name := range with {
		at.relate(c.nodes[name], say(name)+" is reached from "+say(n.Name)+" only")
	}
}

// dangling reports edges of LangGraph to names that no node has; compile() refuses them.
func (c *checker) dangling() {
	if c.Framework != "langgraph" {
		return
	}
	for i := range c.Nodes {
		n := &c.Nodes[i]
		if n.Kind != agents.Step || !n.Implicit || n.Place == c.Place { // what the framework itself adds stands where the graph does
			continue
		}
		for _, e := range c.Edges {
			if e.Place == n.Place && e.Provenance == agents.Exact && (e.To == n.Name || e.From == n.Name) {
				c.report(diagnostics.Finding{Rule: "ARCH-003", Severity: diagnostics.Info, Message: fmt.Sprintf("no node is called %s", say(n.Name))}, n.Place)
				break
			}
		}
	}
}

// candidates are the nodes that could lead to an orphan: those that a run reaches, the last ones first.
func (c *checker) candidates(n *agents.Node) []string {
	reached := c.reach(append([]string{agents.StartName}, c.Entry...))
	var names []string
	for i := len(c.Nodes) - 1; i >= 0; i-- {
		if o := &c.Nodes[i]; reached[o.Name] && o.Kind == n.Kind {
			names = append(names, o.Name)
		}
	}
	return names
}
