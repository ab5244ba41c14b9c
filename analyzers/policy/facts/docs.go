package facts

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
)

const docsHead = `<!-- Generated from the types in analyzers/policy/facts by go test ./analyzers/policy/facts -update; do not edit. -->
# Policy facts

What a policy sees of a file: the document that Rego knows as ` + "`input`" + `. ` + "`qodacode policy facts FILE`" + ` prints it, and
` + "`qodacode policy facts --schema`" + ` prints its JSON Schema.

` + "```rego" + `
package no_shell_in_tools

deny contains {"msg": sprintf("tool %s starts %s", [sh.ctx.tool, sh.program]), "range": sh.range} if {
	some sh in input.shell
	sh.ctx.tool != ""
	sh.ctx.approved != "yes"
}
` + "```" + `

**Every field is always there.** A file without SQL has an empty ` + "`sql`" + `, and a host that the code does not tell is ` + "`\"\"`" + ` with
` + "`known: \"none\"`" + `. Nothing is null, so a condition never fails because something is missing.

**Unknown is a value.** Most questions that matter (does this run in production, has a person approved it) are answered ` + "`yes`" + `,
` + "`no`" + ` or ` + "`unknown`" + `. Write policies so that unknown never passes silently: forbid unless ` + "`production == \"no\"`" + `, require
` + "`approved == \"yes\"`" + `, and ` + "`warn`" + ` where the code does not tell the host or the statement.

**Names are resolved.** ` + "`callee`" + ` follows imports, aliases and variables: ` + "`c.messages.create`" + ` is
` + "`anthropic.Anthropic.messages.create`" + ` whatever ` + "`c`" + ` is called. Parentheses of calls in between are left out
(` + "`sqlite3.connect.cursor.execute`" + `), as are ` + "`default`" + ` of JavaScript's imports and ` + "`node:`" + `.

**Positions** count lines and characters from 0, as the Language Server Protocol does; ids such as ` + "`sql:12:4`" + ` have line and column
from 1, as editors show them. Secrets in texts are masked as ` + "`***`" + `.

**Versions.** ` + "`version`" + ` is 1. A field may be added within a version; none is removed or changes its meaning.

`

// sample is the code of the example in the reference.
const sample = `import os
import psycopg
from agents import Agent, function_tool

@function_tool(needs_approval=True)
def remove_user(name: str) -> str:
    """Removes a user."""
    with psycopg.connect(os.environ["DATABASE_URL"]) as db:
        db.execute("DELETE FROM users WHERE name = %s", (name,))
    return "removed"

support = Agent(name="Support", model="gpt-5-mini", tools=[remove_user])
`

// example shows what the sample's facts say of one statement and one tool.
func example(b *strings.Builder) {
	b.WriteString("## Example\n\n```python\n" + sample + "```\n\n")
	doc, err := OfCode(context.Background(), "support.py", sample)
	if err != nil || len(doc.SQL) == 0 || len(doc.Tools) == 0 {
		return
	}
	for _, part := range []struct {
		name string
		fact any
	}{{"sql", doc.SQL[:1]}, {"tools", doc.Tools[:1]}} {
		fact, err := json.MarshalIndent(part.fact, "", "  ")
		if err != nil {
			return
		}
		b.WriteString("`input." + part.name + "`:\n\n```json\n" + string(fact) + "\n```\n\n")
	}
}

// Markdown is the reference of the document, docs/policy-facts.md.
func Markdown() string {
	var b strings.Builder
	b.WriteString(docsHead)
	example(&b)
	b.WriteString("## input\n\n")
	table(&b, Fields())
	seen := map[string]bool{}
	queue := slices.Clone(Fields())
	for len(queue) > 0 {
		f := queue[0]
		queue = queue[1:]
		if f.Of == "" || seen[f.Of] {
			continue
		}
		seen[f.Of] = true
		b.WriteString("\n## " + f.Of + "\n\n")
		b.WriteString("At `input." + f.Path)
		if f.Elem != "" {
			b.WriteString("[_]")
		}
		b.WriteString("`")
		if f.Of == "context" || f.Of == "range" || f.Of == "position" {
			b.WriteString(" and wherever a `" + f.Name + "` stands")
		}
		b.WriteString(".\n\n")
		table(&b, f.Fields)
		queue = append(queue, f.Fields...)
	}
	return b.String()
}

// table writes fields as a table, with links to what they hold.
func table(b *strings.Builder, fields []*Field) {
	b.WriteString("| field | type | meaning |\n|---|---|---|\n")
	for _, f := range fields {
		kind := f.Type
		switch {
		case f.Of != "" && f.Elem != "":
			kind = "array of [" + f.Of + "](#" + f.Of + ")"
		case f.Of != "":
			kind = "[" + f.Of + "](#" + f.Of + ")"
		case f.Elem != "":
			kind = "array of " + f.Elem
		}
		doc := f.Doc
		if len(f.Enum) > 0 {
			doc += " One of `" + strings.Join(f.Enum, "`, `") + "`."
		}
		b.WriteString("| `" + f.Name + "` | " + kind + " | " + strings.ReplaceAll(doc, "|", "\\|") + " |\n")
	}
}
