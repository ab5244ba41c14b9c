package agents

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
