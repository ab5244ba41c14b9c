package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/qodacode/qodacode/"

// floors orders the rooms; a room may import only rooms on lower floors, and packages
// inside itself. config stands beside: it is below diagnostics, and reads no code.
var floors = map[string]int{
	"parser/flat": 0, "parser/text": 0, "parser/jsonc": 1, "config": 1, "parser": 2, "workspace": 3, "diagnostics": 3,
	"analyzers/pricing": 4, "analyzers/pricing/fetch": 5, "analyzers/llm": 4, "analyzers/secrets": 5,
	"analyzers/agents": 5, "analyzers/estimate": 6, "analyzers/arch": 6, "analyzers/agents/picture": 6, "analyzers/agents/picture/layered": 0,
	"analyzers/cost": 7, "analyzers/cost/report": 8,
	"analyzers/sast/tree": 4, "analyzers/sast/words": 4, "analyzers/sast/pattern": 5, "analyzers/sast/rule": 6, "analyzers/sast/search": 7, "analyzers/sast/taint": 8,
	"analyzers/sast/data": 5, "analyzers/sast/pack": 7, "analyzers/sast": 9, "analyzers/sast/ruletest": 10, "analyzers/deps": 5,
	"analyzers/policy/effects": 5, "analyzers/policy/guards": 5, "analyzers/policy/facts": 8, "analyzers/policy/starters": 1, "analyzers/policy/history": 1,
	"analyzers/policy/intent": 1, "analyzers/policy/phrase": 2, "analyzers/policy/render": 2, "analyzers/policy/endpoint": 2, "analyzers/policy/complete": 9,
	"analyzers/policy/rego": 9, "analyzers/policy/trust": 10, "analyzers/policy/sandbox": 11, "analyzers/policy/generate": 12, "analyzers/policy": 13,
	"analyzers": 14, "codeactions": 15, "lsp": 16, "cmd": 17, "": 18,
}

// keptApart are libraries that one room alone may use.
var keptApart = map[string][]string{
	"github.com/smacker/go-tree-sitter":      {"parser"},
	"github.com/tliron/glsp":                 {"lsp"},
	"github.com/sourcegraph/jsonrpc2":        {"lsp"},
	"github.com/zricethezav/gitleaks":        {"analyzers/secrets"},
	"github.com/spf13/cobra":                 {"cmd"},
	"github.com/go-git/go-git":               {"workspace"},
	"github.com/open-policy-agent/opa":       {"analyzers/policy"},
	"github.com/sashabaranov/go-openai":      {"analyzers/policy/endpoint"},
	"gonum.org/v1/gonum":                     {"analyzers"},
	"charm.land/catwalk":                     {"analyzers/pricing"},
	"github.com/tiktoken-go/tokenizer/codec": {"analyzers/pricing"},
	"github.com/srwiley/rasterx":             {"analyzers/agents/picture"},
	"golang.org/x/image":                     {"analyzers/agents/picture"},
	// Nothing leaves the machine but what a user asks for by a command.
	"net/http":                         {"analyzers/pricing/fetch", "analyzers/policy/endpoint"},
	module + "analyzers/pricing/fetch": {"cmd"},
}

func TestImportsPointDown(t *testing.T) {
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && path != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || d.Name() == "bench" || d.Name() == "examples" || d.Name() == "editors") {
			return fs.SkipDir
		}
		if filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		room := strings.TrimSuffix(filepath.ToSlash(filepath.Dir(path)), ".")
		if _, ok := floors[room]; !ok {
			t.Errorf("%s: the room %q has no floor; give it one in floors", path, room)
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range f.Imports {
			imported, _ := strconv.Unquote(spec.Path.Value)
			if other, ok := strings.CutPrefix(imported, module); ok && floors[other] >= floors[room] {
				t.Errorf("%s: %q imports %q, which is not below it", path, room, other)
			}
			for library, owners := range keptApart {
				isOwner := func(owner string) bool { return room == owner || strings.HasPrefix(room, owner+"/") }
				if (imported == library || strings.HasPrefix(imported, library+"/")) && !slices.ContainsFunc(owners, isOwner) {
					t.Errorf("%s: only %s may use %s", path, strings.Join(owners, " and "), library)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
