package picture

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/qodacode/qodacode/analyzers/agents"
)

// mermaidShapes are the brackets around a node's text; others are rounded boxes.
var mermaidShapes = map[agents.Kind][2]string{
	agents.Step: {"[", "]"}, agents.Router: {"{", "}"}, agents.Tool: {"[/", "/]"}, agents.Toolset: {"[/", "/]"},
	agents.Human: {"[\\", "/]"}, agents.Subgraph: {"[[", "]]"}, agents.Team: {"{{", "}}"}, agents.Task: {">", "]"},
	agents.Start: {"([", "])"}, agents.End: {"([", "])"},
}

// Mermaid writes d as a flowchart of Mermaid, with a subgraph for each graph where there are several.
func (d *Document) Mermaid(w io.Writer) error {
	b := bufio.NewWriter(w)
	b.WriteString("flowchart TD\n")
	links := 0
	for i := range d.Graphs {
		g := &d.Graphs[i]
		fmt.Fprintf(b, "  %%%% %s:%d\n", mermaidComment(g.Path), g.Line)
		if len(d.Graphs) > 1 {
			fmt.Fprintf(b, "  subgraph g%d[\"%s\"]\n", i, mermaidText(g.title()+" · "+g.framework()))
		}
		links = g.mermaid(b, i, links)
		if len(d.Graphs) > 1 {
			b.WriteString("  end\n")
		}
	}
	b.WriteString("  classDef orphan stroke-dasharray:5 5,stroke:#98a2b3,color:#98a2b3\n  classDef implicit stroke-dasharray:2 3\n")
	return b.Flush()
}

// mermaid writes one graph, whose links are counted on from links: styles name them by number.
func (g *Graph) mermaid(b *bufio.Writer, index, links int) int {
	ids := g.ids(index)
	for i := range g.Nodes {
		n := &g.Nodes[i]
		brackets, ok := mermaidShapes[n.Kind]
		if !ok {
			brackets = [2]string{"(", ")"}
		}
		text := mermaidText(n.label())
		if n.Model != "" {
			text += "<br/>" + mermaidText(n.Model)
		}
		class := ""
		switch {
		case n.Orphan:
			class = ":::orphan"
		case n.Implicit && n.Kind != agents.Start && n.Kind != agents.End:
			class = ":::implicit"
		}
		fmt.Fprintf(b, "  %s%s\"%s\"%s%s\n", ids[n.Name], brackets[0], text, brackets[1], class)
	}
	colored := map[danger][]string{}
	danger := g.edgeDanger()
	for i, e := range g.Edges {
		arrow := "-->"
		if e.Kind != agents.Seq {
			arrow = "-.->"
		}
		if text := e.short(); text != "" {
			arrow += `|"` + mermaidText(text) + `"|`
		}
		fmt.Fprintf(b, "  %s %s %s\n", ids[e.From], arrow, ids[e.To])
		colored[danger[i]] = append(colored[danger[i]], fmt.Sprint(links))
		links++
	}
	for _, level := range dangers {
		if numbers := colored[level]; len(numbers) > 0 {
			fmt.Fprintf(b, "  linkStyle %s stroke:%s\n", strings.Join(numbers, ","), dotColors[level])
		}
	}
	return links
}

// mermaidText is text between quotes: all but letters, digits and a few marks as entities.
func mermaidText(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\n':
			b.WriteString("<br/>")
		case unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || strings.ContainsRune(" _-.,:/()→·", r) || r > 0xffff:
			b.WriteRune(r)
		case unicode.IsGraphic(r):
			fmt.Fprintf(&b, "#%d;", r)
		default:
			b.WriteString("�")
		}
	}
	return b.String()
}

func mermaidComment(s string) string {
	return strings.NewReplacer("{", "(", "}", ")", "%", "_").Replace(plain(s))
}
