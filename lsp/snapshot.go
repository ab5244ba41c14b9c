package lsp

import (
	"context"

	"github.com/tliron/glsp/protocol_3_16"

	"github.com/qodacode/qodacode/analyzers"
	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/parser/text"
)

// snapshot is what a request about a document sees: the version that was the newest when the
// request was read.
type snapshot struct {
	*session
	*version
}

// analyzed waits for the snapshot's analysis.
func (s snapshot) analyzed(ctx context.Context) (*analyzers.Analysis, error) {
	return s.session.analysis(ctx, s.version)
}

func (s snapshot) config() *config.Config {
	c, _ := s.configs.For(s.configured)
	return c
}

func (s snapshot) offset(p protocol.Position) int {
	offset, _ := s.text.Offset(text.Position{Line: int(p.Line), Column: int(p.Character)}, s.encoding)
	return offset
}

func (s snapshot) span(r protocol.Range) text.Span {
	start, end := s.offset(r.Start), s.offset(r.End)
	return text.Span{Start: min(start, end), End: max(start, end)}
}

func (s snapshot) position(offset int) protocol.Position {
	return position(s.text, offset, s.encoding)
}

func (s snapshot) rangeOf(span text.Span) protocol.Range {
	return rangeOf(s.text, span, s.encoding)
}

func position(t *text.Text, offset int, enc text.Encoding) protocol.Position {
	p := t.Position(offset, enc)
	return protocol.Position{Line: uint32(p.Line), Character: uint32(p.Column)}
}

func rangeOf(t *text.Text, span text.Span, enc text.Encoding) protocol.Range {
	return protocol.Range{Start: position(t, span.Start, enc), End: position(t, span.End, enc)}
}
