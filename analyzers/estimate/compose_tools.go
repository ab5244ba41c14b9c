package estimate

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/parser"
)

// target is something that spends below an agent's turns: a tool's function, or another agent.
type target struct {
	unit  *unit
	agent *Call
	name  string
	// limit is what the place that makes a tool of the agent sets: as_tool(max_turns=3); zero elsewhere.
	limit llm.Limit
}

// tools are those of an agent's tools that spend, and the number of all its tools.
func (c *composer) tools(call *Call) (targets []target, all int) {
	add := func(t target) {
		if !slices.ContainsFunc(targets, func(have target) bool { return have.unit == t.unit && have.agent == t.agent }) {
			targets = append(targets, t)
		}
	}
	if v, presence := call.Site.Setting(llm.Tools); presence == llm.Present && v.File != nil {
		exprs := c.members(agents.Ref{File: v.File, Node: v.Expr})
		all = len(exprs)
		for _, e := range exprs {
			c.toolTargets(e, add)
		}
	}
	for _, n := range c.graphs.agentNodes(call) {
		used := 0
		for _, e := range n.Edges {
			if e.From != n.node().Name || e.Kind != agents.Uses && e.Kind != agents.Delegate {
				continue
			}
			used++
			to := indexOf(n.Graph, e.To)
			if to < 0 {
				continue
			}
			c.nodeTargets(nodeRef{n.Graph, to}, add)
		}
		all = max(all, used)
	}
	targets = slices.DeleteFunc(targets, func(t target) bool { return t.agent == call })
	return targets, max(all, len(targets))
}

// guardArguments give an agent what checks its input and its answer.
var guardArguments = []string{"input_guardrails", "output_guardrails", "inputGuardrails", "outputGuardrails"}

// guards are what checks the input and the answer of an agent, and of those that it hands over
// to, each once per run.
func (c *composer) guards(call *Call) []target {
	var out []target
	add := func(t target) {
		if t.agent != call && !slices.ContainsFunc(out, func(have target) bool { return have.unit == t.unit && have.agent == t.agent }) {
			out = append(out, t)
		}
	}
	for s := call.Site; s != nil; s = s.Config {
		for _, name := range guardArguments {
			if a, ok := s.File.Argument(s.Call, name, -1); ok {
				for _, e := range c.members(agents.Ref{File: s.File, Node: a.Value}) {
					c.toolTargets(e, add)
				}
			}
		}
	}
	own := c.graphs.agentNodes(call)
	written := len(out) > 0 // its own are known
	seen := map[nodeRef]bool{}
	queue := slices.Clone(own)
	for len(queue) > 0 {
		n := queue[0]
		queue = queue[1:]
		if seen[n] {
			continue
		}
		seen[n] = true
		for _, e := range n.Edges {
			if e.From != n.node().Name || e.Kind != agents.Guard && !(e.Kind == agents.Handoff && sharesTurns(n.Graph)) {
				continue
			}
			to := indexOf(n.Graph, e.To)
			switch {
			case to < 0:
			case e.Kind == agents.Handoff:
				queue = append(queue, nodeRef{n.Graph, to})
			case !written || !slices.Contains(own, n):
				c.nodeTargets(nodeRef{n.Graph, to}, add)
			}
		}
	}
	return out
}

// nodeTargets are what spends in a tool's node, or in an agent's that works as one.
func (c *composer) nodeTargets(n nodeRef, add func(target)) {
	p := c.graphs.parts(n)
	name := n.node().Name
	for _, u := range p.units {
		add(target{unit: u, name: name})
	}
	if len(p.units) > 0 {
		return
	}
	if p.agent != nil && n.node().Kind != agents.Tool && n.node().Kind != agents.Toolset {
		add(target{agent: p.agent, name: name})
		return
	}
	for _, e := range n.Edges {
		if e.From == name && e.Kind == agents.Calls {
			if to := indexOf(n.Graph, e.To); to >= 0 && to != n.i {
				if inner := c.graphs.parts(nodeRef{n.Graph, to}); inner.agent != nil {
					add(target{agent: inner.agent, name: e.To})
				}
			}
		}
	}
}

// members are the expressions of a list, or of an object of tools by name.
func (c *composer) members(r agents.Ref) []agents.Ref {
	if pairs, _ := c.p.Pairs(r); len(pairs) > 0 {
		var out []agents.Ref
		for _, p := range pairs {
			out = append(out, p[1])
		}
		return out
	}
	out, _ := c.p.Elements(r)
	return out
}

// toolTargets are the functions and agents that a tool's expression holds.
func (c *composer) toolTargets(r agents.Ref, add func(target)) {
	if fn := c.p.Function(r); fn.Valid() {
		if u := c.units[fn]; u != nil {
			add(target{unit: u, name: unitName(u.File, u.fn)})
		}
		return
	}
	o := c.p.Origin(r, nil)
	if !o.Valid() {
		return
	}
	call := o.File.CallAt(o.File.Unwrap(o.Node))
	if call == nil {
		return
	}
	name := r.Text()
	if len(name) > 40 || strings.ContainsAny(name, "\n(") {
		name = call.Name
	}
	callee := o.File.Unwrap(call.Callee)
	if object := o.File.Field(callee, parser.FieldObject); object != parser.NoNode && (call.Name == "as_tool" || call.Name == "asTool") {
		if agent := c.agentAt(agents.Ref{File: o.File, Node: object}); agent != nil {
			add(target{agent: agent, name: name, limit: turnsAt(o.File, call)})
		}
		return
	}
	for _, u := range c.order { // tool({ execute: async () => … })
		if u.fn != nil && u.File == o.File && o.File.Within(u.fn.Node, o.Node) {
			add(target{unit: u, name: name})
			return
		}
	}
	for _, a := range call.Args {
		eachValue(o.File, a.Value, 0, func(n parser.NodeID) {
			at := agents.Ref{File: o.File, Node: n}
			if fn := c.p.Function(at); fn.Valid() {
				if u := c.units[fn]; u != nil {
					add(target{unit: u, name: name})
				}
			} else if agent := c.agentAt(at); agent != nil && agent.Site.Kind == llm.Agent { // AgentTool(agent=…)
				add(target{agent: agent, name: name})
			}
		})
	}
}

// turnsAt is the limit of turns that a call sets, zero where it sets none.
func turnsAt(f *parser.File, call *parser.Call) llm.Limit {
	for _, name := range []string{"max_turns", "maxTurns"} {
		if a, ok := f.Argument(call, name, -1); ok {
			if v := f.Eval(a.Value); v.Kind == parser.Number && !v.Default && v.Num >= 1 && v.Num < 1<<31 {
				return llm.Limit{Value: int(v.Num), Source: llm.Explicit, What: name, Arg: a.Value, File: f}
			}
		}
	}
	return llm.Limit{}
}

// agentAt is the site of the agent that an expression evaluates to, or nil.
func (c *composer) agentAt(r agents.Ref) *Call {
	o := c.p.Origin(r, nil)
	if !o.Valid() || len(c.graphs.calls) == 0 {
		return nil
	}
	return c.graphs.calls[agents.Ref{File: o.File, Node: o.File.Unwrap(o.Node)}.Place()]
}
