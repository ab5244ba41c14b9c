package facts

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// agentRows are constructs of agents of libraries whose graphs are not read.
var agentRows = []struct {
	framework, kind string
	modules, names  []string
}{
	{"agno", "agent", []string{"agno", "phi"}, []string{"Agent"}},
	{"agno", "team", []string{"agno", "phi"}, []string{"Team"}},
	{"strands", "agent", []string{"strands"}, []string{"Agent"}},
	{"haystack", "agent", []string{"haystack", "haystack_experimental"}, []string{"Agent"}},
	{"livekit", "agent", []string{"livekit.agents"}, []string{"Agent", "VoicePipelineAgent"}},
	{"dspy", "agent", []string{"dspy"}, []string{"ReAct", "CodeAct"}},
	{"langchain", "agent", []string{"langchain", "langchain_classic"}, []string{"initialize_agent", "AgentExecutor", "AgentExecutor.from_agent_and_tools"}},
	{"claude-agent-sdk", "agent", []string{"claude_agent_sdk", "claude_code_sdk"}, []string{"ClaudeAgentOptions", "ClaudeCodeOptions"}},
	{"agency-swarm", "agent", []string{"agency_swarm"}, []string{"Agent"}},
}

// constructedAgents adds the agents of agentRows.
func (b *builder) constructedAgents(at map[text.Span]int) {
	f := b.f
	for i := range f.Calls {
		c := &f.Calls[i]
		span := b.sourceSpan(c.Node)
		if _, ok := at[span]; ok {
			continue
		}
		framework, kind, ok := b.constructs(c)
		if !ok {
			continue
		}
		a := Agent{Name: b.agentNamed(c), Framework: framework, Kind: kind, Range: b.madeRange(span)}
		if a.Name == "" {
			a.Name = c.Name
		}
		a.Name = b.clip(a.Name, textLimit)
		if v, ok := f.Argument(c, "model", -1); ok {
			a.Model = b.modelID(v.Value)
			a.ModelKnown = a.Model != ""
		}
		for _, name := range []string{"max_iterations", "max_iters", "max_turns", "max_agent_steps", "tool_call_limit", "maxTurns"} {
			if v, ok := f.Argument(c, name, -1); ok {
				if x := f.Eval(v.Value); x.Kind == parser.Number && x.Num > 0 {
					a.MaxSteps, a.HasMaxSteps = finite(x.Num), true
				}
			}
		}
		for _, t := range b.tools {
			if slices.Contains(t.Agents, a.Name) {
				a.Tools = append(a.Tools, t.Name)
			}
		}
		at[span] = len(b.doc.Agents)
		b.doc.Agents = append(b.doc.Agents, a)
		b.madeBy(&b.doc.Agents[len(b.doc.Agents)-1], span)
	}
}

// constructs tells which library's agent a call makes, of those in agentRows.
func (b *builder) constructs(c *parser.Call) (framework, kind string, ok bool) {
	if b.f.Language.IsScript() || len(c.Name) < 4 {
		return "", "", false
	}
	if !agentNames[c.Name] {
		return "", "", false
	}
	q := plainName(b.f.QName(c.Callee))
	for i := range agentRows {
		row := &agentRows[i]
		if rest, ok := within(q, row.modules); ok && slices.ContainsFunc(row.names, func(n string) bool { return rest == n || strings.HasSuffix(rest, "."+n) }) {
			return row.framework, row.kind, true
		}
	}
	return "", "", false
}

var agentNames = func() map[string]bool {
	names := map[string]bool{}
	for _, row := range agentRows {
		for _, n := range row.names {
			names[lastName(n)] = true
		}
	}
	return names
}()

// modelID is the id of a model that is a text or made by a call with one: OpenAIChat(id="gpt-4o").
func (b *builder) modelID(n parser.NodeID) string {
	f := b.f
	if v := f.Eval(n); v.Kind == parser.String {
		return b.clip(v.Str, textLimit)
	}
	to, made := b.follow(f, n)
	c := to.CallAt(to.Unwrap(made))
	if to != f || c == nil {
		return ""
	}
	for _, name := range []string{"id", "model", "model_id", "model_name"} {
		if a, ok := f.Argument(c, name, -1); ok {
			if v := f.Eval(a.Value); v.Kind == parser.String {
				return b.clip(v.Str, textLimit)
			}
		}
	}
	if len(c.Args) > 0 && c.Args[0].Name == "" {
		if v := f.Eval(c.Args[0].Value); v.Kind == parser.String {
			return b.clip(v.Str, textLimit)
		}
	}
	return ""
}

// budgets are the arguments that limit what a run may spend, and whether they count US dollars.
var budgets = []struct {
	name string
	usd  bool
}{
	{"max_budget_usd", true}, {"maxBudgetUsd", true}, {"max_budget", true}, {"budget_usd", true}, {"budgetUsd", true}, {"max_cost", true}, {"max_cost_usd", true}, {"maxCost", true}, {"cost_limit", true}, {"max_dollars", true},
	{"total_tokens_limit", false}, {"token_budget", false}, {"tokenBudget", false}, {"max_total_tokens", false}, {"maxTotalTokens", false}, {"usage_limits.total_tokens_limit", false}, {"usage_limits.output_tokens_limit", false},
}

// madeBy reads what the call that makes an agent says.
func (b *builder) madeBy(a *Agent, span text.Span) {
	n := b.nodeAtPlace(span)
	c := b.f.CallAt(b.f.Unwrap(n))
	if c == nil {
		return
	}
	h := holder{b.f, c}
	for _, row := range budgets {
		v, ok := b.argument(h, row.name)
		if !ok || v.Kind == parser.None {
			continue
		}
		a.HasBudget = true
		if row.usd && v.Kind == parser.Number {
			a.BudgetUSD = finite(v.Num)
		}
		break
	}
	if list := b.toolList(c); list != parser.NoNode && b.someUnknown(c, list) {
		b.open[a.Range] = true
	}
	if asks := b.asksOf(c); asks != nil && (asks.person || asks.all == Yes || len(asks.named) > 0) {
		a.Approval = Yes
	} else if asks != nil {
		a.Approval = Unknown
	}
}
