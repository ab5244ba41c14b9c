package render

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/qodacode/qodacode/analyzers/policy/intent"
)

// nouns are the words for a subject.
type nouns struct {
	all     string // without operations and names
	one     string // one of it, in messages
	names   string // before names: "on the table"
	set     string // name of the set of names
	param   string // name of one of it
	unknown string // what cannot be read when its name is not known
}

var nounsOf = map[intent.Subject]nouns{
	intent.SQL:    {all: "SQL", one: "SQL", names: "on the table", set: "tables", param: "table", unknown: "the table"},
	intent.HTTP:   {all: "HTTP requests", one: "an HTTP request", names: "to", set: "hosts", param: "host", unknown: "the host"},
	intent.File:   {all: "access to files", one: "access to a file", names: "in", set: "paths", param: "path", unknown: "the path"},
	intent.Shell:  {all: "shell commands", one: "a shell command", names: "\x00running", set: "programs", param: "program", unknown: "the program"},
	intent.Env:    {all: "environment variables", one: "an environment variable", names: "named", set: "variables", param: "variable", unknown: "the variable"},
	intent.LLM:    {all: "LLM calls", one: "an LLM call", names: "to", set: "providers", param: "provider", unknown: "the provider"},
	intent.Model:  {all: "use of models", one: "a model", names: "\x00the model", set: "models", param: "model", unknown: "the model"},
	intent.Tool:   {all: "tools", one: "a tool", names: "\x00the tool", set: "tools", param: "tool", unknown: "the tool"},
	intent.Agent:  {all: "agents", one: "an agent", names: "\x00the agent", set: "agents", param: "agent", unknown: "the agent"},
	intent.Call:   {all: "calls", one: "a call", names: "of", set: "functions", param: "function", unknown: "the function"},
	intent.Import: {all: "imports", one: "an import", names: "of", set: "modules", param: "module", unknown: "the module"},
	intent.Run:    {all: "runs", one: "a run"},
}

// opWords are operations that are not told by their own name.
var opWords = map[intent.Subject]map[string]string{
	intent.File: {"read": "reading files", "write": "writing files", "append": "writing files", "delete": "deleting files",
		"list": "listing folders", "chmod": "changing the rights of files", "exec": "executing files"},
	intent.Env: {"read": "reading environment variables", "write": "setting environment variables"},
	intent.Tool: {"mutating": "tools that change something", "env": "tools that use the environment", "file": "tools that use files",
		"file:read": "tools that read files", "file:write": "tools that write files", "file:delete": "tools that delete files",
		"http": "tools that make HTTP requests", "llm": "tools that ask language models", "shell": "tools that run programs",
		"sql": "tools that execute SQL", "sql:select": "tools that read from a database", "sql:insert": "tools that insert into a database",
		"sql:update": "tools that update a database", "sql:delete": "tools that delete from a database"},
}

// subject is what the intent is about: "SQL delete on users", "writing files".
func subject(in intent.Intent) string {
	n := nounsOf[in.Subject]
	text := n.all
	if words := together(in); words != "" {
		in.Operations, text = nil, words
	}
	if words, ok := opWords[in.Subject]; ok && len(in.Operations) > 0 {
		var parts []string
		for _, op := range in.Operations {
			if !slices.Contains(parts, words[op]) {
				parts = append(parts, words[op])
			}
		}
		text = join(parts, "or")
	} else if len(in.Operations) > 0 {
		text = "SQL " + strings.ToUpper(join(in.Operations, "\x00"))
		text = strings.ReplaceAll(text, "\x00", "or")
		if in.Subject == intent.HTTP {
			text = "HTTP " + join(in.Operations, "or") + " requests"
		}
	}
	if len(in.Names) > 0 && in.Mode != intent.Only {
		if words, own := strings.CutPrefix(n.names, "\x00"); own && len(in.Operations) == 0 {
			return words + " " + join(in.Names, "or") // in place of what all are called
		} else if in.Subject == intent.File && len(in.Operations) > 0 && !slices.ContainsFunc(in.Names, isFolder) {
			text = strings.ReplaceAll(text, " files", "") + " " + join(in.Names, "or")
		} else {
			text += " " + words + " " + join(in.Names, "or")
		}
	}
	return text
}

