package config

import (
	"fmt"
	"strings"
)

//go:generate go test -run TestDocs -update .

// Markdown is the page docs/configuration.md.
func Markdown() string {
	var b strings.Builder
	b.WriteString(preface)
	section := ""
	for _, k := range table {
		head, name, _ := strings.Cut(k.Name, ".")
		if head != section {
			section = head
			fmt.Fprintf(&b, "\n## [%s]\n", section)
		}
		fmt.Fprintf(&b, "\n### %s\n\n%s\n\n", strings.Replace(name, "*", "*name*", 1), k.Doc)
		fmt.Fprintf(&b, "- type: %s\n", k.Type)
		if len(k.Values) > 0 {
			fmt.Fprintf(&b, "- values: `%s`\n", strings.Join(k.Values, "`, `"))
		}
		if k.Default != "" {
			fmt.Fprintf(&b, "- default: `%s`\n", k.Default)
		}
		fmt.Fprintf(&b, "- scope: %s\n", k.Scope)
	}
	return b.String()
}

const preface = `<!-- Generated from config/keys.go by go generate ./config; do not edit. -->
# Configuration

qodacode works without configuration. What you want otherwise goes into ` + "`qodacode.toml`" + `, for example:

` + "```toml" + `
[check]
fail_on = "error"
exclude = ["vendor/**"]

[severity]
"COST-008" = "off"

[ignore]
"tests/**" = ["secrets"]
` + "```" + `

**Where it is read from.** For each file, the nearest ` + "`qodacode.toml`" + ` in its folder or above it. The search ends at the
repository's root (the folder with ` + "`.git`" + `), so that a checkout gives the same findings wherever it lies.
` + "`qodacode check --config FILE`" + ` uses that file for all files.

**Your own settings** go into ` + "`~/.config/qodacode/config.toml`" + ` (` + "`$XDG_CONFIG_HOME/qodacode/config.toml`" + ` where that is set,
` + "`%AppData%\\qodacode\\config.toml`" + ` on Windows) or into the editor's settings under ` + "`qodacode`" + `; the editor's win over the file's.

**Who wins.** Each key has a scope:

- *workspace*: the project's ` + "`qodacode.toml`" + ` wins over your own settings, so that everyone sees the same findings.
- *editor*: your own settings win over the project's, because it is your screen.
- *user*: only your own settings count. Keys that choose endpoints, commands or keys have this scope; a project that sets one gets a
  finding instead. No key of this version does.

**Mistakes** are findings of the rule CONFIG-001 at their place in the file: an unknown key, a wrong type, a syntax error. What is wrong is
not used, the rest is. ` + "`qodacode check`" + ` exits 2.

## Comments that silence a finding

` + "```python" + `
client = OpenAI(api_key="...")  # qodacode:ignore SECRET-openai-api-key -- revoked, kept for the test

# qodacode:ignore COST-009 -- the migration is planned for March
MODEL = "gpt-4-0314"
` + "```" + `

The comment names rules or families, separated by commas, and speaks of its own line; alone on a line, of the next one, or of the
multi-line string that begins there. ` + "`qodacode:ignore-file ID -- reason`" + ` speaks of the whole file. One that silences nothing is
reported (SUPPRESS-001).

Comments for other tools are honoured on their line, so that nobody has to write them twice. Those with ids silence only the rules that
look for the same weakness (CWE):

| comment | silences |
|---|---|
| ` + "`gitleaks:allow`, `ggignore`, `trufflehog:ignore`, `pragma: allowlist secret`" + ` | secrets |
| ` + "`pragma: allowlist nextline secret`" + ` | secrets in the next line |
| ` + "`nosec`, `NOSONAR`" + ` | secrets and sast |
| ` + "`nosec B105`, `noqa: S105`, `NOSONAR(S2068)`" + ` | rules of secrets, sast and user with the CWE of that id |
| ` + "`nosem`, `nosemgrep`" + `, also alone on the line above | secrets, sast and user |
| ` + "`nosemgrep: my.rule.id`" + ` | the user's rule of that id, with or without its path; our rule of the same name |

# Keys
`
