package lsp

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// graphPy is a graph whose loop nodes.py ends, or not.
const (
	graphPy = `from langgraph.graph import END, START, StateGraph

from nodes import good_enough, write

builder = StateGraph(dict)
builder.add_node("writer", write)
builder.add_edge(START, "writer")
builder.add_conditional_edges("writer", good_enough, {"end": END, "writer": "writer"})
graph = builder.compile()
`
	bounded = `from langchain_openai import ChatOpenAI

llm = ChatOpenAI(model="gpt-6-luna", max_tokens=99)


def write(state):
    return {"n": state["n"] + 1, "draft": llm.invoke("x")}


def good_enough(state):
    return "end" if state["n"] > 3 else "writer"
`
	unbounded = `from langchain_openai import ChatOpenAI

llm = ChatOpenAI(model="gpt-6-luna", max_tokens=99)


def write(state):
    return {"verdict": llm.invoke("x")}


def good_enough(state):
    return "end" if "APPROVED" in state["verdict"] else "writer"
`
)

func twoFiles(t *testing.T, nodes string) (root, graph, other string) {
	root = inFolder(t, map[string]string{"graph.py": graphPy, "nodes.py": nodes, "requirements.txt": "langgraph==1.2.0\nlangchain-openai\n"})
	return root, uriOf(filepath.Join(root, "graph.py")), uriOf(filepath.Join(root, "nodes.py"))
}

// analysed waits until a document's project is analysed as it is now.
func (e *editor) analysed(uri string) []diag {
	e.t.Helper()
	e.symbols(uri)
	e.mu.Lock()
	defer e.mu.Unlock()
	return append([]diag{}, e.published[uri]...)
}

const loopFound = "ARCH-004@5 ARCH-001@7 COST-011@7"

func TestEditOfAnotherFile(t *testing.T) {
	root, graph, nodes := twoFiles(t, bounded)
	e := dial(t, scanOptions())
	e.start(root, nil)
	e.open(graph, "python", graphPy)
	if got := codes(e.analysed(graph)); got != "" {
		t.Fatalf("found %s in a bounded loop", got)
	}
	e.open(nodes, "python", bounded)
	e.change(nodes, 2, nil, unbounded)
	e.shows(graph, loopFound)
	e.change(nodes, 3, nil, bounded)
	e.shows(graph, "")
	e.change(nodes, 4, nil, unbounded)
	e.shows(graph, loopFound)
	e.notify("textDocument/didClose", map[string]any{"textDocument": doc(nodes)})
	e.shows(graph, "") // as on disk
}

func TestChangeOnDisk(t *testing.T) {
	root, graph, _ := twoFiles(t, bounded)
	e := dial(t, scanOptions())
	e.start(root, nil)
	e.open(graph, "python", graphPy)
	e.analysed(graph)
	nodes := filepath.Join(root, "nodes.py")
	write(t, nodes, unbounded)
	e.changedOnDisk(nodes)
	e.shows(graph, loopFound)
	write(t, filepath.Join(root, "requirements.txt"), "langgraph==0.6.0\nlangchain-openai\n") // whose default limit is 25
	e.changedOnDisk(filepath.Join(root, "requirements.txt"))
	e.shows(graph, "ARCH-001@7") // a note
	added := filepath.Join(root, "nodes", "__init__.py")
	if err := os.Remove(nodes); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(root, "requirements.txt"), "langgraph==1.2.0\nlangchain-openai\n")
	write(t, added, unbounded)
	e.changedOnDisk(nodes, added, filepath.Join(root, "requirements.txt"))
	e.shows(graph, loopFound)
}

// While the project is analysed, findings stay with their text, and go with it.
func TestFindingsMoveUntilTheProjectIsAnalysed(t *testing.T) {
	root, graph, _ := twoFiles(t, unbounded)
	e := dial(t, scanOptions())
	e.start(root, nil)
	e.open(graph, "python", graphPy)
	e.shows(graph, loopFound)
	for i := range 5 {
		e.change(graph, i+2, &span4{}, "\n")
		if got, want := codes(e.settled(graph)), fmt.Sprintf("ARCH-004@%d ARCH-001@%d COST-011@%d", 6+i, 8+i, 8+i); got != want {
			t.Errorf("after %d edits: %s, want %s", i+1, got, want)
		}
	}
	e.analysed(graph)
	e.change(graph, 9, &span4{point{12, 0}, point{13, 0}}, "")
	if got := codes(e.settled(graph)); got != "ARCH-004@10" {
		t.Errorf("found %s although its line is gone", got)
	}
}

