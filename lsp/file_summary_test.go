package lsp

import (
	"strings"
	"testing"
)

func TestFileSummary(t *testing.T) {
	root, graph, other := twoFiles(t, unbounded)
	e := dial(t, scanOptions())
	e.start(root, nil)
	e.open(graph, "python", graphPy)
	ask := func(uri string) (s *summary) {
		e.ask("workspace/executeCommand", map[string]any{"command": "qodacode.fileSummary", "arguments": []any{uri}}, &s)
		return s
	}

	s := ask(graph)
	if s == nil || s.Findings != len(e.analysed(graph)) || s.Findings == 0 {
		t.Errorf("%+v with findings %v", s, e.analysed(graph))
	}
	if s == nil || s.Runs != 1 || !strings.Contains(s.PerRun, "$") || !strings.Contains(s.PerMonth, "$") || s.PerRun == s.PerMonth {
		t.Errorf("the graph's run is missing: %+v", s)
	}
	if lens := e.lenses(graph)[0].Command.Title; s != nil && lens != s.PerRun+"/run · "+s.PerMonth+"/month" {
		t.Errorf("the lens says %q, the summary %+v", lens, s)
	}
	if s := ask(other); s != nil {
		t.Errorf("of a file that is not open: %+v", s)
	}
	e.open(other, "python", unbounded)
	if s := ask(other); s == nil || s.Runs != 0 || s.PerMonth != "" {
		t.Errorf("no run begins in the other file: %+v", s)
	}
}
