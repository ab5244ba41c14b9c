package data

import (
	"path"
	"regexp"
	"strings"
	"unicode"

	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser/jsonc"
	"github.com/qodacode/qodacode/parser/text"
)

var secretInConfig = &rule{
	Rule: diagnostics.Rule{
		ID: "SAST-mcp-secret-in-config", Title: "Secret in a list of MCP servers", Family: "sast", Severity: diagnostics.Error, Since: "0.1.0",
		CWE: []string{"CWE-798", "CWE-312"}, OWASPLLM: []string{"LLM02:2025", "LLM02:2026"},
		YieldsTo: "secrets",
		Doc: `## What it does
Reports values that stand literally in the ` + "`env`, `headers`" + ` or arguments of an MCP server under a name that means a secret: ` + "`API_KEY`, `TOKEN`, `PASSWORD`, `Authorization`, `--api-key`" + `.
References (` + "`${API_KEY}`, `${env:API_KEY}`, `${input:key}`" + `) and placeholders are left out. Where a rule of the family secrets knows the
format, that one is reported instead.

## Why is this bad?
Lists of servers are checked in, synchronised, pasted into issues, and read by agents.

## Example
` + "```json" + `
{"mcpServers": {"crm": {"url": "https://crm.example.com/mcp", "headers": {"Authorization": "Bearer 3f9a6c0e71b24d58"}}}}
` + "```" + `
Let the client read it from the environment:
` + "```json" + `
{"mcpServers": {"crm": {"url": "https://crm.example.com/mcp", "headers": {"Authorization": "Bearer ${CRM_TOKEN}"}}}}
` + "```" + `
Then revoke the secret: it stays in the history.
`,
	},
	tree: secretsIn,
}

var (
	secretName  = lazy(`(?i)(?:^|[_\-. ])(?:api[_-]?key|apikey|[a-z]*token|secret|password|passwd|pwd|passphrase|credentials?|private[_-]?key|access[_-]?key|auth(?:orization)?|pat|bearer|cookie)(?:$|[_\-. ])|[a-z](?:ApiKey|Token|Secret|Password)$`)
	noSecret    = lazy(`(?i)(?:_FILE|_PATH|_URL|_URI|_DIR|_TYPE|_NAME|_ENDPOINT|_HOST|_ID|_TTL|_LIMIT|_METHOD|_MODE|_HEADER|MAX_?TOKENS?|TOKENS?_?(?:LIMIT|MAX|COUNT)|_ENABLED|_REQUIRED)$`)
	placeholder = lazy(`(?i)your|example|placeholder|change[_-]?me|replace|x{3,}|\*{3,}|\.{3}|…|todo|insert|dummy|fake|sample|here|redacted|secret$|^token$|^password$|^none$|^null$|^test`)
	scheme      = lazy(`(?i)^(?:bearer|basic|token|apikey|bot)\s+`)
)

func secretsIn(d *document) {
	for _, s := range d.servers() {
		for _, group := range []string{"env", "environment", "headers"} {
			for _, m := range s.value.Get(group).Members {
				if m.Value.Kind == jsonc.String && secretName().MatchString(m.Key) && !noSecret().MatchString(m.Key) {
					d.secret(m.Value, m.Key, s.name, group != "headers")
				}
			}
		}
		args := s.value.Get("args").Elems
		for i, a := range args {
			flag, value, joined := strings.Cut(a.Text, "=")
			switch {
			case strings.HasPrefix(flag, "-") && secretName().MatchString(strings.TrimLeft(flag, "-")) && !noSecret().MatchString(flag):
				if joined && isSecret(value) {
					d.report(a.Span, secretMessage(flag), nil)
				} else if !joined && i+1 < len(args) && !strings.HasPrefix(args[i+1].Text, "-") {
					d.secret(args[i+1], strings.TrimLeft(flag, "-"), s.name, false)
				}
			case strings.HasPrefix(a.Text, "Authorization:"), strings.HasPrefix(a.Text, "X-API-Key:"): // mcp-remote --header
				_, value, _ := strings.Cut(a.Text, ":")
				if isSecret(scheme().ReplaceAllString(strings.TrimSpace(value), "")) {
					d.report(a.Span, secretMessage("the header"), nil)
				}
			}
		}
	}
}

func secretMessage(name string) string {
	return "The secret of " + name + " stands in this file for everybody who can read it; let the client take it from the environment, and revoke this one"
}

// secret reports a value that is one, with a reference to the environment in its place.
func (d *document) secret(v jsonc.Value, name, server string, isVariable bool) {
	value := scheme().ReplaceAllString(v.Text, "")
	if !isSecret(value) {
		return
	}
	inside := unquoted(v.Span, d.src)
	var fix *Fix
	at := strings.Index(d.src[inside.Start:inside.End], value)
	variable := name
	if !isVariable {
		variable = variableOf(server + "_" + name)
	}
	if reference := d.reference(variable); reference != "" && at >= 0 {
		span := text.Span{Start: inside.Start + at, End: inside.Start + at + len(value)}
		fix = &Fix{Title: "Read it from the environment variable " + variable, Edits: []Edit{{Span: span, New: reference}}}
	}
	d.report(v.Span, secretMessage(name), fix)
}

// reference is how the client that reads this file writes an environment variable; "" where it can't.
func (d *document) reference(variable string) string {
	dir := path.Base(path.Dir(d.name))
	switch {
	case dir == ".vscode" || dir == ".cursor" || dir == ".windsurf" || d.base == "mcp_config.json":
		return "${env:" + variable + "}"
	case d.base == ".mcp.json" || dir == ".claude" || dir == ".gemini":
		return "${" + variable + "}"
	}
	return ""
}

// variableOf is a name as environment variables are written.
func variableOf(name string) string {
	return strings.Trim(regexp.MustCompile(`[^A-Z0-9]+`).ReplaceAllString(strings.ToUpper(name), "_"), "_")
}

// isSecret reports whether a value can be one: no reference, no placeholder, no word.
func isSecret(value string) bool {
	if len(value) < 8 || strings.ContainsAny(value, "$<>{} \t") || placeholder().MatchString(value) || strings.Contains(value, "://") || strings.HasPrefix(value, "/") || strings.HasPrefix(value, "./") || strings.HasPrefix(value, "~") {
		return false
	}
	digits := strings.ContainsFunc(value, unicode.IsDigit)
	letters := strings.ContainsFunc(value, unicode.IsLetter)
	return digits && letters || len(value) >= 24 || strings.ContainsAny(value, "!@#%^&*") && letters
}
