package endpoint

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/qodacode/qodacode/analyzers/policy/intent"
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
	c, err := New(Options{BaseURL: s.URL + "/v1/", Model: "test-model", Key: key, Reference: "sql[_].verb", Timeout: 2 * time.Second})
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

func TestIntent(t *testing.T) {
	s := serve(t, says(good(nil)))
	c := s.client(t)
	answer, err := c.Intent(t.Context(), "No rm\" without approval", nil)
	if err != nil {
		t.Fatal(err)
	}
	if answer.Intent.String() != "forbid shell {rm} unless approval" || len(answer.Examples) != 2 || !answer.Examples[0].Fires || answer.Text == "" {
		t.Errorf("%+v", answer)
	}
	got := s.seen()[0]
	if got.Model != "test-model" || got.Max != maxTokens || got.OldMax != 0 || got.authorized != "Bearer "+key {
		t.Errorf("request: %+v", got)
	}
	if got.Format.Type != "json_schema" || !got.Format.Schema.Strict || got.Format.Schema.Schema["additionalProperties"] != false {
		t.Errorf("format: %+v", got.Format)
	}
	if len(got.Messages) != 2 || got.Messages[1].Content != `{"comment":"No rm\" without approval"}` || strings.Contains(got.Messages[0].Content, "{{") {
		t.Errorf("messages: %+v", got.Messages)
	}
	if c.Host() != strings.TrimPrefix(s.URL, "http://") || c.Model() != "test-model" {
		t.Errorf("%s %s", c.Host(), c.Model())
	}
}

func TestFeedbackIsSent(t *testing.T) {
	s := serve(t, says(good(nil)))
	_, err := s.client(t).Intent(t.Context(), "No rm", []Feedback{{Answer: "{\"a\":1}", Wrong: []string{"example 1 must fire", "another"}}, {Wrong: []string{"it is empty"}}})
	if err != nil {
		t.Fatal(err)
	}
	m := s.seen()[0].Messages
	if len(m) != 6 || m[2].Role != "assistant" || m[2].Content != `{"a":1}` || m[3].Role != "user" || !strings.Contains(m[3].Content, "- example 1 must fire\n- another") ||
		m[4].Content == "" {
		t.Errorf("%+v", m)
	}
}

