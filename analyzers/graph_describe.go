package analyzers

import (
	"fmt"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/agents"
)

func kindAndModel(n *agents.Node) string {
	if n.Model == "" {
		return string(n.Kind)
	}
	return string(n.Kind) + ", " + n.Model
}

// describe is Markdown about a participant: what it is, and who reaches whom.
func describe(g *agents.Graph, n *agents.Node) string {
	var b strings.Builder
	fmt.Fprintf(&b, "**%s** %s", n.Kind, code(n.Name))
	if n.Model != "" {
		b.WriteString(" · model " + code(n.Model))
	}
	fmt.Fprintf(&b, " · in %s (%s)\n", code(g.Name), g.Framework)
	line := func(title string, items []string) {
		if len(items) > 0 {
			fmt.Fprintf(&b, "- %s: %s\n", title, list(items))
		}
	}
	tools := []string{}
	for _, t := range n.Tools {
		tools = append(tools, code(t))
	}
	var from, to []string
	for _, e := range g.Edges {
		switch {
		case e.Kind == agents.Uses && e.From == n.Name:
			if !slices.Contains(tools, code(e.To)) {
				tools = append(tools, code(e.To))
			}
		case e.From == n.Name:
			to = append(to, neighbour(e.To, e.Kind))
		case e.To == n.Name:
			from = append(from, neighbour(e.From, e.Kind))
		}
	}
	line("tools", tools)
	line("reached from", from)
	line("reaches", to)
	if l := n.Limit; l.Source != "" && l.Source != "none" {
		line("limit", []string{limit(l)})
	}
	for _, l := range g.Loops {
		if slices.Contains(l.Nodes, n.Name) {
			line("loop", []string{loop(&l)})
		}
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// endings tell who ends a loop.
var endings = map[agents.Decider]string{
	agents.Counter: "a counter ends it", agents.ByHuman: "a person ends it", agents.ToolCall: "it ends when the model calls no tool",
	agents.External: "something outside the model ends it", agents.Verdict: "only the model's verdict ends it", agents.Nobody: "nothing ends it",
}

// loop is "`a` → `b` → `a`, a counter ends it: `n < 3`".
func loop(l *agents.Loop) string {
	const shown = 6
	var names []string
	for i, name := range l.Nodes {
		if i == shown {
			names = append(names, fmt.Sprintf("%d more", len(l.Nodes)-shown))
			break
		}
		names = append(names, code(name))
	}
	s := strings.Join(append(names, code(l.Nodes[0])), " → ") + ", " + endings[l.Decider]
	switch b := l.Bound; {
	case b.Expr == "":
	case !b.Effective:
		s += "; " + code(b.Expr) + " has no effect"
	case b.Default:
		s += fmt.Sprintf("; the framework stops it after %d (%s)", b.Value, code(b.Expr))
	default:
		s += ": " + code(b.Expr)
	}
	return s
}

func limit(l agents.Limit) string {
	s := code(fmt.Sprintf("%s = %d", l.What, l.Value))
	if l.Source == "default" {
		s += " (the framework's default)"
	}
	return s
}

func neighbour(name string, kind agents.EdgeKind) string {
	switch name {
	case agents.StartName:
		return "the start"
	case agents.EndName:
		return "the end"
	}
	if kind == agents.Seq || kind == agents.Cond {
		return code(name)
	}
	return code(name) + " (" + string(kind) + ")"
}

// maxListed is how many neighbours a hover names.
const maxListed = 12

func list(items []string) string {
	if more := len(items) - maxListed; more > 0 {
		return strings.Join(items[:maxListed], ", ") + fmt.Sprintf(" and %d more", more)
	}
	return strings.Join(items, ", ")
}

// code is a name from the code in Markdown, which it can't break out of.
func code(name string) string {
	name = strings.Map(func(r rune) rune {
		switch {
		case r == '`':
			return '\''
		case r < ' ':
			return ' '
		}
		return r
	}, name)
	return "`" + name + "`"
}
