package render

import (
	"path"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/policy/intent"
)

// firstOp is the operation that examples do.
func firstOp(in intent.Intent) string {
	if len(in.Operations) > 0 {
		for _, op := range []string{"delete", "read", "write"} { // the plainest
			if slices.Contains(in.Operations, op) && in.Subject == intent.File {
				return op
			}
		}
		if in.Subject == intent.SQL {
			for _, op := range []string{"delete", "update", "insert", "select", "drop", "truncate", "alter", "create", "grant"} {
				if slices.Contains(in.Operations, op) {
					return op
				}
			}
		}
		return in.Operations[0]
	}
	return map[intent.Subject]string{intent.SQL: "delete", intent.HTTP: "POST", intent.File: "write", intent.Env: "read"}[in.Subject]
}

// otherOp is an operation that the policy is not about; "" when it is about all.
func otherOp(in intent.Intent) string {
	if len(in.Operations) == 0 {
		return ""
	}
	for _, op := range map[intent.Subject][]string{
		intent.SQL: {"select", "insert", "update", "create"}, intent.HTTP: {"GET", "POST", "PUT"},
		intent.File: {"read", "write", "delete", "list"}, intent.Env: {"read", "write"},
	}[in.Subject] {
		if !slices.Contains(in.Operations, op) {
			return op
		}
	}
	return ""
}

// plainNames are names of examples where the intent names none, and those it does not mean.
var plainNames = map[intent.Subject][]string{
	intent.SQL: {"orders", "invoices", "sessions", "notes"}, intent.HTTP: {"api.example.com", "files.example.net", "other.example.org"},
	intent.File: {"report.txt", "/srv/archive/report.txt", "/var/archive/notes.txt"}, intent.Shell: {"make", "tar", "convert"},
	intent.Env: {"APP_REGION", "LOG_LEVEL", "TZ"}, intent.LLM: {"openai", "anthropic", "mistral", "google"}, intent.Model: {"gpt-4o-mini", "claude-haiku-4-5", "gemini-2.5-flash"},
	intent.Tool: {"look_up", "summarize", "translate"}, intent.Agent: {"helper", "writer", "planner"}, intent.Call: {"json.loads", "print", "len"},
	intent.Import: {"json", "math", "csv"},
}

// subjectName is a name that the intent is about.
func subjectName(in intent.Intent) string {
	if len(in.Names) == 0 {
		return plainNames[in.Subject][0]
	}
	if in.Subject == intent.LLM && slices.Contains(in.Names, "openai") {
		return "openai" // which has the dearest model and the cheapest
	}
	for _, plain := range []bool{true, false} { // a name without a pattern, if there is one
		for _, n := range in.Names {
			if !strings.ContainsAny(n, "*?") == plain {
				return instance(in, n)
			}
		}
	}
	return ""
}

// instance is a name that a pattern matches.
func instance(in intent.Intent, pattern string) string {
	filling := map[intent.Subject]string{intent.HTTP: "api", intent.Model: "4", intent.Env: "KEY", intent.File: "notes", intent.Call: "run"}[in.Subject]
	if filling == "" {
		filling = "main"
	}
	name := strings.NewReplacer("**/", filling+"/", "**", filling, "*", filling, "?", "x").Replace(pattern)
	if in.Subject == intent.File {
		switch base := path.Base(name); {
		case strings.HasSuffix(pattern, "/"), !strings.Contains(base, ".") && base != "Makefile" && base != "Dockerfile":
			return strings.TrimRight(name, "/") + "/notes.txt"
		}
	}
	return name
}

// otherName is a name that the intent does not mean; "" when there is none.
func otherName(in intent.Intent) string {
	for _, n := range plainNames[in.Subject] {
		if !slices.ContainsFunc(in.Names, func(p string) bool { return matches(in, p, n) }) {
			return n
		}
	}
	return ""
}

// matches reports whether a name of an intent may mean n. It errs on the side of yes.
func matches(in intent.Intent, pattern, n string) bool {
	if strings.ContainsAny(pattern, "*?[") {
		prefix, rest, _ := strings.Cut(pattern, pattern[strings.IndexAny(pattern, "*?["):strings.IndexAny(pattern, "*?[")+1])
		suffix := rest[strings.LastIndexAny(rest, "*?[]")+1:]
		return strings.HasPrefix(n, prefix) && strings.HasSuffix(n, suffix)
	}
	switch in.Subject {
	case intent.File:
		p := strings.TrimRight(pattern, "/")
		return n == p || strings.HasPrefix(n, p+"/") || strings.HasSuffix(n, "/"+p) || strings.Contains(n, "/"+p+"/")
	case intent.Import:
		return n == pattern || strings.HasPrefix(n, pattern+".")
	}
	return n == pattern
}
