package parser

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/parser/text"
)

// benchmarkSource is a file of 1,000 lines of plausible agent code, or the file that BENCH_FILE names.
func benchmarkSource(b *testing.B) (path, src string) {
	if path := os.Getenv("BENCH_FILE"); path != "" {
		data, err := os.ReadFile(path)
		if err != nil {
			b.Fatal(err)
		}
		return path, string(data)
	}
	const unit = `
class Agent%:
    """Answers questions."""

    def __init__(self, client: OpenAI, model: str = "gpt-6-luna"):
        self.client = client or OpenAI()
        self.model = model

    async def run(self, questions: list[str], limit=10) -> list[str]:
        answers = []
        for i, question in enumerate(questions[:limit]):
            response = await self.client.chat.completions.create(
                model=self.model,
                messages=[{"role": "system", "content": f"You are agent {i}."}, {"role": "user", "content": question}],
                temperature=0.2,
            )
            if not response.choices:
                raise ValueError(f"no answer to {question!r}")
            answers.append(response.choices[0].message.content)
        return [a.strip() for a in answers if a]
`
	var s strings.Builder
	s.WriteString("from openai import OpenAI\n")
	for i := range 1000 / 20 {
		s.WriteString(strings.ReplaceAll(unit, "%", strconv.Itoa(i)))
	}
	return "agent.py", s.String()
}

func BenchmarkParse(b *testing.B) {
	path, src := benchmarkSource(b)
	t := text.New(src)
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		Parse(path, "", t)
	}
}

// BenchmarkKeystroke types in the middle of the file: text that stays valid, and text that is broken
// by a bracket left open.
func BenchmarkKeystroke(b *testing.B) {
	path, src := benchmarkSource(b)
	at := strings.Index(src[len(src)/2:], "\n    def ") + len(src)/2 + 1
	margin := strings.Index(src[len(src)/2:], "\nclass ") + len(src)/2 + 1
	for _, bb := range []struct {
		name string
		at   int
		a, b string
	}{
		{"valid", at, "    x = 'a'\n", "    x = 'ab'\n"},
		{"newline", margin, "\n", "\n\n"},
		{"broken", at, "    x = Agent(name='a\n", "    x = Agent(name='ab\n"},
	} {
		b.Run(bb.name, func(b *testing.B) {
			d := NewTrees(1).Document(path, "")
			d.Parse(text.New(src))
			versions := []*text.Text{text.New(src[:bb.at] + bb.a + src[bb.at:]), text.New(src[:bb.at] + bb.b + src[bb.at:])}
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				i++
				d.Parse(versions[i%2])
			}
		})
	}
}

func BenchmarkRepairs(b *testing.B) {
	_, src := benchmarkSource(b)
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		repairs(src, false)
	}
}

func BenchmarkFacts(b *testing.B) {
	path, src := benchmarkSource(b)
	f := Parse(path, "", text.New(src))
	b.ReportAllocs()
	for b.Loop() {
		g := &File{Path: f.Path, Language: f.Language, Source: f.Source, Text: f.Text, Nodes: f.Nodes, grammar: f.grammar}
		buildFacts(g)
	}
}
