package agents

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// prebuiltKind is the shape of the graph that one of LangGraph's functions builds.
type prebuiltKind uint8

const (
	reactAgent prebuiltKind = iota + 1 // a node agent and a node tools
	modelAgent                         // a node model and a node tools
	deepAgent                          // that, with sub-agents
	supervisor                         // an agent that hands over to others, who hand back
	swarm                              // agents that hand over to each other
)

// prebuiltKinds are the functions that build a whole graph.
var prebuiltKinds = map[string]prebuiltKind{
	"create_react_agent": reactAgent, "createReactAgent": reactAgent,
	"create_agent": modelAgent, "createAgent": modelAgent,
	"create_deep_agent": deepAgent, "createDeepAgent": deepAgent, "async_create_deep_agent": deepAgent,
	"create_supervisor": supervisor, "createSupervisor": supervisor,
	"create_swarm": swarm, "createSwarm": swarm,
}

// prebuilt is one call of such a function.
type prebuilt struct {
	kind      prebuiltKind
	construct string
	at        Ref
	call      *parser.Call
	used      bool // as a node of another graph
	graph     *builder
}

// option is an argument of the call; functions and middleware that are not written out have none.
func (l *langgraph) option(a *prebuilt, pos int, names ...string) (slot, bool) {
	for i, name := range names {
		p := -1
		if i == 0 && !a.at.File.Language.IsScript() {
			p = pos
		}
		if arg, ok := a.at.File.Argument(a.call, name, p); ok {
			return slot{Ref: a.at.at(arg.Value)}, true
		}
	}
	return slot{}, false
}

// agentName is the name that a prebuilt agent runs under.
func (l *langgraph) agentName(a *prebuilt) string {
	if v, ok := l.option(a, -1, "name", "supervisor_name", "supervisorName"); ok {
		if s, ok := l.text(v.Ref, v.frame); ok {
			return s
		}
	}
	if a.kind == supervisor {
		return "supervisor"
	}
	return holder(a.at)
}

// describeAgent completes a node that is a prebuilt agent.
func (l *langgraph) describeAgent(n *Node, a *prebuilt) {
	n.Calls = true
	n.alias(l.agentName(a))
	n.alias(holder(a.at))
	first, second := 0, 1
	if a.kind == supervisor || a.kind == swarm { // agents come first
		first, second = -1, -1
	}
	if v, ok := l.option(a, first, "model", "llm"); ok {
		n.Model = l.modelName(v, maxHops)
	}
	if v, ok := l.option(a, second, "tools"); ok {
		n.Tools = l.toolNames(v)
	}
	if v, ok := l.option(a, -1, "middleware"); ok {
		l.middleware(n, v)
	}
	for _, name := range []string{"interrupt_before", "interrupt_after", "interruptBefore", "interruptAfter", "interrupt_on", "interruptOn"} {
		if _, ok := l.option(a, -1, name); ok {
			n.Asks = true
		}
	}
}

// middleware reads what bounds an agent or asks a person.
func (l *langgraph) middleware(n *Node, list slot) {
	items, _ := l.items(list.Ref, list.frame)
	for _, it := range items {
		o := l.originOf(it)
		if !o.Valid() {
			continue
		}
		c := o.File.CallAt(o.Node)
		if c == nil {
			continue
		}
		switch strings.ToLower(c.Name) {
		case "humanintheloopmiddleware":
			n.Asks = true
		case "modelcalllimitmiddleware", "toolcalllimitmiddleware":
			for _, key := range []string{"run_limit", "runLimit", "thread_limit", "threadLimit"} {
				if a, ok := o.File.Argument(c, key, -1); ok {
					if v, ok := l.number(o.at(a.Value), o.frame); ok && n.Limit.Value == 0 {
						n.Limit = Limit{v, "explicit", key}
					}
				}
			}
		}
	}
}

