package lsp

import (
	"context"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/qodacode/qodacode/analyzers/policy"
	"github.com/qodacode/qodacode/analyzers/policy/history"
)

// recordPolicy keeps a saved policy in the history of its project, if that has one, or a
// policy was generated here: who does not use the history gets no files of it.
func (s *session) recordPolicy(d *document) {
	if s.opts.Policies == nil || d.folder == "" || !strings.HasPrefix(d.name, policy.Folder+"/") || !policy.IsPolicy(d.name) {
		return
	}
	if sentence, ok := s.sentences.LoadAndDelete(d.path); ok {
		s.record(d.folder, "generate", sentence.(string))
		return
	}
	if _, err := os.Stat(filepath.Join(d.folder, ".qodacode", "history")); err == nil {
		s.record(d.folder, "edit", path.Base(d.name))
	}
}

func (s *session) record(folder, action, message string) {
	s.spawn("history of policies", func(context.Context) error {
		_, err := history.Open(folder).Record(action, message)
		return err
	})
}
