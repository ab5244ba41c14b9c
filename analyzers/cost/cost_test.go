package cost

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/qodacode/qodacode/analyzers/estimate"
	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

var today = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

func check(path, src string) []diagnostics.Finding {
	f := parser.Parse(path, "", text.New(src))
	var out []diagnostics.Finding
	c := New(pricing.BuiltinFor)
	c.Run(&diagnostics.Pass{File: f, Config: config.Default(), Now: today, Sink: func(d diagnostics.Finding) { out = append(out, d) }})
	return out
}

// retirements keeps the findings about models that are gone or will be.
func retirements(findings []diagnostics.Finding) []diagnostics.Finding {
	return slices.DeleteFunc(findings, func(f diagnostics.Finding) bool { return f.Rule != "COST-008" && f.Rule != "COST-009" })
}

const pyClient = "import anthropic, openai, litellm\nclient = anthropic.Anthropic()\n"

func TestRetirement(t *testing.T) {
	for name, test := range map[string]struct {
		src      string
		rule     string
		severity diagnostics.Severity // 0: the rule's own
		span     string
		message  string
		new      string
		related  int
	}{
		"soon and urgent": {
			"client.messages.create(model='claude-sonnet-4-5', max_tokens=9, messages=[])",
			"COST-008", diagnostics.Error, "'claude-sonnet-4-5'",
			"claude-sonnet-4-5 retires on 2026-11-30 (8 days); Anthropic's replacement is claude-sonnet-5-5", "claude-sonnet-5-5", 0,
		},
		"soon": {
			"openai.responses.create(model='gpt-4o-2024-08-06', input='x')",
			"COST-008", 0, "'gpt-4o-2024-08-06'",
			"gpt-4o-2024-08-06 retires on 2027-01-14 (53 days); OpenAI's replacement is gpt-6-luna", "gpt-6-luna", 0,
		},
		"gone": {
			"litellm.completion(model='anthropic/claude-3-5-sonnet-20241022', messages=[])",
			"COST-009", 0, "'anthropic/claude-3-5-sonnet-20241022'",
			"anthropic/claude-3-5-sonnet-20241022 retired on 2025-10-28 (390 days ago); Anthropic's replacement is claude-sonnet-5-5", "anthropic/claude-sonnet-5-5", 0,
		},
		"constant, two calls": {
			"M = 'gpt-4'\nopenai.responses.create(model=M, input='x')\nopenai.responses.create(model=M, input='y')",
			"COST-009", 0, "'gpt-4'",
			"gpt-4 retired on 2026-10-23 (30 days ago); OpenAI's replacement is gpt-5.6-sol", "gpt-5.6-sol", 2,
		},
		"another platform": {
			"openai.AzureOpenAI().responses.create(model='gpt-4', input='x')",
			"COST-009", diagnostics.Info, "'gpt-4'",
			"gpt-4 retired on 2026-10-23 (30 days ago); OpenAI's replacement is gpt-5.6-sol. This call goes to Azure, where ids and dates may differ", "gpt-5.6-sol", 0,
		},
		"base URL": {
			"openai.OpenAI(base_url='http://localhost/v1').responses.create(model='gpt-4o', input='x')",
			"COST-008", diagnostics.Info, "'gpt-4o'",
			"gpt-4o retires on 2027-01-14 (53 days); OpenAI's replacement is gpt-6-luna. This call goes to a custom endpoint, where ids and dates may differ", "gpt-6-luna", 0,
		},
		"pieced together": {
			"openai.responses.create(model='gpt' + '-4', input='x')",
			"COST-009", 0, "'gpt' + '-4'",
			"gpt-4 retired on 2026-10-23 (30 days ago); OpenAI's replacement is gpt-5.6-sol", "gpt-5.6-sol", 0,
		},
	} {
		t.Run(name, func(t *testing.T) {
			src := pyClient + test.src
			findings := retirements(check("a.py", src))
			if len(findings) != 1 {
				t.Fatalf("%d findings: %+v", len(findings), findings)
			}
			f := findings[0]
			if f.Rule != test.rule || f.Severity != test.severity || f.Message != test.message || src[f.Span.Start:f.Span.End] != test.span || len(f.Related) != test.related {
				t.Errorf("got %s %v %q at %q with %d related", f.Rule, f.Severity, f.Message, src[f.Span.Start:f.Span.End], len(f.Related))
			}
			if fix := f.Fix.(*SwapFix); fix.New != test.new {
				t.Errorf("would write %s, want %s", fix.New, test.new)
			}
		})
	}
}

