package cost

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/estimate"
	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
)

var growingHistory = &rule{file: histories, Rule: diagnostics.Rule{
	ID: "COST-010", Title: "History that grows without a bound", Family: "cost", Severity: diagnostics.Warning, Since: "0.1.0", Languages: languages,
	Doc: `## What it does
Reports a list of messages that a loop sends to a model and adds to, round after round, and that nothing makes shorter: a chat that goes on as long as somebody types, or an agent's loop. A loop whose rounds the code limits, a list that is sliced, trimmed, summarized or begun anew, and a history that the provider keeps (` + "`previous_response_id`, `truncation=\"auto\"`" + `) are left alone.

## Why is this bad?
Each round sends all rounds before it again, so that what a conversation costs grows with the square of its length: one of 100 rounds costs not ten times but a hundred times what one of 10 does. In the end the model's window is full, and the request fails.

## Example
` + "```python" + `
messages = []
while True:
    messages.append({"role": "user", "content": input("> ")})
    r = client.messages.create(model="claude-sonnet-5-5", max_tokens=1000, messages=messages)
    messages.append({"role": "assistant", "content": r.content})
` + "```" + `
Keep what the next answer needs: the last messages, or a summary of those before:
` + "```python" + `
messages = []
while True:
    messages.append({"role": "user", "content": input("> ")})
    r = client.messages.create(model="claude-sonnet-5-5", max_tokens=1000, messages=messages[-20:])
    messages.append({"role": "assistant", "content": r.content})
` + "```" + `
Messages that call a tool and those with its result belong together: cut before a message of the user. LangChain has ` + "`trim_messages`" + ` and ` + "`SummarizationMiddleware`" + `, the OpenAI API ` + "`truncation=\"auto\"`" + ` and compaction, Anthropic's API context editing.
`,
}}

// farRounds is the number of rounds at which a message shows what growth comes to.
const farRounds = 50

// managed matches what keeps a history short, or has something else keep it.
var managed = regexp.MustCompile(`trim_messages|trimMessages|SummarizationMiddleware|summarizationMiddleware|summarization_node|SummarizationNode|RemoveMessage|context_management|contextManagement|compaction|ConversationSummary|ContextEditing|contextEditing|pruneMessages|maxlen\s*=|clear_tool_uses|compact_threshold`)

// histories reports histories that grow without a bound, once per list and loop.
func histories(p *pass) {
	type key struct {
		loop parser.NodeID
		name string
	}
	told := map[key]bool{}
	looked, kept := false, false
	for _, c := range p.Calls {
		s := c.Site
		if s.Kind != llm.Request && s.Kind != llm.Drive || len(p.Loops) == 0 {
			continue
		}
		v, ok := s.Setting(llm.Prompt)
		if ok != llm.Present || v.File != p.File {
			continue
		}
		for _, h := range p.names(v.Expr) {
			g, ok := p.grown(c, h)
			if !ok || told[key{g.loop.Node, g.name}] {
				continue
			}
			if !looked {
				looked, kept = true, isTest(p.File) || managed.MatchString(p.Text.String())
			}
			if kept {
				return
			}
			if _, there := s.Setting(llm.History); there == llm.Present {
				break
			}
			if t, there := s.Setting(llm.Truncation); there != llm.Absent && t.Str != "disabled" {
				break
			}
			told[key{g.loop.Node, g.name}] = true
			message := fmt.Sprintf("%s grows with each round of this loop, and each request sends all of it: nothing makes it shorter", g.name)
			if added := (c.Tokens.Output.Expected - c.Tokens.Reasoning.Expected) / max(1, c.Requests.Expected); priced(c) && s.Platform == llm.Direct && added > 0 {
				more := farRounds * added
				message += fmt.Sprintf(". After %d rounds a request sends ≈ %s tokens more, for ≈ %s", farRounds, estimate.Thousands(more), estimate.FormatUSD(more*c.Model.PriceAt(p.Now).Input/1e6))
			}
			p.Report(diagnostics.Finding{Rule: "COST-010", Span: p.Span(h), Message: message, Related: []diagnostics.Related{
				{Span: p.Span(g.at), Message: "what is added here is sent in all later rounds"},
				{Span: loopSpan(p.File, g.loop), Message: "this loop repeats the call"},
			}})
		}
	}
}

