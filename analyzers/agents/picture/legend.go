package picture

import (
	"fmt"

	"github.com/qodacode/qodacode/analyzers/agents"
)

// maxFacts is how many loops and open questions are listed below a drawing.
const maxFacts = 12

// facts are the loops, worst first, and what the code leaves open.
func (g *Graph) facts() []fact {
	var all []fact
	for level := endless; level >= safe; level-- {
		for i := range g.Loops {
			if l := &g.Loops[i]; l.danger() == level {
				all = append(all, fact{level.name(), legendFont.fit(plain(g.way(l)+":  "+l.ending()), 860)})
			}
		}
	}
	for _, u := range g.Unresolved {
		all = append(all, fact{"faint", legendFont.fit(plain(fmt.Sprintf("open at %s:%d:  %s", u.Path, u.Line, u.Reason)), 860)})
	}
	if len(all) > maxFacts {
		all = append(all[:maxFacts-1], fact{"faint", fmt.Sprintf("and %d more", len(all)-maxFacts+1)})
	}
	return all
}

// sign is one entry of the legend.
type sign struct {
	text  string
	width float64
	draw  func(c canvas, at point) // within 30 by 20 pixels
}

// kindNames are the kinds that the legend explains, in its order.
var kindNames = []agents.Kind{agents.Agent, agents.Manager, agents.Router, agents.Step, agents.Task, agents.Tool, agents.Toolset, agents.Human, agents.Subgraph, agents.Team}

// legendRows explains what the drawing uses, and nothing else.
func (d *drawing) legendRows() [][]sign {
	var all []sign
	add := func(text string, draw func(canvas, point)) {
		all = append(all, sign{text, legendFont.width(text) + 52, draw})
	}
	used := map[agents.Kind]bool{}
	orphan, implicit := false, false
	for i := range d.Nodes {
		n := &d.Nodes[i]
		used[n.Kind] = true
		orphan = orphan || n.Orphan
		implicit = implicit || n.Implicit && n.Kind != agents.Start && n.Kind != agents.End
	}
	for _, k := range kindNames {
		if used[k] {
			add(string(k), func(c canvas, at point) { badge(c, k, at.X+17, at.Y, colorOf(k)) })
		}
	}
	for _, e := range []struct {
		text  string
		kinds []agents.EdgeKind
	}{
		{"then", []agents.EdgeKind{agents.Seq, agents.LoopBack, agents.Send}},
		{"chosen", []agents.EdgeKind{agents.Cond, agents.Goto}},
		{"handed over", []agents.EdgeKind{agents.Handoff, agents.Delegate, agents.Speaker}},
		{"uses", []agents.EdgeKind{agents.Uses, agents.Assign, agents.Context, agents.Contains, agents.Calls, agents.Guard}},
	} {
		for _, l := range d.lines {
			if hasKind(d.Edges, l.edges, e.kinds) {
				s := style{stroke: "line", width: 1.5, dash: strokes[e.kinds[0]]}
				if e.text == "uses" {
					s = style{stroke: "structure", width: 1.3, dash: []float64{2, 4}}
				}
				add(e.text, func(c canvas, at point) { c.path(new(path).moveTo(at.X, at.Y).lineTo(at.X+28, at.Y), s) })
				break
			}
		}
	}
	levels := map[danger]bool{}
	for i := range d.Loops {
		levels[d.Loops[i].danger()] = true
	}
	for _, level := range dangers {
		if levels[level] {
			add(levelNames[level], func(c canvas, at point) {
				c.path(new(path).moveTo(at.X, at.Y).lineTo(at.X+28, at.Y), style{stroke: level.name(), width: 3})
			})
		}
	}
	if implicit {
		add("added by the framework", func(c canvas, at point) {
			c.path(rounded(rect{at.X + 2, at.Y - 7, 26, 14}, 5), style{stroke: "muted", width: 1.4, dash: []float64{2, 3.5}})
		})
	}
	if orphan {
		add("nothing leads here", func(c canvas, at point) {
			c.path(rounded(rect{at.X + 2, at.Y - 7, 26, 14}, 5), style{stroke: "orphan", width: 1.4, dash: []float64{6, 4}})
		})
	}
	return d.wrap(all)
}

// levelNames say who ends a loop, for the legend.
var levelNames = map[danger]string{
	safe: "loop with a sure end", watched: "loop that the code ends", risky: "loop that only the model ends", endless: "loop that nobody ends",
}

func hasKind(edges []Edge, at []int, kinds []agents.EdgeKind) bool {
	for _, i := range at {
		for _, k := range kinds {
			if edges[i].Kind == k {
				return true
			}
		}
	}
	return false
}

// wrap breaks the legend into rows.
func (d *drawing) wrap(all []sign) [][]sign {
	limit := max(d.size.W, minWidth-2*margin, 620)
	var rows [][]sign
	x := 0.0
	for i, s := range all {
		if i == 0 || x+s.width > limit {
			rows, x = append(rows, nil), 0
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], s)
		x += s.width
	}
	return rows
}

func (d *drawing) drawFooter(c canvas, x, y, width float64) {
	for _, f := range d.facts {
		c.path(circle(x+5, y, 4.5), style{fill: f.color})
		c.text(point{X: x + 18, Y: y + 4}, f.text, legendFont, left, "ink")
		y += factHeight
	}
	if len(d.facts) > 0 {
		y += 10
	}
	c.path(new(path).moveTo(x, y-10).lineTo(x+width, y-10), style{stroke: "rule", width: 1})
	d.drawLegend(c, x, y)
}

func (d *drawing) drawLegend(c canvas, x, y float64) {
	for _, row := range d.legend {
		at := x
		for _, s := range row {
			s.draw(c, point{X: at, Y: y + 8})
			c.text(point{X: at + 36, Y: y + 12}, s.text, legendFont, left, "muted")
			at += s.width
		}
		y += legendHeight
	}
}
