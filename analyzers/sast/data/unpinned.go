package data

import (
	"path"
	"regexp"
	"strings"

	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser/jsonc"
	"github.com/qodacode/qodacode/parser/text"
)

var unpinnedServer = &rule{
	Rule: diagnostics.Rule{
		ID: "SAST-mcp-unpinned-server", Title: "MCP server without a version", Family: "sast", Severity: diagnostics.Warning, Since: "0.1.0",
		CWE: []string{"CWE-1357", "CWE-829"}, OWASPLLM: []string{"LLM03:2025", "LLM04:2026"},
		Doc: `## What it does
Reports MCP servers that are started as whatever is newest at the moment, in lists of servers (` + "`.mcp.json`" + `, the settings of clients, YAML) and in
code: ` + "`npx`, `bunx`, `pnpm dlx`, `uvx`, `pipx run`" + ` with a package that has no exact version or ` + "`@latest`" + `, repositories without a commit, and images of
containers without a tag or with ` + "`latest`" + `.

## Why is this bad?
The package is downloaded and run at each start, with the tokens of the server's environment at hand. Who takes over its name or its
maintainer's account is on this machine the next morning.

## Example
` + "```json" + `
{"mcpServers": {"files": {"command": "npx", "args": ["-y", "@modelcontextprotocol/server-filesystem", "./notes"]}}}
` + "```" + `
Name the version that was looked at:
` + "```json" + `
{"mcpServers": {"files": {"command": "npx", "args": ["-y", "@modelcontextprotocol/server-filesystem@2025.8.21", "./notes"]}}}
` + "```" + `
`,
	},
	tree: unpinned,
}

// word is one word of a command line with its place.
type word struct {
	text string
	span text.Span
}

// commandOf is the command line of a server. A shell around it is taken off.
func (d *document) commandOf(s server) []word {
	var words []word
	add := func(v jsonc.Value) {
		span := unquoted(v.Span, d.src)
		if strings.ContainsAny(v.Text, " \t") {
			for part := range strings.FieldsSeq(v.Text) {
				words = append(words, word{part, span})
			}
			return
		}
		words = append(words, word{v.Text, span})
	}
	command := s.value.Get("command")
	switch command.Kind {
	case jsonc.String:
		add(command)
	case jsonc.Array: // opencode
		for _, e := range command.Elems {
			add(e)
		}
	case jsonc.Object: // Zed
		add(command.Get("path"))
		s.value = command
	}
	for _, a := range s.value.Get("args").Elems {
		if len(words) > 0 && strings.ContainsAny(a.Text, " \t") && !isShell(words[0].text) {
			words = append(words, word{a.Text, unquoted(a.Span, d.src)})
			continue
		}
		add(a)
	}
	for len(words) > 2 && isShell(words[0].text) {
		i := 1
		for i < len(words) && (strings.HasPrefix(words[i].text, "-") || strings.HasPrefix(words[i].text, "/") && len(words[i].text) == 2) {
			i++
		}
		words = words[i:]
	}
	return words
}

