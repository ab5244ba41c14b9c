package lsp

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"strings"
	"testing"

	"github.com/sourcegraph/jsonrpc2"
)

// Each message is followed by a request: whatever came before, that one is answered.
func TestMalformedMessages(t *testing.T) {
	tests := []struct {
		name string
		raw  string
		code int // of the error that answers it; 0: none
		id   string
	}{
		{"lower-case header", strings.ToLower(frame(`{"jsonrpc":"2.0","method":"$/x"}`)), 0, ""},
		{"no space after the colon", strings.Replace(frame(`{"jsonrpc":"2.0","method":"$/x"}`), ": ", ":", 1), 0, ""},
		{"line feeds only", strings.ReplaceAll(frame(`{"jsonrpc":"2.0","id":7,"method":"x"}`), "\r", ""), -32601, "7"},
		{"other headers", "Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nX-Odd\r\n" + frame(`{"jsonrpc":"2.0","method":"$/x"}`), 0, ""},
		{"bad JSON", frame(`{"jsonrpc":"2.0","id":7,`), -32700, "null"},
		{"empty body", frame(``), -32700, "null"},
		{"not an object", frame(`"hello"`), -32600, "null"},
		{"a batch", frame(`[{"jsonrpc":"2.0","id":7,"method":"shutdown"}]`), -32600, "null"},
		{"neither request nor response", frame(`{"jsonrpc":"2.0"}`), -32600, "null"},
		{"method of a wrong type", frame(`{"jsonrpc":"2.0","id":7,"method":3}`), -32600, "7"},
		{"request and response", frame(`{"jsonrpc":"2.0","id":"x","method":"a","result":1}`), -32600, `"x"`},
		{"negative id", frame(`{"jsonrpc":"2.0","id":-7,"method":"shutdown"}`), -32600, "null"},
		{"id of a wrong type", frame(`{"jsonrpc":"2.0","id":{},"method":"shutdown"}`), -32600, "null"},
		{"length is no number", "Content-Length: many\r\n\r\n", -32700, "null"},
		{"negative length", "Content-Length: -5\r\n\r\n", -32700, "null"},
		{"length beyond all numbers", "Content-Length: 99999999999999999999999\r\n\r\n", -32700, "null"},
		{"no length", "Content-Type: x\r\n\r\n", 0, ""},
		{"garbage", "\x00\xff{{{garbage", 0, ""},
		{"garbage longer than the buffer", strings.Repeat("x", 200<<10), 0, ""},
		{"length too short", "Content-Length: 10\r\n\r\n" + `{"jsonrpc":"2.0","id":7,"method":"x"}`, -32700, "null"},
		{"deep nesting", frame(strings.Repeat("[", 100_000)), -32700, "null"},
		{"answer to a call that was not made", frame(`{"jsonrpc":"2.0","id":99,"result":1}`), 0, ""},
		{"answer with an id only", frame(`{"jsonrpc":"2.0","id":99}`), 0, ""},
		{"answer with a bad id", frame(`{"jsonrpc":"2.0","id":[],"result":1}`), 0, ""},
		{"unknown method", frame(`{"jsonrpc":"2.0","id":7,"method":"textDocument/nonsense"}`), -32601, "7"},
		{"wrong parameters", frame(`{"jsonrpc":"2.0","id":7,"method":"textDocument/hover","params":{"textDocument":3}}`), -32602, "7"},
		{"parameters by position", frame(`{"jsonrpc":"2.0","id":7,"method":"textDocument/hover","params":[1,2]}`), -32602, "7"},
		{"no parameters", frame(`{"jsonrpc":"2.0","id":7,"method":"textDocument/hover"}`), -32602, "7"},
		{"negative position", frame(`{"jsonrpc":"2.0","id":7,"method":"textDocument/hover","params":{"textDocument":{"uri":"file:///a"},"position":{"line":-1,"character":0}}}`), -32602, "7"},
		{"document that is not open", frame(`{"jsonrpc":"2.0","id":"é","method":"textDocument/hover","params":{"textDocument":{"uri":"file:///a"},"position":{"line":0,"character":0}}}`), -32602, `"é"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			e := dial(t, testOptions())
			e.start("", nil)
			e.raw(test.raw)
			if test.code != 0 {
				if m := e.wait(test.id); m.Error == nil || m.Error.Code != test.code {
					t.Errorf("answered with %+v, want error %d", m.Error, test.code)
				}
			}
			e.ask("shutdown", nil, nil)
			e.mu.Lock()
			defer e.mu.Unlock()
			want := 2 // initialize and shutdown
			if test.code != 0 {
				want = 3
			}
			if len(e.replies) != want {
				t.Errorf("%d answers, want %d: %v", len(e.replies), want, e.replies)
			}
		})
	}
}

// quiet is a connection that is read from and swallows what is written.
type quiet struct {
	io.Reader
	io.Writer
}

func (quiet) Close() error { return nil }

func TestHugeMessageIsSkipped(t *testing.T) {
	body := io.LimitReader(zeros{}, maxMessage+1)
	after := strings.NewReader(frame(`{"jsonrpc":"2.0","id":1,"method":"next"}`))
	var out bytes.Buffer
	header := strings.NewReader("Content-Length: 268435457\r\n\r\n")
	s := newStream(quiet{io.MultiReader(header, body, after), &out}, slog.New(slog.DiscardHandler))
	var req jsonrpc2.Request
	if err := s.ReadObject(&req); err != nil || req.Method != "next" {
		t.Fatalf("read %q, %v", req.Method, err)
	}
	s.Close()
	if !strings.Contains(out.String(), "over the limit") {
		t.Errorf("answered with %s", out.String())
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }

// A client that writes and never reads must not stop the read loop.
func TestSlowReader(t *testing.T) {
	e := dial(t, testOptions())
	e.start("", nil)
	e.open("file:///a.py", "python", "x = 1\n")
	e.mu.Lock() // the editor's reader blocks on its next message
	for i := range 500 {
		e.raw(frame(`{"jsonrpc":"2.0","id":` + string(rune('1'+i%9)) + `000,"method":"unknown/method"}`))
	}
	e.mu.Unlock()
	e.ask("shutdown", nil, nil)
}

// FuzzStream reads any bytes followed by a well-formed message, which must be found when the
// bytes end with a line of their own and announce no body.
func FuzzStream(f *testing.F) {
	f.Add([]byte("Content-Length: 2\r\n\r\n{}"))
	f.Add([]byte("content-length:10\n\n{\"id\":null}"))
	f.Add([]byte("Content-Length: 99999999999999\r\n\r\n"))
	f.Add([]byte("\r\n\r\nContent-Length: \xff\r\n\r\n[[[["))
	f.Add([]byte(frame(`{"id":1,"method":"m","params":{"a":"\ud800"}}`)))
	f.Fuzz(func(t *testing.T, data []byte) {
		next := frame(`{"jsonrpc":"2.0","id":1,"method":"the next"}`)
		in := io.MultiReader(bytes.NewReader(data), strings.NewReader("\n"+next))
		var out bytes.Buffer
		s := newStream(quiet{in, &out}, slog.New(slog.DiscardHandler))
		found := false
		for {
			var m message
			if err := s.ReadObject(&m); err != nil {
				break
			}
			if m.Method != "" && m.Params == nil && m.Method == "the next" {
				found = true
			}
		}
		s.Close()
		if !found && !bytes.Contains(bytes.ToLower(data), []byte("content-length")) {
			t.Errorf("the message behind %q was lost", data)
		}
		checkFrames(t, out.Bytes())
	})
}

// message accepts all that decodeMessage lets through.
type message struct {
	ID     json.RawMessage
	Method string
	Params json.RawMessage
}

// checkFrames fails unless out is a sequence of well-formed messages.
func checkFrames(t *testing.T, out []byte) {
	t.Helper()
	s := newStream(quiet{bytes.NewReader(out), io.Discard}, slog.New(slog.DiscardHandler))
	defer s.Close()
	for {
		body, err := s.readBody()
		if err == io.EOF {
			return
		}
		if err != nil || !json.Valid(body) {
			t.Fatalf("the server wrote %q, %v", out, err)
		}
	}
}
