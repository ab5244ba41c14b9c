package agents

import (
	"slices"

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
	alones *loners
	used   map[Ref]bool
	unsure map[string]bool
}

func readSemanticKernel(x *extraction) {
	k := &semanticKernel{extraction: x, alones: newLoners(), used: map[Ref]bool{}, unsure: map[string]bool{}}
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
			k.alones.root(o.id(), t.builder)
			t.entry(t.agent(o))
		}
	}, kernelAgents...)
	k.alones.settle(x)
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
	found, failed, complete := t.c.objects(r, t.o.via)
	for _, o := range found {
		t.add(o)
	}
	for _, e := range failed {
		t.unknown(e)
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
	t.x.alones.inside(o.id(), t.builder)
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
		t.ring(t.members, t.Complete(), t.o.Ref)
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