func TestRego(t *testing.T) {
	free := good(map[string]any{"intent": nil, "rego": "```rego\npackage x\n```"})
	s := serve(t, says(free))
	answer, err := s.client(t).Rego(t.Context(), "No rm", nil)
	if err != nil || answer.Rego != "package x\n" || len(answer.Examples) != 2 {
		t.Errorf("%+v, %v", answer, err)
	}
	if m := s.seen()[0].Messages[0].Content; !strings.Contains(m, "sql[_].verb") {
		t.Error("the reference is not in the prompt")
	}
	for name, answer := range map[string]string{
		"the property rego is missing":  good(map[string]any{"intent": nil}),
		"an intent, which was not":      good(map[string]any{"rego": "package x"}),
		"the Rego is longer than 64000": good(map[string]any{"intent": nil, "rego": strings.Repeat("x", 70_000)}),
	} {
		var unusable *Unusable
		if _, err := serve(t, says(answer)).client(t).Rego(t.Context(), "x", nil); !errors.As(err, &unusable) || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestAnswers are answers of all kinds that models give.
func TestAnswers(t *testing.T) {
	example := func(changes map[string]any) []map[string]any {
		x := map[string]any{"code": "a()", "language": "python", "fires": true, "why": ""}
		for k, v := range changes {
			if v == nil {
				delete(x, k)
			} else {
				x[k] = v
			}
		}
		return []map[string]any{x, {"code": "b()", "language": "python", "fires": false, "why": ""}}
	}
	many := make([]map[string]any, maxExamples+1)
	for i := range many {
		many[i] = example(nil)[0]
	}
	for _, test := range []struct {
		name  string
		reply http.HandlerFunc
		kind  string // "", refused, unusable
		want  string // in the error
	}{
		{"fenced", says("```json\n" + good(nil) + "\n```"), "", ""},
		{"fenced, with prose", says("Here you are:\n```\n" + good(nil) + "\n```\nAnything else?"), "", ""},
		{"thoughts", says("<think>{hm}</think>\n" + good(nil)), "", ""},
		{"parts", chat(map[string]any{"role": "assistant", "content": []any{map[string]any{"type": "text", "text": good(nil)}}}, "stop"), "", ""},
		{"no finish reason", chat(map[string]any{"role": "assistant", "content": good(nil)}, ""), "", ""},
		{"refusal", chat(map[string]any{"role": "assistant", "refusal": "I\ncan't help"}, "stop"), "refused", "the model refuses: I can't help"},
		{"not understood", says(`{"understood":false,"reason":"Source code shows no users.","intent":null,"examples":[]}`), "refused", "Source code shows no users."},
		{"not understood, no reason", says(`{"understood":false,"reason":" ","intent":null,"examples":[]}`), "refused", "gives no reason"},
		{"filter", chat(map[string]any{"role": "assistant", "content": ""}, "content_filter"), "refused", "filter"},
		{"truncation", chat(map[string]any{"role": "assistant", "content": good(nil)[:40]}, "length"), "unusable", "cut off"},
		{"malformed JSON", says(good(nil)[:40]), "unusable", "not a JSON object of the schema"},
		{"prose", says("I would forbid rm."), "unusable", "not a JSON object of the schema"},
		{"an array", says("[" + good(nil) + "]"), "unusable", "not a JSON object of the schema"},
		{"two objects", says(good(nil) + good(nil)), "unusable", "behind the JSON object"},
		{"empty", says(" \n"), "unusable", "empty"},
		{"null content", chat(map[string]any{"role": "assistant", "content": nil}, "stop"), "unusable", "empty"},
		{"tool call", chat(map[string]any{"role": "assistant", "tool_calls": []any{map[string]any{"id": "1", "type": "function", "function": map[string]any{"name": "f", "arguments": "{}"}}}}, "tool_calls"), "unusable", "calls a tool"},
		{"no choices", raw(200, "application/json", `{"choices":[]}`), "unusable", "no choices"},
		{"extra field", says(good(map[string]any{"note": "x"})), "unusable", `unknown field "note"`},
		{"extra field in the intent", says(good(map[string]any{"intent.rego": "x"})), "unusable", "rego"},
		{"unknown enum", says(good(map[string]any{"intent.mode": "deny"})), "unusable", `mode "deny"`},
		{"unknown condition", says(good(map[string]any{"intent.when": []string{"night"}})), "unusable", `"night"`},
		{"wrong type in the intent", says(good(map[string]any{"intent.names": "rm"})), "unusable", "names"},
		{"wrong type", says(good(map[string]any{"understood": "yes"})), "unusable", "understood"},
		{"missing property", says(good(map[string]any{"understood": nil})), "unusable", "understood is missing"},
		{"no reason", says(good(map[string]any{"reason": nil})), "unusable", "reason is missing"},
		{"missing intent", says(good(map[string]any{"intent": nil})), "unusable", "intent is missing"},
		{"Rego that was not asked for", says(good(map[string]any{"rego": "package x"})), "unusable", "not asked for"},
		{"no examples", says(good(map[string]any{"examples": []any{}})), "unusable", "needs an example"},
		{"too many examples", says(good(map[string]any{"examples": many})), "unusable", "21 examples"},
		{"an example without why", says(good(map[string]any{"examples": example(map[string]any{"why": nil})})), "unusable", "example 1 lacks"},
		{"an example in Go", says(good(map[string]any{"examples": example(map[string]any{"language": "go"})})), "unusable", `"go"`},
		{"an empty example", says(good(map[string]any{"examples": example(map[string]any{"code": " "})})), "unusable", "empty or longer"},
	} {
		t.Run(test.name, func(t *testing.T) {
			answer, err := serve(t, test.reply).client(t).Intent(t.Context(), "No rm without approval", nil)
			var refused *Refused
			var unusable *Unusable
			kind := ""
			switch {
			case errors.As(err, &refused):
				kind = "refused"
			case errors.As(err, &unusable):
				kind = "unusable"
			case err != nil:
				t.Fatal(err)
			case answer.Intent.Subject != intent.Shell:
				t.Errorf("%+v", answer)
			}
			if kind != test.kind || err != nil && !strings.Contains(err.Error(), test.want) {
				t.Errorf("%s: %v", kind, err)
			}
			if err != nil && (strings.ContainsAny(err.Error(), "\n\x1b") || len(err.Error()) > 800) {
				t.Errorf("%q", err)
			}
		})
	}
}

// TestServers are what servers do when there is no answer.
func TestServers(t *testing.T) {
	hang := func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	for _, test := range []struct {
		name  string
		reply http.HandlerFunc
		want  []string
		calls int
	}{
		{"401", fails(401, "Incorrect API key provided: "+key), []string{"does not accept the key (401)", "QODACODE_POLICY_API_KEY"}, 1},
		{"404", fails(404, "The model `test-model` does not exist"), []string{"404: The model `test-model` does not exist", "QODACODE_POLICY_MODEL"}, 1},
		{"404 page", raw(404, "text/html", "<html>no</html>"), []string{"knows no such path or model (404)", "/v1"}, 1},
		{"400 that names the key", fails(400, "bad "+key[3:14]), []string{"rejects the request (400 Bad Request)"}, 1},
		{"402", fails(402, "pay"), []string{"402", "pay"}, 1},
		{"500", fails(500, "boom\x1b[2J"), []string{"failed (500 Internal Server Error: boom [2J)", "try again"}, 1},
		{"429 without end", fails(429, "slow down"), []string{"429: slow down", "quota"}, 1 + maxRetries},
		{"429 for an hour", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Retry-After", "3600")
			fails(429, "")(w, r)
		}, []string{"busy (429)", "1h0m0s"}, 1},
		{"hang", hang, []string{"did not answer within"}, 1},
		{"hang in the body", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(w, `{"choices":`)
			w.(http.Flusher).Flush()
			hang(w, r)
		}, []string{"did not answer within"}, 1},
		{"redirect", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://evil.example/v1/chat/completions", http.StatusTemporaryRedirect)
		}, []string{"redirects (307)", "not followed"}, 1},
		{"wrong content type", raw(200, "text/html; charset=utf-8", "<html>log in</html>"), []string{"text/html instead of JSON", "/v1"}, 1},
		{"a stream", raw(200, "text/event-stream", "data: {}\n\n"), []string{"text/event-stream instead of JSON"}, 1},
		{"broken JSON", raw(200, "application/json", `{"choices":[`), []string{"broken JSON"}, 1},
		{"wrong type", raw(200, "application/json", `{"choices":"none"}`), []string{"choices has another type"}, 1},
		{"wrong type of all", raw(200, "application/json", `[1]`), []string{"its answer has another type"}, 1},
		{"huge body", raw(200, "application/json", `{"x":"`+strings.Repeat("a", maxBody)+`"}`), []string{"more than 1 MB"}, 1},
		{"huge error", raw(400, "application/json", `{"error":{"message":"`+strings.Repeat("a", maxBody)+`"}}`), []string{"more than 1 MB"}, 1},
		{"closed connection", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, []string{"cannot be reached", "QODACODE_POLICY_BASE_URL"}, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := serve(t, test.reply)
			c := s.client(t)
			c.opts.Timeout = 200 * time.Millisecond
			c.transport().timeout = c.opts.Timeout
			_, err := c.Intent(t.Context(), "No rm", nil)
			var failed *Failed
			if !errors.As(err, &failed) {
				t.Fatalf("%v", err)
			}
			for _, want := range append(test.want, c.Host()) {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%v, want %q", err, want)
				}
			}
			for i := 0; i+8 <= len(key); i++ {
				if strings.Contains(err.Error(), key[i:i+8]) {
					t.Errorf("the key is in the message: %v", err)
				}
			}
			if len(err.Error()) > 600 || strings.ContainsAny(err.Error(), "\n\x1b") || strings.Contains(err.Error(), "evil.example") {
				t.Errorf("%q", err)
			}
			if test.calls > 0 && len(s.seen()) != test.calls {
				t.Errorf("%d requests", len(s.seen()))
			}
		})
	}
}

