package facts

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/analyzers/estimate"
	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// TestFacts runs testdata/*.txtar: files, each alone, and in the section "facts" what is told
// of tools, agents, requests and the context of effects.
func TestFacts(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal(err, len(archives))
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			var got strings.Builder
			want := ""
			kept := archive.Files[:0:0]
			for _, f := range archive.Files {
				if f.Name == "facts" {
					want = string(f.Data)
					continue
				}
				kept = append(kept, f)
				doc, err := OfCode(context.Background(), f.Name, string(f.Data))
				if err != nil {
					t.Fatal(err)
				}
				valid(t, doc)
				fmt.Fprintf(&got, "%s\n%s", f.Name, show(doc))
			}
			if *update {
				archive.Files = append(kept, txtar.File{Name: "facts", Data: []byte(got.String())})
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if got.String() != want {
				t.Errorf("got\n%s\nwant\n%s", got.String(), want)
			}
		})
	}
}

// show prints a document, a line per thing, without what is as usual.
func show(d *Document) string {
	var b strings.Builder
	line := func(r Range) int { return r.Start.Line + 1 }
	list := func(name string, values []string) {
		if len(values) > 0 {
			fmt.Fprintf(&b, " %s=%s", name, strings.Join(values, ","))
		}
	}
	said := func(name, value, usual string) {
		if value != usual {
			fmt.Fprintf(&b, " %s=%s", name, value)
		}
	}
	number := func(name string, v float64, has bool) {
		if has {
			fmt.Fprintf(&b, " %s=%v", name, v)
		}
	}
	for _, t := range d.Tools {
		fmt.Fprintf(&b, "  tool %d %s %s mutating=%s approval=%s", line(t.Range), t.Name, t.Framework, t.Mutating, t.RequiresApproval)
		if t.Approval != "" {
			fmt.Fprintf(&b, " %q", t.Approval)
		}
		list("effects", t.Effects)
		list("agents", t.Agents)
		for _, f := range d.Functions {
			if f.ID == t.Function {
				said("function", f.Qualname, "")
			}
		}
		if t.Description != "" {
			fmt.Fprintf(&b, " %q", t.Description)
		}
		b.WriteByte('\n')
	}
	for _, a := range d.Agents {
		fmt.Fprintf(&b, "  agent %d %s %s %s approval=%s", line(a.Range), a.Name, a.Framework, a.Kind, a.Approval)
		said("model", a.Model, "")
		list("tools", a.Tools)
		list("handoffs", a.Handoffs)
		number("steps", a.MaxSteps, a.HasMaxSteps)
		number("budget", a.BudgetUSD, a.HasBudget)
		b.WriteByte('\n')
	}
	for _, c := range d.LLMCalls {
		fmt.Fprintf(&b, "  llm %d %s %s", line(c.Range), c.Provider, c.API)
		said("model", c.Model, "")
		number("max_tokens", c.MaxTokens, c.HasMaxTokens)
		number("timeout", c.TimeoutSeconds, c.HasTimeout)
		number("retries", c.MaxRetries, c.HasMaxRetries)
		number("temperature", c.Temperature, c.HasTemperature)
		number("rpm", c.RateLimitRPM, c.HasRateLimit)
		said("stream", fmt.Sprint(c.Stream), "false")
		said("settings_known", fmt.Sprint(c.SettingsKnown), "true")
		said("client_known", fmt.Sprint(c.ClientKnown), "true")
		said("cost_known", fmt.Sprint(c.CostKnown), "true")
		said("tool", c.Ctx.Tool, "")
		b.WriteByte('\n')
	}
	effect := func(kind, what string, c Context, r Range) {
		fmt.Fprintf(&b, "  %s %d %s", kind, line(r), what)
		said("function", c.Function, "")
		said("tool", c.Tool, "")
		list("agents", c.Agents)
		said("approved", string(c.Approved), "unknown")
		b.WriteByte('\n')
	}
	for _, e := range d.SQL {
		effect("sql", e.Verb, e.Ctx, e.Range)
	}
	for _, e := range d.HTTP {
		effect("http", e.Method+" "+e.Host, e.Ctx, e.Range)
	}
	for _, e := range d.Files {
		effect("file", e.Op+" "+e.Path, e.Ctx, e.Range)
	}
	for _, e := range d.Shell {
		effect("shell", e.Program, e.Ctx, e.Range)
	}
	for _, n := range d.Graph.Nodes {
		fmt.Fprintf(&b, "  node %s %s ref=%s", n.ID, n.Kind, n.Ref)
		said("interrupt", fmt.Sprint(n.Interrupt), "false")
		b.WriteByte('\n')
	}
	for _, s := range d.Suppressions {
		fmt.Fprintf(&b, "  suppression %d %s %q\n", s.Line+1, s.Policy, s.Reason)
	}
	return b.String()
}

