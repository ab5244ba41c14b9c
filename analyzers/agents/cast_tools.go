package agents

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// model is the id of the model that an argument names: a string, or an object with a model argument.
func (c *constructs) model(r Ref) string { return c.modelWithin(r, 8) }

func (c *constructs) modelWithin(r Ref, hops int) string {
	for ; hops > 0; hops-- {
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
			return c.modelOfConfig(o, hops-1) // {"config_list": [{"model": …}]}
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
			return c.modelWithin(m, hops-1)
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
	if s, ok := c.String(r); ok { // a tool that the provider runs
		return s, r
	}
	o := c.Origin(r, nil)
	if o.Kind() == parser.KindDict { // {"type": "web_search"}
		s, _ := c.String(o.at(o.File.Property(o.Node, "type")))
		return s, o
	}
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
