package lsp

import "context"

func inlayHint(ctx context.Context, s snapshot, p *inlayHintParams) ([]hint, error) {
	hints := []hint{}
	if !s.config().LSP.InlayHints {
		return hints, nil
	}
	a, err := s.analyzed(ctx)
	if err != nil {
		return nil, err
	}
	for _, h := range a.Hints(s.span(p.Range)) {
		out := hint{Position: s.position(h.Offset), Label: h.Label, PaddingLeft: true}
		if h.Tooltip != "" {
			content := s.markup(h.Tooltip, nil)
			out.Tooltip = &content
		}
		hints = append(hints, out)
	}
	return hints, nil
}
