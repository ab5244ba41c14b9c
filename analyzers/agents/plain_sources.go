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

// personWords name values that a person decides: what waits for an approval or an answer.
var personWords = regexp.MustCompile(`(?i)^(interruptions?|pending_approvals?|pendingApprovals?|requires_action|human_\w+|user_(input|feedback|approval|response|query|message)|user(Input|Feedback|Approval|Response|Query|Message)|approved_by_user)$`)

// source is what a value comes from.
type source uint8

const (
	fromModel source = 1 << iota
	fromHuman
	fromTools
	fromOutside
)

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
