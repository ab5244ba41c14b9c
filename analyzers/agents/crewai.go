package agents

import (
	"path"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// CrewAI's own values where the code gives none (crewai 1.15: agents/agent_builder/base_agent.py, constants.py).
const (
	crewModel   = "gpt-4.1-mini"
	crewMaxIter = 25
	// crewManager is the role of the agent that leads a hierarchical crew without a manager_agent.
	crewManager = "Crew Manager"
)

// crew is one Crew(…) being read.
type crew struct {
	*cast
	config  *crewConfig // of the @CrewBase class around it, or nil
	class   Ref         // that class
	members []string    // agents of the crew, in order
	agents  map[string]object
	order   []string // tasks
}

func readCrewAI(x *extraction) {
	c := newConstructs(x.Project, []string{"crewai"}, "Agent", "LiteAgent", "Task", "ConditionalTask", "Crew", "CrewBase", "MultimodalAgent")
	configs := map[Ref]*crewConfig{}
	contexts := c.assignments("context")
	c.each(func(o object) { readCrew(x, c, o, configs, contexts) }, "Crew")
}

func readCrew(x *extraction, c *constructs, o object, configs map[Ref]*crewConfig, contexts []assignment) {
	k := &crew{class: crewClass(c, o.Ref), agents: map[string]object{}}
	name := o.bound()
	if k.class.Valid() {
		name = k.class.File.ClassAt(k.class.Node).Name
		if configs[k.class] == nil {
			configs[k.class] = c.crewConfig(k.class)
		}
		k.config = configs[k.class]
	}
	if name == "" {
		name = "crew"
	}
	b := x.graph(name, o.Ref)
	k.cast = newCast(b, c)
	if k.config != nil {
		for _, problem := range k.config.problems {
			b.open(problem, k.class)
		}
	}
	for _, a := range k.list(o, "agents", "agent", 0) {
		k.member(a)
	}
	tasks := k.list(o, "tasks", "task", 1)
	for _, t := range tasks {
		k.task(t)
	}
	hierarchical := k.hierarchical(o)
	k.link(tasks, contexts)
	if hierarchical {
		k.lead(o)
	} else {
		k.delegation()
	}
}

// crewClass is the @CrewBase class that r stands in, if any.
func crewClass(c *constructs, r Ref) Ref {
	class := r.File.ClassAround(r.Node)
	if class == nil {
		return Ref{nil, parser.NoNode}
	}
	for _, d := range class.Decorators {
		if e := decorated(r.File, d); c.named(r.File.QName(e)) == "CrewBase" || r.File.Slice(e) == "CrewBase" {
			return r.at(class.Node)
		}
	}
	return Ref{nil, parser.NoNode}
}

// decorated is the function or class that a decorator applies, without its arguments.
func decorated(f *parser.File, d parser.NodeID) parser.NodeID {
	if f.Kind(d) == parser.KindDecorator {
		d = f.FirstChild(d)
	}
	if f.Kind(d) == parser.KindCall {
		return f.Field(d, parser.FieldFunction)
	}
	return d
}

// decoratorNamed is the decorator of fn with a last segment among names, without its
// arguments, and the call if it has some.
func decoratorNamed(f *parser.File, fn *parser.Func, names ...string) (name string, at parser.NodeID) {
	for _, d := range fn.Decorators {
		e := decorated(f, d)
		s := f.Slice(e)
		if s = s[strings.LastIndexByte(s, '.')+1:]; slices.Contains(names, s) {
			if f.Kind(d) == parser.KindDecorator {
				d = f.FirstChild(d)
			}
			return s, d
		}
	}
	return "", parser.NoNode
}

// list are the agents or tasks that a crew is given; self.agents and self.tasks of a
// @CrewBase class are its decorated methods in order.
func (k *crew) list(o object, arg, decorator string, pos int) []object {
	r, ok := k.c.arg(o, arg, -1)
	if !ok {
		return nil
	}
	f := r.File
	if k.class.Valid() && f.Kind(r.Node) == parser.KindAttribute && f.IsSelf(f.Field(r.Node, parser.FieldObject)) && r.name() == arg {
		return k.decoratedMethods(k.class, decorator, maxHops)
	}
	elems, complete := k.c.Elements(r)
	var out []object
	for _, e := range elems {
		if e.Kind() == parser.KindSpread {
			complete = false
			continue
		}
		made, ok := k.c.object(e, o.via)
		if !ok {
			k.open("which "+decorator+" "+short(e)+" is can't be told", e)
			continue
		}
		out = append(out, made)
	}
	if !complete {
		k.open("some "+arg+" of the crew are not written out", r)
	}
	return out
}

// decoratedMethods are the objects that the methods of a class with a decorator return, base classes first.
func (k *crew) decoratedMethods(class Ref, decorator string, hops int) (out []object) {
	f := class.File
	info := f.ClassAt(class.Node)
	if info == nil || hops == 0 {
		return nil
	}
	for _, base := range info.Bases {
		if up := k.c.Class(class.at(base), maxHops); up.Valid() && up != class {
			out = append(out, k.decoratedMethods(up, decorator, hops-1)...)
		}
	}
	index := slices.IndexFunc(f.Classes, func(c parser.Class) bool { return c.Node == class.Node })
	for i := range f.Funcs {
		fn := &f.Funcs[i]
		if int(fn.Class) != index {
			continue
		}
		if name, _ := decoratorNamed(f, fn, decorator); name == "" {
			continue
		}
		returns := k.c.Returns(class.at(fn.Node))
		if len(returns) != 1 {
			k.open("what "+fn.Name+" returns can't be told", class.at(fn.Node))
			continue
		}
		o, ok := k.c.object(returns[0], nil)
		o.names = append([]string{fn.Name}, o.names...)
		if !ok {
			k.open("what "+fn.Name+" returns can't be told", returns[0])
			continue
		}
		out = append(out, o)
	}
	return out
}

// member adds an agent and returns its name.
func (k *crew) member(o object) string {
	name := k.agent(o)
	if !slices.Contains(k.members, name) {
		k.members = append(k.members, name)
	}
	return name
}

// settings are the entry of the YAML file that config= names.
func (k *crew) settings(o object, kind string) crewEntry {
	r, ok := k.c.arg(o, "config", -1)
	if !ok {
		return crewEntry{}
	}
	config, class := k.config, k.class
	if c := crewClass(k.c, r); c.Valid() && c != class {
		config = k.c.crewConfig(c)
	}
	if config == nil {
		config = k.c.crewConfig(r)
	}
	key, ok := k.c.subscriptKey(r)
	if !ok {
		return crewEntry{}
	}
	entries := config.agents
	if kind == "task" {
		entries = config.tasks
	}
	e, ok := entries[key]
	if !ok && config.has(kind) {
		k.open("there is no "+kind+" "+key+" in the YAML file", r)
	}
	e.key = key
	return e
}

// subscriptKey is the key in x["key"], also of x.get("key").
func (c *constructs) subscriptKey(r Ref) (string, bool) {
	f := r.File
	switch r.Kind() {
	case parser.KindSubscript:
		return c.String(r.at(f.Field(r.Node, parser.FieldSubscript)))
	case parser.KindCall:
		if call := f.CallAt(r.Node); call.Name == "get" && len(call.Args) > 0 {
			return c.String(r.at(call.Args[0].Value))
		}
	case parser.KindIdentifier:
		if v, ok := c.Value(r); ok && v.Kind() == parser.KindSubscript {
			return c.subscriptKey(v)
		}
	}
	return "", false
}

func (k *crew) agent(o object) string {
	e := k.settings(o, "agent")
	role := k.c.text(o, "role", -1)
	if role == "" {
		role = e.text("role")
	}
	name, fresh := k.name(o, "", role)
	n := Node{Name: name, Kind: Agent, Aliases: o.aliases(name, role, e.key), Place: o.id().Place()}
	if !fresh {
		k.node(n)
		return name
	}
	k.agents[name] = o
	n.Model = e.text("llm")
	if r, ok := k.c.arg(o, "llm", -1); ok {
		n.Model = k.c.model(r)
	} else if n.Model == "" {
		n.Model = crewModel
	}
	n.Limit = Limit{crewMaxIter, "default", "max_iter"}
	if r, ok := k.c.arg(o, "max_iter", -1); ok {
		if v, ok := k.c.Number(r); ok {
			n.Limit = Limit{v, "explicit", "max_iter"}
		}
	} else if v := e.number("max_iter"); v > 0 {
		n.Limit = Limit{v, "explicit", "max_iter"}
	}
	n.Calls = true
	k.node(n)
	if r, ok := k.c.arg(o, "tools", -1); ok {
		k.tools(name, r)
	}
	for _, t := range e.list("tools") {
		k.node(Node{Name: t, Kind: Tool, Place: o.Place()})
		k.edge(Edge{From: name, To: t, Kind: Uses, Place: o.Place()})
		k.Nodes[k.index[name]].Tools = append(k.Nodes[k.index[name]].Tools, t)
	}
	k.guardrail(o, name)
	return name
}

// guardrail adds the function that checks what an agent or a task gives.
func (k *crew) guardrail(o object, name string) {
	for _, arg := range []string{"guardrail", "guardrails"} {
		r, ok := k.c.arg(o, arg, -1)
		if !ok {
			continue
		}
		checks := []Ref{r}
		if arg == "guardrails" {
			checks, _ = k.c.Elements(r)
		}
		for _, check := range checks {
			if fn := k.c.Function(check); fn.Valid() && fn.Func().Name != "" {
				k.node(Node{Name: fn.Func().Name, Kind: Step, Place: fn.Place()})
				k.edge(Edge{From: name, To: fn.Func().Name, Kind: Guard, Place: check.Place()})
			}
		}
	}
}

func (k *crew) task(o object) string {
	e := k.settings(o, "task")
	given := k.c.text(o, "name", -1)
	name, fresh := k.name(o, "", given)
	n := Node{Name: name, Kind: Task, Aliases: o.aliases(name, given, e.key), Place: o.id().Place()}
	n.Asks = k.c.flag(o, "human_input", e.flag("human_input"))
	k.node(n)
	if fresh {
		k.order = append(k.order, name)
		if r, ok := k.c.arg(o, "tools", -1); ok {
			k.tools(name, r)
		}
		k.guardrail(o, name)
	}
	return name
}

// taskAgent is the name of the agent that does a task, "" when it has none.
func (k *crew) taskAgent(o object) string {
	if r, ok := k.c.arg(o, "agent", -1); ok {
		if r.Kind() == parser.KindNone {
			return ""
		}
		made, ok := k.c.object(r, o.via)
		if !ok {
			k.open("which agent "+short(r)+" is can't be told", r)
			return ""
		}
		return k.agent(made)
	}
	key := k.settings(o, "task").text("agent")
	if key == "" {
		return ""
	}
	for _, n := range k.Nodes {
		if n.Kind == Agent && (n.Name == key || slices.Contains(n.Aliases, key)) {
			return n.Name
		}
	}
	if k.class.Valid() {
		for _, a := range k.decoratedMethods(k.class, "agent", maxHops) {
			if slices.Contains(a.names, key) {
				return k.agent(a)
			}
		}
	}
	k.open("there is no agent "+key, o.Ref)
	return ""
}

// link connects tasks with the agents that do them, with each other in order, and with the
// tasks whose results they read.
func (k *crew) link(tasks []object, contexts []assignment) {
	var before, async []string // what the next task waits for; what runs beside it
	for _, o := range tasks {
		name, _ := k.name(o, "", "")
		if who := k.taskAgent(o); who != "" {
			k.edge(Edge{From: name, To: who, Kind: Assign, Place: o.Place()})
		}
		e := k.settings(o, "task")
		parallel := k.c.flag(o, "async_execution", e.flag("async_execution"))
		from := before
		if !parallel && len(async) > 0 {
			from = async
		}
		for _, p := range from {
			if p != name {
				k.edge(Edge{From: p, To: name, Kind: Seq, FanOut: parallel, Place: o.Place()})
			}
		}
		if len(from) == 0 {
			k.entry(name)
		}
		if parallel {
			async = append(async, name)
		} else {
			before, async = []string{name}, nil
		}
		k.context(o, name, e, contexts)
	}
}

// context adds the tasks whose results a task reads.
func (k *crew) context(o object, name string, e crewEntry, contexts []assignment) {
	add := func(list Ref) {
		elems, complete := k.c.Elements(list)
		for _, el := range elems {
			made, ok := k.c.object(el, o.via)
			if !ok {
				k.open("which task "+short(el)+" is can't be told", el)
				continue
			}
			from := k.task(made)
			k.edge(Edge{From: from, To: name, Kind: Context, Place: el.Place()})
		}
		if !complete {
			k.open("some tasks that "+name+" reads are not written out", list)
		}
	}
	if r, ok := k.c.arg(o, "context", -1); ok && r.Kind() != parser.KindNone {
		add(r)
	}
	for _, a := range contexts {
		if made, ok := k.c.object(a.object, nil); ok && made.id() == o.id() {
			add(a.value)
		}
	}
	for _, key := range e.list("context") {
		found := false
		for _, n := range k.Nodes {
			if n.Kind == Task && (n.Name == key || slices.Contains(n.Aliases, key)) {
				k.edge(Edge{From: n.Name, To: name, Kind: Context, Place: o.Place()})
				found = true
			}
		}
		if !found {
			k.open("there is no task "+key, o.Ref)
		}
	}
}

// hierarchical tells the process of a crew, which is sequential when it says nothing.
func (k *crew) hierarchical(o object) bool {
	r, ok := k.c.arg(o, "process", -1)
	if !ok {
		return false
	}
	v := k.c.Origin(r, nil)
	switch text := v.Text(); {
	case strings.HasSuffix(text, "hierarchical"), text == `"hierarchical"`, text == "'hierarchical'":
		return true
	case !strings.HasSuffix(strings.Trim(text, `"'`), "sequential"):
		k.open("the process of the crew can't be told", r)
	}
	return false
}

// lead adds the manager of a hierarchical crew.
func (k *crew) lead(o object) {
	manager := ""
	if r, ok := k.c.arg(o, "manager_agent", -1); ok && r.Kind() != parser.KindNone {
		if made, ok := k.c.object(r, o.via); ok {
			manager = k.agent(made)
			k.Nodes[k.index[manager]].Kind = Manager
		} else {
			k.open("which agent "+short(r)+" is can't be told", r)
		}
	}
	if manager == "" {
		manager = crewManager
		n := Node{Name: manager, Aliases: []string{"manager", "manager_agent"}, Kind: Manager, Implicit: true, Place: o.Place(), Calls: true, Limit: Limit{crewMaxIter, "default", "max_iter"}}
		if r, ok := k.c.arg(o, "manager_llm", -1); ok {
			n.Model = k.c.model(r)
		}
		k.node(n)
	}
	k.entry(manager)
	for _, name := range k.members {
		if name != manager {
			k.edge(Edge{From: manager, To: name, Kind: Delegate, Condition: Condition{Decider: ToolCall}, Place: o.Place()})
		}
	}
	for _, task := range k.order {
		if !slices.ContainsFunc(k.Edges, func(e Edge) bool { return e.From == task && e.Kind == Assign }) {
			k.edge(Edge{From: task, To: manager, Kind: Assign, Place: o.Place()})
		}
	}
}

// delegation lets the agents that may delegate ask all others of a sequential crew.
func (k *crew) delegation() {
	for _, n := range slices.Clone(k.Nodes) {
		o, ok := k.agents[n.Name]
		if !ok || !k.c.flag(o, "allow_delegation", k.settings(o, "agent").flag("allow_delegation")) {
			continue
		}
		for _, to := range k.members {
			if to != n.Name {
				k.edge(Edge{From: n.Name, To: to, Kind: Delegate, Condition: Condition{Decider: ToolCall}, Place: o.Place()})
				if n.Limit.Value > k.Limit.Value {
					k.Limit = n.Limit
				}
			}
		}
	}
}

// short is the first line of r's source, for messages.
func short(r Ref) string {
	line, _, _ := strings.Cut(r.Text(), "\n")
	if len(line) > 40 {
		line = strings.ToValidUTF8(line[:40], "") + "…"
	}
	return line
}

// assignment is object.attribute = value, after the object was made.
type assignment struct{ object, value Ref }

// assignments are all assignments to an attribute of that name, except of self.
func (c *constructs) assignments(attribute string) (out []assignment) {
	for _, f := range c.relevant() {
		if !strings.Contains(f.Text.Slice(f.Span(0)), "."+attribute) {
			continue
		}
		for n := range parser.NodeID(len(f.Nodes)) {
			if f.Kind(n) != parser.KindAssignment {
				continue
			}
			left := f.Field(n, parser.FieldLeft)
			if f.Kind(left) == parser.KindAttribute && f.Slice(f.AttributeName(left)) == attribute && !f.IsSelf(f.Field(left, parser.FieldObject)) {
				out = append(out, assignment{Ref{f, f.Field(left, parser.FieldObject)}, Ref{f, f.Field(n, parser.FieldRight)}})
			}
		}
	}
	return out
}

// beside is a path relative to the folder of a file.
func beside(f *parser.File, rel string) string { return path.Join(path.Dir(f.Path), rel) }
