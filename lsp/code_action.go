package lsp

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/tliron/glsp/protocol_3_16"

	"github.com/qodacode/qodacode/analyzers"
	"github.com/qodacode/qodacode/codeactions"
	"github.com/qodacode/qodacode/diagnostics"
)

// fixAllKind is the kind that editors run on save.
const fixAllKind = "source.fixAll." + source

func actionKinds() []string { return []string{"quickfix", "refactor.rewrite", fixAllKind} }

// codeAction offers the fixes of the findings at a range, and the fix of all safe ones.
func codeAction(ctx context.Context, s snapshot, p *codeActionParams) ([]action, error) {
	actions := []action{}
	a, err := s.analyzed(ctx)
	if err != nil {
		return nil, err
	}
	known := s.known(p.Context.Diagnostics)
	for i, fix := range codeactions.For(a, s.span(p.Range)) {
		if !wanted(fix.Kind, p.Context.Only) || fix.Disabled != "" && !s.client.TextDocument.CodeAction.DisabledSupport {
			continue
		}
		out := action{Title: fix.Title, Kind: fix.Kind}
		if fix.Finding != nil {
			if d, ok := known[s.identity(*fix.Finding)]; ok {
				out.Diagnostics = []json.RawMessage{d}
			}
		}
		out.IsPreferred = fix.Preferred && s.client.TextDocument.CodeAction.IsPreferredSupport
		switch {
		case fix.Command != nil:
			if out.Command = s.shows(fix); out.Command == nil {
				continue
			}
		case fix.Disabled != "":
			out.Disabled = &disabled{Reason: fix.Disabled}
		case s.client.resolvesEdits():
			out.Data = &actionData{URI: s.uri, Version: s.number, Range: p.Range, Index: i, Title: fix.Title}
		default:
			var missing string
			if out.Edit, missing = s.workspaceEdit(fix.Edits()); missing != "" {
				continue
			}
		}
		actions = append(actions, out)
	}
	actions = append(actions, s.policyActions(a, s.span(p.Range), p.Context.Only)...)
	if fix, ok := s.fixAll(a, p.Context.Only); ok {
		actions = append(actions, fix)
	}
	return actions, nil
}

// shows is the command of an action that opens a file; nil for a client that opens none.
func (s snapshot) shows(fix codeactions.Action) *actionCommand {
	if !s.client.Window.ShowDocument.Support {
		return nil
	}
	uri, t := s.textAt(fix.Command.Path)
	if t == nil {
		return nil
	}
	return &actionCommand{fix.Title, codeactions.ShowFile, []any{uri, rangeOf(t, fix.Command.Span, s.encoding)}}
}

// fixAll is offered where there is something to fix.
func (s snapshot) fixAll(a *analyzers.Analysis, only []string) (action, bool) {
	if !wanted(fixAllKind, only) {
		return action{}, false
	}
	edits := codeactions.FixAll(a)
	if len(edits) == 0 {
		return action{}, false
	}
	edit, _ := s.workspaceEdit(edits)
	return action{Title: "Fix all that is safe to fix (qodacode)", Kind: fixAllKind, Edit: edit}, true
}

// wanted reports whether only, the kinds that a client asks for, includes kind. Kinds are a
// hierarchy: source includes source.fixAll.
func wanted(kind string, only []string) bool {
	for _, o := range only {
		if kind == o || strings.HasPrefix(kind, o+".") {
			return true
		}
	}
	return len(only) == 0
}

// identity is what a finding and its diagnostic have in common.
type identity struct {
	rule string
	at   protocol.Range
}

func (s snapshot) identity(f diagnostics.Finding) identity {
	return identity{f.Rule, s.rangeOf(f.Span)}
}

// known are the client's diagnostics, as it sent them. Those of other servers don't match
// any finding.
func (s snapshot) known(raw []json.RawMessage) map[identity]json.RawMessage {
	known := map[identity]json.RawMessage{}
	for _, r := range raw {
		var d struct {
			Range protocol.Range `json:"range"`
			Code  string         `json:"code"`
		}
		if json.Unmarshal(r, &d) == nil {
			known[identity{d.Code, d.Range}] = r
		}
	}
	return known
}
