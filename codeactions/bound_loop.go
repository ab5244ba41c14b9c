package codeactions

import (
	"fmt"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/analyzers/arch"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// bound is one way to bound a loop: a setting that a call takes.
type bound struct {
	frameworks []string
	calls      []string // last segments of the calls that take it, in the order of preference
	// python and script are what the setting is called in each language; "" where it isn't.
	python, script string
	value          string
	// name and module are what value needs: it is imported where the file does not have it.
	name, module string
	title        string
	where        target
	join         string // how value joins one that is there: "|" for AutoGen's conditions
}

// target tells which of the calls by these names are meant.
type target int

const (
	builds  target = iota // the one that builds what the finding stands on
	members               // those that make the loop's agents
	runs                  // those that run the graph
)

// bounds are the settings of the frameworks (framework-defaults as of 2026-11).
var bounds = []bound{
	{frameworks: []string{"openai-agents"}, calls: []string{"run", "run_sync", "run_streamed", "runStreamed"}, python: "max_turns", script: "maxTurns", value: "10", title: "Stop after 10 turns", where: runs},
	{frameworks: []string{"crewai"}, calls: []string{"Agent"}, python: "max_iter", value: "10", title: "Allow each agent 10 iterations", where: members},
	{frameworks: []string{"autogen"}, calls: []string{"RoundRobinGroupChat", "SelectorGroupChat", "Swarm", "MagenticOneGroupChat", "GraphFlow"}, python: "max_turns", value: "10", title: "Stop after 10 turns"},
	{frameworks: []string{"autogen"}, calls: []string{"RoundRobinGroupChat", "SelectorGroupChat", "Swarm", "MagenticOneGroupChat", "GraphFlow"}, python: "termination_condition", value: "MaxMessageTermination(20)",
		name: "MaxMessageTermination", module: "autogen_agentchat.conditions", title: "Stop after 20 messages", join: "|"},
	{frameworks: []string{"autogen", "autogen-0.2", "autogen02", "ag2"}, calls: []string{"GroupChat"}, python: "max_round", value: "10", title: "Stop after 10 rounds"},
	{frameworks: []string{"autogen", "autogen-0.2", "autogen02", "ag2"}, calls: []string{"initiate_chat", "a_initiate_chat"}, python: "max_turns", value: "10", title: "Stop after 10 turns", where: runs},
	{frameworks: []string{"autogen-0.2", "autogen02", "ag2"}, calls: []string{"ConversableAgent", "AssistantAgent", "UserProxyAgent"}, python: "max_consecutive_auto_reply", value: "10", title: "Let each agent reply 10 times in a row", where: members},
	{frameworks: []string{"google-adk"}, calls: []string{"LoopAgent"}, python: "max_iterations", script: "maxIterations", value: "5", title: "Stop after 5 iterations"},
	{frameworks: []string{"aisdk"}, calls: []string{"generateText", "streamText", "ToolLoopAgent", "Agent", "Experimental_Agent"}, script: "stopWhen", value: "stepCountIs(10)", name: "stepCountIs", module: "ai", title: "Stop after 10 steps"},
	{frameworks: []string{"smolagents"}, calls: []string{"CodeAgent", "ToolCallingAgent", "MultiStepAgent"}, python: "max_steps", value: "10", title: "Allow each agent 10 steps", where: members},
	{frameworks: []string{"pydantic-ai"}, calls: []string{"run", "run_sync", "run_stream", "iter"}, python: "usage_limits", value: "UsageLimits(request_limit=20)", name: "UsageLimits", module: "pydantic_ai", title: "Allow 20 requests", where: runs},
	{frameworks: []string{"mastra"}, calls: []string{"generate", "stream", "network"}, script: "maxSteps", value: "10", title: "Stop after 10 steps", where: runs},
}

// boundLoop offers to bound a loop where its framework has a setting for it. A run that
// stops earlier is another behaviour, so none of it is preferred.
func boundLoop(f *parser.File, finding *diagnostics.Finding) []Action {
	fix, ok := finding.Fix.(*arch.LimitFix)
	if !ok || fix.Source == nil || !sameText(fix.Source, f.Source) {
		return nil
	}
	b := &bounder{File: f, fix: fix}
	var actions []Action
	for i := range bounds {
		row := &bounds[i]
		if slices.Contains(row.frameworks, fix.Graph.Framework) {
			actions = b.offer(actions, row.title+" ("+b.setting(row)+")", func(d *draft) bool { return b.set(d, row) })
		}
	}
	if fix.Graph.Framework == "langgraph" {
		actions = b.offer(actions, "Stop after 25 steps (recursion limit)", b.configure)
	}
	if fix.Graph.Framework == "plain" {
		actions = b.offer(actions, "Stop after 10 rounds (a counted loop)", b.count)
	}
	return actions
}

// sameText reports whether a finding's places are those of the text at hand.
func sameText(a, b *text.Text) bool { return a == b || a.Len() == b.Len() && a.String() == b.String() }

type bounder struct {
	*parser.File
	fix *arch.LimitFix
}

// offer adds an action, if it has edits and what they make can still be read.
func (b *bounder) offer(actions []Action, title string, edit func(*draft) bool) []Action {
	d := &draft{File: b.File}
	if !edit(d) || len(d.edits) == 0 {
		return actions
	}
	edits := d.done()
	if !b.Broken() && parser.Parse(b.Path, "", text.New(applied(b.Source.String(), edits))).Broken() {
		return actions
	}
	return append(actions, Action{Title: title, edits: func() []Edit { return edits }})
}

// applied is source with edits, which must be sorted and apart.
func applied(source string, edits []Edit) string {
	var out strings.Builder
	at := 0
	for _, e := range edits {
		if e.Span.Start < at {
			return source
		}
		out.WriteString(source[at:e.Span.Start] + e.New)
		at = e.Span.End
	}
	return out.String() + source[at:]
}

// setting is what a row's setting is called in the file's language.
func (b *bounder) setting(row *bound) string {
	if b.Language.IsScript() {
		return row.script
	}
	return row.python
}

// set gives the setting to the calls that are meant.
func (b *bounder) set(d *draft, row *bound) bool {
	name, value := b.setting(row), row.value
	if name == "" {
		return false
	}
	calls := b.targets(row)
	if len(calls) == 0 {
		return false
	}
	if row.name != "" {
		use := calls[0].Node
		if len(calls) > 1 {
			use = 0
		}
		local, ok := d.importName(row.module, row.name, use)
		if !ok {
			return false
		}
		value = strings.Replace(value, row.name, local, 1)
	}
	for _, c := range calls {
		switch arg, ok := b.Argument(c, name, -1); {
		case !ok:
			if !d.addSetting(c, name, value) {
				return false
			}
		case row.join != "" && b.Eval(arg.Value).Kind != parser.None:
			d.insert(b.Span(arg.Value).End, fmt.Sprintf(" %s %s", row.join, value))
		default: // max_turns=None, stopWhen: isLoopFinished()
			d.replace(b.Span(arg.Value), value)
		}
	}
	return true
}

// targets are the calls in this file that a row means.
func (b *bounder) targets(row *bound) []*parser.Call {
	var calls []*parser.Call
	for i := range b.Calls {
		c := &b.Calls[i]
		if slices.Contains(row.calls, c.Name) && b.meant(c, row.where) {
			calls = append(calls, c)
		}
	}
	return calls
}

func (b *bounder) meant(c *parser.Call, where target) bool {
	g := b.fix.Graph
	switch where {
	case builds:
		return b.at(g.Place, c.Node) || b.at(b.fix.Loop.Place, c.Node)
	case members:
		for i := range g.Nodes {
			if n := &g.Nodes[i]; slices.Contains(b.fix.Loop.Nodes, n.Name) && b.at(n.Place, c.Node) {
				return true
			}
		}
		return false
	}
	return b.runsGraph(c)
}

// runsGraph reports whether a call is given, or is a method of, an agent of the graph: Runner.run(triage, …), agent.run(…).
func (b *bounder) runsGraph(c *parser.Call) bool {
	callee := b.Unwrap(c.Callee)
	asked := []parser.NodeID{b.Field(callee, parser.FieldObject)}
	if len(c.Args) > 0 {
		asked = append(asked, c.Args[0].Value)
		if a, ok := b.Argument(c, "starting_agent", 0); ok {
			asked[1] = a.Value
		}
	}
	g := b.fix.Graph
	for _, n := range asked {
		if n == parser.NoNode || b.Kind(n) != parser.KindIdentifier {
			continue
		}
		for i := range g.Nodes {
			node := &g.Nodes[i]
			if node.Name == b.Slice(n) || slices.Contains(node.Aliases, b.Slice(n)) {
				for _, d := range b.DefsOf(n) {
					if d.Kind == parser.ImportDef || d.Value != parser.NoNode && b.at(node.Place, b.Unwrap(d.Value)) {
						return true
					}
				}
			}
		}
	}
	return false
}

// at reports whether a node is what stands at a place, or the call around it.
func (b *bounder) at(p agents.Place, n parser.NodeID) bool {
	span := b.Locate(b.Span(n))
	return p.Path == b.Path && span.Start <= p.Span.Start && p.Span.End <= span.End && b.startLine(span) == b.startLine(p.Span)
}

func (b *bounder) startLine(s text.Span) int { return b.Source.LineOf(s.Start) }
