package cost

import (
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
)

var languages = []parser.Language{parser.Python, parser.JavaScript, parser.TypeScript, parser.TSX, parser.Notebook}

// Rules describes the rules of the family.
func Rules() []diagnostics.Rule { return rules }

var rules = []diagnostics.Rule{
	{
		ID: "COST-008", Title: "Model retires soon", Family: "cost", Severity: diagnostics.Warning, Since: "0.1.0", Languages: languages,
		Doc: `## What it does
Reports a call of a language model whose provider switches the model off within 90 days; within 30 days it is an error.

## Why is this bad?
From its last day on, every request that names the model fails. A change of model needs time to compare answers, prompts and prices.

The dates are the provider's own for its direct API. Azure, Amazon Bedrock and Google Vertex AI keep their own dates, and a gateway may map ids: on those, and behind a base URL of your own, the finding is only a note.

## Example
` + "```python" + `
client.messages.create(model="claude-sonnet-4-5", max_tokens=1024, messages=messages)
` + "```" + `
Use the model that the provider names as its replacement:
` + "```python" + `
client.messages.create(model="claude-sonnet-5-5", max_tokens=1024, messages=messages)
` + "```" + `
The code action "Replace …" writes the new id, and with it the arguments that the new model takes under another name or refuses. It is disabled, with the reason, where the change needs more than that.
`,
	},
	{
		ID: "COST-009", Title: "Retired model", Family: "cost", Severity: diagnostics.Error, Since: "0.1.0", Languages: languages,
		Doc: `## What it does
Reports a call of a language model that its provider has switched off.

## Why is this bad?
The request fails, at each run, with an error such as ` + "`model_not_found`" + ` or ` + "`404`" + `. Fallbacks and retries around it hide that and cost time.

The dates are the provider's own for its direct API. Azure, Amazon Bedrock and Google Vertex AI keep their own dates, and a gateway may map ids: on those, and behind a base URL of your own, the finding is only a note.

## Example
` + "```typescript" + `
await client.chat.completions.create({ model: 'gpt-4-turbo', messages });
` + "```" + `
Use the model that the provider names as its replacement:
` + "```typescript" + `
await client.chat.completions.create({ model: 'gpt-5.6-sol', reasoning_effort: 'none', messages });
` + "```" + `
`,
	},
}
