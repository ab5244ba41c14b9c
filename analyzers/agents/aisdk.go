package agents

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// aisdkCalls are what of Vercel's AI SDK runs a model with tools, with the steps after which
// each stops unless stopWhen or maxSteps says otherwise (ai 5.0 to 6.0, 2026-11).
var aisdkCalls = map[string]aisdkCall{
	"generateText":       {steps: 1},
	"streamText":         {steps: 1},
	"ToolLoopAgent":      {steps: 20, agent: true},
	"Experimental_Agent": {steps: 20, agent: true},
	"Agent":              {steps: 20, agent: true},
	"DurableAgent":       {agent: true}, // of Workflow DevKit: runs until the model calls no more tools
}

type aisdkCall struct {
	steps int  // 0: no limit
	agent bool // an object that is run later
}

// aisdkRoots are the packages that have them.
var aisdkRoots = []string{"ai", "@workflow/ai"}

// aisdkWrappers return the SDK with the same functions, traced.
var aisdkWrappers = []string{"wrapAISDK", "wrapAISDKModel", "wrapAI"}

// genericNames name functions that say nothing of the agent that they run.
var genericNames = map[string]bool{"": true, "main": true, "POST": true, "GET": true, "PUT": true, "handler": true, "run": true, "execute": true, "start": true, "default": true, "fetch": true, "action": true, "loader": true}

// genericResults name variables that say nothing of the agent whose answer they hold.
var genericResults = map[string]bool{"": true, "result": true, "results": true, "response": true, "res": true, "resp": true, "r": true, "completion": true, "stream": true, "output": true, "message": true, "msg": true, "reply": true, "answer": true, "text": true, "data": true}

// aisdk is the agents of the AI SDK in one project.
type aisdk struct {
	*extraction
	agents []Ref // calls, in order
	class  map[Ref]string
	names  map[Ref]string
}

func readAISDK(x *extraction) {
	s := &aisdk{extraction: x, class: map[Ref]string{}, names: map[Ref]string{}}
	for _, f := range x.Files() {
		if f.Language.IsScript() {
			s.find(f)
		}
	}
	inner := map[Ref]bool{}
	for _, a := range s.agents {
		for _, sub := range s.subagents(a) {
			inner[sub] = inner[sub] || sub != a
		}
	}
	done := map[Ref]bool{}
	for _, round := range []bool{false, true} { // agents that only call each other have no root
		for _, a := range s.agents {
			if inner[a] == round && !done[a] {
				b := x.graph(s.name(a), a)
				b.Version = s.Version(a.File.Path, "ai")
				b.entry(s.node(b, a, done))
			}
		}
	}
}

// find collects the agents of a file: objects, and calls that are given tools.
func (s *aisdk) find(f *parser.File) {
	local := map[string]string{}
	for i := range f.Imports {
		imp := &f.Imports[i]
		root := moduleRoot(f, imp.Module)
		if _, ok := aisdkCalls[imp.Name]; ok && slices.Contains(aisdkRoots, root) {
			local[imp.Alias] = imp.Name
		}
	}
	for i := range f.Calls {
		c := &f.Calls[i]
		name, ok := local[c.Name]
		if !ok {
			if _, known := aisdkCalls[c.Name]; !known {
				continue
			}
			name = c.Name
		}
		if q := f.QName(c.Callee); !aisdkName(q, name) {
			continue
		}
		r := Ref{f, c.Node}
		if !aisdkCalls[name].agent {
			tools, ok := s.option(r, "tools")
			if !ok || len(s.entries(tools)) == 0 {
				continue
			}
		}
		s.agents = append(s.agents, r)
		s.class[r] = name
	}
}

// aisdkName reports whether a qualified name is that of a function of the SDK, or of a wrapper of it.
func aisdkName(q, name string) bool {
	head, ok := strings.CutSuffix(q, "."+name)
	if !ok {
		return false
	}
	head = strings.TrimPrefix(head, "npm:")
	for _, w := range aisdkWrappers {
		if strings.HasSuffix(head, "."+w+"()") {
			return true
		}
	}
	return head == "ai" || head == "ai.default" || strings.HasPrefix(head, "ai/") || head == "@workflow/ai" || strings.HasPrefix(head, "@workflow/ai/")
}

// name is what an agent goes by: its variable, or the function around the call, or the call.
func (s *aisdk) name(a Ref) string {
	if n, ok := s.names[a]; ok {
		return n
	}
	n := ""
	if aisdkCalls[s.class[a]].agent {
		if n = given(a); genericNames[n] {
			n = s.textOption(a, "id")
		}
		if n == "" {
			n = s.class[a]
		}
	} else {
		n = s.functionAround(a)
		others := 0
		for _, other := range s.agents {
			if other.File == a.File && s.class[other] == s.class[a] && other.File.EnclosingFunc(other.Node) == a.File.EnclosingFunc(a.Node) {
				others++
			}
		}
		if v := given(a); v != "" && !genericResults[v] && (n == "" || others > 1) {
			n = v
		}
		if n == "" {
			n = s.class[a]
		}
	}
	s.names[a] = n
	return n
}

