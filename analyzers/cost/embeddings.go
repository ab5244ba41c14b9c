package cost

import (
	"fmt"
	"regexp"

	"github.com/qodacode/qodacode/analyzers/estimate"
	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
)

var singleEmbeddings = &rule{file: embeddedSingly, Rule: diagnostics.Rule{
	ID: "COST-007", Title: "Embeddings one at a time", Family: "cost", Severity: diagnostics.Warning, Since: "0.1.0", Languages: languages,
	Doc: `## What it does
Reports a loop that turns texts into vectors with one request for each.

## Why is this bad?
The interface takes a list: hundreds of texts in one request. One at a time the loop waits for as many round trips, and meets the limit of requests per minute. Tokens cost the same either way; what is cheaper is the provider's batch interface, for which the texts are lists too.

## Example
` + "```python" + `
for doc in docs:
    r = openai.embeddings.create(model="text-embedding-3-small", input=doc)
    vectors.append(r.data[0].embedding)
` + "```" + `
Send many at once:
` + "```python" + `
for i in range(0, len(docs), 512):
    r = openai.embeddings.create(model="text-embedding-3-small", input=docs[i : i + 512])
    vectors.extend(d.embedding for d in r.data)
` + "```" + `
The code action writes that where the loop does nothing else.
`,
}}

// embeddedSingly reports embeddings of single texts in loops.
func embeddedSingly(p *pass) {
	if isTest(p.File) {
		return
	}
	for _, c := range p.Calls {
		s := c.Site
		if s.Kind != llm.Embedding || !loops(c) || s.Loop.Kind == parser.WhileLoop {
			continue
		}
		v, there := s.Setting(llm.Prompt)
		if there != llm.Present || v.File != p.File || !isSingle(p.File, v, s.Loop) || p.isFallback(s.Call.Node) {
			continue
		}
		if p.Within(v.Expr, s.Loop.Node) && !varies(p.File, v.Expr, s.Loop) {
			continue // another try
		}
		d := diagnostics.Finding{Rule: "COST-007", Span: p.Span(s.Method), Related: appendLoop(nil, p.File, s.Loop), Fix: &BatchEmbeddingFix{Call: c, Loop: s.Loop},
			Message: "One request per text: send a list of them at once. The tokens cost the same, the requests and the waiting are a fraction"}
		if m := c.Model; m != nil && s.Platform == llm.Direct && m.BatchFactor > 0 && m.BatchFactor < 1 && priced(c) {
			cost, times := p.perRun(c)
			perMonth, ok := p.worthIt(cost.Expected * (1 - m.BatchFactor))
			d.Message = fmt.Sprintf("One request per text, %s: send a list of them at once. The tokens cost the same, the requests and the waiting are a fraction", inRounds(times))
			if ok {
				d.Message += fmt.Sprintf("; the batch interface, which takes lists, costs ×%v and %s", m.BatchFactor, p.saves(perMonth))
			} else if perMonth > 0 {
				d.Message += fmt.Sprintf(" (≈ %s/month)", estimate.FormatUSD(cost.Expected*float64(p.settings().RunsPerMonth)))
			}
		}
		p.Report(d)
	}
}

// isFallback reports whether n handles an error: the list was tried, and is not supported.
func (p *pass) isFallback(n parser.NodeID) bool {
	for a := range p.Ancestors(n) {
		switch p.Kind(a) {
		case parser.KindCatch:
			return true
		case parser.KindFunction, parser.KindMethod:
			return false
		}
	}
	return false
}

// listNames match names of what holds more than one text.
var listNames = regexp.MustCompile(`(?i)(batch|batched|lines|texts|docs|documents|inputs|items|sentences|contents|strings|passages|queries|values|list|array|group|page_of\w*)$`)

// isSingle reports whether what is embedded is one text in each round of a loop.
func isSingle(f *parser.File, v llm.Value, l *parser.Loop) bool {
	n := f.Unwrap(v.Expr)
	switch f.Kind(n) {
	case parser.KindList, parser.KindTuple:
		count := 0
		for c := range f.Children(n) {
			if count++; f.Kind(c) == parser.KindSpread {
				return false
			}
			n = c
		}
		return count == 1
	case parser.KindComprehension:
		return false
	case parser.KindString, parser.KindTemplate, parser.KindConcatenated:
		return true
	}
	return scalar(f, n, l, 0)
}

