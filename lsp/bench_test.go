package lsp

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// thousandLines is agent code of 1,000 lines, about 40 KB, with a finding at its end.
func thousandLines() string {
	var b strings.Builder
	b.WriteString(agent(""))
	for i := range 110 {
		fmt.Fprintf(&b, `
def step_%d(client, question: str, history: list[dict]) -> str:
    """Answers question number %d with what was said before."""
    messages = [{"role": "system", "content": f"You are helper %d of {question!r}"}, *history]
    for attempt in range(3):
        r = client.chat.completions.create(model="gpt-6.1-sol", messages=messages, temperature=0.%d)
        if r.choices[0].finish_reason == "stop":
            return r.choices[0].message.content or ""
    raise RuntimeError("no answer to " + question)
`, i, i, i, i%10)
	}
	return b.String() + retired + "\n"
}

// BenchmarkKeystroke is the time from didChange to publishDiagnostics in a file of 1,000 lines.
func BenchmarkKeystroke(b *testing.B) {
	for name, word := range map[string]string{"valid": "\n", "broken": "f(\n"} {
		b.Run(name, func(b *testing.B) {
			e := dial(b, testOptions())
			e.start("", nil)
			uri := "file:///a.py"
			e.open(uri, "python", thousandLines())
			e.settled(uri)
			published := e.count[uri]
			b.ResetTimer()
			for i := range b.N {
				r := &span4{point{500, 0}, point{500, 0}}
				text := word
				if i%2 == 1 {
					r.End.Line++
					text = ""
				}
				e.change(uri, i+2, r, text)
				published++
				e.until("publication", func() bool { return e.count[uri] >= published })
			}
		})
	}
}

// BenchmarkOpenFiles reports the Go heap after 200 files of 1,000 lines were opened.
func BenchmarkOpenFiles(b *testing.B) {
	for b.Loop() {
		e := dial(b, testOptions())
		e.start("", nil)
		src := thousandLines()
		for i := range 200 {
			uri := fmt.Sprintf("file:///f%d.py", i)
			e.open(uri, "python", src+fmt.Sprintf("# %d\n", i))
			e.settled(uri)
		}
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		b.ReportMetric(float64(m.HeapAlloc)/(1<<20), "MB-heap")
		b.ReportMetric(float64(m.Sys)/(1<<20), "MB-sys")
	}
}
