package estimate

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

var updateRuns = flag.Bool("update", false, "rewrite the runs in testdata")

var runsDay = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// loadProject estimates the files of an archive; qodacode.toml configures it.
func loadProject(files []txtar.File) *Project {
	var code []*parser.File
	data := map[string]string{}
	cfg := config.Default()
	for _, f := range files {
		switch {
		case f.Name == "qodacode.toml":
			cfg, _ = config.Parse(f.Name, text.New(string(f.Data)))
		case parser.LanguageOf(f.Name, "").IsCode():
			code = append(code, parser.Parse(f.Name, "", text.New(string(f.Data))))
		case f.Name != "runs":
			data[f.Name] = string(f.Data)
		}
	}
	p := agents.NewProject(code, data)
	return NewProject(agents.Reading{Project: p, Graphs: agents.Extract(p)}, Env{Prices: pricing.Builtin(), Now: runsDay}, func(string) *config.Config { return cfg })
}

// TestRuns runs testdata/runs/*.txtar: the files of a project, and in the section "runs" what
// its entry points execute. Dollars are left to other tests.
func TestRuns(t *testing.T) {
	archives, err := filepath.Glob("testdata/runs/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no archives", err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			p := loadProject(archive.Files)
			got, want := showRuns(p), ""
			kept := archive.Files[:0:0]
			for _, f := range archive.Files {
				if f.Name == "runs" {
					want = string(f.Data)
				} else {
					kept = append(kept, f)
				}
			}
			if *updateRuns {
				archive.Files = append(kept, txtar.File{Name: "runs", Data: []byte(got)})
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			for _, r := range p.Runs {
				checkRun(t, r)
			}
		})
	}
}

// checkRun holds what is true of every run.
func checkRun(t *testing.T, r *Run) {
	t.Helper()
	if !r.PerRun.isNumber() || !r.PerMonth.isNumber() {
		t.Errorf("%s: %+v per run, %+v per month", r.Entry, r.PerRun, r.PerMonth)
	}
	if r.Bound.Known && (r.Bound.Origin == llm.NoLimit || r.PerRun.High > r.Bound.USD) {
		t.Errorf("%s: high %v, bound %+v", r.Entry, r.PerRun.High, r.Bound)
	}
	if r.Bound.Origin == llm.NoLimit && r.Bound.Reason == "" {
		t.Errorf("%s: no bound and no reason", r.Entry)
	}
	seen := map[string]bool{}
	for _, p := range append(r.Parts, r.Unpriced...) {
		id := fmt.Sprintf("%s:%d:%v", p.Call.Site.File.Path, p.Call.Site.Call.Node, p.Graph != nil)
		if seen[id] {
			t.Errorf("%s: %s counts twice", r.Entry, id)
		}
		seen[id] = true
		if p.Times.Low > p.Times.Expected || p.Times.Expected > p.Times.High {
			t.Errorf("%s: %s runs %+v times", r.Entry, id, p.Times)
		}
	}
}

func showRuns(p *Project) string {
	var b strings.Builder
	for _, r := range p.Runs {
		fmt.Fprintf(&b, "%s %s %s:%d runs=%d bound=%s", r.Kind, r.Entry, r.Place.Path, r.Place.Line, r.RunsPerMonth, r.Bound.Origin)
		if r.Bound.Reason != "" {
			fmt.Fprintf(&b, " (%s)", r.Bound.Reason)
		}
		b.WriteString("\n")
		for _, part := range r.Parts {
			fmt.Fprintf(&b, "  %s\n", showPart(&part))
		}
		for _, part := range r.Unpriced {
			fmt.Fprintf(&b, "  ? %s\n", showPart(&part))
		}
		for _, a := range r.Assumptions {
			if strings.HasPrefix(a.Text, "not included") {
				fmt.Fprintf(&b, "  %s\n", a.Text)
			}
		}
	}
	return b.String()
}

func showPart(p *Part) string {
	s := p.Call.Site
	at := agents.Ref{File: s.File, Node: s.Call.Node}.Place()
	line := fmt.Sprintf("%s:%d %s %s × %s", at.Path, at.Line, s.Kind, s.Model.ID, showTimes(p.Times))
	if len(p.Chain) > 0 {
		line += " via " + strings.Join(p.Chain, " > ")
	}
	if p.Graph != nil {
		line += " in " + p.Graph.Framework + " " + p.Graph.Name
	}
	return line
}

func showTimes(r Range) string {
	if r.IsExact() {
		return fmt.Sprintf("%.3g", r.Low)
	}
	return fmt.Sprintf("%.3g–%.3g–%.3g", r.Low, r.Expected, r.High)
}

