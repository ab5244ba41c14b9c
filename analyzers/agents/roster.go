package agents

import (
	"slices"

	"github.com/qodacode/qodacode/parser"
)

// member is one agent: a construct, told apart by name where a function or a loop makes several.
type member struct {
	Node
	class    string // the construct: Agent, LoopAgent
	made     []val  // the construct in each frame that makes this agent
	base     *member
	tools    []*tool
	checks   []*tool // functions that check it
	links    []link
	problem  []Unresolved
	leads    bool // a run begins with it
	absorbed bool // a graph of its own would say nothing: others are made from it, or a workflow shows it
	named    bool // the name is written down, not derived from a variable
}

// link leads from a member to another one.
type link struct {
	Edge
	to *member
}

// roster is all agents of one framework in a project.
type roster struct {
	*constructs
	x       *extraction
	members []*member
	byKey   map[rosterKey]*member
	byMade  map[Ref][]*member
	runs    []run
	byFile  map[*parser.File][]int // runs
	indexed int                    // how many runs are in byFile
	called  map[framesKey][]*bindings
	steps   int          // left, so that hostile code ends
	depth   int          // of readers that follow what may refer to itself
	visited map[Ref]bool // names being followed, against recursion
}

type rosterKey struct {
	made Ref
	name string
}

// newRoster finds all calls of the constructs in agents; others are further names that tables refer to.
func newRoster(x *extraction, roots []string, agents []string, others ...string) *roster {
	r := &roster{constructs: newConstructs(x.Project, roots, append(slices.Clone(agents), others...)...), x: x,
		byKey: map[rosterKey]*member{}, byMade: map[Ref][]*member{},
		called: map[framesKey][]*bindings{}, visited: map[Ref]bool{}, steps: maxSteps}
	var found []object
	r.each(func(o object) { found = append(found, o) }, agents...)
	r.steps += stepsByAgent * len(found)
	for _, o := range found {
		for _, fr := range r.frames(o.Ref, 3) {
			r.member(val{o.Ref, fr}, o.class)
		}
	}
	return r
}

// derived finds the agents that are made by a static method of a construct (Agent.create) or
// from another agent (a.clone).
func (r *roster) derived(create, clone string) {
	for _, f := range r.relevant() {
		for i := range f.Calls {
			c := &f.Calls[i]
			callee := f.Unwrap(c.Callee)
			if c.Name != create && c.Name != clone || f.Kind(callee) != parser.KindAttribute {
				continue
			}
			made, object := Ref{f, c.Node}, Ref{f, f.Field(callee, parser.FieldObject)}
			if class := r.named(f.QName(object.Node)); c.Name == create && class != "" {
				for _, fr := range r.frames(made, 3) {
					r.member(val{made, fr}, class)
				}
			} else if found, _ := r.agents(val{object, nil}, maxHops); c.Name == clone && len(found) == 1 {
				m := r.member(val{made, nil}, found[0].class)
				m.base, found[0].absorbed = found[0], true
				if !m.named {
					m.alias(made.bound())
					m.Name, m.named = found[0].Name, found[0].named
				}
			}
		}
	}
}

// member is the agent that a construct makes in a frame.
func (r *roster) member(v val, class string) *member {
	name, named := r.nameOf(v)
	key := rosterKey{v.Ref, name}
	m := r.byKey[key]
	if m == nil {
		if name == "" {
			name = class
		}
		m = &member{class: class, named: named, Node: Node{Name: name, Kind: Agent, Place: v.Place(), Calls: true}}
		m.alias(v.bound())
		r.byKey[key] = m
		r.byMade[v.Ref] = append(r.byMade[v.Ref], m)
		r.members = append(r.members, m)
	}
	m.made = append(m.made, v)
	return m
}

// nameOf is what an agent is called: its name argument, else what it is bound to.
func (r *roster) nameOf(v val) (name string, written bool) {
	if a, ok := r.arg(v, "name", r.namePosition(v)); ok {
		if s, ok := r.text(a); ok && s != "" {
			return s, true
		}
	}
	return v.bound(), false
}

