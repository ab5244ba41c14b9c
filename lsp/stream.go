package lsp

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/sourcegraph/jsonrpc2"
)

const (
	// maxMessage is the largest message that is read, in bytes. Bigger ones are skipped and
	// answered with an error, so that a mistaken length can't take all memory.
	maxMessage = 256 << 20
	// maxUnread is how many bytes may wait for a client that doesn't read before the
	// connection counts as dead.
	maxUnread = 256 << 20
	// flushTime is how long Close waits for the client to read what is left.
	flushTime = time.Second
)

// stream frames JSON-RPC messages with the headers of the base protocol and is the
// jsonrpc2.ObjectStream of a connection. It forgives what jsonrpc2's own codec closes the
// connection for: a malformed message is answered with an error and reading goes on at the
// next header. Writes are queued, so that a client which is slow to read never stops the
// read loop.
type stream struct {
	conn io.ReadWriteCloser
	in   *bufio.Reader
	log  *slog.Logger

	mu      sync.Mutex
	changed sync.Cond // queue, closing or failed
	queue   []byte
	closing bool
	failed  error
	flushed chan struct{} // closed when the writer has ended
	closed  chan struct{} // closed when Close has
}

var _ jsonrpc2.ObjectStream = (*stream)(nil)

func newStream(conn io.ReadWriteCloser, log *slog.Logger) *stream {
	s := &stream{conn: conn, in: bufio.NewReaderSize(conn, 64<<10), log: log, flushed: make(chan struct{}), closed: make(chan struct{})}
	s.changed.L = &s.mu
	go s.writeLoop()
	return s
}

// ReadObject reads the next well-formed message into v. Malformed ones are answered on the way.
func (s *stream) ReadObject(v any) error {
	for {
		body, err := s.readBody()
		if err != nil {
			return err
		}
		bad := decodeMessage(body, v)
		if bad == nil {
			return nil
		}
		// v may hold half of the bad message.
		reflect.ValueOf(v).Elem().SetZero()
		s.log.Warn("malformed message from the client", "error", bad.err.Message, "bytes", len(body))
		if !bad.response {
			_ = s.WriteObject(reply{ID: bad.id, Error: bad.err})
		}
	}
}

// malformed tells what is wrong with a message and whom to answer.
type malformed struct {
	id       json.RawMessage // null when it is not known
	err      *jsonrpc2.Error
	response bool // it answers a call of ours: an answer to an answer would be wrong
}

func decodeMessage(body []byte, v any) *malformed {
	var m struct {
		ID     json.RawMessage `json:"id"`
		Method json.RawMessage `json:"method"`
		Result json.RawMessage `json:"result"`
		Error  json.RawMessage `json:"error"`
	}
	bad := &malformed{id: json.RawMessage("null")}
	if err := json.Unmarshal(body, &m); err != nil {
		code, what := int64(jsonrpc2.CodeInvalidRequest), "a message must be one JSON object"
		if !json.Valid(body) {
			code, what = jsonrpc2.CodeParseError, "the message is not valid JSON"
		}
		bad.err = &jsonrpc2.Error{Code: code, Message: what}
		return bad
	}
	bad.response = m.Method == nil && (m.Result != nil || m.Error != nil)
	invalid := func(what string) *malformed {
		bad.err = &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidRequest, Message: what}
		return bad
	}
	if m.ID != nil && !bytes.Equal(m.ID, bad.id) {
		var number uint64
		if m.ID[0] != '"' && json.Unmarshal(m.ID, &number) != nil {
			return invalid("the id must be a string or a whole number from 0")
		}
		bad.id = m.ID
		if m.Method == nil && !bad.response {
			// Some clients answer a call that has no result with an id alone.
			bad.response = true
			body = fmt.Appendf(nil, `{"id":%s,"result":null}`, m.ID)
		}
	}
	if err := json.Unmarshal(body, v); err != nil {
		return invalid("neither a request, a notification nor a response of JSON-RPC 2.0")
	}
	return nil
}

