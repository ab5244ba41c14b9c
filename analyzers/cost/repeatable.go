package cost

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/estimate"
	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
)

var repeatableCall = &rule{file: repeatable, Rule: diagnostics.Rule{
	ID: "COST-002", Title: "Repeatable call without a cache", Family: "cost", Severity: diagnostics.Info, Since: "0.1.0", Languages: languages,
	Doc: `## What it does
Reports a request whose answer could be kept: it asks for the same answer to the same question (temperature 0, a seed, a structured answer), what is asked is made of texts that the program has, and a loop or a web request repeats it. Where even the question is always the same, it is a warning.

Silent when something in reach looks like a cache or like "done already" (` + "`@cache`, `set_llm_cache`, `caching=True`, Redis, `if key in results`" + `), and when the answer can't be kept: the prompt has a time, a random number or an id of the request in it, the model may call tools, the answer is streamed, or a conversation grows.

## Why is this bad?
The same inputs come again: a job is run once more after a failure, users ask what others asked, a list has duplicates. Each time the full price is paid, and the user waits.

## Example
` + "```python" + `
@app.post("/classify")
def classify(text: str):
    return openai.chat.completions.create(model="gpt-5.6-luna", temperature=0, messages=[{"role": "user", "content": f"Classify: {text}"}])
` + "```" + `
Keep the answers:
` + "```python" + `
@app.post("/classify")
@cache.memoize(expire=86400)
def classify(text: str):
    return openai.chat.completions.create(model="gpt-5.6-luna", temperature=0, messages=[{"role": "user", "content": f"Classify: {text}"}])
` + "```" + `
The code actions add a cache on disk, in memory or in Redis, as the library has it.
`,
}}

// repeatable reports deterministic requests that nothing caches.
func repeatable(p *pass) {
	if isTest(p.File) {
		return
	}
	for _, c := range p.Calls {
		s := c.Site
		if s.Kind != llm.Request || runsAgent(s) || s.File != p.File || !deterministic(s) && !p.structured(s) {
			continue
		}
		looped := loops(c)
		if !looped && !p.around().inHandler(s.Call.Node) {
			continue
		}
		constant, ok := p.repeats(s)
		if !ok || p.around().caches(s.Call.Node) {
			continue
		}
		d := diagnostics.Finding{Rule: "COST-002", Span: p.Span(s.Method), Fix: &ResponseCacheFix{Call: c, Func: p.EnclosingFunc(s.Call.Node)}}
		often := "in each web request"
		if looped {
			often = "in a loop"
			d.Related = appendLoop(nil, p.File, s.Loop)
		}
		d.Message = "Equal questions are asked anew, " + often + ", and no cache keeps the answers"
		if constant {
			d.Severity = diagnostics.Warning
			d.Message = "This asks the same question each time, " + often + ", and no cache keeps the answer"
		}
		if priced(c) && s.Platform == llm.Direct {
			d.Message += fmt.Sprintf(": each repetition costs ≈ %s again", estimate.FormatUSD(c.Cost.Expected))
			cost, _ := p.perRun(c)
			d.Message += fmt.Sprintf(", of ≈ %s/month in all", estimate.FormatUSD(cost.Expected*float64(p.settings().RunsPerMonth)))
		}
		p.Report(d)
	}
}

// structured reports whether a request asks for an answer in a form, and not for variety.
func (p *pass) structured(s *llm.Site) bool {
	if _, there := s.Setting(llm.Temperature); there == llm.Present {
		return false
	}
	_, there := s.Setting(llm.Schema)
	return there == llm.Present
}

// repeats reports whether equal questions to a site are recognizable as such: it is seen in
// full what is asked, and nothing of it belongs to one moment. constant says that there is
// but one question.
func (p *pass) repeats(s *llm.Site) (constant, ok bool) {
	if streams(s) {
		return false, false
	}
	for _, what := range []llm.Setting{llm.Tools, llm.Caching, llm.History} {
		if _, there := s.Setting(what); there != llm.Absent {
			return false, false
		}
	}
	parts, ok := promptOf(s)
	if !ok || len(parts) == 0 || s.Loop != nil && (growsIn(p.File, s, s.Loop) || p.carried(s, s.Loop)) {
		return false, false
	}
	constant = true
	for _, part := range parts {
		if part.slot == parser.NoNode {
			constant = constant && !strings.Contains(part.text, "{{") // a template that the library fills
			continue
		}
		constant = false
		if fast, _ := changing(part.file, part.slot); part.whole || fast != steady || interactive(part.file, part.slot) {
			return false, false
		}
	}
	if constant && p.conversation(s) {
		return false, false
	}
	return constant, true
}

