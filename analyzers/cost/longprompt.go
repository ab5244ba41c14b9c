package cost

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/estimate"
	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
)

var longContext = &rule{file: longPrompts, Rule: diagnostics.Rule{
	ID: "COST-017", Title: "Prompt near a long-context price step", Family: "cost", Severity: diagnostics.Warning, Since: "0.1.0", Languages: languages,
	Doc: `## What it does
Reports a prompt that comes near the length from which its model costs more, at 80 % of it and above, and one that holds all of something whose size nothing limits: all rows of a query, all files of a folder, all pages of a document. A file that is read whole is a note. What is sliced, truncated, split or measured before is left alone.

The steps are at 272,000 tokens (OpenAI, from GPT-5.6 on), 200,000 (Gemini Pro) and 100,000 (Claude Haiku 5.5).

## Why is this bad?
One token above the step, the whole request is billed at the higher price, not only what is above: twice as much for the input of most models, and five times as much for Claude Haiku 5.5.

## Example
` + "```python" + `
rows = cursor.execute("SELECT * FROM tickets").fetchall()
client.messages.create(model="claude-haiku-5-5", max_tokens=1000, messages=[{"role": "user", "content": f"Summarize: {rows}"}])
` + "```" + `
Take what the question needs, or ask for each part:
` + "```python" + `
rows = cursor.execute("SELECT * FROM tickets").fetchall()
client.messages.create(model="claude-haiku-5-5", max_tokens=1000, messages=[{"role": "user", "content": f"Summarize: {rows[:500]}"}])
` + "```" + `
A comment says how long a part of a prompt is: ` + "`# qodacode: slot.rows=6000`" + `.
`,
}}

// nearStep is the share of a model's step at which a prompt is reported.
const nearStep = 0.8

// longPrompts reports prompts that cross a step in price, or may.
func longPrompts(p *pass) {
	for _, c := range p.Calls {
		s := c.Site
		if c.Model == nil || c.Model.Tier == nil || s.Kind != llm.Request && s.Kind != llm.Drive || s.Platform != llm.Direct {
			continue
		}
		step := c.Model.Tier
		price := func() string { return fmt.Sprintf("%s costs %s", c.Model.ID, dearer(step)) }
		if length := c.Prompt.Input.Expected; length >= nearStep*float64(step.Above) {
			if isTest(p.File) {
				return
			}
			p.Report(diagnostics.Finding{Rule: "COST-017", Span: p.Span(s.Method), Message: fmt.Sprintf(
				"The prompt has ≈ %s tokens, and above %s the whole request to %s", estimate.Thousands(length), pricing.Tokens(step.Above), price())})
			continue
		}
		for _, slot := range c.Prompt.Slots {
			if slot.Stated || slot.Expr == parser.NoNode || !p.Within(slot.Expr, 0) {
				continue
			}
			what, severity := p.whole(slot.Expr, 0)
			if what == "" || isTest(p.File) || p.isCut(p.assigned(slot.Expr)) {
				continue
			}
			p.Report(diagnostics.Finding{Rule: "COST-017", Severity: severity, Span: p.Span(slot.Expr), Message: fmt.Sprintf(
				"The prompt holds %s, and nothing limits how long that is: above %s tokens the whole request to %s", what, pricing.Tokens(step.Above), price())})
			break
		}
	}
}

// dearer is a step in words: 2 times as much for input and 1.5 times for output.
func dearer(t *pricing.Tier) string {
	if t.Input == t.Output {
		return fmt.Sprintf("%g times as much", t.Input)
	}
	return fmt.Sprintf("%g times as much for input and %g times for output", t.Input, t.Output)
}

// allOf are methods that give all of something, however much it is.
var allOf = map[string]string{
	"fetchall": "all rows of a query", "fetch_all": "all rows of a query", "to_csv": "a whole table", "to_markdown": "a whole table", "to_string": "a whole table",
	"to_json": "a whole table", "to_html": "a whole table", "findMany": "all rows of a query", "get_all_values": "a whole sheet", "get_all_records": "a whole sheet",
}

// cuts match expressions that limit what they read, or look at how much it is.
var cuts = regexp.MustCompile(`(?i)trunc|trim_|chunk|split|shorten|limit|head\(|\.sample\(|\btail\(|nrows|islice|fetchmany|\w\[[^\]\n{"']*:[^\]\n{"']*\]|\.slice\(|substring|\blen\(`)

