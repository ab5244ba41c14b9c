package lsp

import (
	"io"
	"os"
	"path/filepath"

	"github.com/tliron/glsp/protocol_3_16"

	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/parser/text"
)

// textAt is the text at an absolute path: the editor's where the file is open, else that on
// disk. It is nil for a file that can't be read.
func (s *session) textAt(path string) (protocol.DocumentUri, *text.Text) {
	if v := s.openPath(path); v != nil {
		return v.uri, v.text
	}
	src, err := readFile(path, maxMessage)
	if err != nil {
		return "", nil
	}
	return uriOf(path), text.New(src)
}

// readFile reads a regular file of at most limit bytes; of a larger one it returns "".
func readFile(path string, limit int) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return "", err
	}
	b, err := io.ReadAll(io.LimitReader(f, int64(limit)+1))
	if len(b) > limit {
		return "", err
	}
	return string(b), err
}

func isConfig(path string) bool { return filepath.Base(path) == config.FileName }
