package agents

import (
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// ending is a termination condition of AutoGen: who decides, and of a counter the argument
// that has the number.
type ending struct {
	decider Decider
	arg     string
}

// endings are the classes in autogen_agentchat.conditions (0.7).
var endings = map[string]ending{
	"MaxMessageTermination":   {Counter, "max_messages"},
	"TokenUsageTermination":   {Counter, "max_total_token"},
	"TimeoutTermination":      {Counter, "timeout_seconds"},
	"SourceMatchTermination":  {External, ""}, // as soon as one of the sources has spoken
	"TextMentionTermination":  {Verdict, ""},
	"StopMessageTermination":  {Verdict, ""},
	"TextMessageTermination":  {ToolCall, ""}, // the first answer that calls no tool
	"FunctionCallTermination": {ToolCall, ""},
	"HandoffTermination":      {ByHuman, ""},
	"ExternalTermination":     {External, ""},
	"FunctionalTermination":   {External, ""},
}

// safety orders deciders, the safest first.
var safety = []Decider{Counter, ByHuman, ToolCall, External, Verdict, Nobody}

func safer(a, b Condition) bool {
	for _, d := range safety {
		if a.Decider == d || b.Decider == d {
			return a.Decider == d
		}
	}
	return false
}

// termination is what a termination condition depends on: of a | b either is enough, of
// a & b both are needed. known is false where it can't be told.
func (c *constructs) termination(r Ref, via []Ref) (end Condition, known bool) {
	return c.terminationOf(r, via, maxHops)
}

func (c *constructs) terminationOf(r Ref, via []Ref, hops int) (end Condition, known bool) {
	if !r.Valid() || hops == 0 {
		return Condition{}, false
	}
	f := r.File
	r.Node = f.Unwrap(r.Node)
	switch r.Kind() {
	case parser.KindNone:
		return Condition{}, true
	case parser.KindBinary:
		left, knowLeft := c.terminationOf(r.at(f.Field(r.Node, parser.FieldLeft)), via, hops-1)
		right, knowRight := c.terminationOf(r.at(f.Field(r.Node, parser.FieldRight)), via, hops-1)
		op := f.Slice(f.Field(r.Node, parser.FieldOperator))
		or := op == "|" || op == "or"
		switch {
		case !knowLeft && !knowRight:
			return Condition{}, false
		case !knowLeft || !knowRight: // what is known of a | b still holds
			known := left
			if !knowLeft {
				known = right
			}
			return known, or
		case safer(left, right) == or:
			return left, true
		}
		return right, true
	case parser.KindConditional:
		all := branches(r)
		if len(all) != 2 {
			return Condition{}, false
		}
		left, knowLeft := c.terminationOf(all[0], via, hops-1)
		right, knowRight := c.terminationOf(all[1], via, hops-1)
		if safer(left, right) {
			left = right
		}
		return left, knowLeft && knowRight
	}
	o, ok := c.object(r, via)
	if !ok {
		if k := o.Ref; k.Valid() && k != r && (k.Kind() == parser.KindBinary || k.Kind() == parser.KindNone) {
			return c.terminationOf(k, o.via, hops-1)
		}
		return Condition{}, false
	}
	e, ok := endings[o.class]
	if !ok {
		return Condition{Decider: External}, o.class == "TerminationCondition"
	}
	end = Condition{Decider: e.decider}
	if e.arg == "" {
		return end, true
	}
	end.Bound = Bound{Expr: strings.Join(strings.Fields(short(o.Ref)), " "), Effective: true}
	if n, ok := c.arg(o, e.arg, 0); ok {
		end.Bound.Value, _ = c.Number(n)
	}
	return end, true
}
