package trust

import (
	"regexp"
	"strings"
)

// danger tells for a field whose value may be unknown which value a policy is about. A rule
// that asks for that value alone is silent about what is not known, and one that asks for
// the other reports what is safe.
type danger struct {
	bad, safe string
	means     string // what the bad value says
	// ordinary says that unknown is what most code is, so that a policy may leave it out.
	ordinary bool
	// either says that a policy may be about the safe value too: what may only run in production.
	either bool
}

// dangers are by the name of the field: it means the same wherever it stands.
var dangers = map[string]danger{
	"production":        {bad: "yes", safe: "no", means: "it runs in production", either: true},
	"approved":          {bad: "no", safe: "yes", means: "nobody approves it"},
	"rate_limited":      {bad: "no", safe: "yes", means: "nothing limits its rate"},
	"loop_bounded":      {bad: "no", safe: "yes", means: "the loop has no bound", ordinary: true},
	"requires_approval": {bad: "no", safe: "yes", means: "nobody must approve it"},
	"approval":          {bad: "no", safe: "yes", means: "nobody approves what it does"}, // of an agent; that of a tool is a text
	"bounded":           {bad: "no", safe: "yes", means: "its cost has no bound"},
}

// spelling is the one form that all texts of a field have, where there is no enum.
type spelling struct {
	form *regexp.Regexp
	says string // completes: its values are …
	fix  func(string) string
}

// spellings are by the end of a field's path, the longest first that fits.
var spellings = map[string]spelling{
	"http[_].method": {regexp.MustCompile(`^[^a-z]*$`), "in upper case", upper},
	"http[_].host":   {regexp.MustCompile(`^[^A-Z/:*]*$|^[^A-Z/*]*:[^A-Z/*]*:[^A-Z/*]*$`), "hosts in lower case, without a scheme, a port, a path or *", lower},
	"http[_].scheme": {regexp.MustCompile(`^[a-z]*$`), "in lower case, without ://", lower},
	"tables[_]":      {regexp.MustCompile(`^[^A-Z]*$`), "in lower case", lower},
	"program":        {regexp.MustCompile(`^[^/ ]*$`), "programs without their folder and arguments", nil},
	"files[_].path":  {regexp.MustCompile(`^[^*]*$`), "paths, without *. Compare them with startswith, or glob.match", nil},
	"file.path":      {regexp.MustCompile(`^[^*]*$`), "paths, without *. Compare them with startswith, or glob.match", nil},
	"decorators[_]":  {regexp.MustCompile(`^[^@(]*$`), "resolved names, without @ and arguments", undecorated},
	"callee":         {regexp.MustCompile(`^[^(]*$`), "resolved names, without parentheses", undecorated},
	"env[_].name":    {regexp.MustCompile(`^[^$]*$`), "names of variables, without $", unsigned},
	"provider":       {regexp.MustCompile(`^[^A-Z]*$`), "in lower case", lower},
	"effects[_]":     {regexp.MustCompile(`^(env|llm|shell|(file|http|sql):[A-Za-z]+)$`), "env, llm, shell, file:write, http:POST, sql:delete and the like", nil},
	"runs[_].kind":   {regexp.MustCompile(`^(handler|script|main|command|task|function|graph)$`), "handler, script, main, command, task, function and graph", nil},
}

// predicates are functions that are true of some texts: of a field with an enum they must be of one of its values.
var predicates = map[string]func(value, constant string) bool{
	"startswith": strings.HasPrefix,
	"endswith":   strings.HasSuffix,
	"contains":   strings.Contains,
}

// resultNames are what people call the results of a policy, besides the names that are read.
var resultNames = regexp.MustCompile(`(?i)^(violations|den(y|ies|ied|ials?)|errors?|warnings?|issues?|findings?|results?|problems?|alerts?|block(ed)?|reject(ed)?|forbid(den)?|fail(ures?)?|infos?|hints?|notes?)(_\w+)?$`)

// synonyms are what people write for a value of an enum that is spelled otherwise.
var synonyms = map[string]string{
	"true": "yes", "y": "yes", "on": "yes", "prod": "yes", "production": "yes", "approved": "yes", "always": "yes",
	"false": "no", "n": "no", "off": "no", "dev": "no", "development": "no", "test": "no", "never": "no", "none": "no",
	"null": "unknown", "maybe": "unknown", "undefined": "unknown", "": "unknown",
	"remove": "delete", "unlink": "delete", "del": "delete",
	"py": "python", "ts": "typescript", "js": "javascript",
	"open": "read", "save": "write", "create": "write",
	"partially": "partial", "all": "full", "complete": "full", "yes": "full", "no": "none",
}
