package lsp

import "github.com/tliron/glsp/protocol_3_16"

// didSave makes a saved configuration take effect, and records a saved policy. Other documents
// are analysed as they are typed.
func didSave(s *session, p *protocol.DidSaveTextDocumentParams) error {
	if path := pathOf(p.TextDocument.URI); isConfig(path) {
		s.filesChanged(path)
	}
	if v := s.head(p.TextDocument.URI); v != nil {
		s.recordPolicy(v.document)
	}
	return nil
}
