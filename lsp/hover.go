package lsp

import (
	"context"
	"slices"

	"github.com/tliron/glsp/protocol_3_16"
)

func hover(ctx context.Context, s snapshot, p *protocol.HoverParams) (*protocol.Hover, error) {
	if doc, span := s.policyHover(s.offset(p.Position)); doc != "" {
		r := s.rangeOf(span)
		return &protocol.Hover{Contents: s.markup(doc, s.client.TextDocument.Hover.ContentFormat), Range: &r}, nil
	}
	a, err := s.analyzed(ctx)
	if err != nil {
		return nil, err
	}
	h, ok := a.Hover(s.offset(p.Position))
	if !ok {
		return nil, nil
	}
	r := s.rangeOf(h.Span)
	return &protocol.Hover{Contents: s.markup(h.Markdown, s.client.TextDocument.Hover.ContentFormat), Range: &r}, nil
}

// markup is Markdown, or the same text without its marks for a client that shows plain text
// only. A client that says nothing gets Markdown, as most servers do.
func (s *session) markup(markdown string, formats []string) protocol.MarkupContent {
	if len(formats) > 0 && !slices.Contains(formats, string(protocol.MarkupKindMarkdown)) {
		return protocol.MarkupContent{Kind: protocol.MarkupKindPlainText, Value: plain(markdown)}
	}
	return protocol.MarkupContent{Kind: protocol.MarkupKindMarkdown, Value: markdown}
}
