package facts

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// readAgents lists the agents, teams and graphs that are made in the file.
func (b *builder) readAgents() {
	at := map[text.Span]int{} // index into doc.Agents
	for _, g := range b.graphs {
		for i := range g.Nodes {
			n := &g.Nodes[i]
			kind, ok := agentKind(n.Kind)
			if !ok || g.Framework == "plain" || !b.here(n.Place) || n.Implicit && n.Place == g.Place {
				continue
			}
			b.agentOf(at, g, n, kind)
		}
		if b.here(g.Place) {
			b.graphAgent(at, g)
		}
	}
	b.siteAgents(at)
	b.constructedAgents(at)
	slices.SortStableFunc(b.doc.Agents, func(x, y Agent) int {
		if x.Range.Start.Line != y.Range.Start.Line {
			return x.Range.Start.Line - y.Range.Start.Line
		}
		return x.Range.Start.Character - y.Range.Start.Character
	})
	for i := range b.doc.Agents {
		a := &b.doc.Agents[i]
		a.ID = b.id("agent", a.Range)
		for _, u := range b.uses {
			if u.agent == a.Name {
				for _, t := range u.tools {
					a.Tools = append(a.Tools, t.Name)
				}
			}
		}
		for j, name := range a.Tools {
			a.Tools[j] = b.toolName(a, name)
		}
		slices.Sort(a.Tools)
		slices.Sort(a.Handoffs)
		a.Tools, a.Handoffs = slices.Compact(a.Tools), slices.Compact(a.Handoffs)
		if a.Approval == "" {
			a.Approval = b.agentApproval(a)
		}
	}
	b.refer()
}

// agentName is what an agent is called: a graph that is one agent gives its own name.
func agentName(g *agents.Graph, n *agents.Node) string {
	if n.Place == g.Place && g.Name != "" {
		return g.Name
	}
	return n.Name
}

// frameworkName is the library of a graph, as tools name it.
func frameworkName(g *agents.Graph) string {
	switch g.Framework {
	case "aisdk":
		return "ai-sdk"
	case "autogen-0.2":
		return "autogen"
	}
	return g.Framework
}

// toolName is the name that a model sees of an agent's tool, which may go by a variable.
func (b *builder) toolName(a *Agent, name string) string {
	for _, t := range b.tools {
		if t.Name == name {
			return name
		}
	}
	for _, t := range b.tools {
		if (a.Kind != "agent" || slices.Contains(t.Agents, a.Name)) && slices.Contains(t.aliases, name) {
			return t.Name
		}
	}
	return name
}

func agentKind(k agents.Kind) (string, bool) {
	switch k {
	case agents.Agent, agents.Manager:
		return "agent", true
	case agents.Team:
		return "team", true
	}
	return "", false
}

// agentOf adds what a node says to the agent that stands at its place.
func (b *builder) agentOf(at map[text.Span]int, g *agents.Graph, n *agents.Node, kind string) {
	i, ok := at[n.Place.Span]
	if !ok {
		i = len(b.doc.Agents)
		at[n.Place.Span] = i
		b.doc.Agents = append(b.doc.Agents, Agent{Name: b.clip(agentName(g, n), textLimit), Framework: frameworkName(g), Kind: kind, Range: b.rangeIn(n.Place.Span)})
		b.madeBy(&b.doc.Agents[i], n.Place.Span)
	}
	a := &b.doc.Agents[i]
	if n.Model != "" {
		a.Model, a.ModelKnown = n.Model, true
	}
	a.Tools = append(a.Tools, n.Tools...)
	if n.Asks {
		a.Approval = Yes
	}
	if n.Limit.Value > 0 && !a.HasMaxSteps {
		a.MaxSteps, a.HasMaxSteps = float64(n.Limit.Value), true
	}
	for j := range g.Edges {
		e := &g.Edges[j]
		if e.From != n.Name {
			continue
		}
		switch e.Kind {
		case agents.Handoff, agents.Delegate, agents.Goto:
			if to := nodeNamed(g, e.To); to != nil && to.Kind != agents.End && to.Kind != agents.Tool {
				a.Handoffs = append(a.Handoffs, agentName(g, to))
			}
		case agents.Uses:
			if to := nodeNamed(g, e.To); to != nil && (to.Kind == agents.Tool || to.Kind == agents.Toolset) {
				a.Tools = append(a.Tools, e.To)
			}
		}
	}
}

func nodeNamed(g *agents.Graph, name string) *agents.Node {
	for i := range g.Nodes {
		if g.Nodes[i].Name == name {
			return &g.Nodes[i]
		}
	}
	return nil
}