// conversation reports whether the messages of a site are added to somewhere in their function.
func (p *pass) conversation(s *llm.Site) bool {
	v, there := s.Setting(llm.Prompt)
	if there != llm.Present || v.File != p.File {
		return there == llm.Hidden
	}
	in := parser.NodeID(0)
	if fn := p.EnclosingFunc(s.Call.Node); fn != nil {
		in = fn.Node
	}
	n := p.Unwrap(v.Expr)
	return p.Kind(n) == parser.KindIdentifier && changesIn(p.File, p.Slice(n), in)
}

// interactive reports whether an expression is what a person types.
func interactive(f *parser.File, n parser.NodeID) bool {
	n = f.Unwrap(n)
	for range 4 {
		if c := f.CallAt(n); c != nil {
			return c.Name == "input" || c.Name == "question" || c.Name == "prompt"
		}
		defs := f.DefsOf(n)
		if len(defs) != 1 || defs[0].Kind != parser.AssignDef {
			return false
		}
		n = f.Unwrap(defs[0].Value)
	}
	return false
}

var (
	// promptCache matches names that have to do with the provider's prompt cache.
	promptCache = regexp.MustCompile(`(?i)cache_?control|prompt_?cach|cache_?(read|creation|write|point)|cached_?(tokens|content)|cache_?key|cach\w*_?tokens|cache_?ttl|no_?cache|cache_dir`)
	// doneName matches names of what is done already.
	doneName = regexp.MustCompile(`(?i)seen|done|processed|exist|finished|completed|already|has$|isfile|in_db|results?$|answers?$`)
)

// cacheWords are parts of the names of caches and of what makes one.
var cacheWords = []string{"cache", "Cache", "CACHE", "memoize", "Memoize", "memory_", "redis", "Redis", "keyv", "Keyv", "shelve", "joblib"}

func namesCache(name string) bool {
	return slices.ContainsFunc(cacheWords, func(word string) bool { return strings.Contains(name, word) })
}

// caches reports whether something in the file keeps answers, or what stands around n skips
// what is done already.
func (s *scope) caches(n parser.NodeID) bool {
	s.asked.Do(func() { s.keeps = namesCache(s.Text.String()) && s.hasCache() })
	return s.keeps || s.guarded(n)
}

func (s *scope) hasCache() bool {
	for i := range s.Imports {
		if imp := &s.Imports[i]; imp.Module != "functools" && namesCache(imp.Module) {
			return true
		}
	}
	for i := range s.Nodes {
		n := parser.NodeID(i)
		if k := s.Kind(n); k != parser.KindIdentifier && k != parser.KindShorthand {
			continue
		}
		if name := s.Slice(n); namesCache(name) && !promptCache.MatchString(name) {
			return true
		}
	}
	return false
}

// guarded reports whether n runs only for what is not done already: below `if key not in
// results`, or behind `if key in results: continue`.
func (s *scope) guarded(n parser.NodeID) bool {
	child := n
	for p := range s.Ancestors(n) {
		switch s.Kind(p) {
		case parser.KindIf:
			if !s.Within(child, s.Field(p, parser.FieldCondition)) && s.isDoneTest(s.Field(p, parser.FieldCondition)) {
				return true
			}
		case parser.KindBlock:
			for c := range s.Children(p) {
				if c >= child {
					break
				}
				if s.Kind(c) == parser.KindIf && s.isDoneTest(s.Field(c, parser.FieldCondition)) && leaves(s.File, c) {
					return true
				}
			}
		case parser.KindFunction, parser.KindMethod:
			return false
		}
		child = p
	}
	return false
}

// isDoneTest reports whether a condition asks whether something is there already.
func (s *scope) isDoneTest(n parser.NodeID) bool {
	source := s.Slice(n)
	if len(source) > 200 {
		return false
	}
	return strings.Contains(source, " in ") || strings.Contains(source, ".has(") || strings.Contains(source, "exists") || strings.Contains(source, "is_file(") || doneName.MatchString(strings.Trim(source, "() !"))
}

// leaves reports whether a statement holds a continue or return.
func leaves(f *parser.File, n parser.NodeID) bool {
	end := parser.NodeID(f.Nodes[n].Next)
	for c := n; c < end; c++ {
		if k := f.Kind(c); k == parser.KindContinue || k == parser.KindReturn {
			return true
		}
	}
	return false
}
