package cost

import (
	"fmt"

	"github.com/qodacode/qodacode/analyzers/estimate"
	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

var unusedCandidates = &rule{file: candidates, Rule: diagnostics.Rule{
	ID: "COST-012", Title: "Several candidates billed, one used", Family: "cost", Severity: diagnostics.Warning, Since: "0.1.0", Languages: languages,
	Doc: `## What it does
Reports a request for several answers at once (` + "`n`, `best_of`, `candidate_count`" + `) of which the code reads the first one only. An answer that is passed on whole, or whose candidates are gone through, is left alone.

## Why is this bad?
Every candidate is written, and billed, in full. The first is not the best of them: it is what a request for one answer would have given.

## Example
` + "```python" + `
r = openai.chat.completions.create(model="gpt-5.6-luna", messages=messages, max_completion_tokens=900, n=5)
print(r.choices[0].message.content)
` + "```" + `
Ask for one answer:
` + "```python" + `
r = openai.chat.completions.create(model="gpt-5.6-luna", messages=messages, max_completion_tokens=900)
print(r.choices[0].message.content)
` + "```" + `
or use all of them, as to let them vote:
` + "```python" + `
r = openai.chat.completions.create(model="gpt-5.6-luna", messages=messages, max_completion_tokens=900, n=5)
answer = statistics.mode(c.message.content for c in r.choices)
` + "```" + `
`,
}}

// candidates reports requests for answers that nobody reads.
func candidates(p *pass) {
	seen := map[text.Span]bool{}
	for _, c := range p.Calls {
		s := c.Site
		if s.Kind != llm.Request {
			continue
		}
		v, ok := s.Setting(llm.Candidates)
		if ok != llm.Present || v.Kind != parser.Number || v.Num < 2 || v.Num > 1000 || v.Default {
			continue
		}
		name := candidatesName(v)
		if name != "best_of" && !p.readsFirst(s) || isTest(p.File) {
			continue
		}
		span := p.Span(s.Method)
		if v.File == p.File {
			span = p.Span(v.Arg)
		}
		if seen[span] {
			continue
		}
		seen[span] = true
		message := fmt.Sprintf("%s=%.0f bills %.0f answers to each request, and the code reads the first one only", name, v.Num, v.Num)
		if name == "best_of" {
			message = fmt.Sprintf("best_of=%.0f bills %.0f answers to each request, and gives back one", v.Num, v.Num)
		}
		if priced(c) && s.Platform == llm.Direct {
			waste := c.Model.PriceAt(p.Now).Output / 1e6 * c.Tokens.Output.Expected * (1 - 1/v.Num)
			message += fmt.Sprintf(": ≈ %s of ≈ %s per call", estimate.FormatUSD(waste), estimate.FormatUSD(c.Cost.Expected))
		}
		p.Report(diagnostics.Finding{Rule: "COST-012", Span: span, Message: message})
	}
}

// candidatesName is the name under which the code asks for several answers.
func candidatesName(v llm.Value) string {
	f := v.File
	for _, field := range []parser.Field{parser.FieldName, parser.FieldKey} {
		if n := f.Field(v.Arg, field); n != parser.NoNode && (f.Kind(v.Arg) == parser.KindKeywordArgument || f.Kind(v.Arg) == parser.KindPair) {
			if key := f.Eval(n); key.Kind == parser.String && f.Kind(n) == parser.KindString {
				return key.Str
			}
			return f.Slice(n)
		}
	}
	return "n"
}

// listsOfAnswers are the attributes of a response that hold all answers; firstAnswer those
// that give the first one.
var (
	listsOfAnswers = map[string]bool{"choices": true, "candidates": true}
	firstAnswer    = map[string]bool{"text": true, "parts": true, "content": true, "parsed": true, "output_text": true, "functionCalls": true, "function_calls": true}
	besideAnswers  = map[string]bool{"usage": true, "id": true, "model": true, "usage_metadata": true, "usageMetadata": true, "created": true, "_request_id": true}
)

// onlyFirst are what a LangChain model's methods give: one message, however many were asked for.
var onlyFirst = map[string]bool{"invoke": true, "ainvoke": true, "predict": true, "call_as_llm": true}

// readsFirst reports whether the first answer of a request is all that the code reads.
func (p *pass) readsFirst(s *llm.Site) bool {
	if (s.SDK == "langchain" || s.SDK == "llamaindex") && s.Config != nil {
		return onlyFirst[s.Call.Name]
	}
	if s.SDK == "instructor" {
		return false
	}
	first, all := p.reading(s.Call.Node, 0)
	return first && !all
}

// reading is how the value of n is used: whether its first answer is read, and whether
// anything else may be.
func (p *pass) reading(n parser.NodeID, depth int) (first, more bool) {
	at := p.Parent(n)
	for k := p.Kind(at); k == parser.KindAwait || k == parser.KindParenthesized || k == parser.KindCast; k = p.Kind(at) {
		n, at = at, p.Parent(at)
	}
	switch p.Kind(at) {
	case parser.KindAttribute:
		if p.Field(at, parser.FieldObject) != n {
			return false, true
		}
		switch name := p.Slice(p.AttributeName(at)); {
		case besideAnswers[name]:
			return false, false
		case firstAnswer[name]:
			return true, false
		case listsOfAnswers[name]:
			return p.readsIndex(at, depth)
		case name == "data" && p.Language.IsScript(): // openai before 4.0
			return p.reading(at, depth)
		}
		return false, true
	case parser.KindSubscript:
		if p.FirstChild(at) != n {
			return false, true
		}
		if key := p.Eval(p.LastChild(at)); key.Kind == parser.String && listsOfAnswers[key.Str] {
			return p.readsIndex(at, depth)
		} else if key.Kind == parser.String && besideAnswers[key.Str] {
			return false, false
		}
		return false, true
	case parser.KindAssignment, parser.KindDeclarator:
		target := p.Field(at, parser.FieldLeft)
		if p.Kind(at) == parser.KindDeclarator {
			target = p.Field(at, parser.FieldName)
		}
		if p.Kind(target) != parser.KindIdentifier || depth > 3 || p.Within(n, target) {
			return false, true
		}
		return p.readings(target, at, depth)
	}
	return false, true
}

// readings is reading for all uses of the variable that is assigned to at target.
func (p *pass) readings(target, assignment parser.NodeID, depth int) (first, more bool) {
	scope, name := parser.NodeID(0), p.Slice(target)
	if fn := p.EnclosingFunc(assignment); fn != nil {
		scope = fn.Node
	}
	for n := scope; p.Within(n, scope); n++ {
		if k := p.Kind(n); k != parser.KindIdentifier && k != parser.KindShorthand || n == target || p.Slice(n) != name || !isName(p.File, n) {
			continue
		}
		if up := p.Parent(n); p.Kind(up) == parser.KindAssignment && p.Field(up, parser.FieldLeft) == n {
			continue
		}
		f, m := p.reading(n, depth+1)
		first, more = first || f, more || m
	}
	return first, more
}

// readsIndex is how a list of answers is used.
func (p *pass) readsIndex(list parser.NodeID, depth int) (first, more bool) {
	at := p.Parent(list)
	for k := p.Kind(at); k == parser.KindParenthesized || k == parser.KindCast; k = p.Kind(at) {
		list, at = at, p.Parent(at)
	}
	if p.Kind(at) == parser.KindSubscript && p.FirstChild(at) == list {
		if i := p.Eval(p.LastChild(at)); i.Kind == parser.Number && i.Num == 0 {
			return true, false
		}
	}
	return false, true
}
