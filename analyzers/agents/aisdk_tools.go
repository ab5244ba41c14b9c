package agents

import "github.com/qodacode/qodacode/parser"

// aisdkTools make a tool of options with the function execute.
var aisdkTools = map[string]bool{"tool": true, "dynamicTool": true, "createTool": true}

// subagents are the agents that the tools of a run.
func (s *aisdk) subagents(a Ref) []Ref {
	var subs []Ref
	if tools, ok := s.option(a, "tools"); ok {
		for _, e := range s.entries(tools) {
			if e.key != "" {
				inner, _ := s.runs(s.property(s.toolOptions(e.value), "execute", maxHops))
				subs = append(subs, inner...)
			}
		}
	}
	return subs
}

// toolOptions is the object with a tool's description and its execute.
func (s *aisdk) toolOptions(r Ref) Ref {
	o := s.Origin(r, nil)
	if c := o.File.CallAt(o.Node); c != nil && len(c.Args) > 0 {
		return o.at(c.Args[len(c.Args)-1].Value)
	}
	return o
}

// opaqueOptions reports whether the one argument of a call is not an object that the project shows.
func opaqueOptions(p *Project, r Ref) bool {
	c := r.File.CallAt(r.Node)
	if c == nil || len(c.Args) == 0 {
		return false
	}
	o := p.Origin(r.at(c.Args[0].Value), nil)
	return o.Kind() != parser.KindDict
}

func (s *aisdk) tool(b *builder, agent string, e keyed, done map[Ref]bool) {
	if e.key == "" {
		name, aliases := toolsetName(s.Project, e.value)
		if name == "" {
			b.open("the tools of "+agent+" are not written out here", e.value)
			return
		}
		b.node(Node{Name: name, Kind: Toolset, Aliases: aliases, Place: e.value.Place()})
		b.edge(Edge{From: agent, To: name, Kind: Uses, Place: e.value.Place()})
		return
	}
	name := e.key
	options := s.toolOptions(e.value)
	if i, ok := b.index[name]; ok && (b.Nodes[i].Kind != Tool || b.Nodes[i].Place != toolPlace(s.Project, e)) {
		name = agent + "." + name
	}
	n := Node{Name: name, Kind: Tool, Place: toolPlace(s.Project, e)}
	if r := e.value; r.Kind() == parser.KindIdentifier && r.Text() != name {
		n.Aliases = append(n.Aliases, r.Text())
	}
	if approval := s.property(options, "needsApproval", maxHops); approval.Valid() && approval.Kind() != parser.KindFalse {
		n.Asks = true
	}
	execute := s.property(options, "execute", maxHops)
	subs, asks := s.runs(execute)
	n.Calls = asks
	if fn := s.Function(execute); fn.Valid() && s.asks(fn, 3) {
		n.Asks = true
	}
	b.node(n)
	if i := b.index[agent]; true {
		b.Nodes[i].merge(Node{Tools: []string{name}})
	}
	b.edge(Edge{From: agent, To: name, Kind: Uses, Place: n.Place})
	for _, sub := range subs {
		to := s.name(sub)
		if to == name { // a tool that is named as the agent it runs
			to = name + " agent"
			s.names[sub] = to
		}
		s.node(b, sub, done)
		b.edge(Edge{From: name, To: to, Kind: Calls, Place: sub.Place()})
	}
}

// toolPlace is where a tool is made.
func toolPlace(p *Project, e keyed) Place {
	if o := p.Origin(e.value, nil); o.Kind() == parser.KindCall || o.Kind() == parser.KindDict {
		return o.Place()
	}
	return e.value.Place()
}

// toolsetCalls are methods that fetch tools while the program runs.
var toolsetCalls = map[string]bool{"tools": true, "getTools": true, "listTools": true, "toolSet": true, "getToolsets": true, "listToolsets": true, "toolsFromDefinitions": true}

// toolsetName is the variable or the client that stands for tools which only the running
// program knows: those of an MCP server. It is "" where nothing says that they are tools.
func toolsetName(p *Project, r Ref) (name string, aliases []string) {
	o := p.Origin(r, nil)
	c := o.File.CallAt(o.Node)
	if c == nil || !toolsetCalls[c.Name] {
		return "", nil
	}
	name = r.name()
	callee := o.File.Unwrap(c.Callee)
	if o.File.Kind(callee) == parser.KindAttribute {
		if client := o.at(o.File.Field(callee, parser.FieldObject)).name(); name == "" {
			name = client
		} else if client != "" && client != name {
			aliases = []string{client}
		}
	}
	return name, aliases
}
