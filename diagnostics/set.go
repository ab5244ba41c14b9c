package diagnostics

import (
	"cmp"
	"slices"

	"github.com/qodacode/qodacode/config"
)

// Set is all rules of an engine. It is immutable.
type Set struct {
	rules []Rule
	byID  map[string]int
	names []string
}

// NewSet orders rules by id. The rules of this package come on top of the given ones. A rule
// that two checks find, in code and in data, is described by the first.
func NewSet(rules []Rule) *Set {
	s := &Set{rules: slices.Concat(rules, ownRules), byID: make(map[string]int, len(rules)+len(ownRules))}
	slices.SortStableFunc(s.rules, func(a, b Rule) int { return cmp.Compare(a.ID, b.ID) })
	s.rules = slices.CompactFunc(s.rules, func(a, b Rule) bool { return a.ID == b.ID })
	for i, r := range s.rules {
		s.byID[r.ID] = i
		s.names = append(s.names, r.ID)
	}
	for _, r := range s.rules {
		if !slices.Contains(s.names, r.Family) {
			s.names = append(s.names, r.Family)
		}
	}
	return s
}

// With is s with more rules. One that has an id of s is left out.
func (s *Set) With(more []Rule) *Set {
	rules := slices.DeleteFunc(slices.Clone(s.rules), func(r Rule) bool { return r.Family == "config" })
	for _, r := range more {
		if _, taken := s.byID[r.ID]; !taken {
			rules = append(rules, r)
		}
	}
	return NewSet(rules)
}

// Rules are all rules by id. The caller must not change them.
func (s *Set) Rules() []Rule { return s.rules }

// Rule finds a rule by its id.
func (s *Set) Rule(id string) (Rule, bool) {
	i, ok := s.byID[id]
	if !ok {
		return Rule{}, false
	}
	return s.rules[i], true
}

// Names are the ids of all rules and their families: what [severity], [ignore] and
// qodacode:ignore accept.
func (s *Set) Names() []string { return s.names }

// SeverityOf is what the configuration says about a rule, else the rule's own severity.
func SeverityOf(r Rule, cfg *config.Config) Severity {
	if s, ok := ParseSeverity(cfg.SeverityOf(r.ID, r.Family)); ok {
		return s
	}
	return r.Severity
}

// The rules of this package. Their family, config, speaks of what people tell qodacode.
const (
	ConfigRule      = "CONFIG-001"
	SuppressionRule = "SUPPRESS-001"
	RuleRule        = "CONFIG-002"
	PolicyRule      = "CONFIG-003"
)

var ownRules = []Rule{
	{
		ID: ConfigRule, Title: "Invalid configuration", Family: "config", Severity: Error, Since: "0.1.0",
		Doc: `## What it does
Reports what is not understood in ` + "`qodacode.toml`" + `: an unknown key, a wrong type or value, a syntax error, or a key that only your own settings may set.

## Why is this bad?
What is not understood is not used. A misspelt ` + "`fail_on`" + ` would let every build pass.

## Example
` + "```toml\n[check]\nfail_onn = \"error\"\n```" + `
The message names what is expected:
` + "```toml\n[check]\nfail_on = \"error\"\n```" + `
[Configuration](../configuration.md) lists every key.
`,
	},
	{
		ID: RuleRule, Title: "Rule that cannot be used", Family: "config", Severity: Error, Since: "0.1.0",
		Doc: `## What it does
Reports a rule of yours that is not understood, where it stands in its YAML file: an unknown or missing key, a pattern that is no code of
its language, a regular expression that does not compile, an alias that refers to itself.

## Why is this bad?
The rule finds nothing, and nobody would notice. The other rules of the file are used.

## Example
` + "```yaml\nrules:\n  - id: no-eval\n    languages: [python]\n    severity: ERROR\n    message: eval runs what it is given\n    pattern: eval(\n```" + `
The message names the place and what is wrong there:
` + "```yaml\n    pattern: eval(...)\n```" + `
` + "`qodacode rules test PATH`" + ` runs the annotated tests of your rules. [How to write them](../writing-rules.md).
`,
	},
	{
		ID: PolicyRule, Title: "Policy that cannot be relied on", Family: "config", Severity: Error, Since: "0.1.0",
		Doc: `## What it does
Reports a policy of yours that does not do what it seems to, where it stands in its .rego file. As an error: it does not compile, reads a
field that facts do not have, compares one with a value that it never has, calls a built-in that policies may not use, or took more
time or memory than a policy may. As a warning: it can never fire, always fires, or does not look at the code at all.

## Why is this bad?
A policy that never fires looks like code that keeps to it.

## Example
` + "```rego\ndeny contains {\"msg\": \"SQL in production\", \"range\": s.range} if {\n\tsome s in input.sql\n\ts.ctx.production == \"prod\"\n}\n```" + `
The message says which values there are; what is not known should not pass either:
` + "```rego\n\ts.ctx.production != \"no\"\n```" + `
` + "`qodacode policy test`" + ` runs the tests of your policies. [How to write them](../writing-policies.md).
`,
	},
	{
		ID: SuppressionRule, Title: "Suppression comment without effect", Family: "config", Severity: Info, Since: "0.1.0",
		Doc: `## What it does
Reports a ` + "`qodacode:ignore`" + ` comment that silences nothing: its rule finds nothing there, or no rule has that id.

## Why is this bad?
A comment that outlived its finding hides the next one at that place. A misspelt id hides nothing although it seems to.

## Example
` + "```python\nprint(\"hello\")  # qodacode:ignore SECRET-openai-api-key -- test key\n```" + `
Remove the comment, for which there is a fix, or correct the id:
` + "```python\nprint(\"hello\")\n```" + `
Comments of other tools (nosec, noqa, gitleaks:allow, …) are honoured, but never reported: they may serve those tools.
`,
	},
}
