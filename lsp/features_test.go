package lsp

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// leaky is a document with one secret, which stands at leakyAt.
var (
	leaky   = "key = \"" + fakes["FAKE_GROQ_KEY"] + "\"\n"
	leakyAt = point{0, 9}
)

// fix asks for the actions at leakyAt and returns that which also writes .env, resolved.
func (e *editor) fix(uri string) (edit string, ok bool) {
	e.t.Helper()
	var actions []json.RawMessage
	e.ask("textDocument/codeAction", map[string]any{
		"textDocument": doc(uri), "range": span4{leakyAt, leakyAt}, "context": map[string]any{"diagnostics": []any{}},
	}, &actions)
	for _, raw := range actions {
		var a offered
		if err := json.Unmarshal(raw, &a); err != nil {
			e.t.Fatal(err)
		}
		if !strings.Contains(a.Title, "add it to .env") {
			continue
		}
		if a.Edit == nil {
			e.ask("codeAction/resolve", raw, &a)
		}
		return string(*a.Edit), true
	}
	return "", false
}

func TestEditsFitTheClient(t *testing.T) {
	const entry = "GROQ_API_KEY="
	plainClient := map[string]any{"workspace.workspaceEdit": nil}
	neovim := map[string]any{"workspace.workspaceEdit.documentChanges": nil}
	eager := map[string]any{"workspace.workspaceEdit": nil, "textDocument.codeAction.resolveSupport": nil}
	tests := []struct {
		name    string
		set     map[string]any
		files   map[string]string
		open    bool // .env is open with other text than on disk
		want    []string
		message string // "": none
	}{
		{"a new file", nil, nil, false, []string{`"kind":"create"`, `"documentChanges"`, `"newText":"` + entry, `"version":1`}, ""},
		{"an old file", nil, map[string]string{".env": "A=1\n"}, false, []string{`"start":{"line":1,"character":0}`, `"newText":"` + entry}, ""},
		{"no line ending", nil, map[string]string{".env": "A=1"}, false, []string{`"start":{"line":0,"character":3}`, `"newText":"\n` + entry}, ""},
		{"CRLF", nil, map[string]string{".env": "A=1\r\nB=2"}, false, []string{`"newText":"\r\n` + entry, `\r\n"`}, ""},
		{"an open file", nil, map[string]string{".env": "A=1\n"}, true, []string{`"start":{"line":3,"character":0}`}, ""},
		{"changes only", plainClient, map[string]string{".env": "A=1\n"}, false, []string{`"changes":{`, entry, `"start":{"line":1,"character":0}`}, ""},
		{"changes only, a new file", plainClient, nil, false, []string{`"changes":{`}, "can't create files"},
		{"operations only", neovim, nil, false, []string{`"kind":"create"`, `"documentChanges"`, `"newText":"` + entry}, ""},
		{"no resolve, a new file", eager, nil, false, nil, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			root := inFolder(t, test.files)
			e := dial(t, testOptions())
			e.startWith(root, test.set, nil)
			if test.open {
				e.open(uriOf(filepath.Join(root, ".env")), "", "A=1\nB=2\nC=3\n")
			}
			uri := uriOf(filepath.Join(root, "main.py"))
			e.open(uri, "python", leaky)
			edit, ok := e.fix(uri)
			if ok != (test.want != nil) {
				t.Fatalf("offered: %v, %s", ok, edit)
			}
			for _, want := range test.want {
				if !strings.Contains(edit, want) {
					t.Errorf("no %s in %s", want, edit)
				}
			}
			if slices.Contains(test.want, `"changes":{`) && strings.Contains(edit, "documentChanges") {
				t.Errorf("documentChanges for a client without: %s", edit)
			}
			e.ask("shutdown", nil, nil)
			e.mu.Lock()
			defer e.mu.Unlock()
			shown := ""
			for _, n := range e.notes {
				if n.Method == "window/showMessage" {
					shown += string(n.Params)
				}
			}
			if (shown == "") != (test.message == "") || !strings.Contains(shown, test.message) {
				t.Errorf("message %q, want %q", shown, test.message)
			}
		})
	}
}