func TestNothingToReport(t *testing.T) {
	for name, src := range map[string]string{
		"active":             "openai.responses.create(model='gpt-6.1-sol', input='x')",
		"far away":           "openai.responses.create(model='gpt-5.1', input='x')", // 130 days
		"unknown":            "openai.responses.create(model='gpt-99', input='x')",
		"dynamic":            "def f(m): openai.responses.create(model=m, input='x')",
		"a mere string":      "MODEL = 'gpt-4'\nprint(MODEL)",
		"Bedrock's own id":   "client.messages.create(model='anthropic.claude-3-opus-20240229-v1:0', max_tokens=9, messages=[])",
		"another platform's": "litellm.completion(model='azure/gpt-4', messages=[])",
	} {
		if findings := retirements(check("a.py", pyClient+src)); len(findings) != 0 {
			t.Errorf("%s: %+v", name, findings)
		}
	}
}

func env() estimate.Env {
	return estimate.Env{Prices: pricing.Builtin(), Config: config.Default(), Now: today}
}

func TestHints(t *testing.T) {
	src := `import OpenAI, { AzureOpenAI } from 'openai';
const M = 'gpt-4o-mini';
const client = new OpenAI();
client.responses.create({ model: 'gpt-6.1-sol', input: 'x' });
for (const x of [1, 2, 3]) client.responses.create({ model: M, input: 'x' });
client.embeddings.create({ model: 'text-embedding-3-small', input: 'x' });
client.responses.create({ model: 'unknown', input: 'x' });
new AzureOpenAI().responses.create({ model: 'gpt-4o', input: 'x' });
`
	f := parser.Parse("a.ts", "", text.New(src))
	var got []string
	for _, c := range estimate.Calls(f, env()) {
		h, ok := HintOf(env(), c)
		if !ok {
			continue
		}
		per := regexp.MustCompile(`/\w+.*`).FindString(h.Label)
		got = append(got, src[:h.Offset][strings.LastIndexByte(src[:h.Offset], ' ')+1:]+" "+per)
		if !strings.HasPrefix(h.Label, "$") && !strings.HasPrefix(h.Label, "≈ $") && !strings.HasPrefix(h.Label, "<$") || !strings.Contains(h.Tooltip, "prices as of 2026-11-22") {
			t.Errorf("%q %q", h.Label, h.Tooltip)
		}
	}
	want := "'gpt-6.1-sol' /call\nM /run · 3×\n'text-embedding-3-small' /call"
	if strings.Join(got, "\n") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
}

func hover(f *parser.File, offset int) (string, bool) {
	for _, c := range estimate.Calls(f, env()) {
		if _, ok := HoverAt(c, offset); ok {
			return Hover(env(), c, nil), true
		}
	}
	return "", false
}

