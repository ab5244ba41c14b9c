package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/sourcegraph/jsonrpc2"
)

// patience is how long a server may take for all of the conversation; qemu and wine are slow.
const patience = 2 * time.Minute

// The document has a secret behind characters of two and of one UTF-16 units.
const (
	document = "GREETING = \"😀é\"; SEARCH_API_KEY = \"c2f1b7e94d5a4c0e8a6f3d91b07e52ac\"\n"
	address  = "file:///smoke/secret.py"
)

// converse starts a language server, opens a document, expects the finding that is in it, and
// ends the server. It tells what it saw.
func converse(server *exec.Cmd) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	server.Stderr = os.Stderr
	toServer, err := server.StdinPipe()
	if err != nil {
		return "", err
	}
	fromServer, err := server.StdoutPipe()
	if err != nil {
		return "", err
	}
	if err := server.Start(); err != nil {
		return "", err
	}
	said, err := talk(ctx, struct {
		io.Reader
		io.WriteCloser
	}{fromServer, toServer})
	if err != nil {
		_ = server.Process.Kill()
		_ = server.Wait()
		return "", err
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Wait() }()
	select {
	case err := <-ended:
		if err != nil {
			return "", fmt.Errorf("after exit: %w", err)
		}
	case <-ctx.Done():
		_ = server.Process.Kill()
		return "", errors.New("runs on after exit")
	}
	return said, nil
}

type diagnostics struct {
	URI         string `json:"uri"`
	Diagnostics []struct {
		Range struct {
			Start struct{ Line, Character int }
		}
		Code    any
		Message string
	} `json:"diagnostics"`
}

func talk(ctx context.Context, stream io.ReadWriteCloser) (string, error) {
	published := make(chan diagnostics, 16)
	conn := jsonrpc2.NewConn(ctx, jsonrpc2.NewBufferedStream(stream, jsonrpc2.VSCodeObjectCodec{}),
		jsonrpc2.HandlerWithError(func(_ context.Context, _ *jsonrpc2.Conn, r *jsonrpc2.Request) (any, error) {
			if r.Method == "textDocument/publishDiagnostics" {
				var d diagnostics
				if err := json.Unmarshal(*r.Params, &d); err != nil {
					return nil, err
				}
				published <- d
			}
			return nil, nil
		}))
	defer conn.Close()

	var server struct {
		ServerInfo struct{ Name, Version string }
	}
	hello := map[string]any{"processId": nil, "rootUri": nil, "capabilities": map[string]any{}}
	if err := conn.Call(ctx, "initialize", hello, &server); err != nil {
		return "", fmt.Errorf("initialize: %w", err)
	}
	if server.ServerInfo.Name != "qodacode" {
		return "", fmt.Errorf("initialize: the server calls itself %q", server.ServerInfo.Name)
	}
	opened := map[string]any{"uri": address, "languageId": "python", "version": 1, "text": document}
	if err := errors.Join(
		conn.Notify(ctx, "initialized", map[string]any{}),
		conn.Notify(ctx, "textDocument/didOpen", map[string]any{"textDocument": opened}),
	); err != nil {
		return "", err
	}
	found, err := await(ctx, published, conn)
	if err != nil {
		return "", err
	}
	if err := conn.Call(ctx, "shutdown", nil, nil); err != nil {
		return "", fmt.Errorf("shutdown: %w", err)
	}
	if err := conn.Notify(ctx, "exit", nil); err != nil {
		return "", err
	}
	return fmt.Sprintf("%s found %s", server.ServerInfo.Version, found), nil
}

// await waits for the finding of the document and returns its rule.
func await(ctx context.Context, published <-chan diagnostics, conn *jsonrpc2.Conn) (string, error) {
	before, _, _ := strings.Cut(document, "c2f1")
	column := len([]rune(before)) + 1 // 😀 is two units
	for {
		select {
		case d := <-published:
			if len(d.Diagnostics) == 0 {
				continue // published on opening, before the analysis
			}
			first := d.Diagnostics[0]
			if start := first.Range.Start; d.URI != address || start.Line != 0 || start.Character != column {
				return "", fmt.Errorf("found %v (%s) in %s:%d:%d; the secret is at 0:%d", first.Code, first.Message, d.URI, start.Line, start.Character, column)
			}
			return fmt.Sprint(first.Code), nil
		case <-conn.DisconnectNotify():
			return "", errors.New("the server ended before it found anything")
		case <-ctx.Done():
			return "", errors.New("no finding in the document")
		}
	}
}
