package agents

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// agent adds an agent, or a team inside the team, and what belongs to it.
func (t *team) agent(o object) string {
	t.x.used[o.id()] = true
	t.x.alones.inside(o.id(), t.builder)
	given := t.c.text(o, "name", 0)
	if slices.Contains(autogenTeams, o.class) {
		if given = t.c.text(o, "name", -1); given == "" {
			given = o.bound()
		}
		name, _ := t.name(o, given, o.class)
		t.node(Node{Name: name, Kind: Subgraph, Aliases: o.aliases(name), Calls: true, Place: o.id().Place()})
		return name
	}
	name, fresh := t.name(o, given, o.class)
	kind := autogenAgents[o.class]
	n := Node{Name: name, Kind: kind, Aliases: o.aliases(name), Calls: kind == Agent && o.class != "CodeExecutorAgent", Asks: kind == Human, Place: o.id().Place()}
	if !fresh {
		t.node(n)
		return name
	}
	client := -1
	if o.class == "AssistantAgent" {
		client = 1
	}
	if r, ok := t.c.arg(o, "model_client", client); ok {
		n.Model = t.c.model(r)
	}
	if r, ok := t.c.arg(o, "max_tool_iterations", -1); ok {
		if v, ok := t.c.Number(r); ok {
			n.Limit = Limit{v, "explicit", "max_tool_iterations"}
		}
	} else if o.class == "AssistantAgent" {
		n.Limit = Limit{1, "default", "max_tool_iterations"}
	}
	t.node(n)
	for _, arg := range []string{"tools", "workbench"} {
		if r, ok := t.c.arg(o, arg, -1); ok && r.Kind() != parser.KindNone {
			t.agentTools(o, name, r)
		}
	}
	if r, ok := t.c.arg(o, "handoffs", -1); ok && r.Kind() != parser.KindNone {
		t.handoffs(o, name, r)
	}
	if r, ok := t.c.arg(o, "team", 1); ok && o.class == "SocietyOfMindAgent" {
		if inner, ok := t.c.object(r, o.via); ok {
			t.edge(Edge{From: name, To: t.agent(inner), Kind: Calls, Place: r.Place()})
		}
	}
	if r, ok := t.c.arg(o, "wrapped_agent", -1); ok && o.class == "MessageFilterAgent" {
		if inner, ok := t.c.object(r, o.via); ok { // goes by its wrapper's name
			t.x.used[inner.id()] = true
			t.x.alones.inside(inner.id(), t.builder)
			if m, ok := t.c.arg(inner, "model_client", -1); ok {
				t.Nodes[t.index[name]].Model = t.c.model(m)
			}
		}
	}
	return name
}

// agentTools adds an agent's tools; agents and teams that it uses as tools are its delegates.
func (t *team) agentTools(o object, name string, list Ref) {
	elems, complete := t.c.Elements(list)
	if len(elems) == 0 && !complete {
		t.tools(name, list)
		return
	}
	for _, e := range elems {
		if made, ok := t.c.object(e, o.via); ok && (made.class == "AgentTool" || made.class == "TeamTool") {
			arg := "agent"
			if made.class == "TeamTool" {
				arg = "team"
			}
			if r, ok := t.c.arg(made, arg, 0); ok {
				if inner, ok := t.c.object(r, made.via); ok {
					t.edge(Edge{From: name, To: t.agent(inner), Kind: Delegate, Condition: Condition{Decider: ToolCall}, Place: e.Place()})
					continue
				}
			}
			t.open("which agent "+short(e)+" is can't be told", e)
			continue
		}
		kind := Tool
		if e.Kind() == parser.KindSpread {
			e, kind = e.at(e.File.FirstChild(e.Node)), Toolset
		}
		t.tool(name, e, kind)
	}
	if !complete {
		t.open("some tools of "+name+" are not written out", list)
	}
}

// handoffs adds whom an agent may hand over to: names, or Handoff(target=name). A target that is
// no agent is a person, who takes over when a HandoffTermination ends the run.
func (t *team) handoffs(o object, from string, list Ref) {
	elems, complete := t.c.Elements(list)
	for _, e := range elems {
		target, ok := t.c.String(e)
		if !ok {
			if made, found := t.c.object(e, o.via); found && made.class == "Handoff" {
				target = t.c.text(made, "target", 0)
			} else if v := t.c.agentName(e); v != "" { // agent.name
				target = v
			}
		}
		if target == "" {
			t.open("whom "+from+" hands over to can't be told", e)
			continue
		}
		if l := strings.ToLower(target); !t.has(target) && (strings.Contains(l, "user") || strings.Contains(l, "human")) {
			t.node(Node{Name: target, Kind: Human, Implicit: true, Asks: true, Place: e.Place()})
		} else if !t.has(target) {
			t.node(Node{Name: target, Kind: Agent, Implicit: true, Place: e.Place()})
		}
		t.edge(Edge{From: from, To: target, Kind: Handoff, Place: e.Place()})
	}
	if !complete {
		t.open("some handoffs of "+from+" are not written out", list)
	}
}

// agentName is the name of the agent in agent.name.
func (c *constructs) agentName(r Ref) string {
	f := r.File
	r.Node = f.Unwrap(r.Node)
	if r.Kind() != parser.KindAttribute || r.name() != "name" {
		return ""
	}
	o, ok := c.object(r.at(f.Field(r.Node, parser.FieldObject)), nil)
	if !ok {
		return ""
	}
	return c.text(o, "name", 0)
}
