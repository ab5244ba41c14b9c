package agents

import (
	"regexp"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// humanCalls are functions that wait for a person.
var humanCalls = map[string]bool{"interrupt": true, "input": true, "prompt": true, "question": true, "HumanInTheLoopMiddleware": true, "ask_user": true, "get_user_input": true, "human_input": true, "RequestInput": true, "get_user_choice": true, "input_with_fallback": true, "confirm_with_fallback": true, "read_user_input": true}

// toolCallWords are how code asks whether the model wants a tool.
var toolCallWords = regexp.MustCompile(`\b(tool_calls|toolCalls|tools_condition|toolsCondition|function_call|functionCalls?|tool_use|AgentFinish|interruptions)\b`)

// comparison finds a name or key that is compared with a number or a limit's name: state["n"] >= 3.
var comparison = regexp.MustCompile(`(?:\[\s*["']?([\w-]+)["']?\s*\]|\.get\(\s*["']?([\w-]+)["']?[^)]*\)|\.([A-Za-z_]\w*)|\b([A-Za-z_]\w*))\s*(?:\?\?\s*\d+\s*\)?\s*|\|\|\s*\d+\s*\)?\s*|\)\s*)?(>=|<=|>|<|===?)\s*([A-Za-z_][\w.]*(?:\[["']?\w+["']?\]|\(\s*["']?\w+["']?[^()]*\))?|\d+(?:\.\d+)?)`)

// limitWords tell a limit's name from any other value.
var limitWords = regexp.MustCompile(`(?i)max|limit|budget|threshold|attempt|retries|remaining|iteration|round|turn|step|depth|count|loop|num|revision`)

// counterWords tell that a variable counts.
var counterWords = regexp.MustCompile(`(?i)iter|count|attempt|retr|round|turn|step|depth|revision|loop|num|remaining|tries|cycle|index|total|idx|cnt|^i$|^n$`)

// lengthGuard finds a limit on a list that every round adds to: len(state["messages"]) > 6.
var lengthGuard = regexp.MustCompile(`(?i)(?:\blen\([^()\n]*(?:messages|history|steps|turns)[^()\n]*\)|(?:messages|history|steps|turns)\.length)\s*(?:>=|<=|>|<)\s*([A-Za-z_][\w.]*|\d+)`)

// Decide tells what a router's choice depends on. written are the keys of the state that
// something in the loop writes; nil when that is not known.
func (p *Project) Decide(fn Ref, written map[string]bool) Condition {
	info := fn.Func()
	if info == nil || info.Body == parser.NoNode {
		return Condition{}
	}
	f := fn.File
	body := stripComments(f, info.Body)
	if c, ok := p.counter(fn, body, written); ok {
		return c
	}
	switch {
	case p.asks(fn, 3):
		return Condition{Decider: ByHuman}
	case strings.Contains(body, "remaining_steps") || strings.Contains(body, "remainingSteps"):
		return Condition{Decider: Counter, Bound: Bound{Expr: "remaining_steps", Effective: true}}
	case toolCallWords.MatchString(body):
		return Condition{Decider: ToolCall}
	}
	return Condition{Decider: Verdict}
}

// counter looks for a comparison with a limit.
func (p *Project) counter(fn Ref, body string, written map[string]bool) (Condition, bool) {
	var guard *Bound
	for _, m := range comparison.FindAllStringSubmatch(body, -1) {
		key := m[1] + m[2] + m[3] + m[4]
		limit, isNumber := m[6], m[6][0] >= '0' && m[6][0] <= '9'
		switch {
		case isNumber && strings.Contains(limit, "."):
			continue // a score
		case strings.HasPrefix(m[5], "=") && !(isNumber && counterWords.MatchString(key)):
			continue
		case !isNumber && !limitWords.MatchString(limit):
			continue
		case isNumber && !counterWords.MatchString(key) && !limitWords.MatchString(key):
			continue // a score, a length
		}
		b := Bound{Expr: strings.TrimSpace(strings.Join(strings.Fields(m[0]), " ")), Effective: written == nil || written[key] || m[4] != "" && m[1]+m[2]+m[3] == "" || m[1]+m[2] != "" && !strings.ContainsAny(m[0], "\"'")}
		if strings.HasPrefix(strings.ToLower(strings.ReplaceAll(key, "_", "")), "remaining") {
			b.Effective = true // the framework counts down
		} else if isNumber {
			b.Value = atoi(limit)
		} else if d := p.limitNamed(fn, limit); d > 0 {
			b.Value = d
		}
		if b.Effective {
			return Condition{Decider: Counter, Bound: b}, true
		}
		guard = &b
	}
	if m := lengthGuard.FindStringSubmatch(body); m != nil {
		b := Bound{Expr: strings.Join(strings.Fields(m[0]), " "), Effective: true}
		if b.Value = atoi(m[1]); b.Value == 0 {
			b.Value = p.limitNamed(fn, m[1])
		}
		if b.Value > 2 { // fewer ask whether there is anything yet
			return Condition{Decider: Counter, Bound: b}, true
		}
	}
	if guard != nil {
		return Condition{Decider: Counter, Bound: *guard}, true
	}
	return Condition{}, false
}

// limitNamed is the number that a name or an attribute in the function stands for, 0 when
// unknown. Attributes of an object that can't be told have the default that the project's
// classes agree on.
func (p *Project) limitNamed(fn Ref, name string) int {
	f := fn.File
	for n := fn.Node; f.Within(n, fn.Node); n++ {
		if k := f.Kind(n); (k == parser.KindIdentifier || k == parser.KindAttribute) && f.Slice(n) == name {
			if v, ok := p.Number(fn.at(n)); ok {
				return v
			}
			break
		}
	}
	_, field, dotted := strings.Cut(name, ".")
	if !dotted {
		return 0
	}
	field = field[strings.LastIndexByte(field, '.')+1:]
	agreed := 0
	for _, g := range p.files {
		for i := range g.Defs {
			d := &g.Defs[i]
			if d.Name != field || d.Kind != parser.AssignDef || g.Scopes[d.Scope].Kind != parser.ClassScope {
				continue
			}
			value := d.Value
			if c := g.CallAt(value); c != nil { // Field(default=3)
				if a, ok := g.Argument(c, "default", 0); ok {
					value = a.Value
				}
			}
			v := g.Eval(value)
			if v.Kind != parser.Number || agreed != 0 && agreed != int(v.Num) {
				return 0
			}
			agreed = int(v.Num)
		}
	}
	return agreed
}

// asks reports whether a function waits for a person, itself or in functions that it calls.
func (p *Project) asks(fn Ref, depth int) bool {
	info := fn.Func()
	if info == nil || depth == 0 {
		return false
	}
	f := fn.File
	for i := range f.Calls {
		c := &f.Calls[i]
		if !f.Within(c.Node, fn.Node) {
			continue
		}
		if humanCalls[c.Name] {
			return true
		}
		if g := p.Function(fn.at(c.Callee)); g.Valid() && g != fn && p.asks(g, depth-1) {
			return true
		}
	}
	return false
}

// stripComments is the source of n without comments and docstrings, so that prose decides nothing.
func stripComments(f *parser.File, n parser.NodeID) string {
	s := f.Span(n)
	src := []byte(f.Text.Slice(s))
	blank := func(start, end int) {
		for i := max(start, s.Start); i < min(end, s.End); i++ {
			src[i-s.Start] = ' '
		}
	}
	for _, c := range f.Comments {
		blank(c.Span.Start, c.Span.End)
	}
	for _, str := range f.Strings {
		if f.Within(str.Node, n) && f.Kind(f.Parent(str.Node)) == parser.KindExpressionStatement {
			blank(f.Span(str.Node).Start, f.Span(str.Node).End)
		}
	}
	return string(src)
}

func atoi(s string) int {
	n := 0
	for _, c := range s {
		if c < '0' || c > '9' || n > 1<<30 {
			break
		}
		n = n*10 + int(c-'0')
	}
	return n
}
