package agents

import (
	"slices"

	"github.com/qodacode/qodacode/parser"
)

// orchestrated reads the ready-made patterns.
func (w *workflow) orchestrated() {
	members := w.participants()
	if len(members) == 0 {
		return
	}
	place := w.o.Place()
	switch w.o.class {
	case "SequentialBuilder":
		for i := 1; i < len(members); i++ {
			w.edge(Edge{From: members[i-1], To: members[i], Kind: Seq, Place: place})
		}
		w.entry(members[0])
	case "ConcurrentBuilder":
		w.concurrent(members)
	case "GroupChatBuilder":
		w.bounded("max_rounds", -1)
		w.star(w.leader("group_chat_orchestrator"), members, w.o.Ref)
	case "MagenticBuilder":
		w.bounded("max_round_count", -1)
		w.star(w.leader("magentic_orchestrator"), members, w.o.Ref)
	case "HandoffBuilder":
		w.handoffs(members)
	}
}

// concurrent lets all members start at once, and something put their answers together.
func (w *workflow) concurrent(members []string) {
	place := w.o.Place()
	start := Node{Name: "dispatcher", Kind: Step, Implicit: true, Place: place}
	end := Node{Name: "aggregator", Kind: Step, Implicit: true, Place: place}
	if r, ok := w.given("with_aggregator", "aggregator", 0); ok {
		if made, ok := w.c.object(r, w.o.via); ok && made.class != "" {
			end = w.Nodes[w.index[w.made(made)]]
		} else if fn := w.c.Function(r); fn.Valid() && fn.Func().Name != "" {
			end = Node{Name: fn.Func().Name, Kind: Step, Place: fn.Place()}
		}
	}
	w.node(start)
	w.node(end)
	for _, m := range members {
		w.edge(Edge{From: start.Name, To: m, Kind: Seq, FanOut: true, Place: place})
		w.edge(Edge{From: m, To: end.Name, Kind: Seq, Place: place})
	}
	w.entry(start.Name)
}

// given is an argument of a method of the builder, or of its constructor.
func (w *workflow) given(method, arg string, pos int) (Ref, bool) {
	for _, call := range w.calls {
		if call.Name == method {
			if a, ok := w.o.File.Argument(call, arg, pos); ok {
				return w.o.at(a.Value), true
			}
		}
	}
	return w.c.arg(w.o, arg, -1)
}

// leader adds who chooses the next speaker: an agent, or the framework's own orchestrator,
// with a function of the project.
func (w *workflow) leader(fallback string) (name string) {
	for _, g := range []struct {
		method, arg string
		pos         int
	}{{"with_agent_orchestrator", "agent", 0}, {"with_orchestrator", "agent", -1}, {"with_orchestrator", "orchestrator_agent", -1}, {"with_standard_manager", "agent", -1}, {"with_manager", "agent", -1}, {"set_manager", "manager", 0}, {"", "manager_agent", -1}, {"", "orchestrator_agent", -1}} {
		r, ok := w.given(g.method, g.arg, g.pos)
		if !ok || r.Kind() == parser.KindNone {
			continue
		}
		if o, ok := w.c.object(r, w.o.via); ok && afNodes[o.class] == Agent {
			name = w.made(o)
			w.Nodes[w.index[name]].Kind = Manager
			w.ends(Condition{Decider: Verdict})
			return name
		}
		w.open("which agent "+short(r)+" is can't be told", r)
	}
	end := Condition{Decider: Verdict}
	n := Node{Name: fallback, Kind: Manager, Implicit: true, Calls: true, Place: w.o.Place()}
	for _, method := range []string{"with_orchestrator", "set_select_speakers_func", "with_select_speaker_func"} {
		pos := 0
		if method == "with_orchestrator" {
			pos = -1
		}
		if r, ok := w.given(method, "selection_func", pos); ok {
			n.Calls, end = false, w.decision(r)
		}
	}
	w.node(n)
	w.ends(end)
	return fallback
}

// ends notes on all nodes what ends the run: a limit, a termination condition, or what the leader decides.
func (w *workflow) ends(end Condition) {
	if r, ok := w.given("with_termination_condition", "termination_condition", 0); ok && r.Kind() != parser.KindNone {
		if c := w.decision(r); end.Decider == "" || safer(c, end) {
			end = c
		}
	}
	if w.Limit.Source == "explicit" {
		end = Condition{Decider: Counter, Bound: Bound{Expr: w.Limit.What, Value: w.Limit.Value, Effective: true}}
	}
	w.end(end)
	if _, ok := w.given("with_plan_review", "enable_plan_review", -1); ok {
		for i := range w.Nodes {
			if w.Nodes[i].Kind == Manager {
				w.Nodes[i].Asks = true
			}
		}
	}
}

// handoffs reads add_handoff(source, targets); without any, everybody may hand over to everybody.
func (w *workflow) handoffs(members []string) {
	start := members[0]
	explicit, coordinated := false, false
	for _, call := range w.calls {
		arg := func(name string, pos int) Ref {
			if a, ok := w.o.File.Argument(call, name, pos); ok {
				return w.o.at(a.Value)
			}
			return Ref{nil, parser.NoNode}
		}
		switch call.Name {
		case "with_start_agent", "set_coordinator":
			if name, ok := w.vertex(arg("agent", 0)); ok {
				start = name
			}
			coordinated = call.Name == "set_coordinator"
		case "add_handoff":
			explicit = true
			from, ok := w.vertex(arg("source", 0))
			if !ok {
				continue
			}
			targets := arg("targets", 1)
			list := []Ref{targets}
			if k := w.c.Origin(targets, nil).Kind(); k == parser.KindList || k == parser.KindTuple {
				list = w.members(targets)
			}
			for _, t := range list {
				if to, ok := w.vertex(t); ok {
					w.edge(Edge{From: from, To: to, Kind: Handoff, Place: w.o.at(call.Node).Place()})
				}
			}
		}
	}
	w.entry(start)
	switch {
	case explicit:
	case coordinated:
		for _, to := range members {
			if to != start {
				w.edge(Edge{From: start, To: to, Kind: Handoff, Place: w.o.Place()})
			}
		}
	default:
		w.mesh(members, Handoff, w.o.Ref)
	}
	end := Condition{Decider: ByHuman} // who hands over to nobody asks the user
	if slices.ContainsFunc(w.calls, func(c *parser.Call) bool { return c.Name == "with_autonomous_mode" }) {
		end = Condition{Decider: Verdict}
	}
	w.ends(end)
}
