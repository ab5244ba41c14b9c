package codeactions

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/qodacode/qodacode/analyzers"
	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

func analyze(t *testing.T, path, src string) *analyzers.Analysis {
	t.Helper()
	engine := analyzers.New(analyzers.Options{Now: func() time.Time { return today }})
	f := parser.Parse(path, "", text.New(src))
	a, err := engine.Analyze(context.Background(), f, analyzers.Around{Config: config.Default()}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var files []*parser.File
	if f.Language.IsCode() {
		files = append(files, f)
	}
	p, err := engine.AnalyzeProject(context.Background(), analyzers.Sources{Files: files, Config: func(string) *config.Config { return config.Default() }}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return a.Join(p)
}

func whole(a *analyzers.Analysis) text.Span { return text.Span{End: a.File.Source.Len()} }

func action(t *testing.T, a *analyzers.Analysis, title string) Action {
	t.Helper()
	for _, action := range For(a, whole(a)) {
		if strings.HasPrefix(action.Title, title) {
			return action
		}
	}
	t.Fatalf("no action %q among %+v", title, For(a, whole(a)))
	return Action{}
}

// Each fix, applied to what the engine finds, leaves nothing to find.
func TestRoundTrip(t *testing.T) {
	key := "sk-" + "proj-" + strings.Repeat("aB3dE7fG", 9) + "xy" + "T3BlbkFJ" + strings.Repeat("hJ5kL9mN", 9) + "yz"
	for _, test := range []struct{ path, src, title, family string }{
		{"a.py", "import openai\nopenai.responses.create(model='gpt-4o', input='x', max_output_tokens=9)\n", "Replace", "cost"},
		{"a.py", "import openai\nopenai.responses.create(model='gpt-4o', input='x', max_output_tokens=9)\n", "Suppress", "cost"},
		{"a.ts", "import OpenAI from 'openai';\nnew OpenAI().responses.create({ model: 'gpt-4', input: 'x', max_output_tokens: 9 });\n", "Suppress", "cost"},
		{"a.py", "client = OpenAI(api_key=\"" + key + "\")\n", "Read the secret", "secrets"},
		{"a.ts", "const client = new OpenAI({ apiKey: '" + key + "' });\n", "Read the secret", "secrets"},
		{"a.py", "client = OpenAI(api_key=\"" + key + "\")\n", "Suppress", "secrets"},
		{".env", "OPENAI_API_KEY=" + key + "\n", "Suppress", "secrets"},
		{"a.py", "x = 1  # qodacode:ignore COST-008 -- old\n", "Remove", "config"},
		{"a.py", "import reqeusts\n\nprint(reqeusts.get('https://example.com').text)\n", "Replace reqeusts by requests", "deps"},
		{"requirements.txt", "flask\nbeautifulsop4>=4  # parser\n", "Replace", "deps"},
		{"package.json", "{\"dependencies\": {\"python-dotenv\": \"^1\"}}\n", "Replace python-dotenv by dotenv", "deps"},
		{"CLAUDE.md", "Run the tests.\u200b\n", "Remove the hidden characters", "sast"},
		{".claude/settings.json", "{\"enableAllProjectMcpServers\": true}\n", "Remove enableAllProjectMcpServers", "sast"},
		{"a.ts", "import { Agent } from '@opneai/agents/realtime';\n", "Replace", "deps"},
	} {
		a := analyze(t, test.path, test.src)
		if len(a.Findings) != 1 {
			t.Errorf("%s: found %+v", test.src, a.Findings)
			continue
		}
		act := action(t, a, test.title)
		if act.Finding == nil || act.Rule != a.Findings[0].Rule || act.Kind != QuickFix {
			t.Errorf("%s: incomplete %+v", test.title, act)
		}
		after := apply(test.src, act.Edits())
		if left := analyze(t, test.path, after).Findings; len(left) > 0 || after == test.src {
			t.Errorf("%s\n%s\nstill has %+v", test.title, after, left)
		}
	}
}

func TestFixAll(t *testing.T) {
	src := "import openai\n# qodacode:ignore COST-009 -- old\nx = 1  # qodacode:ignore COST-008\nopenai.responses.create(model='gpt-4o', input='x', max_output_tokens=9)\n"
	a := analyze(t, "a.py", src)
	if got, want := apply(src, FixAll(a)), "import openai\nx = 1\nopenai.responses.create(model='gpt-4o', input='x', max_output_tokens=9)\n"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if e := FixAll(analyze(t, "a.py", "x = 1\n")); len(e) > 0 {
		t.Errorf("nothing to fix, but %+v", e)
	}
}

// Actions are offered where the finding is, its ends included, and nowhere else.
func TestForSpan(t *testing.T) {
	src := "import openai\nopenai.responses.create(model='gpt-4o', input='x', max_output_tokens=9)\n"
	a := analyze(t, "a.py", src)
	at := a.Findings[0].Span
	for span, want := range map[text.Span]bool{
		{Start: at.Start, End: at.Start}: true, {Start: at.End, End: at.End}: true, {Start: at.Start + 3, End: at.Start + 4}: true,
		{Start: 0, End: len(src)}: true, {Start: 0, End: 3}: false, {Start: at.End + 1, End: at.End + 1}: false,
	} {
		if got := len(For(a, span)) > 0; got != want {
			t.Errorf("%v: %v, want %v", span, got, want)
		}
	}
}

// A disabled action has no edits.
func TestDisabled(t *testing.T) {
	a := analyze(t, "a.py", "import openai\nopenai.AzureOpenAI().responses.create(model='gpt-4o', input='x', max_output_tokens=9)\n")
	if act := action(t, a, "Replace"); act.Disabled == "" || act.Preferred || act.Edits() != nil {
		t.Errorf("%+v", act)
	}
}

// Line ends stay as the file has them.
func TestLineEnds(t *testing.T) {
	for _, eol := range []string{"\n", "\r\n", "\r"} {
		for _, src := range []string{
			"import json\n\nKEY = 'hunter2hunter2'\n", "KEY = 'hunter2hunter2'\n", "import zlib\nKEY = 'hunter2hunter2'\n",
			"import openai\nopenai.chat.completions.create(\n    model='gpt-4o',\n    messages=[],\n)\n", "x = '''\nFAULT\n''' + \\\n  'FAULT'\nf(\nFAULT,\n)\n",
		} {
			src = strings.ReplaceAll(src, "\n", eol)
			for _, r := range results(t, parser.Parse("a.py", "", text.New(src))) {
				rest := strings.ReplaceAll(string(r.Data), eol, "")
				if eol != "\r" && strings.ContainsAny(rest, "\r\n") || eol == "\r" && strings.Contains(rest, "\n") {
					t.Errorf("%q: %s gives %q", src, r.Name, r.Data)
				}
			}
		}
	}
}

// In a notebook the edits are of its JSON, and the result is a notebook that parses.
func TestNotebook(t *testing.T) {
	src := `{"cells": [{"cell_type": "code", "source": ["import openai\n", "KEY = 'hunter2hunter2'\n"]},
 {"cell_type": "code", "source": ["x = \"Bearer hunter2hunter2\"\n", "y = FAULT\n", "openai.responses.create(model=\"gpt-4o\", input=\"x\")"]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}`
	got := map[string]string{}
	for _, r := range results(t, parser.Parse("a.ipynb", "", text.New(src))) {
		after := parser.Parse("a.ipynb", "", text.New(string(r.Data)))
		if after.Broken() || len(after.Nodes) == 0 {
			t.Errorf("%s gives\n%s", r.Name, r.Data)
		}
		got[r.Name] += after.Text.String()
	}
	for _, want := range []string{
		"import os\n\nimport openai\nKEY = os.environ['OPENAI_API_KEY']", "x = f\"Bearer {os.environ['OPENAI_API_KEY']}\"",
		"y = FAULT  # qodacode:ignore ARCH-001 -- reason\n", "model=\"gpt-6-luna\", reasoning={\"effort\": \"none\"}",
	} {
		found := false
		for _, code := range got {
			found = found || strings.Contains(code, want)
		}
		if !found {
			t.Errorf("nothing gives %q: %q", want, got)
		}
	}
}

// Whatever is removed, in whatever layout, what stays is what was to stay, and parses.
func TestRemoveArguments(t *testing.T) {
	for _, layout := range []string{
		"f(A, B, C, D)", "f(A, B, C, D,)", "f(\n    A,\n    B,\n    C,\n    D,\n)\n", "f(\n    A,\n    B,\n    C,\n    D\n)\n",
		"f(A, B,\n  C, D)", "f(\n    A, B, C, D\n)", "f(A,\n  B,  # why\n  C,\n  D)", "f(A, B,  # why\n  C,\n  D)", "f(A, B,\n  C,\n  D,)", "x = {\n  A, B,\n  C,\n  D}",
	} {
		for removed := range 1 << 4 {
			if removed == 1<<4-1 {
				continue
			}
			src, pairs := layout, strings.HasPrefix(layout, "x")
			var keep []string
			for i, name := range []string{"A", "B", "C", "D"} {
				arg := strings.ToLower(name) + "=1"
				if pairs {
					arg = "'" + strings.ToLower(name) + "': 1"
				}
				src = strings.Replace(src, name, arg, 1)
				if removed&(1<<i) == 0 {
					keep = append(keep, arg)
				}
			}
			f := parser.Parse("a.py", "", text.New(src))
			after := parser.Parse("a.py", "", text.New(apply(src, removeSubset(f, removed))))
			if got := arguments(after); !slices.Equal(got, keep) || after.Broken() ||
				removed&2 == 0 && strings.Contains(src, "# why") != strings.Contains(after.Text.String(), "# why") {
				t.Errorf("%q without %04b: %q", src, removed, after.Text)
			}
		}
	}
}

func removeSubset(f *parser.File, removed int) []Edit {
	d := &draft{File: f}
	var args []parser.NodeID
	for i, n := range argumentNodes(f) {
		if removed&(1<<i) != 0 {
			args = append(args, n)
		}
	}
	d.removeArguments(args)
	return d.done()
}

func argumentNodes(f *parser.File) (nodes []parser.NodeID) {
	for i := range f.Nodes {
		if k := f.Kind(parser.NodeID(i)); k == parser.KindKeywordArgument || k == parser.KindPair {
			nodes = append(nodes, parser.NodeID(i))
		}
	}
	return nodes
}

func arguments(f *parser.File) (args []string) {
	for _, n := range argumentNodes(f) {
		args = append(args, f.Slice(n))
	}
	return args
}

// Every model that retires can be replaced, and what replaces it does not retire.
func TestEveryRetirement(t *testing.T) {
	for _, m := range pricing.Builtin().Models {
		days, dated := m.DaysLeft(today)
		if !dated || days > 90 || m.Replacement == "" {
			continue
		}
		prefix := map[pricing.Provider]string{pricing.OpenAI: "openai/", pricing.Anthropic: "anthropic/", pricing.Google: "gemini/"}[m.Provider]
		src := fmt.Sprintf("import litellm\nlitellm.completion(model=%q, messages=[], temperature=0, max_tokens=9)\n", prefix+m.ID)
		a := analyze(t, "a.py", src)
		act := action(t, a, "Replace")
		after := apply(src, act.Edits())
		retires := func(f diagnostics.Finding) bool { return f.Rule == "COST-008" || f.Rule == "COST-009" }
		if left := slices.DeleteFunc(analyze(t, "a.py", after).Findings, func(f diagnostics.Finding) bool { return !retires(f) }); act.Disabled != "" || len(left) > 0 || !strings.Contains(after, `"`+prefix+m.Replacement+`"`) {
			t.Errorf("%s: %s%s\n%+v", m.ID, act.Disabled, after, left)
		}
	}
}

// The lists of traits name models of the table, and hold for each OpenAI model.
func TestTraits(t *testing.T) {
	table := pricing.Builtin()
	if m, ok := table.Lookup("claude-sonnet-5-5"); !ok || !traitsOf(m).noForcedTool {
		t.Error("claude-sonnet-5-5 refuses forced tools")
	}
	for id := range openAITools {
		if m, ok := table.Lookup(id); !ok || !traitsOf(m).reasons {
			t.Errorf("%s is no reasoning model", id)
		}
	}
	for i := range table.Models {
		m := &table.Models[i]
		name := strings.TrimPrefix(m.ID, "gpt-")
		modern := name != m.ID && name >= "5" || m.ID[0] == 'o'
		if m.Provider == pricing.OpenAI && !m.Embedding() && traitsOf(m).reasons != modern {
			t.Errorf("%s: reasons = %v", m.ID, !modern)
		}
	}
}

func TestEnvironmentName(t *testing.T) {
	for name, want := range map[string]string{
		"OPENAI_API_KEY": "OPENAI_API_KEY", "openai-key": "OPENAI_KEY", "": "SECRET", "1password": "SECRET_1PASSWORD", "a b; rm": "A_B_RM", "ключ": "SECRET",
	} {
		if got := environmentName(name); got != want {
			t.Errorf("%q: %s, want %s", name, got, want)
		}
	}
}

func TestDotenvValue(t *testing.T) {
	for value, want := range map[string]string{
		"sk-abc_1": "sk-abc_1", "a b": "'a b'", "a$b": "'a$b'", "it's": `"it's"`, "a\nb": `"a\nb"`, "a'\"$\n": `"a'\"\$\n"`,
	} {
		if got := dotenvValue(value); got != want {
			t.Errorf("%q: %s, want %s", value, got, want)
		}
	}
}

// Fixes of a finding that is of no kind here are nobody's.
func TestUnknownFix(t *testing.T) {
	f := parser.Parse("a.json", "", text.New("{}"))
	if got := actionsFor(f, []diagnostics.Finding{{Rule: "X", Fix: 3, Span: text.Span{End: 1}}}, text.Span{End: 1}); len(got) != 0 {
		t.Errorf("%+v", got)
	}
}

// Text that is being typed offers what it can, and its edits never overlap.
func TestBrokenText(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, in := range archive.Files {
			if strings.HasPrefix(in.Name, "> ") {
				continue
			}
			src := string(in.Data)
			for cut := 0; cut < len(src); cut += 3 {
				for _, broken := range []string{src[:cut], src[cut:], src[:cut] + src[min(cut+4, len(src)):]} {
					f := parser.Parse(in.Name, "", text.New(broken))
					for _, action := range actionsFor(f, pretend(f), text.Span{End: len(broken)}) {
						apply(broken, slices.DeleteFunc(action.Edits(), func(e Edit) bool { return e.Path != "" }))
					}
				}
			}
		}
	}
}