// TestBranches: of branches that exclude each other one runs, so that the cheapest and the
// dearest are the ends.
func TestBranches(t *testing.T) {
	const head = "from openai import OpenAI\nclient = OpenAI()\ndef one(x):\n    client.responses.create(model='gpt-6-luna', input=x, max_output_tokens=100)\n"
	one := loadProject([]txtar.File{{Name: "a.py", Data: []byte(head)}}).Runs[0].PerRun
	for body, want := range map[string]Range{
		"if a:\n        one(x)\n    else:\n        one(x); one(x); one(x)": {1, 2, 3},
		"if a:\n        one(x)\n    elif b:\n        one(x)":               {0, 1, 1},
		"if a:\n        one(x)":   {0, 1, 1},
		"one(x) if a else one(x)": {1, 1, 1},
		"if a:\n        if b:\n            one(x)\n        else:\n            one(x); one(x)\n    else:\n        one(x)": {1, 1.25, 2},
		"try:\n        one(x)\n    except Exception:\n        one(x)":                                                    {1, 1, 2},
		"if one(x):\n        return 1": {1, 1, 1},
		"for _ in range(3):\n        if a:\n            one(x)\n        else:\n            one(x)": {3, 3, 3},
	} {
		p := loadProject([]txtar.File{{Name: "a.py", Data: []byte(head + "def f(x, a, b):\n    " + body + "\n")}})
		if len(p.Runs) != 1 {
			t.Fatalf("%s: %d runs", body, len(p.Runs))
		}
		got := p.Runs[0].PerRun
		for i, pair := range [][2]float64{{got.Low, want.Low * one.Low}, {got.Expected, want.Expected * one.Expected}, {got.High, want.High * one.High}} {
			if d := pair[0] - pair[1]; d > 1e-12 || d < -1e-12 {
				t.Errorf("%s: %d: got %v, want %v of %v", body, i, got, want, one)
			}
		}
	}
}

// TestRunFigures: what is composed of calls is their sum, and its worst case too.
func TestRunFigures(t *testing.T) {
	const source = `from openai import OpenAI
client = OpenAI()
def one(x):
    return client.responses.create(model="gpt-6.1-sol", input="Say hello.", max_output_tokens=100)
# qodacode: runs=300
def three():
    for _ in range(3):
        one(1)
    client.embeddings.create(model="text-embedding-3-small", input="x")
def twice(x):
    three()
    three()
`
	p := loadProject([]txtar.File{{Name: "a.py", Data: []byte(source)}})
	if len(p.Runs) != 1 || p.Runs[0].Entry != "twice" {
		t.Fatalf("%+v", p.Runs)
	}
	r := p.Runs[0]
	var want Range
	worst := 0.0
	for _, part := range r.Parts {
		n := map[string]float64{"gpt-6.1-sol": 6, "text-embedding-3-small": 2}[part.Call.Model.ID]
		want = want.Add(part.Call.Cost.Scale(n))
		worst += n * part.Call.Worst.USD
	}
	near := func(a, b float64) bool { return a-b < 1e-12 && b-a < 1e-12 && b > 0 }
	if !near(r.PerRun.Expected, want.Expected) || !near(r.PerRun.High, want.High) || r.RunsPerMonth != 1000 || !near(r.PerMonth.Expected, 1000*want.Expected) {
		t.Errorf("got %+v, %+v, want %+v", r.PerRun, r.PerMonth, want)
	}
	if r.Bound.Origin != llm.Explicit || !r.Bound.Known || !near(r.Bound.USD, worst) {
		t.Errorf("bound %+v, want %v", r.Bound, worst)
	}
	p = loadProject([]txtar.File{{Name: "a.py", Data: []byte(strings.Split(source, "def twice")[0])}})
	if r = p.Runs[0]; r.RunsPerMonth != 300 || !near(r.PerMonth.Expected, 300*r.PerRun.Expected) {
		t.Errorf("stated runs: %+v", r)
	}
}

// TestOptimized: cheaper models are suggested where the table names them and they save enough,
// and never for embeddings or on other platforms.
func TestOptimized(t *testing.T) {
	source := func(client string) string {
		return "import openai\nclient = openai." + client + "\ndef f(items):\n    for i in range(20):\n        client.responses.create(model='gpt-6.1-sol', input='Say hello.', max_output_tokens=800)\n        client.embeddings.create(model='text-embedding-3-large', input='x')\n"
	}
	load := func(client, cfg string) *Run {
		return loadProject([]txtar.File{{Name: "a.py", Data: []byte(source(client))}, {Name: "qodacode.toml", Data: []byte(cfg)}}).Runs[0]
	}
	o := load("OpenAI()", "").Optimized
	if o == nil || len(o.Swaps) != 1 || o.Swaps[0].From.ID != "gpt-6.1-sol" || o.Swaps[0].To.ID != o.Swaps[0].From.Cheaper {
		t.Fatalf("%+v", o)
	}
	r := load("OpenAI()", "")
	if d := (r.PerRun.Expected-o.PerRun.Expected)*1000 - o.SavingPerMonth; d > 1e-9 || d < -1e-9 || o.SavingPerMonth <= 0 {
		t.Errorf("saving %v: %v, then %v", o.SavingPerMonth, r.PerRun, o.PerRun)
	}
	for name, none := range map[string]*Run{
		"another platform": load("AzureOpenAI()", ""),
		"no tiers down":    load("OpenAI()", "cost.max_suggestion_tiers = 0"),
		"too little":       load("OpenAI()", "cost.min_saving_per_month = 100000"),
		"hardly ever run":  load("OpenAI()", "cost.runs_per_month = 0"),
	} {
		if none.Optimized != nil {
			t.Errorf("%s: %+v", name, none.Optimized)
		}
	}
}

