package facts

import (
	"github.com/qodacode/qodacode/parser"
)

// declaringCalls finds calls that make tools.
func (b *builder) declaringCalls() {
	f := b.f
	for i := range f.Calls {
		c := &f.Calls[i]
		if row, ok := agentMethods[c.Name]; ok {
			b.agentAsTool(c, &row)
			continue
		}
		if c.Name == "AgentTool" {
			b.wrappedAgent(c)
			continue
		}
		if !toolCallNames[c.Name] && !b.renamed(c) || b.isDecorator(c) {
			continue
		}
		row := toolRowOf(plainName(f.QName(c.Callee)), asCall, f.Language.IsScript())
		if row == nil {
			if row = b.looseCall(c); row == nil {
				continue
			}
		}
		t := &tool{node: c.Node, byAgent: row.byAgent, Tool: Tool{Framework: row.framework}}
		if !b.describe(t, c, row) {
			continue
		}
		b.add(t)
	}
}

// agentAsTool adds the tool that an agent is made.
func (b *builder) agentAsTool(c *parser.Call, row *toolRow) {
	f := b.f
	callee := f.Unwrap(c.Callee)
	if f.Kind(callee) != parser.KindAttribute {
		return
	}
	framework := row.framework
	if q := plainName(f.QName(callee)); q != "" {
		if framework = frameworkOf(q, f.Language.IsScript()); framework == "" {
			return
		}
	} else if len(c.Args) == 0 {
		return
	}
	t := &tool{node: c.Node, agent: f.Field(callee, parser.FieldObject), Tool: Tool{Framework: framework}}
	b.describe(t, c, row)
	if t.Name == "" || !t.written {
		t.Name = lastName(f.Slice(f.Field(callee, parser.FieldObject)))
	}
	b.add(t)
}

// wrappedAgent adds the tool that AgentTool makes of an agent, whose name it has.
func (b *builder) wrappedAgent(c *parser.Call) {
	f := b.f
	framework := frameworkOf(plainName(f.QName(c.Callee)), f.Language.IsScript())
	a, ok := f.Argument(c, "agent", 0)
	if framework == "" || !ok {
		return
	}
	t := &tool{node: c.Node, agent: a.Value, Tool: Tool{Framework: framework}}
	if f.Kind(f.Unwrap(a.Value)) == parser.KindDict {
		t.agent = f.Property(f.Unwrap(a.Value), "agent")
	}
	to, n := b.follow(f, t.agent)
	if made := to.CallAt(to.Unwrap(n)); made != nil && to == f {
		t.Name = b.agentNamed(made)
	}
	if t.Name == "" {
		t.Name = lastName(f.Slice(t.agent))
	}
	b.add(t)
}

// toolCallNames are the last names of all calls that make tools, to tell others fast.
var toolCallNames = func() map[string]bool {
	names := map[string]bool{}
	for _, row := range toolRows {
		for _, n := range row.calls {
			names[lastName(n)] = true
		}
	}
	return names
}()

// renamed reports whether a call is of a name that was imported under another one.
func (b *builder) renamed(c *parser.Call) bool {
	if b.f.Kind(b.f.Unwrap(c.Callee)) != parser.KindIdentifier {
		return false
	}
	for _, d := range b.f.DefsOf(c.Callee) {
		if d.Kind == parser.ImportDef {
			imp := &b.f.Imports[d.Index]
			return imp.Alias != imp.Name && toolCallNames[imp.Name]
		}
	}
	return false
}

func (b *builder) isDecorator(c *parser.Call) bool {
	return b.f.Kind(b.f.Parent(c.Node)) == parser.KindDecorator
}

// looseCall is the row of a call that is made on something that the file does not show:
// server.registerTool("name", {…}, handler).
func (b *builder) looseCall(c *parser.Call) *toolRow {
	f := b.f
	if !f.Language.IsScript() || c.Name != "registerTool" && c.Name != "tool" || len(c.Args) < 2 || f.Kind(f.Unwrap(c.Callee)) != parser.KindAttribute {
		return nil
	}
	last := &c.Args[len(c.Args)-1]
	if f.Eval(c.Args[0].Value).Kind != parser.String || b.function(last.Value) == nil {
		return nil
	}
	return toolRowOf("@modelcontextprotocol/sdk.registerTool", asCall, true)
}
