package lsp

import (
	"encoding/json"
	"os"
	"time"

	"github.com/tliron/glsp/protocol_3_16"
)

type initializeParams struct {
	ProcessID             *int                       `json:"processId"`
	RootURI               *string                    `json:"rootUri"`
	RootPath              *string                    `json:"rootPath"`
	WorkspaceFolders      []protocol.WorkspaceFolder `json:"workspaceFolders"`
	InitializationOptions json.RawMessage            `json:"initializationOptions"`
	Capabilities          client                     `json:"capabilities"`
}

// UnmarshalJSON skips what has an unexpected type, as in client.
func (p *initializeParams) UnmarshalJSON(data []byte) error {
	type plain initializeParams
	return lenient(json.Unmarshal(data, (*plain)(p)))
}

// parentPoll is how often the server looks whether its client still runs. A client that is
// killed sends no exit, and its pipes may stay open in another process.
const parentPoll = time.Second

// initialize answers at once: all that takes time starts with the first document.
func initialize(s *session, p *initializeParams) (*initializeResult, error) {
	s.phase = running
	s.client = p.Capabilities
	s.encoding = s.client.encoding()
	s.folders = foldersOf(p)
	s.setSettings(p.InitializationOptions)
	if p.ProcessID != nil && *p.ProcessID != os.Getpid() {
		s.watchParent(*p.ProcessID)
	}

	yes, incremental := true, protocol.TextDocumentSyncKindIncremental
	r := &initializeResult{}
	r.ServerInfo.Name = "qodacode"
	r.ServerInfo.Version = s.opts.Version
	c := &r.Capabilities
	c.PositionEncoding = s.encoding.String()
	c.TextDocumentSync = protocol.TextDocumentSyncOptions{OpenClose: &yes, Change: &incremental, Save: true}
	c.HoverProvider = true
	c.DocumentSymbolProvider = true
	if s.client.TextDocument.CodeAction.LiteralSupport != nil {
		resolves := s.client.resolvesEdits()
		c.CodeActionProvider = &protocol.CodeActionOptions{CodeActionKinds: actionKinds(), ResolveProvider: &resolves}
	}
	if s.client.showsLenses() {
		c.CodeLensProvider = &protocol.CodeLensOptions{}
	}
	c.InlayHintProvider = s.client.TextDocument.InlayHint != nil
	if s.opts.Policies != nil { // for policies alone, where the client can be told so later
		if !s.client.TextDocument.Completion.DynamicRegistration {
			c.CompletionProvider = &protocol.CompletionOptions{TriggerCharacters: completionTriggers}
		}
		c.FormattingProvider = !s.client.TextDocument.Formatting.DynamicRegistration
	}
	if s.client.pulls() {
		c.DiagnosticProvider = &diagnosticOptions{Identifier: source, InterFileDependencies: true, WorkspaceDiagnostics: s.opts.Files != nil}
	}
	c.ExecuteCommandProvider.Commands = commandNames()
	c.Workspace.WorkspaceFolders.Supported = true
	c.Workspace.WorkspaceFolders.ChangeNotifications = true
	return r, nil
}

// watchParent ends the session when the client's process is gone. A process that can't be
// seen from the start is not watched: the server may run in a container of its own.
func (s *session) watchParent(pid int) {
	if !alive(pid) {
		s.log.Info("the client's process can't be watched", "pid", pid)
		return
	}
	s.background.Go(func() {
		tick := time.NewTicker(parentPoll)
		defer tick.Stop()
		for {
			select {
			case <-s.ctx.Done():
				return
			case <-tick.C:
				if !alive(pid) {
					s.log.Info("the client's process has ended", "pid", pid)
					s.end()
					return
				}
			}
		}
	})
}
