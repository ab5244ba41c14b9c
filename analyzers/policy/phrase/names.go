package phrase

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/qodacode/qodacode/analyzers/policy/intent"
)

var (
	urlShape   = regexp.MustCompile(`^(?i:https?|wss?)://[^\s/]+`)
	hostShape  = regexp.MustCompile(`^(?:\*\.[a-z]{2,}|(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,})(?::\d+)?$`)
	ipShape    = regexp.MustCompile(`^\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?$`)
	envShape   = regexp.MustCompile(`^[A-Z][A-Z0-9]*_[A-Z0-9_*]+$`)
	dotted     = regexp.MustCompile(`^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$*][\w$*]*)+$`)
	modelShape = regexp.MustCompile(`^(?:[a-z0-9_-]+/)?(?:gpt|chatgpt|claude|gemini|gemma|llama|mistral|mixtral|codestral|command|deepseek|qwen|grok|nova|titan|phi|sonar|kimi|glm|text-embedding|dall-e)[a-z-]*[-.]?[\d*][\w.:*-]*$|^o\d(?:-[a-z]+)*$|^(?:gpt|claude|gemini|llama|mistral|deepseek|qwen|grok|command)-[\w.:*-]+$`)
	wordShape  = regexp.MustCompile(`^[\w$@][\w$@./*-]*$`)
)

// fileEndings are those of names that are files, though they look like hosts.
var fileEndings = words("json yaml yml toml txt csv env py pyi ts tsx js jsx md pem key db sqlite sqlite3 log ini cfg conf sql sh xml html pdf lock parquet xlsx zip gz tar bak tmp crt cer p12 jsonl")

// topDomains end the names of most hosts.
var topDomains = words("com org net io ai dev app co es edu gov cloud info biz us uk de fr it pt br mx ar cl pe eu ch nl se no fi pl ca au jp cn in me tv xyz tech site online internal local localhost corp lan test example invalid")

func words(s string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(s) {
		set[w] = true
	}
	return set
}

// name is a name of a sentence.
type name struct {
	text   string
	hint   intent.Subject // what it looks like; "" for nothing
	quoted bool
	word   string // of a lexicon, when it stands for a name there: claude for claude*
}

// look tells what a name looks like by its form. ok is false for a plain word.
func look(text string) (hint intent.Subject, ok bool) {
	if strings.ContainsAny(text, " \t") {
		return "", false
	}
	lower := strings.ToLower(text)
	ending := lower[strings.LastIndexByte(lower, '.')+1:]
	switch {
	case urlShape.MatchString(text), ipShape.MatchString(text), lower == "localhost", strings.HasPrefix(lower, "localhost:"):
		return intent.HTTP, true
	case strings.HasSuffix(text, "()") && len(text) > 2:
		return intent.Call, true
	case strings.HasPrefix(text, "@") && strings.Contains(text, "/"):
		return intent.Import, true
	case strings.HasPrefix(text, "node:"):
		return intent.Import, true
	case modelShape.MatchString(lower):
		return intent.Model, true
	case strings.Contains(text, "/"), strings.HasPrefix(text, "~"), strings.HasPrefix(text, ".") && len(text) > 1:
		return intent.File, true
	case strings.Contains(text, ".") && fileEndings[ending]:
		return intent.File, true
	case hostShape.MatchString(lower) && topDomains[portless(ending)]:
		return intent.HTTP, true
	case envShape.MatchString(text):
		return intent.Env, true
	case dotted.MatchString(text):
		return intent.Call, true
	case strings.ContainsAny(text, "_*@$\\"), strings.ContainsFunc(text, unicode.IsDigit) && strings.ContainsFunc(text, unicode.IsLetter):
		return "", true
	}
	for i, r := range text { // camelCase
		if i > 0 && unicode.IsUpper(r) && unicode.IsLower(rune(text[i-1])) {
			return "", true
		}
	}
	return "", false
}

func portless(s string) string {
	s, _, _ = strings.Cut(s, ":")
	return s
}

// fits reports whether a name can be one of a subject.
func (n name) fits(s intent.Subject) bool {
	if n.word != "" && n.hint != s {
		return s == intent.Import || s == intent.SQL || s == intent.Tool || s == intent.Agent || n.hint == intent.Model && s == intent.LLM
	}
	lower := strings.ToLower(n.text)
	switch s {
	case intent.HTTP:
		return n.hint == s || hostShape.MatchString(lower)
	case intent.File:
		return n.hint == s || n.quoted && n.hint != intent.Env || n.hint == intent.Call && !strings.HasSuffix(n.text, "()")
	case intent.Env:
		return n.hint == s || strings.ToUpper(n.text) == n.text || n.quoted && wordShape.MatchString(n.text)
	case intent.Model:
		return n.hint == s || n.hint == "" && (n.quoted || wordShape.MatchString(n.text)) || n.quoted
	case intent.LLM:
		return n.hint == s || n.quoted && n.hint == ""
	case intent.Shell:
		if strings.ContainsAny(n.text, " \t") {
			return false // programs are known, and not their arguments
		}
		return n.hint == s || n.hint == "" || n.quoted
	case intent.Call:
		return n.hint == s || n.hint == "" && wordShape.MatchString(n.text) || n.quoted && (n.hint == intent.HTTP || n.hint == intent.File) && dotted.MatchString(n.text)
	case intent.Import:
		return wordShape.MatchString(strings.TrimPrefix(n.text, "node:")) && n.hint != intent.Env && !urlShape.MatchString(n.text)
	case intent.SQL, intent.Tool, intent.Agent:
		return n.quoted || n.hint == "" || n.hint == intent.Env || n.hint == intent.Call && s == intent.SQL
	}
	return false
}

// as is the name as an intent about s writes it.
func (n name) as(s intent.Subject) string {
	switch {
	case n.word != "" && n.hint != s:
		return n.word
	case s == intent.Import:
		return strings.TrimPrefix(n.text, "node:")
	case s == intent.Shell && strings.HasPrefix(n.text, "/"):
		return n.text[strings.LastIndexByte(n.text, '/')+1:]
	}
	return n.text
}