// build makes the facts of code with more than OfCode knows.
func build(t testing.TB, path, code string, with func(*Source)) *Document {
	t.Helper()
	src := Source{File: parser.Parse(path, "", text.New(code))}
	if with != nil {
		with(&src)
	}
	d, err := Build(context.Background(), src)
	if err != nil {
		t.Fatal(err)
	}
	valid(t, d)
	return d
}

func TestCalls(t *testing.T) {
	cases := []struct{ path, code, callee, resolved string }{
		{"a.py", "import openai as o\nc = o.OpenAI()\nc.chat.completions.create()\n", "openai.OpenAI.chat.completions.create", exact},
		{"a.py", "import sqlite3\nsqlite3.connect('x').cursor().execute('select 1')\n", "sqlite3.connect.cursor.execute", exact},
		{"a.py", "def run(x): ...\nrun(1)\n", "run", exact},
		{"a.py", "open('x')\n", "open", exact},
		{"a.py", "def f(db):\n    db.execute('x')\n", "db.execute", unresolved},
		{"a.py", "from sqlite3 import Connection\ndef f(db: Connection):\n    db.execute('x')\n", "sqlite3.Connection.execute", heuristic},
		{"a.ts", "import fs from 'node:fs'\nfs.readFileSync('x')\n", "fs.readFileSync", exact},
		{"a.ts", "console.log(1)\n", "console.log", exact},
		{"a.js", "const { exec } = require('child_process')\nexec('ls')\n", "child_process.exec", exact},
	}
	for _, c := range cases {
		d := build(t, c.path, c.code, nil)
		last := d.Calls[0]
		for _, call := range d.Calls {
			if call.Range.Start.Line >= last.Range.Start.Line && call.Range.Start.Character <= last.Range.Start.Character {
				last = call
			}
		}
		found := false
		for _, call := range d.Calls {
			found = found || call.Callee == c.callee && call.Resolved == c.resolved
		}
		if !found {
			t.Errorf("%q: got %s %s, want %s %s", c.code, last.Callee, last.Resolved, c.callee, c.resolved)
		}
	}
}

func TestArguments(t *testing.T) {
	d := build(t, "a.ts", "const N = 5\nrun('a', N, { max: 3, deep: { x: 1 }, on: true }, x => x, `a${N}${q}`, ...rest, null, f())\n", nil)
	got, _ := json.Marshal(d.Calls[0].Args)
	var args []Arg
	if err := json.Unmarshal(got, &args); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, a := range args {
		fmt.Fprintf(&b, "%s/%d/%s/%v/%s/%v/%v ", a.Name, a.Position, a.Kind, a.Known, a.String, a.Number, a.Boolean)
	}
	const want = "/0/const/true/a/0/false /1/const/true//5/false /2/collection/false//0/false max/-1/const/true//3/false deep/-1/collection/false//0/false on/-1/const/true//0/true " +
		"/3/unknown/false//0/false /4/fstring/false//0/false /5/unknown/false//0/false /6/const/false//0/false /7/call/false//0/false "
	if b.String() != want {
		t.Errorf("got  %s\nwant %s", b.String(), want)
	}
}

