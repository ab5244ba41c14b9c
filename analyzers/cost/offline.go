package cost

import (
	"fmt"
	"regexp"

	"github.com/qodacode/qodacode/analyzers/estimate"
	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
)

// offlineRounds is how many rounds a loop must have for a batch to be worth its trouble.
const offlineRounds = 20

var offlineLoop = &rule{file: offlineLoops, Rule: diagnostics.Rule{
	ID: "COST-006", Title: "Offline loop at the price of an answer at once", Family: "cost", Severity: diagnostics.Info, Since: "0.1.0", Languages: languages,
	Doc: `## What it does
Reports a loop of 20 rounds or more, or over a file or data set of unknown length, that asks a model for each element while nobody waits: in a script, a job, a notebook or below ` + "`__main__`" + `, where the answers are only collected. ` + "`batchable = true`" + ` in ` + "`[[cost.paths]]`" + ` says so of other files.

Silent in code that answers web requests, where answers are streamed or a person types, and where one round needs what another one found.

## Why is this bad?
Providers answer for half the price when they may take their time: in a batch, within 24 hours, or, at OpenAI, at the service tier ` + "`flex`" + `, within minutes.

## Example
` + "```python" + `
for line in open("reviews.txt"):
    results.append(openai.responses.create(model="gpt-5.6-sol", input=f"Summarize: {line}"))
` + "```" + `
Ask for the cheaper tier, or send the whole as a batch:
` + "```python" + `
for line in open("reviews.txt"):
    results.append(openai.responses.create(model="gpt-5.6-sol", input=f"Summarize: {line}", service_tier="flex"))
` + "```" + `
A request at ` + "`flex`" + ` may be refused when there is no capacity: try again, or fall back.
`,
}}

// offlineLoops reports loops whose requests may wait.
func offlineLoops(p *pass) {
	if isTest(p.File) {
		return
	}
	for _, c := range p.Calls {
		s := c.Site
		if !loops(c) || s.Kind != llm.Request || !priced(c) || s.Platform != llm.Direct || c.Model.BatchFactor <= 0 || c.Model.BatchFactor >= 1 {
			continue
		}
		cost, times := p.perRun(c)
		if times.IsExact() && times.Expected < offlineRounds || !times.IsExact() && !p.overData(s.Loop) && times.Expected < offlineRounds {
			continue
		}
		if !p.mayWait(c) || !p.nobodyWaits(s) {
			continue
		}
		perMonth, ok := p.worthIt(cost.Expected * (1 - c.Model.BatchFactor))
		if !ok {
			continue
		}
		d := diagnostics.Finding{Rule: "COST-006", Span: p.Span(s.Method), Related: appendLoop(nil, p.File, s.Loop)}
		how := "a batch"
		if c.Model.Provider == pricing.OpenAI && s.Takes(llm.ServiceTier) {
			how = "a batch or the service tier flex"
			d.Fix = &ServiceTierFix{Call: c, Tier: "flex"}
		}
		d.Message = fmt.Sprintf("Nobody waits for these %s, ≈ %s per run: %s costs ×%v, %s",
			inRounds(times), estimate.FormatUSD(cost.Expected), how, c.Model.BatchFactor, p.saves(perMonth))
		p.Report(d)
	}
}

// mayWait reports whether a request says nothing that needs an answer at once: it is not
// streamed, calls no tools, and keeps no conversation.
func (p *pass) mayWait(c *estimate.Call) bool {
	s := c.Site
	if streams(s) || runsAgent(s) || c.Requests.Expected > 1 || growsIn(p.File, s, s.Loop) {
		return false
	}
	for _, what := range []llm.Setting{llm.Tools, llm.History, llm.ServiceTier} {
		if _, there := s.Setting(what); there != llm.Absent {
			return false
		}
	}
	return p.settings().ServiceTier == "standard"
}

// nobodyWaits reports whether a site's loop runs offline and only collects.
func (p *pass) nobodyWaits(s *llm.Site) bool {
	_, batchable := p.Config.CostOf(p.File.Path)
	around := p.around()
	if !batchable && !isJob(p.File) && !around.inScript(s.Call.Node) || around.inHandler(s.Call.Node) {
		return false
	}
	l := s.Loop
	if l.Kind == parser.WhileLoop && !batchable {
		return false // waits for something to happen
	}
	for _, c := range callsIn(p.File, l.Node) {
		switch c.Name {
		case "input", "question", "prompt", "ainput", "sleep", "speak", "say":
			return false
		}
	}
	others := 0
	for _, c := range p.Calls {
		if c.Site.Kind == llm.Request && c.Site.Loop == l {
			others++
		}
	}
	return others == 1 && !p.carried(s, l) && !leavesEarly(p.File, l)
}

