// Package data has the rules of the family sast that read what is no code: settings of coding
// agents, lists of MCP servers, instructions for models, and hidden characters in any file.
package data

import (
	"path"
	"strings"

	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/jsonc"
	"github.com/qodacode/qodacode/parser/text"
)

// rule is one rule of the package. To add one, write a file with a rule and its test, and
// list it in table.
type rule struct {
	diagnostics.Rule
	// tree reads a document of JSON or YAML; nil for a rule that reads none.
	tree func(*document)
	// text reads any file; nil for a rule that reads trees only.
	text func(*document)
}

var table = []*rule{
	wildcardPermissions, autoEnable, unpinnedServer, insecureTransport, secretInConfig, shadowName, poison, trojanSource,
}

// Rules describes the rules.
func Rules() []diagnostics.Rule {
	var out []diagnostics.Rule
	for _, r := range table {
		out = append(out, r.Rule)
	}
	return out
}

// New is the check of these rules.
func New() diagnostics.Check {
	return diagnostics.Check{Name: "sast data", Family: "sast", Rules: Rules, Run: run}
}

func run(pass *diagnostics.Pass) {
	d := newDocument(pass)
	for _, r := range table {
		d.rule = r
		if r.text != nil {
			r.text(d)
		}
		if r.tree != nil && d.root.Kind != jsonc.Missing {
			r.tree(d)
		}
	}
}

// kind is what a file is for, by its path.
type kind uint8

const (
	otherFile    kind = iota
	serverList        // mcp.json and its like: MCP servers, and nothing but
	settings          // of a coding agent or of an editor
	instructions      // what a model is told to do: CLAUDE.md, SKILL.md, rules, prompts
)

// document is a file as the rules see it. Spans are bytes of File.Source.
type document struct {
	*parser.File
	pass *diagnostics.Pass
	rule *rule
	src  string
	name string // the path in lower case
	base string
	kind kind
	root jsonc.Value // of JSON and YAML
}

// limit is the size above which data files are not read as a tree: settings are small.
const limit = 1 << 20

func newDocument(pass *diagnostics.Pass) *document {
	d := &document{File: pass.File, pass: pass, src: pass.File.Source.String(), name: strings.ToLower(pass.File.Path)}
	d.base = path.Base(d.name)
	d.kind = kindOf(d.name)
	if d.kind == otherFile && (d.base == "settings.json" || d.base == "settings.local.json") && d.isAgentSettings() {
		d.kind = settings
	}
	switch {
	case len(d.src) > limit:
	case d.Language == parser.JSON && (d.kind != otherFile || d.speaksOfAgents()):
		d.root, _ = jsonc.Parse(d.src)
	case d.Language == parser.YAML && d.speaksOfAgents():
		d.root = yamlTree(d.src)
	case d.kind == instructions && strings.HasPrefix(d.src, "---"):
		d.root = frontMatter(d.src)
	}
	return d
}

// isAgentSettings reports whether a settings.json outside of the usual folders is that of a coding
// agent: a template, or a copy that a script installs.
func (d *document) isAgentSettings() bool {
	for _, word := range []string{"enableAllProjectMcpServers", "enabledMcpjsonServers", "mcpServers", "bypassPermissions", "PreToolUse", "PostToolUse", "SessionStart", "UserPromptSubmit", "\"Bash(", "_BASE_URL"} {
		if strings.Contains(d.src, word) {
			return true
		}
	}
	return false
}

// speaksOfAgents reports whether a data file holds a word of what the rules look for.
func (d *document) speaksOfAgents() bool {
	if isManifestLock(d.base) {
		return false
	}
	for _, word := range []string{"mcp", "MCP", "allowed_tools", "allowedTools", "allowed-tools", "permission_mode", "permissionMode", "auto_approve", "autoApprove", "alwaysAllow",
		"--dangerously-", "--yolo", "inputSchema", "input_schema", "\"tools\"", "tools:"} {
		if strings.Contains(d.src, word) {
			return true
		}
	}
	return false
}

// isManifestLock knows files that are long and hold nothing of ours.
func isManifestLock(base string) bool {
	return strings.HasSuffix(base, "-lock.json") || strings.HasSuffix(base, "-lock.yaml") || strings.HasSuffix(base, ".lock")
}

// instructionFiles are files of instructions by their name.
var instructionFiles = map[string]bool{
	"claude.md": true, "claude.local.md": true, "agents.md": true, "agent.md": true, "gemini.md": true, "qwen.md": true, "skill.md": true, "copilot-instructions.md": true,
	".cursorrules": true, ".windsurfrules": true, ".clinerules": true, ".roorules": true, ".goosehints": true, "conventions.md": true, "system_prompt.txt": true, "system_prompt.md": true,
}

// toolFolders are folders of the settings of coding agents.
var toolFolders = []string{".claude/", ".cursor/", ".vscode/", ".gemini/", ".windsurf/", ".roo/", ".kiro/", ".amazonq/", ".continue/", ".codex/", ".github/prompts/", ".github/instructions/", ".github/chatmodes/", ".github/agents/"}