// prebuilts makes the graphs of prebuilt agents that are not nodes of another graph.
func (l *langgraph) prebuilts() {
	all := make([]*prebuilt, 0, len(l.agents))
	for _, a := range l.agents {
		all = append(all, a)
	}
	slices.SortFunc(all, func(a, b *prebuilt) int {
		if c := strings.Compare(a.at.File.Path, b.at.File.Path); c != 0 {
			return c
		}
		return int(a.at.Node - b.at.Node)
	})
	// Those that lead others first, as they use them.
	for _, a := range all {
		if a.kind >= deepAgent {
			a.graph = l.graph(l.agentName(a), a.at)
			switch a.kind {
			case supervisor:
				l.supervisor(a)
			case swarm:
				l.swarm(a)
			case deepAgent:
				l.deepAgent(a)
			}
		}
	}
	for _, a := range all {
		if a.graph == nil && !a.used {
			a.graph = l.graph(l.agentName(a), a.at)
			l.singleAgent(a)
		}
	}
}

// singleAgent is a model and its tools, in turns.
func (l *langgraph) singleAgent(a *prebuilt) string {
	name := "agent"
	if a.kind != reactAgent {
		name = "model"
	}
	n := Node{Name: name, Kind: Agent, Place: a.at.Place()}
	l.describeAgent(&n, a)
	g := a.graph
	g.edge(Edge{From: StartName, To: g.node(n).Name, Kind: Seq, Place: n.Place})
	toolset := len(n.Tools) > 0 || a.kind == deepAgent
	if v, ok := l.option(a, 1, "tools"); ok && !toolset {
		items, complete := l.items(v.Ref, v.frame)
		toolset = len(items) > 0 || !complete
	}
	by := Condition{Decider: ToolCall}
	if n.Limit.Value > 0 {
		by = Condition{Decider: Counter, Bound: Bound{Expr: n.Limit.What, Value: n.Limit.Value, Effective: true}}
	}
	if toolset {
		g.node(Node{Name: "tools", Kind: Toolset, Implicit: true, Tools: n.Tools, Place: n.Place})
		g.edge(Edge{From: name, To: "tools", Kind: Cond, Condition: by, Place: n.Place})
		g.edge(Edge{From: "tools", To: name, Kind: Seq, Place: n.Place})
		g.edge(Edge{From: name, To: EndName, Kind: Cond, Condition: by, Place: n.Place})
	} else {
		g.edge(Edge{From: name, To: EndName, Kind: Seq, Place: n.Place})
	}
	return name
}

// members adds the agents in a list, and returns their names.
func (l *langgraph) members(a *prebuilt, list slot) (names []string) {
	items, complete := l.items(list.Ref, list.frame)
	if !complete {
		a.graph.open("the agents can't all be told: "+excerpt(list.Ref), list.Ref)
	}
	for _, it := range items {
		found := l.made(it.Ref, it.frame, maxHops)
		if len(found) == 0 {
			name := it.name()
			if name == "" {
				a.graph.open("an agent can't be told: "+excerpt(it.Ref), it.Ref)
				continue
			}
			names = append(names, a.graph.node(Node{Name: name, Kind: Agent, Place: it.Place()}).Name)
			continue
		}
		for _, m := range found {
			if inner := l.agents[m.root]; inner != nil {
				inner.used = true
				n := Node{Name: l.memberName(inner, m.frame), Kind: Agent, Place: inner.at.Place()}
				l.describeAgent(&n, inner)
				names = append(names, a.graph.node(n).Name)
			} else if g := l.graphs[m.root]; g != nil {
				names = append(names, a.graph.node(Node{Name: l.graphName(g), Kind: Subgraph, Place: g.Place}).Name)
			}
		}
	}
	return names
}

// memberName is agentName with parameters of the function that made it.
func (l *langgraph) memberName(a *prebuilt, e *frame) string {
	if v, ok := l.option(a, -1, "name", "supervisor_name", "supervisorName"); ok {
		if s, ok := l.text(v.Ref, e); ok {
			return s
		}
	}
	return l.agentName(a)
}

func (l *langgraph) supervisor(a *prebuilt) {
	g := a.graph
	n := Node{Name: l.supervisorName(a), Kind: Agent, Place: a.at.Place()}
	l.describeAgent(&n, a)
	name := g.node(n).Name
	g.edge(Edge{From: StartName, To: name, Kind: Seq, Place: n.Place})
	list, ok := l.option(a, 0, "agents")
	if !ok {
		return
	}
	by := Condition{Decider: ToolCall}
	for _, member := range l.members(a, list) {
		g.edge(Edge{From: name, To: member, Kind: Handoff, Condition: by, Place: n.Place})
		g.edge(Edge{From: member, To: name, Kind: Seq, Place: n.Place})
	}
	g.edge(Edge{From: name, To: EndName, Kind: Cond, Condition: by, Place: n.Place})
}

