package lsp

import (
	"context"
	"strings"

	"github.com/tliron/glsp/protocol_3_16"

	"github.com/qodacode/qodacode/analyzers"
	"github.com/qodacode/qodacode/parser/text"
)

func codeLens(ctx context.Context, s snapshot, _ *none) ([]protocol.CodeLens, error) {
	lenses := []protocol.CodeLens{}
	cfg := s.config()
	if !cfg.LSP.CodeLens {
		return lenses, nil
	}
	analyzed := s.analyzed
	if !s.client.Workspace.CodeLens.RefreshSupport {
		analyzed = s.inProject // it can't be told later
	}
	a, err := analyzed(ctx)
	if err != nil {
		return nil, err
	}
	var hints []analyzers.Hint
	if s.client.TextDocument.InlayHint != nil && cfg.LSP.InlayHints {
		hints = a.Hints(text.Span{End: s.text.Len()})
	}
	for _, l := range a.Lenses() {
		if s.hinted(l, hints) {
			continue
		}
		if l.Command == analyzers.ShowGraph || l.Command == analyzers.ShowCost {
			l.Args = append(l.Args, uriOf(s.project(s.document).root))
		}
		lenses = append(lenses, protocol.CodeLens{
			Range:   s.rangeOf(l.Span),
			Command: &protocol.Command{Title: l.Title, Command: l.Command, Arguments: l.Args},
		})
	}
	return lenses, nil
}

// hinted reports whether an inlay hint on the lens' line shows the same figure already.
func (s snapshot) hinted(l analyzers.Lens, hints []analyzers.Hint) bool {
	for _, h := range hints {
		if s.text.LineOf(h.Offset) == s.text.LineOf(l.Span.Start) && strings.Contains(l.Title, h.Label) {
			return true
		}
	}
	return false
}
