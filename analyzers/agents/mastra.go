package agents

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// mastraModules are the packages of Mastra that define constructs.
var mastraModules = []string{"@mastra/core", "@mastra/inngest", "mastra"}

// mastraSteps is how many steps an agent takes unless maxSteps says otherwise (@mastra/core 0.24.9, 2026-11).
const mastraSteps = 5

// mastraConstructs are the classes and functions that are read, and what each makes.
var mastraConstructs = map[string]string{
	"Agent": "agent", "AgentNetwork": "network", "NewAgentNetwork": "network",
	"createWorkflow": "workflow", "Workflow": "workflow", "LegacyWorkflow": "workflow",
	"createStep": "step", "Step": "step", "LegacyStep": "step", "cloneStep": "clone", "cloneWorkflow": "clone",
	"createTool": "tool", "Tool": "tool", "Mastra": "registry",
}

// mastra is the objects of Mastra in one project.
type mastra struct {
	*extraction
	made    map[Ref]string // construct by call
	order   []Ref
	agents  map[string]Ref // by the key that getAgent takes, by id and by name
	flows   map[string]Ref // workflows likewise
	ops     map[Ref][]mastraOp
	reached map[Ref]bool // agents that a workflow or another agent uses
}

// mastraOp is one method call on a workflow.
type mastraOp struct {
	Ref
	name string
	at   int // where the method's name stands: the order of a chain
}

func readMastra(x *extraction) {
	m := &mastra{extraction: x, made: map[Ref]string{}, agents: map[string]Ref{}, flows: map[string]Ref{}, ops: map[Ref][]mastraOp{}, reached: map[Ref]bool{}}
	for _, f := range x.Files() {
		if f.Language.IsScript() {
			m.find(f)
		}
	}
	if len(m.order) == 0 {
		return
	}
	m.register()
	for _, f := range x.Files() {
		if f.Language.IsScript() {
			m.chains(f)
		}
	}
	for _, ops := range m.ops {
		slices.SortStableFunc(ops, func(a, b mastraOp) int {
			if a.File != b.File {
				return strings.Compare(a.File.Path, b.File.Path)
			}
			return a.at - b.at
		})
	}
	for _, r := range m.order {
		if m.made[r] == "workflow" && len(m.ops[r]) > 0 {
			m.workflow(r)
		}
	}
	inner := map[Ref]bool{}
	for _, r := range m.order {
		if k := m.made[r]; k == "agent" || k == "network" {
			m.visitParts(r, func(part Ref) { inner[part] = inner[part] || part != r })
		}
	}
	for _, round := range []bool{false, true} {
		for _, r := range m.order {
			if k := m.made[r]; (k == "agent" || k == "network") && inner[r] == round && !m.reached[r] {
				b := x.graph(m.name(r), r)
				b.entry(m.agent(b, r))
			}
		}
	}
}

// find collects the constructs of a file.
func (m *mastra) find(f *parser.File) {
	for i := range f.Calls {
		c := &f.Calls[i]
		name := c.Name
		if mastraConstructs[name] == "" {
			if !c.New && !strings.HasPrefix(name, "create") && !strings.HasPrefix(name, "clone") { // import { Agent as MastraAgent }
				continue
			}
		}
		q := f.QName(c.Callee)
		if !strings.HasPrefix(q, "@mastra/") && !strings.HasPrefix(q, "mastra.") && !strings.HasPrefix(q, "mastra/") {
			continue
		}
		if kind := mastraConstructs[q[strings.LastIndexByte(q, '.')+1:]]; kind != "" {
			r := Ref{f, c.Node}
			m.made[r] = kind
			m.order = append(m.order, r)
		}
	}
}

// register notes the names under which agents and workflows can be asked for.
func (m *mastra) register() {
	for _, r := range m.order {
		switch m.made[r] {
		case "registry":
			for option, table := range map[string]map[string]Ref{"agents": m.agents, "workflows": m.flows, "vnext_workflows": m.flows} {
				if v, ok := m.option(r, option); ok {
					for _, e := range m.entries(v) {
						if o := m.origin(e.value); e.key != "" && m.made[o] != "" {
							table[e.key] = o
						}
					}
				}
			}
		}
	}
	for _, r := range m.order {
		table := m.agents
		if m.made[r] == "workflow" {
			table = m.flows
		} else if m.made[r] != "agent" {
			continue
		}
		for _, option := range []string{"id", "name"} {
			if s := m.textOption(r, option); s != "" && !table[s].Valid() {
				table[s] = r
			}
		}
	}
}

// fluentFlow are a workflow's methods that return it.
func fluentFlow(method string) bool { return flowMethods[method] }

