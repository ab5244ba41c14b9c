package endpoint

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/sashabaranov/go-openai"
)

// maxTokens bounds an answer, the thoughts before it included.
const maxTokens = 16_000

// The forms in which answers are asked for, the strictest first.
const (
	bySchema = iota // json_schema, strict
	byObject        // json_object, and the schema in the prompt
	byPrompt        // the schema in the prompt alone
)

// ask sends a task and reads the answer. A server that rejects a form of answers is asked for
// the next one.
func (c *Client) ask(ctx context.Context, t *task, sentence string, former []Feedback) (*Answer, error) {
	for {
		format, oldLimit := c.format.Load(), c.oldLimit.Load()
		response, err := c.api.CreateChatCompletion(ctx, c.request(t, sentence, former, format, oldLimit))
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case err == nil:
			return t.read(response)
		case !oldLimit && rejects(err, "max_completion_tokens"):
			c.oldLimit.Store(true)
		case format < byPrompt && rejects(err, formatWords...):
			c.format.CompareAndSwap(format, format+1)
		default:
			return nil, &Failed{c.describe(err)}
		}
	}
}

func (c *Client) request(t *task, sentence string, former []Feedback, format int32, oldLimit bool) openai.ChatCompletionRequest {
	request := openai.ChatCompletionRequest{Model: c.opts.Model, Messages: t.messages(c, sentence, former, format != bySchema)}
	if oldLimit {
		//lint:ignore SA1019 servers that know nothing else are asked again with it
		request.MaxTokens = maxTokens
	} else {
		request.MaxCompletionTokens = maxTokens
	}
	switch format {
	case bySchema:
		schema, _ := json.Marshal(t.schema()) // of maps and texts
		request.ResponseFormat = &openai.ChatCompletionResponseFormat{
			Type:       openai.ChatCompletionResponseFormatTypeJSONSchema,
			JSONSchema: &openai.ChatCompletionResponseFormatJSONSchema{Name: t.name, Strict: true, Schema: json.RawMessage(schema)},
		}
	case byObject:
		request.ResponseFormat = &openai.ChatCompletionResponseFormat{Type: openai.ChatCompletionResponseFormatTypeJSONObject}
	}
	return request
}

// formatWords are what servers name when they reject a form of answers.
var formatWords = []string{"response_format", "response format", "json_schema", "json schema", "json_object", "json mode", "structured output", "schema", "guided", "grammar"}

// rejects reports whether the server calls the request wrong, and names one of words.
func rejects(err error, words ...string) bool {
	status, message := statusOf(err)
	switch status {
	case http.StatusBadRequest, http.StatusNotFound, http.StatusUnprocessableEntity, http.StatusNotImplemented, http.StatusInternalServerError:
	default:
		return false
	}
	message = strings.ToLower(message)
	for _, word := range words {
		if strings.Contains(message, word) {
			return true
		}
	}
	return false
}

// statusOf is the status of an error response, and what the server says; 0 for other errors.
func statusOf(err error) (int, string) {
	var request *openai.RequestError // first, since it may wrap an APIError that has no status
	if errors.As(err, &request) {
		return request.HTTPStatusCode, plainMessage(request.Body)
	}
	var api *openai.APIError
	if errors.As(err, &api) {
		message := api.Message
		if api.Param != nil {
			message += " (" + *api.Param + ")"
		}
		return api.HTTPStatusCode, message
	}
	return 0, ""
}

// plainMessage is what a body says that has not OpenAI's form: {"error": "…"}, {"detail": "…"}
// or {"message": "…"}; else its text, unless it is a page.
func plainMessage(body []byte) string {
	var object map[string]any
	if json.Unmarshal(body, &object) == nil {
		for _, key := range []string{"error", "message", "detail"} {
			if s, ok := object[key].(string); ok {
				return s
			}
		}
		return ""
	}
	if text := string(body); !strings.Contains(text, "<") {
		return text
	}
	return ""
}

// describe tells what happened, where, and what to do. It holds neither the key nor all of a body.
func (c *Client) describe(err error) string {
	at := "the endpoint for policies at " + c.host
	status, message := statusOf(err)
	says := c.quote(message)
	switch {
	case status == http.StatusUnauthorized || status == http.StatusForbidden:
		if c.opts.Key == "" {
			return fmt.Sprintf("%s demands a key (%d): put it into QODACODE_POLICY_API_KEY, or into the variable that policy.api_key_env names", at, status)
		}
		return fmt.Sprintf("%s does not accept the key (%d): check the variable QODACODE_POLICY_API_KEY, or the one that policy.api_key_env names", at, status)
	case status == http.StatusNotFound:
		return fmt.Sprintf("%s knows no such path or model (404%s): check QODACODE_POLICY_BASE_URL, which mostly ends in /v1, and QODACODE_POLICY_MODEL, which is %s", at, says, c.opts.Model)
	case status == http.StatusTooManyRequests:
		return fmt.Sprintf("%s has had too many requests (429%s): wait, or check the account's quota", at, says)
	case status >= 500:
		return fmt.Sprintf("%s failed (%d %s%s): try again later", at, status, http.StatusText(status), says)
	case status != 0:
		return fmt.Sprintf("%s rejects the request (%d %s%s): check QODACODE_POLICY_MODEL, which is %s", at, status, http.StatusText(status), says, c.opts.Model)
	}
	var about *url.Error
	sent := errors.As(err, &about)
	if sent {
		err = about.Err
	}
	var (
		away  *redirected
		other *foreign
		wait  *busy
		typed *json.UnmarshalTypeError
	)
	switch {
	case errors.As(err, &away):
		return fmt.Sprintf("%s cannot be used: %v. Give QODACODE_POLICY_BASE_URL the address it leads to", at, away)
	case errors.As(err, &other):
		return fmt.Sprintf("%s is no OpenAI-compatible server: %v. Check QODACODE_POLICY_BASE_URL, which mostly ends in /v1", at, other)
	case errors.As(err, &wait):
		return fmt.Sprintf("%s cannot be used now: %v. Try again later, or check the account's quota", at, wait)
	case errors.Is(err, errTooSlow):
		return fmt.Sprintf("%s did not answer within %s: try again, or choose a faster model by QODACODE_POLICY_MODEL", at, c.opts.Timeout)
	case errors.Is(err, errTooLarge):
		return fmt.Sprintf("%s cannot be used: %v. Check that QODACODE_POLICY_BASE_URL is an OpenAI-compatible server", at, errTooLarge)
	case errors.As(err, &typed):
		return fmt.Sprintf("%s is no OpenAI-compatible server: %s has another type than such a server's. Check QODACODE_POLICY_BASE_URL", at, cmp.Or(oneLine(typed.Field, 60), "its answer"))
	}
	if !sent { // go-openai knows models that have no chat
		return fmt.Sprintf("%s was not asked%s: check QODACODE_POLICY_MODEL, which is %s", at, c.quote(err.Error()), c.opts.Model)
	}
	return fmt.Sprintf("%s cannot be reached%s: check QODACODE_POLICY_BASE_URL and the connection", at, c.quote(err.Error()))
}

// quote is the beginning of what a server says, for a message; "" when a part of the key is in it.
func (c *Client) quote(message string) string {
	message = oneLine(message, 200)
	const part = 8
	key := c.opts.Key
	for i := 0; i+min(part, len(key)) <= len(key) && key != ""; i++ {
		if strings.Contains(message, key[i:i+min(part, len(key))]) {
			return ""
		}
	}
	if message == "" {
		return ""
	}
	return ": " + message
}
