package agents

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// llamaRounds is how many iterations a run takes unless max_iterations says otherwise
// (llama_index.core 0.14.25, DEFAULT_MAX_ITERATIONS, 2026-11).
const llamaRounds = 20

// llamaMakers are the class methods that make an agent as its constructor does.
var llamaMakers = []string{".from_tools", ".from_tools_or_functions", ".from_defaults", ".from_llm"}

// findAgents collects the calls that make agents and teams of them.
func (l *llama) findAgents(f *parser.File) {
	for i := range f.Calls {
		c := &f.Calls[i]
		if c.Name == "run" {
			if a, ok := f.Argument(c, "max_iterations", -1); ok {
				n, _ := l.Number(Ref{f, a.Value})
				l.limits[l.Origin(Ref{f, receiver(Ref{f, c.Node})}, nil)] = Limit{n, "explicit", "max_iterations"}
			}
			continue
		}
		if c.Name == "" || c.Name[0] > 'Z' && !strings.HasPrefix(c.Name, "from_") {
			continue
		}
		q := f.QName(c.Callee)
		for _, maker := range llamaMakers {
			q = strings.TrimSuffix(q, maker)
		}
		class := l.kinds.named(q)
		if q == "" && c.Name[0] <= 'Z' {
			class = l.kinds.of(Ref{f, c.Node})
		}
		if class == "AgentWorkflow" || slices.Contains(llamaAgents, class) {
			r := Ref{f, c.Node}
			l.agents[r] = class
			l.order = append(l.order, r)
		}
	}
}

func (l *llama) agentName(r Ref) string {
	if s := l.textOption(r, "name"); s != "" {
		return s
	}
	if s := given(r); s != "" {
		return s
	}
	return "Agent"
}

// agent adds an agent with its tools.
func (l *llama) agent(b *builder, r Ref) string {
	name := l.agentName(r)
	if b.has(name) {
		return name
	}
	n := Node{Name: name, Kind: Agent, Place: r.Place(), Calls: true, Limit: l.rounds(r)}
	n.alias(given(r))
	for _, option := range []string{"llm", "model"} {
		if v, ok := l.option(r, option); ok {
			n.Model = l.modelName(v)
		}
	}
	b.node(n)
	known := l.eachTool(r, func(t Ref, spread bool) { l.tool(b, name, t, spread) })
	if !known {
		b.open("the tools of "+name+" are not written out", r)
	}
	return name
}

// runs are the agents that a function runs.
func (l *llama) runs(fn Ref) []Ref {
	var found []Ref
	l.calledBy(fn, 3, func(r Ref) bool {
		switch c := r.File.CallAt(r.Node); c.Name {
		case "run", "chat", "achat", "stream_chat", "astream_chat", "query", "aquery":
			if object := receiver(r); object != parser.NoNode {
				if o := l.Origin(r.at(object), nil); l.agents[o] != "" && l.agents[o] != "AgentWorkflow" {
					found = append(found, o)
				}
			}
		}
		return false
	})
	return found
}

// rounds is the limit of an agent's or a team's run.
func (l *llama) rounds(r Ref) Limit {
	if v, ok := l.option(r, "max_iterations"); ok {
		n, _ := l.Number(v)
		return Limit{n, "explicit", "max_iterations"}
	}
	if limit, ok := l.limits[r]; ok {
		return limit
	}
	return Limit{llamaRounds, "default", "max_iterations"}
}

// team reads AgentWorkflow(agents=[…], root_agent=…): who may hand over to whom.
func (l *llama) team(r Ref) {
	name := given(r)
	if name == "" {
		name = "AgentWorkflow"
	}
	b := l.graph(name, r)
	b.Limit = l.rounds(r)
	if r.File.CallAt(r.Node).Name == "from_tools_or_functions" {
		b.entry(l.agent(b, r))
		return
	}
	v, ok := l.option(r, "agents")
	if !ok {
		if c := r.File.CallAt(r.Node); len(c.Args) > 0 && c.Args[0].Name == "" {
			v = r.at(c.Args[0].Value)
		}
	}
	elems, known := l.Elements(v)
	if !known || !v.Valid() {
		b.open("the agents are not written out", r)
	}
	var members []Ref
	var names []string
	for _, e := range elems {
		o := l.Origin(e, nil)
		if l.agents[o] == "" {
			b.open("an agent can't be followed", e)
			continue
		}
		l.used[o] = true
		members = append(members, o)
		names = append(names, l.agent(b, o))
		b.Nodes[b.index[names[len(names)-1]]].alias(e.name())
	}
	for i, o := range members {
		to, given := l.option(o, "can_handoff_to")
		if !given || l.Origin(to, nil).Kind() == parser.KindNone {
			for j, other := range names {
				if j != i {
					b.edge(Edge{From: names[i], To: other, Kind: Handoff, Provenance: Inferred, Place: o.Place()})
				}
			}
			continue
		}
		l.handoffs(b, names[i], names, to)
	}
	root := l.textOption(r, "root_agent")
	if root == "" {
		if v, ok := l.option(r, "root_agent"); ok { // agent.name
			if o := l.Origin(v.at(v.File.Field(v.Node, parser.FieldObject)), nil); l.agents[o] != "" {
				root = l.agentName(o)
			}
		}
	}
	if root == "" && len(names) > 0 {
		root = names[0]
	}
	if b.has(root) {
		b.entry(root)
	}
}

func (l *llama) handoffs(b *builder, from string, names []string, list Ref) {
	elems, known := l.Elements(list)
	if !known {
		b.open("to whom "+from+" may hand over is not written out", list)
	}
	for _, e := range elems {
		s, ok := l.String(e)
		if !ok {
			if o := l.Origin(e, nil); l.agents[o] != "" {
				s = l.agentName(o)
			}
		}
		if slices.Contains(names, s) {
			b.edge(Edge{From: from, To: s, Kind: Handoff, Place: e.Place()})
		} else {
			b.open(from+" hands over to an agent that is not in the workflow", e)
		}
	}
}
