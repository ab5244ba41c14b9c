package facts

import (
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// hostedTool is one whose work stands in a library.
func (b *builder) hostedTool(user, c *parser.Call) *tool {
	q := plainName(b.f.QName(c.Callee))
	if q == "" || strings.Contains(c.Name, "Toolset") || strings.Contains(c.Name, "Toolkit") || strings.HasPrefix(c.Name, "MCP") || agentMakers[c.Name] {
		return nil
	}
	framework := frameworkOf(q, b.f.Language.IsScript())
	if framework == "" {
		framework = b.frameworkAt(user)
	}
	if framework == "" {
		return nil
	}
	t := &tool{node: c.Node, hosted: true, Tool: Tool{Framework: framework, Name: hostedName(c.Name)}, aliases: []string{c.Name}}
	if to := b.binding(c.Node); to != "" {
		t.aliases = append(t.aliases, to)
	}
	for _, a := range []string{"name"} {
		if v, ok := b.f.Argument(c, a, -1); ok {
			if s := b.f.Eval(v.Value); s.Kind == parser.String && s.Str != "" {
				t.Name, t.written = s.Str, true
			}
		}
	}
	for _, name := range approvalNames {
		if a, ok := b.f.Argument(c, name, -1); ok {
			b.approval(t, a.Value)
		}
	}
	for _, arg := range c.Args { // HostedMCPTool(tool_config={"require_approval": "never"})
		if n := b.f.Unwrap(arg.Value); b.f.Kind(n) == parser.KindDict {
			for _, name := range approvalNames {
				if p := b.f.Property(n, name); p != parser.NoNode && t.told == "" {
					b.approval(t, p)
				}
			}
		}
	}
	if t.Name == "" {
		return nil
	}
	return b.add(t)
}

// agentMakers are classes whose instances among the tools are agents.
var agentMakers = map[string]bool{"Agent": true, "AgentTool": true, "as_tool": true, "asTool": true, "LlmAgent": true, "AssistantAgent": true, "ToolNode": true}

// hostedName is the name that a model sees of a library's tool: web_search for WebSearchTool.
func hostedName(class string) string {
	name := strings.TrimSuffix(strings.TrimSuffix(class, "Run"), "Tool")
	if name == "" {
		return class
	}
	var out strings.Builder
	for i, r := range name {
		if upper := r >= 'A' && r <= 'Z'; upper && i > 0 && (name[i-1] < 'A' || name[i-1] > 'Z') && name[i-1] != '_' {
			out.WriteByte('_')
		}
		out.WriteRune(r)
	}
	return strings.ToLower(out.String())
}

// frameworkAt is the library of a call that is given tools.
func (b *builder) frameworkAt(c *parser.Call) string {
	if s := b.siteOf(c); s != nil {
		return s.SDK
	}
	if name := frameworkOf(plainName(b.f.QName(c.Callee)), b.f.Language.IsScript()); name != "" {
		return name
	}
	if c.Name == "bind_tools" || c.Name == "bindTools" || c.Name == "ToolNode" {
		return "langchain"
	}
	return b.importedFramework(func(*toolRow) bool { return true })
}
