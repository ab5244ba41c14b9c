package picture

import (
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/analyzers/agents"
)

var update = flag.Bool("update", false, "rewrite the golden files in testdata")

// same is how paths are shown in these tests: as they are.
func same(path string) string { return path }

// samples are graphs as the readers of frameworks make them.
var samples = map[string]func() []*agents.Graph{
	"small":   func() []*agents.Graph { return []*agents.Graph{small()} },
	"medium":  func() []*agents.Graph { return []*agents.Graph{medium()} },
	"several": func() []*agents.Graph { return []*agents.Graph{small(), hostile(), open()} },
	"none":    func() []*agents.Graph { return nil },
}

func at(line int) agents.Place { return agents.Place{Path: "src/support.py", Line: line} }

// small is one agent with its tools.
func small() *agents.Graph {
	return &agents.Graph{
		ID: "src/support.py#react", Framework: "langgraph", Version: "1.2.0", Language: "python", Name: "react", Place: at(9), Entry: []string{"agent"},
		Limit: agents.Limit{Value: 10007, Source: "default", What: "recursion_limit"},
		Nodes: []agents.Node{
			{Name: agents.StartName, Kind: agents.Start, Implicit: true, Place: at(9)},
			{Name: "agent", Kind: agents.Agent, Place: at(10), Model: "gpt-5.6-luna", Tools: []string{"search", "calc"}, Calls: true},
			{Name: "tools", Kind: agents.Toolset, Place: at(11)},
			{Name: agents.EndName, Kind: agents.End, Implicit: true, Place: at(9)},
		},
		Edges: []agents.Edge{
			{From: agents.StartName, To: "agent", Kind: agents.Seq, Provenance: agents.Exact, Place: at(12)},
			{From: "agent", To: "tools", Kind: agents.Cond, Provenance: agents.Exact, Condition: agents.Condition{Decider: agents.ToolCall}, Place: at(13)},
			{From: "agent", To: agents.EndName, Kind: agents.Cond, Provenance: agents.Exact, Condition: agents.Condition{Decider: agents.ToolCall}, Place: at(13)},
			{From: "tools", To: "agent", Kind: agents.Seq, Provenance: agents.Exact, Place: at(14)},
		},
		Loops: []agents.Loop{{
			Nodes: []string{"agent", "tools"}, Decider: agents.ToolCall, Place: at(10),
			Exits: []agents.Edge{{From: "agent", To: agents.EndName}},
			Bound: agents.Bound{Expr: "recursion_limit", Value: 10007, Effective: true, Default: true},
		}},
	}
}

