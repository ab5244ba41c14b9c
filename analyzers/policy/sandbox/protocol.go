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

// Bounds of messages, and of the facts in one, with which a set may come.
const (
	maxFacts   = 32 << 20
	maxRequest = 2*maxFacts + 1<<20
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
	Done   map[string]bool   `json:"done,omitempty"`  // keys of policies whose part of an evaluation is known
	Limits allowance         `json:"limits"`          // of steps
	Known  map[string]bool   `json:"known,omitempty"` // steps that have all their time, since they were finished once
	Full   allowance         `json:"full"`            // of those
}

// allowance are limits of the processor's time for steps. Time that passes on a busy machine
// while others work does not count.
type allowance struct {
	Step time.Duration `json:"step"` // of any step but evaluations
	Eval time.Duration `json:"eval"` // of one: it is stopped then
	Hard time.Duration `json:"hard"` // of one that cannot be stopped
}

// of is the limit after which a step ends the worker.
func (a allowance) of(step *rego.Step, op string) time.Duration {
	switch {
	case step.Work == "eval" && op == opTrust: // of one policy on many documents
		return 2 * a.Step
	case step.Work == "eval":
		return a.Hard
	}
	return a.Step
}

// stepKey identifies a step with what is done.
func stepKey(step *rego.Step) string { return step.Work + " " + step.Key }

// limit is the limit of a step of a request.
func (r *request) limit(step *rego.Step) time.Duration {
	if r.Known[stepKey(step)] {
		return r.Full.of(step, r.Op)
	}
	return r.Limits.of(step, r.Op)
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
