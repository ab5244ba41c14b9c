package cost

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/analyzers/estimate"
	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
)

var unlimitedAgent = &rule{file: highLimits, project: openLoops, Rule: diagnostics.Rule{
	ID: "COST-011", Title: "Agent loop without a cap", Family: "cost", Severity: diagnostics.Warning, Since: "0.1.0", Languages: languages,
	Doc: `## What it does
Reports loops of agents that nothing but a model's answer ends, with what a round of them costs:

- a ` + "`while True`" + ` around a request that ends when the model says so, or asks for no more tools,
- a graph or a team whose framework sets no limit or a very high one: LangGraph for Python stops after 10,007 steps, an AutoGen team without a termination condition never,
- a limit that the code takes away (` + "`max_turns=None`" + `) or sets to 100 rounds and more.

A loop that counts its rounds, one that asks a person, and a framework's own limit below 100 are left alone.

## Why is this bad?
A model that is not content, or a tool that fails each time, keeps the loop going, and each round sends all rounds before it again. The bill then has no upper end: a limit costs nothing and gives it one.

## Example
` + "```python" + `
import agents

agent = agents.Agent(name="researcher", model="gpt-6.1-sol", tools=[search])
agents.Runner.run_sync(agent, question, max_turns=500)
` + "```" + `
Allow what a good run needs, with some room:
` + "```python" + `
import agents

agent = agents.Agent(name="researcher", model="gpt-6.1-sol", tools=[search])
agents.Runner.run_sync(agent, question, max_turns=15)
` + "```" + `
The code action adds the framework's setting. A loop that is meant to run for ever is silenced with ` + "`# qodacode:ignore COST-011 -- reason`" + `.
`,
}}

const (
	// noCap is from where on a limit of rounds limits nothing.
	noCap = 100
	// soundRounds is what is offered: LangGraph's own limit for years, and CrewAI's.
	soundRounds = 25
)

// highLimits reports limits that the code takes away or sets too high to save anyone.
func highLimits(p *pass) {
	told := map[parser.NodeID]bool{}
	for _, c := range p.Calls {
		s := c.Site
		if s.Kind == llm.ModelConfig || s.Kind == llm.Embedding || c.Model != nil && c.Requests == estimate.Exactly(1) {
			continue
		}
		l := s.Limit()
		if l.What == "" || s.SDK == "langgraph" {
			continue // a graph need not ask a model: see highSteps
		}
		at, what := s.Method, ""
		v, there := s.Setting(llm.Rounds)
		if l.Arg != parser.NoNode && l.File == p.File {
			if at = l.Arg; there == llm.Present && v.Arg != parser.NoNode {
				at = v.Arg
			}
		}
		switch {
		case l.Source == llm.Explicit && l.Value >= noCap:
			what = fmt.Sprintf("%s=%d hardly limits the agent", l.What, l.Value)
		case l.Source == llm.NoLimit && l.Arg == parser.NoNode && there == llm.Absent:
			a, given := llm.Argument(s.File, s.Call, l.What, -1)
			if !given || a.Kind != parser.None || a.File != p.File {
				continue
			}
			at = a.Arg
			what = fmt.Sprintf("%s is switched off: nothing but the model's answer ends the agent's loop", l.What)
		case l.Source == llm.NoLimit && there == llm.Present && neverEnds(v):
			what = "Nothing but the model's answer ends the agent's loop"
		default:
			continue
		}
		if told[at] || isTest(p.File) {
			continue
		}
		told[at] = true
		if priced(c) && c.Requests.Expected > 0 {
			what += fmt.Sprintf(": each round costs ≈ %s", estimate.FormatUSD(c.Cost.Expected/c.Requests.Expected))
			if w := c.Worst; w.Known && w.Origin == llm.Explicit {
				what += fmt.Sprintf(", and a run up to %s", estimate.FormatUSD(w.USD))
			}
		}
		p.Report(diagnostics.Finding{Rule: "COST-011", Span: p.Span(at), Message: what, Fix: &CapFix{Site: s, Setting: llm.Rounds, Value: soundRounds}})
	}
}

