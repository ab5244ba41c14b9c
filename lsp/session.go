package lsp

import (
	"context"
	"encoding/json"
	"log/slog"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/sourcegraph/jsonrpc2"
	"github.com/tliron/glsp"
	"github.com/tliron/glsp/protocol_3_16"

	"github.com/qodacode/qodacode/analyzers"
	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// callTimeout ends calls of clients that never answer.
const callTimeout = 30 * time.Second

// session is the state of one connection.
type session struct {
	opts    Options
	log     *slog.Logger
	guard   *guard
	out     *stream
	methods map[string]method

	ctx            context.Context // ends with the connection
	end            context.CancelFunc
	conn           *jsonrpc2.Conn // set before connected is closed
	connected      chan struct{}
	cancelRequests func()
	background     group // goroutines that no request started
	exitCode       atomic.Int32

	// Written by initialize on the read loop, before anything else runs.
	phase    phase
	client   client
	encoding text.Encoding

	configs *config.Loader
	trees   *parser.Trees
	slots   chan struct{} // one for each analysis that may run at once

	mu        sync.Mutex // guards what follows; never held while sending or analysing
	documents map[protocol.DocumentUri]*document
	openings  int // how many documents were opened
	folders   []folder
	settings  config.Settings // of the client
	recent    []*document     // whose trees and facts are kept, the last used first
	watched   watched
	renewal   *time.Timer                   // runs when edited rules are to hold
	rejudging *time.Timer                   // runs when edited policies are to hold for files that are not open
	progress  map[string]context.CancelFunc // by token
	tokens    atomic.Uint64                 // of our own progress, so far

	publishing sync.Mutex // one publisher at a time: check, then send
	published  map[protocol.DocumentUri]string

	told      sync.Map // what the user was told once
	sentences sync.Map // by the path of a policy that was generated and is not saved yet: what it was made of

	scan     scan
	projects projects
	pictures pictures
}

func newSession(ctx context.Context, end context.CancelFunc, opts Options, log *slog.Logger, out *stream) *session {
	s := &session{
		opts: opts, log: log, guard: &guard{log: log}, out: out, methods: methods(), ctx: ctx, end: end,
		connected: make(chan struct{}),
		configs:   config.NewLoader(opts.UserConfig),
		trees:     parser.NewTrees(keptTrees),
		slots:     make(chan struct{}, runtime.GOMAXPROCS(0)),
		documents: map[protocol.DocumentUri]*document{},
		progress:  map[string]context.CancelFunc{},
		published: map[protocol.DocumentUri]string{},
	}
	s.exitCode.Store(1)
	s.scan.files = map[string]scanned{}
	s.scan.changed = make(chan struct{})
	s.projects.all, s.projects.former = map[string]*project{}, map[string]*analyzers.Project{}
	return s
}

// phase is where a session stands in its life.
type phase uint8

const (
	fresh    phase = iota // before initialize
	running               // after it
	shutdown              // waiting for exit
)

var _ glsp.Handler = (*session)(nil)

// Handle implements glsp.Handler. The result of a request may be a task.
func (s *session) Handle(c *glsp.Context) (result any, validMethod, validParams bool, err error) {
	m, ok := s.methods[c.Method]
	if err := s.allowed(c.Method); err != nil {
		return nil, true, true, err
	}
	if !ok {
		return nil, false, true, nil
	}
	result, err = m(s, c.Params)
	if bad, ok := err.(errParams); ok {
		return nil, true, false, bad.error
	}
	return result, true, true, err
}

// allowed is the life cycle of LSP: nothing before initialize, which comes once, and nothing
// but exit after shutdown. A second shutdown is harmless and some editors send one.
func (s *session) allowed(method string) error {
	switch {
	case method == protocol.MethodExit:
		return nil
	case s.phase == fresh && method != protocol.MethodInitialize:
		return &jsonrpc2.Error{Code: codeServerNotInitialized, Message: "the first request must be initialize"}
	case s.phase != fresh && method == protocol.MethodInitialize:
		return &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidRequest, Message: "the session is initialized already"}
	case s.phase == shutdown && method != protocol.MethodShutdown:
		return &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidRequest, Message: "the session is shut down"}
	}
	return nil
}

func (s *session) notify(method string, params any) {
	if err := s.out.WriteObject(notice{"2.0", method, params}); err != nil && err != jsonrpc2.ErrClosed {
		s.log.Error("could not send", "method", method, "error", err)
	}
}

// call asks the client. It must not run on the read loop, which reads the answer.
func (s *session) call(ctx context.Context, method string, params, result any) error {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	return s.ask(ctx, method, params, result)
}

// ask is call for what a person answers, who takes the time that it takes.
func (s *session) ask(ctx context.Context, method string, params, result any) error {
	<-s.connected
	return s.conn.Call(ctx, method, params, result)
}

// spawn runs f beside the read loop until the session ends.
func (s *session) spawn(what string, f func(ctx context.Context) error) {
	s.background.Go(func() {
		var err error
		defer func() {
			if err != nil && s.ctx.Err() == nil {
				s.log.Warn("failed", "what", what, "error", err)
			}
		}()
		defer s.guard.recover(what, &err)
		err = f(s.ctx)
	})
}

func (s *session) showMessage(kind protocol.MessageType, message string) {
	s.notify("window/showMessage", protocol.ShowMessageParams{Type: kind, Message: message})
}

// methods are all that the server understands.
func methods() map[string]method {
	return map[string]method{
		"initialize":  inOrder(initialize),
		"initialized": notification(initialized),
		"shutdown":    inOrder(shutDown),
		"exit":        notification(exit),
		"$/setTrace":  notification(setTrace),

		"textDocument/didOpen":   notification(didOpen),
		"textDocument/didChange": notification(didChange),
		"textDocument/didSave":   notification(didSave),
		"textDocument/didClose":  notification(didClose),

		"textDocument/hover":          onDocument(hover),
		"textDocument/completion":     onDocument(completion),
		"textDocument/formatting":     onDocument(formatting),
		"textDocument/codeAction":     onDocument(codeAction),
		"codeAction/resolve":          request(resolveCodeAction),
		"textDocument/inlayHint":      onDocument(inlayHint),
		"textDocument/codeLens":       onDocument(codeLens),
		"textDocument/documentSymbol": onDocument(documentSymbol),
		"textDocument/diagnostic":     documentDiagnostic,
		"workspace/diagnostic":        request(workspaceDiagnostic),

		"workspace/executeCommand":            request(executeCommand),
		"workspace/didChangeConfiguration":    notification(didChangeConfiguration),
		"workspace/didChangeWatchedFiles":     notification(didChangeWatchedFiles),
		"workspace/didChangeWorkspaceFolders": notification(didChangeWorkspaceFolders),
		"window/workDoneProgress/cancel":      notification(cancelProgress),
	}
}

// none are parameters that don't matter.
type none = json.RawMessage