// functionAround is the name of the innermost function around a call that tells something,
// or of the innermost one that has a name.
func (s *aisdk) functionAround(a Ref) string {
	named := ""
	for n := a.Node; ; {
		fn := a.File.EnclosingFunc(n)
		if fn == nil {
			return named
		}
		n = fn.Node
		for _, name := range []string{strings.Trim(fn.Name, `"'`), given(a.at(n))} {
			if !genericNames[name] {
				return name
			}
			if named == "" {
				named = name
			}
		}
		for up := range a.File.Ancestors(n) { // tool({ execute: … })
			if c := a.File.CallAt(up); c != nil && aisdkTools[c.Name] {
				if name := given(a.at(up)); !genericNames[name] {
					return name
				}
			}
		}
	}
}

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

// runs are the agents that a function runs, and whether it asks a model itself.
func (s *aisdk) runs(fn Ref) (agents []Ref, asks bool) {
	fn = s.Function(fn)
	if !fn.Valid() {
		return nil, false
	}
	s.calledBy(fn, 3, func(r Ref) bool {
		if s.class[r] != "" {
			if !aisdkCalls[s.class[r]].agent {
				agents = append(agents, r)
			}
			return true
		}
		c := r.File.CallAt(r.Node)
		callee := r.File.Unwrap(c.Callee)
		switch c.Name {
		case "generate", "stream":
			if r.File.Kind(callee) == parser.KindAttribute {
				if o := s.Origin(r.at(r.File.Field(callee, parser.FieldObject)), nil); s.class[o] != "" {
					agents = append(agents, o)
					return true
				}
			}
		case "generateText", "streamText", "generateObject", "streamObject":
			asks = asks || aisdkName(r.File.QName(c.Callee), c.Name)
		}
		return false
	})
	return agents, asks
}

// node adds an agent with its tools and the agents that they run.
func (s *aisdk) node(b *builder, a Ref, done map[Ref]bool) string {
	done[a] = true
	name := s.name(a)
	n := Node{Name: name, Kind: Agent, Place: a.Place(), Calls: true, Limit: s.limit(a)}
	if v := given(a); !genericNames[v] && v != name {
		n.Aliases = append(n.Aliases, v)
	}
	if id := s.textOption(a, "id"); id != "" && id != name {
		n.Aliases = append(n.Aliases, id)
	}
	if m, ok := s.option(a, "model"); ok {
		n.Model = s.modelName(m)
	}
	if b.has(name) {
		return name
	}
	b.node(n)
	tools, ok := s.option(a, "tools")
	if !ok {
		if opaqueOptions(s.Project, a) {
			b.open("the options of "+name+" are not written out", a)
		}
		return name
	}
	for _, e := range s.entries(tools) {
		s.tool(b, name, e, done)
	}
	return name
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

// limit is after how many steps an agent stops.
func (s *aisdk) limit(a Ref) Limit {
	if v, ok := s.option(a, "maxSteps"); ok { // before version 5
		n, _ := s.Number(v)
		return Limit{n, "explicit", "maxSteps"}
	}
	if v, ok := s.option(a, "stopWhen"); ok {
		return s.stop(v, maxHops)
	}
	n := aisdkCalls[s.class[a]].steps
	if s.class[a] == "Experimental_Agent" && strings.HasPrefix(s.Version(a.File.Path, "ai"), "5") {
		n = 1
	}
	if n == 0 {
		return Limit{0, "none", "stopWhen"}
	}
	return Limit{n, "default", "stopWhen"}
}

// stop reads a condition, or a list of which any one stops the run.
func (s *aisdk) stop(v Ref, hops int) Limit {
	o := s.Origin(v, nil)
	if o.Kind() == parser.KindList && hops > 0 {
		best := Limit{0, "none", "stopWhen"}
		elems, _ := s.Elements(o)
		for _, e := range elems {
			if l := s.stop(e, hops/4); l.Source == "explicit" && (best.Source != "explicit" || l.Value < best.Value) {
				best = l
			} else if best.Source == "none" {
				best.What = l.What
			}
		}
		return best
	}
	if c := o.File.CallAt(o.Node); c != nil {
		switch c.Name {
		case "stepCountIs", "isStepCount":
			n := 0
			if len(c.Args) > 0 {
				n, _ = s.Number(o.at(c.Args[0].Value))
			}
			return Limit{n, "explicit", "stopWhen"}
		case "hasToolCall", "isLoopFinished":
			return Limit{0, "none", c.Name}
		}
	}
	if fn := s.Function(o); fn.Valid() {
		if c := s.Decide(fn, nil); c.Decider == Counter {
			return Limit{c.Bound.Value, "explicit", "stopWhen"}
		}
	}
	return Limit{0, "none", "stopWhen"}
}
