package agents

import (
	"slices"

	"github.com/qodacode/qodacode/parser"
)

// carry is a name that a loop hands on from round to round: prev = step, at its end.
type carry struct {
	loop   *parser.Loop
	before *parser.Def // its value when the loop begins
	inside *parser.Def // its value for what follows in the round, and for the next one
}

// carries are the names in r that loops of its function hand on. Those that are set under a
// condition are left out.
func carries(r Ref) (found []carry) {
	f := r.File
	for n := r.Node; f.Within(n, r.Node); n++ {
		if f.Kind(n) != parser.KindIdentifier {
			continue
		}
		defs := f.DefsOf(n)
		if len(defs) < 2 {
			continue
		}
		for i := range f.Loops {
			lp := &f.Loops[i]
			if lp.Target == parser.NoNode || lp.Kind == parser.CallbackLoop || r.Node < lp.Node {
				continue
			}
			c := carry{loop: lp}
			sets := 0
			for _, d := range defs {
				switch {
				case d.Kind != parser.AssignDef || d.Value == parser.NoNode:
				case f.Within(d.Node, lp.Body):
					if sets++; unconditional(f, d.Node, lp.Body) {
						c.inside = d
					}
				case d.Node < lp.Node:
					c.before = d
				}
			}
			if sets == 1 && c.inside != nil && c.before != nil && !slices.Contains(found, c) && !inLoop(f, c.before.Node, lp) {
				found = append(found, c)
			}
		}
	}
	return found
}

// inLoop reports whether n stands in a loop that is over when lp begins.
func inLoop(f *parser.File, n parser.NodeID, lp *parser.Loop) bool {
	return slices.ContainsFunc(f.Loops, func(other parser.Loop) bool { return f.Within(n, other.Node) && !f.Within(lp.Node, other.Node) })
}

// unconditional reports whether the statement of n stands in body itself.
func unconditional(f *parser.File, n, body parser.NodeID) bool {
	for up := range f.Ancestors(n) {
		switch {
		case up == body:
			return true
		case f.Kind(up) != parser.KindAssignment && f.Kind(up) != parser.KindExpressionStatement:
			return false
		}
	}
	return false
}

// enterRound adds to the frame of a round of lp the names that the loop hands on, as r sees
// them; last is the frame of the round before, nil in the first one.
func enterRound(r Ref, lp *parser.Loop, names []carry, round, last *frame) *frame {
	at := round
	for _, c := range names {
		if c.loop != lp {
			continue
		}
		v := slot{Ref: r.at(c.before.Value), frame: at}
		if r.Node > c.inside.Node {
			v = slot{Ref: r.at(c.inside.Value), frame: at}
		} else if last != nil {
			v = slot{Ref: r.at(c.inside.Value), frame: last}
		}
		round = round.with(r.at(c.before.Node), v)
	}
	return round
}

// leave adds to a frame of r what the loops before it left in their names.
func (l *langgraph) leave(r Ref, names []carry, e *frame) *frame {
	for _, c := range names {
		if r.File.Within(r.Node, c.loop.Body) || l.spent() {
			continue
		}
		if rounds := l.rounds(r.at(c.inside.Value), e); len(rounds) > 0 && rounds[len(rounds)-1] != e {
			e = e.with(r.at(c.before.Node), slot{Ref: r.at(c.inside.Value), frame: rounds[len(rounds)-1]})
		}
	}
	return e
}
