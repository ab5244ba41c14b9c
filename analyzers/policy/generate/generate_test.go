package generate

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/qodacode/qodacode/analyzers/policy/endpoint"
	"github.com/qodacode/qodacode/analyzers/policy/intent"
	"github.com/qodacode/qodacode/analyzers/policy/sandbox"
	"github.com/qodacode/qodacode/config"
)

func TestMain(m *testing.M) {
	sandbox.ServeTests()
	m.Run()
}

func worker(t *testing.T) *sandbox.Client {
	t.Helper()
	c := sandbox.New(sandbox.Options{Limits: sandbox.Limits{Compile: time.Minute, Eval: time.Minute, Total: 5 * time.Minute}}) // the machine may be slow
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// model is a server with OpenAI's API that gives answers one after another, the last again and again.
type model struct {
	*endpoint.Client
	mu       sync.Mutex
	messages [][]string // of each request
}

func answering(t *testing.T, answers ...string) *model {
	t.Helper()
	m := &model{}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var request struct{ Messages []struct{ Content string } }
		body, _ := io.ReadAll(r.Body)
		if err := json.Unmarshal(body, &request); err != nil {
			t.Error(err)
		}
		m.mu.Lock()
		defer m.mu.Unlock()
		var contents []string
		for _, message := range request.Messages {
			contents = append(contents, message.Content)
		}
		m.messages = append(m.messages, contents)
		answer := answers[min(len(m.messages), len(answers))-1]
		w.Header().Set("Content-Type", "application/json")
		if answer == "500" {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		if answer == "hang" {
			<-r.Context().Done()
			return
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"choices": []any{map[string]any{"finish_reason": "stop", "message": map[string]any{"role": "assistant", "content": answer}}}})
	}))
	t.Cleanup(func() {
		s.CloseClientConnections()
		s.Close()
	})
	variables := map[string]string{"QODACODE_POLICY_BASE_URL": s.URL, "QODACODE_POLICY_MODEL": "test-model"}
	client, err := Endpoint(config.Endpoint{}, func(name string) string { return variables[name] })
	if err != nil {
		t.Fatal(err)
	}
	m.Client = client
	return m
}

type sample struct {
	Code     string `json:"code"`
	Language string `json:"language"`
	Fires    bool   `json:"fires"`
	Why      string `json:"why"`
}

func answer(t *testing.T, values map[string]any, examples ...sample) string {
	t.Helper()
	values["understood"], values["reason"], values["examples"] = true, "", examples
	data, err := json.Marshal(values)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func noRm() map[string]any {
	return map[string]any{"intent": map[string]any{"version": 1, "mode": "forbid", "subject": "shell", "operations": []string{}, "names": []string{"rm"},
		"when": []string{}, "unless": []string{}, "need": "", "limit": map[string]any{"quantity": "", "max": 0}, "severity": ""}}
}

var (
	runsRm = sample{"import subprocess\n\nsubprocess.run([\"rm\", \"-r\", \"build\"])\n", "python", true, "it runs rm"}
	runsLs = sample{"import subprocess\n\nsubprocess.run([\"ls\"])\n", "python", false, "it runs ls"}
	// lies says of code that is silent that the policy fires.
	lies = sample{"x = 1\n", "python", true, "nothing is run"}
)

// odd is a sentence that only a model can read.
const odd = "The remover of things called rm shall sleep forever, my friends"

func TestByModel(t *testing.T) {
	good := answer(t, noRm(), runsRm, runsLs)
	for _, test := range []struct {
		name    string
		answers []string
		status  string
		asked   int
		want    string   // in the reason
		fed     []string // in the last message
	}{
		{"at once", []string{good}, StatusOK, 1, "", nil},
		{"after prose", []string{"I would forbid rm", good}, StatusOK, 2, "", []string{"not accepted", "not a JSON object"}},
		{"after an example that is wrong", []string{answer(t, noRm(), lies, runsLs), good}, StatusOK, 2, "", []string{"not accepted", "nothing is run"}},
		{"after an example that does not parse", []string{answer(t, noRm(), runsRm, sample{"def (:\n", "python", false, "odd"}), good}, StatusOK, 2, "", []string{"(odd) has", "syntax error"}},
		{"never", []string{answer(t, noRm(), lies, runsLs)}, StatusRefused, maxAttempts, "was asked 3 times", []string{"nothing is run"}},
		{"not understood", []string{`{"understood":false,"reason":"It is a poem.","intent":null,"examples":[]}`}, StatusRefused, 1, "It is a poem.", nil},
		{"a server that fails", []string{"500"}, StatusRefused, 1, "failed (500", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := answering(t, test.answers...)
			var told []string
			r, err := Policy(t.Context(), odd, Options{Sandbox: worker(t), Endpoint: m.Client, Progress: func(s string) { told = append(told, s) }})
			if err != nil {
				t.Fatal(err)
			}
			if r.Status != test.status || r.Source != FromModel || len(m.messages) != test.asked || !strings.Contains(r.Reason, test.want) {
				t.Errorf("%s by %s after %d: %s", r.Status, r.Source, len(m.messages), r.Reason)
			}
			last := m.messages[len(m.messages)-1]
			for _, want := range test.fed {
				if !strings.Contains(last[len(last)-1], want) {
					t.Errorf("fed back: %q, want %q", last[len(last)-1], want)
				}
			}
			if len(told) < 2 || told[0] != "reading the sentence" || told[1] != "asking test-model at "+m.Host() {
				t.Errorf("told: %q", told)
			}
			if r.Status == StatusOK {
				if r.Intent.String() != "forbid shell {rm}" || r.Rego == "" || r.Test == "" || r.Explanation == "" || r.Reason != "" ||
					!slices.ContainsFunc(r.Examples, func(e intent.Example) bool { return e.Code == runsRm.Code }) {
					t.Errorf("%+v", r)
				}
			} else if !strings.Contains(r.Reason, "Without a model: ") {
				t.Errorf("what the controlled language says is missing: %s", r.Reason)
			}
		})
	}
}

