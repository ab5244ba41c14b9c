package agents

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// Semantic Kernel's own values where the code gives none (semantic-kernel 1.45: agents/strategies/termination).
const (
	kernelDefaultRounds  = 5  // of a chat without a termination strategy
	kernelStrategyRounds = 99 // maximum_iterations of a termination strategy
)

// kernelAgents are its classes of agents.
var kernelAgents = []string{"ChatCompletionAgent", "OpenAIAssistantAgent", "AzureAssistantAgent", "AzureAIAgent", "AzureResponsesAgent", "OpenAIResponsesAgent", "BedrockAgent", "CopilotStudioAgent", "AutoGenConversableAgent", "Agent"}

// kernelTeams are its constructs in which agents work together.
var kernelTeams = []string{"AgentGroupChat", "SequentialOrchestration", "ConcurrentOrchestration", "GroupChatOrchestration", "HandoffOrchestration", "MagenticOrchestration"}

// kernelTeam is one of them being read.
type kernelTeam struct {
	*cast
	x       *semanticKernel
	o       object
	members []string
}

// semanticKernel is a project being read.
type semanticKernel struct {
	*extraction
	c      *constructs
	used   map[Ref]bool
	unsure map[string]bool
}

func readSemanticKernel(x *extraction) {
	k := &semanticKernel{extraction: x, used: map[Ref]bool{}, unsure: map[string]bool{}}
	k.c = newConstructs(x.Project, []string{"semantic_kernel"}, slices.Concat(kernelAgents, kernelTeams, []string{
		"TerminationStrategy", "DefaultTerminationStrategy", "KernelFunctionTerminationStrategy", "AggregatorTerminationStrategy",
		"SelectionStrategy", "SequentialSelectionStrategy", "KernelFunctionSelectionStrategy",
		"RoundRobinGroupChatManager", "GroupChatManager", "StandardMagenticManager", "MagenticManagerBase", "OrchestrationHandoffs"})...)
	k.c.each(k.team, kernelTeams...)
	k.c.each(func(o object) {
		if !k.used[o.id()] && !k.unsure[o.File.Path] {
			name := k.c.text(o, "name", -1)
			if name == "" {
				if name = o.bound(); name == "" {
					name = "agent"
				}
			}
			t := &kernelTeam{cast: newCast(x.graph(name, o.Ref), k.c), x: k, o: o}
			t.entry(t.agent(o))
		}
	}, kernelAgents...)
}

func (k *semanticKernel) team(o object) {
	name := k.c.text(o, "name", -1)
	if name == "" {
		if name = o.bound(); name == "" {
			name = o.class
		}
	}
	t := &kernelTeam{cast: newCast(k.graph(name, o.Ref), k.c), x: k, o: o}
	list := "members"
	if o.class == "AgentGroupChat" {
		list = "agents"
	}
	if r, ok := k.c.arg(o, list, 0); ok {
		t.list(r)
	}
	if o.class == "AgentGroupChat" {
		t.added()
		t.chat()
		return
	}
	switch o.class {
	case "SequentialOrchestration":
		for i := 1; i < len(t.members); i++ {
			t.edge(Edge{From: t.members[i-1], To: t.members[i], Kind: Seq, Place: o.Place()})
		}
		t.enter(1)
	case "ConcurrentOrchestration":
		t.enter(len(t.members))
	case "GroupChatOrchestration":
		t.group()
	case "MagenticOrchestration":
		t.magentic()
	case "HandoffOrchestration":
		t.handoffs()
	}
}

// enter marks the first n members as those with whom a run begins.
func (t *kernelTeam) enter(n int) {
	for _, m := range t.members[:min(n, len(t.members))] {
		t.entry(m)
	}
}

// list adds the members in a list.
func (t *kernelTeam) list(r Ref) {
	elems, complete := t.c.Elements(r)
	for _, e := range elems {
		o, ok := t.c.object(e, t.o.via)
		if e.Kind() == parser.KindSpread || !ok {
			t.unknown(e)
			continue
		}
		t.add(o)
	}
	if !complete {
		t.open("some members are not written out", r)
		t.x.unsure[r.File.Path] = true
	}
}

func (t *kernelTeam) unknown(r Ref) {
	t.open("which agent "+short(r)+" is can't be told", r)
	t.x.unsure[r.File.Path] = true
}

func (t *kernelTeam) add(o object) {
	if name := t.agent(o); !slices.Contains(t.members, name) {
		t.members = append(t.members, name)
	}
}

