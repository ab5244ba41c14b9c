package render

import (
	"fmt"
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
		} else {
			text += " " + words + " " + join(in.Names, "or")
		}
	}
	return text
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

// Title is one line for an intent.
func Title(in intent.Intent) string {
	about := subject(in) + circumstances(in)
	switch in.Mode {
	case intent.Only:
		n := nounsOf[in.Subject]
		text := "Only the " + n.set + " " + join(in.Names, "and")
		if len(in.Names) == 1 {
			text = "Only the " + n.param + " " + in.Names[0]
		}
		if in.Subject == intent.File {
			in.Mode, in.Names = intent.Forbid, nil
			text = capital(subject(in)) + " only in " + strings.TrimPrefix(strings.TrimPrefix(text, "Only the paths "), "Only the path ")
		} else if len(in.Operations) > 0 {
			in.Names = nil
			text += " for " + subject(in)
		}
		return clip(text+circumstances(in), 120)
	case intent.Require:
		return clip(capital(needWords[in.Need])+" for "+about, 120)
	case intent.Limited:
		switch {
		case in.Limit.Quantity == intent.Temperature:
			return clip("A temperature of at most "+amount(in.Limit)+" for "+about, 120)
		case in.Subject == intent.Run:
			return clip("At most "+amount(in.Limit)+circumstances(in), 120)
		}
		return clip("At most "+amount(in.Limit)+" for "+about, 120)
	}
	return clip("No "+strings.TrimPrefix(about, "the "), 120)
}

// Explain is what the policy of an intent does, and what it cannot see, in plain sentences.
func Explain(in intent.Intent) string {
	about := subject(in) + circumstances(in)
	var text string
	switch in.Mode {
	case intent.Only:
		n := nounsOf[in.Subject]
		text = fmt.Sprintf("Reports %s with other %s than %s.", about, n.set, join(in.Names, "and"))
	case intent.Require:
		text = fmt.Sprintf("Reports %s without %s.", about, needWords[in.Need])
	case intent.Limited:
		text = fmt.Sprintf("Reports %s above %s, and those without such a limit in the code.", about, amount(in.Limit))
	default:
		text = fmt.Sprintf("Reports %s.", about)
	}
	switch in.Limit.Quantity {
	case intent.ToolCount:
		text = fmt.Sprintf("Reports %s with more than %s.", about, amount(in.Limit))
	case intent.Temperature:
		text = fmt.Sprintf("Reports %s with a temperature above %s, and tells where none is set.", about, amount(in.Limit))
	case intent.PerMinute:
		text = fmt.Sprintf("Demands a configured rate limiter of at most %s for %s. The rate at run time cannot be seen in the code.", amount(in.Limit), about)
	case intent.USDPerRun, intent.USDPerCall:
		if in.Subject != intent.Agent {
			text = fmt.Sprintf("Reports %s that may cost more than %s by the prices of the models, or whose cost has no bound. What was spent cannot be seen in the code.", about, amount(in.Limit))
		}
	}
	if slices.Contains(in.When, intent.InProduction) {
		text += " Code counts as production unless a condition around it says otherwise."
	}
	if slices.Contains(in.Unless, intent.WithApproval) {
		text += " Code counts as not approved unless an approval is found."
	}
	if in.Subject == intent.HTTP && in.Mode == intent.Only {
		text += " Hosts of the own machine are allowed."
	}
	if !slices.Contains(in.When, intent.InTests) && !slices.Contains(in.Unless, intent.InTests) {
		text += " Tests are not judged."
	}
	return text
}

// one is one of what the intent is about, as messages begin: "A shell command".
func one(in intent.Intent) string {
	switch {
	case together(in) != "":
		return "a " + strings.TrimSuffix(together(in), "s")
	case in.Subject == intent.SQL && len(in.Operations) > 0, in.Subject == intent.File && len(in.Operations) > 0,
		in.Subject == intent.Env && len(in.Operations) > 0:
		in.Names = nil
		return strings.NewReplacer("files", "a file", "folders", "a folder", "environment variables", "an environment variable").Replace(subject(in))
	case in.Subject == intent.HTTP && len(in.Operations) > 0:
		return "an HTTP " + join(in.Operations, "or") + " request"
	}
	return nounsOf[in.Subject].one
}

// around is what is around it, in messages: unknown counts as production.
func around(in intent.Intent) string {
	return singular.Replace(strings.Replace(circumstances(in), " in production", " in what may be production", 1))
}

var singular = strings.NewReplacer("in loops without end", "in a loop without end", "in loops", "in a loop", "in tests", "in a test", "in tools of agents", "in a tool of an agent")

// against is one of what is against the policy, as examples tell it.
func against(in intent.Intent) string {
	if in.Mode == intent.Require || in.Mode == intent.Limited {
		return one(in) + singular.Replace(circumstances(in))
	}
	text := strings.Replace(banned(in), " in what may be production", " in production", 1)
	if len(text) > 1 && text[1] >= 'a' && text[1] <= 'z' || strings.HasPrefix(text, "A ") {
		text = strings.ToLower(text[:1]) + text[1:]
	}
	return text
}

// banned is the first half of a message of Forbid and Only.
func banned(in intent.Intent) string {
	switch {
	case in.Mode == intent.Only && in.Subject == intent.HTTP:
		return capital(one(in)) + " to a host that is not allowed" + around(in)
	case in.Mode == intent.Only && in.Subject == intent.SQL:
		return capital(one(in)) + " on a table that is not allowed" + around(in)
	case in.Mode == intent.Only && in.Subject == intent.File:
		return capital(one(in)) + " outside the paths that are allowed" + around(in)
	case in.Mode == intent.Only:
		return capital(one(in)) + " that is not allowed" + around(in)
	case len(in.When)+len(in.Unless) == 0:
		return capital(one(in)) + " that is forbidden"
	}
	return capital(one(in)) + around(in)
}

// remedy is what to do about it.
func remedy(in intent.Intent) string {
	var ways []string
	if in.Mode == intent.Only {
		ways = append(ways, "use "+join(in.Names, "or"))
	}
	for _, c := range in.Unless {
		ways = append(ways, conditionWords[c].lift)
	}
	for _, c := range in.When {
		ways = append(ways, conditionWords[c].keep)
	}
	ways = slices.DeleteFunc(ways, func(s string) bool { return s == "" })
	if len(ways) == 0 {
		ways = []string{"take it out"}
	}
	return capital(join(ways, "or"))
}

// needed is the first half of a message of Require.
func needed(in intent.Intent) string {
	return capital(one(in)) + around(in) + " without " + needWords[in.Need]
}

// unreadable is the message of a doubt.
func unreadable(in intent.Intent, what string) string {
	return capital(what) + " cannot be read here, so it may be against the policy \"" + Title(in) + "\". Write it as a constant"
}

// packageName is made of the title, cut at a word.
func packageName(in intent.Intent) string {
	const most = 60
	var name string
	for _, w := range strings.FieldsFunc(accents.Replace(strings.ToLower(Title(in))), func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9') }) {
		switch {
		case slices.Contains([]string{"a", "the", "of", "for", "by", "its", "that", "with", "person"}, w):
		case len(name)+1+len(w) > most && name != "":
			return name
		case name == "":
			name = clip(w, most)
		default:
			name += "_" + w
		}
	}
	return name
}

var accents = strings.NewReplacer("á", "a", "é", "e", "í", "i", "ó", "o", "ú", "u", "ü", "u", "ñ", "n", "ö", "o", "ä", "a", "ç", "c")

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
