package agents

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// autogenAgents are the classes of agents in autogen_agentchat and autogen_ext (0.7): the kind of their nodes.
var autogenAgents = map[string]Kind{
	"AssistantAgent": Agent, "CodeExecutorAgent": Agent, "SocietyOfMindAgent": Agent, "MessageFilterAgent": Agent, "BaseChatAgent": Agent,
	"UserProxyAgent": Human, "MultimodalWebSurfer": Agent, "FileSurfer": Agent, "VideoSurfer": Agent, "MagenticOneCoderAgent": Agent,
	"OpenAIAssistantAgent": Agent, "OpenAIAgent": Agent, "AzureAIAgent": Agent, "TaskCentricMemoryController": Agent,
}

// autogenTeams are its teams.
var autogenTeams = []string{"RoundRobinGroupChat", "SelectorGroupChat", "Swarm", "MagenticOneGroupChat", "MagenticOne", "GraphFlow", "BaseGroupChat"}

// magenticTurns is max_turns of MagenticOneGroupChat; other teams have none.
const magenticTurns = 20

// magenticManager leads a MagenticOneGroupChat.
const magenticManager = "MagenticOneOrchestrator"

// team is one team being read.
type team struct {
	*cast
	x       *autogen
	o       object
	members []string
}

// autogen is a project being read for AutoGen 0.4 and later.
type autogen struct {
	*extraction
	c      *constructs
	alones *loners
	used   map[Ref]bool // agents that are in a team
	unsure map[string]bool
}

func readAutoGen(x *extraction) {
	names := slices.Concat(autogenTeams, []string{"DiGraphBuilder", "DiGraph", "DiGraphNode", "DiGraphEdge", "Handoff", "AgentTool", "TeamTool", "TerminationCondition"})
	var agents []string
	for n := range autogenAgents {
		agents = append(agents, n)
	}
	for n := range endings {
		names = append(names, n)
	}
	a := &autogen{extraction: x, alones: newLoners(), used: map[Ref]bool{}, unsure: map[string]bool{}}
	a.c = newConstructs(x.Project, []string{"autogen_agentchat", "autogen_ext"}, slices.Concat(names, agents)...)
	a.c.each(func(o object) {
		if o.class != "BaseGroupChat" {
			a.team(o)
		}
	}, autogenTeams...)
	a.c.each(func(o object) {
		if !a.used[o.id()] && !a.unsure[o.File.Path] && autogenAgents[o.class] == Agent {
			a.alone(o)
		}
	}, agents...)
	a.alones.settle(x)
}

func (a *autogen) begin(o object, name string) *team {
	return &team{cast: newCast(a.graph(name, o.Ref), a.c), x: a, o: o}
}

// alone reads an agent that is in no team.
func (a *autogen) alone(o object) {
	name := a.c.text(o, "name", 0)
	if name == "" {
		if name = o.bound(); name == "" {
			name = strings.ToLower(o.class)
		}
	}
	t := a.begin(o, name)
	a.alones.root(o.id(), t.builder)
	t.entry(t.agent(o))
}

func (a *autogen) team(o object) {
	name := o.bound()
	if given := a.c.text(o, "name", -1); given != "" {
		name = given
	} else if name == "" {
		name = o.class
	}
	t := a.begin(o, name)
	t.limit()
	if o.class == "MagenticOne" {
		t.magenticOne()
		return
	}
	whole := false
	if r, ok := a.c.arg(o, "participants", 0); ok {
		whole = t.participants(r)
	}
	switch o.class {
	case "GraphFlow":
		t.flow()
		t.end()
		return
	case "RoundRobinGroupChat":
		t.ring(t.members, whole, o.Ref)
		t.entries(t.members[:min(1, len(t.members))])
	case "SelectorGroupChat":
		t.mesh(t.members, Speaker, o.Ref)
		t.entries(t.members)
	case "Swarm":
		t.entries(t.members[:min(1, len(t.members))])
		if _, ends := t.c.arg(o, "termination_condition", -1); !ends && t.Limit.Source == "" {
			for _, m := range t.members { // who does not hand over speaks again
				t.edge(Edge{From: m, To: m, Kind: Speaker, Place: o.Place()})
			}
		}
	case "MagenticOneGroupChat":
		t.led(magenticManager)
	}
	t.contains(name)
	t.end()
}

