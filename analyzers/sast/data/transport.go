package data

import (
	"strings"

	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser/jsonc"
	"github.com/qodacode/qodacode/parser/text"
)

var insecureTransport = &rule{
	Rule: diagnostics.Rule{
		ID: "SAST-mcp-insecure-transport", Title: "MCP over an open or plain connection", Family: "sast", Severity: diagnostics.Warning, Since: "0.1.0",
		CWE: []string{"CWE-319", "CWE-306"}, OWASPLLM: []string{"LLM03:2025", "LLM04:2026"},
		Doc: `## What it does
Reports MCP and A2A servers of other hosts that are reached over ` + "`http://`" + ` or ` + "`ws://`" + `, in lists of servers and in code, servers whose
environment switches the checking of certificates off, and, in code, servers that listen on all interfaces (` + "`0.0.0.0`" + `) without authentication.
Addresses of this machine and of a network of containers are left out.

## Why is this bad?
Tools act with the rights of the server. Who reads the connection has its tokens and changes its answers, and an answer is read by a model.

## Example
` + "```json" + `
{"mcpServers": {"orders": {"url": "http://mcp.example.com/sse"}}}
` + "```" + `
` + "```json" + `
{"mcpServers": {"orders": {"url": "https://mcp.example.com/sse"}}}
` + "```" + `
`,
	},
	tree: transport,
}

func transport(d *document) {
	for _, s := range d.servers() {
		each(s.value, func(key string, v jsonc.Value) {
			switch scheme, _, _ := strings.Cut(strings.TrimSpace(v.Text), "://"); {
			case key == "NODE_TLS_REJECT_UNAUTHORIZED" && v.Text == "0", key == "PYTHONHTTPSVERIFY" && v.Text == "0":
				d.report(v.Span, "Without the check of certificates anybody on the way can pretend to be the server", nil)
			case (scheme == "http" || scheme == "ws") && (key == "url" || key == "serverUrl" || key == "httpUrl" || key == "endpoint" || key == "args") && isRemote(v.Text):
				inside := unquoted(v.Span, d.src)
				fix := &Fix{Title: "Use " + scheme + "s", Edits: []Edit{{Span: text.Span{Start: inside.Start + len(scheme), End: inside.Start + len(scheme)}, New: "s"}}}
				if !strings.HasPrefix(d.src[inside.Start:], scheme) {
					fix = nil
				}
				d.report(v.Span, "What the tools are asked, answer, and are paid with (tokens) goes to "+hostOf(v.Text)+" unencrypted", fix)
			}
		})
	}
}

func isRemote(address string) bool {
	host := hostOf(address)
	return host != "" && !isLocal(host) && !strings.ContainsAny(address, "$<{")
}
