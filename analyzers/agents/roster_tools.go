package agents

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// tool is a function or a set of functions that agents may call.
type tool struct {
	Node
	fn    Ref       // its body, where it is known
	calls []*member // agents that it runs
}

// toolbox says how a framework writes tools.
type toolbox struct {
	wraps    map[string]string // calls that make a tool out of a function: function_tool → the argument with the function
	agents   map[string]string // calls that make a tool out of an agent: AgentTool → the argument with the agent
	methods  []string          // methods of agents that do so: as_tool
	named    map[string]string // classes of tools that come with a name: WebSearchTool → web_search
	toolsets []string          // ends of the names of classes that hold several tools: Toolset
	approval []string          // arguments that let a person decide: needs_approval
	naming   []string          // arguments that name a tool: name_override
}

// tool adds what v is to the tools of m: a function, an agent, or several tools.
func (r *roster) tool(m *member, v val, box *toolbox) {
	if !r.sinks() {
		return
	}
	defer r.rise()
	o := r.follow(v)
	if !o.Valid() {
		m.open("a tool of "+m.Name+" can't be told from the code", v.Ref)
		return
	}
	f := o.File
	switch o.Kind() {
	case parser.KindConditional:
		for _, side := range branches(o.Ref) {
			r.tool(m, val{side, o.bindings}, box)
		}
	case parser.KindBinary: // enabled && tool
		r.tool(m, o.at(f.Field(o.Node, parser.FieldRight)), box)
	case parser.KindNone, parser.KindFalse:
	case parser.KindFunction, parser.KindMethod, parser.KindLambda:
		t := &tool{fn: o.Ref, Node: Node{Name: o.Func().Name, Kind: Tool, Place: o.Place()}}
		if t.Name == "" {
			t.Name = v.bound()
		}
		for _, d := range o.Func().Decorators {
			if f.CallAt(d) != nil {
				r.describe(t, val{o.Ref.at(d), nil}, box)
			}
		}
		m.addTool(t)
	case parser.KindClass:
		m.addTool(&tool{Node: Node{Name: f.ClassAt(o.Node).Name, Kind: Tool, Place: o.Place()}})
	case parser.KindCall, parser.KindNew:
		r.toolCall(m, v, o, box)
	case parser.KindIdentifier, parser.KindAttribute:
		if isParam(o) {
			m.open("a tool of "+m.Name+" can't be told from the code", v.Ref)
			return
		}
		t := &tool{Node: Node{Name: o.name(), Kind: box.kind(o.name()), Place: o.Place()}}
		if name := box.named[t.Name]; name != "" {
			t.Name = name
		}
		m.addTool(t)
	case parser.KindDict: // a tool that the provider runs
		t := &tool{Node: Node{Name: v.name(), Kind: Tool, Place: o.Place()}}
		for _, key := range []string{"type", "name"} {
			if p := f.Property(o.Node, key); p != parser.NoNode {
				if s, ok := r.text(o.at(p)); ok {
					t.Name = s
				}
			}
		}
		if t.Name != "" {
			m.addTool(t)
		}
	default:
		m.open("a tool of "+m.Name+" can't be told from the code", v.Ref)
	}
}

func isParam(v val) bool {
	for _, d := range v.File.DefsOf(v.Node) {
		if d.Kind == parser.ParamDef || d.Kind == parser.UnpackDef && v.File.EnclosingFunc(d.Node) != nil {
			return true
		}
	}
	return false
}

func (box *toolbox) kind(class string) Kind {
	for _, end := range box.toolsets {
		if strings.HasSuffix(class, end) {
			return Toolset
		}
	}
	return Tool
}

