package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"
)

// server is the other end of a client, in the test's hands.
type server struct {
	in  *bufio.Reader
	out *io.PipeWriter
}

func connect(t *testing.T, patience time.Duration) (*Client, server) {
	toServer, fromClient := io.Pipe()
	toClient, fromServer := io.Pipe()
	t.Cleanup(func() { toServer.Close(); fromServer.Close() })
	c := NewClient(toClient, fromClient, patience, func(err error) error { return fmt.Errorf("gone: %w", err) })
	return c, server{bufio.NewReader(toServer), fromServer}
}

func (s server) send(body string) {
	fmt.Fprintf(s.out, "Content-Length: %d\r\n\r\n%s", len(body), body)
}

func published(version, line int) string {
	return fmt.Sprintf(`{"method":"textDocument/publishDiagnostics","params":{"uri":"file:///a","version":%d,"diagnostics":[{"code":"X","range":{"start":{"line":%d,"character":2}}}]}}`, version, line)
}

func TestPublishedIsOfTheVersion(t *testing.T) {
	c, s := connect(t, time.Minute)
	s.send(published(1, 1))
	s.send(strings.Replace(published(2, 7), "file:///a", "file:///b", 1))
	s.send(published(2, 5))
	p, err := c.Published("file:///a", 2)
	if err != nil || !p.Has("X", Position{5, 2}) || p.Has("X", Position{1, 2}) || p.Has("Y", Position{5, 2}) || !p.Has("", Position{5, 2}) {
		t.Errorf("%+v, %v", p, err)
	}
	s.send(published(4, 5))
	if _, err := c.Published("file:///a", 3); err == nil {
		t.Error("version 4 was taken for 3")
	}
}

func TestSilence(t *testing.T) {
	c, _ := connect(t, time.Millisecond)
	if _, err := c.Published("file:///a", 1); err == nil || !strings.Contains(err.Error(), "version 1 of file:///a did not come in 1ms") {
		t.Error(err)
	}
}

func TestEndIsToldAtOnce(t *testing.T) {
	for name, end := range map[string]func(server){
		"death":    func(s server) { s.out.Close() },
		"nonsense": func(s server) { s.send("{") },
		"noise":    func(s server) { fmt.Fprint(s.out, "panic: no\r\n\r\n") },
		"no one's": func(s server) { s.send(`{"id":7,"result":null}`) },
	} {
		c, s := connect(t, time.Minute)
		end(s)
		if _, err := c.Published("file:///a", 1); err == nil || !strings.Contains(err.Error(), "gone: ") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestCalls(t *testing.T) {
	c, s := connect(t, time.Minute)
	go func() {
		for i := range 2 {
			if _, err := readFrame(s.in); err != nil {
				return
			}
			s.send([]string{`{"id":1,"result":{"a":5}}`, `{"id":2,"error":{"code":-32603,"message":"broken"}}`}[i])
		}
	}()
	var result struct{ A int }
	if took, err := c.Call("x", nil, &result); err != nil || result.A != 5 || took <= 0 {
		t.Errorf("%+v, %v, %v", result, took, err)
	}
	if _, err := c.Call("y", nil, nil); err == nil || err.Error() != "y failed: broken (-32603)" {
		t.Error(err)
	}
}

func TestServerThatIsNone(t *testing.T) {
	_, err := Server{"toolchain", []string{"go", "version"}}.Start(t.TempDir(), time.Minute)
	if end := (*ended)(nil); err == nil || !errors.As(err, &end) && !strings.Contains(err.Error(), "initialize") {
		t.Error(err)
	}
	if _, err := (Server{"nothing", []string{t.TempDir() + "/none"}}).Start(t.TempDir(), time.Minute); err == nil {
		t.Error("a server that is not there was started")
	}
}
