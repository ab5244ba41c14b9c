package facts

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/parser"
)

// use is a call that is given tools: the one that makes an agent, or asks a model.
type use struct {
	call  *parser.Call
	agent string  // name of the agent it makes; "" for none
	tools []*tool // of this file
	asks  *asks   // how a person approves its tools; nil: nothing says so
}

// toolLists are the arguments that hold tools, and for calls of a few names the position.
var (
	toolLists     = []string{"tools", "functions", "plugins", "registered_tools"}
	toolPositions = map[string]int{"bind_tools": 0, "bindTools": 0, "ToolNode": 0, "create_react_agent": 1, "createReactAgent": -1, "create_agent": 1, "create_tool_calling_agent": 1, "create_openai_tools_agent": 1, "initialize_agent": 0, "ReAct": 1, "ToolExecutor": 0}
)

// listedTools finds the tools that are given to a call: plain functions, objects, hosted tools.
func (b *builder) listedTools() []use {
	f := b.f
	var uses []use
	for i := range f.Calls {
		c := &f.Calls[i]
		list := b.toolList(c)
		if list == parser.NoNode {
			continue
		}
		u := use{call: c, agent: b.agentNamed(c), asks: b.asksOf(c)}
		if u.agent == "" && c.Name == "ToolNode" {
			u.agent, u.asks = b.graphOf(c)
		}
		for _, e := range b.members(list, 4) {
			several := b.methodTools(e.node)
			if len(several) == 0 {
				if t := b.listed(c, e); t != nil {
					several = []*tool{t}
				}
			}
			for _, t := range several {
				if !slices.Contains(u.tools, t) {
					u.tools = append(u.tools, t)
				}
			}
		}
		uses = append(uses, u)
	}
	return uses
}

// graphOf is the graph with the node that a ToolNode is, and whether a person is asked before it.
func (b *builder) graphOf(c *parser.Call) (name string, a *asks) {
	at := b.sourceSpan(c.Node)
	for _, g := range b.graphs {
		var only *agents.Node
		nodes := 0
		for i := range g.Nodes {
			n := &g.Nodes[i]
			if n.Kind != agents.Toolset || !b.here(n.Place) {
				continue
			}
			nodes++
			inside := n.Place.Span.Start <= at.Start && at.End <= n.Place.Span.End
			if inside || slices.ContainsFunc(n.Runs, func(p agents.Place) bool { return b.here(p) && p.Span == at }) {
				only, nodes = n, 1
				break
			}
			only = n
		}
		if nodes != 1 {
			continue
		}
		a = &asks{}
		if only.Asks {
			a.all, a.text = Yes, "interrupt before "+only.Name
		}
		return g.Name, a
	}
	return "", nil
}

// toolList is the argument of a call that holds tools.
func (b *builder) toolList(c *parser.Call) parser.NodeID {
	for i, name := range toolLists {
		// Others have functions and plugins too; tools are those of agents.
		if a, ok := b.f.Argument(c, name, -1); ok && (i == 0 || b.frameworkAt(c) != "") {
			return a.Value
		}
	}
	if at, ok := toolPositions[c.Name]; ok && at >= 0 {
		return b.toolArgument(c, toolArg{"", at})
	}
	return parser.NoNode
}

// element is one tool of a list: an expression, and its key in an object of tools.
type element struct {
	node parser.NodeID
	key  string
}

// members are the tools that an expression holds, as far as the file tells.
func (b *builder) members(n parser.NodeID, hops int) []element {
	f := b.f
	n = f.Unwrap(n)
	if hops == 0 {
		return nil
	}
	var all []element
	switch f.Kind(n) {
	case parser.KindList, parser.KindTuple:
		for c := range f.Children(n) {
			if f.Kind(c) == parser.KindSpread {
				all = append(all, b.members(f.FirstChild(c), hops-1)...)
			} else {
				all = append(all, element{node: c})
			}
			if len(all) > 500 {
				return all
			}
		}
	case parser.KindDict:
		for c := range f.Children(n) {
			switch f.Kind(c) {
			case parser.KindPair:
				all = append(all, element{f.Field(c, parser.FieldValue), strings.Trim(f.Slice(f.Field(c, parser.FieldKey)), "\"'`")})
			case parser.KindShorthand:
				all = append(all, element{c, f.Slice(c)})
			case parser.KindSpread, parser.KindDictSpread:
				all = append(all, b.members(f.FirstChild(c), hops-1)...)
			}
		}
	case parser.KindIdentifier, parser.KindShorthand, parser.KindAttribute, parser.KindBinary, parser.KindCall:
		refs, _ := b.alone().Elements(agents.Ref{File: f, Node: n})
		for _, r := range refs {
			if r.File == f && len(all) < 500 {
				all = append(all, element{node: r.Node})
			}
		}
		if to, made := b.follow(f, n); len(all) == 0 && to == f && made != n && f.Kind(made) == parser.KindDict {
			return b.members(made, hops-1)
		}
	case parser.KindConditional:
		for c := range f.Children(n) {
			all = append(all, b.members(c, hops-1)...)
		}
	}
	return all
}

