// Package complete answers what an editor asks in a policy: which fields of the facts may
// follow, and what one means. It reads the text around the cursor, tolerates what is half
// typed, and needs no compiler.
package complete

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/policy/facts"
	"github.com/qodacode/qodacode/parser/text"
)

// Kind says what an Item is.
type Kind int

// The kinds of items.
const (
	Field Kind = iota
	Value
	Variable
	Keyword
	Function
	Snippet
)

// Item is something that may stand at a place.
type Item struct {
	Kind               Kind
	Label, Detail, Doc string // Doc is Markdown
	// Insert is what is written: with $1, ${1:name} and $0 where Kind is Snippet or Function, else as it stands.
	Insert  string
	Replace text.Span // what it takes the place of
}

// At are the items at an offset of a policy. params is data.params, as far as the project's configuration has it.
func At(source string, offset int, params map[string]map[string]any) []Item {
	if offset < 0 || offset > len(source) || offset > longest {
		return nil
	}
	p := read(source, params)
	for _, note := range p.notes {
		if note.Start < offset && offset <= note.End {
			return p.metadata(note, offset)
		}
	}
	if i := p.leftOf(offset); i >= 0 {
		switch t := p.tokens[i]; {
		case t.kind == raw, t.kind == number:
			return nil
		case t.kind == quoted && (!t.closed || offset < t.End):
			return p.inString(i)
		case t.kind == name && p.follows(i) && p.is(i-1, "."):
			return p.members(i-1, t.Span)
		case t.kind == name:
			return p.words(i, t.Span)
		case p.is(i, "."):
			return p.members(i, text.Span{Start: offset, End: p.wordEnd(i+1, offset)})
		}
	}
	empty := text.Span{Start: offset, End: offset}
	if i := p.tokenAt(offset); i >= 0 {
		empty.End = p.wordEnd(i, offset)
	}
	at := p.before(offset)
	if items := p.compared(at, empty, true); items != nil {
		return items
	}
	return p.words(at+1, empty)
}

// wordEnd is the end of the name at i if it begins at an offset.
func (p *policy) wordEnd(i, offset int) int {
	if p.isName(i) && p.tokens[i].Start == offset {
		return p.tokens[i].End
	}
	return offset
}

// members are the fields of what stands before the dot at i.
func (p *policy) members(dot int, replace text.Span) []Item {
	head := p.head(dot)
	if head < 0 {
		return nil
	}
	_, v := p.step(head, dot, 0, nil)
	return p.fields(v, replace)
}

func (p *policy) fields(v value, replace text.Span) (items []Item) {
	if section, ok := v.params.(map[string]any); ok {
		for _, name := range slices.Sorted(maps.Keys(section)) {
			items = append(items, Item{Kind: Field, Label: name, Insert: name, Detail: "of qodacode.toml", Doc: p.paramDoc(name, section[name]), Replace: replace})
		}
		return items
	}
	if v.many > 0 || !v.known {
		return nil
	}
	for _, f := range v.fields {
		items = append(items, Item{Kind: Field, Label: f.Name, Insert: f.Name, Detail: typeOf(f), Doc: documentation(f, f.Name), Replace: replace})
	}
	// The version and the ids come last: policies are seldom about them.
	slices.SortStableFunc(items, func(a, b Item) int { return rank(a.Label) - rank(b.Label) })
	return items
}

func rank(field string) int {
	if field == "version" || field == "id" {
		return 1
	}
	return 0
}

func (p *policy) paramDoc(name string, v any) string {
	if _, section := v.(map[string]any); section {
		return fmt.Sprintf("The section `policy.params.%s` of `qodacode.toml`.", name)
	}
	return fmt.Sprintf("Set in `qodacode.toml`: `%.200v`.", v)
}

// inString are the items inside the string at i: the values that what it is compared with may
// have, the fields that it may name, the keys of a result.
func (p *policy) inString(i int) []Item {
	inside := p.inside(i)
	if p.is(i-1, "[") && p.follows(i-1) {
		if head := p.head(i - 2); head >= 0 {
			_, v := p.step(head, i-1, 0, nil)
			return p.fields(v, inside)
		}
	}
	if items := p.resultKeys(i, inside); items != nil {
		return items
	}
	return p.compared(i-1, inside, false)
}

// compared are the values of the field that a value after the token at i is compared with.
func (p *policy) compared(i int, replace text.Span, quotes bool) (items []Item) {
	f := p.opposite(i)
	if f == nil {
		if p.is(i, ":") && p.isString(i-1, "severity") {
			return values(severities, "how serious a result is", replace, quotes)
		}
		return nil
	}
	if f.Type == "boolean" && quotes {
		return []Item{
			{Kind: Value, Label: "true", Insert: "true", Detail: f.Name, Replace: replace},
			{Kind: Value, Label: "false", Insert: "false", Detail: f.Name, Replace: replace},
		}
	}
	return values(f.Enum, f.Path, replace, quotes)
}

