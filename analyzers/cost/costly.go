package cost

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/estimate"
	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
)

var costlyModel = &rule{file: costly, Rule: diagnostics.Rule{
	ID: "COST-001", Title: "Costly model in a loop", Family: "cost", Severity: diagnostics.Warning, Since: "0.1.0", Languages: languages,
	Doc: `## What it does
Reports a loop that asks a model for which its provider has a cheaper one, where the difference is worth a look: at least ` + "`cost.min_saving_per_month`" + ` USD ($5) at ` + "`cost.runs_per_month`" + ` runs (1,000).

A loop that retries, or that reads a stream, does not count. An agent's loop, whose model chooses among tools, and a conversation with a person are hints only: another model may choose, or talk, otherwise. A model that a configuration or the environment names is left to them.

## Why is this bad?
What is done for each element of a list is often simple: to classify, extract, summarize. A model one step down in price does most of it as well, and a loop multiplies the difference.

The figures are estimates: the prompt's text is counted, what is only known at run time is assumed, and how often a loop goes round too, unless the code tells. ` + "`[cost]`" + ` in qodacode.toml says better.

## Example
` + "```python" + `
for ticket in tickets:
    client.messages.create(model="claude-opus-5-5", max_tokens=1000, messages=[{"role": "user", "content": ticket}])
` + "```" + `
Try the next model down, and compare the answers on a sample:
` + "```python" + `
for ticket in tickets:
    client.messages.create(model="claude-haiku-5-5", max_tokens=1000, messages=[{"role": "user", "content": ticket}])
` + "```" + `
The code action "Replace …" writes the cheaper model's id, and with it the arguments that the model takes under another name or refuses.
`,
}}

// costly reports the models of calls in loops, once per place that names one.
func costly(p *pass) {
	if isTest(p.File) {
		return
	}
	type group struct {
		fix       *SwapFix
		loops     []*parser.Loop
		calls     []*estimate.Call
		agentic   bool
		now, then float64 // USD per run
		times     estimate.Range
	}
	var order []parser.NodeID
	groups := map[parser.NodeID]*group{}
	for _, c := range p.Calls {
		s := c.Site
		if !loops(c) || s.Kind != llm.Request || !priced(c) || s.Platform != llm.Direct || c.Model.Status != "active" || configured(&s.Model) {
			continue
		}
		if from, ok := p.Prices.Lookup(s.Model.ID); !ok || from.ID != c.Model.ID {
			continue // the configuration gives the id another meaning
		}
		to, with := p.cheaper(c)
		if to == nil {
			continue
		}
		at := placeOf(s)
		g := groups[at]
		if g == nil {
			fix := newSwap(p.Prices, c.Model, s)
			prefix, _ := pricing.SplitGateway(s.Model.ID)
			fix.To, fix.New, fix.Cheaper = to, prefix+to.ID, true
			g = &group{fix: fix, agentic: true}
			groups[at] = g
			order = append(order, at)
		}
		now, times := p.perRun(c)
		g.now += now.Expected
		g.then += with.Times(times).Expected
		g.times = times
		g.agentic = g.agentic && isAgentic(p.File, s)
		g.calls, g.loops = append(g.calls, c), append(g.loops, s.Loop)
		g.fix.Input = max(g.fix.Input, c.Prompt.Input.Expected)
	}
	for _, at := range order {
		g := groups[at]
		perMonth, ok := p.worthIt(g.now - g.then)
		if !ok {
			continue
		}
		for _, c := range p.Calls { // all that an edit of the id changes
			if placeOf(c.Site) == at {
				g.fix.Sites = append(g.fix.Sites, c.Site)
			}
		}
		g.fix.Saving = perMonth
		where := "in a loop of " + inRounds(g.times)
		if len(g.calls) > 1 {
			where = fmt.Sprintf("in %d calls in loops", len(g.calls))
		}
		d := diagnostics.Finding{Rule: "COST-001", Span: p.Span(at), Fix: g.fix, Message: fmt.Sprintf("%s %s: ≈ %s per run; %s would cost ≈ %s, %s",
			g.fix.From.ID, where, estimate.FormatUSD(g.now), g.fix.To.ID, estimate.FormatUSD(g.then), p.saves(perMonth))}
		if g.agentic {
			d.Severity = diagnostics.Hint
		}
		for i, c := range g.calls {
			d.Related = appendLoop(d.Related, p.File, g.loops[i])
			if !p.Within(at, c.Site.Call.Node) {
				d.Related = append(d.Related, diagnostics.Related{Span: p.Span(c.Site.Method), Message: "this call uses it"})
			}
		}
		p.Report(d)
	}
}