func TestHover(t *testing.T) {
	src := pyClient + `for q in qs:
    client.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])
def f(m):
    client.messages.create(model=m, max_tokens=9, messages=[])
client.messages.create(model="claude-2.1", max_tokens=9, messages=[])
openai.embeddings.create(model="text-embedding-3-small", input="x")
anthropic.AnthropicVertex().messages.create(model="claude-haiku-5-5", max_tokens=9, messages=[])
litellm.completion("gemini/gemini-4-argon", [])
openai.responses.create(model="gpt-6.1-sol", input="x")
`
	f := parser.Parse("a.py", "", text.New(src))
	for at, want := range map[string][]string{
		`claude-sonnet-4-5"`: {
			"**claude-sonnet-4-5** · Anthropic · anthropic messages, in a loop\n\n| | low | expected | high |\n", "| per call | $", "| per run, ~10× | $",
			"Worst case of one call: ", "Assumes: ", "Cheaper, per call: `claude-sonnet-5-5` ",
			"$3.00 in · $15.00 out /1M · cache read $0.30 · cache write $3.75 · context 200,000 tokens\n\n",
			"**Retires on 2026-11-30 (8 days).** Anthropic's replacement is `claude-sonnet-5-5` ($2.00 in · $10.00 out /1M).\n\nPrices as of 2026-11-22, from providers' price pages.\n",
		},
		`m, max_tokens`:      {"**Model not known** · anthropic messages\n\nNo price is shown: the model comes from `m`.\n"},
		`claude-2.1"`:        {"**claude-2.1** · anthropic messages\n\nNo price is shown: "},
		`create(model="text`: {"**text-embedding-3-small** · OpenAI · openai embeddings\n\n", "| tokens in |", "$0.02 in /1M"},
		`claude-haiku-5-5"`: {
			"**claude-haiku-5-5** · Anthropic · anthropic messages\n\n$0.10 in", "prompts above 100,000 tokens: input ×5, output ×5\n\n",
			"This call goes to Google Vertex AI: ids, prices and dates there may differ from Anthropic's own, which are shown here.\n\nPrices as of 2026-11-22, from providers' price pages.\n",
		},
		`completion("gem`: {"**gemini-4-argon** · Google · litellm completion\n\n", "from 2026-12-01: $4.00 in · $20.00 out /1M\n\nPrices as of 2026-11-22, from providers' price pages.\n"},
	} {
		got, ok := hover(f, strings.Index(src, at)+1)
		if !ok {
			t.Errorf("%s: nothing is told", at)
		}
		for _, part := range want {
			if !strings.Contains(got, part) {
				t.Errorf("%s: no %q in\n%s", at, part, got)
			}
		}
	}
	if got, _ := hover(f, strings.Index(src, `m, max_tokens`)); strings.Contains(got, "$") {
		t.Errorf("a model that is not known has a price:\n%s", got)
	}
	for _, at := range []string{"import", "max_tokens", "client.messages"} {
		if got, ok := hover(f, strings.Index(src, at)+1); ok {
			t.Errorf("%s: %s", at, got)
		}
	}
}

func TestRules(t *testing.T) {
	for _, r := range Rules() {
		if r.Family != "cost" || r.Title == "" || len(r.Title) > 60 || r.Since == "" || len(r.Languages) == 0 {
			t.Errorf("%s is incomplete", r.ID)
		}
		for _, part := range []string{"## What it does", "## Why is this bad?", "## Example"} {
			if !strings.Contains(r.Doc, part) {
				t.Errorf("%s: no %q", r.ID, part)
			}
		}
	}
}

// The examples in the documentation are true: the first is found, the second is not.
func TestExamples(t *testing.T) {
	for _, r := range Rules() {
		blocks := strings.Split(r.Doc, "```")
		for i, want := range []bool{true, false} {
			language, code, _ := strings.Cut(blocks[1+2*i], "\n")
			code = strings.ReplaceAll(code, "… (2,000 words)", strings.Repeat("Be brief, be friendly, and never promise a refund. ", 220))
			src, path := pyClient+code, "a.py"
			if language == "typescript" {
				src, path = "import OpenAI from 'openai';\nconst client = new OpenAI();\n"+code, "a.ts"
			}
			found := false
			archive := &txtar.Archive{Files: []txtar.File{{Name: path, Data: []byte(src)}}}
			if first, _, _ := strings.Cut(code, "\n"); strings.HasPrefix(first, "# qodacode.toml: ") {
				archive.Files = append(archive.Files, txtar.File{Name: config.FileName, Data: []byte(strings.Replace(first[len("# qodacode.toml: "):], "] ", "]\n", 1))})
			}
			for _, f := range runArchive(t, archive)[path] {
				found = found || f.Rule == r.ID
			}
			if found != want {
				t.Errorf("%s, example %d: found %v", r.ID, i+1, found)
			}
		}
	}
}
