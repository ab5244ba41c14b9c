package realsdk

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"math"
	"net/http"
	"regexp"
	"strings"
	"sync"
)

// endpoint stands in for the providers. It answers what OpenAI, Anthropic and Google answer,
// refuses what they refuse (as of 2026-11-22), and keeps what it was asked by run: the first
// segment of the path.
type endpoint struct {
	mu   sync.Mutex
	runs map[string][]string // requests as "path body", the body in compact JSON
}

type object = map[string]any

func (e *endpoint) requests(run string) []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.runs[run]
}

func (e *endpoint) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	raw, _ := io.ReadAll(r.Body)
	run, path, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	var compact bytes.Buffer
	if json.Compact(&compact, raw) != nil {
		compact.Reset()
		compact.Write(raw)
	}
	e.mu.Lock()
	e.runs[run] = append(e.runs[run], path+" "+compact.String())
	e.mu.Unlock()

	var body object
	if err := json.Unmarshal(raw, &body); err != nil {
		refuse(w, "not JSON: "+err.Error())
		return
	}
	var answer any
	var reason string
	switch {
	case strings.HasSuffix(path, "chat/completions"):
		answer, reason = chat(body)
	case strings.HasSuffix(path, "responses"):
		answer, reason = responses(body)
	case strings.HasSuffix(path, "embeddings"):
		answer, reason = embeddings(body)
	case strings.HasSuffix(path, "messages"):
		answer, reason = messages(body)
	case strings.Contains(path, ":generateContent"):
		answer = object{"candidates": []any{object{"content": object{"role": "model", "parts": []any{object{"text": "answer"}}}, "finishReason": "STOP"}},
			"usageMetadata": object{"promptTokenCount": 10, "candidatesTokenCount": 5, "totalTokenCount": 15}}
	default:
		reason = "no such path: " + path
	}
	if reason != "" {
		refuse(w, reason)
		return
	}
	if body["stream"] == true {
		stream(w, answer.(object))
		return
	}
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(answer)
}

// stream sends an answer of Anthropic's in events.
func stream(w http.ResponseWriter, message object) {
	w.Header().Set("Content-Type", "text/event-stream")
	send := func(event object) {
		data, _ := json.Marshal(event)
		fmt.Fprintf(w, "event: %s\ndata: %s\n\n", event["type"], data)
	}
	content, _ := message["content"].([]any)
	message["content"] = []any{}
	send(object{"type": "message_start", "message": message})
	for i, block := range content {
		send(object{"type": "content_block_start", "index": i, "content_block": block})
		send(object{"type": "content_block_stop", "index": i})
	}
	send(object{"type": "message_delta", "delta": object{"stop_reason": message["stop_reason"]}, "usage": message["usage"]})
	send(object{"type": "message_stop"})
}

func refuse(w http.ResponseWriter, reason string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusBadRequest)
	json.NewEncoder(w).Encode(object{"type": "error", "error": object{"type": "invalid_request_error", "message": reason}})
}

var reasoning = regexp.MustCompile(`^(gpt-[56]|o\d)`)

// refused is the first of names that body has.
func refused(body object, model string, names ...string) string {
	for _, name := range names {
		if body[name] != nil {
			return fmt.Sprintf("%s does not support %s", model, name)
		}
	}
	return ""
}

