package agents

import "slices"

// llamaRoots are the modules that define workflows, events and agents.
var llamaRoots = []string{"llama_index", "workflows", "llama_agents"}

// llamaScriptRoots are those for JavaScript.
var llamaScriptRoots = []string{"@llamaindex/workflow", "@llamaindex/workflow-core", "@llama-flow/core", "llamaindex"}

var llamaModules = slices.Concat(llamaRoots, llamaScriptRoots)

// llamaAgents are the classes of single agents.
var llamaAgents = []string{"FunctionAgent", "ReActAgent", "CodeActAgent", "BaseWorkflowAgent", "OpenAIAgent", "FunctionCallingAgent"}

// llamaHuman is the node of the person who answers an InputRequiredEvent.
const llamaHuman = "human"

// llama is one project's workflows.
type llama struct {
	*extraction
	kinds  *constructs
	agents map[Ref]string // calls that make agents: their class
	order  []Ref
	flows  map[Ref]bool // classes
	used   map[Ref]bool // agents that a workflow shows
	bases  map[Ref]bool // classes that others derive from
	loose  map[Ref][]llamaStep
	limits map[Ref]Limit // that calls of run give, by the agent or team that runs
}

func readLlamaIndex(x *extraction) {
	names := slices.Concat(llamaEvents, llamaAgents, []string{"Workflow", "AgentWorkflow", "Context", "step"})
	l := &llama{extraction: x, kinds: newConstructs(x.Project, llamaRoots, names...), agents: map[Ref]string{}, flows: map[Ref]bool{}, used: map[Ref]bool{}, limits: map[Ref]Limit{}, bases: map[Ref]bool{}, loose: map[Ref][]llamaStep{}}
	for _, f := range x.Files() {
		if f.Language.IsScript() {
			l.script(f)
			continue
		}
		for i := range f.Classes {
			class := Ref{f, f.Classes[i].Node}
			if len(f.Classes[i].Bases) > 0 && l.kinds.derives(class, maxHops) == "Workflow" {
				l.flows[class] = true
				for _, base := range f.Classes[i].Bases {
					if up := l.Class(class.at(base), maxHops); up.Valid() {
						l.bases[up] = true
					}
				}
			}
		}
		l.findAgents(f)
		l.findLoose(f)
	}
	for _, f := range x.Files() {
		for i := range f.Classes {
			if class := (Ref{f, f.Classes[i].Node}); l.flows[class] && !l.abstract(class) {
				l.workflow(class)
			}
		}
	}
	for _, r := range l.order {
		if l.agents[r] == "AgentWorkflow" {
			l.team(r)
		}
	}
	inner := map[Ref]bool{}
	for _, r := range l.order {
		l.eachTool(r, func(t Ref, _ bool) {
			for _, a := range l.runs(l.toolFunction(t)) {
				inner[a] = inner[a] || a != r
			}
		})
	}
	for _, r := range l.order {
		if l.agents[r] != "AgentWorkflow" && !l.used[r] && !inner[r] {
			b := x.graph(l.agentName(r), r)
			b.entry(l.agent(b, r))
		}
	}
}

// abstract reports whether a workflow can't begin, and others derive from it.
func (l *llama) abstract(class Ref) bool {
	for _, s := range append(l.steps(class, maxHops), l.loose[class]...) {
		if slices.ContainsFunc(s.accepts, func(e llamaEvent) bool { return e.kind == "StartEvent" }) {
			return false
		}
	}
	return l.bases[class]
}

// workflow reads the steps of a class and connects them by the events that they pass.
func (l *llama) workflow(class Ref) {
	steps := l.steps(class, maxHops)
	info := class.File.ClassAt(class.Node)
	steps = append(steps, l.loose[class]...)
	if len(steps) == 0 {
		return
	}
	b := l.graph(info.Name, class)
	for _, s := range steps {
		l.stepNode(b, s)
	}
	for _, s := range steps {
		for _, e := range s.accepts {
			switch e.kind {
			case "StartEvent":
				b.edge(Edge{From: StartName, To: s.name, Kind: Seq, Place: s.fn.Place()})
			case "HumanResponseEvent":
				b.node(Node{Name: llamaHuman, Kind: Human, Implicit: true, Place: s.fn.Place(), Asks: true})
				b.edge(Edge{From: llamaHuman, To: s.name, Kind: Seq, Place: s.fn.Place()})
			}
		}
		l.connect(b, s, steps)
	}
}

// connect adds the edges of the events that a step emits.
func (l *llama) connect(b *builder, s llamaStep, steps []llamaStep) {
	type target struct {
		name string
		llamaEmission
	}
	// What is sent needs no way by the annotation, which lists it too.
	emits := slices.DeleteFunc(slices.Clone(s.emits), func(e llamaEmission) bool {
		return !e.sent && slices.ContainsFunc(s.emits, func(o llamaEmission) bool { return o.sent && o.same(e.llamaEvent) })
	})
	var targets []target
	ways := map[string]bool{}
	for _, e := range emits {
		add := func(name string) {
			targets = append(targets, target{name, e})
			if !e.sent {
				ways[name] = true
			}
		}
		switch e.kind {
		case "StopEvent":
			add(EndName)
		case "InputRequiredEvent":
			b.node(Node{Name: llamaHuman, Kind: Human, Implicit: true, Place: s.fn.Place(), Asks: true})
			add(llamaHuman)
		default:
			for _, to := range steps {
				if slices.ContainsFunc(to.accepts, func(a llamaEvent) bool { return a.same(e.llamaEvent) }) {
					add(to.name)
				}
			}
		}
	}
	condition := Condition{}
	if len(ways) > 1 {
		condition = l.Decide(s.fn, nil)
	}
	for _, t := range targets {
		e := Edge{From: s.name, To: t.name, Kind: Seq, Provenance: t.provenance, Place: t.at.Place()}
		switch {
		case t.sent:
			e.Kind, e.FanOut = Send, true
		case len(ways) > 1:
			e.Kind, e.Condition = Cond, condition
		}
		b.edge(e)
	}
}
