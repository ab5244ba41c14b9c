package estimate

import (
	"fmt"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// BenchmarkRuns estimates a project after an edit of one file: the others are parsed, and
// what their memos hold is there.
func BenchmarkRuns(b *testing.B) {
	for _, n := range []int{20, 250} {
		b.Run(fmt.Sprint(n, " files"), func(b *testing.B) {
			var files []*parser.File
			source := func(i int) string {
				var s strings.Builder
				s.WriteString("from openai import OpenAI\nfrom fastapi import APIRouter\nclient = OpenAI()\nrouter = APIRouter()\n")
				if i > 0 {
					fmt.Fprintf(&s, "from m%d import ask_%d\n", i-1, i-1)
				}
				fmt.Fprintf(&s, "def ask_%d(text):\n    return client.responses.create(model='gpt-6-luna', input=f'Answer {text}', max_output_tokens=100)\n", i)
				for j := range 20 {
					fmt.Fprintf(&s, "def helper_%d(x):\n    y = str(x)\n    return len(y) + max(1, %d)\n", j, j)
				}
				fmt.Fprintf(&s, "@router.post('/x')\ndef handle_%d(items):\n    for item in items:\n        ask_%d(item)\n", i, i)
				if i > 0 {
					fmt.Fprintf(&s, "    ask_%d('x')\n", i-1)
				}
				return s.String()
			}
			for i := range n {
				files = append(files, parser.Parse(fmt.Sprintf("m%d.py", i), "", text.New(source(i))))
			}
			cfg := config.Default()
			env := Env{Prices: pricing.Builtin(), Now: runsDay}
			for b.Loop() {
				b.StopTimer()
				files[0] = parser.Parse("m0.py", "", text.New(source(0)))
				p := agents.NewProject(files, nil)
				b.StartTimer()
				NewProject(agents.Reading{Project: p}, env, func(string) *config.Config { return cfg })
			}
		})
	}
}
