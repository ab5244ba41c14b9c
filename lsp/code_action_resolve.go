package lsp

import (
	"context"

	"github.com/tliron/glsp/protocol_3_16"

	"github.com/qodacode/qodacode/codeactions"
)

// actionData finds an action again: it is the Index-th for a range of a version.
type actionData struct {
	URI     string         `json:"uri"`
	Version int32          `json:"version"`
	Range   protocol.Range `json:"range"`
	Index   int            `json:"index"`
	Title   string         `json:"title"`
}

// resolveCodeAction adds the edit to an action that the user has chosen.
func resolveCodeAction(ctx context.Context, s *session, p *action) (*action, error) {
	d := p.Data
	if d == nil {
		return p, nil
	}
	v := s.head(d.URI)
	if v == nil || v.number != d.Version {
		return nil, errSuperseded
	}
	snap := snapshot{s, v}
	a, err := snap.analyzed(ctx)
	if err != nil {
		return nil, err
	}
	fixes := codeactions.For(a, snap.span(d.Range))
	if d.Index < 0 || d.Index >= len(fixes) || fixes[d.Index].Title != d.Title {
		return nil, errSuperseded
	}
	edit, missing := snap.workspaceEdit(fixes[d.Index].Edits())
	if missing != "" {
		s.showMessage(protocol.MessageTypeWarning, missing)
	}
	p.Edit = edit
	return p, nil
}
