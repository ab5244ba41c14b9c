package codeactions

import (
	"regexp"
	"strings"

	"github.com/qodacode/qodacode/analyzers/secrets"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// moveSecret reads a secret from the environment instead of the source. A second action
// writes it to .env besides. No title holds the secret.
func moveSecret(f *parser.File, finding *diagnostics.Finding) []Action {
	fix, ok := finding.Fix.(*secrets.Fix)
	if !ok || !f.Language.IsCode() {
		return nil
	}
	literal, ok := codeSpan(f, fix.Literal)
	if !ok {
		return nil
	}
	str, ok := stringAround(f, literal)
	if !ok { // in a comment
		return nil
	}
	name := environmentName(fix.Name)
	d := &draft{File: f}
	read := "process.env." + name
	write := d.writeScript
	if !f.Language.IsScript() {
		read, write = "os.environ[\""+name+"\"]", d.writePython
	}
	action := Action{Title: "Read the secret from " + read, Preferred: true}
	if action.Disabled = write(str, literal, name); action.Disabled != "" {
		action.Preferred = false
		return []Action{action}
	}
	edits := d.done()
	action.edits = func() []Edit { return edits }
	entry := Edit{Path: ".env", Append: true, New: name + "=" + dotenvValue(f.Text.Slice(literal)) + "\n"}
	return []Action{action, {
		Title: "Read the secret from " + read + " and add it to .env (keep .env out of version control)",
		edits: func() []Edit { return append(edits[:len(edits):len(edits)], entry) },
	}}
}

// codeSpan maps a span of f.Source to f.Text, if all of it is code.
func codeSpan(f *parser.File, s text.Span) (text.Span, bool) {
	start, ok := f.Covered(s.Start)
	if !ok || s.Len() == 0 {
		return text.Span{}, false
	}
	last, ok := f.Covered(s.End - 1)
	return text.Span{Start: start, End: last + 1}, ok && last >= start
}

var notName = regexp.MustCompile(`[^A-Z0-9_]+`)

// environmentName makes a name that shells and both languages accept.
func environmentName(name string) string {
	name = strings.Trim(notName.ReplaceAllString(strings.ToUpper(name), "_"), "_")
	if name == "" || name[0] >= '0' && name[0] <= '9' {
		return strings.TrimSuffix("SECRET_"+name, "_")
	}
	return name
}

// dotenvValue quotes a value where a .env file needs it. Single quotes keep $ as it is.
func dotenvValue(v string) string {
	switch {
	case !strings.ContainsAny(v, " \t\r\n\"'#$\\`="):
		return v
	case !strings.ContainsAny(v, "'\r\n"):
		return "'" + v + "'"
	}
	return `"` + strings.NewReplacer("\\", "\\\\", `"`, `\"`, "\r", "", "\n", `\n`, "$", `\$`).Replace(v) + `"`
}

// noExpression are the parents of a string that may only be a literal there.
var noExpression = map[parser.Kind]string{
	parser.KindExpressionStatement: "the string is a docstring or a statement of its own",
	parser.KindCasePattern:         "a pattern must be a constant",
	parser.KindType:                "a type must be a constant",
	parser.KindImport:              "an import must be a constant",
	parser.KindExport:              "an import must be a constant",
	parser.KindEnumBody:            "a member of an enum must be a constant",
}

func (d *draft) constantOnly(n parser.NodeID) string {
	parent := d.Parent(n)
	if reason := noExpression[d.Kind(parent)]; reason != "" {
		return reason
	}
	switch d.KindName(parent) {
	case "literal_type":
		return noExpression[parser.KindType]
	case "enum_assignment":
		return noExpression[parser.KindEnumBody]
	case "as_expression":
		if strings.HasSuffix(d.Slice(parent), "as const") {
			return "the string is declared as const"
		}
	}
	if field := d.FieldOf(n); d.Language.IsScript() && (field == parser.FieldKey || field == parser.FieldName) {
		return "the string is a key"
	}
	return ""
}

// writePython replaces secret, a part of str or all of it, by os.environ["NAME"]. It answers
// why that can't be done, or "".
func (d *draft) writePython(str parser.Str, secret text.Span, name string) string {
	if reason := d.constantOnly(str.Node); reason != "" {
		return reason
	}
	whole := d.Span(str.Node)
	prefix := strings.ToLower(strings.TrimRight(d.Text.Slice(text.Span{Start: whole.Start, End: str.Content.Start}), `"'`))
	quotes := d.Text.Slice(text.Span{Start: whole.Start + len(prefix), End: str.Content.Start})
	inner := quotes[:1]
	all := secret == str.Content && d.Kind(d.Parent(str.Node)) != parser.KindConcatenated
	if !all {
		inner = map[string]string{`"`: `'`, `'`: `"`}[inner]
	}
	if !all && strings.Contains(prefix, "b") {
		return "the secret is a part of a bytes literal"
	}
	if !all && d.inside(str.Node, parser.KindSubstitution) {
		return "the string stands inside another one"
	}
	environ, ok := d.importModule("os", "environ", str.Node)
	if !ok {
		return "the file uses the name os for something else"
	}
	read := environ + "[" + inner + name + inner + "]"
	switch {
	case all && strings.Contains(prefix, "b"):
		d.replace(whole, read+".encode()")
	case all:
		d.replace(whole, read)
	case strings.Contains(prefix, "f"):
		d.replace(secret, "{"+read+"}")
	default:
		content := d.Text.Slice(str.Content)
		if strings.Contains(content, `\N{`) {
			return `the string has a \N{…} escape`
		}
		braces := strings.NewReplacer("{", "{{", "}", "}}")
		before, after := content[:secret.Start-str.Content.Start], content[secret.End-str.Content.Start:]
		d.replace(whole, "f"+strings.Trim(prefix, "u")+quotes+braces.Replace(before)+"{"+read+"}"+braces.Replace(after)+quotes)
	}
	return ""
}

func (d *draft) inside(n parser.NodeID, kind parser.Kind) bool {
	for p := range d.Ancestors(n) {
		if d.Kind(p) == kind {
			return true
		}
	}
	return false
}

// writeScript is writePython for JavaScript and TypeScript.
func (d *draft) writeScript(str parser.Str, secret text.Span, name string) string {
	if reason := d.constantOnly(str.Node); reason != "" {
		return reason
	}
	read := "process.env." + name
	if d.Kind(str.Node) == parser.KindTemplate && secret != str.Content {
		d.replace(secret, "${"+read+"}")
		return ""
	}
	if d.Kind(d.Parent(str.Node)) == parser.KindCall { // tag`secret`
		return "the string belongs to a tagged template"
	}
	if secret != str.Content {
		content := d.Text.Slice(str.Content)
		escape := strings.NewReplacer("`", "\\`", "${", "\\${")
		before, after := content[:secret.Start-str.Content.Start], content[secret.End-str.Content.Start:]
		read = "`" + escape.Replace(before) + "${" + read + "}" + escape.Replace(after) + "`"
	} else if d.needsString(str.Node) {
		read += "!" // its type is string | undefined
	}
	if d.KindName(d.Parent(str.Node)) == "jsx_attribute" {
		read = "{" + read + "}"
	}
	d.replace(d.Span(str.Node), read)
	return ""
}

// needsString reports whether TypeScript wants a string where n stands, because a type is written there.
func (d *draft) needsString(n parser.NodeID) bool {
	if d.Language != parser.TypeScript && d.Language != parser.TSX {
		return false
	}
	parent := d.Parent(n)
	declared := d.Field(parent, parser.FieldType)
	return declared != parser.NoNode && !strings.Contains(d.Slice(declared), "undefined")
}
