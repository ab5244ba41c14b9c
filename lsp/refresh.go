package lsp

import "context"

// refreshClient makes the client ask again for what it shows, as far as it can.
func (s *session) refreshClient() {
	w := s.client.Workspace
	for _, r := range []struct {
		supported bool
		method    string
	}{
		{s.client.pullsAgain(), "workspace/diagnostic/refresh"},
		{w.InlayHint.RefreshSupport, "workspace/inlayHint/refresh"},
		{w.CodeLens.RefreshSupport, "workspace/codeLens/refresh"},
	} {
		if r.supported {
			s.refresh(r.method)
		}
	}
}

func (s *session) refresh(method string) {
	s.spawn(method, func(ctx context.Context) error { return s.call(ctx, method, nil, nil) })
}
