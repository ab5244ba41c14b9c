package data

import (
	"strings"

	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser/jsonc"
	"github.com/qodacode/qodacode/parser/text"
)

var shadowName = &rule{
	Rule: diagnostics.Rule{
		ID: "SAST-mcp-tool-shadow-name", Title: "Two tools or servers of one name", Family: "sast", Severity: diagnostics.Warning, Since: "0.1.0",
		CWE: []string{"CWE-1007"}, OWASPLLM: []string{"LLM03:2025", "LLM04:2026"},
		Doc: `## What it does
Reports MCP servers in a list, and tools in a description or in code, that have the name of another one, or one that looks the same: letters of
another alphabet, 0 for o, 1 for l, other case or separators.

## Why is this bad?
A client keeps one of two that have the same name, and a model can't tell two apart that look the same. A call may then reach a tool that
nobody had in mind, with fewer checks; taking another tool's name is how a hostile server gets its calls.

## Example
` + "```json" + `
{"mcpServers": {"github": {"url": "https://api.githubcopilot.com/mcp/"}, "glthub": {"command": "./helper"}}}
` + "```" + `
Give each its own name:
` + "```json" + `
{"mcpServers": {"github": {"url": "https://api.githubcopilot.com/mcp/"}, "release-notes": {"command": "./helper"}}}
` + "```" + `
`,
	},
	tree: shadows,
}

// named is a server or a tool.
type named struct {
	name string
	span text.Span
}

func shadows(d *document) {
	var servers []named
	for _, s := range d.servers() {
		if s.name != "" {
			servers = append(servers, named{s.name, s.at})
		}
	}
	d.shadowed("server", servers)
	d.each(func(_ jsonc.Value, m jsonc.Member) {
		if m.Key != "tools" {
			return
		}
		var tools []named
		for _, e := range m.Value.Elems {
			name := e.Get("name")
			if fn := e.Get("function"); fn.Kind == jsonc.Object {
				name = fn.Get("name")
			}
			if name.Kind == jsonc.String && name.Text != "" && (e.Get("description").Kind == jsonc.String || e.Get("inputSchema").Kind == jsonc.Object || e.Get("function").Kind == jsonc.Object) {
				tools = append(tools, named{name.Text, name.Span})
			}
		}
		d.shadowed("tool", tools)
	})
}

// shadowed reports those of a list that look like an earlier one.
func (d *document) shadowed(what string, list []named) {
	seen := map[string]named{}
	for _, n := range list {
		shape := skeleton(n.name)
		first, known := seen[shape]
		if !known {
			seen[shape] = n
			continue
		}
		message := "This " + what + " has the name of an earlier one, " + first.name + ": only one of the two is ever used"
		if first.name != n.name {
			message = "The name " + n.name + " looks like " + first.name + ", an earlier " + what + ": neither a model nor a reader can tell them apart"
		}
		d.pass.ReportSource(diagnostics.Finding{Rule: d.rule.ID, Span: n.span, Message: message,
			Related: []diagnostics.Related{{Span: first.span, Message: "the other " + what}}})
	}
}

// sameLooks are characters by what they look like; see Unicode TR39.
var sameLooks = strings.NewReplacer("0", "o", "1", "l", "i", "l", "|", "l", "rn", "m", "vv", "w", "-", "", "_", "", ".", "", " ", "",
	"а", "a", "е", "e", "о", "o", "р", "p", "с", "c", "у", "y", "х", "x", "і", "l", "ј", "j", "ѕ", "s", "ԁ", "d", "һ", "h", "к", "k", "м", "m", "т", "t", "н", "h", "в", "b",
	"α", "a", "ο", "o", "ρ", "p", "ν", "v", "ι", "l", "κ", "k", "τ", "t", "υ", "u", "ı", "l", "ɡ", "g")

// skeleton is a name as it looks.
func skeleton(name string) string { return sameLooks.Replace(strings.ToLower(name)) }
