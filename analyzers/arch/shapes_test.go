package arch

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser/text"
)

// sketch makes a graph of lines: "KIND NAME key=value…" for nodes, "FROM -KIND-> TO" with
// "by DECIDER" and "bound EXPR" for edges, "entry NAME", "limit WHAT VALUE SOURCE", "open".
func sketch(t *testing.T, framework, source string) *agents.Graph {
	t.Helper()
	g := &agents.Graph{Framework: framework, Name: "app", Place: agents.Place{Path: "app.py", Span: text.Span{Start: 0, End: 1}}}
	for i, line := range strings.Split(strings.TrimSpace(source), "\n") {
		place := agents.Place{Path: "app.py", Span: text.Span{Start: 10 * (i + 1), End: 10*(i+1) + 1}}
		words := strings.Fields(line)
		switch {
		case words[0] == "entry":
			g.Entry = words[1:]
		case words[0] == "open":
			g.Unresolved = append(g.Unresolved, agents.Unresolved{Reason: "test"})
		case words[0] == "limit":
			value, _ := strconv.Atoi(words[2])
			g.Limit = agents.Limit{What: words[1], Value: value, Source: words[3]}
		case strings.HasPrefix(words[1], "-"):
			e := agents.Edge{From: words[0], Kind: agents.EdgeKind(strings.Trim(words[1], "->")), To: words[2], Provenance: agents.Exact, Place: place}
			if i := slices.Index(words, "by"); i > 0 {
				e.Condition.Decider = agents.Decider(words[i+1])
			}
			if i := slices.Index(words, "bound"); i > 0 {
				e.Condition.Bound = agents.Bound{Expr: words[i+1], Value: 3, Effective: true}
			}
			if i := slices.Index(words, "dead"); i > 0 {
				e.Condition.Bound = agents.Bound{Expr: words[i+1], Value: 3}
			}
			e.FanOut = slices.Contains(words, "fan")
			g.Edges = append(g.Edges, e)
		default:
			n := agents.Node{Kind: agents.Kind(words[0]), Name: words[1], Place: place}
			for _, w := range words[2:] {
				key, value, _ := strings.Cut(w, "=")
				number, _ := strconv.Atoi(value)
				switch key {
				case "model":
					n.Model = value
				case "tools":
					for i := range number {
						n.Tools = append(n.Tools, fmt.Sprint("t", i))
					}
				case "limit":
					n.Limit = agents.Limit{What: "max_turns", Value: number, Source: "explicit"}
				case "calls":
					n.Calls = true
				case "asks":
					n.Asks = true
				case "implicit":
					n.Implicit = true
				}
			}
			g.Nodes = append(g.Nodes, n)
		}
	}
	for _, e := range g.Edges {
		for _, name := range []string{e.From, e.To} {
			if !slices.ContainsFunc(g.Nodes, func(n agents.Node) bool { return n.Name == name }) {
				kind := agents.Step
				switch name {
				case agents.StartName:
					kind = agents.Start
				case agents.EndName:
					kind = agents.End
				}
				g.Nodes = append(g.Nodes, agents.Node{Name: name, Kind: kind, Calls: kind == agents.Step})
			}
		}
	}
	g.FindLoops()
	return g
}

// many repeats a line with # replaced by a number.
func many(n int, line string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(line, "#", strconv.Itoa(i)) + "\n")
	}
	return b.String()
}

const langgraphLimit = "limit recursion_limit 10007 default\n"