// added reads chat.add_agent(agent).
func (t *kernelTeam) added() {
	for _, r := range t.c.callsOf("add_agent") {
		call := r.File.CallAt(r.Node)
		callee := r.File.Unwrap(call.Callee)
		if r.File.Kind(callee) != parser.KindAttribute || len(call.Args) == 0 {
			continue
		}
		if chat, ok := t.c.object(r.at(r.File.Field(callee, parser.FieldObject)), nil); !ok || chat.Ref != t.o.Ref {
			continue
		}
		if o, ok := t.c.object(r.at(call.Args[0].Value), nil); ok {
			t.add(o)
		} else {
			t.unknown(r.at(call.Args[0].Value))
		}
	}
}

// agent adds an agent or an orchestration inside the orchestration.
func (t *kernelTeam) agent(o object) string {
	t.x.used[o.id()] = true
	name, fresh := t.name(o, t.c.text(o, "name", -1), o.class)
	n := Node{Name: name, Kind: Agent, Calls: true, Aliases: o.aliases(name), Place: o.id().Place()}
	if slices.Contains(kernelTeams, o.class) {
		n.Kind = Subgraph
	} else {
		for _, arg := range []string{"service", "kernel", "arguments", "definition", "ai_model_id"} {
			if r, ok := t.c.arg(o, arg, -1); ok && n.Model == "" && arg != "arguments" {
				n.Model = t.c.model(r)
			}
		}
	}
	t.node(n)
	if r, ok := t.c.arg(o, "plugins", -1); ok && fresh && r.Kind() != parser.KindNone {
		t.plugins(name, r)
	}
	return name
}

// plugins adds what an agent may call: other agents as its delegates, classes of functions as toolsets.
func (t *kernelTeam) plugins(owner string, list Ref) {
	elems, complete := t.c.Elements(list)
	for _, e := range elems {
		if o, ok := t.c.object(e, t.o.via); ok && slices.Contains(kernelAgents, o.class) {
			t.edge(Edge{From: owner, To: t.agent(o), Kind: Delegate, Condition: Condition{Decider: ToolCall}, Place: e.Place()})
			continue
		}
		t.tool(owner, e, Toolset)
	}
	if !complete {
		t.open("some plugins of "+owner+" are not written out", list)
	}
}

// chat reads who speaks after whom in an AgentGroupChat, and what ends it.
func (t *kernelTeam) chat() {
	class := ""
	if r, ok := t.c.arg(t.o, "selection_strategy", 2); ok && r.Kind() != parser.KindNone {
		o, _ := t.c.object(r, t.o.via)
		if class = o.class; class != "SequentialSelectionStrategy" && class != "KernelFunctionSelectionStrategy" {
			t.open("who speaks after whom can't be told", r)
		}
	}
	switch class {
	case "", "SequentialSelectionStrategy":
		t.ring(t.members, t.o.Ref)
		t.enter(1)
	case "KernelFunctionSelectionStrategy":
		t.mesh(t.members, Speaker, t.o.Ref)
		t.enter(len(t.members))
	default:
		t.enter(len(t.members))
	}
	t.Limit = Limit{kernelDefaultRounds, "default", "maximum_iterations"}
	if r, ok := t.c.arg(t.o, "termination_strategy", 1); ok && r.Kind() != parser.KindNone {
		t.Limit.Value = kernelStrategyRounds
		if o, ok := t.c.object(r, t.o.via); ok {
			if n, given := t.c.arg(o, "maximum_iterations", -1); given {
				v, _ := t.c.Number(n)
				t.Limit = Limit{v, "explicit", "maximum_iterations"}
			}
		}
	}
	t.end(Condition{Decider: Counter, Bound: Bound{Expr: t.Limit.What, Value: t.Limit.Value, Effective: true, Default: t.Limit.Source == "default"}})
}

// limited reads the limit of a manager.
func (t *kernelTeam) limited(manager object, arg string) {
	end := Condition{Decider: Verdict}
	if r, ok := t.c.arg(manager, arg, -1); ok && r.Kind() != parser.KindNone {
		v, _ := t.c.Number(r)
		t.Limit = Limit{v, "explicit", arg}
		end = Condition{Decider: Counter, Bound: Bound{Expr: arg, Value: v, Effective: true}}
	} else if manager.class == "RoundRobinGroupChatManager" {
		return // without max_rounds it never ends
	}
	t.end(end)
}

// group reads a GroupChatOrchestration: in turn, or led by a manager of the project.
func (t *kernelTeam) group() {
	r, ok := t.c.arg(t.o, "manager", 1)
	if !ok {
		return
	}
	manager, ok := t.c.object(r, t.o.via)
	if !ok {
		t.open("which manager "+short(r)+" is can't be told", r)
		return
	}
	_, asks := t.c.arg(manager, "human_response_function", -1)
	if manager.class == "RoundRobinGroupChatManager" && t.c.Class(manager.at(manager.call.Callee), maxHops).className() == "" {
		t.ring(t.members, t.o.Ref)
		t.enter(1)
		for i := range t.Nodes {
			t.Nodes[i].Asks = t.Nodes[i].Asks || asks && t.Nodes[i].Kind == Agent
		}
	} else {
		name := manager.call.Name
		t.node(Node{Name: name, Kind: Manager, Calls: true, Asks: asks, Aliases: manager.aliases(name), Place: manager.Place()})
		t.star(name, t.members, t.o.Ref)
	}
	t.limited(manager, "max_rounds")
}

