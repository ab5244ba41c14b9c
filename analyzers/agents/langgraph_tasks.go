package agents

import (
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// readTasks reads the functional API: an entrypoint that calls tasks.
func (l *langgraph) readTasks() {
	for _, f := range l.importing() {
		for i := range f.Funcs {
			fn := &f.Funcs[i]
			for _, d := range fn.Decorators {
				if functional(f, d) == "entrypoint" {
					l.entrypoint(fn.Name, Ref{f, fn.Node}, Ref{f, fn.Node})
				}
			}
		}
		if !f.Language.IsScript() {
			continue
		}
		for i := range f.Calls { // entrypoint("name", async (x) => …)
			c := &f.Calls[i]
			if c.Name != "entrypoint" || functional(f, c.Callee) != "entrypoint" || len(c.Args) < 2 {
				continue
			}
			at := Ref{f, c.Node}
			if fns, _ := l.callables(at.at(c.Args[1].Value), nil, maxHops); len(fns) == 1 {
				name := l.optionName(at, c)
				if name == "" {
					name = holder(at)
				}
				l.entrypoint(name, at, fns[0].Ref)
			}
		}
	}
}

// functional is the function of langgraph.func that n is or calls.
func functional(f *parser.File, n parser.NodeID) string {
	if c := f.CallAt(n); c != nil {
		n = c.Callee
	}
	q := f.QName(n)
	if !ofModules(q, langgraphModules) {
		return ""
	}
	return strings.TrimSuffix(lastOf(q), "()")
}

// optionName is the name that task and entrypoint are given in JavaScript: a text, or an option.
func (l *langgraph) optionName(at Ref, c *parser.Call) string {
	if len(c.Args) == 0 {
		return ""
	}
	if s, ok := l.text(at.at(c.Args[0].Value), nil); ok {
		return s
	}
	if a, ok := at.File.Argument(c, "name", -1); ok {
		s, _ := l.text(at.at(a.Value), nil)
		return s
	}
	return ""
}

// entrypoint makes the graph of one entrypoint and the tasks that it calls.
func (l *langgraph) entrypoint(name string, at, fn Ref) {
	l.ask()
	b := l.graph(name, at)
	n := Node{Name: name, Kind: Step, Place: at.Place(), Asks: l.asks(fn, 1)}
	n.Calls = l.asksModel(callable{fn, nil}, &n, 1)
	b.node(n)
	b.entry(name)
	l.tasks(b, name, fn, map[Ref]bool{fn: true})
}

// tasks adds the tasks that fn calls, and what they call.
func (l *langgraph) tasks(b *builder, from string, fn Ref, seen map[Ref]bool) {
	callsIn(fn, func(c *parser.Call) bool {
		callee := fn.at(c.Callee)
		task, body, at := l.task(callee)
		if task == "" {
			return true
		}
		if body.Valid() && !b.has(task) {
			n := Node{Name: task, Kind: Step, Place: at.Place(), Asks: l.asks(body, 2)}
			n.Calls = l.asksModel(callable{body, nil}, &n, 3)
			if n.Asks && !n.Calls {
				n.Kind = Human
			}
			b.node(n)
		}
		b.edge(Edge{From: from, To: task, Kind: Calls, FanOut: fn.File.EnclosingLoop(c.Node) != nil && fn.File.EnclosingLoop(c.Node).Kind != parser.WhileLoop, Place: fn.at(c.Node).Place()})
		if loop := fn.File.EnclosingLoop(c.Node); loop != nil && loop.Kind == parser.WhileLoop && fn.File.Within(loop.Node, fn.Node) {
			b.edge(Edge{From: from, To: from, Kind: LoopBack, Condition: l.Decide(fn, nil), Place: fn.at(loop.Node).Place()})
		}
		if body.Valid() && !seen[body] {
			seen[body] = true
			l.tasks(b, task, body, seen)
		}
		return true
	})
}

// task is the task that a call calls: its name, its function and where it is made.
func (l *langgraph) task(callee Ref) (name string, body, at Ref) {
	callee.Node = callee.File.Unwrap(callee.Node)
	if fn := l.Function(callee); fn.Valid() {
		info := fn.Func()
		for _, d := range info.Decorators {
			if functional(fn.File, d) == "task" {
				name = info.Name
				if c := fn.File.CallAt(d); c != nil {
					if a, ok := fn.File.Argument(c, "name", -1); ok {
						if s, ok := l.text(fn.at(a.Value), nil); ok {
							name = s
						}
					}
				}
				return name, fn, fn
			}
		}
		return "", fn, fn
	}
	if k := callee.Kind(); k != parser.KindIdentifier && k != parser.KindAttribute {
		return "", callee, callee
	}
	o := l.Origin(callee, nil)
	c := o.File.CallAt(o.Node)
	if c == nil || c.Name != "task" || functional(o.File, c.Callee) != "task" {
		return "", callee, callee
	}
	if len(c.Args) > 0 {
		if fns, _ := l.callables(o.at(c.Args[len(c.Args)-1].Value), nil, maxHops); len(fns) == 1 {
			body = fns[0].Ref
		}
	}
	if name = l.optionName(o, c); name == "" {
		name = callee.name()
	}
	return name, body, o
}