// names are the variables and attributes of objects that a prompt is made of, with those that
// these are made of.
func (p *pass) names(n parser.NodeID) []parser.NodeID {
	var out []parser.NodeID
	end := parser.NodeID(p.Nodes[n].Next)
	for at := n; at < end && at < n+200 && len(out) < 8; at++ {
		switch p.Kind(at) {
		case parser.KindCall:
			// What a function makes of a list is its own: trim(messages).
			if c := p.CallAt(at); c != nil && !passing[c.Name] {
				at = parser.NodeID(p.Nodes[at].Next) - 1
			}
		case parser.KindSubscript, parser.KindLambda, parser.KindComprehension:
			at = parser.NodeID(p.Nodes[at].Next) - 1
		case parser.KindAttribute:
			if p.IsSelf(p.Unwrap(p.Field(at, parser.FieldObject))) {
				out = append(out, at)
			}
			at = parser.NodeID(p.Nodes[at].Next) - 1
		case parser.KindIdentifier, parser.KindShorthand:
			if isName(p.File, at) {
				out = append(out, at)
			}
		}
	}
	return out
}

// passing are calls that give on what they are given.
var passing = map[string]bool{
	"list": true, "concat": true, "join": true, "str": true, "dumps": true, "stringify": true, "copy": true, "deepcopy": true, "format": true, "HumanMessage": true,
	"convertToModelMessages": true, "convertToCoreMessages": true,
}

// growth is a list that a loop adds to and sends.
type growth struct {
	name string
	loop *parser.Loop
	at   parser.NodeID // where something is added
}

// grown tells how what h names grows with the rounds of a loop around the call of c.
func (p *pass) grown(c *estimate.Call, h parser.NodeID) (growth, bool) {
	s := c.Site
	g := growth{name: p.Slice(h), at: parser.NoNode}
	call := s.Call.Node
	if p.Kind(h) == parser.KindAttribute {
		class, fn := p.ClassAround(call), p.EnclosingFunc(call)
		if g.loop = s.Loop; g.loop == nil || class == nil || fn == nil {
			return g, false
		}
		if g.at = p.adds(fn.Body, h); g.at == parser.NoNode || !p.open(g.loop, call) || p.RepeatsOf(c).Origin != llm.NoLimit {
			return g, false
		}
		return g, !p.shortened(class.Body, g.name, parser.NoNode)
	}
	defs := p.DefsOf(h)
	if len(defs) == 0 {
		return g, false
	}
	for at := range p.Ancestors(call) {
		switch p.Kind(at) {
		case parser.KindFunction, parser.KindMethod, parser.KindClass:
			return g, false
		case parser.KindFor, parser.KindWhile, parser.KindForClassic:
		default:
			continue
		}
		l := p.EnclosingLoop(p.inBody(at))
		if l == nil || l.Node != at || !p.Within(call, l.Body) {
			continue
		}
		if p.begins(defs, l) {
			return g, false // begun anew in each round
		}
		if g.at = p.adds(l.Body, h); g.at == parser.NoNode {
			continue
		}
		g.loop = l
		if !p.open(l, call) {
			return g, false
		}
		scope := parser.NodeID(0)
		if fn := p.EnclosingFunc(call); fn != nil {
			scope = fn.Node
		}
		return g, !p.shortened(scope, g.name, l.Body)
	}
	return g, false
}

// inBody is a node in the body of the loop at n.
func (p *pass) inBody(n parser.NodeID) parser.NodeID {
	if body := p.Field(n, parser.FieldBody); body != parser.NoNode {
		if c := p.FirstChild(body); c != parser.NoNode {
			return c
		}
		return body
	}
	return n
}

// begins reports whether a definition in the loop's body makes the value anew.
func (p *pass) begins(defs []*parser.Def, l *parser.Loop) bool {
	for _, d := range defs {
		if !p.Within(d.Node, l.Node) {
			continue
		}
		if d.Kind != parser.AssignDef && d.Kind != parser.AugmentedDef {
			return true
		}
		if d.Kind == parser.AssignDef && !p.extends(d) {
			return true
		}
	}
	return false
}

// wholeHistory match what gives a run's messages with all before them.
var wholeHistory = regexp.MustCompile(`\.to_input_list\(|\.all_messages\(|\[["']messages["']\]|\.messages$|\.history$`)

// extends reports whether an assignment makes a list longer: messages = messages + […],
// messages = [...messages, x], messages = result["messages"].
func (p *pass) extends(d *parser.Def) bool {
	value := p.Slice(d.Value)
	switch v := p.Unwrap(d.Value); p.Kind(v) {
	case parser.KindBinary:
		return regexp.MustCompile(`^\(*\s*`+regexp.QuoteMeta(d.Name)+`\b`).MatchString(value) || wholeHistory.MatchString(p.Slice(p.Field(v, parser.FieldLeft)))
	case parser.KindList:
		return strings.Contains(value, "..."+d.Name) || strings.Contains(value, "*"+d.Name)
	case parser.KindCall:
		c := p.CallAt(v)
		return c != nil && (c.Name == "concat" && strings.HasPrefix(value, d.Name+".") || wholeHistory.MatchString(value) && len(c.Args) == 0)
	}
	return wholeHistory.MatchString(value)
}