// namePosition: Agent("name", …) is how the OpenAI Agents SDK may be written in Python.
func (r *roster) namePosition(v val) int {
	if slices.Contains(r.roots, "agents") && !v.File.Language.IsScript() {
		return 0
	}
	return -1
}

// arg is an argument of a construct: given to it, spread into it, set in the class that
// derives from it, or taken over from the agent that it clones.
func (r *roster) arg(v val, name string, pos int) (val, bool) {
	f := v.File
	c := f.CallAt(v.Node)
	if c == nil {
		return v, false
	}
	if a, ok := f.Argument(c, name, -1); ok {
		return v.at(a.Value), true
	}
	if a, ok := f.Argument(c, name, pos); ok && !(f.Language.IsScript() && f.Kind(f.Unwrap(a.Value)) == parser.KindDict) {
		return v.at(a.Value), true
	}
	for i, a := range c.Args { // f(**settings), new Agent(settings)
		if a.Spread == 2 || f.Language.IsScript() && i == 0 && a.Name == "" {
			o := r.follow(v.at(a.Value))
			if !o.Valid() || o.Kind() != parser.KindDict {
				continue
			}
			pairs, _ := r.Pairs(o.Ref)
			for _, p := range pairs {
				if k, ok := r.Key(p[0]); ok && k == name {
					return val{p[1], o.bindings}, true
				}
			}
		}
	}
	if class := r.Class(v.Ref.at(c.Callee), maxHops); class.Valid() {
		return r.inherited(v, class, name, maxHops)
	}
	return v, false
}

// inherited is what a class of the project that derives from a construct sets: in the call
// of super().__init__, or as a field.
func (r *roster) inherited(v val, class Ref, name string, hops int) (val, bool) {
	info := class.File.ClassAt(class.Node)
	if info == nil || hops <= 0 || r.derives(class, maxHops) == "" { // the framework's own class sets nothing
		return v, false
	}
	f := class.File
	for i := range f.Calls {
		c := &f.Calls[i]
		if !f.Within(c.Node, class.Node) || c.Name != "__init__" && f.Slice(c.Callee) != "super" {
			continue
		}
		fn := f.EnclosingFunc(c.Node)
		if a, ok := f.Argument(c, name, -1); ok && fn != nil {
			return val{class.at(a.Value), r.bind(class.at(fn.Node), v)}, true
		}
	}
	for _, d := range f.Members(info, name) {
		if d.Value != parser.NoNode {
			return val{class.at(d.Value), nil}, true
		}
	}
	for _, base := range info.Bases {
		if up := r.Class(class.at(base), maxHops); up.Valid() && up != class {
			return r.inherited(v, up, name, hops-1)
		}
	}
	return v, false
}

// model is the id of the model that v names, itself or as an argument of a model object.
func (r *roster) model(v val, hops int) string {
	if s, ok := r.text(v); ok {
		return s
	}
	o := r.follow(v)
	if !o.Valid() || hops <= 0 {
		return ""
	}
	if o.Kind() == parser.KindConditional || o.Kind() == parser.KindBinary {
		return ""
	}
	c := o.File.CallAt(o.Node)
	if c == nil || r.Function(o.Ref.at(c.Callee)).Valid() {
		return ""
	}
	for _, name := range []string{"model", "model_id", "model_name", "modelId", "deployment_name"} {
		if a, ok := o.File.Argument(c, name, -1); ok {
			return r.model(o.at(a.Value), hops-1)
		}
	}
	if len(c.Args) > 0 && c.Args[0].Name == "" && c.Args[0].Spread == 0 {
		return r.model(o.at(c.Args[0].Value), hops-1)
	}
	return ""
}

// modelOf is the model of an agent, or of the one that it clones.
func (r *roster) modelOf(m *member) string {
	for _, made := range m.made {
		if a, ok := r.arg(made, "model", -1); ok {
			if id := r.model(a, 4); id != "" {
				return id
			}
		} else if m.base != nil {
			return r.modelOf(m.base)
		}
	}
	return ""
}
