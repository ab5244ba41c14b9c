package lsp

import "github.com/tliron/glsp/protocol_3_16"

// didClose clears the document's findings. With the workspace's scan on, those of the file
// on disk take their place.
func didClose(s *session, p *protocol.DidCloseTextDocumentParams) error {
	d, ok := s.close(p.TextDocument.URI)
	if !ok {
		return nil
	}
	s.clear(d.uri)
	s.forgetProject(d.uri)
	if d.path != "" {
		s.filesChanged(d.path)
	}
	return nil
}
