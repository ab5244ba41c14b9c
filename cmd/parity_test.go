package cmd

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/qodacode/qodacode/analyzers"
	"github.com/qodacode/qodacode/lsp"
)

// asker asks a server one request at a time.
type asker struct {
	t    *testing.T
	conn net.Conn
	in   *bufio.Reader
	id   int
}

func (a *asker) ask(method string, params, result any) {
	a.t.Helper()
	a.id++
	a.send(map[string]any{"jsonrpc": "2.0", "id": a.id, "method": method, "params": params})
	for {
		header, err := textproto.NewReader(a.in).ReadMIMEHeader()
		if err != nil {
			a.t.Fatal(err)
		}
		n, _ := strconv.Atoi(header.Get("Content-Length"))
		body := make([]byte, n)
		if _, err := io.ReadFull(a.in, body); err != nil {
			a.t.Fatal(err)
		}
		var m struct {
			ID     int
			Method string
			Result json.RawMessage
		}
		if err := json.Unmarshal(body, &m); err != nil {
			a.t.Fatal(err)
		}
		if m.Method == "" && m.ID == a.id {
			if result != nil && json.Unmarshal(m.Result, result) != nil {
				a.t.Fatalf("%s: %s", method, m.Result)
			}
			return
		}
	}
}

func (a *asker) send(m any) {
	body, _ := json.Marshal(m)
	fmt.Fprintf(a.conn, "Content-Length: %d\r\n\r\n%s", len(body), body)
}

// The command line and the server have the same findings for a file, whether it is checked
// alone or with all others.
func TestServerAndCheckAgree(t *testing.T) {
	files := map[string]string{"old.py": retired, "clean.py": clean, "ignored.py": "x = 1  # qodacode:ignore ARCH-001 -- none\n"}
	for name, content := range twoFiles {
		files[name] = content
	}
	dir := write(t, files)
	now := func() time.Time { return today }
	ours, theirs := net.Pipe()
	t.Cleanup(func() { ours.Close() })
	go lsp.Serve(context.Background(), theirs, lsp.Options{Engine: analyzers.New(analyzers.Options{Now: now}), Now: now, Files: projectFiles})
	a := &asker{t: t, conn: ours, in: bufio.NewReader(ours)}
	folder := "file://" + filepath.ToSlash(dir)
	a.ask("initialize", map[string]any{
		"workspaceFolders": []any{map[string]any{"uri": folder, "name": "x"}},
		"capabilities":     map[string]any{"general": map[string]any{"positionEncodings": []string{"utf-32"}}, "textDocument": map[string]any{"diagnostic": map[string]any{}}},
	}, nil)
	a.send(map[string]any{"jsonrpc": "2.0", "method": "initialized", "params": map[string]any{}})

	type finding struct{ Rule, Path, Message string }
	checked := func(args ...string) []finding {
		out, _, _ := run(t, dir, append([]string{"check", "--format", "json"}, args...)...)
		var report struct{ Findings []finding }
		if err := json.Unmarshal([]byte(out), &report); err != nil {
			t.Fatal(err)
		}
		return report.Findings
	}
	all := checked()
	if len(all) < 4 {
		t.Fatalf("too little to compare: %v", all)
	}
	for name := range files {
		src, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		uri := folder + "/" + name
		document := map[string]any{"textDocument": map[string]any{"uri": uri}}
		a.send(map[string]any{"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": map[string]any{
			"textDocument": map[string]any{"uri": uri, "languageId": "", "version": 1, "text": string(src)}}})
		a.ask("textDocument/documentSymbol", document, nil) // when the project is analysed
		var shown struct {
			Items []struct{ Code, Message string }
		}
		a.ask("textDocument/diagnostic", document, &shown)
		server := []string{}
		for _, d := range shown.Items {
			server = append(server, d.Code+" "+d.Message)
		}
		pick := func(found []finding) []string {
			lines := []string{}
			for _, f := range found {
				if f.Path == name {
					lines = append(lines, f.Rule+" "+f.Message)
				}
			}
			return lines
		}
		if alone, together := pick(checked(name)), pick(all); !slices.Equal(alone, together) || !slices.Equal(server, together) {
			t.Errorf("%s\nwith the others: %s\nalone: %s\nserver: %s", name, strings.Join(together, "; "), strings.Join(alone, "; "), strings.Join(server, "; "))
		}
	}
}