// neverEnds reports whether a condition of the AI SDK leaves it to the model to stop.
func neverEnds(v llm.Value) bool {
	if v.File == nil {
		return false
	}
	c := v.File.CallAt(v.File.Unwrap(v.Expr))
	return c != nil && (c.Name == "isLoopFinished" || c.Name == "hasToolCall")
}

// openLoops reports loops of graphs that only a model ends.
func openLoops(p *projectPass) {
	for _, g := range p.Graphs {
		if testPath.MatchString(g.Place.Path) || g.Limit.Value > 0 && g.Limit.Value < noCap {
			continue
		}
		if g.Limit.Source == "explicit" && g.Limit.Value > 0 {
			p.highSteps(g)
			continue
		}
		told := map[agents.Place]bool{}
		for i := range g.Loops {
			l := &g.Loops[i]
			if !modelEnds(l) || told[l.Place] || p.limitedElsewhere(g) || g.Framework == "plain" && !p.isWhile(l.Place) {
				continue
			}
			round, asks := p.round(g, l.Nodes)
			if !asks {
				continue
			}
			told[l.Place] = true
			at := closing(g, l)
			message := "Each round of this loop asks a model"
			if round > 0 {
				message = fmt.Sprintf("Each round of this loop costs ≈ %s", estimate.FormatUSD(round))
			}
			if l.Decider == agents.Nobody {
				message += ", and nothing ends it"
			} else {
				message += ", and nothing but the model's answer ends it"
			}
			if v := g.Limit.Value; v > 0 {
				message += fmt.Sprintf(" before %s, which is %s where the code does not set it", g.Limit.What, estimate.Thousands(float64(v)))
			}
			d := diagnostics.Finding{Rule: "COST-011", Span: at.Span, Message: message}
			if s := p.runOf(g); s != nil && s.File.Path == at.Path {
				d.Fix = &CapFix{Site: s, Setting: llm.Rounds, Value: soundRounds}
			}
			p.Report(at.Path, d)
		}
	}
}

var (
	// budgeted matches middleware and arguments that limit how often a model is asked.
	budgeted = regexp.MustCompile(`(?i)CallLimit|limit\w*middleware|budget`)
	// fakeModels match models that tests use: they cost nothing.
	fakeModels = regexp.MustCompile(`Fake\w*(Model|LLM)|\bMock(LLM|ChatModel)`)
)

// limitedElsewhere reports whether what builds or runs a graph limits it in a way that the
// graph does not show, or asks no real model.
func (p *projectPass) limitedElsewhere(g *agents.Graph) bool {
	for _, f := range p.Reading.Project.Files() {
		if f.Path != g.Place.Path {
			continue
		}
		source := f.Source.String()
		return g.Limit.What != "" && strings.Contains(source, g.Limit.What) || fakeModels.MatchString(source) || budgeted.MatchString(f.Source.Slice(g.Place.Span))
	}
	return false
}

// closing is where a reader looks for what ends a loop: the choice that starts it over, the
// team whose members take turns, else its first member.
func closing(g *agents.Graph, l *agents.Loop) agents.Place {
	for i := range g.Edges {
		e := &g.Edges[i]
		if !e.Kind.IsControl() || !slices.Contains(l.Nodes, e.From) || !slices.Contains(l.Nodes, e.To) {
			continue
		}
		switch {
		case e.Kind == agents.Speaker, e.Kind == agents.LoopBack && g.Framework != "plain":
			return g.Place
		case (e.Kind == agents.Cond || e.Kind == agents.Goto) && e.Place.Path != "" && e.Condition.Decider != "":
			return e.Place
		}
	}
	return l.Place
}