// scalar reports whether an expression is one text, as far as names, types and loops tell.
func scalar(f *parser.File, n parser.NodeID, l *parser.Loop, depth int) bool {
	if depth > 4 {
		return false
	}
	n = f.Unwrap(n)
	switch f.Kind(n) {
	case parser.KindString, parser.KindTemplate, parser.KindConcatenated:
		return true
	case parser.KindBinary: // "passage: " + text
		return scalar(f, f.Field(n, parser.FieldLeft), l, depth+1) || scalar(f, f.Field(n, parser.FieldRight), l, depth+1)
	case parser.KindAttribute:
		return !listNames.MatchString(f.Slice(f.AttributeName(n)))
	case parser.KindSubscript: // row["text"], texts[i]; no slice
		for c := range f.Children(n) {
			if f.KindName(c) == "slice" {
				return false
			}
		}
		key := f.Eval(f.LastChild(n))
		return key.Kind != parser.String || !listNames.MatchString(key.Str)
	case parser.KindCall:
		c := f.CallAt(n)
		return c != nil && (textCalls[c.Name] || c.Name == "str" || c.Name == "substring") && c.Name != "split"
	case parser.KindIdentifier, parser.KindShorthand:
	default:
		return false
	}
	if listNames.MatchString(f.Slice(n)) {
		return false
	}
	defs := f.DefsOf(n)
	if len(defs) == 0 {
		return false
	}
	for _, d := range defs {
		switch d.Kind {
		case parser.LoopDef:
			if batches(f, d.Value, 0) {
				return false
			}
		case parser.ParamDef:
			if a := f.Slice(d.Annotation); listType.MatchString(a) {
				return false
			}
			if fn := f.EnclosingFunc(d.Node); fn != nil && f.Within(n, fn.Node) && l.Kind == parser.CallbackLoop && l.Iter != parser.NoNode && batches(f, l.Iter, 0) {
				return false
			}
		case parser.AssignDef:
			if !scalar(f, d.Value, l, depth+1) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

var (
	listType = regexp.MustCompile(`(?i)\b(list|sequence|iterable|array|tuple)\b|\[\]`)
	// batchCalls match functions that cut a list into lists.
	batchCalls = regexp.MustCompile(`(?i)batch|chunked|chunks_of|^chunk$|grouper|partition|array_split|split_into|sliding|window`)
)

// batches reports whether the elements of what is iterated are lists.
func batches(f *parser.File, n parser.NodeID, depth int) bool {
	if depth > 4 || n < 0 {
		return false
	}
	n = f.Unwrap(n)
	switch f.Kind(n) {
	case parser.KindCall:
		c := f.CallAt(n)
		if c == nil {
			return false
		}
		if c.Name == "range" {
			return len(c.Args) == 3
		}
		if batchCalls.MatchString(c.Name) {
			return true
		}
		if len(c.Args) > 0 && (c.Name == "enumerate" || c.Name == "tqdm" || c.Name == "zip" || c.Name == "list") {
			return batches(f, c.Args[0].Value, depth+1)
		}
	case parser.KindComprehension: // [xs[i:i+n] for i in …]
		body := f.Field(n, parser.FieldBody)
		for c := range f.Children(f.Unwrap(body)) {
			if f.KindName(c) == "slice" {
				return true
			}
		}
	case parser.KindIdentifier:
		if regexp.MustCompile(`(?i)batch`).MatchString(f.Slice(n)) {
			return true
		}
		for _, d := range f.DefsOf(n) {
			if d.Kind == parser.AssignDef && batches(f, d.Value, depth+1) {
				return true
			}
		}
	case parser.KindList:
		first := f.Kind(f.FirstChild(n))
		return first == parser.KindList || first == parser.KindTuple
	}
	return false
}
