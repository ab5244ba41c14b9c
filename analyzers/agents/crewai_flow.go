package agents

import (
	"slices"

	"github.com/qodacode/qodacode/parser"
)

// flowMaxCalls is how often a flow runs one method before it gives up (crewai 1.15: flow/runtime, max_method_calls).
const flowMaxCalls = 100

// flow is one class that derives from crewai's Flow, being read.
type flow struct {
	*cast
	c       *constructs
	class   Ref
	methods []flowMethod
	written map[string]bool // what methods of the class write in self.state and self
}

// flowMethod is a method that the flow runs.
type flowMethod struct {
	Ref
	fn       *parser.Func
	name     string
	start    bool
	router   bool
	triggers []string   // methods and labels that it waits for
	emits    []string   // labels
	source   Provenance // of the labels
	decides  Condition
}

func readCrewFlows(x *extraction) {
	c := newConstructs(x.Project, []string{"crewai"}, "Flow", "Crew", "Agent", "LiteAgent", "LLM")
	for _, f := range c.relevant() {
		for i := range f.Classes {
			class := Ref{f, f.Classes[i].Node}
			if c.derives(class, maxHops) == "Flow" {
				readFlow(x, c, class)
			}
		}
	}
}

func readFlow(x *extraction, c *constructs, class Ref) {
	w := &flow{c: c, class: class, written: map[string]bool{}}
	info := class.File.ClassAt(class.Node)
	w.collect(class, maxHops)
	if !slices.ContainsFunc(w.methods, func(m flowMethod) bool { return m.start || len(m.triggers) > 0 }) {
		return
	}
	w.cast = newCast(x.graph(info.Name, class), c)
	w.Limit = w.limit()
	for i := range w.methods {
		w.byName[w.methods[i].name] = objectKey{made: w.methods[i].Ref}
		w.add(&w.methods[i])
	}
	if len(w.Entry) == 0 { // then those that wait for something run first, too
		for i := range w.methods {
			if w.methods[i].start {
				w.entry(w.methods[i].name)
			}
		}
	}
	for i := range w.methods {
		w.connect(&w.methods[i])
	}
	for i := range w.methods {
		w.runs(&w.methods[i])
	}
}

// collect gathers the methods of a class and its bases; those of the class replace those of its bases.
func (w *flow) collect(class Ref, hops int) {
	f := class.File
	info := f.ClassAt(class.Node)
	if info == nil || hops == 0 {
		return
	}
	for _, base := range info.Bases {
		if k := f.Kind(base); k == parser.KindSubscript || k == parser.KindGenericType {
			base = f.FirstChild(base)
		}
		if up := w.c.Class(class.at(base), maxHops); up.Valid() && up != class {
			w.collect(up, hops-1)
		}
	}
	index := slices.IndexFunc(f.Classes, func(c parser.Class) bool { return c.Node == class.Node })
	for i := range f.Funcs {
		fn := &f.Funcs[i]
		if int(fn.Class) != index {
			continue
		}
		w.writes(f, fn)
		m, ok := w.method(class.at(fn.Node), fn)
		at := slices.IndexFunc(w.methods, func(have flowMethod) bool { return have.name == fn.Name })
		switch {
		case ok && at >= 0:
			w.methods[at] = m
		case ok:
			w.methods = append(w.methods, m)
		}
	}
}

// writes notes what a method writes: self.state.x = …, self.state["x"] += 1, self.x = ….
func (w *flow) writes(f *parser.File, fn *parser.Func) {
	for n := fn.Body; f.Within(n, fn.Body); n++ {
		if k := f.Kind(n); k != parser.KindAssignment && k != parser.KindAugmentedAssignment {
			continue
		}
		switch left := f.Field(n, parser.FieldLeft); f.Kind(left) {
		case parser.KindAttribute:
			w.written[f.Slice(f.AttributeName(left))] = true
		case parser.KindSubscript:
			if v := f.Eval(f.Field(left, parser.FieldSubscript)); v.Kind == parser.String {
				w.written[v.Str] = true
			}
		}
	}
}

// limit is max_method_calls, of the class or of a call that makes an instance.
func (w *flow) limit() Limit {
	for _, d := range w.class.File.Members(w.class.File.ClassAt(w.class.Node), "max_method_calls") {
		if v, ok := w.c.Number(w.class.at(d.Value)); ok {
			return Limit{v, "explicit", "max_method_calls"}
		}
	}
	name := w.class.File.ClassAt(w.class.Node).Name
	for _, r := range w.c.callsOf(name) {
		call := r.File.CallAt(r.Node)
		if a, ok := r.File.Argument(call, "max_method_calls", -1); ok && w.c.Class(r.at(call.Callee), maxHops) == w.class {
			if v, ok := w.c.Number(r.at(a.Value)); ok {
				return Limit{v, "explicit", "max_method_calls"}
			}
		}
	}
	return Limit{flowMaxCalls, "default", "max_method_calls"}
}

// add makes the node of a method, and finds out what a router may answer.
func (w *flow) add(m *flowMethod) {
	n := Node{Name: m.name, Kind: Step, Place: m.Place(), Asks: m.decides.Decider == ByHuman || w.c.asks(m.Ref, 3)}
	if m.router {
		n.Kind = Router
		if m.decides.Decider == "" {
			m.decides = w.c.Decide(m.Ref, w.written)
		}
		if m.emits == nil {
			w.answers(m)
		}
	}
	if name, _ := decoratorNamed(m.File, m.fn, "human_feedback"); name != "" {
		n.Asks = true
	}
	w.node(n)
	if m.start && len(m.triggers) == 0 {
		w.entry(m.name)
	}
}

// connect leads edges from what m waits for.
func (w *flow) connect(m *flowMethod) {
	for _, t := range m.triggers {
		for i := range w.methods {
			from := &w.methods[i]
			if from.name == t {
				w.edge(Edge{From: from.name, To: m.name, Kind: Seq, Place: m.Place()})
			}
			if slices.Contains(from.emits, t) && (t != from.name || from.name != m.name) {
				w.edge(Edge{From: from.name, To: m.name, Kind: Cond, Condition: from.decides, Provenance: from.source, Place: m.Place()})
			}
		}
	}
	if !m.router {
		return
	}
	for _, label := range m.emits { // a label that nobody waits for ends the run
		if !slices.ContainsFunc(w.methods, func(other flowMethod) bool { return slices.Contains(other.triggers, label) }) {
			w.Nodes[w.index[m.name]].Ends = m.decides
		}
	}
	for _, r := range w.c.Returns(m.Ref) {
		if !r.Valid() || r.Kind() == parser.KindNone {
			w.Nodes[w.index[m.name]].Ends = m.decides
		}
	}
}
