package lsp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/sourcegraph/jsonrpc2"
)

// Error codes of the Language Server Protocol 3.17 beside those of JSON-RPC.
const (
	codeServerNotInitialized = -32002
	codeRequestFailed        = -32803
	codeServerCancelled      = -32802
	codeContentModified      = -32801
	codeRequestCancelled     = -32800
)

// errSuperseded says that the document changed before its analysis was done.
var errSuperseded error = &jsonrpc2.Error{Code: codeContentModified, Message: "the document has changed since the request"}

func invalidParams(format string, args ...any) error {
	return &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidParams, Message: fmt.Sprintf(format, args...)}
}

// reply answers a request. Result is ignored when Error is set.
type reply struct {
	ID     any
	Result any
	Error  *jsonrpc2.Error
}

// MarshalJSON writes exactly one of result and error, as JSON-RPC requires.
func (r reply) MarshalJSON() ([]byte, error) {
	if r.Error != nil {
		return json.Marshal(struct {
			Version string          `json:"jsonrpc"`
			ID      any             `json:"id"`
			Error   *jsonrpc2.Error `json:"error"`
		}{"2.0", r.ID, r.Error})
	}
	return json.Marshal(struct {
		Version string `json:"jsonrpc"`
		ID      any    `json:"id"`
		Result  any    `json:"result"`
	}{"2.0", r.ID, r.Result})
}

// notice is a notification to the client.
type notice struct {
	Version string `json:"jsonrpc"`
	Method  string `json:"method"`
	Params  any    `json:"params,omitempty"`
}

// asError is what the client is told about err.
func asError(err error) *jsonrpc2.Error {
	var e *jsonrpc2.Error
	if errors.As(err, &e) {
		return e
	}
	if errors.Is(err, context.Canceled) {
		return &jsonrpc2.Error{Code: codeRequestCancelled, Message: "cancelled"}
	}
	return &jsonrpc2.Error{Code: codeRequestFailed, Message: err.Error()}
}
