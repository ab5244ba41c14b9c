package complete

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser/text"
)

// severities are those of results and of a policy's metadata.
var severities = []string{"error", "warning", "info", "hint"}

// reserved are words of the language that are no names.
var reserved = map[string]bool{
	"package": true, "import": true, "default": true, "as": true, "if": true, "contains": true, "some": true, "every": true,
	"in": true, "not": true, "else": true, "with": true, "null": true, "true": true, "false": true, "input": true, "data": true, "_": true,
}

// entry is a row of the tables below.
type entry struct {
	kind                       Kind
	label, detail, insert, doc string
}

// atTop is what may begin at the start of a line.
var atTop = []entry{
	{Snippet, "deny contains", "a rule whose results are errors", "deny contains result if {\n\tsome ${1:call} in input.${2:llm_calls}\n\t$0\n\tresult := {\n\t\t\"msg\": \"${3:What is wrong, and what to do}\",\n\t\t\"range\": $1.range,\n\t\t\"subject\": $1.id,\n\t}\n}", "Each result is a finding. `violation` means the same."},
	{Snippet, "warn contains", "a rule whose results are warnings", "warn contains result if {\n\tsome ${1:call} in input.${2:llm_calls}\n\t$0\n\tresult := {\n\t\t\"msg\": \"${3:What can't be told, and what to do}\",\n\t\t\"range\": $1.range,\n\t\t\"subject\": $1.id,\n\t}\n}", "Each result is a warning: for what the code does not tell, too."},
	{Snippet, "info contains", "a rule whose results are information", "info contains result if {\n\tsome ${1:call} in input.${2:llm_calls}\n\t$0\n\tresult := {\"msg\": \"${3:What is there}\", \"range\": $1.range, \"subject\": $1.id}\n}", "Each result is information."},
	{Snippet, "# METADATA", "title, description and severity", "# METADATA\n# title: ${1:What the policy asks for}\n# description: ${2:Why.}\n# custom:\n#   severity: ${3:error}", "What is shown of a policy. It stands right before `package`."},
	{Snippet, "default parameter", "a value that a project may change", "default ${1:limit} := ${2:10}\n\n$1 := data.params.${3:policy}.$1 if is_number(data.params.${3:policy}.$1)\n$0", "A parameter with a value of its own, and that of `policy.params` in `qodacode.toml` when there is one."},
	{Snippet, "test", "a test of the policy", "test_${1:what_it_finds} if {\n\tcount(deny) == 1 with input as {\"${2:llm_calls}\": [{$0}]}\n}", "Run by `qodacode policy test`."},
	{Keyword, "import", "a name of another package", "import ", ""},
	{Keyword, "default", "the value of a rule that has none", "default ", ""},
}

