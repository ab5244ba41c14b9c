package agents

import (
	"slices"

	"github.com/qodacode/qodacode/parser"
)

// mastraFlow is a workflow being put together from its chain of methods.
type mastraFlow struct {
	*mastra
	*builder
	tails   []string // steps that what comes next follows
	started bool
	after   bool // the next legacy .step follows tails
	cloning map[Ref]bool
}

// workflow reads one workflow.
func (m *mastra) workflow(r Ref) {
	w := &mastraFlow{mastra: m, builder: m.graph(m.name(r), r), cloning: map[Ref]bool{}}
	for _, op := range m.ops[r] {
		w.op(op)
	}
}

func (w *mastraFlow) op(op mastraOp) {
	c := op.File.CallAt(op.Node)
	if len(c.Args) == 0 {
		return
	}
	first := op.at0(c, 0)
	switch op.name {
	case "then":
		w.follow(w.step(first), Edge{Kind: Seq})
	case "step": // before version 0.10: beside what stands before, unless .after tells otherwise
		if !w.after {
			w.tails, w.started = nil, false
		}
		w.after = false
		w.follow(w.step(first), Edge{Kind: Seq})
	case "after":
		w.after = true
		elems := []Ref{first}
		if w.Origin(first, nil).Kind() == parser.KindList {
			elems, _ = w.Elements(first)
		}
		w.tails = nil
		for _, e := range elems {
			w.tails = append(w.tails, w.step(e)...)
		}
	case "waitForEvent":
		if len(c.Args) > 1 {
			w.follow(w.step(op.at0(c, 1)), Edge{Kind: Seq, Condition: Condition{Decider: External}})
		}
	case "foreach":
		w.follow(w.step(first), Edge{Kind: Send, FanOut: true})
	case "parallel":
		elems, all := w.Elements(first)
		if !all {
			w.open("the parallel steps are not written out", first)
		}
		w.fork(elems, func(Ref) Edge { return Edge{Kind: Seq, FanOut: true} })
	case "branch":
		w.branch(first)
	case "dowhile", "dountil", "while", "until":
		if len(c.Args) < 2 {
			return
		}
		step, condition := first, op.at0(c, 1)
		if op.name == "while" || op.name == "until" {
			step, condition = condition, first
		}
		steps := w.step(step)
		w.follow(steps, Edge{Kind: Seq})
		for _, s := range steps {
			w.edge(Edge{From: s, To: s, Kind: LoopBack, Place: op.Place(), Condition: w.until(s, condition)})
		}
	}
}

// at0 is an argument of the method.
func (op mastraOp) at0(c *parser.Call, i int) Ref { return Ref{op.File, c.Args[i].Value} }

// until tells what a repeated step's condition depends on: not on a model, where the step asks none.
func (w *mastraFlow) until(step string, condition Ref) Condition {
	c := w.Decide(w.Function(condition), nil)
	if c.Decider == Verdict || c.Decider == "" {
		n := w.Nodes[w.index[step]]
		if c.Decider = External; n.Calls || n.Kind == Agent || n.Kind == Subgraph {
			c.Decider = Verdict
		}
	}
	return c
}

// follow connects what stands before with steps, which become what the next one follows.
func (w *mastraFlow) follow(steps []string, like Edge) {
	for _, s := range steps {
		if !w.started {
			w.entry(s)
		}
		for _, t := range w.tails {
			if t == s {
				continue
			}
			e := like
			e.From, e.To, e.Place = t, s, w.Nodes[w.index[s]].Place
			w.edge(e)
		}
	}
	if len(steps) > 0 {
		w.tails, w.started = slices.Clone(steps), true
	}
}

// fork connects what stands before with each of several steps.
func (w *mastraFlow) fork(steps []Ref, like func(Ref) Edge) {
	before, started := w.tails, w.started
	var after []string
	for _, r := range steps {
		w.tails, w.started = before, started
		names := w.step(r)
		w.follow(names, like(r))
		after = append(after, names...)
	}
	if len(after) > 0 {
		w.tails, w.started = after, true
	}
}

// branch reads [[condition, step], …].
func (w *mastraFlow) branch(list Ref) {
	pairs, all := w.Elements(list)
	if !all {
		w.open("the branches are not written out", list)
	}
	conditions := map[Ref]Ref{}
	var steps []Ref
	for _, pair := range pairs {
		both, known := w.Elements(pair)
		if !known || len(both) != 2 {
			w.open("a branch is not written out", pair)
			continue
		}
		conditions[both[1]] = both[0]
		steps = append(steps, both[1])
	}
	w.fork(steps, func(step Ref) Edge {
		return Edge{Kind: Cond, Condition: w.Decide(w.Function(conditions[step]), nil)}
	})
}

// step adds the node of a step, an agent, a tool or another workflow.
func (w *mastraFlow) step(r Ref) []string {
	if !r.Valid() {
		return nil
	}
	o := w.origin(r)
	kind := w.made[o]
	c := o.File.CallAt(o.Node)
	switch {
	case kind == "agent" || kind == "network":
		return []string{w.mastra.agent(w.builder, o)}
	case kind == "workflow":
		return []string{w.subgraph(w.builder, o)}
	case kind == "tool":
		return []string{w.plainStep(o, w.mastra.name(o), w.toolOptions(o))}
	case kind == "clone" && len(c.Args) > 1 && !w.cloning[o]:
		return w.clone(o, c)
	case kind == "step" && len(c.Args) > 0:
		inner := w.origin(o.at(c.Args[0].Value))
		switch w.made[inner] {
		case "agent", "network":
			name := w.mastra.agent(w.builder, inner)
			w.Nodes[w.index[name]].alias(given(o))
			return []string{name}
		case "tool":
			name := w.plainStep(inner, w.mastra.name(inner), w.toolOptions(inner))
			w.Nodes[w.index[name]].alias(given(o))
			return []string{name}
		}
		return []string{w.plainStep(o, w.mastra.name(o), inner)}
	case o.Kind() == parser.KindDict:
		if id, ok := w.String(w.property(o, "id", maxHops)); ok {
			return []string{w.plainStep(o, id, o)}
		}
	}
	name := r.name()
	if name == "" {
		w.open("a step can't be followed", r)
		return nil
	}
	w.open("the step "+name+" can't be followed", r)
	w.node(Node{Name: name, Kind: Step, Place: r.Place()})
	return []string{name}
}

// plainStep adds a step of its own, with the agents that its execute function runs.
func (w *mastraFlow) plainStep(o Ref, name string, options Ref) string {
	if w.has(name) {
		return name
	}
	agents, flows, about := w.runs(w.property(options, "execute", maxHops))
	n := Node{Name: name, Kind: Step, Place: o.Place(), Calls: about.calls, Asks: about.asks}
	n.alias(given(o))
	w.node(n)
	w.calls(w.builder, name, agents, flows)
	return name
}

// clone is a copy of a step or workflow under another id.
func (w *mastraFlow) clone(o Ref, c *parser.Call) []string {
	w.cloning[o] = true // a step may claim to be a clone of itself
	defer delete(w.cloning, o)
	name := w.textOption(o, "id")
	names := w.step(o.at(c.Args[0].Value))
	if name == "" || len(names) == 0 {
		return names
	}
	original := w.Nodes[w.index[names[0]]]
	original.Name, original.Aliases, original.Place = name, nil, o.Place()
	original.alias(given(o))
	w.node(original)
	return []string{name}
}
