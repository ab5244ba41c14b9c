package cost

import (
	"fmt"
	"strings"

	"github.com/qodacode/qodacode/analyzers/estimate"
	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
)

// minPrefix is the shortest prefix, in tokens, that OpenAI and most of the others cache, and
// that is worth a word.
const minPrefix = 1024

var volatilePrefix = &rule{file: volatilePrefixes, Rule: diagnostics.Rule{
	ID: "COST-005", Title: "Changing text before a constant prompt", Family: "cost", Severity: diagnostics.Warning, Since: "0.1.0", Languages: languages,
	Doc: `## What it does
Reports a prompt that begins with something that changes from request to request (the time, a random number, an id of the request, what a loop goes over) and goes on with 1,024 tokens or more that never do.

A date is left alone: it changes once a day.

## Why is this bad?
Providers read the beginning of a prompt that they have seen before from a cache, for a tenth to a half of the price. They compare from the first token on: what stands behind the first difference is paid in full, each time.

## Example
` + "```python" + `
RULES = """You answer for the shop. … (2,000 words)"""

def answer(question):
    return openai.responses.create(model="gpt-5.6-luna", instructions=f"It is {datetime.datetime.now()}.\n{RULES}", input=question)
` + "```" + `
Write what never changes first, and the rest behind it:
` + "```python" + `
RULES = """You answer for the shop. … (2,000 words)"""

def answer(question):
    return openai.responses.create(model="gpt-5.6-luna", instructions=f"{RULES}\nIt is {datetime.datetime.now()}.", input=question)
` + "```" + `
`,
}}

// volatilePrefixes reports prompts whose beginning changes and whose rest does not.
func volatilePrefixes(p *pass) {
	if isTest(p.File) {
		return
	}
	reported := map[parser.NodeID]bool{}
	for _, c := range p.Calls {
		s := c.Site
		if s.Kind == llm.Embedding || s.Kind == llm.Drive || s.File != p.File {
			continue
		}
		if s.Loop == nil && p.EnclosingFunc(s.Call.Node) == nil && s.Kind == llm.Request {
			continue // asked once
		}
		if c.Model != nil && c.Prompt.Static < minPrefix {
			continue
		}
		parts, _ := promptOf(s)
		at, why := p.firstChange(s, parts)
		if at < 0 {
			continue
		}
		if v, there := s.Setting(llm.CacheControl); there != llm.Absent && v.Kind != parser.None {
			continue // the author decides what is cached
		}
		behind := 0
		for _, part := range parts[at+1:] {
			behind += len(part.text)
		}
		if behind < 2*minPrefix { // too short in any language
			continue
		}
		behind = 0
		for _, part := range parts[at+1:] {
			behind += pricing.Count(part.text)
		}
		slot := parts[at].slot
		if behind < minPrefix || parts[at].file != p.File || reported[slot] {
			continue
		}
		reported[slot] = true
		d := diagnostics.Finding{Rule: "COST-005", Span: p.Span(slot),
			Message: fmt.Sprintf("%s stands before %s tokens that never change, so that no provider can read them from its cache: write it behind them", why, estimate.Thousands(float64(behind)))}
		if s.Kind == llm.Request && !p.Within(slot, s.Call.Node) {
			d.Related = append(d.Related, diagnostics.Related{Span: p.Span(s.Method), Message: "this call sends it"})
		}
		if saving := p.prefixSaving(c, float64(behind)); saving > 0 {
			d.Message += "; " + p.saves(saving)
		}
		p.Report(d)
	}
}

// firstChange is the index of the first part of a prompt that changes from request to
// request, where nothing known only at run time stands before it, and what it is; -1 where
// there is none.
func (p *pass) firstChange(s *llm.Site, parts []part) (int, string) {
	for i, part := range parts {
		if part.slot == parser.NoNode {
			continue
		}
		if !part.first || part.whole || part.file != p.File {
			return -1, ""
		}
		name := shown(p.File, part.slot)
		fast, at := changing(part.file, part.slot)
		switch {
		case fast == volatile:
			return i, shown(p.File, at)
		case fast == daily:
			continue
		case s.Loop != nil && dependsOnTarget(p.File, part.slot, s.Loop):
			return i, name + ", which the loop sets,"
		}
		return -1, "" // a constant of another place, as far as is known
	}
	return -1, ""
}

// dependsOnTarget reports whether an expression names what a loop goes over.
func dependsOnTarget(f *parser.File, n parser.NodeID, l *parser.Loop) bool {
	if l.Target == parser.NoNode {
		return false
	}
	end := parser.NodeID(f.Nodes[n].Next)
	for c := n; c < end; c++ {
		if f.Kind(c) != parser.KindIdentifier && f.Kind(c) != parser.KindShorthand || !isName(f, c) {
			continue
		}
		for _, d := range f.DefsOf(c) {
			if f.Within(d.Node, l.Target) {
				return true
			}
		}
	}
	return false
}

// shown is an expression as a message shows it.
func shown(f *parser.File, n parser.NodeID) string {
	source := f.Slice(n)
	if len(source) > 40 || strings.ContainsAny(source, "\r\n`") {
		return "What changes from request to request"
	}
	return "`" + source + "`"
}

// prefixSaving is what a month's requests of a call in a loop would save if a prefix of
// some tokens were read from the cache at all but the first of a run; 0 where it is not
// known, or not worth a word.
func (p *pass) prefixSaving(c *estimate.Call, tokens float64) float64 {
	if !priced(c) || c.Site.Platform != llm.Direct {
		return 0
	}
	price := c.Model.PriceAt(p.Now)
	if price.CacheRead <= 0 || price.CacheRead >= price.Input {
		return 0
	}
	_, times := p.perRun(c)
	uses := times.Expected * c.Requests.Expected
	if uses < 2 {
		return 0
	}
	saving := tokens / 1e6 * ((uses-1)*(price.Input-price.CacheRead) - max(0, price.CacheWrite-price.Input))
	if perMonth, ok := p.worthIt(saving); ok {
		return perMonth
	}
	return 0
}
