package picture

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/qodacode/qodacode/analyzers/agents"
)

// dotShapes are Graphviz' shapes for kinds of nodes; others are rounded boxes.
var dotShapes = map[agents.Kind]string{
	agents.Router: "diamond", agents.Tool: "component", agents.Toolset: "component", agents.Human: "house",
	agents.Subgraph: "box3d", agents.Team: "tab", agents.Task: "note", agents.Start: "circle", agents.End: "doublecircle",
}

// DOT writes d in the language of Graphviz: one graph, with a cluster for each where there are several.
func (d *Document) DOT(w io.Writer) error {
	b := bufio.NewWriter(w)
	b.WriteString("digraph agents {\n  rankdir=TB;\n  node [shape=box, style=\"rounded,filled\", fillcolor=\"#f4f6fb\", fontname=\"Helvetica\"];\n  edge [fontname=\"Helvetica\", fontsize=10];\n")
	for i := range d.Graphs {
		g := &d.Graphs[i]
		if len(d.Graphs) > 1 {
			fmt.Fprintf(b, "  subgraph cluster_%d {\n", i)
		}
		fmt.Fprintf(b, "  label=%s;\n", dotString(fmt.Sprintf("%s (%s) %s:%d", g.title(), g.framework(), g.Path, g.Line)))
		g.dot(b, i)
		if len(d.Graphs) > 1 {
			b.WriteString("  }\n")
		}
	}
	b.WriteString("}\n")
	return b.Flush()
}

func (g *Graph) dot(b *bufio.Writer, index int) {
	ids := g.ids(index)
	for i := range g.Nodes {
		n := &g.Nodes[i]
		text := n.label()
		if n.Model != "" {
			text += "\n" + n.Model
		}
		attributes := []string{"label=" + dotString(text)}
		if shape := dotShapes[n.Kind]; shape != "" {
			attributes = append(attributes, "shape="+shape)
		}
		switch {
		case n.Orphan:
			attributes = append(attributes, `style="rounded,dashed"`, "color=gray", "fontcolor=gray")
		case n.Implicit && n.Kind != agents.Start && n.Kind != agents.End:
			attributes = append(attributes, `style="rounded,dotted"`)
		}
		attributes = append(attributes, "tooltip="+dotString(fmt.Sprintf("%s %s:%d", n.Kind, n.Path, n.Line)))
		fmt.Fprintf(b, "  %s [%s];\n", ids[n.Name], strings.Join(attributes, ", "))
	}
	danger := g.edgeDanger()
	for i, e := range g.Edges {
		var attributes []string
		if text := e.short(); text != "" {
			attributes = append(attributes, "label="+dotString(text))
		}
		switch {
		case !e.Kind.IsControl():
			attributes = append(attributes, "style=dotted", "arrowhead=open")
		case e.Kind != agents.Seq:
			attributes = append(attributes, "style=dashed")
		}
		if color := dotColors[danger[i]]; color != "" {
			attributes = append(attributes, "color="+dotString(color), "penwidth=2")
		}
		tail := ""
		if len(attributes) > 0 {
			tail = " [" + strings.Join(attributes, ", ") + "]"
		}
		fmt.Fprintf(b, "  %s -> %s%s;\n", ids[e.From], ids[e.To], tail)
	}
}

var dotColors = map[danger]string{safe: "#1a7f4b", watched: "#3b6fd4", risky: "#d97706", endless: "#d92d20"}

// dotString quotes text for Graphviz, in which a backslash begins an escape.
func dotString(s string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(plain(line))
	}
	return `"` + strings.Join(lines, `\n`) + `"`
}

// ids are names that need no quotes in any language: g0n1.
func (g *Graph) ids(index int) map[string]string {
	ids := make(map[string]string, len(g.Nodes))
	for i := range g.Nodes {
		ids[g.Nodes[i].Name] = fmt.Sprintf("g%dn%d", index, i)
	}
	return ids
}
