package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/qodacode/qodacode/analyzers"
	"github.com/qodacode/qodacode/analyzers/policy"
	"github.com/qodacode/qodacode/analyzers/policy/sandbox"
	"github.com/qodacode/qodacode/cmd"
	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/lsp"
	"github.com/qodacode/qodacode/workspace"
)

// TestMain makes the test binary a worker for policies when a test starts it as such.
func TestMain(m *testing.M) {
	sandbox.ServeTests()
	os.Exit(m.Run())
}

// The command line and the editor must give the same findings for the same files.
func TestEditorAndCommandLineAgree(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("examples")); err != nil {
		t.Fatal(err)
	}
	extra := map[string]string{
		".qodacode/policies/house.rego": "package house\n\ndeny contains {\"msg\": \"not ours\", \"range\": r.range} if {\n\tsome r in input.http\n\tr.host == \"example.com\"\n}\n",
		".qodacode/policies/typo.rego":  "package typo\n\ndeny contains {\"msg\": \"not ours\", \"range\": r.range} if some r in input.htttp\n",
		"house.py":                      "import requests, sqlite3, subprocess\n\ndef f(x):\n    requests.get('https://example.com/x')\n    sqlite3.connect('x').execute('DELETE FROM users')\n",
		"qodacode.toml":                 "[policy]\nenable = [\"" + strings.Join(config.PolicyStarters, "\", \"") + "\"]\n[severity]\n\"COST-008\" = \"info\"\n\n[check]\nexclude = [\"skipped/**\"]\n\n[lsp]\nworkspace_scan = true\n",
		"skipped/a.py":                  "from openai import OpenAI\nOpenAI().chat.completions.create(model=\"gpt-4\", messages=[])\n",
		"quiet.py":                      "from openai import OpenAI\nOpenAI().chat.completions.create(model=\"gpt-4\", messages=[])  # qodacode:ignore COST-009 -- a test\n",
		"unused.py":                     "x = 1  # qodacode:ignore COST-009 -- nothing is here\n",
		"crlf.py":                       "# 😀é\r\nfrom openai import OpenAI\r\nOpenAI().chat.completions.create(model=\"gpt-4\", messages=[])\r\n",
		"agents/team.py":                "from agents import Agent\n\nbilling = Agent(name=\"billing\")\n",
		"agents/run.py":                 "from agents import Agent, Runner\nfrom team import billing\n\ntriage = Agent(name=\"triage\", handoffs=[billing])\nwhile True:\n    Runner.run_sync(triage, \"x\", max_turns=None)\n",
	}
	for name, content := range extra {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	now := func() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) }
	line := fromCommandLine(t, dir, now)
	editor := fromEditor(t, dir, now, len(line))
	if len(line) < 6 {
		t.Fatalf("too few findings to compare: %v", line)
	}
	if !slices.Equal(line, editor) {
		t.Errorf("command line:\n%s\neditor:\n%s", strings.Join(line, "\n"), strings.Join(editor, "\n"))
	}
}

func fromCommandLine(t *testing.T, dir string, now func() time.Time) []string {
	var out, errs bytes.Buffer
	cmd.Main([]string{"check", "--format", "json"}, cmd.Env{In: strings.NewReader(""), Out: &out, Err: &errs, Dir: dir, Getenv: func(string) string { return "" }, Now: now})
	var report struct {
		Findings []struct {
			Rule, Severity, Path, Message string
			Start                         struct{ Line int }
		}
	}
	if err := json.Unmarshal(out.Bytes(), &report); err != nil {
		t.Fatal(err, errs.String())
	}
	var found []string
	for _, f := range report.Findings {
		found = append(found, fmt.Sprintf("%s:%d %s %s %s", f.Path, f.Start.Line, f.Severity, f.Rule, f.Message))
	}
	slices.Sort(found)
	return found
}

