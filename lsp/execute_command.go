package lsp

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"github.com/tliron/glsp/protocol_3_16"

	"github.com/qodacode/qodacode/analyzers"
	"github.com/qodacode/qodacode/codeactions"
	"github.com/qodacode/qodacode/diagnostics"
)

// command is what workspace/executeCommand can run.
type command func(ctx context.Context, s *session, p *executeCommandParams) (any, error)

func commands() map[string]command {
	return map[string]command{
		"qodacode.checkWorkspace": checkWorkspace,
		"qodacode.fileSummary":    fileSummary,
		"qodacode.showRule":       showRule,
		codeactions.ShowFile:      showFile,
		generatePolicy:            runGeneratePolicy,
		analyzers.ShowGraph:       showGraph,
		analyzers.ShowCost:        showCost,
	}
}

func commandNames() []string { return slices.Sorted(maps.Keys(commands())) }

func executeCommand(ctx context.Context, s *session, p *executeCommandParams) (any, error) {
	run, ok := commands()[p.Command]
	if !ok {
		return nil, invalidParams("unknown command %s", quote(p.Command))
	}
	return run(ctx, s, p)
}

// checked is the result of qodacode.checkWorkspace.
type checked struct {
	Files    int `json:"files"`
	Findings int `json:"findings"` // in files that are not open
}

// checkWorkspace shows the findings of all files from now on, open or not.
func checkWorkspace(ctx context.Context, s *session, p *executeCommandParams) (any, error) {
	s.scan.mu.Lock()
	s.scan.asked = true
	s.scan.mu.Unlock()
	if !s.scanWanted() {
		return checked{}, nil
	}
	result := checked{}
	shown := s.begin(ctx, p.WorkDoneToken, scanTitle)
	if err := s.waitForProjects(shown.context(ctx)); err != nil {
		shown.end("Cancelled")
		return nil, err
	}
	files, err := s.scanWorkspace(ctx, shown, func(f scanned) { result.Findings += len(f.items) })
	if err != nil {
		return nil, err
	}
	result.Files = files
	s.workspaceChanged()
	s.refreshClient()
	return result, nil
}

// showRule opens the page of the rule that is the first argument.
func showRule(ctx context.Context, s *session, p *executeCommandParams) (any, error) {
	var id string
	if len(p.Arguments) == 0 || json.Unmarshal(p.Arguments[0], &id) != nil {
		return nil, invalidParams("qodacode.showRule needs the id of a rule")
	}
	rule, ok := s.opts.Engine.Rules().Rule(id)
	if !ok {
		return nil, invalidParams("there is no rule %s", quote(id))
	}
	if !s.client.Window.ShowDocument.Support {
		s.showMessage(protocol.MessageTypeInfo, rule.Title+": "+diagnostics.RuleURL(rule.ID))
		return nil, nil
	}
	external := true
	return nil, s.call(ctx, "window/showDocument", protocol.ShowDocumentParams{URI: diagnostics.RuleURL(rule.ID), External: &external}, nil)
}

// showFile opens the file whose URI is the first argument at the range that is the second.
func showFile(ctx context.Context, s *session, p *executeCommandParams) (any, error) {
	var uri string
	var at protocol.Range
	if len(p.Arguments) != 2 || json.Unmarshal(p.Arguments[0], &uri) != nil || json.Unmarshal(p.Arguments[1], &at) != nil || pathOf(uri) == "" {
		return nil, invalidParams("%s takes the URI of a file and a range", p.Command)
	}
	focus := true
	return nil, s.call(ctx, "window/showDocument", protocol.ShowDocumentParams{URI: uri, TakeFocus: &focus, Selection: &at}, nil)
}
