package agents

import (
	"slices"

	"github.com/qodacode/qodacode/parser"
)

// llamaAsks are methods of models.
var llamaAsks = map[string]bool{"complete": true, "acomplete": true, "chat": true, "achat": true, "predict": true, "apredict": true, "structured_predict": true, "astructured_predict": true,
	"stream_chat": true, "astream_chat": true, "stream_complete": true, "astream_complete": true, "chat_with_tools": true, "achat_with_tools": true, "predict_and_call": true}

// llamaStep is one step of a workflow.
type llamaStep struct {
	name    string
	fn      Ref
	accepts []llamaEvent
	emits   []llamaEmission
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