// inRule is what may stand in a rule: words of the language and the built-ins that policies of agent code need most.
var inRule = []entry{
	{Keyword, "some", "for any element", "some ", "`some call in input.llm_calls`: the rule holds for each call for which the rest of it holds."},
	{Keyword, "every", "for all elements", "every ", "`every call in input.llm_calls { … }`: holds when the body holds for all of them; also when there are none."},
	{Keyword, "not", "unless", "not ", "Holds when what follows does not, or is not defined."},
	{Keyword, "in", "is an element of", "in ", "`x in {\"a\", \"b\"}`: whether x is one of them."},
	{Keyword, "if", "under a condition", "if ", "Between the head of a rule and its body."},
	{Keyword, "contains", "a set of results", "contains ", "`deny contains result if { … }`: the rule is the set of all results."},
	{Keyword, "with", "in place of", "with ", "`count(deny) == 0 with input as { … }`, in tests."},
	{Function, "count", "(collection) number", "count($1)", "How many elements a collection has, or characters a string."},
	{Function, "sprintf", "(format, values) string", "sprintf(\"$1\", [$2])", "`sprintf(\"%s costs %v\", [call.model, call.est_cost_usd])`."},
	{Function, "concat", "(delimiter, strings) string", "concat(\", \", $1)", "The strings of an array or a set, joined."},
	{Function, "startswith", "(string, prefix) boolean", "startswith($1, \"$2\")", "Whether a string begins with another."},
	{Function, "endswith", "(string, suffix) boolean", "endswith($1, \"$2\")", "Whether a string ends with another."},
	{Function, "lower", "(string) string", "lower($1)", "A string in lower case."},
	{Function, "split", "(string, delimiter) array", "split($1, \"$2\")", "The parts of a string."},
	{Function, "trim_prefix", "(string, prefix) string", "trim_prefix($1, \"$2\")", "A string without what it begins with."},
	{Function, "substring", "(string, start, length) string", "substring($1, ${2:0}, ${3:-1})", "A part of a string; a length of -1 is all the rest."},
	{Function, "glob.match", "(pattern, delimiters, string) boolean", "glob.match(\"$1\", [\"${2:.}\"], $3)", "Whether a string matches: `*` stops at delimiters, `**` does not. `**/.env` does not match `.env`."},
	{Function, "regex.match", "(pattern, string) boolean", "regex.match(`$1`, $2)", "Whether a regular expression matches anywhere in a string."},
	{Function, "object.get", "(object, key, default) any", "object.get($1, \"$2\", $3)", "A value of an object, or the default."},
	{Function, "is_number", "(any) boolean", "is_number($1)", "Whether a value is a number."},
	{Function, "is_array", "(any) boolean", "is_array($1)", "Whether a value is an array."},
	{Function, "max", "(collection) any", "max($1)", "The greatest element."},
	{Function, "sum", "(collection) number", "sum($1)", "The sum of numbers."},
	{Function, "array.concat", "(array, array) array", "array.concat($1, $2)", "Two arrays, one after the other."},
}

// keys are those of a result.
var keys = []entry{
	{Field, "msg", "string", "msg", "What is wrong, and what to do."},
	{Field, "range", "range", "range", "Where it is marked: the `range` of a fact."},
	{Field, "subject", "string", "subject", "The `id` of the fact that it is about."},
	{Field, "severity", "string", "severity", "`error`, `warning`, `info` or `hint`, in place of the rule's own."},
	{Field, "rule", "string", "rule", "A name for this kind of result, in place of the rule's."},
	{Field, "fix", "object", "fix", "`{\"title\": …, \"range\": …, \"new_text\": …}`: a change that is offered."},
	{Field, "related", "array", "related", "`[{\"range\": …, \"msg\": …}]`: other places that belong to it."},
}

// notes are the keys of a package's metadata.
var notes = []entry{
	{Field, "title", "what the policy asks for", "title: ", "One line, shown as the title of its findings."},
	{Field, "description", "why", "description: ", "Shown in hovers."},
	{Field, "custom", "settings of qodacode", "custom:", "`severity` stands below it."},
	{Field, "severity", "error, warning, info or hint", "severity: ", "Below `custom`."},
}

func table(rows []entry, replace text.Span) []Item {
	items := make([]Item, len(rows))
	for i, r := range rows {
		items[i] = Item{Kind: r.kind, Label: r.label, Detail: r.detail, Insert: r.insert, Doc: r.doc, Replace: replace}
	}
	return items
}

// topLevel is what may begin at the start of a line.
func (p *policy) topLevel(replace text.Span) (items []Item) {
	if p.packageName() == "" {
		items = append(items, Item{Kind: Snippet, Label: "package", Detail: "the policy's name", Insert: "package ${1:name}\n\n$0", Doc: "The last part is the policy's id: `no_shell` is `POLICY-no-shell`.", Replace: replace})
	}
	items = append(items, table(atTop, replace)...)
	seen := map[string]bool{}
	for _, r := range p.rules {
		if p.is(r.start+1, "contains") && !seen[r.name] {
			seen[r.name] = true
			items = append(items, Item{Kind: Variable, Label: r.name, Insert: r.name, Detail: "a rule of this file", Replace: replace})
		}
	}
	return items
}

