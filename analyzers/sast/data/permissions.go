package data

import (
	"regexp"
	"strings"

	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/jsonc"
)

var wildcardPermissions = &rule{
	Rule: diagnostics.Rule{
		ID: "SAST-agent-wildcard-permissions", Title: "Agent that may do anything without asking", Family: "sast", Severity: diagnostics.Warning, Since: "0.1.0",
		CWE: []string{"CWE-250", "CWE-732"}, OWASPLLM: []string{"LLM06:2025", "LLM03:2026"},
		Doc: `## What it does
Reports settings and code that let an agent use all tools, or run any command, without a person's approval:

- in settings of coding agents and editors: ` + "`\"defaultMode\": \"bypassPermissions\"`, `\"allow\": [\"Bash(*)\"]`, `\"chat.tools.autoApprove\": true`" + `,
  a list of MCP servers with ` + "`\"alwaysAllow\": [\"*\"]`, `\"autoApprove\": [\"*\"]` or `\"trust\": true`" + `;
- in YAML of agents and in the head of skills: ` + "`allowed-tools: \"*\"`, `auto_approve: true`" + `;
- commands with ` + "`--dangerously-skip-permissions`, `--dangerously-bypass-approvals-and-sandbox` or `--yolo`" + `;
- in code: ` + "`permission_mode=\"bypassPermissions\"`, `allowed_tools=[\"*\"]`, `auto_approve=True`" + ` and the same command lines.

## Why is this bad?
The question to the user is all that stands between a hidden instruction in a file or a page and a command on this machine. In a settings
file of a repository it is switched off for everybody who opens it.

## Example
` + "```json" + `
{"permissions": {"allow": ["Bash(*)"], "defaultMode": "bypassPermissions"}}
` + "```" + `
Name what may run unasked:
` + "```json" + `
{"permissions": {"allow": ["Bash(npm test)", "Bash(git status)"], "defaultMode": "acceptEdits"}}
` + "```" + `
`,
	},
	tree: permissions,
}

// allFlag is a setting that is true, or has a value, where an agent may do everything.
type allFlag struct {
	key, value string // "" for true
	why        string
}

var allFlags = []allFlag{
	{"defaultMode", "bypassPermissions", "no tool asks for permission"},
	{"permissionMode", "bypassPermissions", "no tool asks for permission"},
	{"permission_mode", "bypassPermissions", "no tool asks for permission"},
	{"skipDangerousModePermissionPrompt", "", "the mode without permissions starts unasked"},
	{"chat.tools.autoApprove", "", "all tools run unasked"},
	{"chat.tools.global.autoApprove", "", "all tools run unasked"},
	{"claudeCode.allowDangerouslySkipPermissions", "", "permissions can be skipped"},
	{"defaultApprovalMode", "yolo", "all tools run unasked"},
	{"approvalMode", "yolo", "all tools run unasked"},
	{"auto_approve", "", "all tools run unasked"},
	{"autoApprove", "", "all tools run unasked"},
	{"alwaysAllow", "", "all tools run unasked"},
	{"autoApproveAll", "", "all tools run unasked"},
	{"sandbox_mode", "danger-full-access", "commands run outside of any sandbox"},
}

// openLists are keys of lists of what is allowed.
var openLists = map[string]bool{
	"allow": true, "allowed_tools": true, "allowedTools": true, "allowed-tools": true, "alwaysAllow": true, "autoApprove": true, "auto_approve": true,
	"roo-cline.allowedCommands": true, "kilo-code.allowedCommands": true,
}

var (
	// everything is an entry that allows all tools, or all commands of a shell.
	everything = lazy(`^(?:\*|(?:Bash|Shell|run_shell_command|shell|execute_bash)(?:\((?::?\*|\*:\*|\*\*)\))?|mcp__\*)$`)
	// unattended is a command line that starts a coding agent without its questions.
	unattended = lazy(`--dangerously-skip-permissions\b|--dangerously-bypass-approvals-and-sandbox\b|\b(?:codex|gemini|qwen|copilot|cursor-agent|crush)\b[^"\n]*\s--yolo\b|\bclaude\b[^"\n]*\s--permission-mode[ =]bypassPermissions\b`)
)