// notDocuments match the names of files that a program brings along.
var notDocuments = regexp.MustCompile(`(?i)prompt|template|instruct|system|schema|config|settings|example|skill|persona|readme|image|img|audio|photo|picture|base64|b64|\.(md|jinja2?|j2|ya?ml|toml|png|jpe?g|wav|mp3|webp)\b`)

var (
	readsFiles = regexp.MustCompile(`read_text\(|\.read\(`)
	listsFiles = regexp.MustCompile(`glob\(|iterdir\(|listdir\(|walk\(`)
)

// whole says what of unlimited size the value of n is all of; "" where that does not show.
func (p *pass) whole(n parser.NodeID, depth int) (string, diagnostics.Severity) {
	n = p.Unwrap(n)
	if depth > 4 || n == parser.NoNode {
		return "", 0
	}
	switch p.Kind(n) {
	case parser.KindIdentifier, parser.KindShorthand:
		defs := p.DefsOf(n)
		if len(defs) != 1 || defs[0].Kind != parser.AssignDef {
			return "", 0
		}
		if what, severity := p.whole(defs[0].Value, depth+1); what != "" && !p.isCut(n) {
			return what, severity
		}
	case parser.KindCall:
		c := p.CallAt(n)
		if c == nil || cuts.MatchString(p.Slice(n)) {
			return "", 0
		}
		object := p.Field(p.Unwrap(c.Callee), parser.FieldObject)
		switch {
		case allOf[c.Name] != "" && object != parser.NoNode:
			if c.Name == "to_string" || c.Name == "to_json" {
				if !isFrame(p.File, object) {
					return "", 0
				}
			}
			if strings.Contains(strings.ToLower(p.queryOf(object)), "limit") || p.isCut(object) {
				return "", 0
			}
			return allOf[c.Name], 0
		case c.Name == "join" && len(c.Args) == 1:
			return p.joined(c.Args[0].Value, depth)
		case (c.Name == "str" || c.Name == "dumps" || c.Name == "stringify" || c.Name == "repr" || c.Name == "strip" || c.Name == "decode" || c.Name == "toString") && len(c.Args) > 0:
			return p.whole(c.Args[0].Value, depth+1)
		case c.Name == "strip" || c.Name == "decode" || c.Name == "toString":
			return p.whole(object, depth+1)
		case isRead(p.File, c):
			if path := p.readPath(c); path == "" || notDocuments.MatchString(path) || notDocuments.MatchString(p.Slice(n)) {
				return "", 0
			}
			return "a whole file", diagnostics.Info
		}
	case parser.KindAwait:
		return p.whole(p.FirstChild(n), depth+1)
	case parser.KindComprehension:
		return p.joined(n, depth)
	}
	return "", 0
}

// assigned is the variable that n, or a call around it, is the value of; NoNode where there is none.
func (p *pass) assigned(n parser.NodeID) parser.NodeID {
	for at := range p.Ancestors(n) {
		switch p.Kind(at) {
		case parser.KindAssignment:
			return p.Field(at, parser.FieldLeft)
		case parser.KindDeclarator:
			return p.Field(at, parser.FieldName)
		case parser.KindCall, parser.KindArguments, parser.KindAwait, parser.KindParenthesized:
		default:
			return parser.NoNode
		}
	}
	return parser.NoNode
}

// joined says what of unlimited size a list that is joined to one text is all of.
func (p *pass) joined(n parser.NodeID, depth int) (string, diagnostics.Severity) {
	n = p.Unwrap(n)
	if p.Kind(n) == parser.KindIdentifier {
		return p.whole(n, depth+1)
	}
	if p.Kind(n) != parser.KindComprehension || cuts.MatchString(p.Slice(n)) {
		return "", 0
	}
	source := p.Slice(n)
	switch {
	case strings.Contains(source, "extract_text") || strings.Contains(source, ".pages"):
		return "all pages of a document", 0
	case readsFiles.MatchString(source) && listsFiles.MatchString(source):
		return "all files of a folder", 0
	}
	return "", 0
}

// isRead reports whether c reads a file as a whole.
func isRead(f *parser.File, c *parser.Call) bool {
	switch c.Name {
	case "read_text":
		return len(c.Args) == 0 || slices.ContainsFunc(c.Args, func(a parser.Arg) bool { return a.Name == "encoding" })
	case "read":
		object := f.Unwrap(f.Field(f.Unwrap(c.Callee), parser.FieldObject))
		return len(c.Args) == 0 && openedBy(f, object) != nil
	case "readFileSync", "readFile":
		return len(c.Args) > 0
	}
	return false
}

