package lsp

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/qodacode/qodacode/analyzers"
)

// patience is how long tests wait for what must come; it only matters when a test fails.
const patience = 20 * time.Second

// wire is a message as it is on the wire.
type wire struct {
	ID     json.RawMessage `json:"id"`
	Method string          `json:"method"`
	Params json.RawMessage `json:"params"`
	Result json.RawMessage `json:"result"`
	Error  *struct {
		Code    int             `json:"code"`
		Message string          `json:"message"`
		Data    json.RawMessage `json:"data"`
	} `json:"error"`
}

// diag is a published diagnostic.
type diag struct {
	Range    span4  `json:"range"`
	Severity int    `json:"severity"`
	Code     string `json:"code"`
	Source   string `json:"source"`
	Message  string `json:"message"`
	Tags     []int  `json:"tags,omitempty"`
	Related  []struct {
		Location struct {
			URI   string `json:"uri"`
			Range span4  `json:"range"`
		} `json:"location"`
	} `json:"relatedInformation,omitempty"`
	raw json.RawMessage
}

func (d *diag) UnmarshalJSON(b []byte) error {
	type plain diag
	d.raw = append(json.RawMessage(nil), b...)
	return json.Unmarshal(b, (*plain)(d))
}

type point struct {
	Line      int `json:"line"`
	Character int `json:"character"`
}

type span4 struct {
	Start point `json:"start"`
	End   point `json:"end"`
}

// editor is a client on the other end of a real session. Framing and JSON are its own.
type editor struct {
	t    testing.TB
	conn net.Conn
	in   *bufio.Reader
	exit chan int

	mu        sync.Mutex
	cond      *sync.Cond
	next      int
	replies   map[string]wire
	notes     []wire
	published map[string][]diag // newest by URI
	versions  map[string]int
	count     map[string]int // publications by URI
	answer    func(wire) any // to the server's calls; nil results by default
	calls     []wire
	eof       bool
}

func testOptions() Options {
	now := func() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) }
	return Options{Engine: analyzers.New(analyzers.Options{Now: now, Threads: 2}), Version: "test", Now: now}
}

// dial starts a session over an in-memory connection.
func dial(t testing.TB, opts Options) *editor {
	t.Helper()
	ours, theirs := net.Pipe()
	e := attach(t, ours)
	go func() { e.exit <- Serve(context.Background(), theirs, opts) }()
	t.Cleanup(func() {
		ours.Close()
		select {
		case <-e.exit:
		case <-time.After(patience):
			t.Error("the server did not end with its connection")
		}
	})
	return e
}

// attach makes an editor on a connection to a server.
func attach(t testing.TB, conn net.Conn) *editor {
	e := &editor{
		t: t, conn: conn, in: bufio.NewReader(conn), exit: make(chan int, 1),
		replies: map[string]wire{}, published: map[string][]diag{}, versions: map[string]int{}, count: map[string]int{},
	}
	e.cond = sync.NewCond(&e.mu)
	go e.read()
	return e
}

func (e *editor) read() {
	defer func() {
		e.mu.Lock()
		e.eof = true
		e.cond.Broadcast()
		e.mu.Unlock()
	}()
	for {
		header, err := textproto.NewReader(e.in).ReadMIMEHeader()
		if err != nil {
			return
		}
		length, err := strconv.Atoi(header.Get("Content-Length"))
		if err != nil {
			e.t.Errorf("bad header from the server: %v", header)
			return
		}
		body := make([]byte, length)
		if _, err := io.ReadFull(e.in, body); err != nil {
			return
		}
		var m wire
		if err := json.Unmarshal(body, &m); err != nil {
			e.t.Errorf("the server sent bad JSON: %v", err)
			return
		}
		if !strings.Contains(string(body), `"jsonrpc":"2.0"`) {
			e.t.Errorf("message without jsonrpc: %s", body)
		}
		e.receive(m)
	}
}