func TestSecretsStayOutOfMessages(t *testing.T) {
	e := dial(t, testOptions())
	e.start(t.TempDir(), nil)
	uri := "untitled:x"
	e.open(uri, "python", leaky)
	diags := e.settled(uri)
	if len(diags) != 1 || !strings.HasPrefix(diags[0].Code, "SECRET-") {
		t.Fatalf("found %s", codes(diags))
	}
	for _, request := range []struct {
		method string
		params map[string]any
	}{
		{"textDocument/hover", at(uri, leakyAt)},
		{"textDocument/codeAction", map[string]any{"textDocument": doc(uri), "range": span4{leakyAt, leakyAt}, "context": map[string]any{"diagnostics": []any{}}}},
		{"textDocument/codeLens", map[string]any{"textDocument": doc(uri)}},
	} {
		if m := e.wait(e.begin(request.method, request.params)); strings.Contains(string(m.Result), fakes["FAKE_GROQ_KEY"]) {
			t.Errorf("%s shows the secret: %s", request.method, m.Result)
		}
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, n := range e.notes {
		if strings.Contains(string(n.Params), fakes["FAKE_GROQ_KEY"]) {
			t.Errorf("%s shows the secret: %s", n.Method, n.Params)
		}
	}
}

func TestResolveAfterAChange(t *testing.T) {
	e := dial(t, testOptions())
	e.start(t.TempDir(), nil)
	uri := "untitled:x"
	e.open(uri, "python", leaky)
	var actions []map[string]any
	e.ask("textDocument/codeAction", map[string]any{"textDocument": doc(uri), "range": span4{leakyAt, leakyAt}, "context": map[string]any{}}, &actions)
	if len(actions) == 0 || actions[0]["edit"] != nil {
		t.Fatalf("offered %v", actions)
	}
	e.ask("codeAction/resolve", actions[0], nil)
	e.change(uri, 2, &span4{}, "\n")
	e.fails(codeContentModified, "codeAction/resolve", actions[0])
	e.notify("textDocument/didClose", map[string]any{"textDocument": doc(uri)})
	e.fails(codeContentModified, "codeAction/resolve", actions[0])
	e.ask("codeAction/resolve", map[string]any{"title": "of another server"}, nil)
	e.fails(-32602, "codeAction/resolve", map[string]any{"title": "odd", "data": 3})
}

func TestActionKinds(t *testing.T) {
	for _, test := range []struct {
		kind string
		only []string
		want bool
	}{
		{"quickfix", nil, true},
		{"quickfix", []string{}, true},
		{"quickfix", []string{"quickfix"}, true},
		{"quickfix", []string{"refactor", "source"}, false},
		{"refactor.rewrite", []string{"refactor"}, true},
		{"refactor.rewrite", []string{"refactor.extract"}, false},
		{"refactor", []string{"refactor.rewrite"}, false},
		{fixAllKind, []string{"source.fixAll"}, true},
		{fixAllKind, []string{"source.fixAll.ruff"}, false},
		{fixAllKind, []string{"source.fix"}, false},
	} {
		if got := wanted(test.kind, test.only); got != test.want {
			t.Errorf("wanted(%q, %q) = %v", test.kind, test.only, got)
		}
	}
}

func TestSurfaces(t *testing.T) {
	const call = "client.responses.create(model=\"gpt-4.1\", input=\"x\")\n"
	where := point{2, 32}
	whole := span4{End: point{9, 0}}
	ask := func(t *testing.T, set map[string]any, settings any) (hover string, hints, lenses int) {
		e := dial(t, testOptions())
		e.startWith(t.TempDir(), set, settings)
		uri := "untitled:x"
		e.open(uri, "python", agent(call))
		var h struct {
			Contents struct{ Kind, Value string }
		}
		e.ask("textDocument/hover", at(uri, where), &h)
		var hs, ls []any
		e.ask("textDocument/inlayHint", map[string]any{"textDocument": doc(uri), "range": whole}, &hs)
		e.ask("textDocument/codeLens", map[string]any{"textDocument": doc(uri)}, &ls)
		return h.Contents.Kind + ": " + h.Contents.Value, len(hs), len(ls)
	}
	t.Run("all", func(t *testing.T) {
		hover, hints, lenses := ask(t, nil, nil)
		if !strings.Contains(hover, "markdown: **gpt-4.1**") || hints != 1 || lenses != 1 {
			t.Errorf("hover %q, %d hints, %d lenses; the call's figure should stand there once, and the run's", hover, hints, lenses)
		}
	})
	t.Run("a client without hints", func(t *testing.T) {
		if _, _, lenses := ask(t, map[string]any{"textDocument.inlayHint": nil}, nil); lenses != 2 {
			t.Errorf("%d lenses, want those of the call and the run", lenses)
		}
	})
	t.Run("plain text only", func(t *testing.T) {
		hover, _, _ := ask(t, map[string]any{"textDocument.hover.contentFormat": []string{"plaintext"}}, nil)
		if !strings.HasPrefix(hover, "plaintext: gpt-4.1") || strings.ContainsAny(hover, "*|`") {
			t.Errorf("hover %q", hover)
		}
	})
	t.Run("switched off", func(t *testing.T) {
		settings := map[string]any{"lsp": map[string]any{"hover": false, "inlay_hints": false, "code_lens": false}}
		if hover, hints, lenses := ask(t, nil, settings); strings.Contains(hover, "USD") || hints != 0 || lenses != 0 {
			t.Errorf("hover %q, %d hints, %d lenses", hover, hints, lenses)
		}
	})
}

func TestPlain(t *testing.T) {
	got := plain("# Title\n\n**Bold** and `code`, see [docs](https://x.y/z).\n\n| a | b |\n|---|---:|\n| in | $1.00 |\n\n```python\nx = 1\n```\n")
	want := "Title\n\nBold and code, see docs (https://x.y/z).\n\na  b\nin  $1.00\n\nx = 1\n"
	if got != want {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
}

func TestShowRule(t *testing.T) {
	e := dial(t, testOptions())
	e.start("", nil)
	run := func(args ...any) map[string]any {
		return map[string]any{"command": "qodacode.showRule", "arguments": args}
	}
	e.ask("workspace/executeCommand", run("COST-009"), nil)
	e.until("message with the address", func() bool {
		for _, n := range e.notes {
			if n.Method == "window/showMessage" && strings.Contains(string(n.Params), "/COST-009.md") {
				return true
			}
		}
		return false
	})
	for _, args := range [][]any{{}, {3}, {"NO-1"}} {
		e.fails(-32602, "workspace/executeCommand", run(args...))
	}
	e = dial(t, testOptions())
	e.start("", map[string]any{"window.showDocument.support": true})
	e.ask("workspace/executeCommand", run("COST-009"), nil)
	if !e.called("window/showDocument")() {
		t.Error("the page was not opened")
	}
}

// A notebook that is opened as a file has its findings in the JSON.
func TestNotebook(t *testing.T) {
	e := dial(t, testOptions())
	e.start("", nil)
	uri := "file:///a.ipynb"
	src := `{"cells":[{"cell_type":"markdown","source":["# 😀é"]},
{"cell_type":"code","source":["from openai import OpenAI\n",
"OpenAI().responses.create(model=\"gpt-4-turbo\", input=\"x\", max_output_tokens=9)\n"]}],"metadata":{},"nbformat":4,"nbformat_minor":5}`
	e.open(uri, "", src)
	diags := e.settled(uri)
	if codes(diags) != "COST-009@2" {
		t.Fatalf("found %s", codes(diags))
	}
	line := strings.Split(src, "\n")[2]
	if got := line[diags[0].Range.Start.Character:diags[0].Range.End.Character]; got != `\"gpt-4-turbo\"` {
		t.Errorf("the finding is at %q", got)
	}
}

func TestURIs(t *testing.T) {
	for _, test := range []struct{ goos, uri, path string }{
		{"linux", "file:///a/b%20c/%C3%A9.py", "/a/b c/é.py"},
		{"linux", "file://localhost/a.py", "/a.py"},
		{"linux", "FILE:///a/../b.py", "/b.py"},
		{"linux", "file://server/a.py", ""},
		{"linux", "untitled:Untitled-1", ""},
		{"linux", "vscode-notebook-cell:/a.ipynb#1", ""},
		{"linux", "%zz", ""},
		{"linux", "", ""},
		{"windows", "file:///c%3A/Users/x/a%23b.py", `C:\Users\x\a#b.py`},
		{"windows", "file:///D:/a.py", `D:\a.py`},
		{"windows", "file://server/share/a.py", `\\server\share\a.py`},
	} {
		if got := pathFor(test.uri, test.goos); got != test.path {
			t.Errorf("%s on %s: %q, want %q", test.uri, test.goos, got, test.path)
		}
	}
	for _, path := range []string{"/a/b c/é#?%25.py", "/x"} {
		if got := pathOf(uriOf(path)); got != path {
			t.Errorf("%q came back as %q by %s", path, got, uriOf(path))
		}
	}
}
