package fake

import (
	"regexp"
	"strings"
)

var googlePath = regexp.MustCompile(`models/([^/:]+):(generateContent|streamGenerateContent)`)

// readGenerate reads a request in Google's format.
func readGenerate(path string, body object) *Request {
	config := obj(body["generationConfig"])
	r := &Request{API: "generate", Model: googlePath.FindStringSubmatch(path)[1], Cap: num(config["maxOutputTokens"]), Picks: max(1, num(config["candidateCount"]))}
	read := func(role string, v any) {
		var text strings.Builder
		for _, part := range list(obj(v)["parts"]) {
			text.WriteString(str(obj(part)["text"]))
		}
		r.Messages = append(r.Messages, Message{Role: role, Text: text.String()})
	}
	if body["systemInstruction"] != nil {
		read("system", body["systemInstruction"])
	}
	for _, content := range list(body["contents"]) {
		role := str(obj(content)["role"])
		if role == "model" {
			role = "assistant"
		}
		read(role, content)
	}
	if schema := obj(config["responseSchema"]); schema != nil {
		r.Schema = schema
	}
	return r
}

func writeGenerate(r *Request, a Answer, u Usage) object {
	var candidates []any
	for range r.Picks {
		candidates = append(candidates, object{"content": object{"role": "model", "parts": []any{object{"text": a.Text}}}, "finishReason": "STOP"})
	}
	return object{"candidates": candidates, "usageMetadata": object{
		"promptTokenCount": u.prompt(), "cachedContentTokenCount": u.Read, "candidatesTokenCount": u.Output - u.Think, "thoughtsTokenCount": u.Think, "totalTokenCount": u.prompt() + u.Output,
	}}
}