// fromEditor asks the language server for the diagnostics of the whole workspace, until there are want.
func fromEditor(t *testing.T, dir string, now func() time.Time, want int) []string {
	ours, theirs := net.Pipe()
	box := sandbox.New(sandbox.Options{})
	defer box.Close()
	go lsp.Serve(t.Context(), theirs, lsp.Options{
		Policies: policy.NewHost(policy.Options{Sandbox: box}),
		Engine:   analyzers.New(analyzers.Options{Now: now}), Now: now,
		Files: func(ctx context.Context, folder string) iter.Seq[string] {
			return workspace.Files(ctx, folder, nil)
		},
	})
	defer ours.Close()
	root := (&url.URL{Scheme: "file", Path: filepath.ToSlash(dir)}).String()
	c := &rpc{t: t, conn: ours, in: bufio.NewReader(ours)}
	c.call("initialize", map[string]any{
		"processId": nil, "rootUri": root, "workspaceFolders": []any{map[string]any{"uri": root, "name": "x"}},
		"capabilities": map[string]any{"textDocument": map[string]any{"diagnostic": map[string]any{}}, "workspace": map[string]any{"diagnostics": map[string]any{}}},
	})
	c.send(map[string]any{"jsonrpc": "2.0", "method": "initialized", "params": map[string]any{}})
	// What needs the whole project comes a moment later than the rest: the server says when,
	// and this client just asks until it has the answer that the command line gives.
	var found []string
	for range 100 {
		if found = pull(t, c, root); len(found) >= want {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	return found
}

func pull(t *testing.T, c *rpc, root string) []string {
	var report struct {
		Items []struct {
			URI   string
			Items []struct {
				Code     string
				Severity int
				Message  string
				Range    struct{ Start struct{ Line int } }
			}
		}
	}
	if err := json.Unmarshal(c.call("workspace/diagnostic", map[string]any{"previousResultIds": []any{}}), &report); err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, file := range report.Items {
		path := strings.TrimPrefix(strings.TrimPrefix(file.URI, root), "/")
		for _, d := range file.Items {
			severity := []string{"", "error", "warning", "info", "hint"}[d.Severity]
			found = append(found, fmt.Sprintf("%s:%d %s %s %s", path, d.Range.Start.Line+1, severity, d.Code, d.Message))
		}
	}
	slices.Sort(found)
	return found
}

// rpc is the least of a client.
type rpc struct {
	t    *testing.T
	conn net.Conn
	in   *bufio.Reader
	id   int
}

func (c *rpc) send(message any) {
	body, err := json.Marshal(message)
	if err != nil {
		c.t.Fatal(err)
	}
	if _, err := fmt.Fprintf(c.conn, "Content-Length: %d\r\n\r\n%s", len(body), body); err != nil {
		c.t.Fatal(err)
	}
}

// call sends a request and reads up to its answer.
func (c *rpc) call(method string, params any) json.RawMessage {
	c.id++
	c.send(map[string]any{"jsonrpc": "2.0", "id": c.id, "method": method, "params": params})
	_ = c.conn.SetReadDeadline(time.Now().Add(time.Minute))
	for {
		size := 0
		for {
			line, err := c.in.ReadString('\n')
			if err != nil {
				c.t.Fatal(method, err)
			}
			if line = strings.TrimSpace(line); line == "" {
				break
			}
			fmt.Sscanf(line, "Content-Length: %d", &size)
		}
		body := make([]byte, size)
		if _, err := io.ReadFull(c.in, body); err != nil {
			c.t.Fatal(method, err)
		}
		var m struct {
			ID     any
			Method string
			Result json.RawMessage
			Error  *struct{ Message string }
		}
		if err := json.Unmarshal(body, &m); err != nil {
			c.t.Fatal(err)
		}
		switch {
		case m.Method != "" && m.ID != nil: // the server asks something
			c.send(map[string]any{"jsonrpc": "2.0", "id": m.ID, "result": nil})
		case m.Method == "" && m.ID == float64(c.id):
			if m.Error != nil {
				c.t.Fatal(method, m.Error.Message)
			}
			return m.Result
		}
	}
}
