package agents

import (
	"regexp"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// lastEvents tells events with which a workflow is over.
var lastEvents = regexp.MustCompile(`(?i)stop|end|done|result|final|finish|complete|output|success|fail`)

// llamaHandler is one .handle([events], function).
type llamaHandler struct {
	name    string
	fn      Ref
	accepts []Ref
}

// script reads the workflows and agents of LlamaIndex for TypeScript in one file.
func (l *llama) script(f *parser.File) {
	handlers := map[Ref][]llamaHandler{}
	var flows []Ref
	for i := range f.Calls {
		c := &f.Calls[i]
		r := Ref{f, c.Node}
		switch c.Name {
		case "createWorkflow":
			if l.fromLlama(f, c, "createWorkflow") {
				flows = append(flows, r)
			}
		case "handle":
			if len(c.Args) < 2 {
				continue
			}
			o := l.Origin(r.at(receiver(r)), func(m string) bool { return m == "handle" })
			if k := o.File.CallAt(o.Node); k != nil && k.Name == "createWorkflow" {
				handlers[o] = append(handlers[o], l.handler(r, c))
			} else if k != nil && len(k.Args) > 0 { // withState(createWorkflow())
				if inner := l.Origin(o.at(k.Args[0].Value), nil); inner.File.CallAt(inner.Node) != nil {
					handlers[inner] = append(handlers[inner], l.handler(r, c))
				}
			}
		case "multiAgent":
			if l.fromLlama(f, c, "multiAgent") {
				l.scriptTeam(r)
			}
		}
	}
	for _, flow := range flows {
		if hs := handlers[flow]; len(hs) > 0 {
			l.scriptFlow(flow, hs)
		}
	}
}

func (l *llama) fromLlama(f *parser.File, c *parser.Call, name string) bool {
	q := f.QName(c.Callee)
	return strings.HasSuffix(q, "."+name) && slices.ContainsFunc(llamaScriptRoots, func(root string) bool { return strings.HasPrefix(q, root) })
}

func (l *llama) handler(r Ref, c *parser.Call) llamaHandler {
	h := llamaHandler{fn: l.Function(r.at(c.Args[1].Value)), name: r.at(c.Args[1].Value).name()}
	if h.fn.Valid() && h.name == "" {
		h.name = h.fn.at(h.fn.File.Field(h.fn.Node, parser.FieldName)).Text()
	}
	elems, _ := l.Elements(r.at(c.Args[0].Value))
	for _, e := range elems {
		h.accepts = append(h.accepts, l.Origin(e, nil))
		if h.name == "" {
			h.name = e.name()
		}
	}
	return h
}

func (l *llama) scriptFlow(flow Ref, handlers []llamaHandler) {
	name := given(flow)
	if name == "" {
		name = "workflow"
	}
	b := l.graph(name, flow)
	for _, h := range handlers {
		place := h.fn.Place()
		if !h.fn.Valid() {
			place = flow.Place()
			b.open("the handler "+h.name+" can't be followed", flow)
		}
		b.node(Node{Name: h.name, Kind: Step, Place: place})
	}
	produced := map[Ref]bool{}
	for _, h := range handlers {
		l.scriptEmits(b, h, handlers, produced)
	}
	for _, h := range handlers {
		for _, e := range h.accepts {
			if !produced[e] {
				b.edge(Edge{From: StartName, To: h.name, Kind: Seq, Place: h.fn.Place()})
			}
		}
	}
}

// scriptEmits connects a handler with those of the events that it makes: event.with(…).
func (l *llama) scriptEmits(b *builder, h llamaHandler, handlers []llamaHandler, produced map[Ref]bool) {
	if !h.fn.Valid() {
		return
	}
	var edges []Edge
	ways := map[string]bool{}
	for _, c := range callsBelow(h.fn.File, h.fn.Node) {
		if c.Name != "with" {
			continue
		}
		at := h.fn.at(c.Node)
		event := l.Origin(at.at(receiver(at)), nil)
		k := event.File.CallAt(event.Node)
		if k == nil || !strings.HasSuffix(k.Name, "Event") && k.Name != "or" {
			continue
		}
		e := Edge{From: h.name, Kind: Seq, Place: at.Place()}
		if p := h.fn.File.CallAt(h.fn.File.Parent(h.fn.File.Parent(c.Node))); p != nil && p.Name == "sendEvent" {
			e.Kind, e.FanOut = Send, h.fn.File.EnclosingLoop(c.Node) != nil
		}
		handled := false
		for _, to := range handlers {
			if slices.Contains(to.accepts, event) {
				e.To, handled = to.name, true
				edges = append(edges, e)
				ways[e.To] = true
				produced[event] = true
			}
		}
		if name := at.at(receiver(at)).name(); !handled && lastEvents.MatchString(name) {
			e.To, e.Kind, e.FanOut = EndName, Seq, false
			edges = append(edges, e)
			ways[e.To] = true
		}
	}
	condition := Condition{}
	if len(ways) > 1 {
		condition = l.Decide(h.fn, nil)
	}
	for _, e := range edges {
		if len(ways) > 1 && !e.FanOut {
			e.Kind, e.Condition = Cond, condition
		}
		b.edge(e)
	}
}

// scriptTeam reads multiAgent({ agents, rootAgent }).
func (l *llama) scriptTeam(r Ref) {
	name := given(r)
	if name == "" {
		name = "multiAgent"
	}
	b := l.graph(name, r)
	b.Limit = Limit{0, "none", ""}
	v, _ := l.option(r, "agents")
	elems, known := l.Elements(v)
	if !known || !v.Valid() {
		b.open("the agents are not written out", r)
	}
	names := map[Ref]string{}
	for _, e := range elems {
		o := l.Origin(e, nil)
		if o.File.CallAt(o.Node) == nil {
			b.open("an agent can't be followed", e)
			continue
		}
		names[o] = l.scriptAgent(b, o)
	}
	for _, e := range elems {
		o := l.Origin(e, nil)
		to, ok := l.option(o, "canHandoffTo")
		if !ok {
			continue
		}
		targets, _ := l.Elements(to)
		for _, t := range targets {
			s, ok := l.String(t)
			if !ok {
				s = names[l.Origin(t, nil)]
			}
			if b.has(s) {
				b.edge(Edge{From: names[o], To: s, Kind: Handoff, Place: t.Place()})
			}
		}
	}
	if root, ok := l.option(r, "rootAgent"); ok {
		o := l.Origin(root, nil)
		if names[o] == "" && o.File.CallAt(o.Node) != nil {
			names[o] = l.scriptAgent(b, o)
		}
		if names[o] != "" {
			b.entry(names[o])
		}
	}
}

func (l *llama) scriptAgent(b *builder, o Ref) string {
	name := l.agentName(o)
	n := Node{Name: name, Kind: Agent, Place: o.Place(), Calls: true}
	n.alias(given(o))
	if v, ok := l.option(o, "llm"); ok {
		n.Model = l.modelName(v)
	}
	b.node(n)
	tools, ok := l.option(o, "tools")
	if !ok {
		return name
	}
	elems, known := l.Elements(tools)
	if !known {
		b.open("the tools of "+name+" are not written out", tools)
	}
	for _, t := range elems {
		tool := Node{Name: l.textOption(l.Origin(t, nil), "name"), Kind: Tool, Place: t.Place()}
		if tool.Name == "" {
			tool.Name = t.name()
		}
		if tool.Name == "" {
			b.open("a tool of "+name+" has no name that can be read", t)
			continue
		}
		tool.alias(t.name())
		b.node(tool)
		b.Nodes[b.index[name]].merge(Node{Tools: []string{tool.Name}})
		b.edge(Edge{From: name, To: tool.Name, Kind: Uses, Place: t.Place()})
	}
	return name
}
