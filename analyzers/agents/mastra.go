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