// medium has every kind of node and a loop of every severity.
func medium() *agents.Graph {
	g := &agents.Graph{ID: "src/support.py#newsroom", Framework: "langgraph", Language: "python", Name: "newsroom", Place: at(40), Entry: []string{"intake"}}
	node := func(name string, kind agents.Kind, more ...func(*agents.Node)) {
		n := agents.Node{Name: name, Kind: kind, Place: at(41 + len(g.Nodes))}
		for _, f := range more {
			f(&n)
		}
		g.Nodes = append(g.Nodes, n)
	}
	edge := func(from, to string, kind agents.EdgeKind, more ...func(*agents.Edge)) {
		e := agents.Edge{From: from, To: to, Kind: kind, Provenance: agents.Exact, Place: at(70 + len(g.Edges))}
		for _, f := range more {
			f(&e)
		}
		g.Edges = append(g.Edges, e)
	}
	model := func(id string) func(*agents.Node) { return func(n *agents.Node) { n.Model = id } }
	implicit := func(n *agents.Node) { n.Implicit = true }
	by := func(d agents.Decider, expr string) func(*agents.Edge) {
		return func(e *agents.Edge) {
			e.Condition = agents.Condition{Decider: d, Bound: agents.Bound{Expr: expr, Effective: true}}
		}
	}
	fan := func(e *agents.Edge) { e.FanOut = true }

	node(agents.StartName, agents.Start, implicit)
	node("intake", agents.Router)
	node("researcher", agents.Agent, model("gpt-5.6"))
	node("search", agents.Toolset)
	node("outline", agents.Step)
	node("writer", agents.Agent, model("claude-opus-5"))
	node("critic", agents.Agent, model("gpt-5.6-luna"))
	node("fact_check", agents.Subgraph)
	node("panel", agents.Team)
	node("economist", agents.Agent, model("gemini-3-pro"))
	node("skeptic", agents.Agent, model("gemini-3-pro"))
	node("moderator", agents.Manager, implicit)
	node("approve", agents.Human)
	node("publish", agents.Task)
	node("translate", agents.Step)
	node("legacy_summary", agents.Step)
	node(agents.EndName, agents.End, implicit)

	edge(agents.StartName, "intake", agents.Seq)
	edge("intake", "researcher", agents.Cond, by(agents.Verdict, ""))
	edge("intake", "panel", agents.Cond, by(agents.Verdict, ""))
	edge("researcher", "search", agents.Cond, by(agents.ToolCall, ""))
	edge("search", "researcher", agents.Seq)
	edge("researcher", "outline", agents.Cond, by(agents.ToolCall, ""))
	edge("outline", "writer", agents.Seq)
	edge("outline", "fact_check", agents.Send, fan)
	edge("fact_check", "approve", agents.Seq)
	edge("writer", "critic", agents.Seq)
	edge("critic", "writer", agents.Cond, by(agents.Verdict, ""))
	edge("critic", "approve", agents.Goto, by(agents.Verdict, ""))
	edge("panel", "economist", agents.Contains)
	edge("panel", "skeptic", agents.Contains)
	edge("panel", "moderator", agents.Contains)
	edge("economist", "skeptic", agents.Speaker)
	edge("skeptic", "economist", agents.Speaker)
	edge("moderator", "economist", agents.Handoff)
	edge("panel", "approve", agents.Seq)
	edge("approve", "publish", agents.Cond, by(agents.ByHuman, ""))
	edge("publish", "translate", agents.Send, fan)
	edge("translate", "translate", agents.LoopBack, by(agents.Counter, "tries < 3"))
	edge("translate", agents.EndName, agents.Seq)
	edge("legacy_summary", agents.EndName, agents.Seq)

	g.Loops = []agents.Loop{
		{Nodes: []string{"researcher", "search"}, Decider: agents.ToolCall, Place: at(43), Exits: []agents.Edge{{From: "researcher", To: "outline"}}},
		{Nodes: []string{"writer", "critic"}, Decider: agents.Verdict, Place: at(46), Exits: []agents.Edge{{From: "critic", To: "approve"}},
			Bound: agents.Bound{Expr: "state['rounds'] < 5", Value: 5}},
		{Nodes: []string{"economist", "skeptic"}, Decider: agents.Nobody, Place: at(50)},
		{Nodes: []string{"translate"}, Decider: agents.Counter, Place: at(55), Exits: []agents.Edge{{From: "translate", To: agents.EndName}},
			Bound: agents.Bound{Expr: "tries < 3", Value: 3, Effective: true}},
	}
	return g
}

// hostile has names that break what does not escape them.
func hostile() *agents.Graph {
	names := []string{
		`</script><script>alert(1)</script>`, `a"b\c`, "two\nlines", "brackets]})>|", "Übersetzer 翻訳 🤖", "\x1b[31mred\x00", "%% end", "#quot;", "` + \u202egnirts", "",
		"a_very_long_name_that_goes_on_and_on_for_much_longer_than_anybody_would_want_to_read_it_in_a_box",
	}
	g := &agents.Graph{ID: "x", Framework: "crewai", Language: "python", Name: `"]; evil -> node ["`, Place: agents.Place{Path: `we"ird/<path>&.py`, Line: 1}, Entry: names[:1]}
	for i, name := range names {
		g.Nodes = append(g.Nodes, agents.Node{Name: name, Kind: agents.Agent, Place: at(i + 1), Model: `<b>"m"</b>`})
		g.Edges = append(g.Edges, agents.Edge{From: name, To: names[(i+1)%len(names)], Kind: agents.Handoff, Provenance: agents.Exact, Place: at(i + 1),
			Condition: agents.Condition{Decider: agents.Counter, Bound: agents.Bound{Expr: `x < "]|&`}}})
	}
	g.Loops = []agents.Loop{{Nodes: names, Decider: agents.Nobody, Place: at(1)}}
	return g
}

// open is a graph that the code leaves open.
func open() *agents.Graph {
	return &agents.Graph{ID: "y", Framework: "openai-agents", Language: "typescript", Place: at(100),
		Nodes:      []agents.Node{{Name: "triage", Kind: agents.Agent, Place: at(100)}},
		Unresolved: []agents.Unresolved{{Reason: "the handoffs come from a function's result", Place: at(101)}},
	}
}

func TestGolden(t *testing.T) {
	for name, graphs := range samples {
		for format, write := range map[string]func(*Document, io.Writer) error{
			"txt": (*Document).Text, "json": (*Document).JSON, "dot": (*Document).DOT, "mmd": (*Document).Mermaid, "svg": (*Document).SVG,
		} {
			t.Run(name+"."+format, func(t *testing.T) {
				var b strings.Builder
				if err := write(New(graphs(), same), &b); err != nil {
					t.Fatal(err)
				}
				golden(t, name+"."+format, b.String())
			})
		}
	}
}

// golden compares got with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != strings.ReplaceAll(string(want), "\r\n", "\n") {
		t.Errorf("%s: got\n%s\nwant\n%s", file, got, want)
	}
}
