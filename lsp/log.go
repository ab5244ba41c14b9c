package lsp

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/tliron/glsp/protocol_3_16"
)

// clientLog shows warnings and errors to the client, too. Records never hold the content of
// a document.
type clientLog struct {
	slog.Handler
	out *stream
}

func (h clientLog) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn || h.Handler.Enabled(ctx, level)
}

func (h clientLog) Handle(ctx context.Context, r slog.Record) error {
	if r.Level >= slog.LevelWarn {
		message := r.Message
		r.Attrs(func(a slog.Attr) bool {
			if a.Key != stackKey {
				message += fmt.Sprintf("; %s: %v", a.Key, a.Value)
			}
			return true
		})
		h.send(r.Level, "qodacode: "+message)
	}
	if !h.Handler.Enabled(ctx, r.Level) {
		return nil
	}
	return h.Handler.Handle(ctx, r)
}

// send shows a message in the client's log.
func (h clientLog) send(level slog.Level, message string) {
	kind := protocol.MessageTypeWarning
	if level >= slog.LevelError {
		kind = protocol.MessageTypeError
	}
	_ = h.out.WriteObject(notice{"2.0", "window/logMessage", protocol.LogMessageParams{Type: kind, Message: message}})
}
