package cost

import (
	"fmt"

	"github.com/qodacode/qodacode/analyzers/estimate"
	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
)

var loopInvariant = &rule{file: invariantCalls, Rule: diagnostics.Rule{
	ID: "COST-016", Title: "Same call in each round of a loop", Family: "cost", Severity: diagnostics.Warning, Since: "0.1.0", Languages: languages,
	Doc: `## What it does
Reports a request in a loop that is the same in each round: nothing of it depends on what the loop goes over or changes, and with temperature 0 or a seed the answers are meant to be equal too.

## Why is this bad?
The same answer is paid for again and again.

## Example
` + "```python" + `
for name in names:
    r = openai.chat.completions.create(model="gpt-5.6-luna", temperature=0, messages=[{"role": "user", "content": "Write a greeting."}])
    greet(name, r)
` + "```" + `
Ask once, before the loop:
` + "```python" + `
r = openai.chat.completions.create(model="gpt-5.6-luna", temperature=0, messages=[{"role": "user", "content": "Write a greeting."}])
for name in names:
    greet(name, r)
` + "```" + `
The code action "Move the call before the loop" does that where nothing else depends on the order.
`,
}}

// invariantCalls reports deterministic requests that a loop repeats as they are.
func invariantCalls(p *pass) {
	if isTest(p.File) {
		return
	}
	for _, c := range p.Calls {
		if !loops(c) || c.Site.Kind != llm.Request || !deterministic(c.Site) || !p.sameEachRound(c.Site) {
			continue
		}
		d := diagnostics.Finding{Rule: "COST-016", Span: p.Span(c.Site.Method), Related: appendLoop(nil, p.File, c.Site.Loop), Fix: &HoistFix{Call: c, Loop: c.Site.Loop},
			Message: "Nothing of this request changes from round to round, and its answer neither: ask once, before the loop"}
		if priced(c) && c.Site.Platform == llm.Direct {
			cost, times := p.perRun(c)
			d.Message = fmt.Sprintf("Nothing of this request changes in %s, and its answer neither: ≈ %s per run; asked once, before the loop, ≈ %s",
				inRounds(times), estimate.FormatUSD(cost.Expected), estimate.FormatUSD(c.Cost.Expected))
			if perMonth, _ := p.worthIt(cost.Expected - c.Cost.Expected); perMonth > 0 {
				d.Message += ", " + p.saves(perMonth)
			}
		}
		p.Report(d)
	}
}

// deterministic reports whether a request asks for the same answer each time.
func deterministic(s *llm.Site) bool {
	if v, there := s.Setting(llm.Temperature); there == llm.Present && v.Kind == parser.Number && v.Num == 0 {
		return true
	}
	v, there := s.Setting(llm.Seed)
	return there == llm.Present && v.Kind != parser.None
}

// sameEachRound reports whether a request is the same in each round of the loop around it.
func (p *pass) sameEachRound(s *llm.Site) bool {
	f, l := p.File, s.Loop
	if !f.Within(s.Call.Node, l.Node) || s.File != f || differentFunc(f, s.Call.Node, l) {
		return false
	}
	if _, tools := s.Setting(llm.Tools); tools != llm.Absent {
		return false // what they do may change what the next answer is
	}
	if _, history := s.Setting(llm.History); history != llm.Absent || growsIn(f, s, l) {
		return false
	}
	if varies(f, receiverOf(f, s.Method), l) || changesFast(f, s) {
		return false
	}
	for i := range s.Call.Args {
		if varies(f, s.Call.Args[i].Value, l) {
			return false
		}
	}
	for _, c := range callsIn(f, l.Node) {
		switch c.Name {
		case "perf_counter", "time", "monotonic", "now", "timeit", "input", "question", "prompt", "ainput", "sleep":
			return false // a measurement, a conversation, or a watch
		}
	}
	return true
}

// receiverOf is what a method is called on; the callee itself where that is a plain name.
func receiverOf(f *parser.File, method parser.NodeID) parser.NodeID {
	if method = f.Unwrap(method); f.Kind(method) == parser.KindAttribute {
		return f.Field(method, parser.FieldObject)
	}
	return parser.NoNode
}

// differentFunc reports whether a named function stands between n and the loop around it.
func differentFunc(f *parser.File, n parser.NodeID, l *parser.Loop) bool {
	fn := f.EnclosingFunc(n)
	return fn != nil && fn.Node > l.Node && l.Kind != parser.CallbackLoop
}

// changesFast reports whether something in what is asked changes each time.
func changesFast(f *parser.File, s *llm.Site) bool {
	for i := range s.Call.Args {
		if c, _ := changing(f, s.Call.Args[i].Value); c != steady {
			return true
		}
	}
	return false
}