// contentLength finds the header anywhere in a line, since what is left of a message with a
// wrong length stands before the next header.
var contentLength = regexp.MustCompile(`(?i).*content-length:(.*)`)

// readBody reads header lines until a blank one that ends a block with a length, and then
// the body. Anything that is no header is skipped: that is how reading finds the next
// message after a wrong length.
func (s *stream) readBody() ([]byte, error) {
	length := -1
	for {
		line, err := s.readLine()
		if err != nil {
			return nil, err
		}
		if line == "" {
			if length >= 0 {
				break
			}
			continue
		}
		field := contentLength.FindStringSubmatch(line)
		if field == nil {
			continue
		}
		n, err := strconv.ParseUint(strings.TrimSpace(field[1]), 10, 63)
		if err != nil {
			s.fail(jsonrpc2.CodeParseError, "the Content-Length header is not a number")
			length = -1
			continue
		}
		length = int(n)
	}
	if length > maxMessage {
		s.fail(jsonrpc2.CodeInvalidRequest, fmt.Sprintf("a message of %d bytes is over the limit of %d", length, maxMessage))
		if _, err := io.CopyN(io.Discard, s.in, int64(length)); err != nil {
			return nil, err
		}
		return s.readBody()
	}
	// The buffer grows with what arrives, not with what the header claims.
	var body bytes.Buffer
	body.Grow(min(length, 1<<20))
	if _, err := io.CopyN(&body, s.in, int64(length)); err != nil {
		return nil, io.ErrUnexpectedEOF
	}
	return body.Bytes(), nil
}

// readLine reads up to \n and drops the line ending. Of a line longer than the buffer it
// returns the tail only, which is where a header that follows garbage stands.
func (s *stream) readLine() (string, error) {
	var line []byte
	for {
		part, err := s.in.ReadSlice('\n')
		line = append(line, part...)
		if errors.Is(err, bufio.ErrBufferFull) {
			line = append(line[:0:0], line[len(line)-64:]...)
			continue
		}
		if err != nil {
			return "", err
		}
		return strings.TrimRight(string(line), "\r\n"), nil
	}
}

func (s *stream) fail(code int64, what string) {
	s.log.Warn("malformed message from the client", "error", what)
	_ = s.WriteObject(reply{ID: json.RawMessage("null"), Error: &jsonrpc2.Error{Code: code, Message: what}})
}

// WriteObject queues a message. It fails when the connection has.
func (s *stream) WriteObject(v any) error {
	var body bytes.Buffer
	enc := json.NewEncoder(&body)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	content := bytes.TrimSuffix(body.Bytes(), []byte("\n"))

	s.mu.Lock()
	defer s.mu.Unlock()
	if s.failed != nil || s.closing {
		return jsonrpc2.ErrClosed
	}
	if len(s.queue)+len(content) > maxUnread {
		s.failed = errors.New("the client has stopped reading")
		s.changed.Signal()
		go s.conn.Close()
		return s.failed
	}
	s.queue = fmt.Appendf(s.queue, "Content-Length: %d\r\n\r\n", len(content))
	s.queue = append(s.queue, content...)
	s.changed.Signal()
	return nil
}

func (s *stream) writeLoop() {
	defer close(s.flushed)
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		for len(s.queue) == 0 && !s.closing && s.failed == nil {
			s.changed.Wait()
		}
		if s.failed != nil || len(s.queue) == 0 {
			return
		}
		out := s.queue
		s.queue = nil
		s.mu.Unlock()
		_, err := s.conn.Write(out)
		s.mu.Lock()
		if err != nil {
			s.failed = err
		}
	}
}

// Close writes what is queued, as far as the client still reads, and closes the connection.
func (s *stream) Close() error {
	defer close(s.closed) // jsonrpc2 closes once
	s.mu.Lock()
	s.closing = true
	s.changed.Signal()
	s.mu.Unlock()
	select {
	case <-s.flushed:
	case <-time.After(flushTime):
	}
	return s.conn.Close()
}
