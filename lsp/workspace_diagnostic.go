package lsp

import (
	"context"
	"maps"
	"slices"

	"github.com/tliron/glsp/protocol_3_16"
)

// partSize is how many files a partial result has.
const partSize = 64

// workspaceDiagnostic answers a pull for all files. A client that takes partial results gets
// the changed ones as they are found, and its request is held until there are any: VS Code
// sends the next request as soon as one is answered.
func workspaceDiagnostic(ctx context.Context, s *session, p *workspaceDiagnosticParams) (workspaceDiagnosticReport, error) {
	pull := &workspacePull{session: s, stream: isToken(p.PartialResultToken), params: p, previous: map[string]string{}}
	for _, id := range p.PreviousResultIDs {
		pull.previous[id.URI] = id.Value
	}
	token := p.WorkDoneToken
	for {
		changed := s.scan.wake()
		if err := pull.once(ctx, token); err != nil {
			return workspaceDiagnosticReport{}, err
		}
		if !pull.stream {
			return workspaceDiagnosticReport{Items: pull.items}, nil
		}
		if pull.sent {
			return workspaceDiagnosticReport{Items: []report{}}, nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return workspaceDiagnosticReport{}, ctx.Err()
		}
		token = nil
	}
}

func (s *scan) wake() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.changed
}

// workspacePull is one answer in the making.
type workspacePull struct {
	*session
	params   *workspaceDiagnosticParams
	stream   bool
	previous map[string]string // result id by URI
	items    []report
	sent     bool
}

func (w *workspacePull) once(ctx context.Context, token []byte) error {
	w.items = []report{}
	seen := map[string]bool{}
	for _, v := range w.heads() {
		seen[v.uri] = true
		r, err := w.pull(ctx, v, w.previous[v.uri])
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err == nil {
			r.Version = &v.number
			w.add(v.uri, r)
		}
	}
	if w.scanWanted() {
		_, err := w.scanWorkspace(ctx, w.shown(ctx, token), func(f scanned) {
			if len(f.items) > 0 {
				seen[f.uri] = true
				w.add(f.uri, newReport(f.id, f.items, w.previous[f.uri]))
			}
		})
		if err != nil {
			return err
		}
	}
	for _, uri := range slices.Sorted(maps.Keys(w.previous)) {
		if !seen[uri] {
			empty := []protocol.Diagnostic{}
			w.add(uri, newReport(resultID(empty), empty, w.previous[uri]))
		}
	}
	w.flush()
	return nil
}

// add takes a report; what a streaming client knows already is left out.
func (w *workspacePull) add(uri string, r report) {
	r.URI = uri
	if w.stream && r.Kind == "unchanged" {
		return
	}
	w.items = append(w.items, r)
	if len(w.items) >= partSize {
		w.flush()
	}
}

func (w *workspacePull) flush() {
	if !w.stream || len(w.items) == 0 {
		return
	}
	w.notify("$/progress", progressValue{w.params.PartialResultToken, workspaceDiagnosticReport{Items: w.items}})
	w.items, w.sent = []report{}, true
}

// shown is the progress of a request that has a token for it.
func (w *workspacePull) shown(ctx context.Context, token []byte) *work {
	if !isToken(token) {
		return nil
	}
	return w.begin(ctx, token, scanTitle)
}
