package lsp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/qodacode/qodacode/analyzers"
	"github.com/qodacode/qodacode/analyzers/policy"
	"github.com/qodacode/qodacode/analyzers/policy/history"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/workspace"
)

const shellCode = `import subprocess


# policy: no shell commands without approval
def run(command: str) -> None:
    subprocess.run(command, shell=True)
`

// folderWith is a workspace with these files.
func folderWith(t testing.TB, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, content := range files {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func hasCode(diags []diag, code string) bool {
	return slices.ContainsFunc(diags, func(d diag) bool { return d.Code == code })
}

// A comment becomes a policy with its test through the code action, and the policy holds at once.
func TestACommentBecomesAPolicy(t *testing.T) {
	for name, c := range map[string]struct {
		answer string // to the question whether the policy is to be created
		sees   bool   // the client opens files
		create bool
	}{
		"created":   {"Create the policy", true, true},
		"unseen":    {"Create the policy", false, true},
		"discarded": {"Discard", true, false},
		"no answer": {"", true, false},
	} {
		t.Run(name, func(t *testing.T) {
			root := folderWith(t, map[string]string{"agent.py": shellCode})
			e := dial(t, withPolicies(t))
			var preview, question string
			var edit struct {
				DocumentChanges []struct {
					Kind, URI    string
					TextDocument struct{ URI string }
					Edits        []struct{ NewText string }
				}
			}
			e.answer = func(m wire) any {
				var p struct {
					URI, Message string
					Edit         json.RawMessage
				}
				_ = json.Unmarshal(m.Params, &p)
				switch m.Method {
				case "window/showDocument":
					if u, err := url.Parse(p.URI); err == nil {
						page, _ := os.ReadFile(u.Path)
						preview = string(page)
					}
					return map[string]any{"success": true}
				case "window/showMessageRequest":
					question = p.Message
					if c.answer != "" {
						return map[string]any{"title": c.answer}
					}
				case "workspace/applyEdit":
					if err := json.Unmarshal(p.Edit, &edit); err != nil {
						t.Error(err)
					}
					return map[string]any{"applied": true}
				}
				return nil
			}
			e.start(root, map[string]any{"window.showDocument.support": c.sees, "workspace.workspaceEdit.documentChanges": true, "workspace.workspaceEdit.resourceOperations": []string{"create"}})
			uri := uriOf(filepath.Join(root, "agent.py"))
			e.open(uri, "python", shellCode)
			e.settled(uri)

			var actions []struct {
				Title   string
				Command struct {
					Command   string
					Arguments []any
				}
			}
			e.ask("textDocument/codeAction", map[string]any{"textDocument": doc(uri), "range": span4{point{3, 10}, point{3, 10}}, "context": map[string]any{"diagnostics": []any{}}}, &actions)
			if len(actions) != 1 || actions[0].Title != "Generate Rego policy" {
				t.Fatalf("offered: %v", actions)
			}
			var result struct {
				Status  string
				Applied bool
			}
			e.ask("workspace/executeCommand", map[string]any{"command": actions[0].Command.Command, "arguments": actions[0].Command.Arguments}, &result)
			if result.Status != "ok" || result.Applied != c.create {
				t.Fatalf("got %+v", result)
			}
			if !strings.Contains(question, "reports") || c.sees != strings.Contains(preview, "subprocess.") || c.sees != strings.Contains(preview, "```rego") {
				t.Errorf("the user saw %q and\n%s", question, preview)
			}
			if !c.create {
				if len(edit.DocumentChanges) > 0 {
					t.Error("something was created")
				}
				return
			}
			if len(edit.DocumentChanges) != 4 {
				t.Fatalf("the edit is %+v", edit)
			}
			var created []string
			for _, change := range edit.DocumentChanges {
				if len(change.Edits) == 1 {
					e.open(change.TextDocument.URI, "rego", change.Edits[0].NewText)
					created = append(created, change.TextDocument.URI)
				}
			}
			e.until("a finding of the new policy", func() bool {
				return slices.ContainsFunc(e.published[uri], func(d diag) bool { return strings.HasPrefix(d.Code, "POLICY-") && d.Range.Start.Line == 5 })
			})
			for i, uri := range created {
				path := pathOf(uri)
				if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o777), os.WriteFile(path, []byte(edit.DocumentChanges[2*i+1].Edits[0].NewText), 0o666)); err != nil {
					t.Fatal(err)
				}
				e.notify("textDocument/didSave", map[string]any{"textDocument": doc(uri)})
			}
			e.settled(uri)
			for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
				if entries, err := history.Open(root).Entries(); err == nil && len(entries) > 0 && entries[len(entries)-1].Message == "no shell commands without approval" {
					return
				}
			}
			t.Error("the policy is not in the history")
		})
	}
}

