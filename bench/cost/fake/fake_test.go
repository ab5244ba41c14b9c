package fake

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/qodacode/qodacode/analyzers/pricing"
)

var day = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// says is a model that always gives one answer.
type says Answer

func (s says) Answer(*Request, string) Answer { return Answer(s) }

func serve(t *testing.T, m Model) (*Endpoint, string) {
	e := &Endpoint{Prices: pricing.Builtin(), Now: day, Model: func(string) Model { return m }}
	server := httptest.NewServer(e)
	t.Cleanup(server.Close)
	return e, server.URL
}

func post(t *testing.T, url, body string) (int, string) {
	t.Helper()
	r, err := http.Post(url, "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	raw, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return r.StatusCode, string(raw)
}

// long is a text of about 2,000 tokens.
var long = strings.Repeat("The contract ends in May. ", 340)

func TestBills(t *testing.T) {
	n := func(text string) float64 { return float64(pricing.Count(text)) }
	l := n(long)
	chat := func(model, rest string) string {
		return fmt.Sprintf(`{"model": %q, "messages": [{"role": "user", "content": "Say hello"}]%s}`, model, rest)
	}
	cached := func(question string) string {
		return fmt.Sprintf(`{"model": "claude-sonnet-4-6", "max_tokens": 50, "system": [{"type": "text", "text": %q, "cache_control": {"type": "ephemeral"}}], "messages": [{"role": "user", "content": %q}]}`, long, question)
	}
	repeated := func(question string) string {
		return fmt.Sprintf(`{"model": "gpt-4o", "messages": [{"role": "system", "content": %q}, {"role": "user", "content": %q}]}`, long, question)
	}
	for _, test := range []struct {
		name, path string
		bodies     []string
		want       float64 // USD per million
	}{
		{"chat", "v1/chat/completions", []string{chat("gpt-4o", "")}, (n("Say hello")+4+3)*2.5 + n("Hello there")*10},
		{"several answers", "v1/chat/completions", []string{chat("gpt-4o", `, "n": 3`)}, (n("Say hello")+4+3)*2.5 + 3*n("Hello there")*10},
		{"flex", "v1/responses", []string{`{"model": "gpt-5.4", "service_tier": "flex", "input": "Say hello"}`}, ((n("Say hello")+4+3)*2.5 + n("Hello there")*15) / 2},
		{"a cap", "v1/chat/completions", []string{chat("gpt-4o", `, "max_tokens": 1`)}, (n("Say hello")+4+3)*2.5 + 10},
		{"another tokenizer", "v1/messages", []string{`{"model": "claude-sonnet-4-6", "max_tokens": 9, "messages": [{"role": "user", "content": "Say hello"}]}`},
			math.Floor(1.15*(n("Say hello")+4+3))*3 + math.Floor(1.15*n("Hello there"))*15},
		{"embeddings", "v1/embeddings", []string{`{"model": "text-embedding-3-small", "input": ["one", "two words"]}`}, (n("one") + n("two words")) * 0.02},
		{"a prefix that is read again", "v1/chat/completions", []string{repeated("When?"), repeated("Who?")},
			(2*(l+4+3)+n("When?")+n("Who?")+8)*2.5 - math.Floor((l+4)/128)*128*(2.5-1.25) + 2*n("Hello there")*10},
		{"a prefix that is marked", "v1/messages", []string{cached("When?"), cached("Who?")},
			math.Floor(1.15*(l+4))*(3.75+0.3) + (math.Floor(1.15*(l+n("When?")+11))+math.Floor(1.15*(l+n("Who?")+11))-2*math.Floor(1.15*(l+4)))*3 + 2*math.Floor(1.15*n("Hello there"))*15},
	} {
		e, url := serve(t, says{Text: "Hello there"})
		for _, body := range test.bodies {
			if code, out := post(t, url+"/run/"+test.path, body); code != 200 {
				t.Errorf("%s: %d %s", test.name, code, out)
			}
		}
		if got := e.Run("run").USD * 1e6; math.Abs(got-test.want) > 1e-6 {
			t.Errorf("%s: %.3f, want %.3f: %+v", test.name, got, test.want, e.Run("run").Tokens)
		}
	}
}

func TestRefusals(t *testing.T) {
	for _, test := range []struct{ path, body, want string }{
		{"v1/chat/completions", `{"model": "gpt-5.4", "messages": [], "max_tokens": 5}`, "max_tokens"},
		{"v1/chat/completions", `{"model": "gpt-6.1-sol", "messages": [], "tools": [{}]}`, "Responses API only"},
		{"v1/responses", `{"model": "gpt-5.4", "input": "a", "temperature": 0}`, "temperature"},
		{"v1/messages", `{"model": "claude-haiku-4-5", "messages": [{"role": "user", "content": "a"}]}`, "max_tokens is required"},
		{"v1/messages", `{"model": "claude-sonnet-5", "max_tokens": 5, "messages": [{"role": "assistant", "content": "a"}]}`, "prefilled"},
		{"v1/messages", `{"model": "claude-sonnet-5", "max_tokens": 5, "messages": []}`, "at least one"},
		{"v1/nothing", `{}`, "no such path"},
		{"v1/responses", `{`, "not JSON"},
		{"v1/responses", `[]`, "not JSON"},
	} {
		e, url := serve(t, says{Text: "a"})
		if code, out := post(t, url+"/run/"+test.path, test.body); code != 400 || !strings.Contains(out, test.want) {
			t.Errorf("%s %s: %d %s, want %q", test.path, test.body, code, out, test.want)
		}
		if r := e.Run("run"); r.USD != 0 || len(r.Refused) != 1 {
			t.Errorf("%s: what is refused is not billed: %+v", test.body, r)
		}
	}
}

// Answers hold the same in events as at once.
func TestStreams(t *testing.T) {
	answer := says{Text: "Hello there", Calls: []Call{{Name: "find", Args: object{"q": "x"}, ID: "c1"}}}
	for path, body := range map[string]string{
		"v1/chat/completions": `{"model": "gpt-4o", "stream": true, "stream_options": {"include_usage": true}, "messages": [{"role": "user", "content": "a"}]}`,
		"v1/responses":        `{"model": "gpt-4o", "stream": true, "input": "a"}`,
		"v1/messages":         `{"model": "claude-haiku-4-5", "stream": true, "max_tokens": 50, "messages": [{"role": "user", "content": "a"}]}`,
	} {
		_, url := serve(t, answer)
		_, out := post(t, url+"/run/"+path, body)
		for _, want := range []string{"Hello there", `find`, `{\"q\":\"x\"}`, "_tokens"} {
			if !strings.Contains(out, want) {
				t.Errorf("%s: no %s in\n%s", path, want, out)
			}
		}
		for line := range strings.Lines(out) {
			data, ok := strings.CutPrefix(strings.TrimSpace(line), "data: ")
			if ok && data != "[DONE]" && !json.Valid([]byte(data)) {
				t.Errorf("%s: not JSON: %s", path, data)
			}
		}
	}
}

func TestScript(t *testing.T) {
	ask := func(s *Script, messages ...Message) Answer {
		return s.Answer(&Request{API: "chat", Messages: messages, Picks: 1, Tools: []Tool{
			{Name: "find", Schema: object{"type": "object", "properties": object{"q": object{"type": "string"}}}}, {Name: "transfer_to_x", Schema: object{}},
		}}, "none")
	}
	s := &Script{Seed: 1, Rules: []Rule{{If: "twice", Times: [2]int{2, 2}, Text: []string{"done"}, Fields: map[string][]any{"q": {"moon"}}}, {Tool: "^transfer", Times: [2]int{1, 1}}}}
	if err := s.Compile(); err != nil {
		t.Fatal(err)
	}
	user := Message{Role: "user", Text: "look twice"}
	found := Message{Role: "tool", Text: "nothing", Results: []string{"find"}}
	for results, want := range []string{"find", "find", ""} {
		messages := []Message{user}
		for range results {
			messages = append(messages, found)
		}
		a := ask(s, messages...)
		switch {
		case want == "" && (a.Text != "done" || a.Calls != nil):
			t.Errorf("after %d results: %+v, want an answer", results, a)
		case want != "" && (len(a.Calls) != 1 || a.Calls[0].Name != want || a.Calls[0].Args["q"] != "moon"):
			t.Errorf("after %d results: %+v, want a call of %s", results, a, want)
		}
	}
	if a := ask(s, Message{Role: "user", Text: "hand over"}); len(a.Calls) != 1 || a.Calls[0].Name != "transfer_to_x" {
		t.Errorf("%+v, want a handoff", a)
	}
}

func TestSchemas(t *testing.T) {
	const schema = `{"type": "object", "$defs": {"Item": {"type": "object", "properties": {"name": {"type": "string"}, "next": {"anyOf": [{"$ref": "#/$defs/Item"}, {"type": "null"}]}}}},
 "properties": {"kind": {"enum": ["a", "b"]}, "n": {"type": "integer", "minimum": 3, "maximum": 5}, "items": {"type": "array", "minItems": 2, "maxItems": 2, "items": {"$ref": "#/$defs/Item"}}, "ok": {"type": ["boolean", "null"]}}}`
	var parsed object
	if err := json.Unmarshal([]byte(schema), &parsed); err != nil {
		t.Fatal(err)
	}
	texts := map[string]bool{}
	for seed := range uint64(20) {
		s := &Script{Seed: seed}
		if err := s.Compile(); err != nil {
			t.Fatal(err)
		}
		a := s.Answer(&Request{Schema: parsed, Picks: 1}, "none")
		texts[a.Text] = true
		var got struct {
			Kind  string
			N     int
			Items []map[string]any
			OK    *bool
		}
		d := json.NewDecoder(bytes.NewReader([]byte(a.Text)))
		d.DisallowUnknownFields()
		if err := d.Decode(&got); err != nil {
			t.Fatalf("%v: %s", err, a.Text)
		}
		if got.Kind != "a" && got.Kind != "b" || got.N < 3 || got.N > 5 || len(got.Items) != 2 || got.OK == nil {
			t.Errorf("%s does not fit", a.Text)
		}
	}
	if len(texts) < 10 {
		t.Errorf("%d answers of 20 seeds", len(texts))
	}
}