// methodTools are the tools that are methods of the class of this file that an expression
// makes an instance of: plugins=[Menu()].
func (b *builder) methodTools(n parser.NodeID) []*tool {
	to, made := b.follow(b.f, n)
	if to != b.f {
		return nil
	}
	class := b.classOf(made)
	if class == nil || b.toolOn(class.Node) != nil {
		return nil
	}
	var all []*tool
	for _, t := range b.tools {
		if len(t.fns) > 0 && t.fns[0].Class >= 0 && &b.f.Classes[t.fns[0].Class] == class {
			all = append(all, t)
		}
	}
	return all
}

// listed is the tool of this file that an element of a list is, declared elsewhere or by the
// list itself.
func (b *builder) listed(c *parser.Call, e element) *tool {
	f := b.f
	named := func(t *tool) *tool {
		if t != nil && e.key != "" && !t.written {
			t.aliases = append(t.aliases, t.Name)
			t.Name = e.key
		}
		return t
	}
	n := f.Unwrap(e.node)
	if f.Kind(n) == parser.KindDict {
		return named(b.objectTool(c, n, e.key))
	}
	if t := b.toolOn(n); t != nil {
		return named(t)
	}
	to, made := b.follow(f, n)
	if to != f {
		return nil
	}
	made = f.Unwrap(made)
	if t := b.toolOn(made); t != nil {
		return named(t)
	}
	if fn := f.FuncAt(made); fn != nil {
		t := b.functionTool(fn, b.frameworkAt(c))
		if t.Name == "" {
			t.Name = b.binding(made)
		}
		if t.Name == "" {
			t.Name = "<lambda>"
		}
		return named(b.add(t))
	}
	made, call := f.Unwrap(made), f.CallAt(made)
	if f.Kind(made) == parser.KindDict {
		return named(b.objectTool(c, made, e.key))
	}
	if call == nil {
		if fn := f.FuncOf(n); fn != nil {
			return named(b.add(b.functionTool(fn, b.frameworkAt(c))))
		}
		return nil
	}
	for _, d := range f.DefsOf(call.Callee) { // an instance of a class of the file
		if d.Kind == parser.ClassDef {
			return named(b.toolOn(f.Classes[d.Index].Node))
		}
	}
	if f.FuncOf(call.Callee) != nil || f.Kind(f.Unwrap(call.Callee)) == parser.KindAttribute && f.QName(call.Callee) == "" {
		return nil // what it returns is not known
	}
	return named(b.hostedTool(c, call))
}

// agentNamed is the name of the agent that a call makes: its name argument's, else what it is bound to.
func (b *builder) agentNamed(c *parser.Call) string {
	f := b.f
	for _, g := range b.graphs {
		for i := range g.Nodes {
			if n := &g.Nodes[i]; (n.Kind == agents.Agent || n.Kind == agents.Manager || n.Kind == agents.Team) && g.Framework != "plain" && b.here(n.Place) && n.Place.Span == b.sourceSpan(c.Node) {
				return agentName(g, n)
			}
		}
	}
	if s := b.siteOf(c); s == nil || s.Kind != llm.Agent {
		if _, _, ok := b.constructs(c); !ok {
			return ""
		}
	}
	if a, ok := f.Argument(c, "name", -1); ok {
		if v := f.Eval(a.Value); v.Kind == parser.String && v.Str != "" {
			return v.Str
		}
	}
	return b.binding(c.Node)
}
