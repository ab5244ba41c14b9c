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
	found, failed, complete := k.c.objects(r, o.via)
	var out []object
	for _, made := range found {
		if strings.HasSuffix(made.class, "Task") != (decorator == "task") || made.class == "Crew" {
			failed = append(failed, made.Ref)
			continue
		}
		out = append(out, made)
	}
	for _, e := range failed {
		k.open("which "+decorator+" "+short(e)+" is can't be told", e)
	}
	if !complete {
		k.open("some "+arg+" of the crew are not written out", r)
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

// short is the first line of r's source, for messages.
func short(r Ref) string {
	line, _, _ := strings.Cut(r.Text(), "\n")
	if len(line) > 40 {
		line = strings.ToValidUTF8(line[:40], "") + "…"
	}
	return line
}

// beside is a path relative to the folder of a file.
func beside(f *parser.File, rel string) string { return path.Join(path.Dir(f.Path), rel) }
