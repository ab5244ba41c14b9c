package lsp

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/tliron/glsp/protocol_3_16"
)

// method handles one LSP method. It runs on the read loop, so what it captures is the state
// between two messages. The result of a request is its answer or a task.
type method func(s *session, params json.RawMessage) (any, error)

// errParams wraps a decoding error of a message's parameters.
type errParams struct{ error }

func decode[P any](params json.RawMessage) (*P, error) {
	p := new(P)
	if len(params) == 0 {
		return p, nil
	}
	if err := json.Unmarshal(params, p); err != nil {
		var wrong *json.UnmarshalTypeError
		if errors.As(err, &wrong) {
			return nil, errParams{errors.New(wrong.Field + " can't be a " + wrong.Value)}
		}
		return nil, errParams{err}
	}
	return p, nil
}

// notification is a method without an answer.
func notification[P any](f func(*session, *P) error) method {
	return func(s *session, params json.RawMessage) (any, error) {
		p, err := decode[P](params)
		if err != nil {
			return nil, err
		}
		return nil, f(s, p)
	}
}

// inOrder is a request that is answered before the next message is read.
func inOrder[P, R any](f func(*session, *P) (R, error)) method {
	return func(s *session, params json.RawMessage) (any, error) {
		p, err := decode[P](params)
		if err != nil {
			return nil, err
		}
		return f(s, p)
	}
}

// request runs beside later messages.
func request[P, R any](f func(context.Context, *session, *P) (R, error)) method {
	return func(s *session, params json.RawMessage) (any, error) {
		p, err := decode[P](params)
		if err != nil {
			return nil, err
		}
		return task(func(ctx context.Context) (any, error) { return f(ctx, s, p) }), nil
	}
}

// about are parameters that name a document. Its JSON is that of all of them.
type about struct {
	TextDocument protocol.TextDocumentIdentifier `json:"textDocument"`
}

// onDocument is a request about one open document as it is when the request is read.
func onDocument[P, R any](f func(context.Context, snapshot, *P) (R, error)) method {
	return func(s *session, params json.RawMessage) (any, error) {
		p, err := decode[P](params)
		if err != nil {
			return nil, err
		}
		a, err := decode[about](params)
		if err != nil {
			return nil, err
		}
		v := s.head(a.TextDocument.URI)
		if v == nil {
			return nil, invalidParams("%s is not open", quote(a.TextDocument.URI))
		}
		snap := snapshot{session: s, version: v}
		return task(func(ctx context.Context) (any, error) { return f(ctx, snap, p) }), nil
	}
}
