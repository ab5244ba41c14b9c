package cost

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/qodacode/qodacode/analyzers/estimate"
	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
)

var noOutputCap = &rule{file: uncapped, Rule: diagnostics.Rule{
	ID: "COST-003", Title: "No cap on the answer", Family: "cost", Severity: diagnostics.Info, Since: "0.1.0", Languages: languages,
	Doc: `## What it does
Reports where a model is asked without a limit of its answer's tokens; in a loop it is a warning. A model that is configured once and called many times is reported once, where it is configured.

Claude's API requires a limit, so that there is nothing to report. Arguments that the code does not show (` + "`**kwargs`" + `) may hold one, and an answer whose schema has no place for long text needs none: both are left alone.

## Why is this bad?
Output is the dearest part of most requests, and without a limit the model decides how much of it there is. An answer that repeats itself runs on to the model's own maximum, which is a hundred times what is usual. What a request can cost is then not known.

## Example
` + "```python" + `
client = openai.OpenAI()
client.chat.completions.create(model="gpt-5.6-luna", messages=messages)
` + "```" + `
Set a limit that good answers stay below, and look at the reason for which an answer ended:
` + "```python" + `
client = openai.OpenAI()
client.chat.completions.create(model="gpt-5.6-luna", messages=messages, max_completion_tokens=1000)
` + "```" + `
Reasoning counts too: a limit that is too low ends the answer before it begins. The name of the argument depends on the library: ` + "`max_output_tokens`" + ` (Responses, google-genai), ` + "`max_tokens`" + ` (LangChain, LiteLLM), ` + "`maxOutputTokens`" + ` (AI SDK). The code action writes the right one.
`,
}}

// uncapped reports configurations without an output cap, once each.
func uncapped(p *pass) {
	if isTest(p.File) {
		return
	}
	type group struct {
		holder     *llm.Site
		call       *estimate.Call // of the holder, else the first use
		open, uses int            // requests, and those of them without a cap
		loop       *parser.Loop
	}
	var order []parser.NodeID
	groups := map[parser.NodeID]*group{}
	for _, c := range p.Calls {
		s := c.Site
		if s.Kind == llm.Embedding || s.Kind == llm.Drive {
			continue
		}
		holder := capHolder(s)
		if holder == nil || holder.File != p.File {
			continue
		}
		g := groups[holder.Call.Node]
		if g == nil {
			g = &group{holder: holder, call: c}
			groups[holder.Call.Node] = g
			order = append(order, holder.Call.Node)
		}
		if holder.Call == s.Call {
			g.call = c
		}
		if s.Kind != llm.Request {
			continue
		}
		g.uses++
		if _, there := s.Setting(llm.OutputCap); there == llm.Absent {
			g.open++
			if g.loop == nil && loops(c) {
				g.loop = s.Loop
			}
		}
	}
	for _, at := range order {
		g := groups[at]
		if g.uses > 0 && g.open == 0 || !p.needsCap(g.holder, g.call) {
			continue
		}
		d := diagnostics.Finding{Rule: "COST-003", Span: p.Span(g.holder.Method), Message: capMessage(g.call),
			Fix: &CapFix{Site: g.holder, Setting: llm.OutputCap, Value: 2 * p.settings().OutputTokens}}
		if g.loop != nil {
			d.Severity = diagnostics.Warning
			d.Related = appendLoop(nil, p.File, g.loop)
		}
		p.Report(d)
	}
}

// capHolder is the site where a cap for s belongs: the deepest configuration that has a place
// for one, else s itself; nil where none has.
func capHolder(s *llm.Site) *llm.Site {
	var holder *llm.Site
	for c, depth := s, 0; c != nil && depth < 8; c, depth = c.Config, depth+1 {
		if c.Takes(llm.OutputCap) {
			holder = c
		}
	}
	return holder
}

// needsCap reports whether nothing caps the answers of a configuration.
func (p *pass) needsCap(s *llm.Site, c *estimate.Call) bool {
	if _, there := s.Setting(llm.OutputCap); there != llm.Absent {
		return false
	}
	for i := range s.Call.Args {
		if s.Call.Args[i].Spread > 0 {
			return false // a dictionary that is put together step by step
		}
	}
	if s.Kind == llm.Agent && s.Config == nil && s.Model.ID == "" {
		return false // its model is an object that may have a cap of its own
	}
	if s.API == "completions" || s.API == "text_completion" {
		return false // 16 tokens where nothing is said
	}
	if c.Model != nil && c.Model.Provider == pricing.Anthropic || s.SDK == "anthropic" || strings.Contains(s.API, "Anthropic") || strings.Contains(s.Model.ID, "claude") {
		return false // required: whoever calls the API says one
	}
	schema, there := s.Setting(llm.Schema)
	switch there {
	case llm.Hidden:
		return false
	case llm.Present:
		return !isBounded(schema.File, schema.Expr, 0)
	}
	return true
}

