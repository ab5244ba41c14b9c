package lsp

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"sync"

	"github.com/sourcegraph/jsonrpc2"
	"github.com/tliron/glsp"
)

// task is the part of a request that may run beside later messages. A glsp.Handler returns
// one as its result after it has decoded the request and captured the state it is about.
type task func(ctx context.Context) (any, error)

// dispatcher hands the messages of one connection to a handler, in order and one at a time,
// as glsp does; the tasks that the handler returns run concurrently and can be cancelled.
// Nothing that a handler or a task does ends the process.
type dispatcher struct {
	handler glsp.Handler
	out     *stream
	log     *slog.Logger
	guard   *guard

	mu      sync.Mutex
	running map[jsonrpc2.ID]*context.CancelFunc
	tasks   group
}

// Handle is called by jsonrpc2's read loop.
func (d *dispatcher) Handle(ctx context.Context, conn *jsonrpc2.Conn, req *jsonrpc2.Request) {
	if req.Method == "$/cancelRequest" {
		d.cancel(req.Params)
		return
	}
	result, err := d.handle(ctx, conn, req)
	if run, ok := result.(task); ok && err == nil {
		d.start(ctx, req, run)
		return
	}
	d.reply(req, result, err)
}

func (d *dispatcher) handle(ctx context.Context, conn *jsonrpc2.Conn, req *jsonrpc2.Request) (result any, err error) {
	defer d.guard.recover(req.Method, &err)
	c := &glsp.Context{
		Method: req.Method,
		Notify: func(method string, params any) { _ = d.out.WriteObject(notice{"2.0", method, params}) },
		Call:   func(method string, params, result any) { _ = conn.Call(ctx, method, params, result) },
	}
	if req.Params != nil {
		c.Params = *req.Params
	}
	result, known, valid, err := d.handler.Handle(c)
	switch {
	case !known:
		return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeMethodNotFound, Message: "unknown method " + quote(req.Method)}
	case !valid && err != nil:
		return nil, invalidParams("%s: %v", req.Method, err)
	}
	return result, err
}

// start runs a task until it ends or the client cancels it.
func (d *dispatcher) start(ctx context.Context, req *jsonrpc2.Request, run task) {
	ctx, cancel := context.WithCancel(ctx)
	d.mu.Lock()
	d.running[req.ID] = &cancel
	d.mu.Unlock()
	d.tasks.Go(func() {
		defer func() {
			d.mu.Lock()
			if d.running[req.ID] == &cancel {
				delete(d.running, req.ID)
			}
			d.mu.Unlock()
			cancel()
		}()
		result, err := func() (result any, err error) {
			defer d.guard.recover(req.Method, &err)
			return run(ctx)
		}()
		if ctx.Err() != nil && (err != nil || result == nil) {
			err = ctx.Err()
		}
		d.reply(req, result, err)
	})
}

func (d *dispatcher) cancel(params *json.RawMessage) {
	var p struct{ ID jsonrpc2.ID }
	if params == nil || json.Unmarshal(*params, &p) != nil {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if cancel := d.running[p.ID]; cancel != nil {
		(*cancel)()
	}
}

// cancelAll ends all running tasks; each still answers its request.
func (d *dispatcher) cancelAll() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, cancel := range d.running {
		(*cancel)()
	}
}

func (d *dispatcher) reply(req *jsonrpc2.Request, result any, err error) {
	switch {
	case req.Notif && err == nil:
		return
	case req.Notif:
		level := slog.LevelWarn
		if asError(err).Code == jsonrpc2.CodeMethodNotFound || strings.HasPrefix(req.Method, "$/") {
			level = slog.LevelDebug // a client may send what this server has no use for
		}
		d.log.Log(context.Background(), level, "notification not handled", "method", req.Method, "error", asError(err).Message)
		return
	}
	answer := reply{ID: req.ID, Result: result}
	if err != nil {
		answer.Error = asError(err)
	}
	if err := d.out.WriteObject(answer); err != nil && err != jsonrpc2.ErrClosed {
		_ = d.out.WriteObject(reply{ID: req.ID, Error: &jsonrpc2.Error{Code: jsonrpc2.CodeInternalError, Message: err.Error()}})
	}
}

// quote shortens a name that came from outside.
func quote(name string) string { return fmt.Sprintf("%.80q", name) }