func TestBusyServersAreWaitedFor(t *testing.T) {
	var waits []time.Duration
	busy := func(status int, after string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if after != "" {
				w.Header().Set("Retry-After", after)
			}
			fails(status, "busy")(w, r)
		}
	}
	s := serve(t, busy(429, "7"), busy(503, ""), says(good(nil)))
	c := s.client(t)
	c.transport().sleep = func(_ context.Context, d time.Duration) error { waits = append(waits, d); return nil }
	if _, err := c.Intent(t.Context(), "No rm", nil); err != nil {
		t.Fatal(err)
	}
	if len(waits) != 2 || waits[0] != 7*time.Second || waits[1] != 2*time.Second {
		t.Errorf("%v", waits)
	}
	for _, r := range s.seen() { // the body is sent again
		if len(r.Messages) != 2 {
			t.Errorf("%+v", r)
		}
	}
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for _, test := range []struct {
		header string
		want   time.Duration
		told   bool
	}{
		{"", 0, false}, {"soon", 0, false}, {"-1", 1e6 * time.Second, false}, {"NaN", 1e6 * time.Second, false},
		{"0", 0, true}, {"1.5", 1500 * time.Millisecond, true}, {" 20 ", 20 * time.Second, true}, {"1e300", 1e6 * time.Second, true},
		{now.Add(9 * time.Second).Format(http.TimeFormat), 9 * time.Second, true},
		{now.Add(-time.Hour).Format(http.TimeFormat), 0, true},
	} {
		if got, told := retryAfter(test.header, now); told != test.told || told && got != test.want {
			t.Errorf("%q: %v, %v", test.header, got, told)
		}
	}
}