var flowMethods = map[string]bool{"then": true, "branch": true, "parallel": true, "dowhile": true, "dountil": true, "foreach": true, "map": true, "sleep": true, "sleepUntil": true,
	"waitForEvent": true, "sendEvent": true, "commit": true, "step": true, "after": true, "while": true, "until": true}

// origin is the construct that an expression evaluates to.
func (m *mastra) origin(r Ref) Ref { return m.Origin(r, fluentFlow) }

// chains collects the methods that are called on workflows.
func (m *mastra) chains(f *parser.File) {
	for i := range f.Calls {
		c := &f.Calls[i]
		callee := f.Unwrap(c.Callee)
		if !flowMethods[c.Name] || f.Kind(callee) != parser.KindAttribute {
			continue
		}
		if o := m.origin(Ref{f, f.Field(callee, parser.FieldObject)}); m.made[o] == "workflow" {
			m.ops[o] = append(m.ops[o], mastraOp{Ref{f, c.Node}, c.Name, f.Span(f.AttributeName(callee)).Start})
		}
	}
}

// name is what Mastra calls a construct.
func (m *mastra) name(r Ref) string {
	options := []string{"id", "name"}
	if k := m.made[r]; k == "agent" || k == "network" {
		options = []string{"name", "id"}
	}
	for _, option := range options {
		if s := m.textOption(r, option); s != "" {
			return s
		}
	}
	if n := given(r); n != "" {
		return n
	}
	return r.File.CallAt(r.Node).Name
}

// aliases are the other names of a construct.
func (m *mastra) aliases(r Ref, name string) []string {
	n := Node{Name: name}
	for _, a := range []string{given(r), m.textOption(r, "id"), m.textOption(r, "name")} {
		n.alias(a)
	}
	return n.Aliases
}

// agent adds an agent or a network with its tools and the agents and workflows that it may ask.
func (m *mastra) agent(b *builder, r Ref) string {
	name := m.name(r)
	m.reached[r] = true
	if b.has(name) {
		return name
	}
	n := Node{Name: name, Kind: Agent, Aliases: m.aliases(r, name), Place: r.Place(), Calls: true, Limit: m.limit(r)}
	if m.made[r] == "network" {
		n.Kind, n.Limit = Manager, Limit{}
	}
	if v, ok := m.option(r, "model"); ok {
		n.Model = m.modelName(v)
	}
	b.node(n)
	if opaqueOptions(m.Project, r) {
		b.open("the options of "+name+" are not written out", r)
	}
	for _, e := range m.parts(r, "tools") {
		m.tool(b, name, e)
	}
	for _, e := range m.parts(r, "agents") {
		if o := m.origin(e.value); m.made[o] == "agent" || m.made[o] == "network" {
			b.edge(Edge{From: name, To: m.agent(b, o), Kind: Delegate, Place: e.value.Place()})
		} else {
			b.open("an agent of "+name+" can't be followed", e.value)
		}
	}
	for _, e := range m.parts(r, "workflows") {
		o := m.origin(e.value)
		if m.made[o] != "workflow" {
			b.open("a workflow of "+name+" can't be followed", e.value)
			continue
		}
		flow := m.subgraph(b, o)
		b.edge(Edge{From: name, To: flow, Kind: Calls, Place: e.value.Place()})
	}
	return name
}

func (m *mastra) subgraph(b *builder, o Ref) string {
	name := m.name(o)
	b.node(Node{Name: name, Kind: Subgraph, Aliases: m.aliases(o, name), Place: o.Place()})
	return name
}

// parts are the members of an option that is an object, a list, or a function that returns one.
func (m *mastra) parts(r Ref, option string) []keyed {
	v, ok := m.option(r, option)
	if !ok {
		return nil
	}
	if fn := m.Function(v); fn.Valid() { // tools: ({ runtimeContext }) => ({ … })
		var out []keyed
		for _, ret := range m.Returns(fn) {
			out = append(out, m.entries(ret)...)
		}
		return out
	}
	if o := m.Origin(v, nil); o.Kind() == parser.KindList {
		elems, _ := m.Elements(v)
		var out []keyed
		for _, e := range elems {
			out = append(out, keyed{e.name(), e})
		}
		return out
	}
	return m.entries(v)
}

// visitParts visits the agents that an agent may ask: its own, and those that its tools run.
func (m *mastra) visitParts(r Ref, visit func(Ref)) {
	for _, e := range m.parts(r, "agents") {
		visit(m.origin(e.value))
	}
	for _, e := range m.parts(r, "tools") {
		agents, _, _ := m.runs(m.property(m.toolOptions(e.value), "execute", maxHops))
		for _, a := range agents {
			visit(a)
		}
	}
}

func (m *mastra) toolOptions(r Ref) Ref {
	o := m.Origin(r, nil)
	if c := o.File.CallAt(o.Node); c != nil && len(c.Args) > 0 {
		return o.at(c.Args[len(c.Args)-1].Value)
	}
	return o
}