func TestShapes(t *testing.T) {
	tests := []struct {
		name, framework, graph string
		want                   string // findings, a line each
	}{
		{"chain", "langgraph", "entry a\na -seq-> b\nb -seq-> c", ""},
		{"evaluator and reviser", "langgraph", langgraphLimit + "entry writer\nwriter -seq-> critic\ncritic -cond-> writer by llm-verdict\ncritic -cond-> __end__ by llm-verdict",
			"warning ARCH-001 writer → critic → writer: only the LLM's verdict ends this loop; LangGraph stops it after 10007 steps\n" +
				"warning ARCH-004 writer asks a model in each round of writer → critic → writer, up to 10007 steps in one run"},
		{"the same under a tight default", "langgraph", "limit recursionLimit 25 default\nentry writer\nwriter -seq-> critic\ncritic -cond-> writer by llm-verdict\ncritic -cond-> __end__ by llm-verdict",
			"info ARCH-001 writer → critic → writer: the LLM's verdict ends this loop; LangGraph stops it after 25 steps"},
		{"the same with a limit in the code", "langgraph", "limit recursion_limit 25 explicit\nentry writer\nwriter -seq-> critic\ncritic -cond-> writer by llm-verdict\ncritic -cond-> __end__ by llm-verdict", ""},
		{"a limit that is none", "langgraph", "limit recursion_limit 9999 explicit\nentry writer\nwriter -seq-> critic\ncritic -cond-> writer by llm-verdict\ncritic -cond-> __end__ by llm-verdict",
			"warning ARCH-004 recursion_limit allows 9999 calls of a model in one run: that is no limit"},
		{"counter", "langgraph", langgraphLimit + "entry writer\nwriter -seq-> critic\ncritic -cond-> writer by counter bound n<3\ncritic -cond-> __end__ by counter bound n<3", ""},
		{"guard that nothing writes", "langgraph", langgraphLimit + "entry writer\nwriter -seq-> critic\ncritic -cond-> writer by counter dead n<3\ncritic -cond-> __end__ by counter dead n<3",
			"warning ARCH-001 writer → critic → writer: the guard n<3 can't end this loop, as nothing in it writes what the guard reads; LangGraph stops it after 10007 steps\n" +
				"warning ARCH-004 writer asks a model in each round of writer → critic → writer, up to 10007 steps in one run"},
		{"human", "langgraph", langgraphLimit + "step approve asks\nentry writer\nwriter -seq-> approve\napprove -cond-> writer by llm-verdict\napprove -cond-> __end__ by llm-verdict", ""},
		{"agent and tools", "langgraph", langgraphLimit + "toolset tools\nentry agent\nagent -cond-> tools by tool-call\nagent -cond-> __end__ by tool-call\ntools -seq-> agent", ""},
		{"agents that call tools and each other", "langgraph", langgraphLimit + "toolset tools\nentry a\na -cond-> tools by tool-call\ntools -cond-> a\ntools -cond-> b\nb -cond-> tools by tool-call\na -cond-> __end__ by tool-call\nb -cond-> __end__ by tool-call",
			"warning ARCH-001 a → tools → a (and 1 more): only the LLM's choice to call no more tools ends this loop; LangGraph stops it after 10007 steps\n" +
				"warning ARCH-004 a asks a model in each round of a → tools → a (and 1 more), up to 10007 steps in one run"},
		{"tools inside, a verdict around", "langgraph", langgraphLimit + "toolset tools\nentry agent\nagent -cond-> tools by tool-call\nagent -cond-> judge by tool-call\ntools -seq-> agent\njudge -cond-> agent by llm-verdict\njudge -cond-> __end__ by llm-verdict",
			"warning ARCH-001 agent → judge → agent (and 1 more): only the LLM's verdict ends this loop; LangGraph stops it after 10007 steps\n" +
				"warning ARCH-004 agent asks a model in each round of agent → judge → agent (and 1 more), up to 10007 steps in one run"},
		{"supervisor", "langgraph", langgraphLimit + "entry boss\nboss -cond-> a by llm-verdict\nboss -cond-> b by llm-verdict\nboss -cond-> __end__ by llm-verdict\na -seq-> boss\nb -seq-> boss",
			"warning ARCH-001 boss → a → boss (and 1 more): only the LLM's verdict ends this loop; LangGraph stops it after 10007 steps\n" +
				"warning ARCH-004 boss asks a model in each round of boss → a → boss (and 1 more), up to 10007 steps in one run"},
		{"no exit", "langgraph", langgraphLimit + "entry a\na -seq-> b\nb -seq-> a",
			"error ARCH-001 a → b → a: nothing ends this loop; LangGraph stops it after 10007 steps\n" +
				"warning ARCH-004 a asks a model in each round of a → b → a, up to 10007 steps in one run"},
		{"no exit that is known", "langgraph", langgraphLimit + "open\nentry a\na -seq-> b\nb -seq-> a", ""},
		{"itself", "crewai", "entry a\na -cond-> a",
			"error ARCH-001 a → a: nothing ends this loop\nwarning ARCH-004 a asks a model in each round of a → a, and nothing limits the rounds"},
		{"team without an end", "autogen", "team team\nagent a\nagent b\nentry a\nteam -contains-> a\nteam -contains-> b\na -speaker-> b\nb -speaker-> a",
			"error ARCH-001 the team of a and b: nothing ends this loop; it has neither max_turns nor a termination condition that counts\n" +
				"warning ARCH-004 a asks a model in each round of the team of a and b, and nothing limits the rounds"},
		{"handoffs under a tight default", "openai-agents", "limit max_turns 10 default\nagent a\nagent b\nentry a\na -handoff-> b\nb -handoff-> a",
			"info ARCH-001 a → b → a: these agents may hand over to each other again and again; the Agents SDK stops it after 10 turns"},
		{"handoffs under a loose default", "langgraph", langgraphLimit + "agent a\nagent b\nentry a\na -handoff-> b\nb -handoff-> a",
			"warning ARCH-001 a → b → a: these agents may hand over to each other again and again; LangGraph stops it after 10007 steps\n" +
				"warning ARCH-004 a asks a model in each round of a → b → a, up to 10007 steps in one run"},
		{"handoffs under a default between", "google-adk", "limit max_llm_calls 500 default\nagent a\nagent b\nentry a\na -handoff-> b\nb -handoff-> a",
			"info ARCH-001 a → b → a: these agents may hand over to each other again and again; ADK stops it after 500 calls"},
		{"handoffs, limited", "openai-agents", "limit max_turns 10 explicit\nagent a\nagent b\nentry a\na -handoff-> b\nb -handoff-> a", ""},
		{"handoffs, limit switched off", "openai-agents", "limit max_turns 0 explicit\nagent a\nagent b\nentry a\na -handoff-> b\nb -handoff-> a",
			"warning ARCH-001 a → b → a: these agents may hand over to each other without end, as their limit is switched off\n" +
				"warning ARCH-004 a asks a model in each round of a → b → a, and nothing limits the rounds"},
		{"mutual delegation", "crewai", "agent a\nagent b\nentry a\na -delegate-> b\nb -delegate-> a",
			"info ARCH-001 a → b → a: these agents may delegate to each other again and again"},
		{"daemon", "plain", "agent a\nentry a\na -loop-> a by external\na -seq-> __end__ by external",
			"info ARCH-001 the loop around a: only something outside ends this loop, and it has no limit of its own"},
		{"daemon that runs a crew", "plain", "subgraph crew\nentry crew\ncrew -loop-> crew by external\ncrew -seq-> __end__ by external",
			"info ARCH-001 the loop around crew: only something outside ends this loop, and it has no limit of its own\n" +
				"warning ARCH-004 crew runs as a whole in each round of the loop around crew, and nothing limits the rounds"},

		{"hub", "langgraph", "entry hub\n" + many(11, "hub -cond-> n#"), "warning ARCH-002 hub leads to 11 nodes; more than 10 are hard to follow"},
		{"map and reduce", "langgraph", "entry hub\n" + many(11, "hub -seq-> n#\nn# -seq-> sum"), ""},
		{"funnel", "langgraph", "entry a\n" + many(11, "n# -cond-> sum\na -seq-> n#\nn# -cond-> __end__"),
			"warning ARCH-002 11 nodes lead to sum; more than 10 are hard to follow"},
		{"all with all", "openai-agents", "limit max_turns 10 explicit\nentry n0\n" + dense(9),
			"warning ARCH-002 36 edges between 9 nodes; more than 3 per node are hard to follow"},
		{"13 tools", "openai-agents", "agent a tools=13\nentry a", "info ARCH-002 a has 13 tools; most agents have no more than 12"},
		{"21 tools", "openai-agents", "agent a tools=21\nentry a", "warning ARCH-002 a has 21 tools; with more than 20, models choose wrong ones"},
		{"8 participants", "autogen", "limit max_turns 5 explicit\nteam team\nentry n0\n" + many(8, "agent n#\nteam -contains-> n#"), ""},
		{"9 participants", "autogen", "limit max_turns 5 explicit\nteam team\nentry n0\n" + many(9, "agent n#\nteam -contains-> n#"),
			"warning ARCH-002 9 agents take turns in team; with more than 8, each repeats what others said"},
		{"bottleneck", "langgraph", "entry s\n" + many(3, "s -seq-> a#\na# -seq-> mid\nmid -cond-> b#"), "info ARCH-002 100 % of all paths go through mid"},

		{"orphan", "langgraph", "step lost\nentry a\na -seq-> __end__\nlost -seq-> __end__", "warning ARCH-003 nothing leads to lost: it never runs"},
		{"orphans together", "langgraph", "step lost\nentry a\na -seq-> __end__\nlost -seq-> more\nmore -seq-> __end__",
			"warning ARCH-003 nothing leads to lost: it never runs, and neither does what only it leads to, more"},
		{"orphans in a circle", "langgraph", "step lost\nentry a\na -seq-> __end__\nlost -seq-> more\nmore -cond-> lost by counter bound n<3",
			"warning ARCH-003 nothing leads to lost: it never runs, and neither does what only it leads to, more"},
		{"orphan in an incomplete graph", "langgraph", "open\nstep lost\nentry a\na -seq-> __end__", ""},
		{"agent without a task", "crewai", "agent a\nagent idle\ntask t\nteam crew\nentry t\ncrew -contains-> a\ncrew -contains-> idle\ncrew -contains-> t\nt -assign-> a",
			"warning ARCH-003 nothing leads to idle: it never runs"},
		{"guardrail and tool", "openai-agents", "agent a\nagent check\ntool t\nentry a\na -guardrail-> check\na -tool-> t", ""},

		{"cap on a premium model", "openai-agents", "agent a model=claude-opus-5-5 limit=60\nentry a",
			"warning ARCH-004 max_turns allows 60 calls of claude-opus-5-5, at $20.00 per million output tokens, in one run"},
		{"cap on a cheap model", "openai-agents", "agent a model=gpt-5-nano limit=60\nentry a", ""},
		{"cap that is none", "openai-agents", "agent a limit=9999\nentry a", "warning ARCH-004 max_turns allows 9999 calls of a model in one run: that is no limit"},
		{"one run per item", "langgraph", "entry plan\nplan -send-> work", "info ARCH-004 work runs once per item, and nothing limits how many items there are"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			g := sketch(t, test.framework, test.graph)
			var got []string
			for _, f := range Check([]*agents.Graph{g}, agents.NewProject(nil, nil), func(string) *config.Config { return config.Default() }) {
				got = append(got, severityOf(f.Finding).String()+" "+f.Rule+" "+f.Message)
			}
			slices.Sort(got)
			want := strings.Split(test.want, "\n")
			slices.Sort(want)
			if strings.Join(got, "\n") != strings.Join(want, "\n") {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		})
	}
}

// dense is a graph of n nodes in which each leads to those after it.
func dense(n int) string {
	var b strings.Builder
	for i := range n {
		for j := i + 1; j < n; j++ {
			fmt.Fprintf(&b, "n%d -handoff-> n%d\n", i, j)
		}
	}
	return b.String()
}

func severityOf(f diagnostics.Finding) diagnostics.Severity {
	for _, r := range rules {
		if r.ID == f.Rule && f.Severity == 0 {
			return r.Severity
		}
	}
	return f.Severity
}
