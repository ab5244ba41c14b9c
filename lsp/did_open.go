package lsp

import "github.com/tliron/glsp/protocol_3_16"

func didOpen(s *session, p *protocol.DidOpenTextDocumentParams) error {
	if p.TextDocument.URI == "" {
		return invalidParams("textDocument has no uri")
	}
	s.start(s.open(p.TextDocument))
	return nil
}
