package fake

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
)

// stream sends an answer in events, as its provider does.
func stream(w http.ResponseWriter, api string, body, answer object) {
	w.Header().Set("Content-Type", "text/event-stream")
	switch api {
	case "messages":
		streamMessage(w, answer)
	case "responses":
		streamResponse(w, answer)
	default:
		streamChat(w, body, answer)
	}
}

func event(w io.Writer, name string, data object) {
	raw, _ := json.Marshal(data)
	if name != "" {
		fmt.Fprintf(w, "event: %s\n", name)
	}
	fmt.Fprintf(w, "data: %s\n\n", raw)
}

func streamChat(w io.Writer, body, answer object) {
	chunk := func(choices []any, usage any) {
		event(w, "", object{"id": answer["id"], "object": "chat.completion.chunk", "created": 1, "model": answer["model"], "choices": choices, "usage": usage})
	}
	for _, item := range list(answer["choices"]) {
		choice := obj(item)
		delta := obj(choice["message"])
		for i, call := range list(delta["tool_calls"]) {
			obj(call)["index"] = i
		}
		chunk([]any{object{"index": choice["index"], "delta": delta, "finish_reason": nil}}, nil)
		chunk([]any{object{"index": choice["index"], "delta": object{}, "finish_reason": choice["finish_reason"]}}, nil)
	}
	if obj(body["stream_options"])["include_usage"] == true {
		chunk([]any{}, answer["usage"])
	}
	io.WriteString(w, "data: [DONE]\n\n")
}

func streamMessage(w io.Writer, message object) {
	content := list(message["content"])
	begun := object{}
	for name, value := range message {
		begun[name] = value
	}
	begun["content"], begun["stop_reason"] = []any{}, nil
	event(w, "message_start", object{"type": "message_start", "message": begun})
	for i, item := range content {
		block := obj(item)
		var delta object
		switch str(block["type"]) {
		case "text":
			delta = object{"type": "text_delta", "text": block["text"]}
			block = object{"type": "text", "text": ""}
		case "tool_use":
			delta = object{"type": "input_json_delta", "partial_json": compact(block["input"])}
			block = object{"type": "tool_use", "id": block["id"], "name": block["name"], "input": object{}}
		}
		event(w, "content_block_start", object{"type": "content_block_start", "index": i, "content_block": block})
		if delta != nil {
			event(w, "content_block_delta", object{"type": "content_block_delta", "index": i, "delta": delta})
		}
		event(w, "content_block_stop", object{"type": "content_block_stop", "index": i})
	}
	event(w, "message_delta", object{"type": "message_delta", "delta": object{"stop_reason": message["stop_reason"], "stop_sequence": nil}, "usage": message["usage"]})
	event(w, "message_stop", object{"type": "message_stop"})
}

func streamResponse(w io.Writer, response object) {
	n := 0
	send := func(data object) {
		data["sequence_number"] = n
		n++
		event(w, str(data["type"]), data)
	}
	begun := object{}
	for name, value := range response {
		begun[name] = value
	}
	begun["output"], begun["status"], begun["usage"] = []any{}, "in_progress", nil
	send(object{"type": "response.created", "response": begun})
	for i, item := range list(response["output"]) {
		out := obj(item)
		send(object{"type": "response.output_item.added", "output_index": i, "item": out})
		switch str(out["type"]) {
		case "message":
			part := obj(list(out["content"])[0])
			send(object{"type": "response.output_text.delta", "output_index": i, "content_index": 0, "item_id": out["id"], "delta": part["text"], "logprobs": []any{}})
			send(object{"type": "response.output_text.done", "output_index": i, "content_index": 0, "item_id": out["id"], "text": part["text"], "logprobs": []any{}})
		case "function_call":
			send(object{"type": "response.function_call_arguments.delta", "output_index": i, "item_id": out["id"], "delta": out["arguments"]})
			send(object{"type": "response.function_call_arguments.done", "output_index": i, "item_id": out["id"], "name": out["name"], "arguments": out["arguments"]})
		}
		send(object{"type": "response.output_item.done", "output_index": i, "item": out})
	}
	send(object{"type": "response.completed", "response": response})
}
