package lsp

import (
	"bytes"
	"fmt"
	"log/slog"
	"runtime"
	"runtime/debug"
	"sync"

	"github.com/sourcegraph/jsonrpc2"
)

// guard turns panics into errors, so that nothing a handler does ends the process. Each
// place is reported once.
type guard struct {
	log  *slog.Logger
	seen sync.Map
}

// recover is to be deferred. Of the panic's value only the runtime's own errors are shown:
// any other may quote the document.
func (g *guard) recover(where string, err *error) {
	r := recover()
	if r == nil {
		return
	}
	value := fmt.Sprintf("%T", r)
	if e, ok := r.(runtime.Error); ok {
		value = e.Error()
	}
	*err = &jsonrpc2.Error{Code: jsonrpc2.CodeInternalError, Message: where + " failed: " + value}
	if _, seen := g.seen.LoadOrStore(where, true); !seen {
		g.log.Error("internal error, please report it", "in", where, "panic", value, stackKey, string(frames(debug.Stack())))
	}
}

// stackKey is the attribute that is too long for the client's log.
const stackKey = "stack"

// frames is the part of a stack trace from the panicking function on.
func frames(stack []byte) []byte {
	if _, after, ok := bytes.Cut(stack, []byte("panic.go:")); ok {
		if _, rest, ok := bytes.Cut(after, []byte("\n")); ok {
			return rest
		}
	}
	return stack
}