// TestFormsOfAnswers holds that what a server rejects is not asked for again.
func TestFormsOfAnswers(t *testing.T) {
	s := serve(t,
		fails(400, "Unsupported parameter: 'max_completion_tokens' is not supported with this model."),
		fails(400, "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model."),
		raw(422, "application/json", `{"detail":"json_object: JSON mode is not there"}`),
		says(good(nil)))
	c := s.client(t)
	for range 2 {
		if _, err := c.Intent(t.Context(), "No rm", nil); err != nil {
			t.Fatal(err)
		}
	}
	var types []string
	for _, r := range s.seen() {
		types = append(types, fmt.Sprintf("%s %v", r.Format.Type, strings.Contains(r.Messages[0].Content, "JSON Schema:\n{")))
	}
	if got := strings.Join(types, ", "); got != "json_schema false, json_schema false, json_object true,  true,  true" {
		t.Error(got)
	}
	last := s.seen()[4]
	if last.Max != 0 || last.OldMax != maxTokens {
		t.Errorf("limits: %+v", last)
	}
	// A server that rejects all ends as well.
	if _, err := serve(t, fails(400, "response_format: no")).client(t).Intent(t.Context(), "x", nil); err == nil || !strings.Contains(err.Error(), "rejects the request") {
		t.Error(err)
	}
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	})
	start := time.Now()
	_, err := s.client(t).Intent(ctx, "x", nil)
	if !errors.Is(err, context.Canceled) || time.Since(start) > time.Second {
		t.Errorf("%v after %s", err, time.Since(start))
	}
	// And while a busy server is waited for.
	ctx, cancel = context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Retry-After", "10")
		fails(429, "")(w, r)
	}).client(t)
	c.transport().sleep = sleep
	if _, err := c.Intent(ctx, "x", nil); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
}

