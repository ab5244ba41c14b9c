package agents

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

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
