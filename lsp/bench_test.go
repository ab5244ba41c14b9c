package lsp

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
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

// BenchmarkProject is the time from the end of the pause after an edit until what it changes
// in another file is published, in a project of 20 files with a graph of 20 nodes.
func BenchmarkProject(b *testing.B) {
	root := b.TempDir()
	var graph strings.Builder
	graph.WriteString("from langgraph.graph import END, START, StateGraph\n\n")
	put := func(name, content string) string {
		path := filepath.Join(root, name)
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			b.Fatal(err)
		}
		return uriOf(path)
	}
	for i := range 18 {
		name := fmt.Sprintf("step_%d", i)
		put(name+".py", thousandLines()[:12_000]+"\n\ndef "+name+"(state):\n    return client.responses.create(model=\"gpt-4.1-mini\", input=state[\"x\"])\n")
		fmt.Fprintf(&graph, "from %s import %s\n", name, name)
	}
	graph.WriteString("from route import route\n\nbuilder = StateGraph(dict)\nbuilder.add_edge(START, \"step_0\")\n")
	for i := range 18 {
		fmt.Fprintf(&graph, "builder.add_node(\"step_%d\", step_%d)\n", i, i)
		if i > 0 {
			fmt.Fprintf(&graph, "builder.add_edge(\"step_%d\", \"step_%d\")\n", i-1, i)
		}
	}
	graph.WriteString("builder.add_conditional_edges(\"step_17\", route, {\"end\": END, \"again\": \"step_0\"})\ngraph = builder.compile()\n")
	put("requirements.txt", "langgraph==1.2.0\n")
	main := put("graph.py", graph.String())
	routes := [2]string{
		"def route(state):\n    return \"end\" if state[\"n\"] > 3 else \"again\"\n",
		"def route(state):\n    return \"end\" if \"yes\" in state[\"verdict\"] else \"again\"\n",
	}
	route := put("route.py", routes[0])

	opts := testOptions()
	opts.Files = allFiles
	e := dial(b, opts)
	e.start(root, nil)
	e.open(main, "python", graph.String())
	e.open(route, "python", routes[0])
	e.symbols(main)
	var beyond time.Duration
	for i := range b.N {
		e.mu.Lock()
		published := e.count[main]
		e.mu.Unlock()
		e.change(route, i+2, nil, routes[(i+1)%2])
		e.settled(route)
		start := time.Now()
		e.until("publication", func() bool { return e.count[main] > published })
		beyond += time.Since(start) - pause
	}
	b.ReportMetric(float64(beyond.Microseconds())/1000/float64(b.N), "ms-after-pause")
}
