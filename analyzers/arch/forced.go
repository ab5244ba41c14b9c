package arch

import (
	"fmt"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
)

// unlimited reports agents whose own loop over tools the code leaves without any limit,
// where the framework would have had one.
func (c *checker) unlimited() {
	for i := range c.Nodes {
		n := &c.Nodes[i]
		if n.Limit.Source == "none" && (n.Limit.What == "isLoopFinished" || n.Limit.What == "hasToolCall") {
			c.report(diagnostics.Finding{Rule: "ARCH-004", Message: fmt.Sprintf("%s goes on until the model itself stops: %s sets no number of steps", say(n.Name), n.Limit.What), Fix: c.nodeFix(n)}, n.Place)
		}
	}
	if c.Limit.Source != "none" || c.Framework != "openai-agents" || len(c.Loops) > 0 {
		return
	}
	for _, name := range c.Entry {
		if n := c.nodes[name]; n != nil && n.Kind == agents.Agent && len(n.Tools) > 0 {
			c.report(diagnostics.Finding{Rule: "ARCH-004", Message: fmt.Sprintf("%s goes on until the model itself stops: its %s is switched off", say(name), c.Limit.What), Fix: c.nodeFix(n)}, n.Place)
		}
	}
}

func (c *checker) nodeFix(n *agents.Node) *LimitFix {
	return &LimitFix{c.Graph, &agents.Loop{Nodes: []string{n.Name}, Place: n.Place}, c.source(n.Place.Path)}
}

// forced reports agents that must call a tool in each step, so that only their limit ends them.
func (c *checker) forced() {
	if c.Framework != "aisdk" && c.Framework != "openai-agents" {
		return
	}
	for i := range c.Nodes {
		n := &c.Nodes[i]
		if n.Kind != agents.Agent || n.Limit.Value == 1 || len(n.Tools) == 0 {
			continue
		}
		f, call := c.callAt(n.Place)
		if call == nil {
			continue
		}
		setting := ""
		if c.Framework == "aisdk" {
			setting = forcedBySDK(f, call)
		} else {
			setting = forcedByAgents(f, call)
		}
		if setting == "" {
			continue
		}
		limit := n.Limit
		if limit.Value == 0 {
			limit = c.Limit
		}
		until := ", and nothing limits the steps"
		if limit.Value > 0 {
			until = fmt.Sprintf(" until all %d %s are used up", limit.Value, unit(limit.What))
		}
		c.report(diagnostics.Finding{Rule: "ARCH-001", Message: fmt.Sprintf("%s can't finish: %s makes it call a tool in each step%s", say(n.Name), setting, until)}, n.Place)
	}
}

// callAt is the call that stands at a place.
func (c *checker) callAt(p agents.Place) (*parser.File, *parser.Call) {
	for _, f := range c.project.Files() {
		if f.Path != p.Path {
			continue
		}
		if at, ok := f.Covered(p.Span.Start); ok {
			for n := f.At(at); n > 0; n = f.Parent(n) {
				if call := f.CallAt(n); call != nil && f.Locate(f.Span(n)) == p.Span {
					return f, call
				}
			}
		}
	}
	return nil, nil
}

// forcedBySDK is the toolChoice of a call of the AI SDK that forces tools in each step; ""
// where a step may choose otherwise, or a tool without execute ends the run.
func forcedBySDK(f *parser.File, call *parser.Call) string {
	if _, changes := f.Argument(call, "prepareStep", -1); changes {
		return ""
	}
	choice, ok := f.Argument(call, "toolChoice", -1)
	if !ok || f.Eval(choice.Value).Str != "required" {
		return ""
	}
	tools, ok := f.Argument(call, "tools", -1)
	if !ok || !allExecute(f, f.Unwrap(tools.Value)) {
		return ""
	}
	return "toolChoice: 'required'"
}

// allExecute reports whether each tool of an object literal is known to have an execute.
func allExecute(f *parser.File, object parser.NodeID) bool {
	if f.Kind(object) != parser.KindDict {
		return false
	}
	for entry := range f.Children(object) {
		value := f.Unwrap(entry)
		if f.Kind(entry) == parser.KindPair {
			value = f.Unwrap(f.Field(entry, parser.FieldValue))
		}
		if k := f.Kind(value); k == parser.KindIdentifier || k == parser.KindShorthand {
			next := parser.NoNode
			for _, d := range f.DefsOf(value) {
				next = d.Value
			}
			value = f.Unwrap(next)
		}
		call := f.CallAt(value)
		if call == nil {
			return false
		}
		if _, ok := f.Argument(call, "execute", -1); !ok {
			return false
		}
	}
	return true
}

// forcedByAgents is the same of the Agents SDK, which by itself takes the force away after the first call.
func forcedByAgents(f *parser.File, call *parser.Call) string {
	keep, reset := "reset_tool_choice", "tool_use_behavior"
	if f.Language.IsScript() {
		keep, reset = "resetToolChoice", "toolUseBehavior"
	}
	kept, ok := f.Argument(call, keep, -1)
	if v := f.Eval(kept.Value); !ok || v.Kind != parser.Bool || v.Bool {
		return ""
	}
	if _, ends := f.Argument(call, reset, -1); ends {
		return ""
	}
	for _, name := range []string{"model_settings", "modelSettings"} {
		settings, ok := f.Argument(call, name, -1)
		if !ok {
			continue
		}
		value := f.Unwrap(settings.Value)
		choice := parser.NoNode
		if inner := f.CallAt(value); inner != nil {
			if a, ok := f.Argument(inner, "tool_choice", -1); ok {
				choice = a.Value
			}
		} else if f.Kind(value) == parser.KindDict {
			choice = f.Property(value, "toolChoice")
		}
		if choice != parser.NoNode && f.Eval(choice).Str == "required" {
			return "tool choice required"
		}
	}
	return ""
}
