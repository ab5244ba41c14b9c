package agents

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// llamaRoots are the modules that define workflows, events and agents.
var llamaRoots = []string{"llama_index", "workflows", "llama_agents"}

// llamaScriptRoots are those for JavaScript.
var llamaScriptRoots = []string{"@llamaindex/workflow", "@llamaindex/workflow-core", "@llama-flow/core", "llamaindex"}

var llamaModules = slices.Concat(llamaRoots, llamaScriptRoots)

// llamaEvents are the events with a meaning of their own; all others derive from Event.
var llamaEvents = []string{"StartEvent", "StopEvent", "InputRequiredEvent", "HumanResponseEvent", "Event"}

// llamaAgents are the classes of single agents.
var llamaAgents = []string{"FunctionAgent", "ReActAgent", "CodeActAgent", "BaseWorkflowAgent", "OpenAIAgent", "FunctionCallingAgent"}

// llamaAsks are methods of models.
var llamaAsks = map[string]bool{"complete": true, "acomplete": true, "chat": true, "achat": true, "predict": true, "apredict": true, "structured_predict": true, "astructured_predict": true,
	"stream_chat": true, "astream_chat": true, "stream_complete": true, "astream_complete": true, "chat_with_tools": true, "achat_with_tools": true, "predict_and_call": true}

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

// llamaStep is one step of a workflow.
type llamaStep struct {
	name    string
	fn      Ref
	accepts []llamaEvent
	emits   []llamaEmission
}

// llamaEvent is a class of events.
type llamaEvent struct {
	name string // of the class
	kind string // the one of llamaEvents that it is or derives from
	in   Ref    // the class, where it is in the project
}

