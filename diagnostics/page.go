package diagnostics

import (
	"fmt"
	"strings"
)

// HasPage reports whether a rule has a page of ours: rules and policies of users have none.
func (r Rule) HasPage() bool { return r.Since != "" }

// RuleURL is the address of a rule's documentation.
func RuleURL(id string) string {
	return "https://github.com/qodacode/qodacode/blob/main/docs/rules/" + id + ".md"
}

// RulePage is a rule's documentation as a page of Markdown: what docs/rules holds, and what
// `qodacode rules ID` prints.
func RulePage(r Rule) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s: %s\n\n", r.ID, r.Title)
	facts := []string{"family **" + r.Family + "**", "severity **" + r.Severity.String() + "**"}
	if r.Since != "" {
		facts = append(facts, "since "+r.Since)
	}
	for _, cwe := range r.CWE {
		number := strings.TrimPrefix(cwe, "CWE-")
		facts = append(facts, fmt.Sprintf("[%s](https://cwe.mitre.org/data/definitions/%s.html)", cwe, number))
	}
	for _, risk := range r.OWASPLLM {
		facts = append(facts, "OWASP "+risk)
	}
	if len(r.Languages) > 0 {
		var names []string
		for _, l := range r.Languages {
			names = append(names, l.String())
		}
		facts = append(facts, "reads "+strings.Join(names, ", "))
	}
	fmt.Fprintf(&b, "%s\n\n%s\n", strings.Join(facts, " · "), strings.TrimSpace(r.Doc))
	fmt.Fprintf(&b, `
## How to silence it
On one line, with the reason: `+"`# qodacode:ignore %s -- why`"+` (`+"`//`"+` in TypeScript and JavaScript).
In the whole project, in `+"`qodacode.toml`"+`:
`+"```toml\n[severity]\n\"%s\" = \"off\"\n```\n", r.ID, r.ID)
	return b.String()
}