func TestSecretsAreMasked(t *testing.T) {
	const key = "sk-live-0123456789abcdef0123456789"
	code := "import requests, subprocess\nK = '" + key + "'\nrequests.get('https://x.io/?k=" + key + "', auth=K)\nsubprocess.run('curl " + strings.Repeat("a", 180) + key + "')\n"
	d := build(t, "a.py", code, func(s *Source) {
		for i := 0; ; {
			at := strings.Index(code[i:], key)
			if at < 0 {
				break
			}
			s.Secrets = append(s.Secrets, text.Span{Start: i + at, End: i + at + len(key)})
			i += at + len(key)
		}
	})
	b, _ := json.Marshal(d)
	if strings.Contains(string(b), key[:8]) {
		t.Errorf("a secret is in %s", b)
	}
	if !strings.Contains(string(b), masked) {
		t.Error("nothing is masked")
	}
}

func TestGraphsOfTheProject(t *testing.T) {
	tools := parser.Parse("tools.py", "", text.New("from agents import function_tool\n\n@function_tool\ndef pay(n: int):\n    return n\n"))
	main := parser.Parse("main.py", "", text.New("from agents import Agent\nfrom tools import pay\n\nboss = Agent(name='boss', tools=[pay])\n"))
	graphs := agents.Extract(agents.NewProject([]*parser.File{tools, main}, nil))
	d, err := Build(context.Background(), Source{File: tools, Graphs: graphs})
	if err != nil || len(d.Tools) != 1 || strings.Join(d.Tools[0].Agents, ",") != "boss" || len(d.Agents) != 0 {
		t.Errorf("of the tools: %v %+v %+v", err, d.Tools, d.Agents)
	}
	d, err = Build(context.Background(), Source{File: main, Graphs: graphs})
	if err != nil || len(d.Tools) != 0 || len(d.Agents) != 1 || strings.Join(d.Agents[0].Tools, ",") != "pay" || d.Agents[0].Approval != Unknown {
		t.Errorf("of the agent: %v %+v %+v", err, d.Tools, d.Agents)
	}
}

func TestCostOfTheProject(t *testing.T) {
	const code = "from models import llm\n\ndef ask(q):\n    return llm.invoke(q)\n"
	models := parser.Parse("models.py", "", text.New("from langchain_openai import ChatOpenAI\nllm = ChatOpenAI(model='gpt-4o', max_tokens=5, timeout=9)\n"))
	main := parser.Parse("main.py", "", text.New(code))
	reading := agents.Reading{Project: agents.NewProject([]*parser.File{models, main}, nil)}
	env := estimate.Env{Prices: pricing.Builtin(), Now: time.Now()}
	project := estimate.NewProject(reading, env, func(string) *config.Config { return config.Default() })

	// The open document is another parse of the same text.
	d := build(t, "main.py", code, func(s *Source) { s.Graphs, s.Cost, s.Env = []*agents.Graph{}, project, env })
	if len(d.LLMCalls) != 1 {
		t.Fatalf("%d requests", len(d.LLMCalls))
	}
	if c := d.LLMCalls[0]; c.Model != "gpt-4o" || c.MaxTokens != 5 || c.TimeoutSeconds != 9 || !c.CostKnown || c.WorstCostUSD == 0 || c.Range.Start.Line != 3 || c.Ctx.Function != "ask" {
		t.Errorf("got %+v", c)
	}
	if len(d.Runs) != 1 || d.Runs[0].Entry != "ask" || d.Runs[0].Bounded != Yes {
		t.Errorf("runs %+v", d.Runs)
	}
	// What was read of another text is not told of this one.
	d = build(t, "main.py", "\n\n\n"+code, func(s *Source) { s.Graphs, s.Cost, s.Env = []*agents.Graph{}, project, env })
	for _, c := range d.LLMCalls {
		if c.Range.Start.Line != 6 {
			t.Errorf("of an edited text: %+v", c)
		}
	}
}

// folder are files that import each other by their names without an ending.
type folder map[string]*parser.File

func (d folder) Import(_ *parser.File, module string) *parser.File {
	return d[strings.TrimLeft(strings.TrimSuffix(module, ".js"), "./")]
}