func capMessage(c *estimate.Call) string {
	who := "the model"
	if c.Site.Model.ID != "" {
		who = c.Site.Model.ID
	}
	out := fmt.Sprintf("No cap on the answer: how much %s writes, and what a request costs, is up to it", who)
	if w := c.Worst; priced(c) && w.Known && w.USD > c.Cost.Expected && c.Requests.IsExact() && c.Site.Platform == llm.Direct {
		out = fmt.Sprintf("No cap on the answer: a request to %s is expected to cost ≈ %s and may cost up to %s", who, estimate.FormatUSD(c.Cost.Expected), estimate.FormatUSD(w.USD))
	}
	return out
}

// boundedTypes match what has no room for long text: numbers, truth values, enumerations.
var boundedTypes = regexp.MustCompile(`^(:\s*)?(Optional\[)?(int|float|bool|Literal\[.*\]|date|datetime|UUID|Decimal|None|number|boolean|conint\(.*\)|confloat\(.*\)|constr\(.*max_length.*\)|\s|\|)+\]?$`)

// isBounded reports whether all fields of a schema are such that an answer is short. What
// can't be seen counts as bounded: nothing is said about it.
func isBounded(f *parser.File, n parser.NodeID, depth int) bool {
	if depth > 4 {
		return true
	}
	n = f.Unwrap(n)
	switch f.Kind(n) {
	case parser.KindIdentifier, parser.KindShorthand, parser.KindTypeIdentifier:
		defs := f.DefsOf(n)
		if len(defs) != 1 {
			return true
		}
		switch d := defs[0]; d.Kind {
		case parser.ClassDef:
			return boundedClass(f, &f.Classes[d.Index], depth)
		case parser.AssignDef:
			return isBounded(f, d.Value, depth+1)
		}
		return true
	case parser.KindCall:
		return boundedCall(f, n, depth)
	case parser.KindDict:
		return !freeJSON(f, n)
	}
	return true
}

// freeJSON reports whether a JSON schema, or a response format, is seen to allow text of any length.
func freeJSON(f *parser.File, n parser.NodeID) bool {
	source := f.Slice(n)
	return strings.Contains(source, "json_object") || regexp.MustCompile(`["']?type["']?\s*:\s*["'](string|array)["']`).MatchString(source) && !strings.Contains(source, "maxLength") && !strings.Contains(source, "enum")
}

func boundedClass(f *parser.File, c *parser.Class, depth int) bool {
	fields := 0
	for i := range f.Defs {
		d := &f.Defs[i]
		if d.Scope != c.Scope || d.Annotation == parser.NoNode {
			continue
		}
		fields++
		a := f.Slice(d.Annotation)
		if boundedTypes.MatchString(a) || strings.Contains(f.Slice(d.Value), "max_length") {
			continue
		}
		inner := f.FirstChild(d.Annotation)
		if defs := f.DefsOf(inner); len(defs) == 1 && defs[0].Kind == parser.ClassDef {
			of := &f.Classes[defs[0].Index]
			if isEnum(f, of) || boundedClass(f, of, depth+1) && depth < 4 {
				continue
			}
			return false
		}
		if a == "str" || a == "string" || strings.HasPrefix(a, "list[") || strings.HasPrefix(a, "List[") || strings.Contains(a, "str") {
			return false
		}
	}
	return true
}

func isEnum(f *parser.File, c *parser.Class) bool {
	for _, b := range c.Bases {
		if strings.HasSuffix(f.Slice(b), "Enum") {
			return true
		}
	}
	return false
}

// boundedCall is for schemas that are put together by calls: z.object({…}), zodResponseFormat(…).
func boundedCall(f *parser.File, n parser.NodeID, depth int) bool {
	c := f.CallAt(n)
	switch c.Name {
	case "object", "strictObject":
		for _, inner := range callsIn(f, n) {
			switch inner.Name {
			case "string":
				if !capped(f, inner.Node) {
					return false
				}
			case "array", "record", "any", "unknown":
				return false
			}
		}
		return true
	case "string", "array", "any", "record":
		return false
	}
	if len(c.Args) > 0 {
		return isBounded(f, c.Args[0].Value, depth+1)
	}
	return true
}

// capped reports whether a chain of calls on n says how long a text may be: z.string().max(100).
func capped(f *parser.File, n parser.NodeID) bool {
	for p := range f.Ancestors(n) {
		switch f.Kind(p) {
		case parser.KindAttribute:
			switch f.Slice(f.AttributeName(p)) {
			case "max", "length", "date", "datetime", "uuid", "email", "url":
				return true
			}
		case parser.KindCall:
		default:
			return false
		}
	}
	return false
}