// graphAgent lists a graph itself, where it is more than the one agent that stands at its place.
func (b *builder) graphAgent(at map[text.Span]int, g *agents.Graph) {
	limit, has := float64(g.Limit.Value), g.Limit.Value > 0
	kind := "graph"
	if g.Framework == "plain" {
		if !callsTools(g) {
			return
		}
		kind = "loop"
		for _, l := range g.Loops {
			if l.Bound.Effective && (l.Decider == agents.Counter || l.Bound.Value > 0) {
				limit, has = float64(max(l.Bound.Value, g.Limit.Value)), true
			}
		}
	}
	if i, ok := at[g.Place.Span]; ok {
		if a := &b.doc.Agents[i]; has && !a.HasMaxSteps {
			a.MaxSteps, a.HasMaxSteps = limit, true
		}
		return
	}
	a := Agent{Name: b.clip(g.Name, textLimit), Framework: frameworkName(g), Kind: kind, MaxSteps: limit, HasMaxSteps: has, Range: b.rangeIn(g.Place.Span)}
	if a.Name == "" {
		a.Name = b.clip(g.ID, textLimit)
	}
	for i := range g.Nodes {
		n := &g.Nodes[i]
		switch {
		case n.Asks || n.Kind == agents.Human:
			a.Approval = Yes
		case n.Kind == agents.Tool:
			a.Tools = append(a.Tools, n.Name)
		}
		if kind == "loop" {
			a.Tools = append(a.Tools, n.Tools...)
			if n.Model != "" && a.Model == "" {
				a.Model, a.ModelKnown = n.Model, true
			}
		}
	}
	at[g.Place.Span] = len(b.doc.Agents)
	b.doc.Agents = append(b.doc.Agents, a)
	b.madeBy(&b.doc.Agents[len(b.doc.Agents)-1], g.Place.Span)
}

// callsTools reports whether a loop in plain code is an agent: one in which a model's calls of
// tools are answered. Other loops only ask again, as a chat does.
func callsTools(g *agents.Graph) bool {
	return slices.ContainsFunc(g.Loops, func(l agents.Loop) bool { return l.Decider == agents.ToolCall }) ||
		slices.ContainsFunc(g.Nodes, func(n agents.Node) bool {
			return len(n.Tools) > 0 || n.Kind == agents.Tool || n.Kind == agents.Toolset
		})
}

// siteAgents adds the agents that only the table of SDKs knows.
func (b *builder) siteAgents(at map[text.Span]int) {
	sites := llm.Sites(b.f)
	for i := range sites {
		s := &sites[i]
		if s.Kind != llm.Agent {
			continue
		}
		span := b.sourceSpan(s.Call.Node)
		j, ok := at[span]
		if !ok {
			name := b.agentNamed(s.Call)
			if name == "" {
				name = s.Call.Name
			}
			j = len(b.doc.Agents)
			at[span] = j
			b.doc.Agents = append(b.doc.Agents, Agent{Name: b.clip(name, textLimit), Framework: s.SDK, Kind: "agent", Range: b.rangeIn(span)})
			b.madeBy(&b.doc.Agents[j], span)
		}
		a := &b.doc.Agents[j]
		if !a.ModelKnown && s.Model.ID != "" {
			a.Model, a.ModelKnown = b.clip(s.Model.ID, textLimit), true
		}
		if limit := s.Limit(); !a.HasMaxSteps && limit.What != "" && limit.Source != llm.NoLimit && limit.Value > 0 {
			a.MaxSteps, a.HasMaxSteps = float64(limit.Value), true
		}
	}
}

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
		a := Agent{Name: b.agentNamed(c), Framework: framework, Kind: kind, Range: b.rangeIn(span)}
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

// someUnknown reports whether a list of tools holds more than the file tells.
func (b *builder) someUnknown(c *parser.Call, list parser.NodeID) bool {
	n := b.f.Unwrap(list)
	if k := b.f.Kind(n); (k == parser.KindList || k == parser.KindTuple || k == parser.KindDict) && b.f.FirstChild(n) == parser.NoNode {
		return false
	}
	i := slices.IndexFunc(b.uses, func(u use) bool { return u.call == c })
	return i < 0 || len(b.members(list, 4)) == 0
}

// agentApproval tells whether all tools of an agent need approval; a tool that is not of this
// file leaves it open.
func (b *builder) agentApproval(a *Agent) Tri {
	open := b.open[a.Range]
	if len(a.Tools) == 0 && !open {
		return No
	}
	all, known := !open, !open
	for _, name := range a.Tools {
		i := slices.IndexFunc(b.doc.Tools, func(t Tool) bool { return t.Name == name })
		switch {
		case i < 0:
			known, all = false, false
		case b.doc.Tools[i].RequiresApproval == No:
			return No
		case b.doc.Tools[i].RequiresApproval != Yes:
			known, all = false, false
		}
	}
	switch {
	case all:
		return Yes
	case !known:
		return Unknown
	}
	return No
}

// refer links the nodes of graphs to the agents, tools and functions they run.
func (b *builder) refer() {
	find := func(r Range) string {
		for i := range b.doc.Agents {
			if b.doc.Agents[i].Range == r {
				return b.doc.Agents[i].ID
			}
		}
		return ""
	}
	for i := range b.doc.Graph.Nodes {
		n := &b.doc.Graph.Nodes[i]
		if n.Kind == "agent" {
			n.Ref = find(n.Range)
		}
		if n.Kind == "tool" {
			for j := range b.doc.Tools {
				if t := &b.doc.Tools[j]; t.Range == n.Range {
					n.Ref = t.ID
					break
				} else if t.Name == n.Name && n.Ref == "" {
					n.Ref = t.ID
				}
			}
		}
		if n.Ref != "" || n.Kind == "start" || n.Kind == "end" {
			continue
		}
		for j := range b.doc.Functions {
			if fn := &b.doc.Functions[j]; fn.Range == n.Range || fn.Name != "" && (fn.Name == n.Name || strings.HasSuffix(fn.Qualname, "."+n.Name)) {
				n.Ref = fn.ID
				break
			}
		}
	}
}