func (m *mastra) tool(b *builder, agent string, e keyed) {
	if e.key == "" {
		if name, aliases := toolsetName(m.Project, e.value); name != "" {
			b.node(Node{Name: name, Kind: Toolset, Aliases: aliases, Place: e.value.Place()})
			b.edge(Edge{From: agent, To: name, Kind: Uses, Place: e.value.Place()})
		} else {
			b.open("the tools of "+agent+" are not written out here", e.value)
		}
		return
	}
	options := m.toolOptions(e.value)
	n := Node{Name: e.key, Kind: Tool, Place: toolPlace(m.Project, e)}
	if o := m.origin(e.value); m.made[o] == "tool" {
		n.Name = m.name(o)
		n.alias(given(o))
		n.alias(e.key)
	}
	if b.has(n.Name) && b.Nodes[b.index[n.Name]].Kind != Tool {
		n.Name = agent + "." + n.Name
	}
	for _, option := range []string{"requireApproval", "needsApproval"} {
		if v := m.property(options, option, maxHops); v.Valid() && v.Kind() != parser.KindFalse {
			n.Asks = true
		}
	}
	agents, flows, about := m.runs(m.property(options, "execute", maxHops))
	n.Calls, n.Asks = about.calls, n.Asks || about.asks
	b.node(n)
	b.Nodes[b.index[agent]].merge(Node{Tools: []string{n.Name}})
	b.edge(Edge{From: agent, To: n.Name, Kind: Uses, Place: n.Place})
	m.calls(b, n.Name, agents, flows)
}

// calls connects a step or tool with the agents and workflows that it runs.
func (m *mastra) calls(b *builder, from string, agents, flows []Ref) {
	for _, a := range agents {
		b.edge(Edge{From: from, To: m.agent(b, a), Kind: Calls, Place: a.Place()})
	}
	for _, o := range flows {
		b.edge(Edge{From: from, To: m.subgraph(b, o), Kind: Calls, Place: o.Place()})
	}
}

// behaviour is what a function does besides running agents.
type behaviour struct{ calls, asks bool }

// runs are the agents and workflows that a function runs.
func (m *mastra) runs(fn Ref) (agents, flows []Ref, about behaviour) {
	fn = m.Function(fn)
	if !fn.Valid() {
		return nil, nil, about
	}
	m.calledBy(fn, 3, func(r Ref) bool {
		c := r.File.CallAt(r.Node)
		callee := r.File.Unwrap(c.Callee)
		switch c.Name {
		case "getAgent", "getAgentById", "getWorkflow", "getWorkflowById", "vnext_getWorkflow":
			if len(c.Args) == 0 {
				return false
			}
			key, _ := m.String(r.at(c.Args[0].Value))
			if a := m.agents[key]; a.Valid() && strings.Contains(c.Name, "Agent") {
				agents = append(agents, a)
			} else if o := m.flows[key]; o.Valid() && strings.Contains(c.Name, "Workflow") {
				flows = append(flows, o)
			}
			return true
		case "generate", "stream", "generateVNext", "streamVNext", "generateLegacy", "streamLegacy", "network", "loop", "createRun", "createRunAsync":
			if r.File.Kind(callee) == parser.KindAttribute {
				switch o := m.origin(r.at(r.File.Field(callee, parser.FieldObject))); m.made[o] {
				case "agent", "network":
					agents = append(agents, o)
				case "workflow":
					flows = append(flows, o)
				}
			}
		case "suspend":
			about.asks = true
		case "generateText", "streamText", "generateObject", "streamObject":
			about.calls = about.calls || aisdkName(r.File.QName(c.Callee), c.Name)
		default:
			about.asks = about.asks || humanCalls[c.Name]
			return m.made[r] != ""
		}
		return false
	})
	about.calls = about.calls || len(agents) > 0
	return agents, flows, about
}

// limit is the number of steps that an agent takes.
func (m *mastra) limit(r Ref) Limit {
	for _, option := range []string{"defaultOptions", "defaultGenerateOptions", "defaultStreamOptions", "defaultVNextStreamOptions", "defaultGenerateOptionsLegacy", "defaultNetworkOptions"} {
		if v, ok := m.option(r, option); ok {
			if steps := m.property(v, "maxSteps", maxHops); steps.Valid() {
				n, _ := m.Number(steps)
				return Limit{n, "explicit", "maxSteps"}
			}
		}
	}
	if v, ok := m.option(r, "maxSteps"); ok {
		n, _ := m.Number(v)
		return Limit{n, "explicit", "maxSteps"}
	}
	return Limit{mastraSteps, "default", "maxSteps"}
}