func kindOf(name string) kind {
	base, ext := path.Base(name), path.Ext(name)
	inTool := false
	for _, folder := range toolFolders {
		inTool = inTool || strings.HasPrefix(name, folder) || strings.Contains(name, "/"+folder)
	}
	isText := ext == ".md" || ext == ".mdc" || ext == ".txt" || ext == ".prompt" || ext == ".markdown"
	switch {
	case base == "mcp.json", base == ".mcp.json", base == "claude_desktop_config.json", base == "mcp_config.json", base == "mcp_settings.json", base == "cline_mcp_settings.json", base == "mcp.jsonc", base == ".mcp.jsonc", base == "mcp-config.json", base == "mcp_servers.json", base == "mcpservers.json":
		return serverList
	case instructionFiles[base], ext == ".mdc", inTool && isText, strings.HasSuffix(base, ".prompt.md"), strings.HasSuffix(base, ".instructions.md"), ext == ".prompt",
		isText && (strings.HasPrefix(name, "prompts/") || strings.Contains(name, "/prompts/")):
		return instructions
	case inTool && ext == ".json", base == "opencode.json", base == "opencode.jsonc", base == ".claude.json", base == "managed-settings.json", ext == ".code-workspace":
		return settings
	}
	return otherFile
}

// report reports a finding at span, with a fix where there is one.
func (d *document) report(span text.Span, message string, fix *Fix) {
	f := diagnostics.Finding{Rule: d.rule.ID, Span: span, Message: message}
	if fix != nil {
		f.Fix = fix
	}
	d.pass.ReportSource(f)
}

// Fix is what can be done about a finding: edits of File.Source.
type Fix struct {
	Title string
	Safe  bool
	Edits []Edit
}

// Edit replaces Span by New.
type Edit struct {
	Span text.Span
	New  string
}

// server is one MCP server of a list.
type server struct {
	name  string
	at    text.Span // of the name
	value jsonc.Value
}

// serverKeys are the keys below which clients list MCP servers.
var serverKeys = []string{"mcpServers", "mcp_servers", "mcp-servers", "context_servers"}

// servers are the MCP servers that a document lists, wherever in it.
func (d *document) servers() []server {
	var out []server
	take := func(list jsonc.Value) {
		for _, m := range list.Members {
			if m.Value.Kind == jsonc.Object {
				out = append(out, server{m.Key, unquoted(m.KeySpan, d.src), m.Value})
			}
		}
		for _, e := range list.Elems { // lists of YAML
			if e.Kind == jsonc.Object {
				out = append(out, server{e.Get("name").Text, e.Get("name").Span, e})
			}
		}
	}
	var visit func(v jsonc.Value)
	visit = func(v jsonc.Value) {
		for _, m := range v.Members {
			isList := false
			for _, key := range serverKeys {
				isList = isList || m.Key == key
			}
			// VS Code: {"servers": {…}}, and {"mcp": {"servers": {…}}}; opencode: {"mcp": {"name": {…}}}
			isList = isList || m.Key == "servers" && d.kind == serverList
			if m.Key == "mcp" && m.Value.Kind == jsonc.Object {
				if list := m.Value.Get("servers"); list.Kind == jsonc.Object {
					take(list)
					continue
				}
				isList = strings.HasPrefix(d.base, "opencode")
			}
			if isList {
				take(m.Value)
				continue
			}
			visit(m.Value)
		}
		for _, e := range v.Elems {
			visit(e)
		}
	}
	visit(d.root)
	return out
}

// unquoted is a span without the quotes that stand at its ends.
func unquoted(s text.Span, src string) text.Span {
	if s.Len() >= 2 && (src[s.Start] == '"' || src[s.Start] == '\'') && src[s.End-1] == src[s.Start] {
		return text.Span{Start: s.Start + 1, End: s.End - 1}
	}
	return s
}

// each visits all strings below v.
func each(v jsonc.Value, visit func(key string, v jsonc.Value)) {
	var walk func(key string, v jsonc.Value)
	walk = func(key string, v jsonc.Value) {
		if v.Kind == jsonc.String {
			visit(key, v)
		}
		for _, m := range v.Members {
			walk(m.Key, m.Value)
		}
		for _, e := range v.Elems {
			walk(key, e)
		}
	}
	walk("", v)
}

// removal is the place of a member or an element of JSON with the comma that belongs to it.
func (d *document) removal(s text.Span) text.Span {
	if d.Language != parser.JSON {
		return text.Span{}
	}
	end := s.End
	for end < len(d.src) && strings.IndexByte(" \t\r\n", d.src[end]) >= 0 {
		end++
	}
	if end < len(d.src) && d.src[end] == ',' {
		end++
		for end < len(d.src) && (d.src[end] == ' ' || d.src[end] == '\t') {
			end++
		}
		if end < len(d.src) && (d.src[end] == '\n' || d.src[end] == '\r') { // the line goes with it
			start := s.Start
			for start > 0 && (d.src[start-1] == ' ' || d.src[start-1] == '\t') {
				start--
			}
			if start > 0 && d.src[start-1] == '\n' {
				return text.Span{Start: start, End: end + len(d.src[end:]) - len(strings.TrimPrefix(strings.TrimPrefix(d.src[end:], "\r"), "\n"))}
			}
		}
		return text.Span{Start: s.Start, End: end}
	}
	start := s.Start
	for start > 0 && strings.IndexByte(" \t\r\n", d.src[start-1]) >= 0 {
		start--
	}
	if start > 0 && d.src[start-1] == ',' {
		return text.Span{Start: start - 1, End: s.End}
	}
	return s
}

// remove is the fix that takes a member or an element out; nil where the file is no JSON.
func (d *document) remove(title string, s text.Span, safe bool) *Fix {
	span := d.removal(s)
	if span.Len() == 0 {
		return nil
	}
	return &Fix{Title: title, Safe: safe, Edits: []Edit{{Span: span}}}
}
