package agents

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// prebuiltKind is the shape of the graph that one of LangGraph's functions builds.
type prebuiltKind uint8

const (
	reactAgent prebuiltKind = iota + 1 // a node agent and a node tools
	modelAgent                         // a node model and a node tools
	deepAgent                          // that, with sub-agents
	supervisor                         // an agent that hands over to others, who hand back
	swarm                              // agents that hand over to each other
)

// prebuiltKinds are the functions that build a whole graph.
var prebuiltKinds = map[string]prebuiltKind{
	"create_react_agent": reactAgent, "createReactAgent": reactAgent,
	"create_agent": modelAgent, "createAgent": modelAgent,
	"create_deep_agent": deepAgent, "createDeepAgent": deepAgent, "async_create_deep_agent": deepAgent,
	"create_supervisor": supervisor, "createSupervisor": supervisor,
	"create_swarm": swarm, "createSwarm": swarm,
}

// prebuilt is one call of such a function.
type prebuilt struct {
	kind      prebuiltKind
	construct string
	at        Ref
	call      *parser.Call
	used      bool // as a node of another graph
	graph     *builder
}

// option is an argument of the call; functions and middleware that are not written out have none.
func (l *langgraph) option(a *prebuilt, pos int, names ...string) (slot, bool) {
	for i, name := range names {
		p := -1
		if i == 0 && !a.at.File.Language.IsScript() {
			p = pos
		}
		if arg, ok := a.at.File.Argument(a.call, name, p); ok {
			return slot{Ref: a.at.at(arg.Value)}, true
		}
	}
	return slot{}, false
}

// agentName is the name that a prebuilt agent runs under.
func (l *langgraph) agentName(a *prebuilt) string {
	if v, ok := l.option(a, -1, "name", "supervisor_name", "supervisorName"); ok {
		if s, ok := l.text(v.Ref, v.frame); ok {
			return s
		}
	}
	if a.kind == supervisor {
		return "supervisor"
	}
	return holder(a.at)
}

// describeAgent completes a node that is a prebuilt agent.
func (l *langgraph) describeAgent(n *Node, a *prebuilt) {
	n.Calls = true
	n.alias(l.agentName(a))
	n.alias(holder(a.at))
	first, second := 0, 1
	if a.kind == supervisor || a.kind == swarm { // agents come first
		first, second = -1, -1
	}
	if v, ok := l.option(a, first, "model", "llm"); ok {
		n.Model = l.modelName(v, maxHops)
	}
	if v, ok := l.option(a, second, "tools"); ok {
		n.Tools = l.toolNames(v)
	}
	if v, ok := l.option(a, -1, "middleware"); ok {
		l.middleware(n, v)
	}
	for _, name := range []string{"interrupt_before", "interrupt_after", "interruptBefore", "interruptAfter", "interrupt_on", "interruptOn"} {
		if _, ok := l.option(a, -1, name); ok {
			n.Asks = true
		}
	}
}

// middleware reads what bounds an agent or asks a person.
func (l *langgraph) middleware(n *Node, list slot) {
	items, _ := l.items(list.Ref, list.frame)
	for _, it := range items {
		o := l.originOf(it)
		if !o.Valid() {
			continue
		}
		c := o.File.CallAt(o.Node)
		if c == nil {
			continue
		}
		switch strings.ToLower(c.Name) {
		case "humanintheloopmiddleware":
			n.Asks = true
		case "modelcalllimitmiddleware", "toolcalllimitmiddleware":
			for _, key := range []string{"run_limit", "runLimit", "thread_limit", "threadLimit"} {
				if a, ok := o.File.Argument(c, key, -1); ok {
					if v, ok := l.number(o.at(a.Value), o.frame); ok && n.Limit.Value == 0 {
						n.Limit = Limit{v, "explicit", key}
					}
				}
			}
		}
	}
}

// prebuilts makes the graphs of prebuilt agents that are not nodes of another graph.
func (l *langgraph) prebuilts() {
	all := make([]*prebuilt, 0, len(l.agents))
	for _, a := range l.agents {
		all = append(all, a)
	}
	slices.SortFunc(all, func(a, b *prebuilt) int {
		if c := strings.Compare(a.at.File.Path, b.at.File.Path); c != 0 {
			return c
		}
		return int(a.at.Node - b.at.Node)
	})
	// Those that lead others first, as they use them.
	for _, a := range all {
		l.ask()
		if a.kind >= deepAgent {
			a.graph = l.graph(l.agentName(a), a.at)
			switch a.kind {
			case supervisor:
				l.supervisor(a)
			case swarm:
				l.swarm(a)
			case deepAgent:
				l.deepAgent(a)
			}
		}
	}
	for _, a := range all {
		l.ask()
		if a.graph == nil && !a.used {
			a.graph = l.graph(l.agentName(a), a.at)
			l.singleAgent(a)
		}
	}
}

// singleAgent is a model and its tools, in turns, with the hooks that create_react_agent
// knows around the model, and a last node for an answer of a given shape.
func (l *langgraph) singleAgent(a *prebuilt) string {
	name := "agent"
	if a.kind != reactAgent {
		name = "model"
	}
	n := Node{Name: name, Kind: Agent, Place: a.at.Place()}
	l.describeAgent(&n, a)
	g := a.graph
	g.node(n)
	toolset := len(n.Tools) > 0 || a.kind == deepAgent
	if v, ok := l.option(a, 1, "tools"); ok && !toolset {
		items, complete := l.items(v.Ref, v.frame)
		toolset = len(items) > 0 || !complete
	}
	by := Condition{Decider: ToolCall}
	if n.Limit.Value > 0 {
		by = Condition{Decider: Counter, Bound: Bound{Expr: n.Limit.What, Value: n.Limit.Value, Effective: true}}
	}
	link := func(from, to string, kind EdgeKind, c Condition) {
		g.edge(Edge{From: from, To: to, Kind: kind, Condition: c, Place: n.Place})
	}
	first, last, end := name, name, EndName
	if a.kind == reactAgent {
		if l.hook(a, "pre_model_hook", "preModelHook") {
			first = "pre_model_hook"
			link(first, name, Seq, Condition{})
		}
		if l.hook(a, "post_model_hook", "postModelHook") {
			last = "post_model_hook"
			link(name, last, Seq, Condition{})
		}
		if v, ok := l.option(a, -1, "response_format", "responseFormat"); ok && v.Kind() != parser.KindNone {
			end = "generate_structured_response"
			g.node(Node{Name: end, Kind: Step, Implicit: true, Calls: true, Place: n.Place})
			link(end, EndName, Seq, Condition{})
		}
	}
	link(StartName, first, Seq, Condition{})
	if !toolset {
		link(last, end, Seq, Condition{})
		return name
	}
	g.node(Node{Name: "tools", Kind: Toolset, Implicit: true, Tools: n.Tools, Place: n.Place})
	link(last, "tools", Cond, by)
	link("tools", first, Seq, Condition{})
	link(last, end, Cond, by)
	if last != name {
		link(last, first, Cond, by)
	}
	return name
}

// hook adds the node of a function that runs around the model, if the call has one.
func (l *langgraph) hook(a *prebuilt, names ...string) bool {
	v, ok := l.option(a, -1, names...)
	if !ok || v.Kind() == parser.KindNone {
		return false
	}
	n := Node{Name: names[0], Kind: Step, Place: v.Place()}
	if fns, known := l.callables(v.Ref, v.frame, maxHops); known {
		for _, fn := range fns {
			n.alias(fn.Func().Name)
			n.Asks = n.Asks || l.asks(fn.Ref, 3)
		}
	}
	a.graph.node(n)
	return true
}
