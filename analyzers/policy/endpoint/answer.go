package endpoint

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sashabaranov/go-openai"

	"github.com/qodacode/qodacode/analyzers/policy/intent"
)

// Bounds of an answer.
const (
	maxExamples    = 20
	maxExampleSize = 8_000
	maxRegoSize    = 64_000
	maxText        = 32_000 // of an answer that is fed back
	maxReason      = 300
)

// languages are those that examples may be in.
var languages = []string{"python", "typescript"}

// read takes the answer out of a response.
func (t *task) read(response openai.ChatCompletionResponse) (*Answer, error) {
	if len(response.Choices) == 0 {
		return nil, &Unusable{Wrong: "it has no choices"}
	}
	choice := response.Choices[0]
	text := choice.Message.Content
	for _, part := range choice.Message.MultiContent {
		text += part.Text
	}
	unusable := func(format string, args ...any) (*Answer, error) {
		return nil, &Unusable{Text: clip(text, maxText), Wrong: oneLine(fmt.Sprintf(format, args...), 2*maxReason)}
	}
	switch {
	case choice.Message.Refusal != "":
		return nil, &Refused{"the model refuses: " + oneLine(choice.Message.Refusal, maxReason)}
	case choice.FinishReason == openai.FinishReasonContentFilter:
		return nil, &Refused{"the server's filter of contents stopped the answer; say it in other words"}
	case choice.FinishReason == openai.FinishReasonLength:
		return unusable("it was cut off at the limit of %d tokens: answer shorter, with fewer examples", maxTokens)
	case len(choice.Message.ToolCalls) > 0 || choice.Message.FunctionCall != nil:
		return unusable("it calls a tool: answer with the JSON object alone")
	}
	body := unwrap(text)
	if body == "" {
		return unusable("it is empty")
	}
	answer, err := t.decode([]byte(body))
	if err != nil {
		if refused, ok := err.(*Refused); ok {
			return nil, refused
		}
		return unusable("%s", err)
	}
	answer.Text = clip(body, maxText)
	return answer, nil
}

// unwrap takes off what models put around JSON: thoughts before it, and one fence of Markdown.
func unwrap(text string) string {
	text = strings.TrimSpace(text)
	if rest, ok := strings.CutPrefix(text, "<think>"); ok {
		if _, after, ok := strings.Cut(rest, "</think>"); ok {
			text = strings.TrimSpace(after)
		}
	}
	if strings.HasPrefix(text, "{") || strings.Count(text, "```") != 2 {
		return text
	}
	_, rest, _ := strings.Cut(text, "```")
	inner, _, _ := strings.Cut(rest, "```")
	if first, after, ok := strings.Cut(inner, "\n"); ok && !strings.Contains(first, "{") { // the language's name
		inner = after
	}
	return strings.TrimSpace(inner)
}

// envelope is the form of all answers. What one task has no use for is not in its schema.
type envelope struct {
	Understood *bool           `json:"understood"`
	Reason     *string         `json:"reason"`
	Intent     json.RawMessage `json:"intent"`
	Rego       *string         `json:"rego"`
	Examples   []example       `json:"examples"`
}

type example struct {
	Code     *string `json:"code"`
	Language *string `json:"language"`
	Fires    *bool   `json:"fires"`
	Why      *string `json:"why"`
}

// decodeEnvelope reads one JSON object with the properties of a task, and no others.
func decodeEnvelope(data []byte, freeForm bool) (*envelope, error) {
	var e envelope
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&e); err != nil {
		return nil, fmt.Errorf("it is not a JSON object of the schema: %s", strings.TrimPrefix(err.Error(), "json: "))
	}
	if _, err := decoder.Token(); err != io.EOF {
		return nil, fmt.Errorf("something stands behind the JSON object")
	}
	switch {
	case e.Understood == nil:
		return nil, fmt.Errorf("the property understood is missing")
	case e.Reason == nil:
		return nil, fmt.Errorf("the property reason is missing")
	case !freeForm && e.Rego != nil:
		return nil, fmt.Errorf("it has Rego, which was not asked for")
	case freeForm && e.Intent != nil:
		return nil, fmt.Errorf("it has an intent, which was not asked for")
	case !*e.Understood:
		reason := oneLine(*e.Reason, maxReason)
		if reason == "" {
			reason = "it gives no reason"
		}
		return nil, &Refused{"the model finds no policy in the sentence: " + reason}
	}
	return &e, nil
}

// examples checks those of an answer.
func (e *envelope) examples() ([]intent.Example, error) {
	if len(e.Examples) > maxExamples {
		return nil, fmt.Errorf("it has %d examples: at most %d are read", len(e.Examples), maxExamples)
	}
	var list []intent.Example
	fires, silent := false, false
	for i, x := range e.Examples {
		switch {
		case x.Code == nil || x.Language == nil || x.Fires == nil || x.Why == nil:
			return nil, fmt.Errorf("example %d lacks a property: code, language, fires and why must be there", i+1)
		case !slices.Contains(languages, *x.Language):
			return nil, fmt.Errorf("the language of example %d is %q: it must be one of %s", i+1, clip(*x.Language, 40), strings.Join(languages, ", "))
		case strings.TrimSpace(*x.Code) == "" || len(*x.Code) > maxExampleSize:
			return nil, fmt.Errorf("the code of example %d is empty or longer than %d bytes", i+1, maxExampleSize)
		}
		fires, silent = fires || *x.Fires, silent || !*x.Fires
		list = append(list, intent.Example{Code: strings.TrimSuffix(*x.Code, "\n") + "\n", Language: *x.Language, Fires: *x.Fires, Why: oneLine(*x.Why, maxReason)})
	}
	if !fires || !silent {
		return nil, fmt.Errorf("it needs an example in which the policy fires, and one in which it is silent")
	}
	return list, nil
}

func decodeIntent(data []byte) (*Answer, error) {
	e, err := decodeEnvelope(data, false)
	if err != nil {
		return nil, err
	}
	if e.Intent == nil || string(e.Intent) == "null" {
		return nil, fmt.Errorf("the property intent is missing")
	}
	in, err := intent.Decode(e.Intent)
	if err != nil {
		return nil, err
	}
	examples, err := e.examples()
	return &Answer{Intent: in, Examples: examples}, err
}

func decodeRego(data []byte) (*Answer, error) {
	e, err := decodeEnvelope(data, true)
	if err != nil {
		return nil, err
	}
	if e.Rego == nil || strings.TrimSpace(*e.Rego) == "" {
		return nil, fmt.Errorf("the property rego is missing or empty")
	}
	if len(*e.Rego) > maxRegoSize {
		return nil, fmt.Errorf("the Rego is longer than %d bytes", maxRegoSize)
	}
	examples, err := e.examples()
	return &Answer{Rego: unwrap(*e.Rego) + "\n", Examples: examples}, err
}

// oneLine is text that somebody else wrote as a part of a message.
func oneLine(s string, limit int) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return ' '
		}
		return r
	}, s)
	return clip(strings.Join(strings.Fields(s), " "), limit)
}

func clip(s string, limit int) string {
	s = strings.ToValidUTF8(s, "�")
	if len(s) <= limit {
		return s
	}
	for limit > 0 && !utf8.RuneStart(s[limit]) {
		limit--
	}
	return s[:limit] + "…"
}
