package agents

import "github.com/qodacode/qodacode/parser"

// leaves are functions that end the program.
var leaves = map[string]bool{"exit": true, "quit": true, "_exit": true}

// guards are the conditions under which n is reached within the loop, innermost first.
func (d *decider) guards(n parser.NodeID) []parser.NodeID {
	f := d.fn.File
	var conditions []parser.NodeID
	from := n
	for up := range f.Ancestors(n) {
		if up == d.l.Body {
			break
		}
		if k := f.Kind(up); k == parser.KindIf || k == parser.KindElse {
			if c := f.Field(up, parser.FieldCondition); c != parser.NoNode && from != c {
				conditions = append(conditions, c)
			}
		}
		from = up
	}
	return conditions
}

// exits adds the conditions of every break, return and raise that leaves the loop.
func (d *decider) exits() {
	f := d.fn.File
	failures := false
	for _, c := range callsBelow(f, d.l.Node) {
		if humanCalls[c.Name] || d.personBehind(d.fn.at(c.Node)) {
			d.add(Condition{Decider: ByHuman})
			break
		}
	}
	for n := d.l.Body; f.Within(n, d.l.Body); n++ {
		leaving := false
		switch f.Kind(n) {
		case parser.KindFunction, parser.KindLambda, parser.KindMethod, parser.KindClass:
			n = parser.NodeID(f.Nodes[n].Next) - 1
		case parser.KindBreak:
			leaving = d.breaks(n)
		case parser.KindReturn, parser.KindRaise:
			leaving = true
		case parser.KindYield:
			d.add(Condition{Decider: External}) // who reads the values may stop
		case parser.KindCall:
			c := f.CallAt(n)
			leaving = c != nil && leaves[c.Name]
		}
		if !leaving {
			continue
		}
		if d.handled(n) {
			failures = true
			continue
		}
		d.add(d.exit(n))
	}
	if failures && len(d.found) == 0 {
		d.add(Condition{Decider: External})
	}
}

// personBehind reports whether the call at r is of a function that waits for a person.
func (d *decider) personBehind(r Ref) bool {
	fn := d.Function(r.at(r.File.CallAt(r.Node).Callee))
	return fn.Valid() && fn != d.fn && d.asks(fn, 3)
}

// breaks reports whether the break at n leaves the loop, not one inside it or a switch.
func (d *decider) breaks(n parser.NodeID) bool {
	f := d.fn.File
	for up := range f.Ancestors(n) {
		switch f.Kind(up) {
		case parser.KindFor, parser.KindForClassic, parser.KindWhile:
			return up == d.l.Node
		case parser.KindSwitchBody:
			return false
		}
	}
	return false
}

// handled reports whether n stands in the handler of an exception of the loop.
func (d *decider) handled(n parser.NodeID) bool {
	for up := range d.fn.File.Ancestors(n) {
		if up == d.l.Body {
			return false
		}
		if d.fn.File.Kind(up) == parser.KindCatch {
			return true
		}
	}
	return false
}

// exit is the condition on which the exit at n is taken: of its innermost guard that says who decides.
func (d *decider) exit(n parser.NodeID) Condition {
	for _, guard := range d.guards(n) {
		if c := d.classify(guard, true); c.Decider != External {
			return c
		}
	}
	return Condition{Decider: External}
}
