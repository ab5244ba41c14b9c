package render

import (
	"fmt"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/policy/intent"
)

// tests is the import that makes a file a test.
const tests = "import pytest"

// inTests adds an example a second time as a test, where it is judged by the conditions.
func (m *maker) inTests(code string, why string) {
	in := m.in
	when, lifted := slices.Contains(in.When, intent.InTests), slices.Contains(unless(in), intent.InTests)
	switch {
	case when:
		m.add("python", tests+"\n"+code, true, "%s", why)
		m.add("python", code, false, "not in a test")
	case lifted:
		m.add("python", code, true, "%s", why)
		m.add("python", tests+"\n"+code, false, "in a test")
	default:
		m.add("python", code, true, "%s", why)
	}
}

// set puts an example where the policy judges it.
func (m *maker) set(code string, fires bool, why string) {
	if slices.Contains(m.in.When, intent.InTests) {
		code = tests + "\n" + code
	}
	m.add("python", code, fires, "%s", why)
}

// toolBodies is what tools do, by effect.
var toolBodies = map[string][2]string{
	"env": {"import os\n", "    return os.environ[\"REGION\"]\n"}, "file": {"import os\n", "    os.remove(item)\n    return \"done\"\n"},
	"file:read": {"", "    with open(item) as f:\n        return f.read()\n"}, "file:write": {"", "    with open(item, \"w\") as f:\n        f.write(\"done\")\n    return \"done\"\n"},
	"file:delete": {"import os\n", "    os.remove(item)\n    return \"done\"\n"}, "http": {"import requests\n", "    return requests.get(\"https://api.example.com/items\", timeout=10).text\n"},
	"llm":   {"from openai import OpenAI\n", "    OpenAI().chat.completions.create(model=\"gpt-4o-mini\", messages=[{\"role\": \"user\", \"content\": item}])\n    return \"done\"\n"},
	"shell": {"import subprocess\n", "    subprocess.run([\"make\", \"build\"])\n    return \"done\"\n"},
	"sql":   {"import sqlite3\n", "    sqlite3.connect(\"app.db\").execute(\"SELECT id FROM orders\")\n    return \"done\"\n"},
}

func toolBody(effect string) (imports, body string) {
	if b, ok := toolBodies[effect]; ok {
		return b[0], b[1]
	}
	if verb, ok := strings.CutPrefix(effect, "sql:"); ok {
		return "import sqlite3\n", "    sqlite3.connect(\"app.db\").execute(" + quote(statement(verb, "orders")) + ")\n    return \"done\"\n"
	}
	return "", "    return item.upper()\n"
}

// tool is the code of a tool.
func tool(name, effect, decorator, doc string) string {
	imports, body := toolBody(effect)
	if doc != "" {
		doc = "    \"\"\"" + doc + "\"\"\"\n"
	}
	if !plainIdentifier(name) {
		decorator = "@function_tool(name_override=" + quote(name) + strings.TrimSuffix(strings.Replace(strings.TrimPrefix(decorator, "@function_tool"), "(", ", ", 1), ")") + ")"
		name = "work"
	}
	return fmt.Sprintf("%sfrom agents import function_tool\n\n\n%s\ndef %s(item: str) -> str:\n%s%s", imports, decorator, name, doc, body)
}

func plainIdentifier(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool {
		return !(r == '_' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9')
	}) && (s[0] < '0' || s[0] > '9')
}

const (
	plainTool    = "@function_tool"
	approvedTool = "@function_tool(needs_approval=True)"
	purpose      = "Work on an item."
)

