package cmd

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The graph of router.py has a loop that only the model's verdict ends, which nodes.py tells.
var twoFiles = map[string]string{
	"pkg/nodes.py": `from langchain_openai import ChatOpenAI

llm = ChatOpenAI(model="gpt-6-luna", max_tokens=99)


def write(state):
    return {"draft": llm.invoke(state["messages"])}


def critique(state):
    return {"verdict": llm.invoke(state["draft"]).content}


def good_enough(state):
    return "end" if "APPROVED" in state["verdict"] else "writer"
`,
	"pkg/graph.py": `from langgraph.graph import END, START, StateGraph

from .nodes import critique, good_enough, write

builder = StateGraph(dict)
builder.add_node("writer", write)
builder.add_node("critic", critique)
builder.add_edge(START, "writer")
builder.add_edge("writer", "critic")
builder.add_conditional_edges("critic", good_enough, {"end": END, "writer": "writer"})
graph = builder.compile()
`,
	"requirements.txt": "langgraph==1.2.0\nlangchain-openai\n",
	"pkg/__init__.py":  "",
}

// rulesIn are the lines of findings in the text output, without what stands around them.
func rulesIn(out string) (rules []string) {
	for line := range strings.Lines(out) {
		if i := strings.Index(line, "]: "); i > 0 {
			rules = append(rules, line[:i+1])
		}
	}
	return rules
}

func TestProjectsAreReadWhole(t *testing.T) {
	with := func(name, content string) map[string]string {
		files := map[string]string{name: content}
		for n, c := range twoFiles {
			files[n] = c
		}
		return files
	}
	for _, test := range []struct {
		name  string
		files map[string]string
		cwd   string
		args  []string
		want  string
	}{
		{"the folder", twoFiles, ".", nil, "[warning[ARCH-004] warning[ARCH-001] warning[COST-011]]"},
		{"a folder in it", twoFiles, ".", []string{"pkg"}, "[warning[ARCH-004] warning[ARCH-001] warning[COST-011]]"},
		{"a file", twoFiles, ".", []string{"pkg/graph.py"}, "[warning[ARCH-004] warning[ARCH-001] warning[COST-011]]"},
		{"another file", twoFiles, ".", []string{"pkg/nodes.py"}, "[]"},
		{"from elsewhere", with("other/x.py", ""), "other", []string{"../pkg"}, "[warning[ARCH-004] warning[ARCH-001] warning[COST-011]]"},
		{"qodacode.toml above", with("qodacode.toml", "[severity]\n\"ARCH-004\" = \"off\"\n"), "pkg", []string{"graph.py"}, "[warning[ARCH-001] warning[COST-011]]"},
		{"a family", twoFiles, ".", []string{"--only", "cost"}, "[warning[COST-011]]"},
		{"excluded", with("qodacode.toml", "[check]\nexclude = [\"pkg/graph.py\"]\n"), ".", nil, "[]"},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := write(t, test.files)
			out, errs, _ := run(t, filepath.Join(dir, test.cwd), append([]string{"check"}, test.args...)...)
			if got := fmt.Sprint(rulesIn(out)); got != test.want {
				t.Errorf("found %s, want %s\n%s%s", got, test.want, out, errs)
			}
		})
	}
}

// A working directory that may be anything is not read whole for one file.
func TestUnmarkedFolders(t *testing.T) {
	files := map[string]string{}
	for name, content := range twoFiles {
		if name != "requirements.txt" {
			files[name] = content
		}
	}
	dir := write(t, files)
	check := func() string {
		out, _, _ := run(t, dir, "check", "pkg/graph.py")
		return fmt.Sprint(rulesIn(out))
	}
	if got := check(); !strings.Contains(got, "ARCH-004") {
		t.Errorf("found %s in a small folder", got)
	}
	for i := range maxUnmarked {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("f%d.txt", i)), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got := check(); strings.Contains(got, "ARCH-004") {
		t.Errorf("found %s although the folder is large", got)
	}
	if err := os.Mkdir(filepath.Join(dir, ".git"), 0o755); err != nil {
		t.Fatal(err)
	}
	if got := check(); !strings.Contains(got, "ARCH-004") {
		t.Errorf("found %s in a repository", got)
	}
}

// The places that a finding speaks of in other files are shown with their lines.
func TestRelatedPlacesInOtherFiles(t *testing.T) {
	dir := write(t, map[string]string{
		"a.py": "from langgraph.graph import START, StateGraph\n\nfrom b import add, x\n\nbuilder = StateGraph(dict)\nbuilder.add_node(\"x\", x)\nbuilder.add_edge(START, \"x\")\nadd(builder)\ngraph = builder.compile()\n",
		"b.py": "def x(state): pass\n\n\ndef add(builder):\n    builder.add_edge(\"x\", \"y\")\n    builder.add_node(\"y\", x)\n    builder.add_edge(\"y\", \"x\")\n",
	})
	out, _, _ := run(t, dir, "check")
	if !strings.Contains(out, "--> b.py:7:13") || !strings.Contains(out, "a.py:6:9: x is part of the loop") {
		t.Error(out)
	}
}