func (e *editor) receive(m wire) {
	e.mu.Lock()
	defer e.mu.Unlock()
	defer e.cond.Broadcast()
	switch {
	case m.Method == "":
		e.replies[string(m.ID)] = m
	case m.ID != nil:
		e.calls = append(e.calls, m)
		var result any
		if e.answer != nil {
			result = e.answer(m)
		}
		go e.send(map[string]any{"jsonrpc": "2.0", "id": m.ID, "result": result})
	default:
		e.notes = append(e.notes, m)
		if m.Method == "textDocument/publishDiagnostics" {
			var p struct {
				URI         string
				Version     *int
				Diagnostics *[]diag
			}
			if err := json.Unmarshal(m.Params, &p); err != nil || p.Diagnostics == nil {
				e.t.Errorf("bad publishDiagnostics: %s", m.Params)
				return
			}
			e.published[p.URI] = *p.Diagnostics
			e.count[p.URI]++
			if p.Version != nil {
				e.versions[p.URI] = *p.Version
			}
		}
	}
}

// raw writes bytes as they are.
func (e *editor) raw(s string) {
	e.t.Helper()
	if _, err := io.WriteString(e.conn, s); err != nil {
		e.t.Errorf("write: %v", err)
	}
}

func frame(body string) string { return fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(body), body) }

func (e *editor) send(m any) {
	body, err := json.Marshal(m)
	if err != nil {
		e.t.Error(err)
		return
	}
	_, _ = io.WriteString(e.conn, frame(string(body)))
}

func (e *editor) notify(method string, params any) {
	e.send(map[string]any{"jsonrpc": "2.0", "method": method, "params": params})
}

// begin sends a request and returns its id.
func (e *editor) begin(method string, params any) string {
	e.mu.Lock()
	e.next++
	id := strconv.Itoa(e.next)
	e.mu.Unlock()
	m := map[string]any{"jsonrpc": "2.0", "id": json.RawMessage(id), "method": method}
	if params != nil {
		m["params"] = params
	}
	e.send(m)
	return id
}

// until waits for a condition on the editor's state.
func (e *editor) until(what string, ok func() bool) {
	e.t.Helper()
	timer := time.AfterFunc(patience, func() { e.cond.Broadcast() })
	defer timer.Stop()
	deadline := time.Now().Add(patience)
	e.mu.Lock()
	defer e.mu.Unlock()
	for !ok() {
		if e.eof || time.Now().After(deadline) {
			e.t.Fatalf("no %s (connection closed: %v)", what, e.eof)
		}
		e.cond.Wait()
	}
}

// wait returns the answer to a request.
func (e *editor) wait(id string) (m wire) {
	e.t.Helper()
	e.until("answer to request "+id, func() bool {
		var ok bool
		m, ok = e.replies[id]
		return ok
	})
	return m
}

// ask sends a request and decodes its result; an error fails the test.
func (e *editor) ask(method string, params, result any) {
	e.t.Helper()
	m := e.wait(e.begin(method, params))
	if m.Error != nil {
		e.t.Fatalf("%s: %d %s", method, m.Error.Code, m.Error.Message)
	}
	if result != nil {
		if err := json.Unmarshal(m.Result, result); err != nil {
			e.t.Fatalf("%s: %v in %s", method, err, m.Result)
		}
	}
}

// fails sends a request that must be answered with an error of a code.
func (e *editor) fails(code int, method string, params any) {
	e.t.Helper()
	m := e.wait(e.begin(method, params))
	if m.Error == nil || m.Error.Code != code {
		e.t.Errorf("%s: got %s %+v, want error %d", method, m.Result, m.Error, code)
	}
}

