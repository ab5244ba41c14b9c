package lsp

import (
	"context"
	"encoding/json"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// inFolder writes files into a new folder.
func inFolder(t *testing.T, files map[string]string) (root string) {
	t.Helper()
	root = t.TempDir()
	for name, content := range files {
		write(t, filepath.Join(root, name), content)
	}
	return root
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func scanOptions() Options {
	opts := testOptions()
	opts.Files = allFiles
	return opts
}

// startWith initializes with initializationOptions.
func (e *editor) startWith(root string, set map[string]any, settings any) {
	e.t.Helper()
	e.ask("initialize", map[string]any{
		"capabilities": capabilities(set), "initializationOptions": settings,
		"workspaceFolders": []any{map[string]any{"uri": uriOf(root), "name": "root"}},
	}, nil)
	e.notify("initialized", struct{}{})
}

func (e *editor) changedOnDisk(paths ...string) {
	var changes []any
	for _, p := range paths {
		changes = append(changes, map[string]any{"uri": uriOf(p), "type": 2})
	}
	e.notify("workspace/didChangeWatchedFiles", map[string]any{"changes": changes})
}

// shows waits until the client shows rules with lines for a document.
func (e *editor) shows(uri, want string) {
	e.t.Helper()
	e.until("diagnostics "+want+" of "+uri, func() bool {
		d, ok := e.published[uri]
		return ok && codes(d) == want
	})
}

var scanOn = map[string]any{"lsp": map[string]any{"workspace_scan": true}}

func TestWorkspaceScanIsPushed(t *testing.T) {
	root := inFolder(t, map[string]string{"old.py": agent(retired), "sub/fine.py": agent(""), "sub/old.py": agent("\n" + retired)})
	first, second := filepath.Join(root, "old.py"), filepath.Join(root, "sub", "old.py")
	e := dial(t, scanOptions())
	e.startWith(root, nil, scanOn)
	e.shows(uriOf(first), "COST-009@2")
	e.shows(uriOf(second), "COST-009@3")

	e.open(uriOf(first), "python", agent("\n\n"+retired))
	e.shows(uriOf(first), "COST-009@4")
	e.notify("textDocument/didClose", map[string]any{"textDocument": doc(uriOf(first))})
	e.shows(uriOf(first), "COST-009@2") // what is on disk

	write(t, second, agent(""))
	e.changedOnDisk(second)
	e.shows(uriOf(second), "")
	if err := os.Remove(first); err != nil {
		t.Fatal(err)
	}
	e.changedOnDisk(first)
	e.shows(uriOf(first), "")
	added := filepath.Join(root, "added.py")
	write(t, added, agent(retired))
	e.changedOnDisk(added)
	e.shows(uriOf(added), "COST-009@2")
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.count[uriOf(filepath.Join(root, "sub", "fine.py"))] != 0 {
		t.Error("an empty set was published for a file that had none")
	}
}

func TestWithoutScanOnlyOpenFilesAreShown(t *testing.T) {
	root := inFolder(t, map[string]string{"old.py": agent(retired), "other.py": agent(retired)})
	e := dial(t, scanOptions())
	e.startWith(root, nil, nil)
	uri := uriOf(filepath.Join(root, "old.py"))
	e.open(uri, "python", agent(retired))
	e.settled(uri)
	e.notify("textDocument/didClose", map[string]any{"textDocument": doc(uri)})
	e.shows(uri, "")
	e.ask("shutdown", nil, nil)
	e.mu.Lock()
	defer e.mu.Unlock()
	if len(e.published) != 1 {
		t.Errorf("%d files have diagnostics, want only the open one", len(e.published))
	}
}

type pulled struct {
	Items []struct {
		URI, Kind, ResultID string
		Version             *int
		Items               []diag
	}
}

func TestWorkspacePull(t *testing.T) {
	root := inFolder(t, map[string]string{"a.py": agent(retired), "b.py": agent("\n" + retired), "c.py": agent("")})
	e := dial(t, scanOptions())
	e.startWith(root, map[string]any{"textDocument.diagnostic": map[string]any{}}, scanOn)
	a, b := uriOf(filepath.Join(root, "a.py")), uriOf(filepath.Join(root, "b.py"))
	e.open(a, "python", agent("\n\n\n"+retired))

	var first pulled
	e.ask("workspace/diagnostic", map[string]any{"previousResultIds": []any{}}, &first)
	got := map[string]string{}
	known := []any{map[string]any{"uri": "file:///gone.py", "value": "x"}}
	for _, item := range first.Items {
		got[item.URI] = item.Kind + " " + codes(item.Items)
		known = append(known, map[string]any{"uri": item.URI, "value": item.ResultID})
		if (item.Version != nil) != (item.URI == a) {
			t.Errorf("%s has version %v", item.URI, item.Version)
		}
	}
	if len(got) != 2 || got[a] != "full COST-009@5" || got[b] != "full COST-009@3" {
		t.Errorf("pulled %v", got)
	}

	var again pulled
	e.ask("workspace/diagnostic", map[string]any{"previousResultIds": known}, &again)
	got = map[string]string{}
	for _, item := range again.Items {
		got[item.URI] = item.Kind + " " + codes(item.Items)
	}
	if len(got) != 3 || got[a] != "unchanged " || got[b] != "unchanged " || got["file:///gone.py"] != "full " {
		t.Errorf("pulled again %v", got)
	}

	// A streaming client's request is held until something has changed.
	id := e.begin("workspace/diagnostic", map[string]any{"previousResultIds": known[1:], "partialResultToken": "part"})
	e.settled(a)
	time.Sleep(20 * time.Millisecond) // nothing can be waited for: no answer may come
	e.mu.Lock()
	if _, answered := e.replies[id]; answered {
		t.Error("answered although nothing has changed")
	}
	e.mu.Unlock()
	write(t, filepath.Join(root, "b.py"), agent(retired))
	e.changedOnDisk(filepath.Join(root, "b.py"))
	if m := e.wait(id); string(m.Result) != `{"items":[]}` {
		t.Errorf("streamed request answered with %s %+v", m.Result, m.Error)
	}
	parts := 0
	e.mu.Lock()
	for _, n := range e.notes {
		if n.Method == "$/progress" && strings.Contains(string(n.Params), `"part"`) {
			parts++
			if !strings.Contains(string(n.Params), b) || strings.Contains(string(n.Params), "unchanged") {
				t.Errorf("partial result %s", n.Params)
			}
		}
		if n.Method == "textDocument/publishDiagnostics" {
			t.Errorf("pushed to a client that pulls: %s", n.Params)
		}
	}
	e.mu.Unlock()
	if parts != 1 {
		t.Errorf("%d partial results, want 1", parts)
	}

	id = e.begin("workspace/diagnostic", map[string]any{"previousResultIds": []any{}, "partialResultToken": 7})
	e.wait(id)
	held := e.begin("workspace/diagnostic", map[string]any{"previousResultIds": known[1:], "partialResultToken": 8})
	e.notify("$/cancelRequest", map[string]any{"id": json.RawMessage(held)})
	e.wait(held) // with an error or, as b has changed, a result
}

func TestDocumentPull(t *testing.T) {
	root := inFolder(t, map[string]string{"closed.py": "\ufeff" + agent(retired)}) // editors leave a byte order mark out
	e := dial(t, scanOptions())
	e.startWith(root, map[string]any{"textDocument.diagnostic": map[string]any{}}, nil)
	pull := func(uri, previous string) (r struct {
		Kind, ResultID string
		Items          []diag
	}) {
		t.Helper()
		e.ask("textDocument/diagnostic", map[string]any{"textDocument": doc(uri), "previousResultId": previous}, &r)
		return r
	}
	uri := "untitled:x"
	e.open(uri, "python", agent(retired))
	first := pull(uri, "")
	if first.Kind != "full" || codes(first.Items) != "COST-009@2" {
		t.Errorf("pulled %+v", first)
	}
	if again := pull(uri, first.ResultID); again.Kind != "unchanged" || again.ResultID != first.ResultID {
		t.Errorf("pulled again %+v", again)
	}
	e.change(uri, 2, &span4{}, "\n")
	if changed := pull(uri, first.ResultID); changed.Kind != "full" || codes(changed.Items) != "COST-009@3" {
		t.Errorf("after a change %+v", changed)
	}
	last := pull(uri, "")
	e.notify("textDocument/didClose", map[string]any{"textDocument": doc(uri)})
	e.open(uri, "python", "\n"+agent(retired)) // the same findings, in a buffer that has forgotten them
	if again := pull(uri, last.ResultID); again.Kind != "full" || codes(again.Items) != "COST-009@3" {
		t.Errorf("opened again %+v", again)
	}
	if tab := pull(uriOf(filepath.Join(root, "closed.py")), ""); codes(tab.Items) != "COST-009@2" {
		t.Errorf("a tab that is not open: %+v", tab)
	}
	for _, uri := range []string{uriOf(filepath.Join(root, "missing.py")), "untitled:missing", uriOf(root)} {
		if none := pull(uri, ""); none.Kind != "full" || none.Items == nil || len(none.Items) != 0 {
			t.Errorf("%s: %+v", uri, none)
		}
	}
}

func TestCheckWorkspace(t *testing.T) {
	root := inFolder(t, map[string]string{"a.py": agent(retired), "b.py": agent(retired), "notes.bin": "\x00\x01"})
	e := dial(t, scanOptions())
	e.startWith(root, map[string]any{"window.workDoneProgress": true}, nil)
	var result struct{ Files, Findings int }
	e.ask("workspace/executeCommand", map[string]any{"command": "qodacode.checkWorkspace"}, &result)
	if result.Files != 3 || result.Findings != 2 {
		t.Errorf("checked %+v", result)
	}
	e.shows(uriOf(filepath.Join(root, "a.py")), "COST-009@2")
	e.mu.Lock()
	var kinds []string
	for _, n := range e.notes {
		var p struct {
			Token string
			Value struct{ Kind string }
		}
		if n.Method == "$/progress" && json.Unmarshal(n.Params, &p) == nil {
			kinds = append(kinds, p.Value.Kind)
		}
	}
	e.mu.Unlock()
	if len(kinds) < 2 || kinds[0] != "begin" || kinds[len(kinds)-1] != "end" {
		t.Errorf("progress %v", kinds)
	}
	e.fails(-32602, "workspace/executeCommand", map[string]any{"command": "rm"})
}

func TestProgressCanBeCancelled(t *testing.T) {
	opts := testOptions()
	opts.Files = func(ctx context.Context, folder string) iter.Seq[string] {
		return func(func(string) bool) { <-ctx.Done() }
	}
	e := dial(t, opts)
	e.startWith(t.TempDir(), nil, nil)
	id := e.begin("workspace/executeCommand", map[string]any{"command": "qodacode.checkWorkspace", "workDoneToken": 42})
	e.until("begin of the progress", func() bool {
		return slices.ContainsFunc(e.notes, func(n wire) bool { return n.Method == "$/progress" })
	})
	e.notify("window/workDoneProgress/cancel", map[string]any{"token": "no such"})
	e.notify("window/workDoneProgress/cancel", map[string]any{"token": 42})
	if m := e.wait(id); m.Error == nil || m.Error.Code != codeRequestCancelled {
		t.Errorf("answered with %s %+v", m.Result, m.Error)
	}
}

func TestSettings(t *testing.T) {
	off := map[string]any{"severity": map[string]any{"COST-009": "off"}}
	uri := "untitled:x"
	t.Run("initializationOptions", func(t *testing.T) {
		e := dial(t, testOptions())
		e.startWith(t.TempDir(), nil, map[string]any{"qodacode": off})
		e.open(uri, "python", agent(retired))
		if got := codes(e.settled(uri)); got != "" {
			t.Errorf("switched off: %s", got)
		}
	})
	t.Run("pushed", func(t *testing.T) {
		e := dial(t, testOptions())
		e.startWith(t.TempDir(), nil, nil)
		e.open(uri, "python", agent(retired))
		e.shows(uri, "COST-009@2")
		e.notify("workspace/didChangeConfiguration", map[string]any{"settings": map[string]any{"qodacode": off}})
		e.shows(uri, "")
		e.notify("workspace/didChangeConfiguration", map[string]any{"settings": nil})
		e.notify("workspace/didChangeConfiguration", map[string]any{"settings": map[string]any{"qodacode": map[string]any{"severity": map[string]any{"COST-009": "loud"}}}})
		e.until("message about the mistake", e.logged("loud"))
		e.shows(uri, "COST-009@2")
	})
	t.Run("pulled", func(t *testing.T) {
		e := dial(t, testOptions())
		var values any = []any{off}
		e.answer = func(m wire) any {
			if m.Method == "workspace/configuration" {
				return values
			}
			return nil
		}
		e.startWith(t.TempDir(), map[string]any{
			"workspace.configuration": true, "workspace.didChangeConfiguration.dynamicRegistration": true,
			"workspace.inlayHint.refreshSupport": true,
		}, nil)
		e.open(uri, "python", agent(retired))
		e.shows(uri, "")
		e.until("refresh of inlay hints", e.called("workspace/inlayHint/refresh"))
		e.mu.Lock()
		values = []any{nil, 3} // an odd answer changes nothing
		e.mu.Unlock()
		e.notify("workspace/didChangeConfiguration", map[string]any{"settings": nil})
		e.settled(uri)
		e.mu.Lock()
		values = []any{map[string]any{}}
		e.mu.Unlock()
		e.notify("workspace/didChangeConfiguration", map[string]any{"settings": nil})
		e.shows(uri, "COST-009@2")
	})
}

func (e *editor) called(method string) func() bool {
	return func() bool {
		for _, c := range e.calls {
			if c.Method == method {
				return true
			}
		}
		return false
	}
}

func TestRegistration(t *testing.T) {
	e := dial(t, testOptions())
	e.startWith(t.TempDir(), nil, nil)
	e.ask("shutdown", nil, nil)
	if len(e.calls) != 0 {
		t.Errorf("called %v although the client supports no call", e.calls)
	}

	e = dial(t, testOptions())
	e.startWith(t.TempDir(), map[string]any{"workspace.didChangeWatchedFiles.dynamicRegistration": true}, nil)
	e.until("registration", e.called("client/registerCapability"))
	e.mu.Lock()
	defer e.mu.Unlock()
	if p := string(e.calls[0].Params); !strings.Contains(p, configFiles) || strings.Contains(p, sourceFiles) {
		t.Errorf("registered %s", p)
	}
}

// A qodacode.toml takes effect when it is saved, in the editor or beside it, and its own
// mistakes are shown as it is typed.
func TestConfigurationFile(t *testing.T) {
	root := inFolder(t, map[string]string{"main.py": agent(retired)})
	e := dial(t, testOptions())
	e.startWith(root, nil, nil)
	uri, path := uriOf(filepath.Join(root, "main.py")), filepath.Join(root, "qodacode.toml")
	e.open(uri, "python", agent(retired))
	e.shows(uri, "COST-009@2")
	write(t, path, "[severity]\ncost = \"off\"\n")
	e.changedOnDisk(path)
	e.shows(uri, "")

	e.open(uriOf(path), "toml", "[severity]\ncozt = \"off\"\n")
	e.shows(uriOf(path), "CONFIG-001@1")
	e.change(uriOf(path), 2, nil, "[ignore]\n\"ma*.py\" = [\"secrets\"]\n")
	e.shows(uriOf(path), "")
	if got := codes(e.settled(uri)); got != "" {
		t.Errorf("an unsaved configuration has taken effect: %s", got)
	}
	write(t, path, "[ignore]\n\"ma*.py\" = [\"secrets\"]\n")
	e.notify("textDocument/didSave", map[string]any{"textDocument": doc(uriOf(path))})
	e.shows(uri, "COST-009@2")
	write(t, path, "[check]\nexclude = [\"*.py\"]\n")
	e.changedOnDisk(path)
	e.shows(uri, "")
}

func TestFoldersHaveTheirOwnConfiguration(t *testing.T) {
	one := inFolder(t, map[string]string{"qodacode.toml": "[severity]\ncost = \"off\"\n", "a.py": ""})
	two := inFolder(t, map[string]string{"a.py": ""})
	e := dial(t, testOptions())
	e.ask("initialize", map[string]any{"capabilities": capabilities(nil), "workspaceFolders": []any{
		map[string]any{"uri": uriOf(one), "name": "one"}, map[string]any{"uri": uriOf(two), "name": "two"},
	}}, nil)
	e.notify("initialized", struct{}{})
	for folder, want := range map[string]string{one: "", two: "COST-009@2"} {
		uri := uriOf(filepath.Join(folder, "a.py"))
		e.open(uri, "python", agent(retired))
		if got := codes(e.settled(uri)); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	// What is no file has the configuration of the first folder.
	e.open("untitled:1", "python", agent(retired))
	if got := codes(e.settled("untitled:1")); got != "" {
		t.Errorf("untitled: %s", got)
	}
	e.notify("workspace/didChangeWorkspaceFolders", map[string]any{"event": map[string]any{
		"added": []any{}, "removed": []any{map[string]any{"uri": uriOf(one), "name": "one"}},
	}})
	e.shows("untitled:1", "COST-009@2")
}

func TestPlace(t *testing.T) {
	folders := []folder{{path: "/w"}, {path: "/w/inner"}, {path: "/other"}}
	for _, test := range []struct{ root, path, in, name string }{
		{"", "/w/a.py", "/w", "a.py"},
		{"", "/w/inner/b/a.py", "/w/inner", "b/a.py"},
		{"", "/wider/a.py", "", "/wider/a.py"},
		{"/w/sub", "/w/sub/a.py", "/w/sub", "a.py"},
		{"/", "/w/a.py", "/", "w/a.py"},
	} {
		if in, name := place(test.root, folders, test.path); in != test.in || name != test.name {
			t.Errorf("place(%q, %q) = %q, %q", test.root, test.path, in, name)
		}
	}
}

// A folder that the editor knows by a symbolic link keeps that name in its files' URIs.
func TestLinkedFolder(t *testing.T) {
	real := inFolder(t, map[string]string{"a.py": agent(retired)})
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(real, link); err != nil {
		t.Skip(err)
	}
	f := folder{path: link}
	resolved, err := filepath.EvalSymlinks(real)
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		filepath.Join(resolved, "a.py"): filepath.Join(link, "a.py"),
		filepath.Join(link, "a.py"):     filepath.Join(link, "a.py"),
		"/elsewhere/a.py":               "/elsewhere/a.py",
	} {
		if got := f.unresolved(path); got != want {
			t.Errorf("%s became %s, want %s", path, got, want)
		}
	}
}

// Requests that wait while the configuration changes are answered: their text is the same.
func TestRequestsOutliveAChangeOfConfiguration(t *testing.T) {
	e := dial(t, testOptions())
	e.startWith(t.TempDir(), nil, nil)
	uri := "untitled:x"
	e.open(uri, "python", agent(strings.Repeat("x = [1, 2, 3]\n", 2000)+retired))
	for i := range 20 {
		e.change(uri, i+2, &span4{}, "\n")
		id := e.begin("textDocument/hover", at(uri, point{}))
		severity := []string{"info", "hint"}[i%2]
		e.notify("workspace/didChangeConfiguration", map[string]any{"settings": map[string]any{"severity": map[string]any{"cost": severity}}})
		if m := e.wait(id); m.Error != nil {
			t.Fatalf("%+v", m.Error)
		}
	}
}
