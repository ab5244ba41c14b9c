package cmd

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const chain = `from langgraph.graph import START, StateGraph

from steps import first

builder = StateGraph(dict)
builder.add_node("first", first)
builder.add_edge(START, "first")
app = builder.compile()
`

// The format is that of --format, or told by the name of the file.
func TestGraphOutput(t *testing.T) {
	dir := write(t, map[string]string{"graph.py": chain, "steps.py": "def first(state):\n    return {}\n"})
	for name, begins := range map[string]string{
		"a.svg": "<svg ", "a.png": "\x89PNG", "a.html": "<!doctype html>", "a.dot": "digraph", "a.gv": "digraph", "a.mmd": "flowchart", "a.json": "{", "a.txt": "",
	} {
		if out, errs, code := run(t, dir, "graph", "--output", name); code != 0 || out != "" {
			t.Errorf("%s: exit %d, %s%s", name, code, out, errs)
		}
		content, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || !bytes.HasPrefix(content, []byte(begins)) || len(content) == 0 {
			t.Errorf("%s begins %.20q, want %q (%v)", name, content, begins, err)
		}
	}
	if _, errs, code := run(t, dir, "graph", "--output", filepath.Join("no", "such", "folder.svg")); code != 2 || !strings.Contains(errs, "can not be written") && !strings.Contains(errs, "cannot be written") {
		t.Errorf("exit %d: %s", code, errs)
	}
}

// Paths are relative to the working directory, wherever the project's root is, and what several
// arguments name is shown once.
func TestGraphPaths(t *testing.T) {
	dir := write(t, map[string]string{"pyproject.toml": "[project]\nname = \"x\"\n", "sub/graph.py": chain, "sub/steps.py": "def first(state):\n    return {}\n", "sub/other.py": chain, "elsewhere/x.txt": ""})
	for _, tt := range []struct {
		in, args string
		want     []string
	}{
		{"", "graph --format json", []string{"sub/graph.py", "sub/other.py"}},
		{"", "graph --format json sub sub/graph.py .", []string{"sub/graph.py", "sub/other.py"}},
		{"", "graph --format json sub/other.py", []string{"sub/other.py"}},
		{"sub", "graph --format json", []string{"graph.py", "other.py"}},
		{"sub", "graph --format json graph.py", []string{"graph.py"}},
	} {
		out, errs, code := run(t, filepath.Join(dir, tt.in), strings.Fields(tt.args)...)
		var document struct {
			Version int
			Graphs  []struct {
				Path  string
				Nodes []struct {
					Name, Path string
					Line       int
				}
			}
		}
		if err := json.Unmarshal([]byte(out), &document); err != nil || code != 0 || document.Version != 1 {
			t.Fatalf("%s: exit %d, %v: %s", tt.args, code, err, errs)
		}
		var got []string
		for _, g := range document.Graphs {
			got = append(got, g.Path)
			for _, n := range g.Nodes {
				if filepath.IsAbs(n.Path) || strings.HasPrefix(n.Path, "..") {
					t.Errorf("%s: the node %s is at %s", tt.args, n.Name, n.Path)
				}
			}
		}
		if strings.Join(got, " ") != strings.Join(tt.want, " ") {
			t.Errorf("%s in %q shows %v, want %v", tt.args, tt.in, got, tt.want)
		}
	}
}
