// Package secrets finds keys, tokens and passwords in the text of any file, with all
// rules of gitleaks and rules of its own for the providers that agents use.
//
// It finds what gitleaks finds, and fast enough for every keystroke: one pass over the text
// looks for the literals that the rules' patterns can't do without (keywords.go, plan.go),
// small automata tell how far a match around such a literal could reach (automaton.go),
// only there the patterns run, and only where the text has changed (scan.go). What
// gitleaks drops is dropped (allow.go); what is no secret to a reader is dropped too (filter.go).
package secrets

import (
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser/text"
)

// Fix is what a finding offers to repair.
type Fix struct {
	// Name is a name for an environment variable to hold the secret, such as OPENAI_API_KEY.
	Name string
	// Literal is where the secret stands, in bytes of the file's Source.
	Literal text.Span
}

// New makes the check of all rules. The rules are read when they are first asked for, and
// their patterns compiled when a text first needs them.
func New() diagnostics.Check {
	return diagnostics.Check{
		Name:  "secrets",
		Rules: func() []diagnostics.Rule { return allRules().rules },
		Run:   func(pass *diagnostics.Pass) { allRules().run(pass) },
	}
}

// Warm does what the first file would otherwise wait for, about 30 ms of work: it plans
// all rules, and compiles those that nearly every file needs. It may run beside anything else.
func Warm() {
	set := allRules().set
	set.compile()
	set.global()
	for _, r := range set.rules {
		if r.yields() {
			r.regexp()
			r.allowlists()
		}
	}
}

// catalog is all rules, ready to scan and described.
type catalog struct {
	set   *ruleset
	rules []diagnostics.Rule
}

// allRules is made once: rules and automata are immutable or safe to share.
var allRules = sync.OnceValue(func() *catalog {
	theirs, ours, err := load()
	if err != nil {
		panic("secrets: " + err.Error()) // the data is embedded and tested
	}
	describe(&theirs, &ours)
	c := &catalog{set: newRuleset(append(theirs.Rules, ours.Rules...), theirs.Allowlist)}
	for _, r := range c.set.rules {
		c.rules = append(c.rules, document(r))
	}
	return c
})

func (c *catalog) run(pass *diagnostics.Pass) {
	source := pass.File.Source.String()
	previous, _ := (*pass.Memo).(*scan)
	s := c.set.scan(strings.ReplaceAll(pass.File.Path, `\`, "/"), source, previous)
	*pass.Memo = s
	for _, found := range s.convincing(expressions(pass.File)) {
		secret := s.secret(found)
		if pass.Config != nil && allowedBy(pass.Config.Secrets.Allow, secret) {
			continue
		}
		span := text.Span{Start: found.secretStart, End: found.secretEnd}
		finding := diagnostics.Finding{Rule: c.rules[found.rule.index].ID, Span: span}
		if found.rule.regexp == nil {
			finding.Message = found.rule.Title + " in the project: whoever has it has what it protects"
		} else {
			finding.Message = message(found.rule, secret)
			finding.Fix = &Fix{Name: found.envName(s.text), Literal: span}
		}
		pass.ReportSource(finding)
	}
}

// Redact describes a secret without giving it away: its length, and the first four
// characters, which tell the kind of key, where at least twelve remain hidden.
func Redact(secret string) string {
	if utf8.RuneCountInString(secret) < 16 {
		return length(secret)
	}
	prefix := []rune(secret)[:4]
	for i, r := range prefix {
		if r < ' ' || r == 0x7f || r == utf8.RuneError {
			prefix[i] = '·'
		}
	}
	return string(prefix) + "…, " + length(secret)
}

func length(secret string) string {
	return fmt.Sprintf("%d characters", utf8.RuneCountInString(secret))
}
