package secrets

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/diagnostics"
)

// operators is what stands in gitleaks' patterns for "any value that is assigned to the
// provider's name".
const operators = `(?:=|>|:{1,3}=|\|\||:|=>|\?=|,)`

// describe completes gitleaks' rules with what ours know about them, and the other way round.
func describe(theirs, ours *source) {
	for i := range theirs.Rules {
		s := &theirs.Rules[i]
		if s.Title = ours.Titles[s.ID]; s.Title == "" {
			s.Title = title(s.ID, ours.Words)
		}
		s.Env = ours.Env[s.ID]
		s.Generic = strings.Contains(s.Regex, operators) || slices.Contains(ours.Generic, s.ID)
		s.Password = slices.Contains(ours.Passwords, s.ID)
		for j := range ours.Rules {
			if own := &ours.Rules[j]; own.Like == s.ID {
				own.Allowlists = append(own.Allowlists, s.Allowlists...)
			}
		}
	}
}

// title makes a noun phrase of an id: openai-api-key is an OpenAI API key.
func title(id string, words map[string]string) string {
	parts := strings.Split(id, "-")
	for i, part := range parts {
		if word, ok := words[part]; ok {
			parts[i] = word
		}
	}
	phrase := strings.Join(parts, " ")
	return strings.ToUpper(phrase[:1]) + phrase[1:]
}

// message never holds the secret, and nothing of a password.
func message(r *rule, secret string) string {
	where := " in source"
	if strings.Contains(r.Title, " in a") {
		where = ""
	}
	hint := Redact(secret)
	if r.Generic || r.Password {
		hint = length(secret)
	}
	return fmt.Sprintf("%s%s (%s)", r.Title, where, hint)
}

func document(r *rule) diagnostics.Rule {
	severity := diagnostics.Error
	if r.Generic {
		severity = diagnostics.Warning
	}
	return diagnostics.Rule{
		ID: "SECRET-" + r.ID, Title: r.Title, Family: "secrets", Severity: severity, Since: "0.1.0",
		Doc: doc(r), CWE: []string{"CWE-798"}, OWASPLLM: []string{"LLM02:2025"},
	}
}

func doc(r *rule) string {
	if r.regexp == nil {
		return r.Description + "\n\n" + fileDoc
	}
	name := r.Env
	if name == "" {
		name = nameOf(r.ID)
	}
	return r.Description + "\n\n" + fmt.Sprintf(secretDoc, name, strings.ToLower(name))
}

const fileDoc = `## Why is this bad?
Everyone who can read the repository, its history or a package made from it has the file.

## How to fix it
Replace what it protects, delete the file from the repository and its history, and read it from a place that only the running program can reach.`

// secretDoc takes the name of an environment variable and that of a Python variable.
const secretDoc = `## Why is this bad?
Everyone who can read the file can use the secret: colleagues, users of a package or an image made from it, models that the code is pasted into, and whoever finds the repository, where it stays in the history after it is deleted.

## How to fix it
Revoke the secret with its provider and make a new one; then keep it out of the source.

Before:
` + "```python\n%[2]s = \"…\"\n```" + `
After:
` + "```python\nimport os\n\n%[2]s = os.environ[\"%[1]s\"]\n```" + `
In TypeScript and JavaScript read ` + "`process.env.%[1]s`" + `. Keep an .env file that holds it out of the repository.

If the value is no secret, say so: ` + "`# qodacode:ignore <rule> -- why`" + `.`

// envName suggests an environment variable: the provider's own, else the name that the
// value is assigned to, else one made from the rule's id.
func (c candidate) envName(text string) string {
	if c.rule.Env != "" {
		return c.rule.Env
	}
	if name := assigned.FindStringSubmatch(text[c.start:c.secretStart]); c.rule.Generic && name != nil {
		return nameOf(name[1])
	}
	return nameOf(c.rule.ID)
}

// assigned finds the name that a match begins with, without what it is a member of, where
// it says what the value is.
var assigned = regexp.MustCompile(`(?i)^\W*(?:export\s+)?(?:[\w-]+\.)*([a-z_][\w-]*(?:key|token|secret|pass|pwd|cred|auth|login|access|id)[\w-]*|(?:key|token|secret|pass|pwd|cred|auth|api|access)[\w-]*)`)

// boundary is where camelCase begins a word.
var boundary = regexp.MustCompile(`([a-z0-9])([A-Z])`)

// notName is what a variable's name can't have.
var notName = regexp.MustCompile(`[^A-Z0-9_]+`)

// nameOf writes a name as environment variables are written: apiKey becomes API_KEY.
func nameOf(name string) string {
	name = strings.ToUpper(boundary.ReplaceAllString(name, "${1}_$2"))
	name = strings.Trim(notName.ReplaceAllString(name, "_"), "_")
	if name == "" || name[0] <= '9' {
		return "_" + name
	}
	return name
}