// openedBy is the call of open that made what n is, or nil.
func openedBy(f *parser.File, n parser.NodeID) *parser.Call {
	if c := f.CallAt(n); c != nil && c.Name == "open" {
		return c
	}
	if f.Kind(n) != parser.KindIdentifier {
		return nil
	}
	for _, d := range f.DefsOf(n) {
		if c := f.CallAt(f.Unwrap(d.Value)); c != nil && c.Name == "open" && (d.Kind == parser.WithDef || d.Kind == parser.AssignDef) {
			return c
		}
	}
	return nil
}

// readPath is the path of a file that is read, as it is written; "" for one that is a constant:
// the program's own.
func (p *pass) readPath(c *parser.Call) string {
	path := parser.NoNode
	switch c.Name {
	case "read_text":
		path = p.Field(p.Unwrap(c.Callee), parser.FieldObject)
	case "read":
		if open := openedBy(p.File, p.Unwrap(p.Field(p.Unwrap(c.Callee), parser.FieldObject))); open != nil && len(open.Args) > 0 {
			path = open.Args[0].Value
		}
	default:
		path = c.Args[0].Value
	}
	for i := 0; i < 4 && path != parser.NoNode; i++ { // Path(name), args.path
		if call := p.CallAt(p.Unwrap(path)); call != nil && call.Name == "Path" && len(call.Args) == 1 {
			path = call.Args[0].Value
			continue
		}
		if path = p.Unwrap(path); p.Kind(path) != parser.KindIdentifier {
			return ""
		}
		defs := p.DefsOf(path)
		if len(defs) != 1 {
			return ""
		}
		switch defs[0].Kind {
		case parser.ParamDef, parser.LoopDef:
			return p.Slice(path)
		case parser.AssignDef:
			path = defs[0].Value
		default:
			return ""
		}
	}
	return ""
}

// isFrame reports whether n looks like a table: df, frame, something that pandas made.
func isFrame(f *parser.File, n parser.NodeID) bool {
	name := f.Slice(n)
	return strings.HasPrefix(f.QName(n), "pandas.") || strings.HasPrefix(name, "df") || strings.HasSuffix(name, "_df") || strings.Contains(strings.ToLower(name), "dataframe")
}

// queryOf is the text of the query behind a cursor, as far as it shows near n.
func (p *pass) queryOf(n parser.NodeID) string {
	source := p.Slice(n)
	if fn := p.EnclosingFunc(n); fn != nil {
		return source + p.Slice(fn.Body)
	}
	return source
}

// isCut reports whether the function around n limits, splits or measures what it names.
func (p *pass) isCut(n parser.NodeID) bool {
	n = p.Unwrap(n)
	if p.Kind(n) != parser.KindIdentifier && p.Kind(n) != parser.KindShorthand {
		return false
	}
	scope, name := parser.NodeID(0), p.Slice(n)
	if fn := p.EnclosingFunc(n); fn != nil {
		scope = fn.Node
	}
	for at := scope; p.Within(at, scope); at++ {
		if p.Kind(at) == parser.KindIdentifier && p.Slice(at) == name && p.cutAt(at) {
			return true
		}
	}
	return false
}

// cutAt reports whether the expression around a use of a name cuts it: name[:9], name.split(),
// truncate(name), len(name).
func (p *pass) cutAt(n parser.NodeID) bool {
	at := p.Parent(n)
	switch p.Kind(at) {
	case parser.KindSubscript:
		return p.FirstChild(at) == n && p.Eval(p.LastChild(at)).Kind != parser.String
	case parser.KindAttribute:
		return p.Field(at, parser.FieldObject) == n && cuttings.MatchString(p.Slice(p.AttributeName(at)))
	case parser.KindKeywordArgument:
		at = p.Parent(at)
	}
	if p.Kind(at) == parser.KindArguments {
		c := p.CallAt(p.Parent(at))
		return c != nil && cuttings.MatchString(c.Name)
	}
	return false
}

// cuttings match the names of functions that limit, split or measure a text.
var cuttings = regexp.MustCompile(`(?i)^len(gth)?$|trunc|trim|chunk|split|shorten|limit|token|encode|head|sample|summar|tail|islice|slice|substr|batch|wrap|filter|clip|compress`)
