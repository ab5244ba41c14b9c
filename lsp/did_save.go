package lsp

import "github.com/tliron/glsp/protocol_3_16"

// didSave makes a saved configuration take effect. Other documents are analysed as they are
// typed.
func didSave(s *session, p *protocol.DidSaveTextDocumentParams) error {
	if path := pathOf(p.TextDocument.URI); isConfig(path) {
		s.filesChanged(path)
	}
	return nil
}
