package lsp

import (
	"bytes"
	"context"
	"encoding/json"

	"github.com/tliron/glsp/protocol_3_16"

	costs "github.com/qodacode/qodacode/analyzers/cost/report"
)

// showCost shows what the project in the folder that is the last argument costs, without
// arguments all projects. How it is shown is as with showGraph, for clients that say
// experimental.showsCosts.
func showCost(ctx context.Context, s *session, p *executeCommandParams) (any, error) {
	folder := ""
	if n := len(p.Arguments); n > 0 && json.Unmarshal(p.Arguments[n-1], &folder) != nil {
		return nil, invalidParams("%s takes the URI of a folder", p.Command)
	}
	if err := s.waitForProjects(ctx); err != nil {
		return nil, err
	}
	whole, root := s.costs(folder)
	if whole == nil {
		s.showMessage(protocol.MessageTypeInfo, "Nothing here calls a language model, or the project has not been read yet.")
		return nil, nil
	}
	var page bytes.Buffer
	if err := whole.HTML(&page); err != nil {
		return nil, err
	}
	shown := shownPage{Title: "What it costs", Root: root}
	return s.show(ctx, shown, "cost\n"+folder, page.Bytes(), s.client.Experimental.ShowsCosts)
}

// costs is the report of the project in a folder, given as a URI, or of all, whose paths are
// relative to root, or absolute where root is "". It is nil when there is none.
func (s *session) costs(folder string) (whole *costs.Report, root string) {
	var parts []*project
	for _, p := range s.currentProjects() {
		if state := p.result(); state != nil && state.Cost != nil && (folder == "" || uriOf(p.root) == folder) {
			parts = append(parts, p)
		}
	}
	for _, p := range parts {
		state := p.result()
		show := func(path string) (string, bool) { return path, true }
		if len(parts) > 1 {
			show = func(path string) (string, bool) { return p.path(path), true }
		}
		part := costs.New(state.Cost, state.PricesAsOf, show)
		if whole == nil {
			whole, root = part, p.root
		} else {
			whole.Add(part)
			root = ""
		}
	}
	return whole, root
}
