package endpoint

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

const key = "sk-canary-0123456789abcdef"

// server is a fake OpenAI-compatible server. It answers each request by the next of its
// replies, the last one again and again.
type server struct {
	*httptest.Server
	mu       sync.Mutex
	requests []request
}

type request struct {
	Model      string `json:"model"`
	Max        int    `json:"max_completion_tokens"`
	OldMax     int    `json:"max_tokens"`
	Messages   []struct{ Role, Content string }
	Format     format `json:"response_format"`
	authorized string
}

type format struct {
	Type   string
	Schema struct {
		Name   string
		Strict bool
		Schema map[string]any
	} `json:"json_schema"`
}

func serve(t *testing.T, replies ...http.HandlerFunc) *server {
	t.Helper()
	s := &server{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		var got request
		if err := json.Unmarshal(body, &got); err != nil || r.URL.Path != "/v1/chat/completions" || r.Method != http.MethodPost {
			t.Errorf("%s %s: %v", r.Method, r.URL.Path, err)
		}
		got.authorized = r.Header.Get("Authorization")
		s.mu.Lock()
		s.requests = append(s.requests, got)
		reply := replies[min(len(s.requests), len(replies))-1]
		s.mu.Unlock()
		reply(w, r)
	}))
	t.Cleanup(func() {
		s.CloseClientConnections()
		s.Close()
	})
	return s
}

func (s *server) seen() []request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.requests
}

func (s *server) client(t *testing.T) *Client {
	t.Helper()
	c, err := New(Options{BaseURL: s.URL + "/v1/", Model: "test-model", Key: key, Reference: "sql[_].verb", Timeout: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	inner := c.transport()
	inner.sleep = func(context.Context, time.Duration) error { return nil }
	return c
}

func (c *Client) transport() *transport {
	return c.http.Transport.(*transport)
}

func raw(status int, contentType, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// chat is a response with one choice.
func chat(message map[string]any, finish string) http.HandlerFunc {
	data, _ := json.Marshal(map[string]any{"id": "x", "object": "chat.completion", "choices": []any{map[string]any{"index": 0, "message": message, "finish_reason": finish}}})
	return raw(200, "application/json", string(data))
}

func says(content string) http.HandlerFunc {
	return chat(map[string]any{"role": "assistant", "content": content}, "stop")
}

func fails(status int, message string) http.HandlerFunc {
	data, _ := json.Marshal(map[string]any{"error": map[string]any{"message": message, "type": "invalid_request_error", "param": nil, "code": nil}})
	return raw(status, "application/json", string(data))
}

// good is an answer with changes.
func good(changes map[string]any) string {
	in := map[string]any{"version": 1, "mode": "forbid", "subject": "shell", "operations": []string{}, "names": []string{"rm"}, "when": []string{},
		"unless": []string{"approval"}, "need": "", "limit": map[string]any{"quantity": "", "max": 0}, "severity": ""}
	answer := map[string]any{"understood": true, "reason": "", "intent": in, "examples": []map[string]any{
		{"code": "import os\nos.system('rm x')", "language": "python", "fires": true, "why": "it runs rm"},
		{"code": "print(1)\n", "language": "python", "fires": false, "why": "nothing is run"}}}
	for k, v := range changes {
		if inner, ok := strings.CutPrefix(k, "intent."); ok {
			in[inner] = v
		} else if v == nil {
			delete(answer, k)
		} else {
			answer[k] = v
		}
	}
	data, _ := json.Marshal(answer)
	return string(data)
}
