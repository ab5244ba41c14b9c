package sandbox

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/qodacode/qodacode/analyzers/policy/rego"
	"github.com/qodacode/qodacode/analyzers/policy/trust"
)

// protocol is the version of the messages. A worker of another version is not used.
const protocol = 1

// Bounds of messages, and of the facts in one.
const (
	maxRequest = 32 << 20
	maxAnswer  = 8 << 20
)

// A message is a header of JSON and a body of bytes that is not read with it:
// two lengths of four bytes, the header, the body.

// request is what the client asks; with Cancel it ends a request instead.
type request struct {
	ID     int               `json:"id"`
	Cancel bool              `json:"cancel,omitempty"`
	Op     string            `json:"op,omitempty"`
	SetID  string            `json:"set_id,omitempty"`
	Set    *rego.Set         `json:"set,omitempty"`
	Path   string            `json:"path,omitempty"`
	Source string            `json:"source,omitempty"`
	Filter string            `json:"filter,omitempty"`
	Trust  *trust.Request    `json:"trust,omitempty"`
	Skip   map[string]string `json:"skip,omitempty"`  // steps that are left out, by key: why
	Wait   map[string]string `json:"wait,omitempty"`  // steps that are left out this time only
	Only   map[string]bool   `json:"only,omitempty"`  // when not nil, other steps than these are left out this time
	Late   string            `json:"late,omitempty"`  // why those are
	Done   map[string]bool   `json:"done,omitempty"`  // keys of policies whose part of an evaluation is known
	Limit  time.Duration     `json:"limit,omitempty"` // of one evaluation, which ends by itself when it can
}

// The operations.
const (
	opLoad   = "load"
	opEval   = "eval"
	opLint   = "lint"
	opTest   = "test"
	opTrust  = "trust"
	opFormat = "format"
)

// reply is what the worker says: hello once, then steps and parts and at last an answer for each request.
type reply struct {
	ID     int             `json:"id"`
	Hello  int             `json:"hello,omitempty"` // the protocol
	Step   *rego.Step      `json:"step,omitempty"`
	CPU    time.Duration   `json:"cpu,omitempty"` // that the worker has used so far
	Part   *Evaluation     `json:"part,omitempty"`
	Key    string          `json:"key,omitempty"`  // of the policy of the part
	Slow   bool            `json:"slow,omitempty"` // whether it was stopped at its limit
	Answer json.RawMessage `json:"answer,omitempty"`
	Error  string          `json:"error,omitempty"`
	Forgot bool            `json:"forgot,omitempty"` // the set must be sent again
}

// writeMessage writes a message at once.
func writeMessage(w io.Writer, header any, body []byte, limit int) error {
	head, err := json.Marshal(header)
	if err != nil {
		return err
	}
	if len(head)+len(body) > limit {
		return tooLarge(len(head)+len(body), limit)
	}
	message := make([]byte, 8, 8+len(head)+len(body))
	binary.BigEndian.PutUint32(message, uint32(len(head)))
	binary.BigEndian.PutUint32(message[4:], uint32(len(body)))
	message = append(append(message, head...), body...)
	_, err = w.Write(message)
	return err
}

func tooLarge(size, limit int) error {
	return fmt.Errorf("a message of %d bytes; at most %d are allowed", size, limit)
}

// readMessage reads a message. io.EOF tells that there is none.
func readMessage(r io.Reader, header any, limit int) (body []byte, err error) {
	var lengths [8]byte
	if _, err := io.ReadFull(r, lengths[:]); err != nil {
		return nil, err
	}
	head, rest := int64(binary.BigEndian.Uint32(lengths[:])), int64(binary.BigEndian.Uint32(lengths[4:]))
	if head+rest > int64(limit) {
		return nil, tooLarge(int(head+rest), limit)
	}
	buf := make([]byte, head+rest)
	if _, err := io.ReadFull(r, buf); err != nil {
		return nil, err
	}
	if err := json.Unmarshal(buf[:head], header); err != nil {
		return nil, fmt.Errorf("a message that cannot be read: %w", err)
	}
	return buf[head:], nil
}
