package fake

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
)

func refuse(w http.ResponseWriter, reason string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusBadRequest)
	json.NewEncoder(w).Encode(object{"type": "error", "error": object{"type": "invalid_request_error", "message": reason}})
}

var (
	reasoning = regexp.MustCompile(`^(gpt-[56]|o\d)`)
	newClaude = regexp.MustCompile(`^claude-(fable|(opus|sonnet|haiku)-5|opus-4-[78])`)
)

// unsupported is a refusal of the first of names that body has.
func unsupported(body object, model string, names ...string) string {
	for _, name := range names {
		if body[name] != nil {
			return fmt.Sprintf("%s does not support %s", model, name)
		}
	}
	return ""
}

// refusal is why the provider refuses a request; "" if it does not.
func refusal(api string, body object) string {
	model := str(body["model"])
	switch api {
	case "chat":
		return refusedChat(body, model)
	case "responses":
		if reasoning.MatchString(model) && obj(body["reasoning"])["effort"] != "none" {
			return unsupported(body, model, "temperature", "top_p")
		}
	case "messages":
		return refusedMessages(body, model)
	}
	return ""
}

func refusedChat(body object, model string) string {
	if !reasoning.MatchString(model) {
		return ""
	}
	if reason := unsupported(body, model, "max_tokens"); reason != "" {
		return reason
	}
	if body["reasoning_effort"] != "none" {
		if reason := unsupported(body, model, "temperature", "top_p", "logprobs", "top_logprobs"); reason != "" {
			return reason
		}
	}
	switch {
	case body["tools"] == nil:
	case model == "gpt-6-astra" || model == "gpt-6.1-sol":
		return model + " takes tools in the Responses API only"
	case (model == "gpt-6-sol" || model == "gpt-6-luna") && body["reasoning_effort"] != "none":
		return model + " takes tools with reasoning_effort none only"
	}
	return ""
}

func refusedMessages(body object, model string) string {
	if body["max_tokens"] == nil {
		return "max_tokens is required"
	}
	messages := list(body["messages"])
	if len(messages) == 0 {
		return "messages: at least one message is required"
	}
	if newClaude.MatchString(model) {
		if reason := unsupported(body, model, "temperature", "top_p", "top_k"); reason != "" {
			return reason
		}
		if obj(messages[len(messages)-1])["role"] == "assistant" {
			return model + " takes no prefilled answer"
		}
	}
	text, _ := json.Marshal(body)
	if n := bytes.Count(text, []byte(`"cache_control":{`)); n > 4 || n != bytes.Count(text, []byte(`"type":"ephemeral"`)) {
		return "cache_control: at most 4, of type ephemeral"
	}
	return ""
}
