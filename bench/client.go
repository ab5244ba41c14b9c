package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/textproto"
	"strconv"
	"sync"
	"time"
)

// Client is the editor's end of one LSP session. It answers the server's own requests with
// null, as an editor without settings does.
type Client struct {
	patience time.Duration // for one answer

	writing sync.Mutex
	out     io.Writer

	mu      sync.Mutex
	next    int
	pending map[string]chan message

	published chan Published
	ended     chan struct{} // closed when the server says nothing more; err is set before
	err       error
}

// Published are the diagnostics of a document as the server sent them.
type Published struct {
	At          time.Time `json:"-"` // when the message had arrived
	URI         string    `json:"uri"`
	Version     *int      `json:"version"`
	Diagnostics []struct {
		Range struct{ Start Position } `json:"range"`
		Code  any                      `json:"code"`
	} `json:"diagnostics"`
}

// Position is LSP's, in UTF-16 units.
type Position struct {
	Line      int `json:"line"`
	Character int `json:"character"`
}

// Has reports whether there is a diagnostic with that code, "" for any, that begins at p.
func (d Published) Has(code string, p Position) bool {
	for _, x := range d.Diagnostics {
		if x.Range.Start == p && (code == "" || x.Code == code) {
			return true
		}
	}
	return false
}

// message is any message from the server.
type message struct {
	at     time.Time
	ID     json.RawMessage `json:"id"`
	Method string          `json:"method"`
	Params json.RawMessage `json:"params"`
	Result json.RawMessage `json:"result"`
	Error  *struct {
		Code    int    `json:"code"`
		Message string `json:"message"`
	} `json:"error"`
}

// frame is a message that has arrived, or why none comes any more.
type frame struct {
	at   time.Time
	body []byte
	err  error
}

// NewClient starts to read. last explains why the server says nothing more.
func NewClient(in io.Reader, out io.Writer, patience time.Duration, last func(error) error) *Client {
	c := &Client{
		patience: patience, out: out, pending: map[string]chan message{},
		published: make(chan Published, 4096), ended: make(chan struct{}),
	}
	// Reading is apart from decoding, so that the time of a message's arrival does not
	// depend on the one before it.
	frames := make(chan frame, 4096)
	go receive(in, frames)
	go func() {
		for f := range frames {
			if f.err == nil {
				f.err = c.dispatch(f)
			}
			if f.err != nil {
				c.err = last(f.err)
				close(c.ended)
				return
			}
		}
	}()
	return c
}

// receive reads frames until an error, which is the last one.
func receive(in io.Reader, frames chan<- frame) {
	r := bufio.NewReaderSize(in, 1<<16)
	for {
		body, err := readFrame(r)
		frames <- frame{time.Now(), body, err}
		if err != nil {
			return
		}
	}
}

func readFrame(r *bufio.Reader) ([]byte, error) {
	header, err := textproto.NewReader(r).ReadMIMEHeader()
	if err != nil {
		return nil, err
	}
	length, err := strconv.Atoi(header.Get("Content-Length"))
	if err != nil {
		return nil, fmt.Errorf("the server sent a header without a length: %v", header)
	}
	body := make([]byte, length)
	_, err = io.ReadFull(r, body)
	return body, err
}

func (c *Client) dispatch(f frame) error {
	m := message{at: f.at}
	if err := json.Unmarshal(f.body, &m); err != nil {
		return fmt.Errorf("the server sent what is not JSON: %w", err)
	}
	switch {
	case m.Method == "":
		c.mu.Lock()
		answer := c.pending[string(m.ID)]
		delete(c.pending, string(m.ID))
		c.mu.Unlock()
		if answer == nil {
			return fmt.Errorf("the server answered request %s, which nobody made", m.ID)
		}
		answer <- m
	case m.ID != nil:
		go c.write(map[string]any{"jsonrpc": "2.0", "id": m.ID, "result": nil})
	case m.Method == "textDocument/publishDiagnostics":
		p := Published{At: m.at}
		if err := json.Unmarshal(m.Params, &p); err != nil {
			return fmt.Errorf("the server published what can't be read: %w", err)
		}
		c.published <- p
	}
	return nil
}

// write returns when the first byte was about to leave.
func (c *Client) write(m any) (time.Time, error) {
	body, err := json.Marshal(m)
	if err != nil {
		return time.Time{}, err
	}
	data := append([]byte("Content-Length: "+strconv.Itoa(len(body))+"\r\n\r\n"), body...)
	c.writing.Lock()
	defer c.writing.Unlock()
	at := time.Now()
	_, err = c.out.Write(data)
	return at, err
}

// Notify sends a notification and returns when.
func (c *Client) Notify(method string, params any) (time.Time, error) {
	at, err := c.write(map[string]any{"jsonrpc": "2.0", "method": method, "params": params})
	if err != nil {
		return at, c.lost(method, err)
	}
	return at, nil
}

// Call makes a request, decodes its result and returns how long the answer took.
func (c *Client) Call(method string, params, result any) (time.Duration, error) {
	answer := make(chan message, 1)
	c.mu.Lock()
	c.next++
	id := c.next
	c.pending[strconv.Itoa(id)] = answer
	c.mu.Unlock()
	at, err := c.write(map[string]any{"jsonrpc": "2.0", "id": id, "method": method, "params": params})
	if err != nil {
		return 0, c.lost(method, err)
	}
	m, err := wait(c, answer, "an answer to "+method)
	if err != nil {
		return 0, err
	}
	if m.Error != nil {
		return 0, fmt.Errorf("%s failed: %s (%d)", method, m.Error.Message, m.Error.Code)
	}
	if result == nil {
		return m.at.Sub(at), nil
	}
	return m.at.Sub(at), json.Unmarshal(m.Result, result)
}

// Published waits for the diagnostics of a document at a version; a server that tells no
// versions has to publish exactly once for each. version 0 is that of a closed document.
func (c *Client) Published(uri string, version int) (Published, error) {
	for {
		p, err := wait(c, c.published, fmt.Sprintf("diagnostics of version %d of %s", version, uri))
		if err != nil {
			return p, err
		}
		if p.URI != uri || p.Version != nil && *p.Version < version {
			continue // of an earlier wait: some servers publish a version twice
		}
		if p.Version != nil && *p.Version > version {
			return p, fmt.Errorf("diagnostics of version %d of %s came before those of %d", *p.Version, uri, version)
		}
		return p, nil
	}
}

func wait[T any](c *Client, from <-chan T, what string) (T, error) {
	timeout := time.NewTimer(c.patience)
	defer timeout.Stop()
	var none T
	select {
	case v := <-from:
		return v, nil
	case <-c.ended:
		return none, fmt.Errorf("while waiting for %s: %w", what, c.err)
	case <-timeout.C:
		return none, fmt.Errorf("%s did not come in %v", what, c.patience)
	}
}

// lost is the error of a write: when the server is gone, its end says more.
func (c *Client) lost(method string, err error) error {
	select {
	case <-c.ended:
		return errors.Join(fmt.Errorf("%s: %w", method, err), c.err)
	case <-time.After(c.patience):
		return fmt.Errorf("%s: %w", method, err)
	}
}
