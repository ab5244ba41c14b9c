package cost

import (
	"fmt"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/estimate"
	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
)

// unknownFloor is the shortest prefix, in tokens, that is taken to be cached where the
// model's own minimum is not known: the highest that Anthropic has had.
const unknownFloor = 4096

// handlerHits is the share of web requests that are taken to come while the prefix of an
// earlier one is still cached: five minutes, or an hour at a higher price.
const handlerHits = 0.5

// handlerRuns is how many runs a month a handler must have for its requests to come close
// enough to each other now and then: about ten a day.
const handlerRuns = 300

var uncachedPrefix = &rule{file: uncachedPrefixes, Rule: diagnostics.Rule{
	ID: "COST-004", Title: "Constant prompt not cached", Family: "cost", Severity: diagnostics.Warning, Since: "0.1.0", Languages: languages,
	Doc: `## What it does
Reports requests to Claude that begin with the same long text each time (tools and system prompt), in a loop, an agent or a web request, and do not mark it for the prompt cache.

Claude caches what it is told to, if it is long enough: 512 tokens (Opus 5, Fable 5), 1,024 (Sonnet 4 and 5, Opus 4.8), 2,048 (Opus 4.7) or 4,096 (Opus 4.5 and 4.6, Haiku 4.5). What is shorter than the model's own minimum, or is sent only once in the five minutes that an entry lives, is not reported.

## Why is this bad?
To read a prefix from the cache costs a tenth of its price as input, to write it a quarter more, once. Without the mark the whole is paid each time. Other providers cache by themselves.

## Example
` + "```python" + `
RULES = """You answer for the shop. … (2,000 words)"""

for ticket in tickets:
    client.messages.create(model="claude-sonnet-5", max_tokens=500, system=RULES, messages=[{"role": "user", "content": ticket}])
` + "```" + `
Mark what stays the same:
` + "```python" + `
RULES = """You answer for the shop. … (2,000 words)"""

for ticket in tickets:
    client.messages.create(
        model="claude-sonnet-5", max_tokens=500,
        system=[{"type": "text", "text": RULES, "cache_control": {"type": "ephemeral"}}],
        messages=[{"role": "user", "content": ticket}],
    )
` + "```" + `
The code action writes the mark.
`,
}}

// cacheMarks are parts of what marks a prompt for the provider's cache, in any library.
var cacheMarks = []string{"cache_control", "cacheControl", "cachePoint", "cache_point", "PromptCaching", "anthropic_cache", "prompt_cach", "promptCach"}

// uncachedPrefixes reports requests to Claude whose constant prefix nothing marks.
func uncachedPrefixes(p *pass) {
	if isTest(p.File) {
		return
	}
	for _, c := range p.Calls {
		s := c.Site
		if s.Kind != llm.Request || !isClaude(c) || s.File != p.File {
			continue
		}
		if _, there := s.Setting(llm.CacheControl); there != llm.Absent {
			continue
		}
		floor := unknownFloor
		if c.Model != nil && c.Model.MinCacheTokens > 0 {
			floor = c.Model.MinCacheTokens
		}
		constant := constantPrefix(c)
		if constant < float64(floor) || slices.ContainsFunc(cacheMarks, func(mark string) bool { return strings.Contains(p.Text.String(), mark) }) {
			continue
		}
		d := diagnostics.Finding{Rule: "COST-004", Span: p.Span(s.Method)}
		fix := &PromptCacheFix{Call: c}
		times, _ := p.Repeat(s)
		uses, hits, where := times.Expected*c.Requests.Expected, 1.0, ""
		switch turns := c.Requests.Expected; {
		case loops(c) && times.Expected >= 2:
			where = "in each of " + inRounds(times)
			d.Related = appendLoop(nil, p.File, s.Loop)
			fix.Growing = growsIn(p.File, s, s.Loop)
		case turns >= 2:
			where, fix.Growing = fmt.Sprintf("in each of ~%s requests of the agent", estimate.Thousands(turns)), true
		case p.settings().RunsPerMonth >= handlerRuns && p.around().inHandler(s.Call.Node):
			where, hits = "in each web request", handlerHits
		default:
			continue
		}
		d.Message = fmt.Sprintf("The same ~%s tokens begin the prompt %s, and nothing marks them for the prompt cache", estimate.Thousands(constant), where)
		if priced(c) && s.Platform == llm.Direct {
			price := c.Model.PriceAt(p.Now)
			if price.CacheRead <= 0 {
				continue
			}
			read, write := price.Input-price.CacheRead, max(0, price.CacheWrite-price.Input)
			perRun := constant / 1e6 * ((uses-1)*read - write)
			if where == "in each web request" {
				perRun = constant / 1e6 * (hits*read - (1-hits)*write)
			}
			perMonth, ok := p.worthIt(perRun)
			if !ok {
				continue
			}
			d.Message += ": " + p.saves(perMonth)
			if hits < 1 {
				d.Message += ", if half of them find it there"
			}
		}
		d.Fix = fix
		p.Report(d)
	}
}

// constantPrefix is how many of the model's own tokens begin the prompt each time.
func constantPrefix(c *estimate.Call) float64 {
	if c.Model != nil {
		_, factor, _ := pricing.Factor(c.Model.Tokenizer)
		return float64(c.Prompt.Prefix) * factor
	}
	tokens := 0
	parts, _ := promptOf(c.Site)
	for _, part := range parts {
		if part.slot != parser.NoNode {
			break
		}
		tokens += pricing.Count(part.text)
	}
	return float64(tokens)
}

// isClaude reports whether a request goes to a model that caches what it is told to cache.
func isClaude(c *estimate.Call) bool {
	if c.Model != nil {
		return c.Model.Provider == pricing.Anthropic
	}
	s := c.Site
	return (s.SDK == "anthropic" || strings.Contains(s.Model.ID, "claude")) && s.Platform != llm.Custom
}