func (t *team) entries(names []string) {
	for _, n := range names {
		t.entry(n)
	}
}

// contains adds the node of the team itself.
func (t *team) contains(name string) {
	if t.has(name) {
		name += " (team)"
	}
	n := Node{Name: name, Kind: Team, Aliases: []string{}, Place: t.o.Place(), Limit: t.Limit}
	if v := t.o.bound(); v != "" && v != name {
		n.Aliases = []string{v}
	}
	if r, ok := t.c.arg(t.o, "model_client", -1); ok {
		n.Model = t.c.model(r)
	}
	t.node(n)
	for _, m := range t.members {
		t.edge(Edge{From: name, To: m, Kind: Contains, Place: t.o.Place()})
	}
}

// led adds the orchestrator of a Magentic team, who talks with every member.
func (t *team) led(manager string) {
	n := Node{Name: manager, Kind: Manager, Implicit: true, Calls: true, Place: t.o.Place()}
	for i, arg := range []string{"model_client", "client"} {
		if r, ok := t.c.arg(t.o, arg, 1-i); ok && n.Model == "" {
			n.Model = t.c.model(r)
		}
	}
	t.node(n)
	t.star(manager, t.members, t.o.Ref)
}

// magenticOne is autogen_ext's ready-made team.
func (t *team) magenticOne() {
	model := ""
	if r, ok := t.c.arg(t.o, "client", 0); ok {
		model = t.c.model(r)
	}
	for _, n := range []string{"FileSurfer", "WebSurfer", "Coder", "ComputerTerminal"} {
		t.node(Node{Name: n, Kind: Agent, Implicit: true, Model: model, Calls: n != "ComputerTerminal", Place: t.o.Place()})
		t.members = append(t.members, n)
	}
	if t.c.flag(t.o, "hil_mode", false) {
		t.node(Node{Name: "User", Kind: Human, Implicit: true, Asks: true, Place: t.o.Place()})
		t.members = append(t.members, "User")
	}
	t.led(magenticManager)
	t.contains(t.Graph.Name)
	t.end()
}

// limit reads max_turns.
func (t *team) limit() {
	r, ok := t.c.arg(t.o, "max_turns", -1)
	switch {
	case ok && r.Kind() == parser.KindNone:
	case ok:
		if v, known := t.c.Number(r); known {
			t.Limit = Limit{v, "explicit", "max_turns"}
		} else {
			t.Limit = Limit{0, "explicit", "max_turns"}
		}
	case strings.HasPrefix(t.o.class, "MagenticOne"):
		t.Limit = Limit{magenticTurns, "default", "max_turns"}
	}
}

// end notes on every member what ends the team's run.
func (t *team) end() {
	var end Condition
	if r, ok := t.c.arg(t.o, "termination_condition", -1); ok {
		var known bool
		if end, known = t.c.termination(r, t.o.via); !known {
			t.open("what ends the run can't be told", r)
			if end.Decider == "" {
				end.Decider = External
			}
		}
	}
	if t.Limit.Source == "explicit" && end.Decider != Counter {
		end = Condition{Decider: Counter, Bound: Bound{Expr: "max_turns", Value: t.Limit.Value, Effective: true}}
	}
	if t.Limit.Source == "default" && end.Decider == "" { // the orchestrator says when the task is done
		end = Condition{Decider: Verdict}
	}
	t.cast.end(end)
}

// participants adds the members of a team, and reports whether these are all.
func (t *team) participants(r Ref) (all bool) {
	if _, ok := t.builderOf(r); ok { // builder.get_participants()
		return true
	}
	found, failed, complete := t.c.objects(r, t.o.via)
	for _, o := range found {
		if name := t.agent(o); !slices.Contains(t.members, name) {
			t.members = append(t.members, name)
		}
	}
	for _, e := range failed {
		t.open("which agent "+short(e)+" is can't be told", e)
		t.x.unsure[e.File.Path] = true
	}
	if !complete {
		t.open("some participants are not written out", r)
		t.x.unsure[r.File.Path] = true
	}
	return complete && len(failed) == 0
}