// word is what a word of the language or a built-in does, "" for other names.
func (p *policy) word(i int) string {
	for _, e := range inRule {
		if e.label == p.text(i) && (e.kind == Keyword || p.is(i+1, "(")) {
			return "**" + e.label + "**" + strings.TrimSuffix(" · "+e.detail, " · ") + "\n\n" + e.doc
		}
	}
	return ""
}

// resultKeys are the keys of a result, inside the string at i.
func (p *policy) resultKeys(i int, replace text.Span) []Item {
	if !p.is(i-1, "{", ",") {
		return nil
	}
	open := p.opener(i - 1)
	if !p.is(open, "{") || !p.is(open-1, "contains", ":=") || p.is(open-1, ":=") && !p.hasKey(open, "msg") && !strings.HasPrefix(p.text(open-2), "result") {
		return nil
	}
	items := table(keys, replace)
	return slices.DeleteFunc(items, func(item Item) bool {
		return p.hasKey(open, item.Label) && p.source[replace.Start:replace.End] != item.Label
	})
}

// opener is the bracket that the token at i is directly in, or is.
func (p *policy) opener(i int) int {
	depth := 0
	for ; i >= 0 && p.steps > 0; i, p.steps = i-1, p.steps-1 {
		switch {
		case p.is(i, ")", "]", "}"):
			depth++
		case p.is(i, "(", "[", "{"):
			if depth--; depth < 0 {
				return i
			}
		}
	}
	return -1
}

// hasKey reports whether the object that opens at a token has a key.
func (p *policy) hasKey(open int, key string) bool {
	for i, end := open, p.close(open, len(p.tokens)); i < end; i++ {
		if p.isString(i, key) && p.is(i+1, ":") {
			return true
		}
	}
	return false
}

// metadata are the keys and values in a comment of a package's metadata.
func (p *policy) metadata(note token, offset int) []Item {
	at := slices.IndexFunc(p.notes, func(n token) bool { return n.Start == note.Start })
	for at > 0 && !strings.HasPrefix(p.body(at), "METADATA") {
		if p.notes[at].column != 0 || strings.Count(p.source[p.notes[at-1].End:p.notes[at].Start], "\n") > 1 {
			return nil
		}
		at--
	}
	if at < 0 || !strings.HasPrefix(p.body(at), "METADATA") || p.notes[at].Start == note.Start {
		return nil
	}
	written := p.source[note.Start+1 : offset]
	word := strings.TrimLeft(written, " ")
	if after, ok := strings.CutPrefix(word, "severity:"); ok {
		return values(severities, "severity", text.Span{Start: offset - len(strings.TrimLeft(after, " ")), End: note.End}, false)
	}
	if strings.Contains(word, ":") {
		return nil
	}
	return table(notes, text.Span{Start: offset - len(word), End: max(offset, note.End)})
}

func (p *policy) body(note int) string {
	n := p.notes[note]
	return strings.TrimLeft(p.source[n.Start+1:n.End], " ")
}

// Builtins are the built-in functions that are offered, sorted: each has to be allowed in policies.
func Builtins() []string {
	names := map[string]bool{}
	for _, e := range inRule {
		if e.kind == Function {
			names[e.label] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// Plain is a text with places to fill in without them, for clients that know no snippets.
func Plain(snippet string) string {
	shown := map[string]string{}
	for _, m := range place.FindAllStringSubmatch(snippet, -1) {
		if m[2] != "" {
			shown[m[2]] = m[3]
		}
	}
	return place.ReplaceAllStringFunc(snippet, func(s string) string {
		m := place.FindStringSubmatch(s)
		return shown[m[1]+m[2]]
	})
}

// place is $1 or ${1:text}.
var place = regexp.MustCompile(`\$(?:(\d+)|\{(\d+):([^}]*)\})`)