// toolCall adds the tool that a call makes.
func (r *roster) toolCall(m *member, v, o val, box *toolbox) {
	f := o.File
	c := f.CallAt(o.Node)
	if c == nil {
		return
	}
	callee := f.Unwrap(c.Callee)
	if slices.Contains(box.methods, c.Name) && f.Kind(callee) == parser.KindAttribute {
		e := Edge{Kind: Uses, Place: o.Place()}
		if found, _ := r.agents(o.at(f.Field(callee, parser.FieldObject)), maxHops); len(found) > 0 {
			for _, to := range found {
				if len(found) == 1 {
					r.toolAlias(to, o)
				}
				m.linkTo(to, e)
			}
			return
		}
		m.open("which agent "+clip(v.Text())+" is can't be told from the code", v.Ref)
		return
	}
	if argument, ok := box.agents[c.Name]; ok {
		if a, ok := r.arg(o, argument, 0); ok {
			r.link(m, a, Edge{Kind: Uses, Place: o.Place()})
			return
		}
	}
	if r.of(o.Ref) != "" { // an agent among the tools
		if found, _ := r.agents(o, maxHops); len(found) > 0 {
			r.link(m, o, Edge{Kind: Uses, Place: o.Place()})
			return
		}
	}
	t := &tool{Node: Node{Name: c.Name, Kind: box.kind(c.Name), Place: o.Place()}}
	t.alias(o.bound())
	argument, wraps := box.wraps[c.Name]
	switch {
	case wraps:
		t.Name = o.bound()
		a, ok := r.arg(o, "execute", -1) // in JavaScript
		if !ok {
			a, ok = r.arg(o, argument, 0)
		}
		if ok {
			if fn := r.follow(a); fn.Valid() && fn.Func() != nil {
				t.fn = fn.Ref
				if fn.Func().Name != "" && fn.Func().Name != argument && fn.Func().Name != "execute" {
					t.Name = fn.Func().Name
				}
			} else if fn.Valid() && fn.name() != "" {
				t.Name = fn.name()
			}
		}
	case box.named[c.Name] != "":
		t.Name = box.named[c.Name]
		t.alias(c.Name)
	case t.Kind == Toolset && o.bound() != "":
		t.Name, t.Aliases = o.bound(), []string{c.Name}
	case c.Name == "":
		m.open("a tool of "+m.Name+" can't be told from the code", v.Ref)
		return
	}
	r.describe(t, o, box)
	if t.Name != "" {
		m.addTool(t)
	}
}

// describe reads the name and the approval of a tool from the arguments of the call that makes it.
func (r *roster) describe(t *tool, o val, box *toolbox) {
	for _, key := range box.naming {
		if a, ok := r.arg(o, key, -1); ok {
			if s, ok := r.text(a); ok && s != "" {
				t.alias(t.Name)
				t.Name = s
			}
		}
	}
	t.alias(o.bound())
	t.Aliases = slices.DeleteFunc(t.Aliases, func(s string) bool { return s == t.Name })
	for _, key := range box.approval {
		if a, ok := r.arg(o, key, -1); ok {
			if v := a.File.Eval(a.Node); v.Kind != parser.None && !(v.Kind == parser.Bool && !v.Bool) && !(v.Kind == parser.String && v.Str == "never") {
				t.Asks = true
			}
		}
	}
}

func (r *roster) toolAlias(to *member, o val) {
	for _, key := range []string{"tool_name", "toolName"} {
		if a, ok := r.Project.argument(o.Ref, key); ok {
			if s, ok := r.text(val{a, o.bindings}); ok {
				to.alias(s)
			}
		}
	}
}

// argument is a keyword argument of the call at r.
func (p *Project) argument(r Ref, name string) (Ref, bool) {
	c := r.File.CallAt(r.Node)
	if c == nil {
		return r, false
	}
	a, ok := r.File.Argument(c, name, -1)
	return r.at(a.Value), ok
}

func (m *member) addTool(t *tool) {
	for _, have := range m.tools {
		if have.Name == t.Name {
			return
		}
	}
	m.tools = append(m.tools, t)
	m.Tools = append(m.Tools, t.Name)
}

// server adds a server of tools to an agent's tools.
func (r *roster) server(m *member, v val) {
	o := r.follow(v)
	t := &tool{Node: Node{Name: v.name(), Kind: Toolset, Place: v.Place()}}
	if o.Valid() {
		t.Place = o.Place()
		if c := o.File.CallAt(o.Node); c != nil {
			if t.Name == "" {
				t.Name = c.Name
			}
			if a, ok := r.arg(o, "name", -1); ok {
				if s, ok := r.text(a); ok && s != "" {
					t.alias(t.Name)
					t.Name = s
				}
			}
		}
	}
	if t.Name == "" {
		m.open("a server of tools of "+m.Name+" can't be told from the code", v.Ref)
		return
	}
	m.addTool(t)
}