// appendLoop adds a loop to what is related to a finding, unless it is there.
func appendLoop(related []diagnostics.Related, f *parser.File, l *parser.Loop) []diagnostics.Related {
	span := loopSpan(f, l)
	for _, r := range related {
		if r.Span == span {
			return related
		}
	}
	return append(related, diagnostics.Related{Span: span, Message: "this loop repeats the call"})
}

// isAgentic reports whether a loop is an agent's own or a conversation's: the model chooses
// among tools, and either runs on by itself or is asked again until it has done, or a person
// asks it.
func isAgentic(f *parser.File, s *llm.Site) bool {
	if asksPeople(f, s.Loop.Node) {
		return true
	}
	if runsAgent(s) {
		return s.Config == nil || hasTools(s)
	}
	_, tools := s.Setting(llm.Tools)
	return tools != llm.Absent && (s.Loop.Kind == parser.WhileLoop || growsIn(f, s, s.Loop))
}

// people are functions that wait for somebody to type, peoplesLibraries the packages whose ask
// and confirm do.
var (
	people           = map[string]bool{"input": true, "question": true, "prompt": true, "ainput": true, "prompt_async": true, "raw_input": true}
	peoplesLibraries = []string{"rich.", "questionary", "click.", "typer.", "inquirer", "@inquirer/", "@clack/", "prompts.", "enquirer"}
)

// asksPeople reports whether the code at n waits for somebody to type.
func asksPeople(f *parser.File, n parser.NodeID) bool {
	return slices.ContainsFunc(callsIn(f, n), func(c parser.Call) bool {
		if people[c.Name] {
			return true
		}
		if c.Name != "ask" && c.Name != "confirm" && c.Name != "select" && c.Name != "text" {
			return false
		}
		q := f.QName(c.Callee)
		return slices.ContainsFunc(peoplesLibraries, func(library string) bool { return strings.HasPrefix(q, library) })
	})
}

// toolArguments give an agent something to choose from besides its tools.
var toolArguments = []string{"mcp_servers", "mcpServers", "handoffs", "capabilities", "sub_agents", "subAgents", "toolsets", "agents"}

func hasTools(s *llm.Site) bool {
	if _, tools := s.Setting(llm.Tools); tools != llm.Absent {
		return true
	}
	for c, depth := s.Config, 0; c != nil && depth < 8; c, depth = c.Config, depth+1 {
		for _, name := range toolArguments {
			if _, ok := llm.Argument(c.File, c.Call, name, -1); ok {
				return true
			}
		}
	}
	return false
}

// settingsName matches names of classes, variables and modules that hold configuration.
var settingsName = regexp.MustCompile(`(?i)(^|_|[a-z])(settings?|config|configuration|options|env)$`)

type isSettingsKey struct{}

// configured reports whether a model's id is a matter of configuration: the environment's, a
// settings object's, a config file's.
func configured(m *llm.Model) bool {
	if m.Literal == parser.NoNode || m.File == nil {
		return m.Default
	}
	f, parent := m.File, m.File.Parent(m.Literal)
	if m.Default && f.Kind(parent) != parser.KindParameter && f.Kind(parent) != parser.KindDefaultPattern {
		return true // the environment may say otherwise
	}
	if parser.Memo(f, isSettingsKey{}, func() bool {
		base := path.Base(f.Path)
		return settingsName.MatchString(strings.TrimSuffix(base, path.Ext(base)))
	}) {
		return true
	}
	c := f.ClassAround(m.Literal)
	return c != nil && settingsName.MatchString(c.Name) && f.EnclosingFunc(m.Literal) == nil
}