func permissions(d *document) {
	d.each(func(owner jsonc.Value, m jsonc.Member) {
		for _, flag := range allFlags {
			if m.Key == flag.key && (flag.value == "" && m.Value.True() || flag.value != "" && m.Value.Text == flag.value) {
				d.report(m.Value.Span, "With "+m.Key+" "+m.Value.Text+" "+flag.why+": whatever text the agent reads can make it act",
					d.remove("Remove "+m.Key, spanOf(m), false))
			}
		}
		switch {
		case openLists[m.Key]:
			d.openList(m)
		case m.Key == "trust" && m.Value.True() && strings.Contains(d.name, ".gemini/"):
			d.report(m.Value.Span, "A trusted server's tools run without a question", d.remove("Remove trust", spanOf(m), false))
		case m.Key == "chat.tools.terminal.autoApprove" && m.Value.Kind == jsonc.Object:
			for _, p := range m.Value.Members {
				if (p.Key == "/.*/" || p.Key == "*" || p.Key == "/^.*$/") && p.Value.True() {
					d.report(p.KeySpan, "Every command of the terminal runs without a question", d.remove("Remove the pattern", spanOf(p), false))
				}
			}
		case m.Key == "permission" && strings.HasPrefix(d.base, "opencode"):
			if m.Value.Text == "allow" || m.Value.Get("*").Text == "allow" || m.Value.Get("bash").Text == "allow" {
				d.report(m.KeySpan, "Every tool runs without a question", nil)
			}
		}
	})
	if d.kind == instructions {
		return // prose tells about command lines
	}
	each(d.root, func(key string, v jsonc.Value) {
		if key == "description" || key == "deny" || key == "ask" {
			return
		}
		if at := unattended().FindStringIndex(v.Text); at != nil {
			d.report(v.Span, "This command starts an agent that asks for nothing: whatever text it reads can make it act. Leave the flag to a sandbox without secrets", d.withoutFlag(v))
		}
	})
}

func (d *document) openList(m jsonc.Member) {
	list := m.Value.Elems
	if m.Value.Kind == jsonc.String { // Claude's skills: a list in one text
		if m.Key != "allow" && everything().MatchString(strings.TrimSpace(m.Value.Text)) {
			d.report(m.Value.Span, m.Value.Text+" allows everything without a question; name the tools and commands that are needed", nil)
		}
		return
	}
	for _, e := range list {
		if e.Kind == jsonc.String && everything().MatchString(e.Text) && (m.Key != "allow" || d.kind == settings || d.kind == instructions) {
			d.report(e.Span, e.Text+" allows everything without a question; name the tools and commands that are needed", d.remove("Remove "+e.Text, e.Span, false))
		}
	}
}

// withoutFlag takes the flag out of an argument, where it is one of its own.
func (d *document) withoutFlag(v jsonc.Value) *Fix {
	if strings.HasPrefix(v.Text, "--dangerously-") && !strings.Contains(v.Text, " ") {
		return d.remove("Remove "+v.Text, v.Span, false)
	}
	inside := unquoted(v.Span, d.src)
	if d.Language != parser.JSON && d.Language != parser.YAML || inside.Len() == 0 {
		return nil
	}
	raw := d.src[inside.Start:inside.End]
	at := regexp.MustCompile(`\s--dangerously-(?:skip-permissions|bypass-approvals-and-sandbox)\b`).FindStringIndex(raw)
	if at == nil {
		return nil
	}
	inside.Start, inside.End = inside.Start+at[0], inside.Start+at[1]
	return &Fix{Title: "Remove the flag", Edits: []Edit{{Span: inside}}}
}
