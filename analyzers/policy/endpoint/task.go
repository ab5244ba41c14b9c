package endpoint

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/sashabaranov/go-openai"

	"github.com/qodacode/qodacode/analyzers/policy/intent"
)

// maxSentence bounds what is sent.
const maxSentence = 2_000

// task is one thing that a model is asked for.
type task struct {
	name   string
	prompt func(c *Client) string
	schema func() map[string]any
	decode func(data []byte) (*Answer, error)
}

var (
	//go:embed prompt/intent.md
	intentPrompt string
	//go:embed prompt/rego.md
	regoPrompt string

	intentTask = &task{"policy_intent",
		func(*Client) string {
			return strings.NewReplacer("{{subjects}}", subjects(), "{{examples}}", fewShots()).Replace(intentPrompt)
		},
		func() map[string]any {
			return answerSchema("intent", map[string]any{"anyOf": []any{intent.Schema(), map[string]any{"type": "null"}}})
		}, decodeIntent}
	regoTask = &task{"policy_rego",
		func(c *Client) string { return strings.ReplaceAll(regoPrompt, "{{reference}}", c.opts.Reference) },
		func() map[string]any {
			return answerSchema("rego", map[string]any{"type": "string", "description": "The whole module; empty if not understood."})
		}, decodeRego}
)

// messages is the conversation. The sentence is a JSON text, so that no part of it can be
// taken for the end of the data it is.
func (t *task) messages(c *Client, sentence string, former []Feedback, showSchema bool) []openai.ChatCompletionMessage {
	system := t.prompt(c)
	if showSchema {
		schema, _ := json.MarshalIndent(t.schema(), "", " ")
		system += "\n\nAnswer with one JSON object and nothing else, no prose and no Markdown, that follows this JSON Schema:\n" + string(schema)
	}
	data, _ := json.Marshal(map[string]string{"comment": clip(strings.TrimSpace(sentence), maxSentence)})
	messages := []openai.ChatCompletionMessage{
		{Role: openai.ChatMessageRoleSystem, Content: system},
		{Role: openai.ChatMessageRoleUser, Content: string(data)},
	}
	for _, f := range former {
		answer := f.Answer
		if answer == "" {
			answer = "{}"
		}
		messages = append(messages,
			openai.ChatCompletionMessage{Role: openai.ChatMessageRoleAssistant, Content: clip(answer, maxText)},
			openai.ChatCompletionMessage{Role: openai.ChatMessageRoleUser, Content: "That answer was not accepted:\n- " +
				clip(strings.Join(f.Wrong, "\n- "), maxText) + "\nAnswer again with the whole JSON object. It must mean what the comment means; if nothing that is allowed means that, set understood to false."})
	}
	return messages
}

// answerSchema is the form of answers, strict: all properties are required.
func answerSchema(name string, of map[string]any) map[string]any {
	text := func(doc string) map[string]any { return map[string]any{"type": "string", "description": doc} }
	object := func(properties map[string]any) map[string]any {
		return map[string]any{"type": "object", "properties": properties, "required": slices.Sorted(maps.Keys(properties)), "additionalProperties": false}
	}
	return object(map[string]any{
		"understood": map[string]any{"type": "boolean", "description": "Whether the comment can become a policy."},
		"reason":     text("Why not, in one sentence for the comment's author; empty if understood."),
		name:         of,
		"examples": map[string]any{"type": "array", "description": "Code in which the policy fires, and code in which it is silent; empty if not understood.",
			"items": object(map[string]any{
				"code":     text("A whole short file."),
				"language": map[string]any{"type": "string", "enum": languages},
				"fires":    map[string]any{"type": "boolean", "description": "Whether the policy must report this code."},
				"why":      text("One line."),
			})},
	})
}

// subjects tells what may be said of each subject, from the rows that Validate holds answers to.
func subjects() string {
	var b strings.Builder
	part := func(name, list string) {
		if list != "" {
			fmt.Fprintf(&b, "\n  %s: %s", name, list)
		}
	}
	for _, s := range intent.Subjects() {
		rules, _ := intent.RulesOf(s)
		fmt.Fprintf(&b, "- %s: %s", s, rules.Doc)
		part("modes", join(rules.Modes))
		part("operations", join(rules.Operations))
		names := rules.Names
		if rules.NeedsNames {
			names += " (never empty)"
		}
		part("names", names)
		part("when", join(rules.When))
		part("unless", join(rules.Unless))
		part("need", join(rules.Needs))
		part("quantity", join(rules.Limits))
		b.WriteByte('\n')
	}
	return strings.TrimSpace(b.String())
}

func join[S ~string](items []S) string {
	texts := make([]string, len(items))
	for i, item := range items {
		texts[i] = string(item)
	}
	return strings.Join(texts, ", ")
}

// shots are sentences with what they mean; a test holds that the controlled language agrees
// where it understands them.
var shots = []struct {
	sentence string
	means    intent.Intent
	refused  string
}{
	{sentence: "No database deletes in production without approval", means: intent.Intent{Mode: intent.Forbid, Subject: intent.SQL, Operations: []string{"delete"},
		When: []intent.Condition{intent.InProduction}, Unless: []intent.Condition{intent.WithApproval}}},
	{sentence: "Solo se permiten APIs externas: api.stripe.com, *.openai.com", means: intent.Intent{Mode: intent.Only, Subject: intent.HTTP,
		Names: []string{"*.openai.com", "api.stripe.com"}}},
	{sentence: "Somebody should sign off before the refund tool runs", means: intent.Intent{Mode: intent.Require, Subject: intent.Tool, Names: []string{"refund"}, Need: intent.Approval}},
	{sentence: "keep the model calls below 60 a minute", means: intent.Intent{Mode: intent.Limited, Subject: intent.LLM, Limit: intent.Limit{Quantity: intent.PerMinute, Max: 60}}},
	{sentence: "Nobody outside of finance may run this", refused: "Source code does not show who runs it."},
	{sentence: "No approval is needed for deletes", refused: "It allows something; a policy reports what is not allowed."},
}

func fewShots() string {
	var b strings.Builder
	for _, shot := range shots {
		comment, _ := json.Marshal(map[string]string{"comment": shot.sentence})
		if shot.refused != "" {
			reason, _ := json.Marshal(shot.refused)
			fmt.Fprintf(&b, "%s\n→ understood false, reason %s, intent null\n", comment, reason)
			continue
		}
		in := shot.means
		in.Version = intent.Version
		data, _ := json.Marshal(in.Canonical())
		fmt.Fprintf(&b, "%s\n→ understood true, intent %s\n", comment, data)
	}
	return strings.TrimSpace(b.String())
}
