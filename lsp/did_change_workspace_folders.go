package lsp

import (
	"context"
	"slices"

	"github.com/tliron/glsp/protocol_3_16"
)

// didChangeWorkspaceFolders gives open documents the names they have in the new folders.
func didChangeWorkspaceFolders(s *session, p *protocol.DidChangeWorkspaceFoldersParams) error {
	s.mu.Lock()
	for _, gone := range onDisk(p.Event.Removed) {
		s.folders = slices.DeleteFunc(s.folders, func(f folder) bool { return f.path == gone.path })
	}
	for _, f := range onDisk(p.Event.Added) {
		if !slices.ContainsFunc(s.folders, func(g folder) bool { return g.path == f.path }) {
			s.folders = append(s.folders, f)
		}
	}
	s.mu.Unlock()
	s.spawn("registration with the client", func(ctx context.Context) error { return s.pullSettings(ctx) })
	s.endProjects()
	s.renewAll()
	s.startProjects()
	s.scanIfWanted()
	return nil
}
