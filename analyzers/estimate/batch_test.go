package estimate

import (
	"testing"

	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

func TestBatch(t *testing.T) {
	const head = "from langchain_openai import ChatOpenAI\nllm = ChatOpenAI(model='gpt-4o-mini')\n"
	for _, test := range []struct{ src, want string }{
		{"llm.invoke('a')", "1 explicit 1"},
		{"llm.batch(['a', 'b', 'c'])", "3 explicit 3"},
		{"llm.batch(inputs=[x for x in range(9)], config={'max_concurrency': 5})", "9 explicit 9"},
		{"for i in range(2):\n  llm.abatch(['a', 'b', 'c'])", "6 explicit 6"},
		{"llm.batch(prompts)", "2–100 none"},
	} {
		f := parser.Parse("a.py", "", text.New(head+test.src))
		if got := repeats(t, f); got != test.want {
			t.Errorf("%s\ngot %s, want %s", test.src, got, test.want)
		}
	}
}