// carried reports whether a round of a loop needs what an earlier one found: a name that the
// request depends on is set or changed at or behind it.
func (p *pass) carried(s *llm.Site, l *parser.Loop) bool {
	if !p.Within(s.Call.Node, l.Node) {
		return false
	}
	for i := range s.Call.Args {
		n := s.Call.Args[i].Value
		end := parser.NodeID(p.Nodes[n].Next)
		for c := n; c < end; c++ {
			if k := p.Kind(c); k != parser.KindIdentifier && k != parser.KindShorthand || !isName(p.File, c) {
				continue
			}
			for _, d := range p.DefsOf(c) {
				if p.Within(d.Node, l.Body) && d.Node > s.Call.Node || d.Kind == parser.AugmentedDef && p.Within(d.Node, l.Node) {
					return true
				}
			}
			if changesIn(p.File, p.Slice(c), l.Node) {
				return true
			}
		}
	}
	return false
}

// leavesEarly reports whether a loop ends as soon as something is found.
func leavesEarly(f *parser.File, l *parser.Loop) bool {
	if l.Kind != parser.ForLoop {
		return false
	}
	end := parser.NodeID(f.Nodes[l.Body].Next)
	for n := l.Body; n < end; n++ {
		switch f.Kind(n) {
		case parser.KindFunction, parser.KindLambda:
			n = parser.NodeID(f.Nodes[n].Next) - 1
		case parser.KindBreak, parser.KindYield:
			return true
		case parser.KindReturn:
			return true
		}
	}
	return false
}

var (
	// dataCalls match what reads data of unknown length, dataNames what holds it.
	dataCalls = regexp.MustCompile(`^(open|reader|DictReader|read_csv|read_parquet|read_json|read_excel|read_table|load_dataset|loads?|readlines|read_text|splitlines|iterrows|itertuples|to_dict|glob|rglob|iterdir|listdir|walk|scandir|fetchall|execute|find|query|select|readFileSync|readFile|readdirSync|readdir|createInterface|parse|objects|scan|jsonlines|Path|iter_rows|get_all_records|to_pylist)$`)
	dataNames = regexp.MustCompile(`(?i)(^|_)(df|data|dataset|rows?|records|csv|reader|corpus|lines|files|filenames|paths|docs|documents|dataframe|samples|entries|articles|transcripts|tickets|reviews|emails|examples)$`)
)

// overData reports whether a loop goes over a file or a data set.
func (p *pass) overData(l *parser.Loop) bool {
	if l.Kind == parser.WhileLoop || l.Iter == parser.NoNode {
		return false
	}
	return isData(p.File, l.Iter, 0)
}

func isData(f *parser.File, n parser.NodeID, depth int) bool {
	if n < 0 || depth > 5 {
		return false
	}
	n = f.Unwrap(n)
	switch f.Kind(n) {
	case parser.KindCall:
		c := f.CallAt(n)
		if c == nil {
			return false
		}
		if dataCalls.MatchString(c.Name) {
			return true
		}
		if callee := f.Unwrap(c.Callee); f.Kind(callee) == parser.KindAttribute && isData(f, f.Field(callee, parser.FieldObject), depth+1) {
			return true
		}
		return len(c.Args) > 0 && c.Name != "range" && isData(f, c.Args[0].Value, depth+1)
	case parser.KindSubscript:
		for c := range f.Children(n) {
			if f.KindName(c) == "slice" {
				return false // as many as the slice says
			}
		}
		return isData(f, f.FirstChild(n), depth+1)
	case parser.KindAttribute:
		return isData(f, f.Field(n, parser.FieldObject), depth+1) || dataNames.MatchString(f.Slice(f.AttributeName(n)))
	case parser.KindComprehension:
		for c := range f.Children(n) {
			if f.Kind(c) == parser.KindForClause && isData(f, f.Field(c, parser.FieldRight), depth+1) {
				return true
			}
		}
	case parser.KindIdentifier, parser.KindShorthand:
		defs := f.DefsOf(n)
		for _, d := range defs {
			switch d.Kind {
			case parser.AssignDef, parser.WithDef, parser.LoopDef, parser.UnpackDef:
				if v := f.Unwrap(d.Value); f.Kind(v) == parser.KindList && f.FirstChild(v) != parser.NoNode {
					return false // written out
				}
				if isData(f, d.Value, depth+1) {
					return true
				}
			}
		}
		return dataNames.MatchString(f.Slice(n))
	}
	return false
}