func TestProjectsOfClientsThatPull(t *testing.T) {
	root, graph, nodes := twoFiles(t, bounded)
	e := dial(t, scanOptions())
	e.start(root, map[string]any{"textDocument.diagnostic": map[string]any{}, "workspace.diagnostics.refreshSupport": true, "workspace.codeLens.refreshSupport": true})
	e.open(graph, "python", graphPy)
	e.open(nodes, "python", bounded)
	pull := func() string {
		var r struct{ Items []diag }
		e.ask("textDocument/diagnostic", map[string]any{"textDocument": doc(graph)}, &r)
		return codes(r.Items)
	}
	e.symbols(graph)
	e.until("refresh of the lenses", e.called("workspace/codeLens/refresh"))
	if got := pull(); got != "" {
		t.Errorf("pulled %s", got)
	}
	e.change(nodes, 2, nil, unbounded)
	e.until("refresh", e.called("workspace/diagnostic/refresh"))
	if got := pull(); got != loopFound {
		t.Errorf("pulled %s", got)
	}
}

// Helix has another name for the capability; Neovim 0.10 can't be asked to pull again.
func TestFirstPullOfClientsThatDiffer(t *testing.T) {
	for name, capabilities := range map[string]map[string]any{
		"no refresh": {"textDocument.diagnostic": map[string]any{}},
		"Helix":      {"textDocument.diagnostic": map[string]any{}, "workspace.diagnostic.refreshSupport": true},
	} {
		t.Run(name, func(t *testing.T) {
			root, graph, _ := twoFiles(t, unbounded)
			e := dial(t, scanOptions())
			e.start(root, capabilities)
			e.open(graph, "python", graphPy)
			pull := func() string {
				var r struct{ Items []diag }
				e.ask("textDocument/diagnostic", map[string]any{"textDocument": doc(graph)}, &r)
				return codes(r.Items)
			}
			if got := pull(); !strings.HasPrefix(got, loopFound) {
				if name == "no refresh" {
					t.Fatalf("pulled %s", got)
				}
				e.until("refresh", e.called("workspace/diagnostic/refresh"))
				if got := pull(); !strings.HasPrefix(got, loopFound) {
					t.Errorf("pulled %s after the refresh", got)
				}
			}
		})
	}
}

func TestScanShowsFindingsOfProjects(t *testing.T) {
	root, graph, nodes := twoFiles(t, unbounded)
	e := dial(t, scanOptions())
	e.startWith(root, nil, scanOn)
	e.shows(graph, loopFound)
	e.open(nodes, "python", bounded)
	e.shows(graph, "")
	var result struct{ Files, Findings int }
	e.change(nodes, 2, nil, unbounded)
	e.analysed(nodes)
	e.ask("workspace/executeCommand", map[string]any{"command": "qodacode.checkWorkspace"}, &result)
	if result.Findings != 3 {
		t.Errorf("%d findings, want 3", result.Findings)
	}
}

// A document outside all folders is a project of its own.
func TestLoneDocument(t *testing.T) {
	e := dial(t, scanOptions())
	e.start("", nil)
	src := unbounded + strings.Replace(graphPy, "from nodes import good_enough, write", "", 1)
	for _, uri := range []string{"untitled:x", "file:///nowhere/x.py"} {
		e.open(uri, "python", src)
		e.shows(uri, "ARCH-004@16 ARCH-001@18 COST-011@18")
		e.change(uri, 2, nil, strings.Replace(src, unbounded, bounded, 1))
		e.shows(uri, "")
		e.notify("textDocument/didClose", map[string]any{"textDocument": doc(uri)})
	}
}

func TestConfigurationOfProjects(t *testing.T) {
	root, graph, _ := twoFiles(t, unbounded)
	e := dial(t, scanOptions())
	e.start(root, nil)
	e.open(graph, "python", graphPy)
	e.shows(graph, loopFound)
	path := filepath.Join(root, "qodacode.toml")
	write(t, path, "[severity]\n\"ARCH-001\" = \"off\"\n")
	e.changedOnDisk(path)
	e.shows(graph, "ARCH-004@5 COST-011@7")
	write(t, path, "[arch]\ntight_max = 20000\n")
	e.changedOnDisk(path)
	e.shows(graph, "ARCH-001@7 COST-011@7") // a note
	write(t, path, "")
	e.changedOnDisk(path)
	e.shows(graph, loopFound)
}

func TestFlatSymbols(t *testing.T) {
	root, graph, _ := twoFiles(t, bounded)
	e := dial(t, scanOptions())
	e.start(root, map[string]any{"textDocument.documentSymbol": nil})
	e.open(graph, "python", graphPy)
	var symbols []struct {
		Name, ContainerName string
		Location            struct{ URI string }
	}
	e.ask("textDocument/documentSymbol", map[string]any{"textDocument": doc(graph)}, &symbols)
	if len(symbols) != 2 || symbols[1].Name != "writer" || symbols[1].ContainerName != "graph" || symbols[1].Location.URI != graph {
		t.Errorf("symbols %+v", symbols)
	}
}