// TestNodeCost: a node costs what its function does, once.
func TestNodeCost(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/runs/langgraph.txtar")
	if err != nil {
		t.Fatal(err)
	}
	p := loadProject(archive.Files)
	for _, g := range p.composer.graphs.graphs {
		for i, n := range g.Nodes {
			cost, known := p.NodeCost(g, i)
			if want := g.Name == "graph" && (n.Name == "plan" || n.Name == "easy" || n.Name == "hard"); want && (!known || cost.Expected <= 0) {
				t.Errorf("%s %s: %v %v", g.Name, n.Name, cost, known)
			}
			if (n.Kind == agents.Start || n.Kind == agents.End) && known {
				t.Errorf("%s %s costs %v", g.Name, n.Name, cost)
			}
		}
	}
	if _, known := p.NodeCost(&agents.Graph{Nodes: make([]agents.Node, 1)}, 0); known {
		t.Error("a graph of somebody else")
	}
}

// TestHostileProjects: code that calls itself in all ways, deep chains and broken text end in
// time, and say that they are not bounded.
func TestHostileProjects(t *testing.T) {
	const head = "from openai import OpenAI\nclient = OpenAI()\ndef f0(x):\n    client.responses.create(model='gpt-6-luna', input=x)\n"
	var chain, ring, web, diamond strings.Builder
	for _, b := range []*strings.Builder{&chain, &ring, &web, &diamond} {
		b.WriteString(head)
	}
	for i := 1; i < 3000; i++ {
		fmt.Fprintf(&chain, "def f%d(x):\n    f%d(x)\n", i, i-1)
		fmt.Fprintf(&diamond, "def f%d(x):\n    f%d(x)\n    f%d(x)\n", i, i-1, i-1)
	}
	for i := 1; i < 300; i++ {
		fmt.Fprintf(&ring, "def f%d(x):\n    f%d(x)\n    f%d(x)\n", i, i-1, (i+1)%300)
		fmt.Fprintf(&web, "def f%d(x):\n", i)
		for j := range 20 {
			fmt.Fprintf(&web, "    f%d(x)\n", (i*7+j*13)%300)
		}
	}
	start := time.Now()
	for name, source := range map[string]string{
		"chain": chain.String(), "ring": ring.String(), "web": web.String(), "diamond": diamond.String(),
		"self":      head + "class A:\n    def __init__(self):\n        A()\n        f0(1)\nx = A()\n",
		"tool":      "from agents import Agent, Runner, function_tool\n@function_tool\ndef again(x):\n    return Runner.run_sync(boss, x)\nboss = Agent(name='b', model='gpt-6-luna', tools=[again])\ndef go():\n    Runner.run_sync(boss, 'x')\n",
		"tools":     "from agents import Agent, Runner\na = Agent(name='a', model='gpt-6-luna')\nb = Agent(name='b', model='gpt-6-luna', tools=[a.as_tool()])\na.tools.append(b.as_tool())\na.handoffs = [b, a]\ndef go():\n    Runner.run_sync(a, 'x')\n",
		"broken":    head + "def (:\n  @app.post(\n  f0(f0(f0(\nclass :\n  def x(self: f0(1)\nif __name__ == '__main__':\n",
		"graphs":    "from langgraph.graph import StateGraph\ndef n(s):\n    return g.compile().invoke(s)\ng = StateGraph(dict)\ng.add_node('n', n)\ng.add_edge('n', 'n')\ng.add_node('m', g.compile())\ng.add_edge('n', 'm')\ng.set_entry_point('n')\nx = g.compile().invoke(1)\n",
		"lambdas":   head + "f = lambda x: f(f0(x))\nf(1)\nclass B(B):\n    def m(self):\n        self.m()\n        super().m()\n        f0(1)\n",
		"decorated": head + "@f0\n@f0(1)\n@f0.x.y(f0)\ndef g(x=f0(1), y: f0(2) = 3):\n    g()\n",
	} {
		for _, r := range loadProject([]txtar.File{{Name: "a.py", Data: []byte(source)}}).Runs {
			checkRun(t, r)
			if (name == "ring" || name == "web" || name == "diamond" && r.Entry == "f2999") && r.Bound.Known {
				t.Errorf("%s: %s is bounded: %+v", name, r.Entry, r.Bound)
			}
		}
	}
	loadProject([]txtar.File{{Name: "a.ts", Data: []byte("import OpenAI from 'openai';\nexport default { fetch: { fetch() { new OpenAI().responses.create({model: 'gpt-6-luna', input: ''}) } } }\nexport default export default\nconst f = f(async () => f());\napp.post('/x', app.post('/y', (async () => new OpenAI().responses.create({model: 'x'}))(")}})
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("took %v", took)
	}
}
