package cost

import (
	"strings"
	"testing"
	"time"

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
	c := New(pricing.Builtin)
	c.Run(&diagnostics.Pass{File: f, Config: config.Default(), Now: today, Sink: func(d diagnostics.Finding) { out = append(out, d) }})
	return out
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
			findings := check("a.py", src)
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
		if findings := check("a.py", pyClient+src); len(findings) != 0 {
			t.Errorf("%s: %+v", name, findings)
		}
	}
}

func TestHints(t *testing.T) {
	src := `import OpenAI, { AzureOpenAI } from 'openai';
const M = 'gpt-4o-mini';
const client = new OpenAI();
client.responses.create({ model: 'gpt-6.1-sol', input: 'x' });
client.responses.create({ model: M, input: 'x' });
client.embeddings.create({ model: 'text-embedding-3-small', input: 'x' });
client.responses.create({ model: 'unknown', input: 'x' });
new AzureOpenAI().responses.create({ model: 'gpt-4o', input: 'x' });
`
	f := parser.Parse("a.ts", "", text.New(src))
	var got []string
	for _, h := range Hints(f, today) {
		got = append(got, src[:h.Offset][strings.LastIndexByte(src[:h.Offset], ' ')+1:]+" "+h.Label)
		if !strings.Contains(h.Tooltip, "prices as of 2026-11-22") {
			t.Errorf("tooltip %q", h.Tooltip)
		}
	}
	want := "'gpt-6.1-sol' $2.00 in · $10.00 out /1M\nM $0.15 in · $0.60 out /1M\n'text-embedding-3-small' $0.02 in /1M"
	if strings.Join(got, "\n") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
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
`
	f := parser.Parse("a.py", "", text.New(src))
	for at, want := range map[string]string{
		`claude-sonnet-4-5"`: "**claude-sonnet-4-5** · Anthropic · anthropic messages, in a loop\n\n" +
			"| USD per 1M tokens | |\n|---|---:|\n| input | $3.00 |\n| output | $15.00 |\n| cache read | $0.30 |\n| cache write | $3.75 |\n\n" +
			"Context 200,000 tokens\n\n**Retires on 2026-11-30 (8 days).** Anthropic's replacement is `claude-sonnet-5-5` ($2.00 in · $10.00 out /1M).\n\nPrices as of 2026-11-22.\n",
		`m, max_tokens`: "**Model not known** · anthropic messages\n\nNo price is shown: the model comes from `m`.\n",
		`claude-2.1"`:   "**claude-2.1** · anthropic messages\n\nNo price is shown: this id is not in the price table as of 2026-11-22.\n",
		`create(model="text`: "**text-embedding-3-small** · OpenAI · openai embeddings\n\n" +
			"| USD per 1M tokens | |\n|---|---:|\n| input | $0.02 |\n\nPrices as of 2026-11-22.\n",
		`claude-haiku-5-5"`: "**claude-haiku-5-5** · Anthropic · anthropic messages\n\n" +
			"| USD per 1M tokens | |\n|---|---:|\n| input | $0.10 |\n| output | $0.50 |\n| cache read | $0.01 |\n| cache write | $0.125 |\n\n" +
			"Context 1,000,000 tokens · prompts above 100,000 tokens: input ×5, output ×5\n\n" +
			"This call goes to Google Vertex AI: ids, prices and dates there may differ from Anthropic's own, which are shown here.\n\nPrices as of 2026-11-22.\n",
		`completion("gem`: "**gemini-4-argon** · Google · litellm completion\n\n" +
			"| USD per 1M tokens | |\n|---|---:|\n| input | $2.00 |\n| output | $10.00 |\n| cache read | $0.10 |\n\n" +
			"Context 1,048,576 tokens · from 2026-12-01: $4.00 in · $20.00 out /1M\n\nPrices as of 2026-11-22.\n",
	} {
		_, got, ok := Hover(f, today, strings.Index(src, at)+1)
		if !ok || got != want {
			t.Errorf("%s: %v\n%s\nwant\n%s", at, ok, got, want)
		}
	}
	for _, at := range []string{"import", "max_tokens", "client.messages"} {
		if _, got, ok := Hover(f, today, strings.Index(src, at)+1); ok {
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
			src, path := pyClient+code, "a.py"
			if language == "typescript" {
				src, path = "import OpenAI from 'openai';\nconst client = new OpenAI();\n"+code, "a.ts"
			}
			found := false
			for _, f := range check(path, src) {
				found = found || f.Rule == r.ID
			}
			if found != want {
				t.Errorf("%s, example %d: found %v", r.ID, i+1, found)
			}
		}
	}
}
