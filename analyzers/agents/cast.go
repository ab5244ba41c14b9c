package agents

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// cast gives the objects of one graph their names: one per object, however it is reached.
type cast struct {
	*builder
	c      *constructs
	byID   map[Ref]string
	byName map[string]Ref
}

func newCast(b *builder, c *constructs) *cast {
	return &cast{b, c, map[Ref]string{}, map[string]Ref{}}
}

// plain are names that tell nothing, which factories give to what they return.
var plain = map[string]bool{"agent": true, "task": true, "crew": true, "team": true, "result": true, "res": true, "obj": true, "a": true, "t": true}

// name is the name of o: preferred when it is not empty, else what the code calls it, else
// fallback. fresh is false when o already had one.
func (s *cast) name(o object, preferred, fallback string) (name string, fresh bool) {
	id := o.id()
	if have, ok := s.byID[id]; ok {
		return have, false
	}
	own := id.bound()
	var local string
	if id == o.Ref && len(o.funcs) > 0 && plain[own] { // a local variable of a factory
		own, local = "", own
	}
	candidates := []string{preferred, own}
	for i := len(o.names) - 1; i >= 0; i-- {
		if o.names[i] != local {
			candidates = append(candidates, o.names[i])
		}
	}
	if id != o.Ref { // the function makes others, too
		candidates = append(candidates, fallback)
	}
	candidates = append(append(candidates, o.funcs...), fallback, local, strings.ToLower(o.class))
	candidates = slices.DeleteFunc(candidates, func(n string) bool { return n == "" })
	for _, n := range candidates {
		if _, taken := s.byName[n]; !taken {
			name = n
			break
		}
	}
	for i := 2; name == ""; i++ {
		if n := candidates[0] + "-" + digits(i); s.byName[n] == (Ref{}) {
			name = n
		}
	}
	s.byID[id], s.byName[name] = name, id
	return name, true
}

// aliases are all other names by which o goes.
func (o object) aliases(name string, more ...string) []string {
	var out []string
	names := slices.Concat([]string{o.id().bound()}, o.names, more)
	if o.id() == o.Ref { // else others go by the function's name, too
		names = append(names, o.funcs...)
	}
	for _, n := range names {
		if n = strings.TrimSpace(n); n != "" && n != name && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

// model is the id of the model that an argument names: a string, or an object with a model argument.
func (c *constructs) model(r Ref) string {
	for range 4 {
		if !r.Valid() {
			return ""
		}
		if s, ok := c.String(r); ok {
			return s
		}
		if v := r.File.Eval(r.Node); v.Kind == parser.String {
			return v.Str // a fallback of the environment
		}
		o := c.Origin(r, nil)
		call := o.File.CallAt(o.Node)
		if call == nil {
			return c.modelOfConfig(o, 4) // {"config_list": [{"model": …}]}
		}
		next := Ref{nil, parser.NoNode}
		for _, name := range modelArguments {
			if a, ok := o.File.Argument(call, name, -1); ok {
				next = o.at(a.Value)
				break
			}
		}
		if !next.Valid() && len(call.Args) > 0 && call.Args[0].Name == "" && call.Args[0].Spread == 0 {
			next = o.at(call.Args[0].Value)
		}
		r = next
	}
	return ""
}

// modelArguments are how clients call the model's id, best first.
var modelArguments = []string{"model", "model_name", "model_id", "ai_model_id", "deployment_name", "azure_deployment", "config_list", "azure_deployment_name", "llm"}

func (c *constructs) modelOfConfig(r Ref, hops int) string {
	if hops == 0 || !r.Valid() {
		return ""
	}
	o := c.Origin(r, nil)
	switch o.Kind() {
	case parser.KindDict:
		if m := o.at(o.File.Property(o.Node, "model")); m.Valid() {
			return c.model(m)
		}
		return c.modelOfConfig(o.at(o.File.Property(o.Node, "config_list")), hops-1)
	case parser.KindList, parser.KindTuple:
		return c.modelOfConfig(o.at(o.File.FirstChild(o.Node)), hops-1)
	}
	return ""
}

// tools adds the tools in a list that is written in the code to a node, as nodes of their own.
func (s *cast) tools(owner string, list Ref) {
	if !list.Valid() {
		return
	}
	elems, complete := s.c.Elements(list)
	if !complete {
		if o := s.c.Origin(list, nil); len(elems) == 0 && o.Kind() != parser.KindList {
			s.tool(owner, list, Toolset)
			return
		}
		s.open("some tools of "+owner+" are not written out", list)
	}
	for _, e := range elems {
		if e.Kind() == parser.KindSpread {
			e = e.at(e.File.FirstChild(e.Node))
			s.tool(owner, e, Toolset)
			continue
		}
		s.tool(owner, e, Tool)
	}
}

// tool adds one tool to a node.
func (s *cast) tool(owner string, r Ref, kind Kind) {
	name, at := s.c.toolName(r)
	if name == "" {
		s.open("a tool of "+owner+" can't be told", r)
		return
	}
	if s.has(name) && s.Nodes[s.index[name]].Kind != Tool && s.Nodes[s.index[name]].Kind != Toolset {
		name += " (tool)"
	}
	s.node(Node{Name: name, Kind: kind, Place: at.Place()})
	s.edge(Edge{From: owner, To: name, Kind: Uses, Place: r.Place()})
	n := &s.Nodes[s.index[owner]]
	if !slices.Contains(n.Tools, name) {
		n.Tools = append(n.Tools, name)
	}
}

// toolName is what a tool is called: the function, the string name= that its object is
// given, else the class of the object; of a toolset the variable or the call's name.
func (c *constructs) toolName(r Ref) (string, Ref) {
	if fn := c.Function(r); fn.Valid() && fn.Func().Name != "" {
		return fn.Func().Name, fn
	}
	o := c.Origin(r, nil)
	if call := o.File.CallAt(o.Node); call != nil {
		for _, arg := range []string{"name", "tool_name"} {
			if a, ok := o.File.Argument(call, arg, -1); ok {
				if s, ok := c.String(o.at(a.Value)); ok {
					return s, o
				}
			}
		}
		if len(call.Args) > 0 && strings.HasSuffix(call.Name, "Tool") { // FunctionTool(fn, …)
			if fn := c.Function(o.at(call.Args[0].Value)); fn.Valid() && fn.Func().Name != "" {
				return fn.Func().Name, fn
			}
		}
		if call.Name != "" && call.Name[0] >= 'A' && call.Name[0] <= 'Z' {
			return call.Name, o
		}
		if n := r.name(); n != "" {
			return n, o
		}
		if n := o.bound(); n != "" {
			return n, o
		}
		return call.Name, o
	}
	if o.Kind() == parser.KindFunction {
		return o.Func().Name, o
	}
	if o.Kind() == parser.KindClass {
		return o.File.ClassAt(o.Node).Name, o
	}
	return r.name(), o
}
