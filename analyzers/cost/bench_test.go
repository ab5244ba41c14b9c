package cost

import (
	"fmt"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/analyzers/estimate"
	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// BenchmarkRules is all rules over a file of 1,000 lines with 20 calls, whose estimates are
// known: what the rules add to a keystroke. The budget is 0.1 ms.
func BenchmarkRules(b *testing.B) {
	var src strings.Builder
	src.WriteString("import openai\nfrom fastapi import FastAPI\napp = FastAPI()\nclient = openai.OpenAI()\n")
	for i := range 20 {
		fmt.Fprintf(&src, "\n@app.post('/%d')\ndef handle%d(items: list, question: str):\n    out = []\n    for item in items:\n", i, i)
		fmt.Fprintf(&src, "        r = client.chat.completions.create(model='gpt-6.1-sol', temperature=0, messages=[{'role': 'user', 'content': f'Classify {item}: {question}'}])\n        out.append(r)\n")
		for j := range 40 {
			fmt.Fprintf(&src, "    value%d = transform(out, question, %d)\n", j, j)
		}
		src.WriteString("    return out\n")
	}
	f := parser.Parse("a.py", "", text.New(src.String()))
	if f.Text.Lines() < 900 {
		b.Fatal(f.Text.Lines(), "lines")
	}
	env := estimate.Env{Prices: pricing.Builtin(), Config: config.Default(), Now: today}
	calls := estimate.Calls(f, env)
	found := 0
	for b.Loop() {
		runFile(f, env, calls, func(diagnostics.Finding) { found++ })
	}
	if found == 0 {
		b.Fatal("nothing found")
	}
}
