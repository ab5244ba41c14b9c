package config

import (
	"reflect"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/parser/text"
)

func TestPolicy(t *testing.T) {
	c, problems := Parse("/project/qodacode.toml", text.New(`[policy]
enable = ["no_prod_db_deletes"]
paths = ["house/policies"]
[policy.params.external_api_whitelist]
hosts = ["api.openai.com", "*.example.com"]
since = 2026-11-01T00:00:00Z
deep = { a = { b = [1, 2.5, true] } }
`))
	if len(problems) > 0 {
		t.Fatal(show(problems))
	}
	want := Policy{
		Enable: []string{"no_prod_db_deletes"},
		Paths:  []RuleFile{{"house/policies", "/project/house/policies", "/project"}},
		Params: map[string]map[string]any{"external_api_whitelist": {
			"hosts": []any{"api.openai.com", "*.example.com"},
			"since": "2026-11-01T00:00:00Z",
			"deep":  map[string]any{"a": map[string]any{"b": []any{int64(1), 2.5, true}}},
		}},
		Endpoint: Endpoint{KeyVariable: DefaultKeyVariable},
	}
	if !reflect.DeepEqual(c.Policy, want) {
		t.Errorf("got %#v", c.Policy)
	}
}

func TestPolicyProblems(t *testing.T) {
	for src, want := range map[string]string{
		`enable = ["no_prod_db_delete"]`:                         `did you mean "no_prod_db_deletes"?`,
		`paths = ["../elsewhere"]`:                               "outside of the project",
		`params = { "a b" = { x = 1 } }`:                         "is no name of a policy",
		`params.x = 3`:                                           "expected a section",
		`params.x.y = { a = { a = { a = { a = { a = 1 } } } } }`: "nested more than 5 levels",
		`params.x.y = [` + strings.Repeat("1,", 1001) + `]`:      "more than 1000 values",
		`base_url = "https://evil.example"`:                      "can only be set in user settings",
		`model = "m"`:                                            "can only be set in user settings",
		`api_key_env = "HOME"`:                                   "can only be set in user settings",
	} {
		c, problems := Parse("/project/qodacode.toml", text.New("[policy]\n"+src))
		if got := strings.Join(show(problems), "; "); !strings.Contains(got, want) {
			t.Errorf("%.60s: got %q, want %q", src, got, want)
		}
		if c.Policy.Endpoint != (Endpoint{KeyVariable: DefaultKeyVariable}) {
			t.Errorf("%s: the workspace chose an endpoint", src)
		}
	}
}

func TestEndpointIsTheUsers(t *testing.T) {
	user := func(url string) (Endpoint, []Problem) {
		c, problems := Default().WithUser(Settings{"policy": map[string]any{"base_url": url, "model": "m", "api_key_env": "MY_KEY"}})
		return c.Policy.Endpoint, problems
	}
	for _, url := range []string{"https://api.openai.com/v1", "http://localhost:11434/v1", "http://127.0.0.1:8000", "http://[::1]:1/v1"} {
		if got, problems := user(url); len(problems) > 0 || got != (Endpoint{url, "m", "MY_KEY"}) {
			t.Errorf("%s: got %v, %v", url, got, show(problems))
		}
	}
	for _, url := range []string{"http://api.openai.com/v1", "ftp://localhost", "https://user:secret@host/", "https://host/?key=secret", "localhost:80", "http://127.0.0.1.evil.example/", "https://"} {
		got, problems := user(url)
		if got.BaseURL != "" || len(problems) != 1 || strings.Contains(problems[0].Message, "secret") {
			t.Errorf("%s: got %v, %v", url, got, show(problems))
		}
	}
}