// isFolder reports whether a path is one of a folder, by its form.
func isFolder(name string) bool {
	return !strings.Contains(path.Base(name), ".") || strings.HasSuffix(name, "/")
}

// together are the words for several operations on databases.
func together(in intent.Intent) string {
	if in.Subject != intent.SQL {
		return ""
	}
	switch strings.Join(in.Operations, " ") {
	case "delete truncate drop":
		return "database deletes"
	case "insert update delete merge truncate drop alter create":
		return "database writes"
	}
	return ""
}

// words are what is said of a condition.
type words struct {
	when, unless string // behind the subject, where it must hold, and where it lifts the policy
	keep, lift   string // what to do about it
	not, held    string // of an example in which it does not hold, or lifts the policy
}

var conditionWords = map[intent.Condition]words{
	intent.InProduction:    {"in production", "outside production", "keep it out of production", "run it in production only", "not in production", "in production"},
	intent.WithApproval:    {"", "without approval", "", "ask a person to approve it first", "", "a person approves it first"},
	intent.InLoop:          {"in loops", "outside loops", "move it out of the loop", "", "not in a loop", "in a loop"},
	intent.InUnboundedLoop: {"in loops without end", "", "bound the loop", "", "not in a loop", ""},
	intent.WithRateLimit:   {"", "without a rate limit", "", "put a rate limiter around it", "", "a limiter guards it"},
	intent.InTests:         {"in tests", "outside tests", "keep it out of tests", "keep it in tests", "not in a test", "in a test"},
	intent.InTool:          {"in tools of agents", "outside tools of agents", "keep it out of tools", "do it in a tool", "not in a tool", "in a tool"},
	intent.Interpolated:    {"with values in its text", "", "pass values as parameters", "", "without values in its text", ""},
	intent.ViaShell:        {"through a shell", "", "pass the arguments as a list, without a shell", "", "without a shell", ""},
}

func circumstances(in intent.Intent) string {
	var text string
	for _, c := range in.When {
		text += " " + conditionWords[c].when
	}
	for _, c := range in.Unless {
		text += " " + conditionWords[c].unless
	}
	return text
}

// needWords are what Require asks for.
var needWords = map[intent.Need]string{
	intent.Approval: "approval by a person", intent.RateLimit: "a rate limit", intent.MaxTokens: "a limit of output tokens",
	intent.Timeout: "a timeout", intent.Retries: "a number of retries", intent.Where: "WHERE", intent.MaxSteps: "a limit of steps",
	intent.Budget: "a budget", intent.Description: "a description", intent.HTTPS: "https",
}

// quantityWords are the names of quantities, and how an amount is written.
var quantityWords = map[intent.Quantity]struct{ name, amount string }{
	intent.PerMinute: {"the rate", "%s requests per minute"}, intent.Tokens: {"the limit of output tokens", "%s tokens"},
	intent.Seconds: {"the timeout", "%s seconds"}, intent.RetryCount: {"the number of retries", "%s retries"},
	intent.Steps: {"the limit of steps", "%s steps"}, intent.USDPerCall: {"the cost of a call", "$%s per call"},
	intent.USDPerRun: {"the cost of a run", "$%s per run"}, intent.Temperature: {"the temperature", "%s"},
	intent.ToolCount: {"the number of tools", "%s tools"},
}

func amount(l intent.Limit) string {
	return fmt.Sprintf(quantityWords[l.Quantity].amount, number(l.Max))
}

func number(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

func join(items []string, word string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	return strings.Join(items[:len(items)-1], ", ") + " " + word + " " + items[len(items)-1]
}

func capital(s string) string {
	if s == "" || s[0] < 'a' || s[0] > 'z' {
		return s
	}
	return string(s[0]-'a'+'A') + s[1:]
}

func clip(s string, most int) string {
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return s
}

// literal is a text in a format of sprintf.
func literal(s string) string { return strings.ReplaceAll(s, "%", "%%") }

// onVar puts the variable into a guard.
func onVar(line, v string) string { return strings.ReplaceAll(line, "V.", v+".") }
