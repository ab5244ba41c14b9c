package picture

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/clipperhouse/displaywidth"

	"github.com/qodacode/qodacode/analyzers/agents"
)

// Text writes d for a terminal: what each graph is, who leads to whom, which loops there are
// and who ends them, and what the code leaves open.
func (d *Document) Text(w io.Writer) error {
	b := bufio.NewWriter(w)
	if len(d.Graphs) == 0 {
		b.WriteString("no agent graphs found\n")
	}
	for i := range d.Graphs {
		if i > 0 {
			b.WriteString("\n")
		}
		d.Graphs[i].text(b)
	}
	return b.Flush()
}

func (g *Graph) text(b *bufio.Writer) {
	fmt.Fprintf(b, "%s  %s  %s:%d\n", plain(g.title()), g.framework(), plain(g.Path), g.Line)
	fmt.Fprintf(b, "  %s\n", g.counts())
	width := 0
	for i := range g.Nodes {
		width = max(width, min(displaywidth.String(plain(g.Nodes[i].label())), 32))
	}
	order := make([]int, len(g.Nodes))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return g.first(a) - g.first(b) })
	for _, i := range order {
		n := &g.Nodes[i]
		b.WriteString("\n  " + strings.TrimRight(pad(plain(n.label()), width)+"  "+plain(n.describe(g)), " ") + "\n")
		for j := range g.Edges {
			if e := &g.Edges[j]; e.From == n.Name {
				b.WriteString("    " + e.arrow() + " " + plain(label(e.To)) + note(e.describe()) + "\n")
			}
		}
	}
	if len(g.Loops)+len(g.Unresolved) > 0 {
		b.WriteString("\n")
	}
	for i := range g.Loops {
		l := &g.Loops[i]
		fmt.Fprintf(b, "  loop %s: %s\n", plain(g.way(l)), plain(l.ending()))
	}
	for _, u := range g.Unresolved {
		fmt.Fprintf(b, "  open %s:%d: %s\n", plain(u.Path), u.Line, plain(u.Reason))
	}
}

func (g *Graph) title() string {
	return label(g.Name)
}

func (g *Graph) framework() string {
	if g.FrameworkVersion != "" {
		return g.Framework + " " + plain(g.FrameworkVersion)
	}
	return g.Framework
}

