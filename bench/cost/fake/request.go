package fake

import (
	"encoding/json"
	"strings"
)

type object = map[string]any

// Request is what a program asks, whichever provider's format it comes in.
type Request struct {
	API      string // chat, responses, messages or generate
	Model    string
	Messages []Message // the system prompt first
	Tools    []Tool
	Forced   string // the tool that must be called: its name, "*" for any, "" for none
	Schema   object // of the answer; nil: plain text
	Cap      int    // the longest answer in tokens, reasoning included; 0: none
	Effort   string // of reasoning; "": the model's own
	Tier     string // service tier; "": standard
	Picks    int    // how many answers are wanted, 1 or more

	automark bool // the cache is marked for the request as a whole (Anthropic)
}

// Message is one piece of a conversation.
type Message struct {
	Role    string // system, user, assistant, tool
	Text    string // what is counted: the text, and calls of tools with their arguments
	Results []string
	Mark    bool // the cache is marked behind it (Anthropic)
	Images  int  // tokens of pictures
}

// Tool is a function that the model may call.
type Tool struct {
	Name   string
	Schema object // of its arguments
	JSON   string // as it was sent
	Mark   bool
}

// Words is the conversation as plain text.
func (r *Request) Words() string {
	var out strings.Builder
	for _, m := range r.Messages {
		out.WriteString(m.Text)
		out.WriteByte('\n')
	}
	return out.String()
}

// Last is the text of the last message.
func (r *Request) Last() string {
	if len(r.Messages) == 0 {
		return ""
	}
	return r.Messages[len(r.Messages)-1].Text
}

// Results counts what the given tools have answered since a person last spoke.
func (r *Request) Results(of func(tool string) bool) int {
	n := 0
	for _, m := range r.Messages {
		if m.Role == "user" && len(m.Results) == 0 {
			n = 0
		}
		for _, name := range m.Results {
			if of(name) {
				n++
			}
		}
	}
	return n
}

// Answer is what the model says.
type Answer struct {
	Text  string
	Calls []Call
	Think int // tokens of reasoning
}

// Call is a call of a tool.
type Call struct {
	Name string
	Args object
	ID   string
}

func compact(v any) string {
	raw, _ := json.Marshal(v)
	return string(raw)
}

func str(v any) string { s, _ := v.(string); return s }
func obj(v any) object { o, _ := v.(object); return o }
func list(v any) []any { l, _ := v.([]any); return l }
func num(v any) int    { f, _ := v.(float64); return int(f) }
func first(v ...int) int {
	for _, n := range v {
		if n != 0 {
			return n
		}
	}
	return 0
}

// imageTokens is what a picture of ordinary size costs at high detail, and at low.
func imageTokens(part object) int {
	if str(part["detail"]) == "low" || str(obj(part["image_url"])["detail"]) == "low" {
		return 85
	}
	return 765
}
