package agents

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// run is a call that starts an agent.
type run struct {
	Ref
	starts []*member
	limit  Limit
	inside bool // within a tool or a check of another agent
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

// list visits the members of a list argument of an agent, and notes what can't be told.
func (r *roster) list(m *member, argument string, pos int, visit func(val)) {
	for _, made := range m.made {
		a, ok := r.arg(made, argument, pos)
		if !ok {
			if m.base != nil {
				r.list(&member{Node: m.Node, made: m.base.made, base: m.base.base}, argument, pos, visit)
			}
			continue
		}
		elems, complete := r.elements(a, maxHops)
		for _, e := range elems {
			visit(e)
		}
		if !complete {
			m.open(argument+" of "+m.Name+" can't be told from the code", a.Ref)
		}
	}
}

func (m *member) open(reason string, at Ref) {
	if u := (Unresolved{reason, at.Place()}); !slices.Contains(m.problem, u) {
		m.problem = append(m.problem, u)
	}
}

// link adds an edge to each agent that v may be.
func (r *roster) link(m *member, v val, e Edge) {
	found, complete := r.agents(v, maxHops)
	if !complete {
		m.open("which agent "+clip(v.Text())+" is can't be told from the code", v.Ref)
	}
	for _, to := range found {
		m.linkTo(to, e)
	}
}

func (m *member) linkTo(to *member, e Edge) {
	if e.Kind == Handoff { // the model may hand over or answer
		e.Condition.Decider = Verdict
	}
	for i := range m.links {
		if m.links[i].to == to && m.links[i].Kind == e.Kind {
			return
		}
	}
	m.links = append(m.links, link{e, to})
}

// clip keeps one line of at most 40 bytes for a message.
func clip(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	if len(s) > 40 {
		s = strings.ToValidUTF8(s[:40], "") + "…"
	}
	return s
}

// tool adds what v is to the tools of m: a function, an agent, or several tools.
func (r *roster) tool(m *member, v val, box *toolbox) {
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

// attributes visits what is set or added to an attribute of an agent after it was made:
// a.handoffs = […], a.handoffs.append(b), a.tools.extend(…), a.handoffs.push(b).
func (r *roster) attributes(names []string, visit func(m *member, attribute string, v val)) {
	each := func(f *parser.File, attribute parser.NodeID, value parser.NodeID, many bool) {
		found, _ := r.agents(val{Ref{f, f.Field(attribute, parser.FieldObject)}, nil}, maxHops)
		name := f.Slice(f.AttributeName(attribute))
		for _, m := range found {
			if !many {
				visit(m, name, val{Ref{f, value}, nil})
				continue
			}
			elems, complete := r.elements(val{Ref{f, value}, nil}, maxHops)
			for _, e := range elems {
				visit(m, name, e)
			}
			if !complete {
				m.open(name+" of "+m.Name+" can't be told from the code", Ref{f, value})
			}
		}
	}
	is := func(f *parser.File, n parser.NodeID) bool {
		return f.Kind(n) == parser.KindAttribute && slices.Contains(names, f.Slice(f.AttributeName(n)))
	}
	for _, f := range r.relevant() {
		for i := range f.Calls {
			c := &f.Calls[i]
			switch c.Name {
			case "append", "push", "extend", "insert", "unshift":
				callee := f.Unwrap(c.Callee)
				if list := f.Field(callee, parser.FieldObject); f.Kind(callee) == parser.KindAttribute && is(f, list) {
					for j, a := range c.Args {
						if c.Name != "insert" || j > 0 {
							each(f, list, a.Value, c.Name == "extend" || a.Spread == 1)
						}
					}
				}
			}
		}
		if !slices.ContainsFunc(names, func(n string) bool { return strings.Contains(f.Text.String(), "."+n) }) {
			continue
		}
		for n := range parser.NodeID(len(f.Nodes)) {
			if k := f.Kind(n); k == parser.KindAssignment || k == parser.KindAugmentedAssignment {
				if left := f.Field(n, parser.FieldLeft); is(f, left) && !f.IsSelf(f.Field(left, parser.FieldObject)) {
					each(f, left, f.Field(n, parser.FieldRight), true)
				}
			}
		}
	}
}

// running are the agents that a function runs, itself or in functions of the project that it calls.
func (r *roster) running(fn Ref, depth int) []*member {
	info := fn.Func()
	if info == nil || depth == 0 || r.visited[fn] {
		return nil
	}
	r.visited[fn] = true
	defer delete(r.visited, fn)
	var found []*member
	for i := range r.runs {
		if one := &r.runs[i]; one.File == fn.File && fn.File.Within(one.Node, fn.Node) {
			one.inside = true
			found = append(found, one.starts...)
		}
	}
	f := fn.File
	for i := range f.Calls {
		if c := &f.Calls[i]; f.Within(c.Node, fn.Node) && r.of(fn.at(c.Node)) == "" {
			if g := r.Function(fn.at(c.Callee)); g.Valid() && g != fn && g.Kind() != parser.KindLambda {
				found = append(found, r.running(g, depth-1)...)
			}
		}
	}
	return found
}

// build makes a graph of each set of agents that are linked.
func (r *roster) build(limit Limit) {
	for _, m := range r.members {
		for _, t := range m.tools {
			t.calls = r.running(t.fn, 3)
		}
	}
	for _, one := range r.runs {
		for _, m := range one.starts {
			m.leads = m.leads || !one.inside
		}
	}
	for _, system := range r.systems() {
		r.assemble(system, limit)
	}
}

// systems groups the agents that are linked, in the order of their places.
func (r *roster) systems() [][]*member {
	group := map[*member]int{}
	var find func(m *member) int
	parent := make([]int, len(r.members))
	for i, m := range r.members {
		group[m], parent[i] = i, i
	}
	root := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	find = func(m *member) int { return root(group[m]) }
	join := func(a, b *member) {
		if x, y := find(a), find(b); x != y {
			parent[max(x, y)] = min(x, y)
		}
	}
	for _, m := range r.members {
		for _, l := range m.links {
			join(m, l.to)
		}
		for _, t := range m.tools {
			for _, to := range t.calls {
				join(m, to)
			}
		}
	}
	var out [][]*member
	at := map[int]int{}
	for _, m := range r.members {
		i, ok := at[find(m)]
		if !ok {
			i = len(out)
			at[find(m)] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], m)
	}
	return out
}

// assemble makes the graph of a system.
func (r *roster) assemble(system []*member, limit Limit) {
	entries := entriesOf(system)
	if m := entries[0]; len(system) == 1 && m.absorbed && !m.leads {
		return // a template of others
	}
	b := r.x.graph(entries[0].Name, entries[0].made[0].Ref)
	b.Place = entries[0].Place
	b.Limit = r.limitOf(entries, limit)
	names := map[*member]string{}
	for _, m := range system {
		n := m.Node
		if b.has(n.Name) && len(n.Aliases) > 0 {
			n.Name, n.Aliases = n.Aliases[0], append([]string{m.Name}, n.Aliases[1:]...)
		}
		for i := 2; b.has(n.Name); i++ {
			n.Name = m.Name + " " + digits(i)
		}
		names[m] = n.Name
		b.node(n)
	}
	for _, m := range entries {
		b.entry(names[m])
	}
	for _, m := range system {
		for _, t := range m.tools {
			n := t.Node
			if slices.ContainsFunc(system, func(o *member) bool { return names[o] == n.Name }) {
				n.Name += "()"
			}
			if n.Place == (Place{}) {
				n.Place = m.Place
			}
			b.node(n)
			b.edge(Edge{From: names[m], To: n.Name, Kind: Uses, Place: n.Place})
			for _, to := range t.calls {
				b.edge(Edge{From: n.Name, To: names[to], Kind: Calls, Place: n.Place})
			}
		}
	}
	for _, m := range system {
		for _, t := range m.checks {
			b.node(t.Node)
			b.edge(Edge{From: names[m], To: t.Name, Kind: Guard, Place: t.Place})
		}
		for _, l := range m.links {
			l.From, l.To = names[m], names[l.to]
			b.edge(l.Edge)
		}
		for _, u := range m.problem {
			if !slices.Contains(b.Unresolved, u) {
				b.Unresolved = append(b.Unresolved, u)
			}
		}
	}
}

// entriesOf are the agents that a run begins with; where none is run, those that no other
// one leads to; where all are led to, the first. The one that the graph is named after comes first.
func entriesOf(system []*member) []*member {
	var out []*member
	for _, m := range system {
		if m.leads {
			out = append(out, m)
		}
	}
	led := map[*member]bool{}
	for _, m := range system {
		for _, l := range m.links {
			if l.Provenance != Inferred && l.to != m {
				led[l.to] = true
			}
		}
		for _, t := range m.tools {
			for _, to := range t.calls {
				led[to] = true
			}
		}
	}
	if len(out) == 0 {
		for _, m := range system {
			if !led[m] {
				out = append(out, m)
			}
		}
	}
	if len(out) == 0 {
		out = append(out, system[0])
	}
	slices.SortStableFunc(out, func(a, b *member) int { return rank(led[a]) - rank(led[b]) })
	return out
}

// rank puts the agents that nobody leads to first.
func rank(led bool) int {
	if led {
		return 1
	}
	return 0
}

// limitOf is the loosest limit of the runs that start with one of the entries.
func (r *roster) limitOf(entries []*member, limit Limit) Limit {
	var found *Limit
	for i := range r.runs {
		one := &r.runs[i]
		if one.inside || one.limit.Source == "" || !slices.ContainsFunc(one.starts, func(m *member) bool { return slices.Contains(entries, m) }) {
			continue
		}
		if found == nil || found.Source != "none" && (one.limit.Source == "none" || one.limit.Value > found.Value) {
			found = &one.limit
		}
	}
	if found == nil {
		return limit
	}
	return *found
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

// limit is a limit as it is written; None and null take it away.
func (r *roster) limit(v Ref, what string) Limit {
	if n, ok := r.Number(v); ok {
		return Limit{Value: n, Source: "explicit", What: what}
	}
	if e := v.File.Eval(v.Node); e.Kind == parser.None {
		return Limit{Source: "none", What: what}
	}
	return Limit{Source: "explicit", What: what}
}
