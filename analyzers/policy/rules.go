package policy

import (
	"strings"

	"github.com/qodacode/qodacode/analyzers/policy/starters"
	"github.com/qodacode/qodacode/diagnostics"
)

// New is the check that lists the policies that come with qodacode. They are run with all
// others, when a file was checked: see Set.
func New() diagnostics.Check {
	return diagnostics.Check{Name: "policy", Rules: starterRules}
}

// StarterID is the id of a policy that comes with qodacode.
func StarterID(name string) string { return Prefix + strings.ReplaceAll(name, "_", "-") }

func starterRules() []diagnostics.Rule {
	var rules []diagnostics.Rule
	for _, s := range starters.All() {
		rules = append(rules, diagnostics.Rule{
			ID: StarterID(s.Name), Title: s.Title, Family: "policy", Severity: severityOf(s.Severity), Since: "0.1.0", Doc: s.Doc,
		})
	}
	return rules
}
