package complete

import (
	"fmt"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/policy/facts"
	"github.com/qodacode/qodacode/parser/text"
)

// Hover is what the name at an offset means: Markdown, and where the name stands; "" for nothing.
func Hover(source string, offset int, params map[string]map[string]any) (doc string, span text.Span) {
	if offset < 0 || offset > len(source) || offset > longest {
		return "", text.Span{}
	}
	p := read(source, params)
	for _, note := range p.notes {
		if note.Start <= offset && offset < note.End {
			return "", text.Span{}
		}
	}
	i := p.tokenAt(offset)
	if i > 0 && p.tokens[i].kind == sign && p.tokens[i].Start == offset && p.tokens[i-1].End == offset {
		i-- // the cursor is at the end of a name
	}
	if i < 0 {
		return "", text.Span{}
	}
	if doc = p.explain(i); doc == "" {
		return "", text.Span{}
	}
	return doc, p.tokens[i].Span
}

// explain is what the token at i means.
func (p *policy) explain(i int) string {
	key := i // the token that a reference's step ends with
	if p.tokens[i].kind == quoted {
		if !p.is(i-1, "[") || !p.is(i+1, "]") {
			return ""
		}
		key = i + 1
	} else if p.tokens[i].kind != name {
		return ""
	}
	head := p.head(key)
	if head < 0 {
		return ""
	}
	if doc := p.word(i); doc != "" && head == i {
		return doc
	}
	var doc string
	p.step(head, len(p.tokens), 0, func(at int, from, to value) {
		if at == i {
			written := p.source[p.tokens[head].Start:p.tokens[key].End]
			doc = p.meant(i, head, from, to, written)
		}
	})
	return doc
}

// meant is what the step at i of a reference leads to.
func (p *policy) meant(i, head int, from, to value, written string) string {
	switch {
	case i == head && p.text(i) == "input":
		return "**input**: the facts of one file, what its code does.\n\n" + listed(facts.Fields())
	case i == head && p.text(i) == "data":
		return "**data.params**: the sections `policy.params.NAME` of `qodacode.toml`, one for each policy."
	case from.params != nil:
		section, _ := from.params.(map[string]any)
		if v, ok := section[p.text(i)]; ok {
			return p.paramDoc(p.text(i), v)
		}
		return ""
	case !to.known || to.field == nil:
		return ""
	case i == head:
		return fmt.Sprintf("**%s**: `%s`\n\n%s", p.text(i), p.describe(p.text(i), i), inside(to))
	}
	return documentation(to.field, written)
}

// inside tells what a variable's value has.
func inside(v value) string {
	if v.many == 0 && v.field.Type != "array" && len(v.fields) == 0 {
		return about(v.field)
	}
	return v.field.Doc + "\n\n" + listed(v.fields)
}

// documentation is a field's page, with an example that uses it as it is written.
func documentation(f *facts.Field, written string) string {
	doc := fmt.Sprintf("**input.%s** · %s\n\n%s", f.Path, typeOf(f), about(f))
	if len(f.Fields) > 0 {
		doc += "\n\n" + listed(f.Fields)
	}
	if example := example(f, written); example != "" {
		doc += "\n\n```rego\n" + example + "\n```"
	}
	return doc
}

// about is what a field is, and which values it has.
func about(f *facts.Field) string {
	doc := f.Doc
	if len(f.Enum) > 0 {
		doc += "\n\nOne of `" + strings.Join(f.Enum, "`, `") + "`."
	}
	if slices.Contains(f.Enum, string(facts.Unknown)) {
		doc += " `unknown` is what the code does not tell: a rule that should not pass it over compares with `!=`."
	}
	return doc
}

func listed(fields []*facts.Field) string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = "`" + f.Name + "`"
	}
	if len(names) == 0 {
		return ""
	}
	return "Fields: " + strings.Join(names, ", ") + "."
}

// typeOf is a field's type as a reader of policies says it.
func typeOf(f *facts.Field) string {
	switch {
	case f.Type == "array" && f.Of != "":
		return "array of " + f.Of
	case f.Type == "array":
		return "array of " + f.Elem
	case f.Of != "":
		return f.Of
	}
	return f.Type
}

// example is a line that uses a field.
func example(f *facts.Field, written string) string {
	switch {
	case f.Type == "array":
		return "some " + singular(f.Name) + " in " + written
	case slices.Equal(f.Enum, []string{string(facts.Yes), string(facts.No), string(facts.Unknown)}):
		return written + ` != "no"`
	case len(f.Enum) > 0:
		return written + ` == "` + f.Enum[0] + `"`
	case f.Type == "boolean":
		return "not " + written
	case f.Type == "number" || f.Type == "integer":
		return written + " > 0"
	case f.Type == "string" && f.Name != "id":
		return "not " + written + ` in {"…", "…"}`
	}
	return ""
}

// singular is a name for an element of an array.
func singular(name string) string {
	switch {
	case name == "sql":
		return "statement"
	case name == "http":
		return "request"
	case name == "shell":
		return "command"
	case name == "env":
		return "variable"
	case strings.HasSuffix(name, "ies"):
		return strings.TrimSuffix(name, "ies") + "y"
	case name == "llm_calls":
		return "call"
	case strings.HasSuffix(name, "s"):
		return strings.TrimSuffix(name, "s")
	}
	return "item"
}