func isShell(command string) bool {
	switch strings.TrimSuffix(strings.ToLower(path.Base(strings.ReplaceAll(command, `\`, "/"))), ".exe") {
	case "cmd", "sh", "bash", "zsh", "env":
		return true
	}
	return false
}

func unpinned(d *document) {
	for _, s := range d.servers() {
		words := d.commandOf(s)
		if len(words) == 0 {
			continue
		}
		if w, what := floating(words); what != "" {
			d.report(w.span, what+". Whoever takes it over runs code here at the next start; name the version that was looked at", nil)
		}
	}
}

// runner is a command that downloads and runs a package.
type runner struct {
	words  []string // the command and its first words
	valued string   // flags whose value is the next word, in spaces
	from   string   // a flag whose value is the package
	pinned func() *regexp.Regexp
	what   string
}

var (
	exactNPM   = lazy(`^(?:@[^/]+/)?[^@/]+@v?\d+\.\d+\.\d+[\w.+-]*$`)
	exactPyPI  = lazy(`^[A-Za-z0-9._-]+(?:\[[^\]]*\])?(?:==|@)v?\d[\w.!+]*$`)
	commit     = lazy(`[@#][0-9a-f]{40}(?:$|#)`)
	exactImage = lazy(`@sha256:[0-9a-f]{64}$|:[^/:]*\d[^/:]*$`)
)

var runners = []runner{
	{[]string{"npx"}, " -c --call --registry --cache ", "-p --package", exactNPM, "npx starts %s in whatever version is the newest"},
	{[]string{"bunx"}, "", "-p --package", exactNPM, "bunx starts %s in whatever version is the newest"},
	{[]string{"bun", "x"}, "", "", exactNPM, "bun x starts %s in whatever version is the newest"},
	{[]string{"pnpm", "dlx"}, "", "--package", exactNPM, "pnpm starts %s in whatever version is the newest"},
	{[]string{"pnpx"}, "", "--package", exactNPM, "pnpx starts %s in whatever version is the newest"},
	{[]string{"yarn", "dlx"}, "", "-p --package", exactNPM, "yarn starts %s in whatever version is the newest"},
	{[]string{"npm", "exec"}, "", "-p --package", exactNPM, "npm starts %s in whatever version is the newest"},
	{[]string{"uvx"}, " --with -w --python -p --index-url -i --extra-index-url --index --default-index --refresh-package --directory --project ", "--from", exactPyPI, "uvx starts %s in whatever version is the newest"},
	{[]string{"uv", "tool", "run"}, " --with --python -p --index-url --index --default-index --directory --project ", "--from", exactPyPI, "uv starts %s in whatever version is the newest"},
	{[]string{"pipx", "run"}, " --python --pip-args --index-url ", "--spec", exactPyPI, "pipx starts %s in whatever version is the newest"},
	{[]string{"docker", "run"}, dockerFlags, "", exactImage, "docker starts the image %s in whatever version is the newest"},
	{[]string{"podman", "run"}, dockerFlags, "", exactImage, "podman starts the image %s in whatever version is the newest"},
}

// dockerFlags are flags of docker run that have a value.
const dockerFlags = " -e --env --env-file -v --volume --mount --name -p --publish -w --workdir -u --user --network --net --platform --entrypoint -h --hostname --label -l --add-host --memory -m --cpus --gpus --cap-add --cap-drop --security-opt --tmpfs --dns --restart --pull --ulimit --shm-size --device "

// floating is the word of a command line that names a package without a version, and what is
// wrong with it; "" where nothing is.
func floating(words []word) (word, string) {
	command := strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(path.Base(strings.ReplaceAll(words[0].text, `\`, "/"))), ".cmd"), ".exe")
	for _, r := range runners {
		if command != r.words[0] || len(words) <= len(r.words) {
			continue
		}
		rest := words[1:]
		ok := true
		for i, w := range r.words[1:] {
			ok = ok && rest[i].text == w
		}
		if !ok {
			continue
		}
		w := r.packageIn(rest[len(r.words)-1:])
		if w.text == "" || isLocalPackage(w.text) || r.pinned().MatchString(w.text) || commit().MatchString(w.text) {
			return word{}, ""
		}
		return w, strings.Replace(r.what, "%s", shortened(w.text), 1)
	}
	return word{}, ""
}

func shortened(s string) string {
	if len(s) > 80 {
		return s[:80] + "…"
	}
	return s
}

// packageIn is the word that names the package: that of the flag for it, else the first that is no flag.
func (r *runner) packageIn(words []word) word {
	first := word{}
	for i := 0; i < len(words); i++ {
		w := words[i]
		flag, value, joined := strings.Cut(w.text, "=")
		switch {
		case !strings.HasPrefix(w.text, "-"):
			if first.text == "" {
				first = w
			}
		case r.from != "" && strings.Contains(" "+r.from+" ", " "+flag+" ") && first.text == "":
			if joined {
				return word{value, w.span}
			}
			if i+1 < len(words) {
				return words[i+1]
			}
		case strings.Contains(r.valued, " "+w.text+" "):
			i++
		}
	}
	return first
}

// isLocalPackage reports whether a word means a folder, a variable or an address that says no version.
func isLocalPackage(s string) bool {
	return strings.HasPrefix(s, ".") || strings.HasPrefix(s, "/") || strings.HasPrefix(s, "~") || strings.HasPrefix(s, "file:") || strings.ContainsAny(s, "$<>{}\\") || len(s) < 2 || s[1] == ':'
}
