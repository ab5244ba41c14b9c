package lsp

import (
	"path/filepath"

	"github.com/tliron/glsp/protocol_3_16"

	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/parser/text"
	"github.com/qodacode/qodacode/workspace"
)

// textAt is the text at an absolute path: the editor's where the file is open, else that on
// disk. It is nil for a file that can't be read.
func (s *session) textAt(path string) (protocol.DocumentUri, *text.Text) {
	if v := s.openPath(path); v != nil {
		return v.uri, v.text
	}
	t, err := workspace.Read(path, maxMessage)
	if err != nil {
		return "", nil
	}
	return uriOf(path), t
}

func isConfig(path string) bool { return filepath.Base(path) == config.FileName }