func TestToolsThatCallOtherFiles(t *testing.T) {
	d := folder{
		"lib":   parser.Parse("lib.js", "", text.New("import fs from 'fs/promises'\nexport async function writeText(p, t) { await put(p, t) }\nasync function put(p, t) { await fs.writeFile(p, t) }\nexport const pick = (x) => x.length\n")),
		"store": parser.Parse("store.py", "", text.New("import os\ndef wipe(p):\n    os.remove(p)\n")),
	}
	cases := []struct {
		path, code, effects string
		mutating            Tri
	}{
		{"a.ts", "import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'\nimport { writeText, pick } from './lib.js'\nconst s = new McpServer({})\ns.registerTool('w', {}, async (a) => { await writeText(a.p, a.t); return pick(a) })\n", "file:write", Yes},
		{"a.ts", "import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'\nimport { pick } from './lib.js'\nconst s = new McpServer({})\ns.registerTool('w', {}, async (a) => pick(a))\n", "", No},
		{"a.py", "from agents import function_tool\nimport store\n@function_tool\ndef clear(p: str):\n    store.wipe(p)\n", "file:delete", Yes},
		{"a.py", "from agents import function_tool\nfrom . import store\n@function_tool\ndef clear(p: str):\n    store.wipe(p)\n", "file:delete", Yes},
		{"a.py", "from agents import function_tool\nfrom .store import wipe\n@function_tool\ndef clear(p: str):\n    return wipe(p)\n", "file:delete", Yes},
		{"a.py", "from agents import function_tool\nfrom .gone import wipe\n@function_tool\ndef clear(p: str):\n    return wipe(p)\n", "", Unknown},
	}
	for _, c := range cases {
		doc := build(t, c.path, c.code, func(s *Source) { s.Modules = d })
		if len(doc.Tools) != 1 || strings.Join(doc.Tools[0].Effects, ",") != c.effects || doc.Tools[0].Mutating != c.mutating {
			t.Errorf("%q: got %+v, want %s, %s", c.code, doc.Tools, c.effects, c.mutating)
		}
	}
}

func TestWhatIsNoTool(t *testing.T) {
	cases := []struct{ path, code string }{
		{"vite.config.ts", "import { defineConfig } from 'vite'\nimport react from '@vitejs/plugin-react'\nconst mine = () => ({ name: 'mine' })\nexport default defineConfig({ plugins: [react(), mine] })\n"},
		{"a.py", "from scipy.optimize import minimize\ndef f(x): return x\nminimize(functions=[f])\n"},
		{"a.py", "from bokeh.plotting import figure\nfigure(tools=['pan', 'save'])\n"},
		{"a.py", "SCHEMA = {'name': 'x', 'description': 'y', 'parameters': {'k': 1}}\n"},
		{"a.ts", "export const route = { name: 'home', description: 'x', parameters: [1] }\n"},
		{"a.py", "import mock\n@mock.patch('x.tool')\ndef test(): pass\n"},
	}
	for _, c := range cases {
		if d := build(t, c.path, c.code, nil); len(d.Tools) != 0 {
			t.Errorf("%q: got the tools %+v", c.code, d.Tools)
		}
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if d, err := OfCode(ctx, "a.py", "print(1)\n"); err == nil || d != nil {
		t.Errorf("got %v, %v", d, err)
	}
}

func TestManyCalls(t *testing.T) {
	code := strings.Repeat("f(1)\n", maxCalls+10) + "from openai import OpenAI\nOpenAI().responses.create(model='gpt-5', input='x')\n"
	d := build(t, "a.py", code, nil)
	if !d.File.Truncated || len(d.Calls) < maxCalls || len(d.Calls) > maxCalls+2 {
		t.Errorf("truncated=%v, %d calls", d.File.Truncated, len(d.Calls))
	}
	last := d.Calls[len(d.Calls)-1]
	if len(d.LLMCalls) != 1 || d.LLMCalls[0].Call != last.ID {
		t.Errorf("the request's call is not listed: %+v, last %s", d.LLMCalls, last.ID)
	}
	if d := build(t, "a.py", "f(1)\n", nil); d.File.Truncated {
		t.Error("a small file is truncated")
	}
}