// magentic reads a MagenticOrchestration.
func (t *kernelTeam) magentic() {
	n := Node{Name: "StandardMagenticManager", Kind: Manager, Implicit: true, Calls: true, Place: t.o.Place()}
	var manager object
	if r, ok := t.c.arg(t.o, "manager", 1); ok {
		if manager, ok = t.c.object(r, t.o.via); ok {
			n.Name, n.Implicit, n.Place = manager.call.Name, false, manager.Place()
			n.Aliases = manager.aliases(n.Name)
			if m, ok := t.c.arg(manager, "chat_completion_service", 0); ok {
				n.Model = t.c.model(m)
			}
		}
	}
	t.node(n)
	t.star(n.Name, t.members, t.o.Ref)
	t.limited(manager, "max_round_count")
}

// handoffs reads OrchestrationHandoffs().add(a, b).add_many(a, {b.name: "…"}), or a dictionary.
func (t *kernelTeam) handoffs() {
	t.enter(1)
	r, ok := t.c.arg(t.o, "handoffs", 1)
	if !ok {
		return
	}
	made := t.c.Origin(r, handoffMethods)
	if made.Kind() == parser.KindDict {
		t.table(made)
	} else if t.c.of(made) != "OrchestrationHandoffs" {
		t.open("who hands over to whom can't be told", r)
		return
	}
	if call := made.File.CallAt(made.Node); call != nil && len(call.Args) > 0 {
		t.table(made.at(call.Args[0].Value))
	}
	for _, call := range chained(made.File, handoffMethods) {
		if t.c.Origin(made.at(made.File.Field(made.File.Unwrap(call.Callee), parser.FieldObject)), handoffMethods) != made {
			continue
		}
		source, _ := made.File.Argument(call, "source_agent", 0)
		arg := "target_agent"
		if call.Name == "add_many" {
			arg = "target_agents"
		}
		target, ok := made.File.Argument(call, arg, 1)
		if !ok {
			continue
		}
		targets := []Ref{made.at(target.Value)}
		if call.Name == "add_many" {
			targets = t.targets(made.at(target.Value))
		}
		for _, to := range targets {
			t.handoff(made.at(source.Value), to)
		}
	}
	_, asks := t.c.arg(t.o, "human_response_function", -1)
	if asks { // who hands over to nobody asks the person
		t.end(Condition{Decider: ByHuman})
	}
}

func handoffMethods(method string) bool { return method == "add" || method == "add_many" }

// table reads {source: {target: description}}.
func (t *kernelTeam) table(r Ref) {
	pairs, complete := t.c.Pairs(r)
	for _, p := range pairs {
		for _, to := range t.targets(p[1]) {
			t.handoff(p[0], to)
		}
	}
	if !complete {
		t.open("some handoffs are not written out", r)
	}
}

// targets are the keys of a dictionary, of AgentHandoffs({…}), or the members of a list.
func (t *kernelTeam) targets(r Ref) (out []Ref) {
	o := t.c.Origin(r, nil)
	if call := o.File.CallAt(o.Node); call != nil && call.Name == "AgentHandoffs" && len(call.Args) > 0 {
		o = t.c.Origin(o.at(call.Args[0].Value), nil)
	}
	if o.Kind() == parser.KindDict {
		pairs, _ := t.c.Pairs(o)
		for _, p := range pairs {
			out = append(out, p[0])
		}
		return out
	}
	out, _ = t.c.Elements(o)
	return out
}

func (t *kernelTeam) handoff(from, to Ref) {
	a, b := t.party(from), t.party(to)
	if a == "" || b == "" {
		t.open("who hands over to whom can't be told: "+strings.Join([]string{short(from), short(to)}, " → "), from)
		return
	}
	t.edge(Edge{From: a, To: b, Kind: Handoff, Place: to.Place()})
}

// party is the member that an agent, its name or agent.name stands for.
func (t *kernelTeam) party(r Ref) string {
	if o, ok := t.c.object(r, t.o.via); ok {
		return t.agent(o)
	}
	if f := r.File; r.Kind() == parser.KindAttribute && r.name() == "name" {
		if o, ok := t.c.object(r.at(f.Field(r.Node, parser.FieldObject)), t.o.via); ok {
			return t.agent(o)
		}
	}
	if s, ok := t.c.String(r); ok && t.has(s) {
		return s
	}
	return ""
}
