package agents

import (
	"regexp"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// modelStops are how code sees that a model wants no more tools.
var modelStops = regexp.MustCompile(`\b(tool_uses?|toolUses?|function_calls?|functionCalls?|stop_reason|stopReason|finish_reason|finishReason|tool_call|toolCall|has_tool_calls|hasToolCalls)\b`)

// outsideWords name functions whose result the world decides, not the model that wrote their arguments.
var outsideWords = regexp.MustCompile(`(?i)test|exec|compil|lint|build|subprocess|sandbox|deploy|is_set|empty|exists|poll`)

// waits are methods that wait for an event: what runs after each is a service, not a loop of an agent.
var waits = map[string]bool{"recv": true, "receive": true, "receive_text": true, "receive_json": true, "accept": true, "poll": true, "consume": true, "listen": true, "sleep": true,
	"brpop": true, "blpop": true, "xread": true, "get_message": true, "readline": true, "wait": true, "dequeue": true, "popleft": true, "receive_message": true, "get_nowait": true}

// personWords name values that a person decides: what waits for an approval or an answer.
var personWords = regexp.MustCompile(`(?i)^(interruptions?|pending_approvals?|pendingApprovals?|requires_action|human_\w+|user_(input|feedback|approval|response|query|message)|user(Input|Feedback|Approval|Response|Query|Message)|approved_by_user)$`)

// leaves are functions that end the program.
var leaves = map[string]bool{"exit": true, "quit": true, "_exit": true}

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

// source is what a value comes from.
type source uint8

const (
	fromModel source = 1 << iota
	fromHuman
	fromTools
	fromOutside
)

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

// trace follows what models, people and tools say through the variables of the function.
func (d *decider) trace() {
	f := d.fn.File
	var defs []*parser.Def
	for i := range f.Defs {
		if def := &f.Defs[i]; f.Within(def.Node, d.fn.Node) && def.Value != parser.NoNode {
			defs = append(defs, def)
		}
	}
	for range 4 {
		changed := false
		for _, def := range defs {
			from := d.sources(def.Value)
			switch f.Kind(f.Unwrap(def.Value)) {
			case parser.KindTrue, parser.KindFalse, parser.KindNone, parser.KindNumber, parser.KindString:
				if f.Within(def.Node, d.l.Body) { // done = True, under a condition
					for _, guard := range d.guards(def.Node) {
						from |= d.sources(guard)
					}
				}
			}
			name := strings.TrimPrefix(def.Name, ".")
			if d.from[name]|from != d.from[name] {
				d.from[name] |= from
				changed = true
			}
		}
		if !changed {
			return
		}
	}
}

// sources are where the value of an expression comes from.
func (d *decider) sources(of parser.NodeID) source {
	f := d.fn.File
	var from source
	for n := of; f.Within(n, of); n++ {
		switch f.Kind(n) {
		case parser.KindCall:
			c := f.CallAt(n)
			switch {
			case c == nil:
			case humanCalls[c.Name]:
				from |= fromHuman
			case d.item(d.fn.at(n)) != nil: // what it is told is not what it says
				from |= fromModel
				n = parser.NodeID(f.Nodes[n].Next) - 1
			case outsideWords.MatchString(c.Name):
				from |= fromOutside
				n = parser.NodeID(f.Nodes[n].Next) - 1
			}
		case parser.KindIdentifier, parser.KindShorthand:
			name := f.Slice(n)
			from |= d.from[name]
			if personWords.MatchString(name) {
				from |= fromHuman
			}
			if toolCallWords.MatchString(name) || modelStops.MatchString(name) {
				from |= fromTools
			}
		case parser.KindString:
			if s := strings.Trim(f.Slice(n), `"'`); s == "tool_use" || s == "tool_calls" || s == "function_call" || s == "tool-calls" {
				from |= fromTools
			}
		}
	}
	return from
}

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

// classify tells who decides a condition: one on which the loop is left, or one on which it goes on.
func (d *decider) classify(n parser.NodeID, leave bool) Condition {
	if c, ok := d.counter(n, leave); ok {
		return c
	}
	switch from := d.sources(n); {
	case from&fromHuman != 0:
		return Condition{Decider: ByHuman}
	case from&fromTools != 0:
		return Condition{Decider: ToolCall}
	case from&fromOutside != 0:
		return Condition{Decider: External}
	case from&fromModel != 0:
		return Condition{Decider: Verdict}
	}
	return Condition{Decider: External}
}

// joints are between parts of a condition that must all hold to leave, or to go on.
var (
	allToLeave = regexp.MustCompile(`\band\b|&&`)
	allToGoOn  = regexp.MustCompile(`\bor\b|\|\|`)
	// overLimit asks a function: has_reached_max_iterations(…), this.limitExceeded()
	overLimit = regexp.MustCompile(`(?i)\b[\w.]*((reached|exceed(s|ed)?|over|past|hit)_?(the_)?(max|limit|budget)|(max|limit|budget|iterations|rounds|turns|steps)_?(reached|exceeded|hit))\w*\s*\(`)
	isSet     = regexp.MustCompile(`(?i)^\s*\(?[\w.]*(max|limit)\w*\s*((is not|!==?) *(None|null|undefined))?\s*$`)
)

// counter finds a comparison of something that the loop counts.
func (d *decider) counter(n parser.NodeID, leave bool) (Condition, bool) {
	text := stripComments(d.fn.File, n)
	joint := allToGoOn
	if leave {
		joint = allToLeave
	}
	parts := joint.Split(text, -1)
	var guard Condition
	counts, given := 0, 0
	for _, part := range parts {
		m := comparison.FindStringSubmatch(part)
		if m == nil {
			if overLimit.MatchString(part) {
				guard = Condition{Decider: Counter, Bound: Bound{Expr: plainText(part), Effective: true}}
				counts++
			} else if isSet.MatchString(part) { // max_rounds is not None and rounds >= max_rounds
				given++
			}
			continue
		}
		key, limit := m[1]+m[2]+m[3]+m[4], m[6]
		isNumber := limit[0] >= '0' && limit[0] <= '9'
		other := limit[strings.LastIndexAny(limit, ".")+1:]
		counted := d.counted[key] || d.counted[other]
		if !counted && !(counterWords.MatchString(key) && (isNumber || limitWords.MatchString(limit))) {
			continue
		}
		b := Bound{Expr: plainText(part), Effective: counted}
		if isNumber {
			b.Value = atoi(limit)
		} else {
			b.Value = d.named(limit)
		}
		if !counted && d.from[key]&fromModel != 0 {
			continue // a score
		}
		guard = Condition{Decider: Counter, Bound: b}
		counts++
	}
	return guard, counts > 0 && counts+given == len(parts)
}

// plainText is a part of a condition without the parentheses around it.
func plainText(part string) string {
	s := strings.Join(strings.Fields(part), " ")
	for strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") {
		s = s[1 : len(s)-1]
	}
	return strings.TrimPrefix(strings.TrimPrefix(s, "not "), "!")
}

// named is the number that a name or attribute in the function stands for, 0 when unknown.
func (d *decider) named(limit string) int {
	f := d.fn.File
	for n := d.l.Node; f.Within(n, d.l.Node); n++ {
		if k := f.Kind(n); (k == parser.KindIdentifier || k == parser.KindAttribute) && f.Slice(n) == limit {
			if v, ok := d.Number(d.fn.at(n)); ok {
				return v
			}
			return 0
		}
	}
	return 0
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
