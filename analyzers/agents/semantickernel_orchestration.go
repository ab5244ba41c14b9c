package agents

import (
	"strings"

	"github.com/qodacode/qodacode/parser"
)

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
		t.ring(t.members, t.Complete(), t.o.Ref)
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
