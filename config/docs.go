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
`
