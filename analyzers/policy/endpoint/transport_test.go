package endpoint

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

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
		{"404 of another form", raw(404, "application/json", `{"error":"model 'test-model' not found, try pulling it first"}`), []string{"404: model 'test-model' not found", "QODACODE_POLICY_MODEL"}, 1},
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
			if strings.HasPrefix(test.name, "hang") {
				c.opts.Timeout = 100 * time.Millisecond
				c.transport().timeout = c.opts.Timeout
			}
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
	if _, err := s.client(t).Intent(ctx, "x", nil); !errors.Is(err, context.Canceled) {
		t.Error(err)
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

// TestPlainHTTPStaysHere holds that http reaches no other machine, whatever a name resolves to.
func TestPlainHTTPStaysHere(t *testing.T) {
	tr := newTransport(true, time.Minute)
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://192.0.2.1/v1/chat/completions", strings.NewReader("{}"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tr.RoundTrip(request); err == nil || !strings.Contains(err.Error(), "another machine") {
		t.Error(err)
	}
}

func TestModelsWithoutChat(t *testing.T) {
	s := serve(t, says(good(nil)))
	c := s.client(t)
	c.opts.Model = "text-davinci-003"
	if _, err := c.Intent(t.Context(), "x", nil); err == nil || !strings.Contains(err.Error(), "was not asked") || !strings.Contains(err.Error(), "QODACODE_POLICY_MODEL, which is text-davinci-003") {
		t.Error(err)
	}
}