func (l *langgraph) supervisorName(a *prebuilt) string {
	if v, ok := l.option(a, -1, "supervisor_name", "supervisorName"); ok {
		if s, ok := l.text(v.Ref, v.frame); ok {
			return s
		}
	}
	return "supervisor"
}

// swarm: each agent hands over to those that its tools name.
func (l *langgraph) swarm(a *prebuilt) {
	g := a.graph
	list, ok := l.option(a, 0, "agents")
	if !ok {
		return
	}
	members := l.members(a, list)
	if v, ok := l.option(a, -1, "default_active_agent", "defaultActiveAgent"); ok {
		if s, ok := l.text(v.Ref, v.frame); ok {
			g.entry(s)
		}
	}
	for _, m := range members {
		g.edge(Edge{From: StartName, To: m, Kind: Cond, Place: g.Place})
	}
	items, _ := l.items(list.Ref, list.frame)
	by := Condition{Decider: ToolCall}
	for i, it := range items {
		for _, m := range l.made(it.Ref, it.frame, maxHops) {
			inner := l.agents[m.root]
			if inner == nil || i >= len(members) {
				continue
			}
			for _, to := range l.handoffs(inner, m.frame) {
				if g.has(to) {
					g.edge(Edge{From: members[i], To: to, Kind: Handoff, Condition: by, Place: inner.at.Place()})
				}
			}
		}
	}
}

// handoffs are the agents that a prebuilt agent's tools hand over to.
func (l *langgraph) handoffs(a *prebuilt, e *frame) (names []string) {
	v, ok := l.option(a, 1, "tools")
	if !ok {
		return nil
	}
	items, _ := l.items(v.Ref, e)
	for _, it := range items {
		if it.Valid() {
			names = append(names, l.handoffOf(it)...)
		}
	}
	return names
}

// handoffOf are the agents that one tool hands over to: create_handoff_tool, or a function that returns a Command.
func (l *langgraph) handoffOf(tool slot) (names []string) {
	o := l.originOf(tool)
	if !o.Valid() {
		return nil
	}
	if c := o.File.CallAt(o.Node); c != nil && (c.Name == "create_handoff_tool" || c.Name == "createHandoffTool") {
		for _, key := range []string{"agent_name", "agentName"} {
			if a, ok := o.File.Argument(c, key, -1); ok {
				if s, ok := l.text(o.at(a.Value), o.frame); ok {
					return []string{s}
				}
			}
		}
	}
	fns, _ := l.callables(tool.Ref, tool.frame, maxHops)
	if c := tool.File.CallAt(o.Node); len(fns) == 0 && c != nil && c.Name == "tool" && len(c.Args) > 0 {
		fns, _ = l.callables(o.at(c.Args[0].Value), o.frame, maxHops)
	}
	for _, fn := range fns {
		targets, _ := l.commandsOf(nil, fn, maxCommands)
		for _, t := range targets {
			names = append(names, t.name)
		}
	}
	return names
}

// deepAgent is an agent with tools that may give work to sub-agents.
func (l *langgraph) deepAgent(a *prebuilt) {
	name := l.singleAgent(a)
	g := a.graph
	v, ok := l.option(a, -1, "subagents", "subAgents")
	if !ok {
		return
	}
	items, complete := l.items(v.Ref, v.frame)
	if !complete {
		g.open("the sub-agents can't all be told: "+excerpt(v.Ref), v.Ref)
	}
	for _, it := range items {
		if part, ok := l.partOf(it, "name"); ok {
			if s, ok := l.textsOf(part); ok && len(s) == 1 {
				n := Node{Name: s[0], Kind: Agent, Calls: true, Place: it.Place()}
				if tools, ok := l.partOf(it, "tools"); ok && tools.Valid() {
					n.Tools = l.toolNames(tools)
				}
				if model, ok := l.partOf(it, "model"); ok && model.Valid() {
					n.Model = l.modelName(model, maxHops)
				}
				g.node(n)
				g.edge(Edge{From: name, To: s[0], Kind: Delegate, Place: it.Place()})
				continue
			}
		}
		g.open("a sub-agent can't be told: "+excerpt(it.Ref), it.Ref)
	}
}
