package agents

import (
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// waits are methods that wait for an event: what runs after each is a service, not a loop of an agent.
var waits = map[string]bool{"recv": true, "receive": true, "receive_text": true, "receive_json": true, "accept": true, "poll": true, "consume": true, "listen": true, "sleep": true,
	"brpop": true, "blpop": true, "xread": true, "get_message": true, "readline": true, "wait": true, "dequeue": true, "popleft": true, "receive_message": true, "get_nowait": true}

// endless reports whether a loop has no condition of its own.
func endless(f *parser.File, l *parser.Loop) bool {
	if l.Kind == parser.ForLoop {
		if f.Kind(l.Node) == parser.KindForClassic {
			return l.Iter == parser.NoNode || f.Slice(l.Iter) == ";"
		}
		return strings.Contains(f.Slice(l.Iter), "count(")
	}
	switch strings.Trim(f.Slice(l.Iter), "() ;") {
	case "True", "true", "1", "":
		return true
	}
	return false
}

// decider looks at one loop: which of its exits can be taken, and who decides that.
type decider struct {
	*plainWalk
	l       *plainLoop
	from    map[string]source // by variable
	counted map[string]bool   // variables that change by themselves in each round
	found   map[Decider]Condition
}

// decide tells who ends a loop.
func (w *plainWalk) decide(l *plainLoop) Condition {
	f := w.fn.File
	d := &decider{plainWalk: w, l: l, from: map[string]source{}, counted: map[string]bool{}, found: map[Decider]Condition{}}
	if l.Kind == parser.ForLoop && !endless(f, l.Loop) && f.Kind(l.Node) != parser.KindForClassic {
		return Condition{Decider: Counter, Bound: Bound{Expr: f.Slice(l.Iter), Value: d.rounds(), Effective: true}}
	}
	d.count()
	d.trace()
	if !endless(f, l.Loop) {
		d.add(d.classify(l.Iter, false))
	}
	d.exits()
	for _, who := range []Decider{Counter, ByHuman, ToolCall, External, Verdict} {
		if c, ok := d.found[who]; ok && (who != Counter || c.Bound.Effective) {
			if who != Counter {
				c.Bound = d.found[Counter].Bound // a guard that can't work
			}
			return c
		}
	}
	if c, ok := d.found[Counter]; ok {
		return c
	}
	if d.serves() {
		return Condition{Decider: External}
	}
	return Condition{Decider: Nobody}
}

// rounds is the number in range(n), 0 when it is not known.
func (d *decider) rounds() int {
	c := d.fn.File.CallAt(d.fn.File.Unwrap(d.l.Iter))
	if c == nil || len(c.Args) == 0 {
		return 0
	}
	from, to := 0, 0
	if len(c.Args) == 1 {
		to, _ = d.Number(d.fn.at(c.Args[0].Value))
	} else {
		from, _ = d.Number(d.fn.at(c.Args[0].Value))
		to, _ = d.Number(d.fn.at(c.Args[1].Value))
	}
	return max(0, to-from)
}

// add notes a condition on which the loop ends.
func (d *decider) add(c Condition) {
	if have, ok := d.found[c.Decider]; !ok || c.Bound.Effective && !have.Bound.Effective {
		d.found[c.Decider] = c
	}
}

// count collects what the loop itself counts: i += 1, i++, n = n - 1, history.append(…).
func (d *decider) count() {
	f := d.fn.File
	last := func(n parser.NodeID) string {
		s := strings.TrimRight(f.Slice(n), `"')]`)
		return s[strings.LastIndexAny(s, `."'[`)+1:]
	}
	for n := d.l.Node; f.Within(n, d.l.Node); n++ {
		switch f.Kind(n) {
		case parser.KindAugmentedAssignment:
			d.counted[last(f.Field(n, parser.FieldLeft))] = true
		case parser.KindAssignment:
			left, right := f.Field(n, parser.FieldLeft), f.Field(n, parser.FieldRight)
			if f.Kind(right) == parser.KindBinary && strings.Contains(f.Slice(right), f.Slice(left)) {
				d.counted[last(left)] = true
			}
		case parser.KindOther:
			if f.KindName(n) == "update_expression" {
				d.counted[last(f.Field(n, parser.FieldArgument))] = true
			}
		}
	}
}

// serves reports whether each round waits for an event.
func (d *decider) serves() bool {
	for _, c := range callsBelow(d.fn.File, d.l.Body) {
		if waits[c.Name] || c.Name == "get" && strings.Contains(strings.ToLower(d.fn.File.Slice(c.Callee)), "q") {
			return true
		}
	}
	return false
}