type llamaEmission struct {
	llamaEvent
	sent       bool // ctx.send_event
	provenance Provenance
	at         Ref
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

func (e llamaEvent) same(o llamaEvent) bool {
	if e.in.Valid() || o.in.Valid() {
		return e.in == o.in
	}
	return e.name == o.name
}

// steps are the methods with @step of a class and its bases in the project.
func (l *llama) steps(class Ref, hops int) []llamaStep {
	info := class.File.ClassAt(class.Node)
	if info == nil || hops <= 0 {
		return nil
	}
	var steps []llamaStep
	for _, base := range info.Bases {
		if up := l.Class(class.at(base), maxHops); up.Valid() && up != class {
			steps = append(steps, l.steps(up, hops-1)...)
		}
	}
	for i := range class.File.Funcs {
		fn := &class.File.Funcs[i]
		if fn.Class < 0 || class.File.Classes[fn.Class].Node != class.Node {
			continue
		}
		if d := l.decorator(class.File, fn); d != parser.NoNode {
			steps = slices.DeleteFunc(steps, func(s llamaStep) bool { return s.name == fn.Name })
			steps = append(steps, l.step(class.at(fn.Node), fn, 1))
		}
	}
	return steps
}

// findLoose collects the functions with @step(workflow=…) of a file, by the class they belong to.
func (l *llama) findLoose(f *parser.File) {
	for i := range f.Funcs {
		fn := &f.Funcs[i]
		if fn.Class >= 0 || len(fn.Decorators) == 0 {
			continue
		}
		if c := f.CallAt(l.decorator(f, fn)); c != nil {
			if a, ok := f.Argument(c, "workflow", -1); ok {
				if class := l.Class(Ref{f, a.Value}, maxHops); class.Valid() {
					l.loose[class] = append(l.loose[class], l.step(Ref{f, fn.Node}, fn, 0))
				}
			}
		}
	}
}

// decorator is the @step of a function, or NoNode.
func (l *llama) decorator(f *parser.File, fn *parser.Func) parser.NodeID {
	for _, d := range fn.Decorators {
		name := d
		if c := f.CallAt(d); c != nil {
			name = c.Callee
		}
		if l.kinds.named(f.QName(name)) == "step" {
			return d
		}
	}
	return parser.NoNode
}

func (l *llama) step(r Ref, fn *parser.Func, self int) llamaStep {
	s := llamaStep{name: fn.Name, fn: r}
	for i, p := range fn.Params {
		if i < self || p.Annotation == parser.NoNode {
			continue
		}
		s.accepts = append(s.accepts, l.events(r.at(p.Annotation), maxHops)...)
	}
	s.emits = l.emits(r, fn)
	return s
}

// emits are the events that a step returns, by its annotation and else by what it
// constructs, and those that it sends.
func (l *llama) emits(r Ref, fn *parser.Func) []llamaEmission {
	var out []llamaEmission
	for _, e := range l.events(r.at(fn.Returns), maxHops) {
		if e.name != "Event" || e.in.Valid() {
			out = append(out, llamaEmission{e, false, Exact, r})
		}
	}
	if len(out) == 0 {
		for _, ret := range l.Returns(r) {
			for _, e := range l.constructed(ret) {
				out = append(out, llamaEmission{e, false, Inferred, ret})
			}
		}
	}
	l.calledBy(r, 2, func(at Ref) bool {
		c := at.File.CallAt(at.Node)
		if c.Name == "send_event" && len(c.Args) > 0 {
			for _, e := range l.constructed(at.at(c.Args[0].Value)) {
				out = append(out, llamaEmission{e, true, Exact, at})
			}
		}
		return l.kinds.named(at.File.QName(c.Callee)) != ""
	})
	return out
}

// constructed are the events that an expression may be: Event(…), or a variable that holds one.
func (l *llama) constructed(r Ref) []llamaEvent {
	o := l.Origin(r, nil)
	switch o.Kind() {
	case parser.KindCall:
		return l.events(o.at(o.File.Field(o.Node, parser.FieldFunction)), 2)
	case parser.KindConditional:
		var out []llamaEvent
		for _, side := range branches(o) {
			out = append(out, l.constructed(side)...)
		}
		return out
	}
	return nil
}

// events are the classes of events that a type names.
func (l *llama) events(r Ref, hops int) []llamaEvent {
	if !r.Valid() || hops <= 0 {
		return nil
	}
	f := r.File
	each := func(of parser.NodeID, skip int) []llamaEvent {
		var out []llamaEvent
		for c := range f.Children(of) {
			if skip--; skip < 0 {
				out = append(out, l.events(r.at(c), hops-1)...)
			}
		}
		return out
	}
	switch r.Kind() {
	case parser.KindType, parser.KindParenthesized, parser.KindBinary, parser.KindUnionType, parser.KindTuple, parser.KindTypeArguments:
		return each(r.Node, 0)
	case parser.KindGenericType, parser.KindSubscript:
		return each(r.Node, 1)
	case parser.KindString:
		var out []llamaEvent
		for _, name := range strings.FieldsFunc(f.Slice(r.Node), func(c rune) bool { return strings.ContainsRune(`"' |[],`, c) }) {
			if d, in := l.export(f, name, maxHops); d != nil && d.Kind == parser.ClassDef {
				out = append(out, l.eventClass(Ref{in, in.Classes[d.Index].Node})...)
			} else if slices.Contains(llamaEvents, name) {
				out = append(out, llamaEvent{name: name, kind: name})
			}
		}
		return out
	case parser.KindIdentifier, parser.KindAttribute:
		if name := l.kinds.named(f.QName(r.Node)); name != "" {
			if slices.Contains(llamaEvents, name) {
				return []llamaEvent{{name: name, kind: name}}
			}
			return nil
		}
		if class := l.Class(r, maxHops); class.Valid() {
			return l.eventClass(class)
		}
		if v, ok := l.Value(r); ok && v != r { // Events = A | B
			return l.events(v, hops-1)
		}
		if q := f.QName(r.Node); strings.HasSuffix(q, "Event") { // of a module that is not here
			return []llamaEvent{{name: r.name(), kind: "Event"}}
		}
	}
	return nil
}

func (l *llama) eventClass(class Ref) []llamaEvent {
	if kind := l.kinds.derives(class, maxHops); slices.Contains(llamaEvents, kind) {
		return []llamaEvent{{class.File.ClassAt(class.Node).Name, kind, class}}
	}
	return nil
}

// stepNode adds a step with the agents and workflows that it runs.
func (l *llama) stepNode(b *builder, s llamaStep) {
	n := Node{Name: s.name, Kind: Step, Place: s.fn.Place(), Asks: l.asks(s.fn, 3)}
	for _, c := range callsBelow(s.fn.File, s.fn.Node) {
		n.Calls = n.Calls || llamaAsks[c.Name]
		if c.Name == "wait_for_event" && len(c.Args) > 0 {
			for _, e := range l.events(s.fn.at(c.Args[0].Value), maxHops) {
				n.Asks = n.Asks || e.kind == "HumanResponseEvent"
			}
		}
	}
	b.node(n)
	for _, a := range l.runs(s.fn) {
		l.used[a] = true
		b.edge(Edge{From: s.name, To: l.agent(b, a), Kind: Calls, Place: a.Place()})
	}
	l.calledBy(s.fn, 3, func(r Ref) bool {
		c := r.File.CallAt(r.Node)
		if c.Name != "run" {
			return false
		}
		o := l.Origin(r.at(receiver(r)), nil)
		class := l.Class(o, maxHops)
		if class.Valid() && l.flows[class] && !class.File.Within(s.fn.Node, class.Node) {
			name := class.File.ClassAt(class.Node).Name
			b.node(Node{Name: name, Kind: Subgraph, Place: class.Place()})
			b.edge(Edge{From: s.name, To: name, Kind: Calls, Place: r.Place()})
		}
		return class.Valid()
	})
}