func (m *maker) tools() {
	in := m.in
	name, other := subjectName(in), otherName(in)
	if in.Mode == intent.Only {
		name, other = other, name
	}
	effects := in.Operations
	if len(effects) == 0 {
		effects = []string{""}
	}
	doc := purpose
	if in.Need == intent.Description {
		doc = ""
	}
	bodyOf := func(effect string) string {
		if effect == "mutating" {
			return "file:delete"
		}
		return effect
	}
	for i, effect := range effects[:min(len(effects), 6)] {
		code := tool(name, bodyOf(effect), plainTool, doc)
		if i == 0 {
			m.inTests(code, against(in))
			continue
		}
		m.set(code, true, effect)
	}
	first := bodyOf(effects[0])
	if in.Need == intent.Approval || slices.Contains(in.Unless, intent.WithApproval) {
		m.set(tool(name, first, approvedTool, doc), false, "the same with approval by a person")
	}
	if in.Need == intent.Description {
		m.set(tool(name, first, plainTool, purpose), false, "the same with a description")
		elsewhere := func(n, description string) string {
			return "from langchain_core.tools import Tool\nfrom shop import work\n\nwork_tool = Tool(name=" + quote(n) + ", func=work" + description + ")\n"
		}
		if len(in.Operations) == 0 {
			m.set(elsewhere(name, ""), true, "a function of another file, and no description here")
			m.set(elsewhere(name, ", description=\"Work on an item.\""), false, "a function of another file, with a description here")
			if len(in.Names) > 0 && other != "" {
				m.set(elsewhere(other, ""), false, "another tool, whose function is of another file")
			}
		}
	}
	if len(in.Names) > 0 && other != "" {
		m.set(tool(other, first, plainTool, doc), false, "another tool: "+other)
	}
	if len(in.Operations) > 0 {
		m.set(tool(name, otherEffect(in), plainTool, doc), false, "a tool that does something else")
	}
	if slices.Contains(in.Operations, "mutating") {
		unclear := strings.Replace(tool(name, "", plainTool, doc), "return item.upper()", "return backend.call(item)", 1)
		unclear = "from shop import backend\n" + unclear
		m.set(unclear, true, "what it changes cannot be read")
		if in.Need == intent.Approval || slices.Contains(in.Unless, intent.WithApproval) {
			m.set(strings.Replace(unclear, plainTool, approvedTool, 1), false, "what it changes cannot be read, but it has approval")
		}
		if in.Need == intent.Description {
			described := strings.Replace(tool(name, "", plainTool, purpose), "return item.upper()", "return backend.call(item)", 1)
			m.set("from shop import backend\n"+described, false, "what it changes cannot be read, but it has a description")
		}
		if len(in.Names) > 0 && other != "" {
			m.set(strings.Replace(unclear, "def "+name, "def "+other, 1), false, "another tool, of which it cannot be read what it changes")
		}
	}
	for _, n := range in.Names[:min(len(in.Names), 6)] {
		if in.Mode == intent.Only {
			m.set(tool(instance(in, n), first, plainTool, doc), false, n)
		} else {
			m.set(tool(instance(in, n), first, plainTool, doc), true, n)
		}
	}
}

// otherEffect is what a tool does that the policy does not mean.
func otherEffect(in intent.Intent) string {
	for _, effect := range []string{"", "file:read", "sql:select", "shell"} {
		if !slices.ContainsFunc(in.Operations, func(op string) bool {
			return effect == op || strings.HasPrefix(effect, op+":") || op == "mutating" && effect == "shell"
		}) {
			return effect
		}
	}
	return ""
}

func (m *maker) imports() {
	in := m.in
	name, other := subjectName(in), otherName(in)
	if in.Mode == intent.Only {
		name, other = other, name
	}
	code := func(n string) string {
		if !plainIdentifier(strings.ReplaceAll(n, ".", "_")) {
			return ""
		}
		return "import " + n + "\n\nprint(" + n + ")\n"
	}
	if c := code(name); c != "" {
		m.inTests(c, against(in))
	}
	if in.Mode != intent.Only || plainIdentifier(other) {
		m.set(code(other), false, "another module: "+other)
	}
	for _, n := range in.Names[:min(len(in.Names), 6)] {
		if n = instance(in, n); code(n) != "" {
			m.set(code(n), in.Mode != intent.Only, n)
		}
	}
	target := name
	if script := "import library from " + quote(target) + ";\n\nconsole.log(library);\n"; target != "" && !slices.Contains(in.When, intent.InTests) {
		m.add("typescript", script, true, "the same in TypeScript")
	} else if target != "" {
		m.add("typescript", "import { test } from \"vitest\";\n"+script, true, "the same in TypeScript")
	}
	if in.Mode == intent.Only {
		for _, n := range in.Names {
			if !strings.ContainsAny(n, "*?") && !slices.Contains(in.When, intent.InTests) {
				m.add("typescript", "import library from "+quote(n)+";\n\nconsole.log(library);\n", false, "%s in TypeScript", n)
				return
			}
		}
	}
}

// agent is the code of an agent, with the settings of its run.
func agent(name, settings string) string {
	return "from claude_agent_sdk import ClaudeAgentOptions\n\n" + identifier(name) + " = ClaudeAgentOptions(model=\"claude-sonnet-4-5\"" + settings + ")\n"
}