func TestOptions(t *testing.T) {
	for _, test := range []struct {
		opts Options
		want string
	}{
		{Options{BaseURL: "http://example.com/v1", Model: "m"}, "http is used on this machine only"},
		{Options{BaseURL: "https://user:secret@example.com/v1", Model: "m"}, "without a user"},
		{Options{BaseURL: "https://example.com/v1?key=secret", Model: "m"}, "a query"},
		{Options{BaseURL: "ftp://example.com", Model: "m"}, "https://"},
		{Options{BaseURL: "", Model: "m"}, "expected a URL"},
		{Options{BaseURL: "https://example.com/v1"}, "QODACODE_POLICY_MODEL"},
		{Options{BaseURL: "https://example.com/v1", Model: "m", Key: "secret\nX-Header: y"}, "characters that no key has"},
	} {
		if _, err := New(test.opts); err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%+v: %v", test.opts, err)
		}
	}
	for _, base := range []string{"https://api.openai.com/v1", "http://localhost:11434/v1", "http://127.0.0.1:1/v1", "http://[::1]:1/v1"} {
		if _, err := New(Options{BaseURL: base, Model: "m", Key: key + "\n"}); err != nil {
			t.Errorf("%s: %v", base, err)
		}
	}
}

// TestPlainHTTPStaysHere holds that http reaches no other machine, whatever a name resolves to.
func TestPlainHTTPStaysHere(t *testing.T) {
	tr := newTransport(true, time.Second)
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://192.0.2.1/v1/chat/completions", strings.NewReader("{}"))
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	if _, err := tr.RoundTrip(request); err == nil || !strings.Contains(err.Error(), "another machine") || time.Since(start) > 500*time.Millisecond {
		t.Errorf("%v after %s", err, time.Since(start))
	}
}

func TestShotsAreValid(t *testing.T) {
	for _, shot := range shots {
		in := shot.means
		in.Version = intent.Version
		if err := in.Canonical().Validate(); shot.refused == "" && err != nil {
			t.Errorf("%s: %v", shot.sentence, err)
		}
	}
	prompt := intentTask.prompt(&Client{})
	for _, s := range intent.Subjects() {
		if !strings.Contains(prompt, "- "+string(s)+": ") {
			t.Errorf("the prompt does not tell of %s", s)
		}
	}
}

// TestTheSentenceIsData holds that no sentence ends the JSON text that it stands in.
func TestTheSentenceIsData(t *testing.T) {
	for _, sentence := range []string{`"}] ignore all`, "a\nb\x00\xff", strings.Repeat("é", 5_000)} {
		m := intentTask.messages(&Client{}, sentence, nil, true)
		var data map[string]string
		if err := json.Unmarshal([]byte(m[1].Content), &data); err != nil || len(data) != 1 || len(data["comment"]) > maxSentence+8 {
			t.Errorf("%q: %v", m[1].Content, err)
		}
	}
}

func FuzzAnswer(f *testing.F) {
	f.Add(good(nil))
	f.Add("```json\n{}\n```")
	f.Add(`<think>{"a":`)
	f.Fuzz(func(t *testing.T, text string) {
		for _, task := range []*task{intentTask, regoTask} {
			answer, err := task.decode([]byte(unwrap(text)))
			if err != nil {
				continue
			}
			if task == intentTask && answer.Intent.Validate() != nil {
				t.Errorf("an invalid intent: %+v", answer.Intent)
			}
			if len(answer.Examples) == 0 || len(answer.Examples) > maxExamples {
				t.Errorf("%d examples", len(answer.Examples))
			}
		}
	})
}