// capabilities of a current editor; set changes some by path.
func capabilities(set map[string]any) map[string]any {
	c := map[string]any{}
	put := func(path string, v any) {
		at := c
		parts := strings.Split(path, ".")
		for _, p := range parts[:len(parts)-1] {
			inner, ok := at[p].(map[string]any)
			if !ok {
				inner = map[string]any{}
				at[p] = inner
			}
			at = inner
		}
		if v == nil {
			delete(at, parts[len(parts)-1])
			return
		}
		at[parts[len(parts)-1]] = v
	}
	for path, v := range map[string]any{
		"textDocument.publishDiagnostics.versionSupport":         true,
		"textDocument.publishDiagnostics.relatedInformation":     true,
		"textDocument.publishDiagnostics.codeDescriptionSupport": true,
		"textDocument.publishDiagnostics.dataSupport":            true,
		"textDocument.publishDiagnostics.tagSupport.valueSet":    []int{1, 2},
		"textDocument.codeAction.codeActionLiteralSupport":       map[string]any{"codeActionKind": map[string]any{"valueSet": []string{}}},
		"textDocument.codeAction.isPreferredSupport":             true,
		"textDocument.codeAction.disabledSupport":                true,
		"textDocument.codeAction.dataSupport":                    true,
		"textDocument.codeAction.resolveSupport.properties":      []string{"edit"},
		"textDocument.hover.contentFormat":                       []string{"markdown", "plaintext"},
		"textDocument.inlayHint":                                 map[string]any{},
		"textDocument.codeLens":                                  map[string]any{},
		"textDocument.documentSymbol":                            map[string]any{"hierarchicalDocumentSymbolSupport": true},
		"workspace.workspaceEdit.documentChanges":                true,
		"workspace.workspaceEdit.resourceOperations":             []string{"create"},
	} {
		put(path, v)
	}
	for path, v := range set {
		put(path, v)
	}
	return c
}

// start initializes the session for a folder, "" for none.
func (e *editor) start(root string, set map[string]any) (result map[string]any) {
	e.t.Helper()
	params := map[string]any{"processId": nil, "capabilities": capabilities(set), "rootUri": nil}
	if root != "" {
		params["workspaceFolders"] = []any{map[string]any{"uri": uriOf(root), "name": "root"}}
	}
	e.ask("initialize", params, &result)
	e.notify("initialized", struct{}{})
	return result
}

func (e *editor) open(uri, language, text string) {
	e.notify("textDocument/didOpen", map[string]any{"textDocument": map[string]any{
		"uri": uri, "languageId": language, "version": 1, "text": text,
	}})
}

func doc(uri string) map[string]any { return map[string]any{"uri": uri} }

func at(uri string, p point) map[string]any {
	return map[string]any{"textDocument": doc(uri), "position": p}
}

// change sends one edit.
func (e *editor) change(uri string, version int, r *span4, text string) {
	c := map[string]any{"text": text}
	if r != nil {
		c["range"] = r
	}
	e.notify("textDocument/didChange", map[string]any{
		"textDocument": map[string]any{"uri": uri, "version": version}, "contentChanges": []any{c},
	})
}

// settled waits until the newest version of a document is analysed, and with a client that
// is pushed to published, and returns its diagnostics.
func (e *editor) settled(uri string) []diag {
	e.t.Helper()
	for {
		m := e.wait(e.begin("textDocument/codeAction", map[string]any{
			"textDocument": doc(uri), "range": span4{}, "context": map[string]any{"diagnostics": []any{}},
		}))
		if m.Error == nil {
			break
		}
		if m.Error.Code != codeContentModified {
			e.t.Fatalf("settle: %+v", m.Error)
		}
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	return append([]diag{}, e.published[uri]...)
}

// logged reports whether a message for the user's log has a text.
func (e *editor) logged(part string) func() bool {
	return func() bool {
		for _, n := range e.notes {
			if n.Method == "window/logMessage" && strings.Contains(string(n.Params), part) {
				return true
			}
		}
		return false
	}
}

func (e *editor) exited() int {
	e.t.Helper()
	select {
	case code := <-e.exit:
		e.exit <- code
		return code
	case <-time.After(patience):
		e.t.Fatal("the server did not exit")
		return -1
	}
}
