package fake

import "strings"

// readChat reads a request in the format of OpenAI's chat completions.
func readChat(body object) *Request {
	r := &Request{
		API: "chat", Model: str(body["model"]), Cap: first(num(body["max_completion_tokens"]), num(body["max_tokens"])),
		Effort: str(body["reasoning_effort"]), Tier: str(body["service_tier"]), Picks: max(1, num(body["n"])),
	}
	names := map[string]string{} // of tools by the id of their calls
	for _, item := range list(body["messages"]) {
		m := obj(item)
		out := Message{Role: str(m["role"])}
		switch out.Role {
		case "developer":
			out.Role = "system"
		case "tool", "function":
			out.Role = "tool"
			out.Results = []string{names[str(m["tool_call_id"])]}
		}
		out.content(m["content"])
		for _, call := range list(m["tool_calls"]) {
			f := obj(obj(call)["function"])
			names[str(obj(call)["id"])] = str(f["name"])
			out.Text += " " + str(f["name"]) + str(f["arguments"])
		}
		r.Messages = append(r.Messages, out)
	}
	for _, item := range list(body["tools"]) {
		f := obj(obj(item)["function"])
		r.Tools = append(r.Tools, Tool{Name: str(f["name"]), Schema: obj(f["parameters"]), JSON: compact(item)})
	}
	for _, item := range list(body["functions"]) {
		f := obj(item)
		r.Tools = append(r.Tools, Tool{Name: str(f["name"]), Schema: obj(f["parameters"]), JSON: compact(item)})
	}
	r.Forced = forced(body["tool_choice"])
	format := obj(body["response_format"])
	switch str(format["type"]) {
	case "json_schema":
		r.Schema = obj(obj(format["json_schema"])["schema"])
	case "json_object":
		r.Schema = object{}
	}
	return r
}

// content adds what stands in a message: a string, or a list of parts.
func (m *Message) content(v any) {
	if s := str(v); s != "" {
		m.Text += s
	}
	for _, item := range list(v) {
		part := obj(item)
		switch str(part["type"]) {
		case "image_url", "input_image", "image":
			m.Images += imageTokens(part)
		default:
			if m.Text != "" {
				m.Text += "\n"
			}
			m.Text += str(part["text"])
		}
		m.Mark = m.Mark || part["cache_control"] != nil
	}
}

// forced reads tool_choice in the formats of OpenAI and Anthropic.
func forced(v any) string {
	switch s := str(v); s {
	case "required", "any":
		return "*"
	case "none":
		return "-"
	}
	choice := obj(v)
	switch str(choice["type"]) {
	case "any":
		return "*"
	case "none":
		return "-"
	case "tool", "function":
		if name := str(choice["name"]); name != "" {
			return name
		}
		return str(obj(choice["function"])["name"])
	}
	return ""
}

// readResponses reads a request in the format of OpenAI's responses. kept are the messages of
// answers that the endpoint has stored, by id.
func readResponses(body object, kept map[string][]Message) *Request {
	r := &Request{
		API: "responses", Model: str(body["model"]), Cap: num(body["max_output_tokens"]),
		Effort: str(obj(body["reasoning"])["effort"]), Tier: str(body["service_tier"]), Picks: 1,
	}
	if s := str(body["instructions"]); s != "" {
		r.Messages = append(r.Messages, Message{Role: "system", Text: s})
	}
	r.Messages = append(r.Messages, kept[str(body["previous_response_id"])]...)
	if s := str(body["input"]); s != "" {
		r.Messages = append(r.Messages, Message{Role: "user", Text: s})
	}
	names := map[string]string{}
	for _, m := range r.Messages {
		if m.Role == "assistant" {
			for _, pair := range m.Results {
				id, name, _ := strings.Cut(pair, " ")
				names[id] = name
			}
		}
	}
	for _, item := range list(body["input"]) {
		m := obj(item)
		switch str(m["type"]) {
		case "function_call":
			names[str(m["call_id"])] = str(m["name"])
			r.Messages = append(r.Messages, Message{Role: "assistant", Text: str(m["name"]) + str(m["arguments"])})
		case "function_call_output":
			out := Message{Role: "tool", Results: []string{names[str(m["call_id"])]}}
			out.content(m["output"])
			r.Messages = append(r.Messages, out)
		case "reasoning":
		default:
			out := Message{Role: str(m["role"])}
			if out.Role == "developer" {
				out.Role = "system"
			}
			out.content(m["content"])
			r.Messages = append(r.Messages, out)
		}
	}
	for _, item := range list(body["tools"]) {
		f := obj(item)
		if str(f["type"]) == "function" {
			r.Tools = append(r.Tools, Tool{Name: str(f["name"]), Schema: obj(f["parameters"]), JSON: compact(item)})
		}
	}
	r.Forced = forced(body["tool_choice"])
	format := obj(obj(body["text"])["format"])
	switch str(format["type"]) {
	case "json_schema":
		r.Schema = obj(format["schema"])
	case "json_object":
		r.Schema = object{}
	}
	return r
}

func writeChat(r *Request, a Answer, u Usage) object {
	message, finish := object{"role": "assistant", "content": a.Text}, "stop"
	if len(a.Calls) > 0 {
		finish = "tool_calls"
		if a.Text == "" {
			message["content"] = nil
		}
		var calls []any
		for _, c := range a.Calls {
			calls = append(calls, object{"id": c.ID, "type": "function", "function": object{"name": c.Name, "arguments": compact(c.Args)}})
		}
		message["tool_calls"] = calls
	}
	var choices []any
	for i := range r.Picks {
		choices = append(choices, object{"index": i, "finish_reason": finish, "message": message})
	}
	return object{"id": "c1", "object": "chat.completion", "created": 1, "model": r.Model, "choices": choices, "usage": object{
		"prompt_tokens": u.prompt(), "completion_tokens": u.Output, "total_tokens": u.prompt() + u.Output,
		"prompt_tokens_details":     object{"cached_tokens": u.Read},
		"completion_tokens_details": object{"reasoning_tokens": u.Think},
	}}
}

func writeResponse(r *Request, id string, a Answer, u Usage) object {
	var output []any
	if u.Think > 0 {
		output = append(output, object{"type": "reasoning", "id": "rs_" + id, "summary": []any{}})
	}
	if a.Text != "" || len(a.Calls) == 0 {
		output = append(output, object{"type": "message", "id": "msg_" + id, "status": "completed", "role": "assistant",
			"content": []any{object{"type": "output_text", "text": a.Text, "annotations": []any{}}}})
	}
	for _, c := range a.Calls {
		output = append(output, object{"type": "function_call", "id": "fc_" + c.ID, "call_id": c.ID, "name": c.Name, "arguments": compact(c.Args), "status": "completed"})
	}
	return object{"id": id, "object": "response", "created_at": 1, "status": "completed", "model": r.Model, "output": output,
		"parallel_tool_calls": true, "tool_choice": "auto", "tools": []any{}, "usage": object{
			"input_tokens": u.prompt(), "output_tokens": u.Output, "total_tokens": u.prompt() + u.Output,
			"input_tokens_details":  object{"cached_tokens": u.Read},
			"output_tokens_details": object{"reasoning_tokens": u.Think},
		}}
}