// adders are methods that make a list longer.
var adders = map[string]bool{"append": true, "extend": true, "push": true, "insert": true, "add_message": true, "add_user_message": true}

// adds is where something is added to what h names, in the code at or below n; NoNode where nothing is.
func (p *pass) adds(n, h parser.NodeID) parser.NodeID {
	name := p.Slice(h)
	for _, c := range callsIn(p.File, n) {
		if adders[c.Name] && len(c.Args) > 0 {
			if object := p.Unwrap(p.Field(p.Unwrap(c.Callee), parser.FieldObject)); object != parser.NoNode && p.Slice(object) == name {
				return c.Node
			}
		}
	}
	if p.Kind(h) == parser.KindAttribute {
		return parser.NoNode
	}
	for _, d := range p.DefsOf(h) {
		if p.Within(d.Node, n) && (d.Kind == parser.AugmentedDef || d.Kind == parser.AssignDef && p.extends(d)) {
			return d.Node
		}
	}
	return parser.NoNode
}

// counting match conditions that end a loop after a number of rounds.
var counting = regexp.MustCompile(`[<>]=?|==\s*\d|\b(max|limit|budget|remaining|attempts?|retries|turns?_left)`)

// workOfOneAnswer match what one answer of a model has a few of.
var workOfOneAnswer = regexp.MustCompile(`(?i)tool|calls|function|content|block|parts|choices|output`)

// open reports whether nothing in the code limits the rounds of l.
func (p *pass) open(l *parser.Loop, n parser.NodeID) bool {
	switch l.Kind {
	case parser.WhileLoop:
		if !isAlways(p.File, l.Iter) && counting.MatchString(p.Slice(l.Iter)) {
			return false
		}
	case parser.ForLoop:
		if workOfOneAnswer.MatchString(p.Slice(l.Iter)) {
			return false
		}
		if c := p.CallAt(p.Unwrap(l.Iter)); c != nil && (c.Name == "range" || c.Name == "islice") || p.Kind(l.Node) == parser.KindForClassic && l.Iter != parser.NoNode && counting.MatchString(p.Slice(l.Iter)) {
			return false
		}
	default:
		return false
	}
	if p.Rounds(p.File, n).Origin != llm.NoLimit && p.Within(n, l.Body) {
		return false
	}
	for at := l.Body; p.Within(at, l.Body); at++ { // if rounds > 10: break
		if p.Kind(at) != parser.KindIf {
			continue
		}
		condition := p.Slice(p.Field(at, parser.FieldCondition))
		if then := p.Field(at, parser.FieldConsequence); then != parser.NoNode && leavesIn(p.File, then) && counting.MatchString(condition) {
			return false
		}
	}
	return true
}

// shorter match what makes a list shorter; %s is its name.
const shorter = `\b%[1]s\s*\[[^\]\n]*:|\b%[1]s\.(pop|clear|shift|splice|popleft|slice|remove|truncate|trim|compact|compress|prune|reset|summarize|filter)\w*\(|\bdel\s+%[1]s\b|(\blen\(\s*%[1]s\s*\)|%[1]s\.length)\s*[<>]|%[1]s\.length\s*=|` +
	`(?i:trim|summar|compact|compress|prun|truncat|condens|shorten|window|recent|evict|budget|keep_last|reset|clear)\w*\([^()\n]*%[1]s\b|%[1]s\s*(:[^=\n]+)?=\s*(await\s+)?[\w.]+\([^()\n]*%[1]s\b`

// shortened reports whether the code in scope makes what is called name shorter, or, in the
// loop's body, begins it anew.
func (p *pass) shortened(scope parser.NodeID, name string, body parser.NodeID) bool {
	source := p.Slice(scope)
	if regexp.MustCompile(fmt.Sprintf(shorter, regexp.QuoteMeta(name))).MatchString(source) {
		return true
	}
	if body != parser.NoNode {
		return false
	}
	// An attribute that a method other than the constructor sets.
	return slices.ContainsFunc(p.Defs, func(d parser.Def) bool {
		_, attribute, _ := strings.Cut(name, ".")
		if d.Kind != parser.AssignDef || d.Name != "."+attribute || !p.Within(d.Node, scope) {
			return false
		}
		fn := p.EnclosingFunc(d.Node)
		return fn != nil && fn.Name != "__init__" && fn.Name != "constructor"
	})
}