// counts tells a graph's size, and what is worth a look.
func (g *Graph) counts() string {
	orphans := 0
	for i := range g.Nodes {
		if g.Nodes[i].Orphan {
			orphans++
		}
	}
	parts := []string{count(len(g.Nodes), "node"), count(len(g.Edges), "edge")}
	if len(g.Loops) > 0 {
		parts = append(parts, count(len(g.Loops), "loop"))
	}
	if orphans > 0 {
		parts = append(parts, count(orphans, "orphan"))
	}
	if g.Limit != nil && g.Limit.Value > 0 {
		parts = append(parts, plain(g.Limit.String()))
	}
	if !g.Complete {
		parts = append(parts, "incomplete")
	}
	return strings.Join(parts, ", ")
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func (l *Limit) String() string {
	if l.Source == "default" {
		return fmt.Sprintf("%s %d by default", l.What, l.Value)
	}
	return fmt.Sprintf("%s %d", l.What, l.Value)
}

// label is a node's name as people read it.
func label(name string) string {
	switch name {
	case "":
		return "(unnamed)"
	case agents.StartName:
		return "start"
	case agents.EndName:
		return "end"
	}
	return name
}

func (n *Node) label() string { return label(n.Name) }

// describe tells what a node is besides its name.
func (n *Node) describe(g *Graph) string {
	var parts []string
	if n.Kind != agents.Start && n.Kind != agents.End {
		parts = append(parts, string(n.Kind))
	}
	for _, name := range g.Entry {
		if name == n.Name {
			parts = append(parts, "entry")
		}
	}
	if n.Model != "" {
		parts = append(parts, n.Model)
	}
	if n.Cost != "" {
		parts = append(parts, n.Cost)
	}
	if len(n.Tools) > 0 {
		parts = append(parts, "tools: "+strings.Join(n.Tools, ", "))
	}
	if n.Limit != nil && n.Limit.Value > 0 {
		parts = append(parts, n.Limit.String())
	}
	if n.Implicit && n.Kind != agents.Start && n.Kind != agents.End {
		parts = append(parts, "implicit")
	}
	if n.Orphan {
		parts = append(parts, "orphan: nothing leads here")
	}
	return strings.Join(parts, " · ")
}

func (e *Edge) arrow() string {
	switch {
	case !e.Kind.IsControl():
		return "··"
	case e.Kind == agents.Seq:
		return "→"
	}
	return "⇢"
}

// describe tells how an edge differs from a plain "and then".
func (e *Edge) describe() string {
	var parts []string
	if e.Kind != agents.Seq {
		parts = append(parts, string(e.Kind))
	}
	if e.FanOut {
		parts = append(parts, "many at once")
	}
	if e.Decider != "" {
		parts = append(parts, "by "+deciders[e.Decider])
	}
	if e.Condition != "" {
		parts = append(parts, plain(e.Condition))
	}
	if e.Provenance == agents.Inferred {
		parts = append(parts, "inferred")
	}
	return strings.Join(parts, ", ")
}

func note(s string) string {
	if s == "" {
		return ""
	}
	return "  (" + s + ")"
}

// deciders say who ends a loop.
var deciders = map[agents.Decider]string{
	agents.Counter:  "a counter",
	agents.ByHuman:  "a human",
	agents.ToolCall: "the model's last tool call",
	agents.External: "a condition in the code",
	agents.Verdict:  "the model's verdict",
	agents.Nobody:   "nobody",
}

// way tells which nodes a loop has: writer → critic → writer where that is the way around, and
// otherwise all that can be reached from each other, with dots between them.
func (g *Graph) way(l *Loop) string {
	const shown = 8
	if len(l.Nodes) == 0 {
		return ""
	}
	between := " → "
	for i, name := range l.Nodes {
		if !g.leads(name, l.Nodes[(i+1)%len(l.Nodes)]) {
			between = " · "
			break
		}
	}
	names := make([]string, 0, shown+2)
	for i, name := range l.Nodes {
		if i == shown {
			names = append(names, fmt.Sprintf("%d more", len(l.Nodes)-shown))
			break
		}
		names = append(names, label(name))
	}
	if between == " → " {
		names = append(names, label(l.Nodes[0]))
	}
	return strings.Join(names, between)
}

// leads reports whether control passes from one node straight to another.
func (g *Graph) leads(from, to string) bool {
	return slices.ContainsFunc(g.Edges, func(e Edge) bool { return e.From == from && e.To == to && e.Kind.IsControl() })
}

// ending tells who ends a loop, and what limits it.
func (l *Loop) ending() string {
	s := "ended by " + deciders[l.Decider]
	if l.Decider == agents.Nobody || deciders[l.Decider] == "" {
		s = "nobody ends it"
	}
	if l.Bound == nil {
		return s
	}
	bound := l.Bound.Expr
	if l.Bound.Value > 0 && !strings.Contains(bound, fmt.Sprint(l.Bound.Value)) {
		bound = strings.TrimSpace(fmt.Sprintf("%s %d", bound, l.Bound.Value))
	}
	switch {
	case l.Default:
		return s + "; the framework stops it (" + bound + ")"
	case !l.Effective:
		return s + "; " + bound + " has no effect"
	}
	return s + "; " + bound
}

// plain makes text safe for a terminal and for one line: control characters and those that
// turn the direction of writing are replaced.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			return ' '
		case r < ' ' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0x2028 || r == 0x2029 || r == 0xfeff:
			return '\ufffd'
		}
		return r
	}, s)
}

// pad fills s up to a number of columns.
func pad(s string, columns int) string {
	return s + strings.Repeat(" ", max(0, columns-displaywidth.String(s)))
}