func TestShowGraph(t *testing.T) {
	type result struct{ Title, Root, HTML, Path string }
	show := func(t *testing.T, set map[string]any, args ...any) (e *editor, r *result) {
		root, graph, _ := twoFiles(t, bounded)
		e = dial(t, scanOptions())
		e.start(root, set)
		e.open(graph, "python", graphPy)
		lenses := e.lenses(graph)
		if len(lenses) != 2 || lenses[0].Command.Command != "qodacode.showCost" || lenses[1].Command.Command != "qodacode.showGraph" {
			t.Fatalf("lenses %+v", lenses)
		}
		switch {
		case args == nil:
			args = lenses[1].Command.Arguments
		case args[0] == "document":
			args[0] = graph
		}
		e.ask("workspace/executeCommand", map[string]any{"command": "qodacode.showGraph", "arguments": args}, &r)
		return e, r
	}
	t.Run("in the result", func(t *testing.T) {
		_, r := show(t, map[string]any{"experimental.showsGraphs": true})
		if r == nil || !strings.Contains(r.HTML, "writer") || r.Path != "" || r.Title != "graph" || r.Root == "" || strings.Contains(r.HTML, r.Root) {
			t.Errorf("%+v", r)
		}
	})
	t.Run("in a file", func(t *testing.T) {
		e, r := show(t, nil)
		info, err := os.Stat(r.Path)
		if err != nil || info.Mode().Perm()&0o077 != 0 || r.HTML != "" {
			t.Fatalf("%+v %v", r, err)
		}
		page, err := os.ReadFile(r.Path)
		if err != nil || !strings.Contains(string(page), "writer") {
			t.Errorf("%s %v", page, err)
		}
		e.until("message", func() bool {
			for _, n := range e.notes {
				if n.Method == "window/showMessage" && strings.Contains(string(n.Params), filepath.Base(r.Path)) {
					return true
				}
			}
			return false
		})
		e.conn.Close()
		e.exited()
		for end := time.Now().Add(patience); ; time.Sleep(time.Millisecond) {
			if _, err := os.Stat(filepath.Dir(r.Path)); os.IsNotExist(err) {
				break
			} else if time.Now().After(end) {
				t.Fatal("the file is still there after the session")
			}
		}
	})
	t.Run("opened", func(t *testing.T) {
		e, r := show(t, map[string]any{"window.showDocument.support": true}, "document")
		e.mu.Lock()
		defer e.mu.Unlock()
		for _, c := range e.calls {
			var p struct{ URI string }
			if c.Method == "window/showDocument" && json.Unmarshal(c.Params, &p) == nil && p.URI == uriOf(r.Path) {
				return
			}
		}
		t.Errorf("%s was not opened", r.Path)
	})
	t.Run("none", func(t *testing.T) {
		if _, r := show(t, nil, "no/such.py#graph"); r != nil {
			t.Errorf("%+v", r)
		}
		e, _ := show(t, nil, "graph.py#graph", "file:///elsewhere")
		e.fails(-32602, "workspace/executeCommand", map[string]any{"command": "qodacode.showGraph", "arguments": []any{1}})
	})
}

func TestHoverMovesWithEdits(t *testing.T) {
	root, graph, _ := twoFiles(t, bounded)
	e := dial(t, scanOptions())
	e.start(root, nil)
	e.open(graph, "python", graphPy)
	e.analysed(graph)
	e.change(graph, 2, &span4{}, "# a line\n\n")
	var h struct{ Contents struct{ Value string } }
	e.ask("textDocument/hover", at(graph, point{7, 20}), &h)
	if !strings.Contains(h.Contents.Value, "`writer`") {
		t.Errorf("hover %q", h.Contents.Value)
	}
}

func TestShowCost(t *testing.T) {
	type result struct{ Title, Root, HTML, Path string }
	show := func(t *testing.T, set map[string]any) (r result) {
		root, graph, _ := twoFiles(t, bounded)
		e := dial(t, scanOptions())
		e.start(root, set)
		e.open(graph, "python", graphPy)
		lenses := e.lenses(graph)
		if len(lenses) == 0 || !strings.Contains(lenses[0].Command.Title, "/month") {
			t.Fatalf("lenses %+v", lenses)
		}
		e.ask("workspace/executeCommand", map[string]any{"command": lenses[0].Command.Command, "arguments": lenses[0].Command.Arguments}, &r)
		return r
	}
	t.Run("in the result", func(t *testing.T) {
		r := show(t, map[string]any{"experimental.showsCosts": true})
		if !strings.Contains(r.HTML, "per month") || !strings.Contains(r.HTML, "graph.py") || r.Root == "" || strings.Contains(r.HTML, r.Root) {
			t.Errorf("%+v", r)
		}
	})
	t.Run("in a file", func(t *testing.T) {
		r := show(t, map[string]any{"window.showDocument.support": false})
		page, err := os.ReadFile(r.Path)
		if err != nil || !strings.Contains(string(page), "per month") {
			t.Errorf("%v %s", err, page)
		}
	})
}
