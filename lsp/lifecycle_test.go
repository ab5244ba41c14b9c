package lsp

import (
	"context"
	"net"
	"os"
	"os/exec"
	"strings"
	"testing"
)

func TestLifecycle(t *testing.T) {
	t.Run("requests before initialize", func(t *testing.T) {
		e := dial(t, testOptions())
		e.notify("textDocument/didOpen", nil)
		e.fails(codeServerNotInitialized, "textDocument/hover", nil)
		e.fails(codeServerNotInitialized, "shutdown", nil)
		e.start("", nil)
	})
	t.Run("one initialize", func(t *testing.T) {
		e := dial(t, testOptions())
		e.start("", nil)
		e.fails(-32600, "initialize", map[string]any{"capabilities": map[string]any{}})
	})
	t.Run("shutdown and exit", func(t *testing.T) {
		e := dial(t, testOptions())
		e.start("", nil)
		e.ask("shutdown", nil, nil)
		e.fails(-32600, "textDocument/hover", at("file:///a.py", point{}))
		e.ask("shutdown", nil, nil) // Neovim 0.12 may send it twice
		e.notify("exit", nil)
		if code := e.exited(); code != 0 {
			t.Errorf("exit code %d after shutdown, want 0", code)
		}
	})
	t.Run("exit without shutdown", func(t *testing.T) {
		e := dial(t, testOptions())
		e.start("", nil)
		e.notify("exit", nil)
		if code := e.exited(); code != 1 {
			t.Errorf("exit code %d without shutdown, want 1", code)
		}
	})
	t.Run("exit before initialize", func(t *testing.T) {
		e := dial(t, testOptions())
		e.notify("exit", nil)
		if code := e.exited(); code != 1 {
			t.Errorf("exit code %d, want 1", code)
		}
	})
	t.Run("the client closes the connection", func(t *testing.T) {
		e := dial(t, testOptions())
		e.start("", nil)
		e.open("file:///a.py", "python", "x = 1\n")
		e.conn.Close()
		if code := e.exited(); code != 1 {
			t.Errorf("exit code %d, want 1", code)
		}
	})
	t.Run("the client closes the connection after shutdown", func(t *testing.T) {
		e := dial(t, testOptions())
		e.start("", nil)
		e.ask("shutdown", nil, nil)
		e.conn.Close()
		if code := e.exited(); code != 0 {
			t.Errorf("exit code %d, want 0", code)
		}
	})
}

// A client that is killed sends nothing, and its pipes may live on in a child of it.
func TestParentIsWatched(t *testing.T) {
	parent := exec.Command(os.Args[0], "-test.run=^TestHelperWaits$")
	parent.Env = append(os.Environ(), "WAIT_FOR_STDIN=1")
	stdin, err := parent.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer stdin.Close()
	if err := parent.Start(); err != nil {
		t.Skip("no process can be started:", err)
	}
	e := dial(t, testOptions())
	e.ask("initialize", map[string]any{"processId": parent.Process.Pid, "capabilities": map[string]any{}}, nil)
	_ = parent.Process.Kill()
	_ = parent.Wait()
	if code := e.exited(); code != 1 {
		t.Errorf("exit code %d, want 1", code)
	}
}

func TestHelperWaits(t *testing.T) {
	if os.Getenv("WAIT_FOR_STDIN") == "" {
		t.Skip("only as a child of TestParentIsWatched")
	}
	_, _ = os.Stdin.Read(make([]byte, 1))
}

// A server in a container can't see the client's process and must not end for that.
func TestUnknownParentIsNotWatched(t *testing.T) {
	e := dial(t, testOptions())
	e.ask("initialize", map[string]any{"processId": 1 << 30, "capabilities": map[string]any{}}, nil)
	e.notify("initialized", struct{}{})
	e.ask("shutdown", nil, nil)
}

func TestCapabilities(t *testing.T) {
	tests := []struct {
		name      string
		set       map[string]any
		want      []string // parts of the capabilities
		unwanted  []string
		encodings any
	}{
		{"current", nil, []string{`"resolveProvider":true`, `"source.fixAll.qodacode"`, `"inlayHintProvider":true`, `"positionEncoding":"utf-16"`, `"change":2`}, []string{"diagnosticProvider", "null"}, nil},
		{"pulling", map[string]any{"textDocument.diagnostic": map[string]any{}}, []string{`"diagnosticProvider":{"identifier":"qodacode","interFileDependencies":true,"workspaceDiagnostics":false}`}, nil, nil},
		{"without resolve", map[string]any{"textDocument.codeAction.resolveSupport": nil}, []string{`"resolveProvider":false`}, nil, nil},
		{"lsp-mode", map[string]any{"textDocument": nil, "workspace.codeLens.refreshSupport": true}, []string{`"codeLensProvider":{}`}, nil, nil},
		{"old", map[string]any{"textDocument": nil}, []string{`"hoverProvider":true`}, []string{"inlayHint", "codeAction", "codeLens"}, nil},
		{"odd types", map[string]any{"textDocument.inlayHint": true, "workspace.applyEdit": "yes"}, []string{`"codeActionProvider"`}, nil, nil},
		{"utf-8 first", nil, []string{`"positionEncoding":"utf-8"`}, nil, []string{"utf-8", "utf-16"}},
		{"utf-32 first", nil, []string{`"positionEncoding":"utf-32"`}, nil, []string{"utf-32", "utf-8"}},
		{"unknown first", nil, []string{`"positionEncoding":"utf-8"`}, nil, []string{"ucs-2", "utf-8"}},
		{"no list", nil, []string{`"positionEncoding":"utf-16"`}, nil, []string{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			e := dial(t, testOptions())
			c := capabilities(test.set)
			if test.encodings != nil {
				c["general"] = map[string]any{"positionEncodings": test.encodings}
			}
			m := e.wait(e.begin("initialize", map[string]any{"capabilities": c}))
			for _, want := range test.want {
				if !strings.Contains(string(m.Result), want) {
					t.Errorf("no %s in %s", want, m.Result)
				}
			}
			for _, unwanted := range test.unwanted {
				if strings.Contains(string(m.Result), unwanted) {
					t.Errorf("%s in %s", unwanted, m.Result)
				}
			}
		})
	}
}

func TestOddInitialize(t *testing.T) {
	for _, params := range []any{nil, map[string]any{}, map[string]any{
		"processId": "12", "rootUri": 3, "workspaceFolders": "x", "capabilities": []int{1}, "initializationOptions": "no",
	}} {
		e := dial(t, testOptions())
		e.ask("initialize", params, nil)
		e.ask("shutdown", nil, nil)
	}
}

func TestListenIsForLoopbackOnly(t *testing.T) {
	for _, address := range []string{"0.0.0.0:0", ":0", "192.0.2.1:0", "localhost:0", "nonsense"} {
		if err := Listen(t.Context(), address, testOptions()); err == nil {
			t.Errorf("listened on %q", address)
		}
	}
}

func TestTCPSessionsAreApart(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error)
	go func() { ended <- serveAll(ctx, listener, testOptions()) }()
	for range 2 {
		conn, err := net.Dial("tcp", listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		e := attach(t, conn)
		e.start("", nil) // a second initialize in one session would fail
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