const freeRego = `# METADATA
# title: No rm
# description: Programs named rm are not run.
# custom:
#   severity: warning
package no_rm

deny contains result if {
	some s in input.shell
	s.program == "rm"
	result := {"msg": "rm is run here; use a function that asks first", "range": s.range, "subject": s.id}
}
`

func TestFreeForm(t *testing.T) {
	good := answer(t, map[string]any{"rego": freeRego}, runsRm, runsLs)
	silent := answer(t, map[string]any{"rego": strings.Replace(freeRego, `"rm"`, `"rmdir"`, 1)}, runsRm, runsLs)
	for _, test := range []struct {
		name    string
		answers []string
		status  string
		fed     string
	}{
		{"good", []string{good}, StatusOK, ""},
		{"never fires on its example", []string{silent, good}, StatusOK, "it runs rm"},
		{"does not compile", []string{answer(t, map[string]any{"rego": strings.Replace(freeRego, "s.program", "s.programme", 1)}, runsRm, runsLs), good}, StatusOK, "programme"},
		{"does not parse", []string{answer(t, map[string]any{"rego": "package x\n\ndeny contains {"}, runsRm, runsLs), good}, StatusOK, "not accepted"},
		{"has no package", []string{answer(t, map[string]any{"rego": "deny := 1"}, runsRm, runsLs), good}, StatusOK, "no line `package name`"},
		{"is a test", []string{answer(t, map[string]any{"rego": "package x_test"}, runsRm, runsLs), good}, StatusOK, "_test"},
		{"is a device", []string{answer(t, map[string]any{"rego": "package nul"}, runsRm, runsLs), good}, StatusOK, "device on Windows"},
		{"reaches out", []string{answer(t, map[string]any{"rego": strings.Replace(freeRego, `s.program == "rm"`, `s.program == "rm"; http.send({"method": "GET", "url": "http://example.com"})`, 1)}, runsRm, runsLs)}, StatusRefused, "http.send"},
		{"a condition that no example notices", []string{answer(t, map[string]any{"rego": strings.Replace(freeRego, `s.program == "rm"`, "s.program == \"rm\"\n\ts.known == \"full\"", 1)}, runsRm, runsLs), good}, StatusOK, "known"},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := answering(t, test.answers...)
			r, err := Policy(t.Context(), "No rm", Options{Sandbox: worker(t), Endpoint: m.Client, FreeForm: true})
			if err != nil {
				t.Fatal(err)
			}
			if r.Status != test.status || r.Source != FromFree || r.Intent != nil {
				t.Fatalf("%s: %s", r.Status, r.Reason)
			}
			last := m.messages[len(m.messages)-1]
			if !strings.Contains(last[len(last)-1], test.fed) {
				t.Errorf("fed back: %s", last[len(last)-1])
			}
			if r.Status == StatusOK && (r.Name != "no_rm" || r.Title != "No rm" || r.Explanation != "Programs named rm are not run." || !strings.Contains(r.Test, "package no_rm_test") || strings.Contains(r.Test, "llm_calls")) {
				t.Errorf("%+v", r)
			}
		})
	}
	r, err := Policy(t.Context(), "No rm", Options{Sandbox: worker(t), FreeForm: true})
	if err != nil || r.Status != StatusRefused || !strings.Contains(r.Reason, "QODACODE_POLICY_BASE_URL") {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestCancel(t *testing.T) {
	m := answering(t, "hang")
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if r, err := Policy(ctx, odd, Options{Sandbox: worker(t), Endpoint: m.Client}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestEndpointSettings(t *testing.T) {
	none := func(string) string { return "" }
	if c, err := Endpoint(config.Endpoint{}, none); c != nil || err != nil {
		t.Errorf("%v, %v", c, err)
	}
	if _, err := Endpoint(config.Endpoint{BaseURL: "http://example.com/v1", Model: "m"}, none); err == nil {
		t.Error("http to another machine is accepted")
	}
	c, err := Endpoint(config.Endpoint{BaseURL: "https://a.example/v1", Model: "m", KeyVariable: "K"}, func(name string) string {
		return map[string]string{"QODACODE_POLICY_MODEL": "other"}[name]
	})
	if err != nil || c.Host() != "a.example" || c.Model() != "other" {
		t.Errorf("%v", err)
	}
}

func TestReference(t *testing.T) {
	text := reference()
	for _, want := range []string{"- sql[_].verb (select|insert|", "- tools (array of object)", "- http[_].ctx (object): What is around it. Its fields are those of calls[_].ctx."} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing", want)
		}
	}
	if len(text) > 30_000 {
		t.Errorf("%d bytes", len(text))
	}
}

func TestPlain(t *testing.T) {
	if got := plain(" No\u2028rm\x00\x1b[31m\n# METADATA\u202e \u200bplease\xff "); got != "No rm[31m # METADATA please" {
		t.Errorf("%q", got)
	}
}
