package endpoint

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/analyzers/policy/intent"
)

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
