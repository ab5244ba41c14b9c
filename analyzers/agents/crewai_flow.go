package agents

import (
	"slices"
	"strings"

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
		w.byName[w.methods[i].name] = w.methods[i].Ref
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

// method reads the decorators of a function.
func (w *flow) method(r Ref, fn *parser.Func) (m flowMethod, ok bool) {
	m = flowMethod{Ref: r, fn: fn, name: fn.Name}
	f := r.File
	for _, d := range fn.Decorators {
		e := decorated(f, d)
		kind := lastName(f.Slice(e))
		if f.Kind(d) == parser.KindDecorator {
			d = f.FirstChild(d)
		}
		call := f.CallAt(d)
		switch kind {
		case "start", "listen", "router":
			ok = true
			m.start = m.start || kind == "start"
			m.router = m.router || kind == "router"
			if call != nil {
				if a, given := f.Argument(call, "condition", 0); given {
					m.triggers = append(m.triggers, w.conditions(r.at(a.Value), maxHops)...)
				}
			}
		}
		if call == nil || kind != "router" && kind != "human_feedback" {
			continue
		}
		if a, given := f.Argument(call, "emit", -1); given {
			if labels, all := w.texts(r.at(a.Value)); all && len(labels) > 0 {
				m.router, m.emits = true, labels
				if kind == "human_feedback" {
					m.decides = Condition{Decider: ByHuman}
				}
			}
		}
	}
	return m, ok
}

func lastName(s string) string { return s[strings.LastIndexByte(s, '.')+1:] }

// texts are the strings of a list, or the one string.
func (w *flow) texts(r Ref) ([]string, bool) {
	if s, ok := w.c.String(r); ok {
		return []string{s}, true
	}
	elems, all := w.c.Elements(r)
	var out []string
	for _, e := range elems {
		s, known := w.c.String(e)
		if known {
			out = append(out, s)
		}
		all = all && known
	}
	return out, all
}

// conditions are the methods and labels that a trigger names.
func (w *flow) conditions(r Ref, hops int) []string {
	if hops == 0 || !r.Valid() {
		return nil
	}
	f := r.File
	r.Node = f.Unwrap(r.Node)
	switch r.Kind() {
	case parser.KindCall: // or_(…), and_(…)
		var out []string
		call := f.CallAt(r.Node)
		if name := call.Name; name == "or_" || name == "and_" || w.c.named(f.QName(call.Callee)) != "" {
			for _, a := range call.Args {
				out = append(out, w.conditions(r.at(a.Value), hops-1)...)
			}
		}
		return out
	case parser.KindIdentifier, parser.KindAttribute:
		if s, ok := w.c.String(r); ok {
			return []string{s}
		}
		if fn := w.c.Function(r); fn.Valid() {
			return []string{fn.Func().Name}
		}
		if n := r.name(); n == "value" && r.Kind() == parser.KindAttribute { // Route.A.value
			return w.conditions(r.at(f.Field(r.Node, parser.FieldObject)), hops-1)
		} else if n != "" {
			return []string{n}
		}
	case parser.KindList, parser.KindTuple:
		elems, _ := w.c.Elements(r)
		var out []string
		for _, e := range elems {
			out = append(out, w.conditions(e, hops-1)...)
		}
		return out
	}
	if s, ok := w.c.String(r); ok {
		return []string{s}
	}
	return nil
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

// answers are the labels that a router returns: those of its annotation, else of its body.
func (w *flow) answers(m *flowMethod) {
	if m.fn.Returns != parser.NoNode {
		if labels, all := w.c.Literals(m.at(m.fn.Returns)); all && len(labels) > 0 {
			m.emits, m.source = labels, Annotation
			return
		}
	}
	m.source = Inferred
	for _, r := range w.c.Returns(m.Ref) {
		if !r.Valid() || r.Kind() == parser.KindNone {
			continue
		}
		labels, all := w.c.Strings(r)
		m.emits = append(m.emits, labels...)
		if !all {
			w.open("what the router "+m.name+" answers can't be told", r)
		}
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

// runs adds the crews, agents and flows that a method starts.
func (w *flow) runs(m *flowMethod) {
	f := m.File
	for i := range f.Calls {
		call := &f.Calls[i]
		if !f.Within(call.Node, m.fn.Body) {
			continue
		}
		switch call.Name {
		case "kickoff", "kickoff_async", "kickoff_for_each", "kickoff_for_each_async", "akickoff", "execute_task":
			callee := f.Unwrap(call.Callee)
			if f.Kind(callee) == parser.KindAttribute {
				w.started(m, m.at(f.Field(callee, parser.FieldObject)))
			}
		case "call", "acall", "completion", "acompletion", "create", "invoke", "ainvoke", "generate_content":
			w.Nodes[w.index[m.name]].Calls = true
		}
	}
}

// started adds what one kickoff starts.
func (w *flow) started(m *flowMethod, r Ref) {
	w.Nodes[w.index[m.name]].Calls = true
	name, kind := w.crewName(r), Subgraph
	o, ok := w.c.object(r, nil)
	if ok {
		switch o.class {
		case "Crew":
			name = ""
			if class := crewClass(w.c, o.Ref); class.Valid() {
				name = class.className()
			}
		case "Agent", "LiteAgent":
			kind, name = Agent, ""
		case "Flow":
			name = w.c.Class(o.at(o.call.Callee), maxHops).className()
		}
		name, _ = w.name(o, name, w.c.text(o, "role", -1))
	}
	if name == "" {
		w.open("what "+m.name+" starts can't be told", r)
		return
	}
	place := r.Place()
	if ok {
		place = o.Place()
	}
	child := Node{Name: name, Kind: kind, Place: place, Calls: true}
	if kind == Agent {
		child.Model = crewModel
		if llm, given := w.c.arg(o, "llm", -1); given {
			child.Model = w.c.model(llm)
		}
	}
	w.node(child)
	w.edge(Edge{From: m.name, To: name, Kind: Calls, Place: r.Place()})
}

// crewName is the class in SomeCrew().crew(), or the name of what is started.
func (w *flow) crewName(r Ref) string {
	f := r.File
	r.Node = f.Unwrap(r.Node)
	switch r.Kind() {
	case parser.KindCall:
		callee := f.Unwrap(f.Field(r.Node, parser.FieldFunction))
		if f.Kind(callee) == parser.KindAttribute && f.Slice(f.AttributeName(callee)) == "crew" {
			return w.crewName(r.at(f.Field(callee, parser.FieldObject)))
		}
		if n := r.at(callee).name(); n != "" {
			return n
		}
	case parser.KindIdentifier, parser.KindAttribute:
		if v, ok := w.c.Value(r); ok && v.Kind() == parser.KindCall {
			return w.crewName(v)
		}
		return r.name()
	}
	return ""
}

// className is the name of the class that r is.
func (r Ref) className() string {
	if !r.Valid() {
		return ""
	}
	if class := r.File.ClassAt(r.Node); class != nil {
		return class.Name
	}
	return ""
}