func values(all []string, detail string, replace text.Span, quotes bool) (items []Item) {
	for _, v := range all {
		doc := ""
		if v == string(facts.Unknown) {
			doc = "What the code does not tell. A rule that asks for another value says nothing then."
		}
		if quotes {
			v = `"` + v + `"`
		}
		items = append(items, Item{Kind: Value, Label: v, Insert: v, Detail: detail, Doc: doc, Replace: replace})
	}
	return items
}

// opposite is the field on the other side of a comparison whose operator, or opening bracket and commas after in, end at token i.
func (p *policy) opposite(i int) *facts.Field {
	if p.is(i, "==", "!=", "=") {
		return p.fieldBefore(i - 1)
	}
	for p.is(i, ",") && i > 0 && (p.tokens[i-1].kind == quoted || p.tokens[i-1].kind == name) {
		i -= 2
	}
	if !p.is(i, "{", "[") {
		return nil
	}
	switch {
	case p.is(i-1, "in"):
		return p.fieldBefore(i - 2)
	case p.is(i-1, ":=") && p.isName(i-2): // a set that something is looked up in elsewhere
		for at := range p.tokens {
			if p.is(at, "in") && p.text(at+1) == p.text(i-2) {
				if f := p.fieldBefore(at - 1); f != nil {
					return f
				}
			}
		}
	}
	return nil
}

// fieldBefore is the field that the reference leads to which ends with token i.
func (p *policy) fieldBefore(i int) *facts.Field {
	head := p.head(i)
	if head < 0 || p.is(head-1, "some", "every", ",") && p.is(i+1, "in") && p.isIterated(i, 0) {
		return nil
	}
	next, v := p.step(head, i+1, 0, nil)
	if next != i+1 || v.many > 0 || len(v.fields) > 0 {
		return nil
	}
	return v.field
}

func (p *policy) isString(i int, is string) bool {
	key, ok := p.key(i)
	return ok && key == is
}

// words are the names, keywords and skeletons that may begin where the token at i is, or would be.
func (p *policy) words(i int, replace text.Span) []Item {
	line := strings.LastIndexByte(p.source[:replace.Start], '\n') + 1
	if replace.Start == line {
		return p.topLevel(replace)
	}
	if r := p.ruleAt(i - 1); r == nil || r.name == "package" || p.is(i-1, ".", ":=") && r.name == "import" {
		return nil
	}
	items := []Item{
		{Kind: Variable, Label: "input", Insert: "input", Detail: "the facts of a file", Doc: "The facts of one file: what its code does.", Replace: replace},
		{Kind: Variable, Label: "data.params", Insert: "data.params", Detail: "parameters", Doc: "The sections `policy.params.NAME` of `qodacode.toml`, one for each policy.", Replace: replace},
	}
	for _, name := range p.visible(i) {
		items = append(items, Item{Kind: Variable, Label: name, Insert: name, Detail: p.describe(name, i), Replace: replace})
	}
	return append(items, table(inRule, replace)...)
}

// visible are the names that a rule's variables and the file's rules have, sorted.
func (p *policy) visible(at int) []string {
	names := map[string]bool{}
	for _, r := range p.rules {
		if i := r.start; !reserved[r.name] && r.name != "" && (p.is(i+1, "contains", ":=", "=", "(", "if") || p.is(i, "default")) {
			names[r.name] = true
		}
	}
	if r := p.ruleAt(max(0, at-1)); r != nil {
		for i := r.start + 1; i < r.end; i++ {
			if p.isName(i) && !p.is(i-1, ".") && (p.is(i+1, ":=") || p.is(i+1, "in", ",") && p.isIterated(i, r.start)) && i != at {
				names[p.text(i)] = true
			}
		}
		if p.is(r.start+1, "(") {
			for _, i := range p.arguments(r.start + 1) {
				if p.isName(i) {
					names[p.text(i)] = true
				}
			}
		}
	}
	maps.DeleteFunc(names, func(n string, _ bool) bool { return reserved[n] })
	return slices.Sorted(maps.Keys(names))
}

// describe says what a name means at a place; "" when that is not known.
func (p *policy) describe(of string, at int) string {
	v := p.variable(of, at, 0)
	if !v.known || v.field == nil {
		return ""
	}
	path := "input." + v.field.Path
	switch {
	case v.field.Type == "array" && v.many == 0:
		return path + "[_]"
	case v.many > 0 && v.field.Type != "array" || v.many > 1:
		return "of " + path
	}
	return path
}
