package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// Server is a language server that can be started.
type Server struct {
	Name    string
	Command []string
}

// Session is a running server and the editor's connection to it.
type Session struct {
	*Client
	cmd         *exec.Cmd
	in          io.Closer
	Initialized time.Duration // from before the process was started to the answer
}

// Start runs the server for the workspace folder dir and initializes it.
func (s Server) Start(dir string, patience time.Duration) (*Session, error) {
	cmd := exec.Command(s.Command[0], s.Command[1:]...)
	cmd.Dir = dir
	words := &tail{}
	cmd.Stderr = words
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("%s: %w", s.Name, err)
	}
	session := &Session{cmd: cmd, in: in}
	session.Client = NewClient(out, in, patience, func(read error) error {
		if read != io.EOF {
			cmd.Process.Kill() // it talks nonsense; what it says next can't be understood
		}
		end := "exit code 0"
		if err := cmd.Wait(); err != nil {
			end = err.Error()
		}
		return fmt.Errorf("%s has ended: %w", s.Name, &ended{read, end, words.String()})
	})
	if _, err := session.Call("initialize", initializeParams(dir), nil); err != nil {
		return nil, errors.Join(err, session.Kill())
	}
	session.Initialized = time.Since(began)
	if _, err := session.Notify("initialized", struct{}{}); err != nil {
		return nil, err
	}
	return session, nil
}

// ended is how a server ended.
type ended struct {
	read  error
	exit  string
	words string
}

func (e *ended) Error() string {
	text := e.exit
	if e.read != io.EOF {
		text += ", " + e.read.Error()
	}
	if e.words != "" {
		text += "; it said last:\n" + e.words
	}
	return text
}

// Stop shuts the server down, as the protocol has it, and waits for its end.
func (s *Session) Stop() error {
	if _, err := s.Call("shutdown", nil, nil); err != nil {
		return errors.Join(err, s.Kill())
	}
	if _, err := s.Notify("exit", nil); err != nil {
		return err
	}
	s.in.Close()
	_, err := wait(s.Client, (<-chan struct{})(nil), "its exit")
	if end := (*ended)(nil); errors.As(err, &end) && end.exit == "exit code 0" {
		return nil
	}
	return errors.Join(err, s.Kill())
}

// Kill ends the server whatever state it is in.
func (s *Session) Kill() error {
	if err := s.cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	<-s.ended
	return nil
}

// initializeParams are those of an editor that is pushed diagnostics with their versions and
// has the other features that servers look for.
func initializeParams(dir string) map[string]any {
	type m = map[string]any
	return m{
		"processId":        os.Getpid(),
		"rootUri":          uriOf(dir),
		"workspaceFolders": []any{m{"uri": uriOf(dir), "name": filepath.Base(dir)}},
		"capabilities": m{
			"workspace": m{"workspaceFolders": true, "workspaceEdit": m{"documentChanges": true}},
			"textDocument": m{
				"synchronization": m{"didSave": true},
				"publishDiagnostics": m{
					"versionSupport": true, "relatedInformation": true, "codeDescriptionSupport": true,
					"dataSupport": true, "tagSupport": m{"valueSet": []int{1, 2}},
				},
				"hover": m{"contentFormat": []string{"markdown"}},
				"codeAction": m{
					"codeActionLiteralSupport": m{"codeActionKind": m{"valueSet": []string{"quickfix", "refactor", "source"}}},
					"isPreferredSupport":       true, "dataSupport": true,
					"resolveSupport": m{"properties": []string{"edit"}},
				},
				"inlayHint": m{}, "codeLens": m{},
			},
		},
	}
}

// tail keeps the end of what a server writes to stderr.
type tail struct {
	mu    sync.Mutex
	bytes []byte
}

func (t *tail) Write(p []byte) (int, error) {
	const most = 2000
	t.mu.Lock()
	defer t.mu.Unlock()
	t.bytes = append(t.bytes, p...)
	if over := len(t.bytes) - most; over > 0 {
		t.bytes = bytes.Clone(t.bytes[over:])
	}
	return len(p), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return strings.TrimSpace(string(t.bytes))
}
