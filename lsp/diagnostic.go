package lsp

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/sourcegraph/jsonrpc2"
	"github.com/tliron/glsp/protocol_3_16"
)

// documentDiagnostic answers a pull for one document. VS Code pulls for visible tabs that it
// has not opened, too: those are read from disk.
func documentDiagnostic(s *session, params json.RawMessage) (any, error) {
	p, err := decode[documentDiagnosticParams](params)
	if err != nil {
		return nil, err
	}
	v := s.head(p.TextDocument.URI)
	return task(func(ctx context.Context) (any, error) {
		if v == nil {
			return s.pullFile(ctx, p), nil
		}
		r, err := s.pull(ctx, v, p.PreviousResultID)
		if err == errSuperseded {
			again := json.RawMessage(`{"retriggerRequest":true}`)
			return nil, &jsonrpc2.Error{Code: codeServerCancelled, Message: "the document has changed since the request", Data: &again}
		}
		return r, err
	}), nil
}

// pull is the report of an open document. A client that can't be told later when its project
// has been read waits for that.
func (s *session) pull(ctx context.Context, v *version, previous string) (report, error) {
	if p := s.project(v.document); p.result() == nil && !s.client.pullsAgain() {
		if _, err := (snapshot{session: s, version: v}).inProject(ctx); err != nil {
			return report{}, err
		}
	}
	if !s.client.pullsAgain() {
		s.judged(ctx, v.document)
	}
	a, err := s.analysis(ctx, v)
	if err != nil {
		return report{}, err
	}
	items := s.diagnostics(v.document, a)
	return newReport(fmt.Sprintf("%s.%d", resultID(items), v.opening), items, previous), nil
}

// pullFile is the report of a file that is not open, empty when there is no such file.
func (s *session) pullFile(ctx context.Context, p *documentDiagnosticParams) report {
	if path := pathOf(p.TextDocument.URI); path != "" && s.opts.Files != nil {
		if f, ok := s.scanFile(ctx, path); ok {
			return newReport(f.id, f.items, p.PreviousResultID)
		}
	}
	empty := []protocol.Diagnostic{}
	return newReport(resultID(empty), empty, p.PreviousResultID)
}

func newReport(id string, items []protocol.Diagnostic, previous string) report {
	if id == previous {
		return report{Kind: "unchanged", ResultID: id}
	}
	return report{Kind: "full", ResultID: id, Items: items}
}
