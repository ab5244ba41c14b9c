package picture

import "github.com/qodacode/qodacode/analyzers/agents"

// danger is how much a loop can cost: it depends on who ends it.
type danger int

const (
	harmless danger = iota // not in a loop
	safe                   // a counter, a human, or the end of tool calls ends it
	watched                // a condition in the code that is not understood
	risky                  // only what a model says ends it
	endless                // nobody ends it
)

// dangers are the levels of loops, the mildest first.
var dangers = []danger{safe, watched, risky, endless}

// name is the class of a level in drawings.
func (d danger) name() string {
	return [...]string{"", "safe", "watched", "risky", "endless"}[d]
}

func (l *Loop) danger() danger {
	switch l.Decider {
	case agents.Counter, agents.ByHuman, agents.ToolCall:
		return safe
	case agents.External:
		return watched
	case agents.Verdict:
		return risky
	}
	return endless
}

// edgeDanger is for each edge the level of the loop that it is part of.
func (g *Graph) edgeDanger() []danger {
	loopOf := map[string][]int{}
	for i := range g.Loops {
		for _, name := range g.Loops[i].Nodes {
			loopOf[name] = append(loopOf[name], i)
		}
	}
	levels := make([]danger, len(g.Edges))
	for i, e := range g.Edges {
		if !e.Kind.IsControl() {
			continue
		}
		for _, from := range loopOf[e.From] {
			for _, to := range loopOf[e.To] {
				if from == to {
					levels[i] = max(levels[i], g.Loops[from].danger())
				}
			}
		}
	}
	return levels
}

// short is what stands beside an edge in a drawing.
func (e *Edge) short() string {
	text := ""
	if e.Kind != agents.Seq && e.Kind != agents.Cond {
		text = string(e.Kind)
	}
	if e.Condition != "" {
		text = e.Condition
	}
	if e.FanOut {
		text = "×n " + text
	}
	return text
}

// mark is what stands beside an edge in a picture, where strokes tell kinds apart.
func (e *Edge) mark() string {
	switch {
	case e.FanOut && e.Condition != "":
		return "×n " + e.Condition
	case e.FanOut:
		return "×n"
	}
	return e.Condition
}