func TestACommentThatIsRefused(t *testing.T) {
	src := strings.Replace(shellCode, "no shell commands without approval", "be nice to each other", 1)
	root := folderWith(t, map[string]string{"agent.py": src})
	e := dial(t, withPolicies(t))
	e.start(root, nil)
	uri := uriOf(filepath.Join(root, "agent.py"))
	e.open(uri, "python", src)
	var result struct{ Status, Reason string }
	e.ask("workspace/executeCommand", map[string]any{"command": generatePolicy, "arguments": []any{uri, point{3, 0}}}, &result)
	if result.Status != "refused" || result.Reason == "" {
		t.Fatalf("got %+v", result)
	}
	e.until("the reason", func() bool {
		return slices.ContainsFunc(e.notes, func(m wire) bool {
			return m.Method == "window/showMessage" && strings.Contains(string(m.Params), "No policy")
		})
	})
	m := e.wait(e.begin("workspace/executeCommand", map[string]any{"command": generatePolicy, "arguments": []any{uri, point{5, 0}}}))
	if m.Error != nil || string(m.Result) != "null" {
		t.Errorf("away from the comment: %s %+v", m.Result, m.Error)
	}
	for _, arguments := range [][]any{{}, {uri}, {1, 2}, {uri, point{3, 0}, "yes"}, {"file:///not/open.py", point{}}} {
		if m := e.wait(e.begin("workspace/executeCommand", map[string]any{"command": generatePolicy, "arguments": arguments})); m.Error == nil {
			t.Errorf("%v was taken", arguments)
		}
	}
}

const noShell = `package no_shell

deny contains {"msg": "no programs", "range": s.range} if some s in input.shell
`

// An edited policy holds at once, and one on disk when the client tells of it.
func TestEditedPoliciesHold(t *testing.T) {
	root := folderWith(t, map[string]string{"agent.py": shellCode, ".qodacode/policies/no_shell.rego": noShell})
	e := dial(t, withPolicies(t))
	e.start(root, nil)
	uri, file := uriOf(filepath.Join(root, "agent.py")), filepath.Join(root, ".qodacode", "policies", "no_shell.rego")
	e.open(uri, "python", shellCode)
	finding := func(is bool) func() bool {
		return func() bool { return e.count[uri] > 0 && hasCode(e.published[uri], "POLICY-no-shell") == is }
	}
	e.until("the finding", finding(true))
	e.change(uri, 2, &span4{point{0, 0}, point{0, 0}}, "\n\n")
	e.until("the finding, moved", func() bool {
		return slices.ContainsFunc(e.published[uri], func(d diag) bool { return d.Code == "POLICY-no-shell" && d.Range.Start.Line == 7 })
	})
	e.open(uriOf(file), "rego", strings.Replace(noShell, "some s in input.shell", "{\n\tsome s in input.shell\n\ts.program == \"git\"\n}", 1))
	e.until("no finding", finding(false))
	e.notify("textDocument/didClose", map[string]any{"textDocument": doc(uriOf(file))})
	e.until("the finding of the file", finding(true))
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	e.notify("workspace/didChangeWatchedFiles", map[string]any{"changes": []any{map[string]any{"uri": uriOf(file), "type": 3}}})
	e.until("no finding once it is deleted", finding(false))
}

// bomb asks for a text of 2,000 × 2,000 × 2,000 characters.
const bomb = `package bomb

xs := [x | some x in numbers.range(1, 2000)]

deny contains {"msg": m, "range": c.range} if {
	some c in input.calls
	m := concat("", [sprintf("%v", [[a, b]]) | some a in xs; some b in xs; some d in xs; d > 0])
}
`

