package estimate

import (
	"fmt"
	"testing"
	"time"

	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

var today = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

func testEnv() Env { return Env{Prices: pricing.Builtin(), Config: config.Default(), Now: today} }

// firstSite is the first site of a file that spends.
func firstSite(t *testing.T, f *parser.File) *llm.Site {
	t.Helper()
	sites := llm.Sites(f)
	for i := range sites {
		if sites[i].Kind.Spends() {
			return &sites[i]
		}
	}
	t.Fatalf("no site in\n%s", f.Text.String())
	return nil
}

const python = "import openai, json, itertools\nclient = openai.OpenAI()\n"
const script = "import OpenAI from 'openai';\nconst client = new OpenAI();\n"

func TestRepeat(t *testing.T) {
	const call = "client.responses.create(model='gpt-6-luna', input=x)"
	const tooled = "client.responses.create(model='gpt-6-luna', input=x, tools=tools)"
	for _, test := range []struct{ src, want string }{
		{call, "1 explicit 1"},
		{"for x in range(20): " + call, "20 explicit 20"},
		{"for x in range(5, 20, 5): " + call, "3 explicit 3"},
		{"for x in range(-3): " + call, "0 explicit 0"},
		{"N = 7\nfor x in range(N): " + call, "7 explicit 7"},
		{"for x in ['a', 'b']: " + call, "2 explicit 2"},
		{"for x in items: " + call, "2–100 none"},
		{"for x in items[:8]: " + call, "8 explicit 8"},
		{"for x in items[2:8]: " + call, "6 explicit 6"},
		{"for x in items[-4:]: " + call, "4 explicit 4"},
		{"for x in ['a', 'b'][:8]: " + call, "2 explicit 2"},
		{"xs = ['a', 'b', *['c']]\nfor i, x in enumerate(xs): " + call, "3 explicit 3"},
		{"xs = []\nxs.append('a')\nfor x in xs: " + call, "2–100 none"},
		{"for x, y in zip(items, range(6)): " + call, "6 explicit 6"},
		{"for x in itertools.islice(items, 4): " + call, "4 explicit 4"},
		{"for x in itertools.batched(range(100), 30): " + call, "4 explicit 4"},
		{"for x in {'a': 1, 'b': 2}.items(): " + call, "2 explicit 2"},
		{"for x in tqdm(sorted(range(3))): " + call, "3 explicit 3"},
		{"out = [" + call + " for x in range(9)]", "9 explicit 9"},
		{"out = [" + call + " for x in range(3) for y in range(4)]", "12 explicit 12"},
		{"for x in [y for y in range(9) if y]: " + call, "≈ 9 explicit 9"},
		{"for i in range(min(len(items), 50)): x = i; " + call, "2–50 explicit 50"},
		{"for i in range(len(['a', 'b'])): x = i; " + call, "2 explicit 2"},
		{"def f(n=5):\n  for x in range(n): " + call, "5 none"},
		{"while True: " + call, "2–100 none"},
		{"i = 0\nwhile i < 5:\n  i += 1\n  " + call, "≈ 5 explicit 5"},
		{"for x in range(3):\n  for y in range(4):\n    " + call, "12 explicit 12"},
		{"for x in range(8):\n  r = " + call + "\n  if r: break", "≈ 8 explicit 8"},
		{"def ask(x):\n  return " + call + "\nfor x in range(6): ask(x)", "6 explicit 6"},
		{"def ask(x):\n  return " + call + "\nout = list(map(ask, range(6)))", "6 explicit 6"},
		{"def ask(x):\n  return " + call + "\ndef all(xs):\n  return [ask(x) for x in xs[:3]]\nfor q in range(2): all(q)", "6 explicit 6"},
		{"for x in items: # qodacode: iterations=40\n  " + call, "40 explicit 40"},
		{"# qodacode: iterations=40\nfor x in items:\n  " + call, "40 explicit 40"},
		{"for x in range(3):\n  for y in ys:\n    " + call + " # qodacode: iterations=4", "12 explicit 12"},
		{"for attempt in range(3):\n  try:\n    r = " + call + "\n    break\n  except Exception: continue", "1 explicit 3"},
		{"for attempt in range(3):\n  try:\n    r = json.loads(" + call + ".output_text)\n    break\n  except Exception: continue", "≈ 1.1 explicit 3"},
		{"while True:\n  try:\n    r = " + call + "\n    x = json.loads(r.output_text)\n    break\n  except ValueError: pass", "≈ 1.1 none"},
		{"def f(n=3):\n  for i in range(n):\n    r = " + call + "\n    try:\n      return json.loads(r.output_text)\n    except ValueError:\n      print(i)", "≈ 1.1 none"},
		{"def f():\n  for i in range(3):\n    r = " + call + "\n    try:\n      return json.loads(r.output_text)\n    except ValueError:\n      raise", "≈ 3 explicit 3"},
		{"def f(n=5):\n  for i in range(n):\n    r = " + call + "\n    if r: return r", "≈ 5 none"},
		{"for x in range(8):\n  r = " + tooled + "\n  if r: break", "≈ 6 explicit 8"},
		{"while True:\n  r = " + tooled + "\n  if r: break", "2–100 none"},
		{"for x in range(20): " + tooled, "20 explicit 20"},
	} {
		f := parser.Parse("a.py", "", text.New(python+test.src))
		if got := repeats(t, f); got != test.want {
			t.Errorf("%s\ngot %s, want %s", test.src, got, test.want)
		}
	}
	const tsCall = "await client.responses.create({ model: 'gpt-6-luna', input: x })"
	for _, test := range []struct{ src, want string }{
		{"for (const x of ['a', 'b']) " + tsCall, "2 explicit 2"},
		{"for (let i = 0; i < 12; i++) { " + tsCall + " }", "12 explicit 12"},
		{"for (let i = 0; i <= 12; i += 3) { " + tsCall + " }", "5 explicit 5"},
		{"for (let i = 0; i < xs.length; i++) { " + tsCall + " }", "2–100 none"},
		{"const xs = ['a', 'b'];\nfor (let i = 0; i < xs.length; i++) { " + tsCall + " }", "2 explicit 2"},
		{"await Promise.all(xs.map(async (x) => " + tsCall + "))", "2–100 none"},
		{"await Promise.all(xs.slice(0, 5).map(async (x) => " + tsCall + "))", "5 explicit 5"},
		{"await Promise.all(Array.from({ length: 8 }).map(async (x) => " + tsCall + "))", "8 explicit 8"},
		{"await Promise.all([...Array(3).keys()].map(async (x) => " + tsCall + "))", "3 explicit 3"},
		{"await Promise.all(new Array(3).fill('').map(async (x) => " + tsCall + "))", "3 explicit 3"},
		{"const M = { a: 1, b: 2 };\nfor (const [x, y] of Object.entries(M)) { " + tsCall + " }", "2 explicit 2"},
		{"async function ask(x) { return " + tsCall + " }\nfor (const x of [1, 2, 3]) await ask(x)", "3 explicit 3"},
		{"async function ask(x) { return " + tsCall + " }\n[1, 2, 3].forEach(ask)", "3 explicit 3"},
		{"for (const x of xs) { // qodacode: iterations=7\n" + tsCall + " }", "7 explicit 7"},
		{"for (;;) { " + tsCall + " }", "2–100 none"},
	} {
		f := parser.Parse("a.ts", "", text.New(script+test.src))
		if got := repeats(t, f); got != test.want {
			t.Errorf("%s\ngot %s, want %s", test.src, got, test.want)
		}
	}
}

func repeats(t *testing.T, f *parser.File) string {
	r := testEnv().Repeats(firstSite(t, f))
	if !r.Times.isNumber() || r.Origin == llm.Explicit && r.Most < r.Times.High {
		t.Errorf("%s: %+v", f.Text.String(), r)
	}
	if r.Origin == llm.NoLimit && r.Reason == "" {
		t.Errorf("%s: no limit for no reason", f.Text.String())
	}
	out := fmt.Sprintf("%s %s", r.Times.Count(), r.Origin)
	if r.Origin != llm.NoLimit {
		out += " " + FormatCount(r.Most)
	}
	return out
}