func identifier(s string) string {
	out := strings.Map(func(r rune) rune {
		if r == '_' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, s)
	if out == "" || out[0] >= '0' && out[0] <= '9' {
		return "agent_" + out
	}
	return out
}

// named is the code of an agent with a name and tools.
func namedAgent(name string, tools []string, approved bool) string {
	decorator := plainTool
	if approved {
		decorator = approvedTool
	}
	var b strings.Builder
	b.WriteString("from agents import Agent, function_tool\n")
	for _, t := range tools {
		fmt.Fprintf(&b, "\n\n%s\ndef %s(item: str) -> str:\n    \"\"\"%s\"\"\"\n    return item.upper()\n", decorator, t, purpose)
	}
	fmt.Fprintf(&b, "\n\nmain_agent = Agent(name=%s, instructions=\"Help.\", model=\"gpt-4o-mini\", tools=[%s])\n", quote(name), strings.Join(tools, ", "))
	return b.String()
}

func (m *maker) agents() {
	in := m.in
	name, other := subjectName(in), otherName(in)
	if in.Mode == intent.Only {
		name, other = other, name
	}
	about := against(in)
	var code func(name string) string
	switch {
	case in.Need == intent.MaxSteps, in.Limit.Quantity == intent.Steps:
		code = func(n string) string { return agent(n, "") }
		m.steps(code(name), name, about, "max_turns")
	case in.Need == intent.Budget, in.Limit.Quantity == intent.USDPerRun:
		code = func(n string) string { return agent(n, "") }
		m.steps(code(name), name, about, "max_budget_usd")
	case in.Limit.Quantity == intent.ToolCount:
		most := int(min(in.Limit.Max, 50))
		var tools []string
		for i := range most + 1 {
			tools = append(tools, fmt.Sprintf("tool_%d", i+1))
		}
		code = func(n string) string { return namedAgent(n, tools, false) }
		m.inTests(code(name), about)
		m.set(namedAgent(name, tools[:most], false), false, "exactly that many")
	default:
		code = func(n string) string { return namedAgent(n, []string{"look_up"}, false) }
		m.inTests(code(name), about)
	}
	if in.Need == intent.Approval || slices.Contains(in.Unless, intent.WithApproval) {
		m.set(namedAgent(name, []string{"look_up"}, true), false, "all its tools need approval by a person")
	}
	if len(in.Names) > 0 && other != "" {
		m.set(code(other), false, "another agent: "+other)
	}
	for _, n := range in.Names[:min(len(in.Names), 6)] {
		m.set(code(instance(in, n)), in.Mode != intent.Only, n)
	}
}

// steps are the examples of a setting of agents.
func (m *maker) steps(without, name, about, setting string) {
	in := m.in
	m.inTests(without, about+": without a limit")
	if in.Mode == intent.Require {
		m.set(agent(name, ", "+setting+"=10"), false, "with "+needWords[in.Need])
		return
	}
	above := agent(name, ", "+setting+"="+number(in.Limit.Max+1))
	m.set(above, true, about+": more than that")
	m.set(agent(name, ", "+setting+"="+number(in.Limit.Max)), false, "exactly that")
	other := otherName(in)
	if len(in.Names) == 0 {
		other = ""
	}
	if other != "" {
		m.set(agent(other, ", "+setting+"="+number(in.Limit.Max+1)), false, "another agent with more")
	}
	if setting == "max_turns" {
		return // what cannot be read is no limit
	}
	unclear := "import json\n" + strings.Replace(agent(name, ", "+setting+"=options[\"most\"]"), "\n\n", "\n\noptions = json.load(open(\"options.json\"))\n", 1)
	m.set(unclear, true, about+": its value cannot be read")
	if other != "" {
		m.set(strings.Replace(unclear, identifier(name)+" = ", identifier(other)+" = ", 1), false, "another agent whose limit cannot be read")
	}
}

func (m *maker) runs() {
	in := m.in
	request := func(model, extra string) string {
		return "client.chat.completions.create(model=" + model + ", messages=[{\"role\": \"user\", \"content\": \"Hello\"}]" + extra + ")"
	}
	script := func(params string, lines ...string) string {
		return "from openai import OpenAI\n\nclient = OpenAI()\n\n\ndef main(" + params + "):\n    " + strings.Join(lines, "\n    ") + "\n\n\nif __name__ == \"__main__\":\n    main(" + params + ")\n"
	}
	bounded := ", max_tokens=100"
	m.inTests(script("", "while True:", "    "+request(`"gpt-4o-mini"`, bounded)), "a loop without end")
	m.set(script("", request(`"gpt-4o-mini"`, bounded)), false, "one call")
	loops := script("", "for line in open(\"items.txt\"):", "    "+request(`"gpt-4o-mini"`, bounded))
	m.set(loops, true, "a loop over items whose number cannot be read")
	if in.Mode == intent.Limited {
		rounds := number(float64(int(in.Limit.Max*1000) + 1))
		m.set(script("", "for _ in range("+rounds+"):", "    "+request(`"o1-pro"`, ", max_tokens=100000")), true, "many calls of a dear model")
		m.set("import json\n"+strings.Replace(script("", request(`options["model"]`, bounded)), "client = ", "options = json.load(open(\"options.json\"))\nclient = ", 1), true, "the model cannot be read")
	}
}
