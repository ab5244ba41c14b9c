package estimate

import (
	"fmt"
	"slices"

	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/parser"
)

// retrying is a loop that ends at the first success. Requests that fail are not billed, so
// only answers that turn out to be of no use count.
func retrying(f *parser.File, l *parser.Loop, n parser.NodeID, r Rounds) Rounds {
	out := Rounds{Times: Exactly(1), Most: r.Most, Origin: r.Origin, Reason: r.Reason}
	if out.Origin == llm.NoLimit {
		out.Reason = "a loop that retries without a limit"
	}
	if parsesAfter(f, l.Body, n) {
		high := retriesUncapped
		if r.Origin != llm.NoLimit {
			high = max(1, r.Most)
		}
		out.Times = Range{1, min(reasked, high), high}
		out.Assumptions = []Assumption{{fmt.Sprintf("1.1 requests until the answer can be read, %s at most", FormatCount(high)), "iterations"}}
	}
	return out
}

// parsers are calls that fail on an answer that is not in the form that is wanted.
var parsers = map[string]bool{
	"loads": true, "parse": true, "safeParse": true, "model_validate": true, "model_validate_json": true, "validate_python": true, "validate_json": true,
	"parse_raw": true, "parse_obj": true, "literal_eval": true, "safe_load": true, "validate": true, "parse_json": true, "extract_json": true, "from_json": true,
}

// parsesAfter reports whether something in the node around reads the answer of the call at n,
// and would ask again where it can't.
func parsesAfter(f *parser.File, around, n parser.NodeID) bool {
	call := f.Span(n)
	i, _ := slices.BinarySearchFunc(f.Calls, around, func(c parser.Call, n parser.NodeID) int { return int(c.Node - n) })
	for ; i < len(f.Calls) && f.Within(f.Calls[i].Node, around); i++ {
		c := &f.Calls[i]
		if c.Node == n || f.Within(c.Node, n) {
			continue
		}
		if parsers[c.Name] && (f.Span(c.Node).Start >= call.End || f.Within(n, c.Node)) {
			return true
		}
	}
	return false
}

// rereads reports whether l asks at n, in each round, and a try after it that reads the answer
// leaves the loop where that succeeds.
func rereads(f *parser.File, l *parser.Loop, n parser.NodeID) bool {
	if l.Kind != parser.ForLoop && l.Kind != parser.WhileLoop || !parsesAfter(f, l.Body, n) {
		return false
	}
	if at := f.Parent(statementOf(f, n)); at != l.Body {
		return false
	}
	for try := range f.Children(l.Body) {
		if f.Kind(try) != parser.KindTry || try < n || !parsesAfter(f, try, n) {
			continue
		}
		leaves, resumes := false, true
		for part := range f.Children(try) {
			last := f.LastChild(part)
			ends := f.Kind(last) == parser.KindBreak || f.Kind(last) == parser.KindReturn
			switch f.Kind(part) {
			case parser.KindBlock, parser.KindElse:
				if inner := f.LastChild(last); f.Kind(last) == parser.KindBlock {
					ends = f.Kind(inner) == parser.KindBreak || f.Kind(inner) == parser.KindReturn
				}
				leaves = leaves || ends
			case parser.KindCatch:
				if f.Kind(last) == parser.KindBlock {
					last = f.LastChild(last)
				}
				k := f.Kind(last)
				resumes = resumes && k != parser.KindBreak && k != parser.KindReturn && k != parser.KindRaise
			}
		}
		return leaves && resumes
	}
	return false
}

// toolLoop is r, the rounds of l, where l goes on while the model calls tools: then they are
// the turns of an agent.
func (e Env) toolLoop(f *parser.File, l *parser.Loop, n parser.NodeID, r Rounds) Rounds {
	if l.Kind != parser.WhileLoop && (l.Kind != parser.ForLoop || !leaves(f, l)) || r.Times.IsExact() {
		return r
	}
	c := f.CallAt(n)
	if c == nil {
		return r
	}
	if _, ok := llm.Argument(f, c, "tools", -1); !ok {
		return r
	}
	expected := min(float64(e.cost().AgentTurns), r.Times.High)
	if expected >= r.Times.Expected {
		return r
	}
	r.Times.Expected, r.Times.Low = expected, min(r.Times.Low, expected)
	r.Assumptions = []Assumption{{fmt.Sprintf("%s rounds of a loop that goes on while the model calls tools", FormatCount(expected)), "cost.assumed_agent_turns"}}
	return r
}

// leaves reports whether a statement of the loop's own body may end it early.
func leaves(f *parser.File, l *parser.Loop) bool {
	end := l.Body
	for n := l.Body; f.Within(n, end); n++ {
		switch f.Kind(n) {
		case parser.KindFunction, parser.KindLambda, parser.KindMethod, parser.KindClass:
			n = parser.NodeID(f.Nodes[n].Next) - 1
		case parser.KindReturn:
			return true
		case parser.KindBreak:
			if inner := loopOf(f, n); inner == l.Node {
				return true
			}
		}
	}
	return false
}

// loopOf is the loop or switch that a break at n leaves.
func loopOf(f *parser.File, n parser.NodeID) parser.NodeID {
	for p := range f.Ancestors(n) {
		switch f.Kind(p) {
		case parser.KindFor, parser.KindForClassic, parser.KindWhile, parser.KindSwitchBody:
			return p
		}
	}
	return parser.NoNode
}
