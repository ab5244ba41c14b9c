package fake

// readMessages reads a request in Anthropic's format.
func readMessages(body object) *Request {
	r := &Request{API: "messages", Model: str(body["model"]), Cap: num(body["max_tokens"]), Effort: str(obj(body["output_config"])["effort"]), Picks: 1, automark: body["cache_control"] != nil}
	if thinking := obj(body["thinking"]); r.Effort == "" && str(thinking["type"]) == "enabled" {
		r.Effort = "medium"
	} else if str(thinking["type"]) == "disabled" {
		r.Effort = "none"
	}
	if body["system"] != nil {
		system := Message{Role: "system"}
		system.content(body["system"])
		r.Messages = append(r.Messages, system)
	}
	names := map[string]string{}
	for _, item := range list(body["messages"]) {
		m := obj(item)
		out := Message{Role: str(m["role"])}
		out.content(m["content"])
		for _, part := range list(m["content"]) {
			p := obj(part)
			switch str(p["type"]) {
			case "tool_use":
				names[str(p["id"])] = str(p["name"])
				out.Text += " " + str(p["name"]) + compact(p["input"])
			case "tool_result":
				out.Results = append(out.Results, names[str(p["tool_use_id"])])
				inner := Message{}
				inner.content(p["content"])
				out.Text += inner.Text
				out.Images += inner.Images
			}
		}
		r.Messages = append(r.Messages, out)
	}
	for _, item := range list(body["tools"]) {
		t := obj(item)
		r.Tools = append(r.Tools, Tool{Name: str(t["name"]), Schema: obj(t["input_schema"]), JSON: compact(item), Mark: t["cache_control"] != nil})
	}
	r.Forced = forced(body["tool_choice"])
	for _, place := range []any{obj(body["output_config"])["format"], body["output_format"]} {
		if schema := obj(obj(place)["schema"]); schema != nil {
			r.Schema = schema
		}
	}
	return r
}

func writeMessage(r *Request, a Answer, u Usage) object {
	content := []any{}
	if u.Think > 0 {
		content = append(content, object{"type": "thinking", "thinking": "", "signature": "s"})
	}
	if a.Text != "" || len(a.Calls) == 0 {
		content = append(content, object{"type": "text", "text": a.Text})
	}
	stop := "end_turn"
	for _, c := range a.Calls {
		stop = "tool_use"
		content = append(content, object{"type": "tool_use", "id": c.ID, "name": c.Name, "input": c.Args})
	}
	return object{"id": "m1", "type": "message", "role": "assistant", "model": r.Model, "content": content, "stop_reason": stop, "stop_sequence": nil, "usage": object{
		"input_tokens": u.Input, "output_tokens": u.Output, "cache_read_input_tokens": u.Read, "cache_creation_input_tokens": u.Written,
	}}
}
