package parser

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/parser/text"
)

const pythonSample = `"""A small agent."""
import os
from openai import OpenAI as O

client = O(api_key=os.environ.get("KEY", "none"))
MODELS = {"fast": "gpt-6-luna", "best": "gpt-6-astra"}


class Writer:
    def __init__(self, model: str = "gpt-6-luna") -> None:
        self.model = model

    async def write(self, topics: list[str]) -> list[str]:
        out = []
        for i, topic in enumerate(topics):
            r = await client.chat.completions.create(
                model=self.model,
                messages=[{"role": "user", "content": f"Write about {topic!r}, part {i}"}],
            )
            match r.choices:
                case [first, *_]:
                    out.append(first.message.content)
        return [o for o in out if o]
`

const scriptSample = "import OpenAI from 'openai';\nconst c = new OpenAI();\nexport async function f(topics: string[]): Promise<string[]> {\n" +
	"  const out = [];\n  for (const t of topics) {\n    const r = await c.chat.completions.create({\n      model: 'gpt-6-luna', // cheap\n" +
	"      messages: [{ role: 'user', content: `about ${t}` }],\n    });\n    out.push(r.choices[0]!.message.content ?? '');\n  }\n  return out.map((o) => o.trim());\n}\n"

// snippets are what random edits insert: things that people type, and things that break code.
var snippets = []string{"x", " ", "\n", "    ", "(", ")", "[", "]", "{", "}", "'", "\"", "\"\"\"", "`", ",", ":", "=", ".", "# c", "// c", "/*", "é", "😀", "\r\n", "\x00", "\xff", "if x:\n    ", "def f(", "return ", "await ", "f'{"}

func randomEdit(r *rand.Rand, src string) string {
	start := r.IntN(len(src) + 1)
	end := min(len(src), start+[]int{0, 0, 0, 1, 1, 3, 20}[r.IntN(7)])
	insert := ""
	if r.IntN(3) > 0 {
		insert = snippets[r.IntN(len(snippets))]
	}
	return src[:start] + insert + src[end:]
}

// An incremental parse must give what a parse from scratch gives: at once where the text is
// valid, and after Settle where it is not, since error recovery depends on what is reused.
func TestIncrementalEqualsFull(t *testing.T) {
	for path, original := range map[string]string{"a.py": pythonSample, "a.ts": scriptSample, "a.tsx": scriptSample} {
		t.Run(path, func(t *testing.T) {
			r := rand.New(rand.NewPCG(1, 2))
			d := NewTrees(1).Document(path, "")
			defer d.Close()
			src := original
			differs := 0
			for i := range 1500 {
				if i%8 == 0 {
					src = original // so that much of the text is valid
				}
				src = randomEdit(r, src)
				f, full := d.Parse(text.New(src)), Parse(path, "", text.New(src))
				if slices.Equal(f.Nodes, full.Nodes) {
					continue
				}
				if !f.Unsettled() {
					t.Fatalf("edit %d: a settled parse differs from a full one in\n%s", i, src)
				}
				differs++
				if settled := d.Settle(text.New(src)); !slices.Equal(settled.Nodes, full.Nodes) || settled.Unsettled() {
					t.Fatalf("edit %d: the settled tree differs", i)
				}
			}
			t.Logf("%d of 1500 incremental parses of broken text differed until settled", differs)
		})
	}
}

func TestTreesAreDropped(t *testing.T) {
	trees := NewTrees(2)
	var docs []*Document
	for range 5 {
		d := trees.Document("a.py", "")
		d.Parse(text.New(pythonSample))
		docs = append(docs, d)
	}
	kept := 0
	for _, d := range docs {
		if d.tree != nil {
			kept++
		}
	}
	if kept != 2 || docs[0].tree != nil || docs[4].tree == nil {
		t.Errorf("%d trees kept, want the last 2", kept)
	}
	if f := docs[0].Parse(text.New(strings.ToUpper(pythonSample))); len(f.Nodes) == 0 {
		t.Error("a document whose tree was dropped no longer parses")
	}
}
