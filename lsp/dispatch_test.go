package lsp

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"strconv"
	"strings"
	"testing"

	"github.com/sourcegraph/jsonrpc2"
	"github.com/tliron/glsp"
)

// handlers is a glsp.Handler made of functions.
type handlers map[string]func(*glsp.Context) (any, error)

func (h handlers) Handle(c *glsp.Context) (any, bool, bool, error) {
	f, ok := h[c.Method]
	if !ok {
		return nil, false, true, nil
	}
	result, err := f(c)
	return result, true, true, err
}

// serveHandlers connects an editor with a dispatcher and no session.
func serveHandlers(t *testing.T, h handlers) *editor {
	ours, theirs := net.Pipe()
	log := slog.New(slog.DiscardHandler)
	out := newStream(theirs, log)
	log = slog.New(clientLog{log.Handler(), out})
	d := &dispatcher{handler: h, out: out, log: log, guard: &guard{log: log}, running: map[jsonrpc2.ID]*context.CancelFunc{}}
	conn := jsonrpc2.NewConn(t.Context(), out, d, jsonrpc2.SetLogger(slog.NewLogLogger(log.Handler(), slog.LevelDebug)))
	t.Cleanup(func() { conn.Close() })
	return attach(t, ours)
}

func TestCancel(t *testing.T) {
	started := make(chan struct{})
	e := serveHandlers(t, handlers{
		"slow": func(*glsp.Context) (any, error) {
			return task(func(ctx context.Context) (any, error) {
				close(started)
				<-ctx.Done()
				return nil, ctx.Err()
			}), nil
		},
		"fast": func(*glsp.Context) (any, error) { return "done", nil },
	})
	id := e.begin("slow", nil)
	<-started
	e.ask("fast", nil, nil) // a slow request holds up nothing
	e.notify("$/cancelRequest", map[string]any{"id": 4711})
	e.notify("$/cancelRequest", map[string]any{"id": []int{}})
	e.notify("$/cancelRequest", nil)
	e.notify("$/cancelRequest", map[string]any{"id": 1})
	if m := e.wait(id); m.Error == nil || m.Error.Code != codeRequestCancelled {
		t.Errorf("answered with %s %+v", m.Result, m.Error)
	}
}

func TestErrorsOfHandlers(t *testing.T) {
	const secret = "sk-in-the-document"
	type ofAnother struct{ text string }
	e := serveHandlers(t, handlers{
		"panics": func(*glsp.Context) (any, error) { panic(secret) },
		"task panics": func(*glsp.Context) (any, error) {
			return task(func(context.Context) (any, error) { panic(ofAnother{secret}) }), nil
		},
		"index": func(*glsp.Context) (any, error) {
			return task(func(context.Context) (any, error) { var s []int; return s[len(secret)], nil }), nil
		},
		"fails":     func(*glsp.Context) (any, error) { return nil, errors.New("disk full") },
		"coded":     func(*glsp.Context) (any, error) { return nil, errSuperseded },
		"unwritten": func(*glsp.Context) (any, error) { return func() {}, nil },
		"fine":      func(*glsp.Context) (any, error) { return nil, nil },
		"noted":     func(*glsp.Context) (any, error) { panic(secret) },
	})
	for range 3 {
		e.fails(jsonrpc2.CodeInternalError, "panics", nil)
		e.fails(jsonrpc2.CodeInternalError, "task panics", nil)
		e.fails(jsonrpc2.CodeInternalError, "index", nil)
		e.notify("noted", nil)
	}
	e.fails(codeRequestFailed, "fails", nil)
	e.fails(codeContentModified, "coded", nil)
	e.fails(jsonrpc2.CodeInternalError, "unwritten", nil)
	if m := e.wait(e.begin("fine", nil)); string(m.Result) != "null" {
		t.Errorf("no result is sent as %q, want null", m.Result)
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	reports := 0
	for _, n := range e.notes {
		if strings.Contains(string(n.Params), secret) {
			t.Errorf("the log quotes the document: %s", n.Params)
		}
		if strings.Contains(string(n.Params), "please report") {
			reports++
		}
	}
	if reports != 4 {
		t.Errorf("%d reports of panics in 4 places, want one each", reports)
	}
}

// Edits are handled one after the other in the order in which they come, while requests run.
func TestOrder(t *testing.T) {
	var seen []string
	e := serveHandlers(t, handlers{
		"edit": func(c *glsp.Context) (any, error) { seen = append(seen, string(c.Params)); return nil, nil },
		"look": func(*glsp.Context) (any, error) {
			now := len(seen)
			return task(func(context.Context) (any, error) { return now, nil }), nil
		},
	})
	var ids []string
	for i := range 50 {
		e.notify("edit", i)
		ids = append(ids, e.begin("look", nil))
	}
	for i, id := range ids {
		if m := e.wait(id); string(m.Result) != strconv.Itoa(i+1) {
			t.Errorf("request %d saw %s edits", i, m.Result)
		}
	}
}

// A connection that breaks in the middle of a message ends the session without an answer.
func TestBrokenConnection(t *testing.T) {
	for _, raw := range []string{"Content-Le", "Content-Length: 10\r\n", "Content-Length: 10\r\n\r\n{"} {
		ours, theirs := net.Pipe()
		exit := make(chan int)
		go func() { exit <- Serve(context.Background(), theirs, testOptions()) }()
		_, _ = io.WriteString(ours, raw)
		ours.Close()
		if code := <-exit; code != 1 {
			t.Errorf("after %q: exit code %d, want 1", raw, code)
		}
	}
}