// A policy that takes all time is left out with one message, while typing goes on.
func TestABombSlowsNoKeystroke(t *testing.T) {
	root := folderWith(t, map[string]string{"agent.py": shellCode, ".qodacode/policies/no_shell.rego": noShell, ".qodacode/policies/bomb.rego": bomb})
	e := dial(t, withPolicies(t))
	e.start(root, nil)
	uri := uriOf(filepath.Join(root, "agent.py"))
	e.open(uri, "python", shellCode)
	for i := range 200 { // each answer comes while the bomb is tried
		e.change(uri, i+2, &span4{point{0, 0}, point{0, 0}}, "\n")
		e.settled(uri)
	}
	e.until("the finding of the other policy", func() bool { return hasCode(e.published[uri], "POLICY-no-shell") })
	told := func() (n int) {
		for _, m := range e.notes {
			if m.Method == "window/showMessage" && strings.Contains(string(m.Params), "bomb") {
				n++
			}
		}
		return n
	}
	e.until("the message", func() bool { return told() > 0 })
	if n := told(); n != 1 {
		t.Errorf("%d messages", n)
	}
	bombURI := uriOf(filepath.Join(root, ".qodacode", "policies", "bomb.rego"))
	e.open(bombURI, "rego", bomb)
	e.until("the problem in its file", func() bool { return hasCode(e.published[bombURI], "CONFIG-003") })
}

// A client that pulls is asked to do so again when policies have looked at a document.
func TestClientsThatPullHearOfVerdicts(t *testing.T) {
	root := folderWith(t, map[string]string{"agent.py": shellCode, "other.py": shellCode, ".qodacode/policies/no_shell.rego": noShell})
	opts := withPolicies(t)
	opts.Files = func(ctx context.Context, folder string) iter.Seq[string] { return workspace.Files(ctx, folder, nil) }
	e := dial(t, opts)
	e.start(root, map[string]any{"textDocument.diagnostic": map[string]any{}, "workspace.diagnostics.refreshSupport": true})
	uri := uriOf(filepath.Join(root, "agent.py"))
	e.open(uri, "python", shellCode)
	pull := func() (found bool) {
		var r struct{ Items []diag }
		e.ask("textDocument/diagnostic", map[string]any{"textDocument": doc(uri)}, &r)
		return hasCode(r.Items, "POLICY-no-shell")
	}
	if !pull() {
		e.until("a request to pull again", e.called("workspace/diagnostic/refresh"))
		for deadline := time.Now().Add(patience); !pull(); {
			if time.Now().After(deadline) {
				t.Fatal("the verdict is not in the next answer")
			}
			time.Sleep(20 * time.Millisecond)
		}
	}
	var w struct {
		Items []struct {
			URI   string
			Items []diag
		}
	}
	e.ask("workspace/executeCommand", map[string]any{"command": "qodacode.checkWorkspace"}, nil)
	e.ask("workspace/diagnostic", map[string]any{"previousResultIds": []any{}}, &w)
	for _, f := range w.Items {
		if strings.HasSuffix(f.URI, "other.py") && hasCode(f.Items, "POLICY-no-shell") {
			return
		}
	}
	t.Error("a file that is not open was not judged")
}

// Of many open documents each is judged once, although most of their analyses are dropped.
func TestManyDocumentsAreJudgedOnce(t *testing.T) {
	files := map[string]string{".qodacode/policies/no_shell.rego": noShell}
	for i := range 3 * keptAnalyses {
		files[fmt.Sprintf("f%d.py", i)] = shellCode
	}
	root := folderWith(t, files)
	opts := withPolicies(t)
	var analysed atomic.Int32
	opts.Engine = analyzers.New(analyzers.Options{Now: opts.Now, Checks: []diagnostics.Check{{
		Name: "count", Rules: func() []diagnostics.Rule { return nil }, Run: func(*diagnostics.Pass) { analysed.Add(1) }}}})
	e := dial(t, opts)
	e.start(root, nil)
	for name := range files {
		if path := filepath.Join(root, name); !policy.IsPolicy(path) {
			e.open(uriOf(path), "python", shellCode)
		}
	}
	for name := range files {
		if uri := uriOf(filepath.Join(root, name)); !policy.IsPolicy(name) {
			e.until("the verdict", func() bool { return hasCode(e.published[uri], "POLICY-no-shell") })
		}
	}
	for deadline := time.Now().Add(patience); ; { // what is wrong shows itself by never coming to rest
		n := analysed.Load()
		time.Sleep(5 * pause)
		if analysed.Load() == n {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d analyses in the last second of documents that nobody has touched", analysed.Load()-n)
		}
	}
}
