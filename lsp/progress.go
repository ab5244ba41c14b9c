package lsp

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/tliron/glsp/protocol_3_16"
)

// work is one thing that takes time, as the client shows it. A nil *work shows nothing.
type work struct {
	session *session
	token   json.RawMessage
	ctx     context.Context // ends when the user cancels
	cancel  context.CancelFunc
	percent uint32
}

// begin shows work to the client, under the token of its request or one that it is asked to
// accept. It is nil when the client shows no progress.
func (s *session) begin(ctx context.Context, token json.RawMessage, title string) *work {
	if !isToken(token) {
		token = json.RawMessage(fmt.Sprintf(`"qodacode-%d"`, s.tokens.Add(1)))
		if !s.client.Window.WorkDoneProgress || s.call(ctx, "window/workDoneProgress/create", progressToken{token}, nil) != nil {
			return nil
		}
	}
	w := &work{session: s, token: token}
	w.ctx, w.cancel = context.WithCancel(ctx)
	s.mu.Lock()
	s.progress[string(token)] = w.cancel
	s.mu.Unlock()
	cancellable, zero := true, uint32(0)
	w.send(protocol.WorkDoneProgressBegin{Kind: "begin", Title: title, Cancellable: &cancellable, Percentage: &zero})
	return w
}

// context is ctx, or one within that ends when the user cancels.
func (w *work) context(ctx context.Context) context.Context {
	if w == nil {
		return ctx
	}
	return w.ctx
}

// report shows how much is done, when the percentage has changed.
func (w *work) report(done, total int) {
	if w == nil || uint32(100*done/max(total, 1)) == w.percent {
		return
	}
	w.percent = uint32(100 * done / max(total, 1))
	message := fmt.Sprintf("%d of %d files", done, total)
	w.send(protocol.WorkDoneProgressReport{Kind: "report", Message: &message, Percentage: &w.percent})
}

// say shows what is being done.
func (w *work) say(message string) {
	if w != nil {
		w.send(protocol.WorkDoneProgressReport{Kind: "report", Message: &message})
	}
}

func (w *work) end(message string) {
	if w == nil {
		return
	}
	w.send(protocol.WorkDoneProgressEnd{Kind: "end", Message: &message})
	w.cancel()
	w.session.mu.Lock()
	defer w.session.mu.Unlock()
	delete(w.session.progress, string(w.token))
}

func (w *work) send(value any) { w.session.notify("$/progress", progressValue{w.token, value}) }

func isToken(token json.RawMessage) bool { return len(token) > 0 && string(token) != "null" }

func cancelProgress(s *session, p *progressToken) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if cancel := s.progress[string(p.Token)]; cancel != nil {
		cancel()
	}
	return nil
}
