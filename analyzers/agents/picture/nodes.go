package picture

import "github.com/qodacode/qodacode/analyzers/agents"

// drawNode draws a node with its badge, its name and its model.
func (d *drawing) drawNode(c canvas, i int) {
	n := &d.Nodes[i]
	b := d.boxes[i]
	color := colorOf(n.Kind)
	surface, ink, below := color+"-surface", "ink", "muted"
	if n.Orphan {
		color, surface, ink, below = "orphan", "orphan-surface", "orphan", "orphan"
	}
	c.begin("node", i, n.tip(d.Graph))
	defer c.end()
	border := style{fill: surface, stroke: color, width: 1.6}
	switch {
	case n.Kind == agents.Start || n.Kind == agents.End:
		d.drawDot(c, n, b)
		return
	case n.Orphan:
		border.dash = []float64{6, 4}
	case n.Implicit:
		border.dash = []float64{2, 3.5}
	}
	if level := d.worst(n.Name); level >= risky {
		c.path(n.outline(b.grown(4)), style{stroke: level.name(), width: 4, opacity: 0.28})
	}
	if n.Kind == agents.Toolset { // a stack
		c.path(n.outline(rect{b.x + 4, b.y + 4, b.w, b.h}), style{fill: surface, stroke: color, width: 1.2})
	}
	c.path(n.outline(b), border)
	n.decorate(c, b, color)

	name, model := n.shown(), n.below(d.Graph)
	text := max(nameFont.width(name), modelFont.width(model))
	x := b.x + (b.w-text-badgeRoom)/2
	m := b.centre()
	badge(c, n.Kind, x+10, m.Y, color)
	x += badgeRoom
	if model == "" {
		c.text(point{X: x, Y: m.Y + 4.8}, name, nameFont, left, ink)
		return
	}
	c.text(point{X: x, Y: m.Y - 2.5}, name, nameFont, left, ink)
	c.text(point{X: x, Y: m.Y + 13.5}, model, modelFont, left, below)
}

// drawDot draws where a graph begins or ends.
func (d *drawing) drawDot(c canvas, n *Node, b rect) {
	m := b.centre()
	if n.Kind == agents.Start {
		c.path(circle(m.X, m.Y, dotRadius), style{fill: "start"})
		c.path(polygon(point{X: m.X - 3.4, Y: m.Y - 5.5}, point{X: m.X + 6, Y: m.Y}, point{X: m.X - 3.4, Y: m.Y + 5.5}), style{fill: "paper"})
		return
	}
	c.path(circle(m.X, m.Y, dotRadius-1), style{fill: "paper", stroke: "start", width: 2})
	c.path(rounded(rect{m.X - 4.5, m.Y - 4.5, 9, 9}, 1.5), style{fill: "start"})
}

// drawFrame draws a team around its members.
func (d *drawing) drawFrame(c canvas, i int) {
	n := &d.Nodes[i]
	b := d.boxes[i]
	color := colorOf(n.Kind)
	c.begin("node", i, n.tip(d.Graph))
	defer c.end()
	border := style{fill: "team-surface", stroke: color, width: 1.4}
	if n.Implicit {
		border.dash = []float64{2, 3.5}
	}
	c.path(rounded(b, 14), border)
	badge(c, n.Kind, b.x+22, b.y+21, color)
	c.text(point{X: b.x + 22 + 18, Y: b.y + 25.5}, n.shown(), nameFont, left, "ink")
}

// worst is the highest level of the loops that a node is part of.
func (d *drawing) worst(name string) danger {
	level := harmless
	for i := range d.Loops {
		for _, member := range d.Loops[i].Nodes {
			if member == name {
				level = max(level, d.Loops[i].danger())
			}
		}
	}
	return level
}