// highSteps reports a limit of a graph's steps that limits nothing, where the graph is run.
func (p *projectPass) highSteps(g *agents.Graph) {
	var names []string
	for i := range g.Nodes {
		names = append(names, g.Nodes[i].Name)
	}
	round, asks := p.round(g, names)
	s := p.runOf(g)
	if !asks || len(g.Loops) == 0 || s == nil || s.SDK != "langgraph" || s.Limit().Arg == parser.NoNode || s.Limit().File != s.File {
		return
	}
	message := fmt.Sprintf("%s=%d hardly limits the graph", g.Limit.What, g.Limit.Value)
	if round > 0 {
		message += fmt.Sprintf(": its nodes cost ≈ %s each time around", estimate.FormatUSD(round))
	}
	f := s.File
	p.Report(f.Path, diagnostics.Finding{Rule: "COST-011", Span: f.Locate(f.Span(s.Limit().Arg)), Message: message, Fix: &CapFix{Site: s, Setting: llm.Rounds, Value: soundRounds}})
}

// isWhile reports whether what stands at a place is in a while loop that goes on without
// people: one that a program writes around its calls, and no function that calls itself.
func (p *projectPass) isWhile(at agents.Place) bool {
	for _, f := range p.Reading.Project.Files() {
		if f.Path != at.Path {
			continue
		}
		if offset, ok := f.Covered(at.Span.Start); ok {
			l := f.EnclosingLoop(f.At(offset))
			return l != nil && l.Kind == parser.WhileLoop && !asksPeople(f, l.Node)
		}
	}
	return false
}

// modelEnds reports whether a loop goes on until a model says otherwise.
func modelEnds(l *agents.Loop) bool {
	if l.Bound.Effective && (!l.Bound.Default || l.Bound.Value > 0 && l.Bound.Value < noCap) {
		return false
	}
	return l.Place.Path != "" && (l.Decider == agents.ToolCall || l.Decider == agents.Verdict || l.Decider == agents.Nobody)
}

// round is what a round of a loop through some nodes costs in USD, 0 where that is not known,
// and whether it asks a model.
func (p *projectPass) round(g *agents.Graph, nodes []string) (cost float64, asks bool) {
	known := true
	for i := range g.Nodes {
		n := &g.Nodes[i]
		if !slices.Contains(nodes, n.Name) {
			continue
		}
		asks = asks || n.Calls || n.Model != "" || n.Kind == agents.Agent || n.Kind == agents.Manager
		if c := p.request(n.Place); c > 0 {
			cost += c
		} else if c, ok := p.NodeCost(g, i); ok {
			cost += c.Expected
		} else if n.Calls || n.Model != "" {
			known = false
		}
	}
	if !known {
		return 0, asks
	}
	return cost, asks
}

// request is what one request of the call or the agent at a place costs in USD; 0 where there
// is none. A visit of an agent's node would be a whole run of it.
func (p *projectPass) request(at agents.Place) float64 {
	for _, c := range p.Calls {
		s := c.Site
		if s.Kind != llm.Agent && s.Kind != llm.Request || s.File.Path != at.Path || !priced(c) {
			continue
		}
		if span := s.File.Locate(s.File.Span(s.Call.Node)); span.Start <= at.Span.Start && at.Span.End <= span.End {
			return c.Cost.Expected / max(1, c.Requests.Expected)
		}
	}
	return 0
}

// runOf is the one call that runs a graph and has a place for its limit, or nil.
func (p *projectPass) runOf(g *agents.Graph) *llm.Site {
	for _, f := range p.Reading.Project.Files() {
		if f.Path != g.Place.Path {
			continue
		}
		var found *llm.Site
		sites := llm.Sites(f)
		for i := range sites {
			s := &sites[i]
			if l := s.Limit(); !s.Kind.Spends() || l.What != g.Limit.What || l.What == "" || l.Source == llm.Explicit && l.Value != g.Limit.Value {
				continue
			}
			if found != nil {
				return nil
			}
			found = s
		}
		return found
	}
	return nil
}