func chat(body object) (any, string) {
	model, _ := body["model"].(string)
	if reasoning.MatchString(model) {
		if reason := refused(body, model, "max_tokens"); reason != "" {
			return nil, reason
		}
		if body["reasoning_effort"] != "none" {
			if reason := refused(body, model, "temperature", "top_p", "logprobs", "top_logprobs"); reason != "" {
				return nil, reason
			}
		}
		switch {
		case body["tools"] == nil:
		case model == "gpt-6-astra" || model == "gpt-6.1-sol":
			return nil, model + " takes tools in the Responses API only"
		case (model == "gpt-6-sol" || model == "gpt-6-luna") && body["reasoning_effort"] != "none":
			return nil, model + " takes tools with reasoning_effort none only"
		}
	}
	message := object{"role": "assistant", "content": "answer"}
	finish := "stop"
	if name := calls(body); name != "" {
		message["content"], finish = nil, "tool_calls"
		message["tool_calls"] = []any{object{"id": callID(body), "type": "function", "function": object{"name": name, "arguments": "{}"}}}
	}
	n := 1
	if given, ok := body["n"].(float64); ok {
		n = int(given)
	}
	var choices []any
	for i := range n {
		choices = append(choices, object{"index": i, "finish_reason": finish, "message": message})
	}
	return object{"id": "c1", "object": "chat.completion", "created": 1, "model": model, "choices": choices,
		"usage": object{"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}}, ""
}

func responses(body object) (any, string) {
	model, _ := body["model"].(string)
	effort, _ := body["reasoning"].(object)
	if reasoning.MatchString(model) && effort["effort"] != "none" {
		if reason := refused(body, model, "temperature", "top_p"); reason != "" {
			return nil, reason
		}
	}
	output := object{"type": "message", "id": "m1", "status": "completed", "role": "assistant", "content": []any{object{"type": "output_text", "text": "answer", "annotations": []any{}}}}
	if name := calls(body); name != "" {
		output = object{"type": "function_call", "id": "f1", "call_id": callID(body), "name": name, "arguments": "{}", "status": "completed"}
	}
	return object{"id": "r1", "object": "response", "created_at": 1, "status": "completed", "model": model, "output": []any{output}, "parallel_tool_calls": true, "tool_choice": "auto", "tools": []any{},
		"usage": object{"input_tokens": 10, "output_tokens": 5, "total_tokens": 15, "input_tokens_details": object{"cached_tokens": 0}, "output_tokens_details": object{"reasoning_tokens": 0}}}, ""
}

// calls is the tool that the model calls: the first one, whenever the conversation says LOOP.
func calls(body object) string {
	tools, _ := body["tools"].([]any)
	text, _ := json.Marshal(body)
	if len(tools) == 0 || !bytes.Contains(text, []byte("LOOP")) {
		return ""
	}
	tool, _ := tools[0].(object)
	if function, ok := tool["function"].(object); ok {
		tool = function
	}
	name, _ := tool["name"].(string)
	return name
}

// callID tells apart the calls of one conversation, which grows from one to the next.
func callID(body object) string {
	text, _ := json.Marshal(body)
	return fmt.Sprintf("call_%d", len(text))
}

var newClaude = regexp.MustCompile(`^claude-(fable|(opus|sonnet|haiku)-5|opus-4-[78])`)

func messages(body object) (any, string) {
	model, _ := body["model"].(string)
	if body["max_tokens"] == nil {
		return nil, "max_tokens is required"
	}
	list, _ := body["messages"].([]any)
	content := []any{object{"type": "text", "text": "answer"}}
	if newClaude.MatchString(model) {
		if reason := refused(body, model, "temperature", "top_p", "top_k"); reason != "" {
			return nil, reason
		}
		if last, _ := list[len(list)-1].(object); last["role"] == "assistant" {
			return nil, model + " takes no prefilled answer"
		}
		content = []any{object{"type": "thinking", "thinking": "", "signature": "s"}, content[0]}
	}
	text, _ := json.Marshal(body)
	if n := bytes.Count(text, []byte(`"cache_control":{`)); n > 4 || n != bytes.Count(text, []byte(`"type":"ephemeral"`)) {
		return nil, "cache_control: at most 4, of type ephemeral"
	}
	stop := "end_turn"
	if name := calls(body); name != "" {
		content, stop = []any{object{"type": "tool_use", "id": callID(body), "name": name, "input": object{}}}, "tool_use"
	}
	return object{"id": "m1", "type": "message", "role": "assistant", "model": model, "content": content, "stop_reason": stop, "stop_sequence": nil,
		"usage": object{"input_tokens": 10, "output_tokens": 5}}, ""
}

// embeddings gives each text a vector of its own.
func embeddings(body object) (any, string) {
	inputs, ok := body["input"].([]any)
	if !ok {
		inputs = []any{body["input"]}
	}
	var data []any
	for i, input := range inputs {
		sum := fnv.New32()
		fmt.Fprint(sum, input)
		vector := []float32{float32(sum.Sum32() % 1000), float32(sum.Sum32() % 7)}
		item := object{"object": "embedding", "index": i, "embedding": vector}
		if body["encoding_format"] == "base64" {
			var raw []byte
			for _, v := range vector {
				raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(v))
			}
			item["embedding"] = base64.StdEncoding.EncodeToString(raw)
		}
		data = append(data, item)
	}
	return object{"object": "list", "data": data, "model": body["model"], "usage": object{"prompt_tokens": 5, "total_tokens": 5}}, ""
}
